"""A copy of the election of 2017 that a test spoils, and what is said about it."""

from __future__ import annotations

from pathlib import Path

from pollbench.data.store import validate

ELABE = "elabe-2017-04-20-a,macron,24,,,"


def findings(folder: Path) -> list[str]:
    return [str(finding) for finding in validate(folder).errors]


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def the_one_about(messages: list[str], *parts: str) -> str:
    found = [message for message in messages if all(part in message for part in parts)]
    assert found, f"nothing about {parts} in {messages[:5]}"
    return found[0]
