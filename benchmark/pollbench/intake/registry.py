"""The importers that there are: one file of ``importers/`` each, found by looking into the folder."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

from pollbench.intake.mapping import Mapping
from pollbench.intake.model import Draft
from pollbench.registry import Registry


@dataclass(frozen=True)
class Request:
    """What an importer is given beside its source.

    Attributes
    ----------
    mapping : what the user decided about columns, names and rows.
    days : the day of each round, as far as it is known; dates without a year are read before the last.
    country : ISO code, or "" if it is not known.
    round : the round that the table is about, where no column says it.
    house : who published the figures, where no column says it.
    race : only races whose name holds this text; "" = all.
    """

    mapping: Mapping = field(default_factory=Mapping)
    days: tuple[date, ...] = ()
    country: str = ""
    round: int = 1
    house: str = ""
    race: str = ""


@dataclass(frozen=True)
class Expected:
    """What an importer knows of the election of its source: used where nothing else is said."""

    election_id: str
    country: str = ""
    office: str = ""
    title: str = ""
    law: str = ""
    days: tuple[date, ...] = ()
    days_from: str = ""


@dataclass(frozen=True)
class Importer:
    """How one kind of source is read.

    Attributes
    ----------
    name : what is written behind ``pollbench import``.
    title : whose files it reads, in a few words.
    reads : file or folder, and its columns.
    refuses : what it leaves out by name.
    read : from the source to a draft; it alone decides how a row becomes a question.
    candidates : what the names are: "person", "party", or "" where the table does not say.
    surnames : whether the id of a new name is its surname; else it is the whole name.
    kind, family : of forecasters that are new.
    expected : the election, where the kind is about one.
    many : whether a source holds many elections, each with its day.
    ballot : "tested" = everyone tested is taken to stand, "unknown" = no candidate is known to stand yet.
    source : columns of the row of sources.csv that never change (title, publisher, url, licence).
    """

    name: str
    title: str
    reads: str
    refuses: str
    read: Callable[[Path, Request], Draft]
    candidates: str = ""
    surnames: bool = False
    kind: str = "quota_poll"
    family: str = "poll"
    expected: Expected | None = None
    ballot: str = "tested"
    many: bool = False
    source: dict[str, str] = field(default_factory=dict)


@cache
def registered() -> Registry[Importer]:
    """All importers, by name.

    Examples
    --------
    >>> "wide" in registered()
    True
    """
    package = import_module("pollbench.intake.importers")
    importers: Registry[Importer] = Registry("importer")
    for module in pkgutil.iter_modules(package.__path__):
        if not module.name.startswith("_"):
            importer: Importer = import_module(f"{package.__name__}.{module.name}").IMPORTER
            importers.add(importer)
    return importers


def named(name: str) -> Importer:
    """The importer called ``name``; UnknownName if there is none."""
    return registered().named(name)
