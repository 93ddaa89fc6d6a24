"""Rows of text beside a mark: lines broken to the width, each row as tall as its lines need."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from pollbench_dashboards.drawing.specification import Chart
from pollbench_dashboards.language.typography import wrapped

#: From one line to the next, beyond the size of the letters, and from one row to the next; pixels.
LEADING, SPACE = 4, 9
#: Letters of the fonts in use are narrower than the widest of the stack that ``wrapped`` reckons with.
NARROWER = 1.08


@dataclass(frozen=True)
class TextRows:
    """A table whose rows have got their lines and places, and how to draw them.

    Attributes
    ----------
    table : with the columns lines (list of text), top and at (pixels: of the row, of its first line).
    height : of all rows, pixels.
    size : of the letters, pixels.
    """

    table: pd.DataFrame
    height: int
    size: int

    def y(self, field: str) -> alt.Y:
        """The place of a column of pixels."""
        return alt.Y(
            f"{field}:Q",
            scale=alt.Scale(domain=[0, self.height], range=[0, self.height], nice=False, zero=False),
            axis=None,
        )

    def text(self, left: int) -> alt.Chart:
        """The lines, from ``left`` pixels."""
        chart: alt.Chart = (
            Chart(self.table)
            .mark_text(
                style="label",
                align="left",
                baseline="middle",
                fontSize=self.size,
                lineHeight=self.size + LEADING,
            )
            .encode(x=alt.XValue(left), y=self.y("at"), text=alt.Text("lines:N"))
        )
        return chart


def text_rows(
    table: pd.DataFrame, column: str, width: float, size: int, above: str | None = None
) -> TextRows:
    """Break the texts of ``column`` to ``width`` pixels and give each row its place.

    Parameters
    ----------
    above : a column of headings; a row with one has a line more at its top.
    """
    lines = [wrapped(str(text), width * NARROWER, size) for text in table[column]]
    line = size + LEADING
    heads = [0 if above is None or not heading else line + 2 for heading in table[above or column]]
    tops: list[float] = []
    end = 0.0
    for block, head in zip(lines, heads, strict=True):
        # A heading starts a group, which stands a little apart.
        end += SPACE / 2 if head else 0
        tops.append(end)
        end += head + line * len(block) + SPACE
    first = [top + head + (line + SPACE) / 2 for top, head in zip(tops, heads, strict=True)]
    laid_out = table.assign(
        lines=pd.Series(lines, index=table.index, dtype="object"),
        top=[top + (line + SPACE) / 2 for top in tops],
        at=first,
    )
    return TextRows(laid_out, int(end), size)
