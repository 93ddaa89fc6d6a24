"""What a column of a written table is, and the comparison of a table with its columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pollbench.errors import TableError

if TYPE_CHECKING:
    import pandas as pd

#: text; a whole number; a number; true or false; a day, written year-month-day.
Type = Literal["text", "integer", "number", "boolean", "date"]
#: Kinds of values, as pandas infers them without the empty ones, that a type admits.
ADMITTED: dict[Type, frozenset[str]] = {
    "text": frozenset({"string"}),
    "integer": frozenset({"integer"}),
    "number": frozenset({"integer", "floating", "mixed-integer-float", "decimal"}),
    "boolean": frozenset({"boolean"}),
    "date": frozenset({"date", "datetime", "datetime64"}),
}


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, the type and unit of its values, and their meaning.

    Attributes
    ----------
    name : as it stands in the head of the file.
    type : of its values; any of them may be missing.
    meaning : one English sentence for the data dictionary.
    unit : of a number; empty where it has none.
    """

    name: str
    type: Type
    meaning: str
    unit: str = ""


def by_name(columns: Iterable[Column]) -> dict[str, Column]:
    """The columns by their names.

    Raises
    ------
    TableError : a name stands twice; the second meaning belongs to the table that needs it.
    """
    declared: dict[str, Column] = {}
    for column in columns:
        if column.name in declared:
            message = (
                f"The column {column.name} stands twice: give the table that needs it a special meaning."
            )
            raise TableError(message)
        declared[column.name] = column
    return declared


def compared(name: str, frame: pd.DataFrame, columns: Sequence[Column], key: Sequence[str]) -> pd.DataFrame:
    """The table as it is, after a comparison with its declaration.

    Parameters
    ----------
    name : of the table, for the message.
    frame : the table.
    columns : its declared columns, in order.
    key : the columns that identify a row.

    Raises
    ------
    TableError : a column is undeclared, missing, in another position or of another type, or two rows have one key.

    Examples
    --------
    >>> import pandas as pd
    >>> columns = [Column("who", "text", "Forecaster."), Column("mae", "number", "Mean absolute error.", "points")]
    >>> len(compared("demo", pd.DataFrame({"who": ["elabe"], "mae": [0.07]}), columns, ["who"]))
    1
    """
    declared = [column.name for column in columns]
    if list(frame.columns) != declared:
        raise TableError(_columns_message(name, [str(column) for column in frame.columns], declared))
    for column in columns:
        kind = kind_of(frame[column.name])
        if kind is not None and kind not in ADMITTED[column.type]:
            message = (
                f"The table {name}: the column {column.name} is declared as {column.type} and holds {kind} "
                f"values, such as {frame[column.name].dropna().iloc[0]!r}. Correct the declaration or the table."
            )
            raise TableError(message)
    repeated = frame.duplicated(list(key))
    if repeated.any():
        row = frame.loc[repeated, list(key)].iloc[0]
        listed = ", ".join(f"{column} = {value!r}" for column, value in row.items())
        message = f"The table {name} has two rows with the key {listed}. Remove one, or extend the key."
        raise TableError(message)
    return frame


def kind_of(values: pd.Series) -> str | None:
    """The kind of the values that are present, as pandas infers it; None where there are none.

    Whole numbers beside missing ones are floats to pandas; here they stay whole.
    """
    import pandas as pd

    present = values.dropna()
    if present.empty:
        return None
    kind = str(pd.api.types.infer_dtype(present))
    if kind == "floating" and bool((present % 1 == 0).all()):
        return "integer"
    return kind


def _columns_message(name: str, present: list[str], declared: list[str]) -> str:
    undeclared = [column for column in present if column not in declared]
    missing = [column for column in declared if column not in present]
    if not undeclared and not missing:
        return f"The table {name} has its columns in the order {', '.join(present)}; declared is {', '.join(declared)}."
    parts = [
        f"has undeclared: {', '.join(undeclared)}" if undeclared else "",
        f"lacks: {', '.join(missing)}" if missing else "",
    ]
    return (
        f"The table {name} {' and '.join(fault for fault in parts if fault)}. Declare every column where the table "
        "is declared (pollbench/outputs), and its meaning in pollbench/outputs/vocabulary."
    )
