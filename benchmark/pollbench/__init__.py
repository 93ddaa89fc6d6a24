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

__version__ = "0.1.0"

if TYPE_CHECKING:
    from pollbench.catalog import shipped_elections as list_elections
    from pollbench.comparison import Comparison, compare
    from pollbench.errors import PollbenchError
    from pollbench.manipulation import list_attacks
    from pollbench.policy import Policy
    from pollbench.ranking import leaderboard
    from pollbench.robustness import break_even, stress
    from pollbench.scoring import score
    from pollbench.store import Bench, build, load, validate

#: Public name -> module and name there.
_HOMES = {
    "Bench": ("pollbench.store", "Bench"),
    "Comparison": ("pollbench.comparison", "Comparison"),
    "Policy": ("pollbench.policy", "Policy"),
    "PollbenchError": ("pollbench.errors", "PollbenchError"),
    "break_even": ("pollbench.robustness", "break_even"),
    "build": ("pollbench.store", "build"),
    "compare": ("pollbench.comparison", "compare"),
    "leaderboard": ("pollbench.ranking", "leaderboard"),
    "list_attacks": ("pollbench.manipulation", "list_attacks"),
    "list_elections": ("pollbench.catalog", "shipped_elections"),
    "list_measures": ("pollbench.measures", "registered"),
    "load": ("pollbench.store", "load"),
    "score": ("pollbench.scoring", "score"),
    "stress": ("pollbench.robustness", "stress"),
    "validate": ("pollbench.store", "validate"),
}

__all__ = [
    "Bench",
    "Comparison",
    "Policy",
    "PollbenchError",
    "break_even",
    "build",
    "compare",
    "leaderboard",
    "list_attacks",
    "list_elections",
    "load",
    "score",
    "stress",
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
