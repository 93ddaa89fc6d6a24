"""Chances that need the honest sample: of a flip, and of being noticed."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.data.memo import Key
from pollbench.manipulation.formulas.detection import (
    burst_power,
    burst_threshold,
    composition_power,
    familywise,
)
from pollbench.manipulation.formulas.draws import completed, sample_ratings, sample_shares
from pollbench.manipulation.formulas.inclusion import flip_probability
from pollbench.manipulation.formulas.minimal import (
    flip_curve,
    minimal_mass,
    minimal_rating_mass,
    minimal_replacement,
    rival,
)
from pollbench.manipulation.model import contamination
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import AttackedFigure
from pollbench.manipulation.study.cost_model import Effort

if TYPE_CHECKING:
    from pollbench.data.store import Bench

#: Days over which the burst test takes its mean: a week holds every day of the week once.
BASELINE_DAYS = 7


class HonestSample:
    """The draws of one figure, made once and used for every target, budget, goal and defence."""

    @classmethod
    def of(
        cls, bench: Bench, figure: AttackedFigure, base: float, replicates: int, seed: int
    ) -> HonestSample:
        """The sample of a figure of an opened data set, drawn on first use."""
        key = _SAMPLES.of(figure.forecast_id, base, replicates, seed)
        return bench.memo(key, lambda: cls(figure, base, replicates, seed))

    def __init__(self, figure: AttackedFigure, base: float, replicates: int, seed: int) -> None:
        self.figure, self.base, self.replicates = figure, base, replicates
        self._needed: dict[tuple[int, int], np.ndarray] = {}
        #: Answers that follow from the draws: threat models share their grids of budgets and their goals.
        self.remembered: dict[Hashable, Any] = {}
        self.draws: np.ndarray | None = None
        if figure.mechanism.scale == "ratings" and np.isfinite(base):
            self.draws = sample_ratings(figure.figures, base, replicates, seed, figure.forecast_id)
        elif figure.persons is not None and figure.mechanism.scale == "shares":
            # Shares printed a little above 100 (a "<0.5" read as 0.25 does it) are scaled for the draws only.
            shares = completed(figure.figures[:-1])[0]
            self.draws = sample_shares(shares, figure.persons, replicates, seed, figure.forecast_id)

    def flip(self, target: int, rank: int, mass_pct: np.ndarray, both: bool) -> np.ndarray:
        """Probability that a push of that mass puts the target strictly among the first ``rank``.

        NaN where no number of persons is known, or where there are too few candidates for the question.
        """
        asked = ("flip", target, rank, both, mass_pct.shape, mass_pct.tobytes())
        if asked not in self.remembered:
            self.remembered[asked] = self._flip(target, rank, mass_pct, both)
        found: np.ndarray = self.remembered[asked]
        return found

    def _flip(self, target: int, rank: int, mass_pct: np.ndarray, both: bool) -> np.ndarray:
        nothing = np.full(np.shape(mass_pct), np.nan)
        if self.draws is None or not np.isfinite(mass_pct).all():
            return nothing
        figure = self.figure
        # "Others" hold a place that belongs to nobody: they cannot win.
        named = self.draws[:, : len(figure.candidates) - (figure.mechanism.scale == "shares")]
        if named.shape[1] <= rank:
            return nothing
        if figure.mechanism.scale == "ratings":
            needed = minimal_rating_mass(named, self.base, target, rank, both)
            # At a finite mass they tie; a tie is not a lead.
            return np.where(
                mass_pct > 0,
                flip_curve(needed, mass_pct * self.base / 100.0),
                (needed == 0).mean(),
            )
        if figure.mechanism.fixed_size:
            if (target, rank) not in self._needed:
                self._needed[target, rank] = minimal_replacement_within(named, self.draws, target, rank)
            size = int(self.draws[0].sum())
            return flip_probability(self._needed[target, rank], size, contamination(mass_pct, 100.0))
        return flip_curve(minimal_mass(named, target, rank), mass_pct * (figure.persons or 0) / 100.0)

    def error(self, probability: np.ndarray) -> np.ndarray:
        """Monte-Carlo standard error of a probability."""
        return np.sqrt(np.clip(probability * (1.0 - probability), 0.0, None) / self.replicates)


#: Draws of a figure: those of eleven tables are the same.
_SAMPLES: Key[HonestSample] = Key("honest samples")


def minimal_replacement_within(named: np.ndarray, draws: np.ndarray, target: int, rank: int) -> np.ndarray:
    """:func:`minimal_replacement` with all respondents, "others" included, as the size of the sample."""
    if named.shape[1] == draws.shape[1]:
        return minimal_replacement(draws, target, rank)
    # The others cannot be a rival: an empty column of their own keeps the size right.
    padded = np.concatenate([named, np.full((len(named), 1), -1, dtype=named.dtype)], axis=1)
    size = draws.sum(axis=1)
    gap = rival(padded, target, rank) - named[:, target]
    wide = np.maximum(gap, 0)
    return np.where(gap < 0, 0, np.floor_divide(size * wide, size + wide) + 1)


@cache
def _threshold(rate: float, mean: float, overdispersion: float, seed: int) -> float:
    return burst_threshold(rate, mean, overdispersion, BASELINE_DAYS, seed=seed)


def noticed(
    effort: Effort,
    targets: np.ndarray,
    mass_pct: np.ndarray,
    accounts: np.ndarray,
    assumptions: Assumptions,
    seed: int,
) -> np.ndarray:
    """Power of the test that the threat model names for the mechanism, at its false-positive rate.

    A rating app looks at the new accounts of a day (all days of the window share the rate); a poll at the
    composition of its sample. NaN where no such test is known, or its parameters are not.

    ``targets``: array (T,) of places; ``mass_pct``: array (B,) or (T, B). Returns what broadcasts to (T, B).
    """
    figure, model = effort.figure, effort.model
    nothing = np.full(np.shape(mass_pct), np.nan)
    if not np.isfinite(mass_pct).all():
        return nothing
    if figure.mechanism.name == "daily_rating" and "burst" in model.tests:
        mean = assumptions.find("inflow_day", figure.forecaster_id, figure.mechanism.name)
        spread = assumptions.find("inflow_overdispersion", figure.forecaster_id, figure.mechanism.name)
        if mean is None or spread is None or not np.isfinite(accounts).all():
            return nothing
        rate = familywise(model.false_positive_rate, figure.window_days)
        threshold = _threshold(rate, mean.value, spread.value, seed)
        days = max(1, int(model.lead_days)) if model.timing == "pre_registered" else effort.days
        power = burst_power(accounts / days, mean.value, spread.value, BASELINE_DAYS, threshold)
        # At zero mass the power over all days is the false-positive rate itself.
        return np.where(accounts > 0, power, model.false_positive_rate)
    if figure.mechanism.fixed_size and figure.persons is not None and "composition" in model.tests:
        share = figure.figures[targets][:, None]
        part = contamination(mass_pct, 100.0)
        cells = int((figure.figures > 0).sum())
        # Who has no share in the reference has no chi-square test.
        tested = np.where(share > 0, share, 100.0)
        power = composition_power(tested, part, figure.persons, cells, model.false_positive_rate)
        return np.where(share > 0, power, np.nan)
    return nothing
