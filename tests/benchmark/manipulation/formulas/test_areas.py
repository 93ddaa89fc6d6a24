"""Areas under ROC curves: by ranks, and by the curve of scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.manipulation.formulas import areas, detection

MEAN, SPREAD, BASELINE = 336.0, 8.0, 7


def test_area_under_the_curve_is_the_chance_of_ranking_an_attack_higher():
    clean = detection.burst_scores(0.0, MEAN, SPREAD, BASELINE, 2000, seed=5)
    attacked = detection.burst_scores(120.0, MEAN, SPREAD, BASELINE, 2000, seed=6)
    false_rate, true_rate, area = areas.receiver_operating(clean, attacked)
    ranked = (attacked[:, None] > clean[None]).mean() + (attacked[:, None] == clean[None]).mean() / 2
    assert area == pytest.approx(ranked, abs=1e-9)
    # Two ways to the same number: ranks, and scikit-learn's curve.
    assert areas.area_under_curve(np.sort(clean), attacked) == pytest.approx(area, abs=1e-12)
    assert false_rate[0] == 0
    assert true_rate[-1] == 1
    assert (np.diff(true_rate) >= 0).all()
