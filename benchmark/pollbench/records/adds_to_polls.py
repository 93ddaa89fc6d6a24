"""Do digital figures add to the polls? Regression of the result on both, whole contests left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.data.memo import memo_table
from pollbench.errors import NothingToCompare
from pollbench.records.beside_polls import cells_beside_polls
from pollbench.records.releases import releases_table
from pollbench.records.rules import PAGE, Rules

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

#: Folds of the cross-validation, whole contests each.
FOLDS = 5

ADDS_COLUMNS = [
    "predictors",
    "cells",
    "contests",
    "mae",
    "gain",
    "contests_better",
    "weight_polls",
    "weight_digital",
]


@memo_table
def adds_to_polls_table(bench: Bench, rules: Rules = PAGE) -> pd.DataFrame:
    r"""Does the digital figure add to the poll average? Regression of the result on both, whole contests left out.

    .. math:: v = \beta_0 + \beta_1 \bar p + \beta_2 d + \varepsilon

    Ordinary least squares on figures known before the vote; every contest is predicted by a fit that has not seen it
    (``GroupKFold``). ``mae`` in points, the mean over contests; ``gain`` against polls alone, positive = better.

    Parameters
    ----------
    bench : opened data with releases and polls.
    rules : the coding rules.

    Returns
    -------
    frame by predictors: polls_as_printed, polls, polls_and_digital, digital.

    Raises
    ------
    NothingToCompare : fewer contests than folds.
    """
    import numpy as np
    import pandas as pd
    from sklearn.linear_model import LinearRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    every = releases_table(bench, rules).set_index("forecast_id")
    cells = cells_beside_polls(bench, rules)
    cells = cells[every.loc[cells.forecast_id, "known_before_vote"].to_numpy() == "yes"]
    if cells.contest_id.nunique() < FOLDS:
        message = f"{cells.contest_id.nunique()} contests have polls and digital figures; {FOLDS} are needed."
        raise NothingToCompare(message)
    result = cells.result.to_numpy()
    used = {"polls": ["polled"], "polls_and_digital": ["polled", "value"], "digital": ["value"]}
    guesses = {"polls_as_printed": cells.polled.to_numpy()} | {
        name: cross_val_predict(
            LinearRegression(),
            cells[columns].to_numpy(),
            result,
            groups=cells.contest_id.to_numpy(),
            cv=GroupKFold(FOLDS),
        )
        for name, columns in used.items()
    }
    missed = {
        name: pd.Series(np.abs(guess - result)).groupby(cells.contest_id.to_numpy()).mean()
        for name, guess in guesses.items()
    }
    rows = []
    for name, errors in missed.items():
        fit = LinearRegression().fit(cells[used[name]].to_numpy(), result) if name in used else None
        weights = (
            dict(zip(used.get(name, []), fit.coef_, strict=True)) if fit is not None else {"polled": 1.0}
        )
        rows.append(
            {
                "predictors": name,
                "cells": len(cells),
                "contests": len(errors),
                "mae": errors.mean(),
                "gain": missed["polls"].mean() - errors.mean(),
                "contests_better": int((errors < missed["polls"]).sum()),
                "weight_polls": weights.get("polled"),
                "weight_digital": weights.get("value"),
            }
        )
    return pd.DataFrame(rows, columns=ADDS_COLUMNS)
