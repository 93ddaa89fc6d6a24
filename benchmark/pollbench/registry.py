"""Ideas by name: the list in which measures, baselines, methods, mechanisms, attacks, defences, charts and frames stand."""

from __future__ import annotations

import operator
import weakref
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from pollbench.errors import DuplicateName, UnknownName

Registered = TypeVar("Registered")

#: Every registry that exists; see `only_ours`.
_REGISTRIES: list[weakref.ref[Registry[Any]]] = []
#: The ideas that `only_ours` has looked at last, and what it has found.
_SEEN: list[Any] = [[], True]
#: The packages whose ideas are in a digest of our code.
OURS = ("pollbench", "pollbench_dashboards")


def only_ours() -> bool:
    """Whether every idea that is registered is of our packages: one from outside is in no digest of code."""
    alive = [registry for reference in _REGISTRIES if (registry := reference()) is not None]
    ideas = [idea for registry in alive for idea in registry.values()]
    same = len(ideas) == len(_SEEN[0]) and all(map(operator.is_, ideas, _SEEN[0]))
    if not same:
        _SEEN[:] = ideas, all(map(_is_ours, ideas))
    return bool(_SEEN[1])


def _is_ours(idea: object) -> bool:
    if is_dataclass(idea) and not isinstance(idea, type):
        return all(_is_ours(getattr(idea, field.name)) for field in fields(idea))
    return not callable(idea) or str(getattr(idea, "__module__", "")).partition(".")[0] in OURS


class Registry(dict[str, Registered]):
    """Things of one kind by their names.

    Parameters
    ----------
    kind : what they are, in the words of a message: "measure".

    Examples
    --------
    >>> colours = Registry[str]("colour")
    >>> colours.add("#1f3fbf", "blue")
    '#1f3fbf'
    >>> colours.named("blu")
    Traceback (most recent call last):
    ...
    pollbench.errors.UnknownName: There is no colour 'blu'. Did you mean 'blue'?
    >>> colours.add("#0000ff", "blue")
    Traceback (most recent call last):
    ...
    pollbench.errors.DuplicateName: Two colours are called 'blue': give the second another name.
    """

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        _REGISTRIES.append(weakref.ref(self))

    def add(self, thing: Registered, name: str = "") -> Registered:
        """Register a thing under ``name``, else under its own; returns it.

        Raises
        ------
        DuplicateName : another thing of the kind has that name.
        """
        name = name or str(thing.name)  # type: ignore[attr-defined]
        if name in self:
            raise DuplicateName.of(self.kind, name)
        self[name] = thing
        return thing

    def named(self, name: str) -> Registered:
        """The thing called ``name``.

        Raises
        ------
        UnknownName : there is none; with close names.
        """
        if name not in self:
            raise UnknownName.of(kind=self.kind, name=name, known=self)
        return self[name]

    def ordered(self) -> dict[str, Registered]:
        """All of them, in the order of their names."""
        return dict(sorted(self.items()))
