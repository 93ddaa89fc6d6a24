"""The registry of frames, with the frames of one bench, each computed when first asked for.

What is made of a frame rests on its rows, however these came about: a page that reads a frame notes the frame, not the
queries behind it, and is taken again where the rows of then and of now have the same digest.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from pollbench.data.frame_bytes import digest_of_frame
from pollbench.data.kept import kept
from pollbench.data.questions import CONTENT, Memo, Question, Source, looking_away, note, note_unseen
from pollbench.registry import Registry
from pollbench_dashboards.code import code_of_dashboards

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.selection.comparison import Comparison
    from pollbench.selection.policy import Policy

#: Quantities that are shares of one whole and can stand on an axis of shares.
SHARES = ("vote_share", "digital_share", "share_of_voice")

#: The kind of the question which rows a frame has; name of the frame and contest in focus follow.
ROWS = "rows"

Made = TypeVar("Made")
Build = Callable[["Gathered"], pd.DataFrame]
_FRAMES: Registry[Build] = Registry("frame")


def frame(function: Build) -> Build:
    """Register the decorated function as the frame of its own name."""
    return _FRAMES.add(function, function.__name__)


def names() -> list[str]:
    """Names of all frames."""
    return sorted(_FRAMES)


class Gathered(Mapping[str, pd.DataFrame]):
    """All frames of a bench under a policy, each computed when first asked for.

    Parameters
    ----------
    bench : the loaded elections.
    policy : which forecasts count; gaps are left out and named, as on the command line.
    contest_id : the contest in focus, for frames that hold one only; empty = the main one.
    """

    def __init__(
        self,
        bench: Bench,
        policy: Policy | None = None,
        contest_id: str = "",
        *,
        source: Gathered | None = None,
    ) -> None:
        from pollbench.selection.policy import Policy

        self.bench = bench
        self.policy = policy or Policy(missing="drop")
        self._contest_id = contest_id
        self._source = source or self
        self._names = names()
        self._memo = Memo()

    def focused(self, contest_id: str) -> Gathered:
        """The frames of the same bench under the same policy with another contest in focus."""
        if contest_id == self._contest_id:
            return self
        if self._source is not self:
            return self._source.focused(contest_id)
        return self.once(
            ("focused", contest_id), lambda: Gathered(self.bench, self.policy, contest_id, source=self)
        )

    @property
    def ground(self) -> tuple[Source, Question]:
        """What all rows follow from, for a result that cannot ask these frames."""
        return self.bench, CONTENT

    @property
    def comparisons(self) -> list[Comparison]:
        """The comparisons of all contests that have a result in shares."""
        from pollbench.scoring.compare import compare
        from pollbench.scoring.votes import totals_of

        return self.once(
            "comparisons", lambda: compare(self.bench, self.policy) if totals_of(self.bench) else []
        )

    @property
    def focus(self) -> str:
        """The contest in focus."""
        contests = self["contest"]
        return self._contest_id or str(contests.contest_id[contests.main].iloc[0])

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The frame called ``name``."""
        build = _FRAMES.named(name)
        try:
            with looking_away():
                rows = self._memo.get(("frame", name), lambda: self._kept(name, build))
        except Exception:
            note_unseen(f"the frame {name}, which could not be made")
            raise
        note(self._source, (ROWS, name, self._contest_id))
        return rows

    def _kept(self, name: str, build: Build) -> pd.DataFrame:
        return kept(
            self.bench,
            f"frame {name}",
            self.options,
            lambda: build(self),
            beside={ROWS: self._source},
        )

    @property
    def options(self) -> tuple[Hashable, ...]:
        """What all that is made of the frames depends on besides the data."""
        return (self.policy, self._contest_id, code_of_dashboards())

    def digest_of(self, question: Question) -> str:
        """Digest of the rows that a question is about; empty where the frame cannot be made."""
        _, name, contest_id = question
        with looking_away():
            try:
                return self.focused(contest_id).digest_of_frame(name)
            except MemoryError:
                raise
            except Exception:  # who asks makes its result anew, and meets the error there
                return ""

    def __eq__(self, other: object) -> bool:
        """Whether it is the same object: as a source of answers each is its own."""
        return self is other

    __hash__ = object.__hash__

    def digest_of_frame(self, name: str) -> str:
        """Digest of the rows of a frame."""
        frame = self[name]
        return self.once(("digest", name), lambda: digest_of_frame(frame))

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` returns, made when first asked for under this key."""
        return self._memo.get(("once", key), make)

    def __iter__(self) -> Iterator[str]:
        """The names of the frames."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many frames there are."""
        return len(self._names)
