"""Mean scores of forecasts in Parquet files that need not fit in memory, block by block, on a Dask cluster too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pollbench.arguments import checked
from pollbench.data.forecast_files import RowBlock, read_groups, read_numbers, row_blocks
from pollbench.errors import DomainError, PolicyError
from pollbench.measures import named

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.measures import Measure

#: What the files can feed: one figure per candidate.
FEEDS = ("shares", "order", "probabilities")
#: Group, measure, component, candidate.
Key = tuple[str, str, str, str]


class Total(NamedTuple):
    """The sum of the values of one block, in two numbers that hold it exactly enough, and how many there are."""

    high: float
    low: float
    values: int
    undefined: int


@dataclass(frozen=True)
class Question:
    """What is asked of every block."""

    measures: tuple[str, ...]
    forecast: tuple[str, ...]
    result: tuple[str | float, ...]
    by: str | None

    @property
    def columns(self) -> list[str]:
        """The columns of numbers, each once."""
        return list(dict.fromkeys([*self.forecast, *(name for name in self.result if isinstance(name, str))]))


@checked
def score_parquet(
    paths: Sequence[str | Path],
    measures: Sequence[str],
    *,
    forecast: Sequence[str],
    result: Sequence[str | float],
    by: str | None = None,
    rows: int = 500_000,
    client: Any = None,
) -> pd.DataFrame:
    r"""Mean scores of forecasts in Parquet files, one row per forecast, in memory that does not grow with them.

    .. math:: \frac{1}{N} \sum_i S(x_i, v_i)

    In the unit of each measure. Sums are exact before they are rounded once (``math.fsum`` in every block, whose
    remainder is carried along), so that neither the size of the blocks nor the workers change a digit.

    Parameters
    ----------
    paths : Parquet files.
    measures : names of measures of shares, orders or probabilities that need nothing besides forecast and result.
    forecast : columns of the forecast, one per candidate, per cent.
    result : for every candidate a column, or a number where all forecasts have one result.
    by : column of what the means are taken by, such as the forecaster.
    rows : rows read at a time, by each worker.
    client : a ``dask.distributed.Client`` whose workers share the blocks; without one they are read one by one.

    Returns
    -------
    DataFrame, one row per group, measure, component and candidate ("" for a measure of whole forecasts): group,
    measure, component, candidate_id, value (NaN where no forecast has one), n_forecasts with a value, undefined.

    Raises
    ------
    DataError : a file that is missing or no Parquet, or that lacks a column.
    DomainError : a cell that is no number, or what a measure refuses, with the file and the rows.
    PolicyError : a measure that needs more than forecast and result; forecast and result of unlike length.
    UnknownName : no measure of that name.

    Examples
    --------
    >>> import duckdb, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = f"{folder.name}/runoff.parquet"
    >>> _ = duckdb.sql("SELECT * FROM (VALUES ('a', 62.0, 38.0), ('b', 60.0, 40.0)) t(house, macron, le_pen)").write_parquet(path)
    >>> means = score_parquet([path], ["mae"], forecast=["macron", "le_pen"], result=[66.1, 33.9], by="house")
    >>> means[["group", "value"]].round(1).to_numpy().tolist()
    [['a', 4.1], ['b', 6.1]]
    """
    import pandas as pd

    question = Question(tuple(measures), tuple(forecast), tuple(result), by)
    _require_sense(question, rows)
    blocks = row_blocks(paths, [*question.columns, *([by] if by is not None else [])], rows)
    of_block = partial(totals_of_block, question=question)
    totals = (
        map(of_block, blocks) if client is None else client.gather(client.map(of_block, blocks, pure=False))
    )
    columns = ["group", "measure", "component", "candidate_id", "value", "n_forecasts", "undefined"]
    return pd.DataFrame([(*key, *mean) for key, mean in _means(totals, question)], columns=columns)


def _require_sense(question: Question, rows: int) -> None:
    """Refuse what means nothing, before a file is opened."""
    if not question.measures or not question.forecast or len(question.forecast) != len(question.result):
        message = (
            "score_parquet: name at least one measure, the columns of the forecast, and as many of the result: "
            f"there are {len(question.forecast)} and {len(question.result)}."
        )
        raise PolicyError(message)
    if rows < 1:
        message = f"score_parquet: rows is {rows}; at least one row is read at a time."
        raise PolicyError(message)
    for measure in map(named, question.measures):
        if measure.inputs not in FEEDS or measure.level == "set" or measure.needs_n or measure.needs:
            message = (
                f"score_parquet: {measure.name} takes more than one forecast and its result; "
                "call the function itself with arrays."
            )
            raise PolicyError(message)


def totals_of_block(block: RowBlock, question: Question) -> dict[Key, Total]:
    """The totals of one block, by group, measure, component and candidate."""
    numbers = dict(zip(question.columns, read_numbers(block, question.columns).T, strict=True))
    forecast = np.stack([numbers[name] for name in question.forecast], axis=-1)
    true = [numbers[item] if isinstance(item, str) else item for item in question.result]
    result = np.stack(np.broadcast_arrays(*true), axis=-1)
    codes, groups = (
        (np.zeros(len(forecast), dtype=int), [""]) if question.by is None else read_groups(block, question.by)
    )
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(groups)))[:-1]
    totals: dict[Key, Total] = {}
    for measure in map(named, question.measures):
        try:
            by_component = _values(measure, forecast, result)
        except DomainError as error:
            message = f"{block}: {error}"
            raise DomainError(message) from None
        for component, values in by_component.items():
            candidates = question.forecast if measure.level == "candidate" else ("",)
            for candidate, of_candidate in zip(candidates, values.T, strict=True):
                for group, of_group in zip(groups, np.split(of_candidate[order], ends), strict=True):
                    totals[group, measure.name, component, candidate] = _total(of_group)
    return totals


def _values(measure: Measure, forecast: Any, result: Any) -> Mapping[str, Any]:
    """By component the values of a measure, (rows, 1) or (rows, candidates)."""
    returned = measure(forecast, result)
    by_component = returned if measure.components else {"": returned}
    return {name: np.reshape(values, (len(forecast), -1)) for name, values in by_component.items()}


def _total(values: np.ndarray) -> Total:
    """The sum, what its rounding left out, and the counts."""
    defined = values[~np.isnan(values)].tolist()
    high = fsum(defined)
    defined.append(-high)
    return Total(high, fsum(defined), len(defined) - 1, len(values) - len(defined) + 1)


def _means(
    totals: Iterable[Mapping[Key, Total]], question: Question
) -> list[tuple[Key, tuple[float, int, int]]]:
    """By key the mean over all blocks, how many values there are, and how many forecasts have none."""
    gathered: dict[Key, list[Total]] = {}
    for of_block in totals:
        for key, total in of_block.items():
            gathered.setdefault(key, []).append(total)
    measures, candidates = [list(names) for names in (question.measures, ("", *question.forecast))]
    means = []
    for key in sorted(
        gathered, key=lambda key: (key[0], measures.index(key[1]), key[2], candidates.index(key[3]))
    ):
        several = gathered[key]
        values = sum(total.values for total in several)
        whole = fsum(chain.from_iterable((total.high, total.low) for total in several))
        undefined = sum(total.undefined for total in several)
        means.append((key, (whole / values if values else float("nan"), values, undefined)))
    return means
