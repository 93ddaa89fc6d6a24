"""Calibration of printed chances: identities that hold for any data, and the Murphy diagram against the Brier score."""

from __future__ import annotations

import numpy as np
import pytest

import pollbench as pb
from pollbench.records.calibration import (
    corp_table,
    curve_table,
    elementary_score,
    murphy_table,
    recalibrated,
)


def test_the_mean_of_the_elementary_scores_is_the_brier_score() -> None:
    generator = np.random.default_rng(4)
    chance, came = generator.random(40), (generator.random(40) < 0.4).astype(float)
    levels = (np.arange(20_000) + 0.5) / 20_000
    mean = np.mean([elementary_score(chance, came, level).mean() for level in levels])
    assert mean == pytest.approx(((chance - came) ** 2).mean(), abs=1e-4)


def test_the_recalibrated_chances_are_those_of_scikit_learn() -> None:
    from sklearn.isotonic import IsotonicRegression

    generator = np.random.default_rng(9)
    for _ in range(20):
        chance = generator.integers(1, 99, 60) / 100
        came = (generator.random(60) < chance).astype(float)
        theirs = IsotonicRegression().fit_transform(chance, came)
        assert recalibrated(chance, came).tolist() == theirs.tolist()


def test_chances_that_are_frequencies_already_stay_as_they_are() -> None:
    chance = np.repeat([0.25, 0.75], 4)
    came = np.array([1.0, 0, 0, 0, 1, 1, 1, 0])
    assert recalibrated(chance, came) == pytest.approx(chance)


def test_calibrated_chances_show_little_miscalibration_and_shifted_ones_much() -> None:
    generator = np.random.default_rng(5)
    chance = generator.random(4000)
    came = (generator.random(4000) < chance).astype(float)
    losses = {}
    for name, printed in (("as they are", chance), ("halved", chance / 2)):
        fitted = recalibrated(printed, came)
        losses[name] = ((printed - came) ** 2).mean() - ((fitted - came) ** 2).mean()
    assert losses["as they are"] < 0.005
    assert losses["halved"] > 0.05


def test_the_three_terms_of_the_record_add_up_and_its_curve_rises() -> None:
    with pb.load("world") as bench:
        corp, curve, murphy = corp_table(bench), curve_table(bench, draws=20), murphy_table(bench)
    assert corp.brier.to_numpy() == pytest.approx(
        corp.miscalibration - corp.discrimination + corp.uncertainty
    )
    for _, rows in curve.groupby("who"):
        assert (rows.recalibrated.diff().dropna() >= -1e-9).all()
        assert (rows.low <= rows.high).all()
    assert (murphy.score[murphy.threshold == 100] == 0).all()
