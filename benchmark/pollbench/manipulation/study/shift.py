"""The shift of one figure: closed form, sampling interval, certificate, and what a defence meets."""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.manipulation import ATTACKS
from pollbench.manipulation.formulas import closed_forms as closed
from pollbench.manipulation.formulas.other_scales import market_shift
from pollbench.manipulation.model import Situation, contamination
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import AttackedFigure
from pollbench.manipulation.study.cost_model import Effort
from pollbench.manipulation.timing import attack_days, preparation_days

#: Confidence of a certificate that is not certain (a number drawn from a panel).
CONFIDENCE = 0.99
#: Level of the sampling interval.
INTERVAL = 0.95
#: Standard deviation of the figure of one day where nobody counts persons, points: nothing is published, a point
#: is the scale of the day-to-day moves of the digital weights of April 2017.
DAILY_SPREAD = 1.0


def shift(figure: AttackedFigure, targets: np.ndarray, mass_pct: np.ndarray, attack: str) -> np.ndarray:
    """Points by which the figures of the targets move: the closed form of the mechanism.

    ``targets``: array (T,) of places; ``mass_pct``: array (B,) or (T, B). Returns an array (T, B).
    """
    share = figure.figures[targets][:, None]
    if attack == "control":
        return np.where(np.isfinite(mass_pct), 0.0, np.nan) + np.zeros_like(share)
    if not np.isfinite(mass_pct).all():
        return np.full(np.broadcast_shapes(share.shape, mass_pct.shape), np.nan)
    sign = ATTACKS[attack].sign
    if figure.mechanism.scale == "price":
        up = market_shift(share if sign > 0 else 100.0 - share, mass_pct, 100.0)
        return up if sign > 0 else 0.0 - up
    if sign > 0:
        return closed.push_shift(share, mass_pct, 100.0)
    # Adding zero keeps a minus sign off a shift of nothing.
    return closed.nuke_shift(share, mass_pct, 100.0) + 0.0


def situation(effort: Effort, target: int, assumptions: Assumptions, timing: str | None = None) -> Situation:
    """What a defence meets; the base is 100, so that masses are per cent of it."""
    figure, model = effort.figure, effort.model
    timing = timing or model.timing
    share = float(figure.figures[target])
    presence = assumptions.find("honest_presence", figure.forecaster_id, figure.mechanism.name)
    daily = effort.base() / figure.window_days
    counted = figure.mechanism.persons and np.isfinite(daily) and daily > 0
    spread = np.sqrt(share * (100.0 - share) / daily) if counted else DAILY_SPREAD
    return Situation(
        share=share,
        base=100.0,
        window_days=figure.window_days,
        attack_days=attack_days(timing, figure.window_days, model.days),
        preparation_days=preparation_days(timing, model.lead_days),
        honest_days=max(1.0, (presence.value if presence else 1.0) * figure.window_days),
        daily_sd=max(float(spread), 1e-6),
        real_people=model.real_people,
    )


def sampling_interval(
    figure: AttackedFigure, effort: Effort, targets: np.ndarray, part: np.ndarray, sign: int
) -> Any:
    """Interval of the shift from the sampling of the honest records: an exact transform of binomial quantiles.

    ``targets``: array (T,) of places; ``part``: array (B,) or (T, B). Returns two arrays (T, B).
    """
    from scipy.stats import binom

    number = effort.base() if figure.mechanism.scale == "ratings" else figure.persons
    if number is None or not np.isfinite(number) or figure.mechanism.scale == "price":
        nothing = np.full((len(targets), part.shape[-1]), np.nan)
        return nothing, nothing
    size = max(1, round(number))
    tail = (1.0 - INTERVAL) / 2.0
    share = figure.figures[targets][:, None]
    low, high = (100.0 * binom.ppf(level, size, share / 100.0) / size for level in (tail, 1.0 - tail))
    if sign > 0:
        return part * (100.0 - high), part * (100.0 - low)
    if sign < 0:
        return -part * high + 0.0, -part * low + 0.0
    # Newcomers who answer like everybody else add noise only.
    half = part * (high - low) / 2.0
    return -half, half


def certified(figure: AttackedFigure, targets: np.ndarray, all_land: np.ndarray, attack: str) -> np.ndarray:
    """Bound on the size of the shift if every attacker lands: certain, or with :data:`CONFIDENCE` for a sample.

    ``targets``: array (T,) of places; ``all_land``: array (B,). Returns an array (T, B).
    """
    from scipy.stats import binom

    nothing = np.full((len(targets), len(all_land)), np.nan)
    if not figure.certifiable:
        return nothing
    if not figure.mechanism.fixed_size or not np.isfinite(all_land).all():
        return np.abs(shift(figure, targets, all_land, attack))
    if figure.persons is None:
        return nothing
    part = contamination(all_land, 100.0)
    drawn = binom.ppf(CONFIDENCE, figure.persons, part) / figure.persons
    share = figure.figures[targets][:, None]
    room = {1: 100.0 - share, -1: share, 0: np.zeros_like(share)}[ATTACKS[attack].sign]
    return np.where(part > 0, drawn, 0.0) * room
