"""The folders of texts: one per locale, found where they lie, named nowhere in code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from pollbench.errors import UnknownName

#: The language of the code, of the comments of the schema and of the data: the others are translations of it.
SOURCE_LOCALE = "en"

#: File that makes a folder a locale: its name, its locale in CLDR, its rules of typography.
LANGUAGE_FILE = "language.toml"

#: English texts that are written outside ``text/``: by the measures, the schema, the rows of the data.
#: ``text/<locale>/<origin>.toml`` holds the translation beside the English.
Origin = Literal["measures", "dictionary", "data"]
ORIGINS: tuple[Origin, ...] = ("measures", "dictionary", "data")

#: Folders that hold a folder per locale; packages above this one add their own.
_FOLDERS: list[Traversable] = [resources.files("pollbench").joinpath("text")]

#: Replacements in order: a regular expression, and what takes the place of a match.
Rules = tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True)
class Language:
    """What a locale declares in its ``language.toml``.

    Attributes
    ----------
    name : what its readers call it.
    cldr : the locale of the Unicode CLDR that its numbers, days, lists and plurals follow.
    typeset : rules for every text before values are filled in.
    filled : rules for a sentence with its values, such as elision before a name.
    day : rules for a day in words.
    """

    name: str
    cldr: str
    typeset: Rules
    filled: Rules
    day: Rules


def add_texts(folder: Traversable) -> None:
    """Look for locales and their texts in ``folder`` too: ``<folder>/<locale>/*.toml``."""
    if folder not in _FOLDERS:
        _FOLDERS.append(folder)


def text_folders() -> tuple[Path, ...]:
    """The folders in which locales and their texts stand."""
    return tuple(Path(str(folder)) for folder in _FOLDERS)


def locales() -> tuple[str, ...]:
    """The locales there are, that of the source first, the others in alphabetical order.

    Examples
    --------
    >>> locales()
    ('en', 'fr')
    """
    return _locales(tuple(_FOLDERS))


def language(locale: str) -> Language:
    """What a locale declares about itself.

    Raises
    ------
    UnknownName : no folder of texts declares this locale.

    Examples
    --------
    >>> language("fr").name
    'Français'
    """
    return _language(locale, tuple(_FOLDERS))


def templates(locale: str) -> dict[str, str]:
    """All templates of a locale, by dotted name: ``section.key`` -> text (a copy).

    Raises
    ------
    UnknownName : no folder of texts declares this locale.
    """
    return dict(known_templates(locale))


def known_templates(locale: str) -> dict[str, str]:
    """The same without the copy, for readers that do not write."""
    return _templates(locale, tuple(_FOLDERS))


def translations(origin: Origin, locale: str) -> dict[str, str]:
    """English text -> text of the locale, typeset; empty for the language of the source."""
    return _translations(origin, locale, tuple(_FOLDERS))


def replaced(text: str, rules: Rules) -> str:
    """The text after every rule in turn."""
    for pattern, by in rules:
        text = pattern.sub(by, text)
    return text


@cache
def _locales(folders: tuple[Traversable, ...]) -> tuple[str, ...]:
    declared = {
        entry.name
        for folder in folders
        for entry in folder.iterdir()
        if entry.is_dir() and entry.joinpath(LANGUAGE_FILE).is_file()
    }
    return tuple(sorted(declared, key=lambda locale: (locale != SOURCE_LOCALE, locale)))


def _files(locale: str, folders: tuple[Traversable, ...]) -> Iterator[Traversable]:
    if locale not in _locales(folders):
        raise UnknownName.of(kind="locale", name=locale, known=_locales(folders))
    for folder in folders:
        if (locale_folder := folder.joinpath(locale)).is_dir():
            yield from sorted(
                (entry for entry in locale_folder.iterdir() if entry.name.endswith(".toml")),
                key=lambda entry: entry.name,
            )


@cache
def _language(locale: str, folders: tuple[Traversable, ...]) -> Language:
    declaration = next(file for file in _files(locale, folders) if file.name == LANGUAGE_FILE)
    table = tomllib.loads(declaration.read_text("utf-8"))

    def rules(name: str) -> Rules:
        return tuple((re.compile(rule["pattern"]), rule["by"]) for rule in table.get(name, ()))

    return Language(table["name"], table["cldr"], rules("typeset"), rules("filled"), rules("day"))


@cache
def _templates(locale: str, folders: tuple[Traversable, ...]) -> dict[str, str]:
    return {key: text for texts in _templates_by_file(locale, folders) for key, text in texts.items()}


def _templates_by_file(locale: str, folders: tuple[Traversable, ...]) -> list[dict[str, str]]:
    others = {LANGUAGE_FILE, *(f"{origin}.toml" for origin in ORIGINS)}
    typeset = _language(locale, folders).typeset
    return [
        {key: replaced(text, typeset) for key, text in _flattened("", tomllib.loads(file.read_text("utf-8")))}
        for file in _files(locale, folders)
        if file.name not in others
    ]


def _flattened(prefix: str, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict):
            yield from _flattened(name, value)
        else:
            yield name, str(value)


@cache
def _translations(origin: Origin, locale: str, folders: tuple[Traversable, ...]) -> dict[str, str]:
    typeset = _language(locale, folders).typeset
    return {
        english: replaced(text, typeset)
        for file in _files(locale, folders)
        if file.name == f"{origin}.toml"
        for english, text in tomllib.loads(file.read_text("utf-8")).items()
    }
