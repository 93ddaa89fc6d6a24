"""The registry of frames, with the frames of one bench, each computed when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from pollbench.data.frame_bytes import digest_of_frame
from pollbench.data.kept import kept
from pollbench.data.questions import Memo
from pollbench.registry import Registry
from pollbench_dashboards.code import code_of_dashboards

if TYPE_CHECKING:
    from pollbench.data.store import Bench
    from pollbench.selection.comparison import Comparison
    from pollbench.selection.policy import Policy

#: Quantities that are shares of one whole and can stand on an axis of shares.
SHARES = ("vote_share", "digital_share", "share_of_voice")

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

    def __init__(self, bench: Bench, policy: Policy | None = None, contest_id: str = "") -> None:
        from pollbench.selection.policy import Policy

        self.bench = bench
        self.policy = policy or Policy(missing="drop")
        self._contest_id = contest_id
        self._names = names()
        self._memo = Memo()

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
        return self._memo.get(
            ("frame", name),
            lambda: kept(self.bench, f"frame {name}", self.options, lambda: build(self)),
        )

    @property
    def options(self) -> tuple[Hashable, ...]:
        """What all that is made of the frames depends on besides the data."""
        return (self.policy, self._contest_id, code_of_dashboards())

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
