"""The made inputs of each kind of importer, and what the command line is given with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pollbench.intake.plan import Details
from pollbench.intake.run import Outcome, import_files

MADE = Path(__file__).parent / "benchmark" / "intake" / "made"

#: Name of the case -> kind, source, and the other arguments of ``import_files``.
CASES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "dawum": ("dawum", "dawum.json", {"details": Details("de-2029", (date(2029, 2, 25),), country="DE")}),
    "eopaod": ("eopaod", "eopaod.psv", {"details": Details("at-2030", (date(2030, 4, 14),), country="AT")}),
    "fivethirtyeight": ("fivethirtyeight", "raw-polls.csv", {}),
    "fivethirtyeight-list": ("fivethirtyeight", "president_polls.csv", {}),
    "hubverse": (
        "hubverse",
        "model-output",
        {"details": Details("us-xx-2030", (date(2030, 11, 5),), country="US")},
    ),
    "mieuxvoter": (
        "mieuxvoter",
        "mieuxvoter",
        {"details": Details("fr-made-2027", (date(2027, 4, 18), date(2027, 5, 2)), "FR")},
    ),
    "nsppolls": ("nsppolls", "nsppolls.csv", {"details": Details("fr-pres-2022")}),
    "pollsposition": ("pollsposition", "pollsposition.json", {"details": Details("fr-pres-2022")}),
    "probabilities": (
        "probabilities",
        "probabilities.csv",
        {
            "details": Details(days=(date(2030, 11, 5),), country="US"),
            "results": MADE / "probabilities-result.csv",
        },
    ),
    "tidy": (
        "tidy",
        "tidy.csv",
        {"details": Details("xx-2030", (date(2030, 4, 14),)), "results": MADE / "result.csv"},
    ),
    "wide": ("wide", "wide.csv", {"details": Details("fr-wide-2027", (date(2027, 4, 18),), country="FR")}),
}


def imported(case: str, folder: Path, **more: Any) -> Outcome:
    """Import a made input into ``folder``."""
    kind, source, arguments = CASES[case]
    return import_files(kind, MADE / source, folder, **{**arguments, **more})
