"""The figures of one language, for pages that are kept: which of them a page shows is noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pollbench import cache
from pollbench.data.questions import Question, note, note_unseen
from pollbench_dashboards.pages.figure import Figure


class Figures(Mapping[str, Figure]):
    """Figures by name.

    Parameters
    ----------
    figures : all of one language; a page may rest on one that was drawn from the rows and the code of its own.
    """

    def __init__(self, figures: Mapping[str, Figure]) -> None:
        self._figures = dict(figures)

    def digest_of(self, question: Question) -> str:
        """Digest of all that a figure follows from and says; of the names, where these are asked for."""
        if question == _NAMES:
            return cache.digest(*self._figures)
        figure = self._figures.get(question[1])
        if figure is None:
            return "none"
        # What was put into its texts afterwards does not follow from the rows that were drawn.
        texts = repr((figure.subtitle, figure.wide.caption))
        said = (
            figure.file,
            texts,
            repr(figure.mentions),
            repr(sorted(figure.stills.items())),
            repr(figure.polls),
        )
        return cache.digest(figure.origin, *said)

    def __getitem__(self, name: str) -> Figure:
        """The figure called ``name``."""
        note(self, ("figure", name))
        figure = self._figures[name]
        if not figure.origin:
            note_unseen(f"the figure {name}")
        return figure

    def __iter__(self) -> Iterator[str]:
        """The names."""
        note(self, _NAMES)
        return iter(self._figures)

    def __eq__(self, other: object) -> bool:
        """Whether it is the same object: as a source of answers each is its own."""
        return self is other

    __hash__ = object.__hash__

    def __len__(self) -> int:
        """How many there are."""
        note(self, _NAMES)
        return len(self._figures)


_NAMES: Question = ("figures",)
