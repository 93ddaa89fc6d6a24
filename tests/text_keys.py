"""Which keys of texts the program can ask for: by name, or composed of words that it knows."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pollbench
import pollbench_dashboards
from pollbench.data.elections import datasets_folder
from pollbench.language.texts import ORIGINS

FOLDERS = [Path(package.__file__).parent for package in (pollbench, pollbench_dashboards)]


def doubled_keys(locale: str) -> list[str]:
    """Keys of templates that stand in more than one file of a locale: the later file would win unseen."""
    others = {"language.toml", *(f"{origin}.toml" for origin in ORIGINS)}
    files = [path for folder in FOLDERS for path in sorted((folder / "text" / locale).glob("*.toml"))]
    keys = [
        key
        for path in files
        if path.name not in others
        for key in _flattened("", tomllib.loads(path.read_text("utf-8")))
    ]
    return sorted({key for key in keys if keys.count(key) > 1})


def _flattened(prefix: str, table: dict[str, object]) -> Iterator[str]:
    for key, value in table.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict):
            yield from _flattened(name, value)
        else:
            yield name


def unused_keys(keys: Iterable[str]) -> list[str]:
    """The keys that are neither a string of the code nor composed of such strings and words of the data."""
    return [key for key in keys if not _used(key)]


@cache
def _used(key: str) -> bool:
    named, composed = _strings()
    if key in named:
        return True
    for pattern in composed:
        found = pattern.fullmatch(key)
        if found and all(_known(word, named) for word in found.groups()):
            return True
    # A plural: the code asks for the key, the language chooses the form.
    stem, _, form = key.rpartition(".")
    return form in {"zero", "one", "two", "few", "many", "other"} and stem != "" and _used(stem)


def _known(word: str, named: frozenset[str]) -> bool:
    return word.isdigit() or word in named or word in _data_words() or _used(word)


@cache
def _strings() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The strings of code and templates, and the patterns of those that are composed."""
    named: set[str] = set()
    composed: set[str] = set()
    for folder in FOLDERS:
        for path in folder.rglob("*.py"):
            for text, is_pattern in _of_python(ast.parse(path.read_text("utf-8"))):
                (composed if is_pattern else named).add(text)
        for path in folder.rglob("*.j2"):
            for text, is_pattern in _of_template(path.read_text("utf-8")):
                (composed if is_pattern else named).add(text)
    named |= {text.replace("-", "_") for text in named}
    return frozenset(named), tuple(re.compile(text) for text in sorted(composed))


def _of_python(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, False
        elif isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(part.value) if isinstance(part, ast.Constant) else "(.+)" for part in node.values
            ]
            # A string without a fixed piece of a key says nothing about the key.
            if "." in "".join(part for part in parts if part != "(.+)").replace("\\.", "."):
                yield "".join(parts), True
        elif isinstance(node, ast.keyword | ast.arg) and node.arg:
            yield node.arg, False


def _of_template(text: str) -> Iterator[tuple[str, bool]]:
    for inside in re.findall(r"\{[{%](.*?)[%}]\}", text, flags=re.DOTALL):
        for quoted in re.findall(r"\"([^\"]*)\"|'([^']*)'", inside):
            yield quoted[0] or quoted[1], False
        for joined in re.findall(r"(?:\"[^\"]*\"|[\w.]+)(?:\s*~\s*(?:\"[^\"]*\"|[\w.]+))+", inside):
            pieces = [piece.strip() for piece in joined.split("~")]
            pattern = "".join(re.escape(piece[1:-1]) if piece[0] == '"' else "(.+)" for piece in pieces)
            yield pattern, True


@cache
def _data_words() -> frozenset[str]:
    """Words of enumerations in the schema and of the short columns of the data, as identifiers."""
    root = datasets_folder()
    words = set(re.findall(r"'([\w-]+)'", (root / "sql" / "schema.sql").read_text("utf-8")))
    words |= set(re.findall(r"'([\w-]+)'", (root / "sql" / "views.sql").read_text("utf-8")))
    words |= set(
        re.findall(r"^\[([\w-]+)\]", (root / "threat_models.toml").read_text("utf-8"), flags=re.MULTILINE)
    )
    words |= {path.stem for path in (root / "laws").glob("*.toml")}
    for path in [*root.glob("*.csv"), *root.glob("*/assumptions.csv"), *root.glob("*/evidence.csv")]:
        with path.open(encoding="utf-8", newline="") as file:
            words |= {
                value for row in csv.reader(file) for value in row if len(value) < 40 and " " not in value
            }
    return frozenset(words | {word.replace("-", "_") for word in words})
