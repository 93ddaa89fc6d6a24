"""A text for people has the plural that its number asks for, never both forms at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: A word with its plural in brackets, in front of which no letter of a formula stands alone.
BOTH = re.compile(r"[a-zé]{3,}\(s\)")
TEXTS = sorted(
    path
    for pattern in (
        "benchmark/pollbench/**/*.py",
        "dashboards/pollbench_dashboards/**/*.py",
        "*/*/text/*/*.toml",
        "*/*/sql/**/*.sql",
    )
    for path in ROOT.glob(pattern)
)


def test_no_text_leaves_the_plural_to_its_reader() -> None:
    assert len(TEXTS) > 300
    lazy = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in TEXTS
        for match in BOTH.finditer(path.read_text(encoding="utf-8"))
    ]
    assert lazy == []


@pytest.mark.parametrize(
    ("text", "lazy"), [("2 contest(s)", True), ("2 contests (six)", False), ("f(s)", False)]
)
def test_a_planted_plural_is_seen(text: str, lazy: bool) -> None:
    assert bool(BOTH.search(text)) == lazy
