"""The shift of one figure: the normal form under attack, sampling interval, certificate, and what a defence meets."""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.manipulation.model import Attack, Situation
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.cost_model import PER_CENT, Effort
from pollbench.manipulation.timing import attack_days, preparation_days

#: Confidence of a certificate that is not certain (a number drawn from a panel).
CONFIDENCE = 0.99
#: Level of the sampling interval.
INTERVAL = 0.95
#: Standard deviation of the figure of one day where persons are not counted, points: nothing is published, a point
#: is the scale of the day-to-day moves of the digital weights of April 2017.
DAILY_SPREAD = 1.0


def voices(effort: Effort, targets: np.ndarray, attack: Attack, rank: int = 1) -> np.ndarray:
    """What attackers say for each target: array (T, candidates), NaN where they stay silent."""
    figure = effort.figure
    return np.stack(
        [attack.voice(figure.figures, int(target), figure.mechanism.scale, rank) for target in targets]
    )


def shift(effort: Effort, targets: np.ndarray, mass_pct: np.ndarray, attack: Attack) -> np.ndarray:
    """Points by which the figures of the targets move: the normal form under attack minus the published figure.

    ``targets``: array (T,) of columns; ``mass_pct``: array (B,) or (T, B), per cent of the base. Returns an array
    (T, B); NaN where the mass is not known.
    """
    rows = np.broadcast_to(mass_pct, (len(targets), np.shape(mass_pct)[-1]))
    if not np.isfinite(rows).all():
        return np.full(rows.shape, np.nan)
    said = voices(effort, targets, attack)
    return np.stack(
        [
            effort.form.moved(mass[:, None, None], voice)[:, target]
            for target, mass, voice in zip(targets, rows, said, strict=True)
        ]
    )


def situation(effort: Effort, target: int, assumptions: Assumptions, timing: str | None = None) -> Situation:
    """What a defence meets; the base is 100, so that masses are per cent of it."""
    figure, model = effort.figure, effort.model
    timing = timing or model.timing
    share = float(figure.figures[target])
    presence = assumptions.find("honest_presence", figure.forecaster_id, figure.mechanism, figure.election_id)
    daily = effort.base() / figure.window_days
    counted = figure.mechanism.persons and np.isfinite(daily) and daily > 0
    spread = np.sqrt(share * (100.0 - share) / daily) if counted else DAILY_SPREAD
    return Situation(
        share=share,
        base=PER_CENT,
        window_days=figure.window_days,
        attack_days=attack_days(timing, figure.window_days, model.days),
        preparation_days=preparation_days(timing, model.lead_days),
        honest_days=max(1.0, (presence.value if presence else 1.0) * figure.window_days),
        daily_sd=max(float(spread), 1e-6),
        real_people=model.real_people,
    )


def sampling_interval(effort: Effort, targets: np.ndarray, fraction: np.ndarray, attack: Attack) -> Any:
    """Interval of the shift from the sampling of the honest records: an exact transform of binomial quantiles.

    ``targets``: array (T,) of columns; ``fraction``: array (B,) or (T, B). Returns two arrays (T, B).
    """
    from scipy.stats import binom

    figure = effort.figure
    number = figure.respondents(effort.base())
    if number is None:
        nothing = np.full((len(targets), fraction.shape[-1]), np.nan)
        return nothing, nothing
    size = max(1, round(number))
    tail = (1.0 - INTERVAL) / 2.0
    share = figure.figures[targets][:, None]
    low, high = (100.0 * binom.ppf(level, size, share / 100.0) / size for level in (tail, 1.0 - tail))
    if attack.sign == 0:
        # Newcomers who answer like everybody else add noise only.
        half = fraction * (high - low) / 2.0
        return -half, half
    said = voices(effort, targets, attack)[np.arange(len(targets)), targets][:, None]
    return fraction * (said - high) + 0.0, fraction * (said - low) + 0.0


def certified(effort: Effort, targets: np.ndarray, all_land: np.ndarray, attack: Attack) -> np.ndarray:
    """Bound on the size of the shift if every attacker lands: certain, or with :data:`CONFIDENCE` for a sample.

    ``targets``: array (T,) of columns; ``all_land``: array (B,), per cent of the base. Returns an array (T, B).
    """
    from scipy.stats import binom

    figure = effort.figure
    nothing = np.full((len(targets), len(all_land)), np.nan)
    if not figure.certifiable:
        return nothing
    if not figure.mechanism.fixed_size or not np.isfinite(all_land).all():
        values: np.ndarray = np.abs(shift(effort, targets, all_land, attack))
        return values
    if figure.persons is None:
        return nothing
    fraction = effort.form.mixing.fraction(all_land, PER_CENT)
    drawn = binom.ppf(CONFIDENCE, figure.persons, fraction) / figure.persons
    said = voices(effort, targets, attack)[np.arange(len(targets)), targets][:, None]
    moved: np.ndarray = np.where(fraction > 0, drawn, 0.0) * np.abs(said - figure.figures[targets][:, None])
    return moved
