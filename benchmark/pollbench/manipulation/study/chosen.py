"""Which figures, targets and budgets somebody asks for; a name that is none is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from pollbench.errors import PolicyError, UnknownName
from pollbench.manipulation.study.attackable import AttackedFigure, attacked_figures

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench


def checked_budgets(budgets: Sequence[float]) -> np.ndarray:
    """The budgets with 0, sorted; PolicyError if there is none or one means nothing."""
    values = np.unique(np.append(np.asarray(budgets, dtype=float).ravel(), 0.0))
    if len(np.atleast_1d(budgets)) == 0 or not np.isfinite(values).all() or (values < 0).any():
        message = "An attack needs its budgets: one finite number of 0 or more, or several."
        raise PolicyError(message)
    return values


def chosen_targets(figure: AttackedFigure, target: str | Sequence[str]) -> tuple[str, ...]:
    """The targets of a figure: all main candidates it has, or those asked for."""
    if target == "all":
        return figure.targets
    wanted = (target,) if isinstance(target, str) else tuple(target)
    return tuple(name for name in wanted if name in figure.candidates)


def chosen_figures(
    bench: Bench, forecaster: str | Sequence[str] | None, contest_id: str | None, target: str | Sequence[str]
) -> tuple[list[AttackedFigure], pd.DataFrame]:
    """The figures asked for and the reasons for those that cannot be attacked.

    Raises
    ------
    UnknownName : no such forecaster, contest or candidate.
    """
    figures, unanswered = attacked_figures(bench)
    people = set(bench.frame("SELECT candidate_id FROM person").candidate_id)
    for name in () if target == "all" else (target,) if isinstance(target, str) else target:
        if name not in people:
            raise UnknownName.of(kind="candidate", name=name, known=people)
    if forecaster is not None:
        wanted = (forecaster,) if isinstance(forecaster, str) else tuple(forecaster)
        known = {each.forecaster_id for each in figures} | set(unanswered.forecaster_id)
        for name in wanted:
            if name not in known:
                raise UnknownName.of(kind="forecaster", name=name, known=known)
        figures = [each for each in figures if each.forecaster_id in wanted]
        unanswered = unanswered[unanswered.forecaster_id.isin(wanted)]
    if contest_id is not None:
        known = set(bench.contests.contest_id)
        if contest_id not in known:
            raise UnknownName.of(kind="contest", name=contest_id, known=known)
        figures = [each for each in figures if each.contest_id == contest_id]
        unanswered = unanswered[unanswered.contest_id.isin(["", contest_id])]
    return figures, unanswered.reset_index(drop=True)
