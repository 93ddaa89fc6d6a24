"""PollBench: polls, buzz, markets and models against what voters then did.

Public names are loaded on first use, so that ``import pollbench`` costs a few milliseconds.

>>> import pollbench as pb
>>> bench = pb.load("fr-pres-2017")
>>> scores = pb.score(bench, measures=["mae"], policy=pb.Policy(missing="drop"))
>>> board = pb.leaderboard(scores)
>>> board[["forecaster_id", "value"]].head(1).round(2).to_string(index=False, header=False)
'elabe 0.07'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pollbench.version import __version__

if TYPE_CHECKING:
    from pollbench.attribution.citation import cite
    from pollbench.data.bench import Bench
    from pollbench.data.elections import shipped_elections as list_elections
    from pollbench.data.store import build, load, validate
    from pollbench.errors import PollbenchError
    from pollbench.flows.table import transfers
    from pollbench.manipulation import list_attacks
    from pollbench.manipulation.study.break_even import break_even
    from pollbench.manipulation.study.stress import stress
    from pollbench.measures import registered as list_measures
    from pollbench.ranking.leaderboard import leaderboard
    from pollbench.records.record import Record, record
    from pollbench.records.rules import Rules
    from pollbench.scoring.compare import compare
    from pollbench.scoring.out_of_core import score_parquet
    from pollbench.scoring.score import score
    from pollbench.scoring.scores import Scores
    from pollbench.selection.comparison import Comparison
    from pollbench.selection.policy import Policy

#: Public name -> module and name there.
_HOMES = {
    "Bench": ("pollbench.data.bench", "Bench"),
    "Comparison": ("pollbench.selection.comparison", "Comparison"),
    "Policy": ("pollbench.selection.policy", "Policy"),
    "PollbenchError": ("pollbench.errors", "PollbenchError"),
    "Record": ("pollbench.records.record", "Record"),
    "Rules": ("pollbench.records.rules", "Rules"),
    "Scores": ("pollbench.scoring.scores", "Scores"),
    "break_even": ("pollbench.manipulation.study.break_even", "break_even"),
    "build": ("pollbench.data.store", "build"),
    "cite": ("pollbench.attribution.citation", "cite"),
    "compare": ("pollbench.scoring.compare", "compare"),
    "leaderboard": ("pollbench.ranking.leaderboard", "leaderboard"),
    "list_attacks": ("pollbench.manipulation", "list_attacks"),
    "list_elections": ("pollbench.data.elections", "shipped_elections"),
    "list_measures": ("pollbench.measures", "registered"),
    "load": ("pollbench.data.store", "load"),
    "record": ("pollbench.records.record", "record"),
    "score": ("pollbench.scoring.score", "score"),
    "score_parquet": ("pollbench.scoring.out_of_core", "score_parquet"),
    "stress": ("pollbench.manipulation.study.stress", "stress"),
    "transfers": ("pollbench.flows.table", "transfers"),
    "validate": ("pollbench.data.store", "validate"),
}

__all__ = [
    "Bench",
    "Comparison",
    "Policy",
    "PollbenchError",
    "Record",
    "Rules",
    "Scores",
    "__version__",
    "break_even",
    "build",
    "cite",
    "compare",
    "leaderboard",
    "list_attacks",
    "list_elections",
    "list_measures",
    "load",
    "record",
    "score",
    "score_parquet",
    "stress",
    "transfers",
    "validate",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name not in _HOMES:
        message = f"module 'pollbench' has no attribute {name!r}"
        raise AttributeError(message)
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    """The public names."""
    return sorted([*_HOMES, "__version__"])
