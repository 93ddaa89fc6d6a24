"""A table as bytes and back, exactly: numbers as they lie in memory, words and mixed values as JSON.

Nothing in the bytes can run. What would not come back the same (an index, a type that is not listed here) has no
bytes, so that nothing is kept of it.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pollbench.cache import digest

if TYPE_CHECKING:
    import pandas as pd

#: Kinds of NumPy types that lie in memory as they are.
_NUMBERS = "biufM"
#: Types of whole numbers of which some may be missing.
_COUNTS = ("Int8", "Int16", "Int32", "Int64")
#: Types that a column of mixed values may hold, by the letter that stands for them.
_MIXED: dict[str, tuple[type, Any, Any]] = {
    "s": (str, str, str),
    "i": (int, int, int),
    "b": (bool, bool, bool),
    "f": (float, float.hex, float.fromhex),
    "n": (type(None), lambda _: None, lambda _: None),
    "d": (date, date.isoformat, date.fromisoformat),
    "t": (datetime, datetime.isoformat, datetime.fromisoformat),
}
_LETTERS = {kind: letter for letter, (kind, _, _) in _MIXED.items()}


def to_bytes(frame: pd.DataFrame) -> bytes | None:
    """The bytes of ``frame``; None if it would not come back the same.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"who": ["ann", None], "mae": [0.5, float("nan")]})
    >>> from_bytes(to_bytes(table)).equals(table)
    True
    >>> to_bytes(table.set_index("who")) is None
    True
    """
    import pandas as pd

    plain_index = isinstance(frame.index, pd.RangeIndex) and frame.index.equals(pd.RangeIndex(len(frame)))
    named = isinstance(frame.columns, pd.Index) and all(type(name) is str for name in frame.columns)
    if not plain_index or not named or not frame.columns.is_unique or frame.index.name is not None:
        return None
    head: list[dict[str, Any]] = []
    blocks: list[bytes] = []
    for name in frame.columns:
        column = _column(frame[name])
        if column is None:
            return None
        described, block = column
        head.append({"name": name, "bytes": len(block), **described})
        blocks.append(block)
    start = json.dumps({"rows": len(frame), "columns": head}).encode() + b"\n"
    content = start + b"".join(blocks)
    back = from_bytes(content)
    same = back is not None and back.equals(frame) and list(back.dtypes) == list(frame.dtypes)
    return content if same and frame.columns.equals(back.columns) else None  # type: ignore[union-attr]


def from_bytes(content: bytes) -> pd.DataFrame | None:
    """The table that ``to_bytes`` made the bytes of; None if they are no such bytes."""
    import numpy as np
    import pandas as pd

    start, _, rest = content.partition(b"\n")
    try:
        head = json.loads(start)
        columns: dict[str, Any] = {}
        start_of_block = 0
        for described in head["columns"]:
            block = rest[start_of_block : start_of_block + described["bytes"]]
            start_of_block += described["bytes"]
            if described["kind"] == "numbers":
                columns[described["name"]] = np.frombuffer(block, dtype=described["type"]).copy()
            elif described["kind"] == "words":
                columns[described["name"]] = pd.array(json.loads(block), dtype="str")
            elif described["kind"] == "counts":
                columns[described["name"]] = pd.array(json.loads(block), dtype=described["type"])
            else:
                letters, values = described["letters"], json.loads(block)
                read = [_MIXED[letter][2](value) for letter, value in zip(letters, values, strict=True)]
                mixed = np.empty(len(read), dtype=object)
                mixed[:] = read
                # As a series: of bare words pandas would make a column of words.
                columns[described["name"]] = pd.Series(mixed, dtype=object)
        index = pd.RangeIndex(head["rows"])
        return pd.DataFrame(
            columns, index=index, columns=pd.Index([described["name"] for described in head["columns"]])
        )
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def digest_of_frame(frame: pd.DataFrame) -> str:
    """Digest of all that a table holds: its columns with their types, its rows, and a row index that is not the usual one.

    Numbers count as they lie in memory, all other values by their full text.
    """
    import numpy as np
    import pandas as pd

    index = [] if isinstance(frame.index, pd.RangeIndex) else [frame.index.to_frame()]
    pieces: list[str | bytes] = [str(len(frame)), str(len(index))]
    for table in (frame, *index):
        for position, name in enumerate(table.columns):
            values = table.iloc[:, position]
            pieces += [repr(name), str(values.dtype)]
            if isinstance(values.dtype, pd.CategoricalDtype):
                # Their order is that of the rows once they are sorted.
                pieces.append(repr((values.cat.categories.tolist(), values.cat.ordered)))
            if isinstance(values.dtype, np.dtype) and values.dtype.kind in _NUMBERS:
                pieces.append(values.to_numpy().tobytes())
            else:
                # The text of an array leaves digits and entries out.
                listed = [
                    value.tolist() if isinstance(value, np.ndarray) else value for value in values.tolist()
                ]
                pieces.append(repr(listed))
    return digest(*pieces)


def _column(values: pd.Series) -> tuple[dict[str, Any], bytes] | None:
    import numpy as np

    if isinstance(values.dtype, np.dtype) and values.dtype.kind in _NUMBERS:
        return {"kind": "numbers", "type": values.dtype.str}, values.to_numpy().tobytes()
    if values.dtype == "str":
        missing = values.isna().to_numpy()
        listed = [None if empty else str(value) for value, empty in zip(values, missing, strict=True)]
        return {"kind": "words"}, _json(listed)
    if str(values.dtype) in _COUNTS:
        return {"kind": "counts", "type": str(values.dtype)}, _json(
            [None if empty else int(value) for value, empty in zip(values, values.isna(), strict=True)]
        )
    if values.dtype != object:
        return None
    letters = [_LETTERS.get(type(value)) for value in values]
    if None in letters:
        return None
    written = [_MIXED[str(letter)][1](value) for letter, value in zip(letters, values, strict=True)]
    return {"kind": "mixed", "letters": "".join(map(str, letters))}, _json(written)


def _json(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
