"""Files that are handed in or read from a page, and a ledger that holds every kind of receipt."""

from __future__ import annotations

import csv
from pathlib import Path

from pollbench.protocol.collection import collect
from pollbench.protocol.intake import receive, receive_seal, reveal
from pollbench.protocol.ledger import Receipt
from pollbench.protocol.rules import Protocol
from pollbench.protocol.seals import seal_of
from pollbench.protocol.submission import COLUMNS
from pollbench.protocol.template import example

CANDIDATES = {"le-pen", "philippe", "melenchon", "glucksmann"}
IN_TIME = "2027-04-16T18:00:00+02:00"
AFTER = "2027-04-18T20:30:00+02:00"
SALT = "a salt of many characters"
SOURCE = "https://polymarket.com/event/winner"


def rows(rules: Protocol, kind: str = "polling-house") -> list[dict[str, str]]:
    return list(csv.DictReader(example(rules, kind).splitlines()))


def written(path: Path, cells: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(cells)
    return path


def sample(path: Path, rules: Protocol, kind: str = "polling-house", **changes: str) -> Path:
    return written(path, [{**row, **changes} for row in rows(rules, kind)])


def read_figures(path: Path, rules: Protocol, **changes: str) -> Path:
    """Invented prices as if they had been read from a page."""
    return sample(path, rules, "market", **{"forecaster": "polymarket", "licence": "", **changes})


def collected(folder: Path, rules: Protocol, file: Path, **changes: str) -> Receipt:
    """Collect ``file`` from a page that says "page"."""
    page = folder / "page.html"
    page.write_text(changes.pop("content", "page"), encoding="utf-8")
    stated = {"source": SOURCE, "collector": "A Keeper", "seen_at": "2027-04-30T18:00:00+02:00", **changes}
    return collect(folder / "ledger", rules, file, page, candidates=CANDIDATES, **stated)


def sealed_ledger(folder: Path, rules: Protocol) -> tuple[Path, Path]:
    """A ledger with an open submission and a seal, and the sealed file."""
    ledger = folder / "ledger"
    receive(ledger, rules, sample(folder / "open.csv", rules), IN_TIME, CANDIDATES)
    file = sample(folder / "sealed.csv", rules, "model")
    receive_seal(ledger, rules, seal_of(file.read_bytes(), SALT), "example-model", "fr-pres-2027-r1", IN_TIME)
    return ledger, file


def full_ledger(folder: Path, rules: Protocol) -> Path:
    """A ledger with a receipt of every kind: open, sealed, reveal, collected."""
    ledger, file = sealed_ledger(folder, rules)
    reveal(ledger, rules, file, SALT, AFTER, CANDIDATES)
    collected(folder, rules, read_figures(folder / "read.csv", rules))
    return ledger
