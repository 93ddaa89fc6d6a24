"""The honest sample of a figure, and the chance that an attack puts a target where it aims."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.data.memo import Key
from pollbench.manipulation.formulas.draws import completed, sample_ratings, sample_shares
from pollbench.manipulation.formulas.minimal import (
    flip_probability,
    minimal_replacement_within,
    overtaking_fraction,
)
from pollbench.manipulation.study.cost_model import PER_CENT, Effort

if TYPE_CHECKING:
    from pollbench.data.bench import Bench


class HonestSample:
    """The draws of one figure, made once and used for every target, budget, goal and defence.

    Attributes
    ----------
    draws : array (replicates, candidates); counts of persons where figures share one whole, else per cent; None
        where persons are not counted.
    """

    @classmethod
    def of(cls, bench: Bench, effort: Effort, replicates: int, seed: int) -> HonestSample:
        """The sample of a figure of an opened data set, drawn on first use."""
        figure = effort.figure
        printed = figure.figures.tobytes()
        key = _SAMPLES.of(figure.forecast_id, printed, effort.base(), effort.form.clarity, replicates, seed)
        return bench.memo(key, lambda: cls(effort, replicates, seed))

    def __init__(self, effort: Effort, replicates: int, seed: int) -> None:
        figure = effort.figure
        self.figure, self.form, self.replicates, self.seed = figure, effort.form, replicates, seed
        self._remembered: dict[Hashable, Any] = {}
        self.draws: np.ndarray | None = None
        number = figure.respondents(effort.base())
        if number is None:
            return
        if figure.mechanism.scale.whole:
            # Shares printed a little above 100 (a "<0.5" read as 0.25 does it) are scaled for the draws only.
            self.draws = sample_shares(
                self._complete(figure.figures), int(number), replicates, seed, figure.forecast_id
            )
        else:
            self.draws = sample_ratings(figure.figures, number, replicates, seed, figure.forecast_id)

    def _complete(self, figures: np.ndarray) -> np.ndarray:
        return completed(figures[: self.figure.named])[0]

    def remember(self, key: Hashable, make: Callable[[], np.ndarray]) -> np.ndarray:
        """What follows from the draws, made once: threat models share their grids of budgets and their goals."""
        if key not in self._remembered:
            self._remembered[key] = make()
        known: np.ndarray = self._remembered[key]
        return known

    def flip(self, target: int, rank: int, mass_pct: np.ndarray, voice: np.ndarray) -> np.ndarray:
        """Probability that an attack of that mass puts the target strictly among the first ``rank``.

        NaN where no number of persons is known, or where there are too few candidates for the question.
        """
        key = ("flip", target, rank, voice.tobytes(), mass_pct.shape, mass_pct.tobytes())
        return self.remember(key, lambda: self._flip(target, rank, mass_pct, voice))

    def _flip(self, target: int, rank: int, mass_pct: np.ndarray, voice: np.ndarray) -> np.ndarray:
        named = self.figure.named
        draws = self.draws
        if draws is None or named <= rank or not np.isfinite(mass_pct).all():
            return np.full(np.shape(mass_pct), np.nan)
        fraction = self.form.mixing.fraction(mass_pct, PER_CENT)
        if not self.figure.mechanism.fixed_size:
            return self._by_overtaking(draws, target, rank, fraction, voice)
        if plain_push(voice, target):
            needed = self.remember(
                ("needed", target, rank),
                lambda: minimal_replacement_within(draws[:, :named], draws, target, rank),
            )
            return flip_probability(needed, int(draws[0].sum()), fraction)
        return np.array(
            [self._by_drawing(int(draws[0].sum()), target, rank, share, voice) for share in fraction]
        )

    def _by_overtaking(
        self, draws: np.ndarray, target: int, rank: int, fraction: np.ndarray, voice: np.ndarray
    ) -> np.ndarray:
        """Attackers are added to the honest: the fraction at which each replicate tips; a tie is not a lead."""
        named = self.figure.named
        figures = draws[:, :named]
        if self.figure.mechanism.scale.whole:
            figures = 100.0 * figures / draws.sum(axis=1, keepdims=True)
        needed = np.sort(overtaking_fraction(figures, self.form.clarity * voice[:named], target, rank))
        tipped = np.searchsorted(needed, fraction, side="right") / len(needed)
        ahead = (rank_of(figures, target) <= rank).mean()
        return np.where(fraction > 0, tipped, ahead)

    def _by_drawing(self, size: int, target: int, rank: int, fraction: float, voice: np.ndarray) -> float:
        """A sample of fixed size drawn from the honest and the attackers together."""
        figure = self.figure
        honest = self._complete(figure.figures)
        said = np.append(np.where(np.isnan(voice), 0.0, voice)[: figure.named], 0.0)
        said[-1] = max(0.0, 100.0 - said.sum())
        said *= 100.0 / said.sum()
        mixed = (1.0 - fraction) * honest + fraction * said
        counts = sample_shares(mixed, size, self.replicates, self.seed, f"{figure.forecast_id}/attacked")
        return float((rank_of(counts[:, : figure.named], target) <= rank).mean())

    def error(self, probability: np.ndarray) -> np.ndarray:
        """Monte-Carlo standard error of a probability."""
        return np.sqrt(np.clip(probability * (1.0 - probability), 0.0, None) / self.replicates)


#: Draws of a figure: those of eleven tables are the same.
_SAMPLES: Key[HonestSample] = Key("honest samples")


def plain_push(voice: np.ndarray, target: int) -> bool:
    """Whether attackers name the target and nothing else of a whole: then closed forms are known.

    Examples
    --------
    >>> plain_push(np.array([0.0, 100.0]), 1), plain_push(np.array([50.0, 50.0]), 1)
    (True, False)
    """
    return bool(voice[target] == 100.0 and (np.delete(voice, target) == 0.0).all())


def rank_of(figures: np.ndarray, target: int) -> np.ndarray:
    """Rank of the target in each replicate, 1 = first; a tie counts against it.

    Examples
    --------
    >>> rank_of(np.array([[3, 3, 1], [4, 3, 1]]), 0).tolist()
    [2, 1]
    """
    values: np.ndarray = 1 + (np.delete(figures, target, axis=1) >= figures[:, [target]]).sum(axis=1)
    return values
