"""Ideas by name: the list in which measures, baselines, methods, mechanisms, attacks, defences, charts and frames stand."""

from __future__ import annotations

from typing import TypeVar

from pollbench.errors import DuplicateName, UnknownName

Registered = TypeVar("Registered")


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
