"""The tables as cited, and the gate that goes red when one of their figures moves.

``published/<election_id>/<revision>/`` and ``published/pooled/`` hold what was published. They are
recomputed and compared here; `publishing` writes them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pollbench.data.elections import datasets_folder
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

FOLDER = "published"
VERSIONS = "versions.json"
#: A figure that moves by more than this has moved.
TOLERANCE = 1e-9
#: Libraries whose random draws may differ between versions.
DRAWING = ("numpy", "scipy", "pandas")
#: Differences shown of each table.
SHOWN = 5
CITED = Policy(missing="drop")


@dataclass(frozen=True)
class PublishedTable:
    """A table as cited.

    Attributes
    ----------
    name : of the file, without its ending.
    make : from the data of all elections to the table.
    key : columns that name a row.
    version : raised when the rule that makes the table changes.
    random : column -> Monte-Carlo tolerance, for columns that rest on random draws. A text made of
        such figures has the tolerance infinity.
    fitted : column -> tolerance that always holds, for columns that a numerical optimiser finds: its last digits
        are those of a machine.
    pooled : one table over all elections, or one an election (the table then has contest_id).
    """

    name: str
    make: Callable[[Bench], pd.DataFrame]
    key: tuple[str, ...]
    version: int
    random: Mapping[str, float] = field(default_factory=dict)
    pooled: bool = False
    fitted: Mapping[str, float] = field(default_factory=dict)


def _leaderboard(bench: Bench) -> pd.DataFrame:
    from pollbench.ranking.leaderboard import leaderboard
    from pollbench.scoring.score import score

    return leaderboard(score(bench, ["mae"], CITED))


def _scores(bench: Bench) -> pd.DataFrame:
    from pollbench.scoring.score import KEY, score

    return score(bench, policy=CITED).frame.sort_values(KEY, ignore_index=True)


def _claims(bench: Bench) -> pd.DataFrame:
    from pollbench.statements.claims import claims_table

    return claims_table(bench).drop(columns=["note", "sources"])


def _probabilities(bench: Bench) -> pd.DataFrame:
    from pollbench.statements.probabilities import probabilities_table

    return probabilities_table(bench)


def _errors(bench: Bench) -> pd.DataFrame:
    from pollbench.history.last_errors import errors_table

    return errors_table(bench)


def _verdict(bench: Bench) -> pd.DataFrame:
    """The verdict on every contest in which other forecasters than polls take part."""
    from pollbench.ranking.readings import readings_table, verdict_table
    from pollbench.scoring.compare import compare

    contests = [
        comparison.contest_id
        for comparison in compare(bench, CITED)
        if (comparison.forecasts["family"] != "poll").any()
    ]
    verdicts = [verdict_table(readings_table(bench, contest)) for contest in contests]
    return pd.concat(verdicts, ignore_index=True)


def _board(by: Any) -> Callable[[Bench], pd.DataFrame]:
    def make(bench: Bench) -> pd.DataFrame:
        from pollbench.history.pooled_board import pooled_board

        return pooled_board(_errors(bench), by)

    return make


BREAK_EVEN_KEY = ("contest_id", "forecaster_id", "forecast_id", "target", "threat_model_id", "goal")


def _trends(bench: Bench) -> pd.DataFrame:
    """The trend of the polls in every contest that has polls, with its band."""
    from pollbench.outputs.tables import TABLES as TABLES_OF_A_RUN

    return TABLES_OF_A_RUN["trends"].make(bench, CITED).round({"level": 4, "low": 4, "high": 4})


def _break_even(bench: Bench) -> pd.DataFrame:
    """What would suffice for every goal: what a sentence or a chart quotes of it, nothing drawn at random."""
    from pollbench.outputs.tables import TABLES as TABLES_OF_A_RUN

    return TABLES_OF_A_RUN["break_even"].make(bench, CITED)[
        [*BREAK_EVEN_KEY, "figure_pct", "gap_pp", "mass_pct", "accounts", "eur", "evidence_class", "flag"]
    ]


_ANY_WORDS = float("inf")
_POOLED_RANDOM = {
    "p_value": 0.02,
    "low": 0.1,
    "high": 0.1,
    "tied_with_best": _ANY_WORDS,
    "what_it_proves": _ANY_WORDS,
}
TABLES = (
    PublishedTable("errors", _errors, ("contest_id", "forecaster_id", "quantity"), 3, pooled=True),
    PublishedTable("board_by_house", _board("house"), ("who",), 3, _POOLED_RANDOM, pooled=True),
    PublishedTable("board_by_forecaster", _board("forecaster_id"), ("who",), 3, _POOLED_RANDOM, pooled=True),
    PublishedTable("board_by_family", _board("family"), ("who",), 3, _POOLED_RANDOM, pooled=True),
    PublishedTable(
        "leaderboard",
        _leaderboard,
        ("contest_id", "forecaster_id", "forecast_id", "quantity", "measure"),
        4,
        {
            "expected_low": 0.1,
            "expected_median": 0.05,
            "expected_high": 0.1,
            "luck_pct": 2.0,
            "tie_range": 0.1,
            "tied_with_best": _ANY_WORDS,
            "what_it_proves": _ANY_WORDS,
        },
    ),
    PublishedTable(
        "scores",
        _scores,
        ("contest_id", "forecaster_id", "forecast_id", "quantity", "candidate_id", "measure", "component"),
        1,
    ),
    PublishedTable("verdict", _verdict, ("contest_id", "forecaster_id"), 1),
    PublishedTable("claims", _claims, ("claim_id",), 2),
    PublishedTable(
        "trends",
        _trends,
        ("contest_id", "candidate_id", "day"),
        1,
        fitted={"level": 1e-3, "low": 1e-3, "high": 1e-3},
    ),
    PublishedTable(
        "break_even",
        _break_even,
        BREAK_EVEN_KEY,
        2,
    ),
    PublishedTable(
        "probabilities",
        _probabilities,
        ("contest_id", "question", "origin", "forecaster_id", "forecast_id", "candidates"),
        3,
        {"probability": 2.0, "low": 2.0, "high": 2.0, "brier": 0.03, "log_score": _ANY_WORDS},
    ),
)


def recompute(
    bench: Bench, names: tuple[str, ...] | None = None
) -> dict[str, tuple[PublishedTable, pd.DataFrame]]:
    """The tables as they come out now, by their path below ``published/``.

    Parameters
    ----------
    bench : all shipped elections (a baseline may rest on another election).
    names : only these tables.
    """
    election_of = bench.contests.set_index("contest_id")["election_id"]
    tables: dict[str, tuple[PublishedTable, pd.DataFrame]] = {}
    for table in TABLES:
        if names is not None and table.name not in names:
            continue
        frame = table.make(bench)
        if table.pooled:
            tables[f"pooled/{table.name}.csv"] = (table, frame)
            continue
        for election in bench.elections:
            rows = frame[frame["contest_id"].map(election_of) == election]
            if len(rows):
                path = f"{election}/{bench.revisions[election]}/{table.name}.csv"
                tables[path] = (table, rows.reset_index(drop=True))
    return tables


def as_text(frame: pd.DataFrame) -> str:
    """The frame as it is written: full digits, one line per row."""
    return frame.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")


def differences(old: str, new: str, table: PublishedTable, *, exactly: bool) -> list[str]:
    """What differs between a published table and the recomputed one, the first rows of it in words.

    Parameters
    ----------
    old, new : the two tables as text (CSV).
    table : which one it is.
    exactly : whether columns that rest on random draws must agree to 1e-9 too.

    Returns
    -------
    sentences with row, column, old and new value; empty where they agree.
    """
    was, now = read(old, table), read(new, table)
    if list(was.columns) != list(now.columns):
        return [f"columns were {', '.join(was.columns)}; now {', '.join(now.columns)}"]
    sentences = [f"row {_row_name(key, table)} is no longer there" for key in was.index.difference(now.index)]
    sentences += [f"row {_row_name(key, table)} is new" for key in now.index.difference(was.index)]
    common = was.index.intersection(now.index)
    if was.index.has_duplicates or now.index.has_duplicates:
        return [*sentences, f"several rows share one key ({', '.join(table.key)})"]
    was, now = was.loc[common], now.loc[common]
    for column in was.columns:
        tolerance = table.fitted.get(column, TOLERANCE)
        if not exactly:
            tolerance = max(tolerance, table.random.get(column, TOLERANCE))
        moved = _moved(was[column], now[column], tolerance)
        sentences += [
            f"row {_row_name(key, table)}, {column}: was {was.loc[key, column]!r}, is {now.loc[key, column]!r}"
            for key in common[moved]
        ]
    return sentences


def read(text: str, table: PublishedTable) -> pd.DataFrame:
    """A table as it was written, every value as text, indexed by the key of the table."""
    from io import StringIO

    frame = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    return frame.set_index(pd.MultiIndex.from_frame(frame[list(table.key)]))


def _row_name(key: Any, table: PublishedTable) -> str:
    parts = key if isinstance(key, tuple) else (key,)
    return "/".join(str(value) for value in parts if str(value)) or table.name


def _moved(was: pd.Series, now: pd.Series, tolerance: float) -> np.ndarray:
    """Which values differ: numbers by more than the tolerance, words by anything unless it is infinite."""
    different = (was != now).to_numpy()
    if tolerance == float("inf"):
        return np.zeros(len(was), dtype=bool)
    numbers = [pd.to_numeric(side, errors="coerce").to_numpy(dtype=float) for side in (was, now)]
    both = np.isfinite(numbers[0]) & np.isfinite(numbers[1])
    scale = np.maximum(1.0, np.abs(np.where(both, numbers[0], 0.0)))
    near = both & (np.abs(np.where(both, numbers[0] - numbers[1], 0.0)) <= tolerance * scale)
    values: np.ndarray = different & ~near
    return values


def compare_all(
    bench: Bench, root: Path | None = None, names: tuple[str, ...] | None = None
) -> dict[str, list[str]]:
    """Recompute and compare: path -> differences; empty lists where nothing moved."""
    folder = (root or datasets_folder()) / FOLDER
    exactly = _same_libraries(folder)
    by_path: dict[str, list[str]] = {}
    for path, (table, frame) in recompute(bench, names).items():
        file = folder / path
        if not file.is_file():
            by_path[path] = ["is not published yet; 'pollbench check --write' writes it"]
            continue
        by_path[path] = differences(file.read_text(encoding="utf-8"), as_text(frame), table, exactly=exactly)
    return by_path


def libraries() -> dict[str, str]:
    """The versions of the libraries that draw random numbers."""
    return {name: version(name) for name in DRAWING}


def versions(folder: Path) -> dict[str, Any]:
    """What the published tables were made with; empty where nothing is published."""
    path = folder / VERSIONS
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _same_libraries(folder: Path) -> bool:
    return versions(folder).get("libraries") == libraries()


def report(by_path: Mapping[str, list[str]]) -> str:
    """The findings in words: each table, and the first rows that differ."""
    lines = []
    for path, sentences in by_path.items():
        number = "1 difference" if len(sentences) == 1 else f"{len(sentences)} differences"
        lines.append(f"{path}: {number if sentences else 'as published'}")
        lines += [f"  {sentence}" for sentence in sentences[:SHOWN]]
        if len(sentences) > SHOWN:
            lines.append(f"  and {len(sentences) - SHOWN} more")
    return "\n".join(lines)
