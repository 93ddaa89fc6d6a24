"""The plain English of the field: no word of the old dialect in docstrings, comments, messages or names."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: Where every module is held: its words and the names of its variables.
HELD = ("benchmark", "dashboards", "datasets")
#: What a reader of the field would have to learn -> what to write.
DIALECT = {
    r"\b(?:whoever|nobody(?! has voted)|somebody|anybody)\b": "name the person or thing that is meant",
    r"\b(?:torn|told apart|mend(?:s|ed)?)\b": "an ordinary word: broken, distinguished, repair",
    r"\blaws? of (?:the|a|equals|two)\b.{0,12}(?:score|difference|equal)": "sampling distribution of the score",
    r"\blaw of equals\b|\btie range\b": "least significant difference",
    r"\b(?:row|line|value|label|paragraph|panel|column|mark) an? "
    r"(?:forecast|forecaster|house|poll|contest|candidate|row|release|mention|election)\b": "one row per forecast",
    r"\b(?:a|an|one) (?:row|line|value|label|panel|column|mark|bar|curve|file|verb|idea|family) an? \w": "one row per forecast",
    r"\bslips?\b": "mistake",
}
#: Names of variables that say nothing of what they hold.
EMPTY_NAMES = {"each", "place", "part", "found", "kept", "made", "mine", "own", "told"}


def offences(text: str) -> Iterator[str]:
    """Words and names of a module that a reader of the field does not know."""
    for number, line in enumerate(text.split("\n"), start=1):
        for pattern, instead in DIALECT.items():
            if match := re.search(pattern, line, re.IGNORECASE):
                yield f"{number}: {match[0]!r}: write {instead}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in EMPTY_NAMES:
            yield f"{node.lineno}: the variable {node.id!r}: name it after what it holds"
        if isinstance(node, ast.arg) and node.arg in EMPTY_NAMES:
            yield f"{node.lineno}: the parameter {node.arg!r}: name it after what it holds"


def modules() -> list[Path]:
    return [path for package in HELD for path in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_speaks_plain_words(path: Path) -> None:
    assert list(offences(path.read_text("utf-8"))) == []


def prose(text: str) -> Iterator[str]:
    """Docstrings and comments of a module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            yield ast.get_docstring(node) or ""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def test_the_prose_of_tests_is_plain_too() -> None:
    spoken = [
        f"{path.name}: {match[0]}: write {instead}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for said in prose(path.read_text("utf-8"))
        for pattern, instead in DIALECT.items()
        if (match := re.search(pattern, said, re.IGNORECASE))
    ]
    assert spoken == []


@pytest.mark.parametrize(
    "planted",
    [
        '"""One row a forecast."""',
        "# Whoever reads this.",
        '"""The law of the score of an unbiased sample."""',
        '"""The tie range of a board."""',
        'message = "mend its rights"',
        '"""Draw a bar an assumption."""',
        "# Such a day is a slip of the pen.",
        "for each in forecasts:\n    pass",
        "passed = filter(lambda each: each > 0, values)",
        "kept = [row for part in rows]",
    ],
)
def test_a_planted_word_of_the_dialect_is_seen(planted: str) -> None:
    assert list(offences(planted)) != []


def test_plain_words_are_left_alone() -> None:
    assert (
        list(offences('"""One row per forecast, whose rank is known; sampling distribution of the score."""'))
        == []
    )
