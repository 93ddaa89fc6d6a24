"""The title of a chart whose reader has chosen forecasters: what was measured of them, and their ranks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from pollbench_dashboards.language.naming import distinct_names, short_names
from pollbench_dashboards.language.words import Words


@dataclass(frozen=True)
class Measured:
    """What a chart measures of a forecaster.

    Attributes
    ----------
    column : of the table behind the drawing.
    text : texts ``highlighted.<text>.one`` and ``.several`` say what it is.
    take : which rows of a forecaster count: the mean of their absolute values, or the last one in the table.
    most_first : whether a larger value is the better one.
    decimals : how the value is printed; whole numbers are rounded to two digits.
    """

    column: str
    text: str
    take: Literal["mean", "last"] = "last"
    most_first: bool = False
    decimals: int = 1


def sentence_about(table: pd.DataFrame, chosen: tuple[str, ...], measured: Measured, words: Words) -> str:
    """What is measured of the chosen forecasters, in the order of their ranks; empty if the table has none of them."""
    if not {"forecaster_id", "name", measured.column} <= set(table):
        return ""
    table = table[table[measured.column].notna()]
    if "family" in table:
        table = table[table.family != "baseline"]
    groups = table.assign(size=table[measured.column].astype(float).abs()).groupby(
        "forecaster_id", sort=False
    )
    values = groups["size"].mean() if measured.take == "mean" else groups["size"].last()
    # Equal to what is printed of a figure, equal in rank.
    ranks = values.round(9).rank(method="min", ascending=not measured.most_first)
    names = table.drop_duplicates("forecaster_id")
    named = distinct_names(list(zip(names.forecaster_id, short_names(names, words), strict=True)))
    rows = [forecaster for forecaster in ranks.sort_values(kind="stable").index if forecaster in chosen]
    key = f"highlighted.{measured.text}"

    def printed(value: float) -> str:
        return words.number(value, measured.decimals) if measured.decimals else words.rounded(value)

    if not rows:
        return ""
    if len(rows) == 1:
        (row,) = rows
        value = float(values[row])
        said = words.points(value, measured.decimals) if measured.decimals else printed(value)
        return words(f"{key}.one", name=named[row], value=said, rank=int(ranks[row]), number=len(values))
    listed = words.listed(f"{named[row]} {printed(float(values[row]))}" for row in rows)
    return words(f"{key}.several", values=listed, number=len(values))
