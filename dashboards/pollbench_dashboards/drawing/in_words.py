"""The values of a drawing in words, for people who listen to a page instead of seeing it."""

from __future__ import annotations

import pandas as pd

from pollbench_dashboards.language.words import Words


def main_values(
    table: pd.DataFrame,
    name: str,
    value: str,
    words: Words,
    *,
    label: str,
    decimals: int = 1,
    signed: bool = False,
    high: str = "",
    most: int = 20,
) -> str:
    """What is measured, then the name and the value of each row, in the order of the drawing.

    Parameters
    ----------
    name, value : columns of ``table``; rows without a value are left out.
    high : a column with the upper end, if the value is a range.
    label : the text that says what is measured.
    decimals, signed : how the value is written.
    most : so many rows at most; how many more there are is said.

    Examples
    --------
    >>> table = pd.DataFrame({"who": ["Elabe", "Ipsos"], "value": [0.07, 0.6]})
    >>> main_values(table, "who", "value", Words("en"), label="column.mae")
    'Mean absolute error: Elabe 0.1; Ipsos 0.6.'
    """

    def written(number: float) -> str:
        return words.number(float(number), decimals, signed=signed)

    known = table[table[value].notna()]
    said = []
    for row in known.head(most).to_dict("records"):
        text = written(row[value])
        if high:
            text = words("charts.range", low=text, high=written(row[high]))
        said.append(f"{row[name]} {text}")
    if not said:
        return ""
    more = words("charts.more", number=len(known) - most) if len(known) > most else ""
    return words("charts.values", what=words(label), values=words.listed(said), more=more)
