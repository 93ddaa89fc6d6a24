"""The record of an opened collection, its tables made when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pollbench.arguments import checked
from pollbench.data.memo import Key
from pollbench.errors import NothingToCompare, UnknownName
from pollbench.records.rules import PAGE, Rules

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

#: The collection that holds the record.
COLLECTION = "world"
_WORLD: Key[Bench] = Key("world record")
_RECORD: Key[Record] = Key("record beside")


@checked
def record(bench: Bench | None = None, rules: Rules | None = None) -> Record:
    """The world record: errors, leaders, before and after, polls beside, chances, track records.

    Parameters
    ----------
    bench : opened data with releases; the shipped collection ``world`` if None.
    rules : the coding rules; those of the page if None.

    Returns
    -------
    Record, whose tables are made when they are first asked for.

    Raises
    ------
    NothingToCompare : the data hold no releases.

    Examples
    --------
    >>> import pollbench as pb
    >>> len(pb.record(pb.load("world")).releases)
    596
    """
    from pollbench.data.store import load

    held = load(COLLECTION) if bench is None else bench
    if not holds_releases(held):
        message = (
            "The data hold no releases (releases.csv). Load the collection of the record: load('world')."
        )
        raise NothingToCompare(message)
    return Record(held, rules or PAGE)


def record_beside(bench: Bench) -> Record:
    """The record of the data themselves if they hold releases, else of the shipped collection, opened once."""
    from pollbench.data.store import load

    return bench.memo(
        _RECORD,
        lambda: record(bench if holds_releases(bench) else bench.memo(_WORLD, lambda: load(COLLECTION))),
    )


def holds_releases(bench: Bench) -> bool:
    """Whether the data hold any release of the record."""
    return bool(bench.frame("SELECT count(*) AS n FROM release").n.item())


@dataclass(frozen=True, eq=False)
class Record:
    """The tables of the record.

    Attributes
    ----------
    bench : the opened data.
    rules : the coding rules under which the tables are computed.
    """

    bench: Bench
    rules: Rules = PAGE

    @property
    def releases(self) -> pd.DataFrame:
        """One row per release."""
        from pollbench.records.releases import releases_table

        return releases_table(self.bench, self.rules)

    @property
    def leader_calls(self) -> pd.DataFrame:
        """How often the leader of the figures led the result, by group."""
        from pollbench.records.leader_calls import leader_calls_table

        return leader_calls_table(self.bench, self.rules)

    @property
    def before_after(self) -> pd.DataFrame:
        """Errors of what was known before the vote and of what was told afterwards, by coding."""
        from pollbench.records.before_after import before_after_table

        return before_after_table(self.bench, self.rules)

    @property
    def pairs(self) -> pd.DataFrame:
        """Digital figures beside the polls of the same days."""
        from pollbench.records.beside_polls import pairs_table

        return pairs_table(self.bench, self.rules)

    @property
    def pairs_summary(self) -> pd.DataFrame:
        """How often the digital figure was the closer one, over contests."""
        from pollbench.records.beside_polls import pairs_summary_table

        return pairs_summary_table(self.bench, self.rules)

    @property
    def adds_to_polls(self) -> pd.DataFrame:
        """Whether the digital figure adds to the poll average."""
        from pollbench.records.adds_to_polls import adds_to_polls_table

        return adds_to_polls_table(self.bench, self.rules)

    @property
    def chances(self) -> pd.DataFrame:
        """Chances of winning and what came true."""
        from pollbench.records.chances import chances_table

        return chances_table(self.bench)

    @property
    def corp(self) -> pd.DataFrame:
        """The Brier score of printed chances in three terms, by isotonic recalibration."""
        from pollbench.records.calibration import corp_table

        return corp_table(self.bench)

    @property
    def calibration(self) -> pd.DataFrame:
        """The recalibrated frequency at every printed chance."""
        from pollbench.records.calibration import curve_table

        return curve_table(self.bench)

    @property
    def murphy(self) -> pd.DataFrame:
        """Mean elementary scores of printed chances over thresholds."""
        from pollbench.records.calibration import murphy_table

        return murphy_table(self.bench)

    @property
    def tracks(self) -> pd.DataFrame:
        """One row per forecaster."""
        from pollbench.records.tracks import tracks_table

        return tracks_table(self.bench, self.rules)

    @property
    def retold(self) -> pd.DataFrame:
        """What changed in the telling."""
        from pollbench.records.retold import retold_table

        return retold_table(self.bench, self.rules)

    @property
    def rules_table(self) -> pd.DataFrame:
        """What every single change of a coding rule moves."""
        from pollbench.records.sensitivity import rules_table

        return rules_table(self.bench)

    def chosen(
        self, *, kind: str | None = None, country: str | None = None, before_vote: bool = False
    ) -> pd.DataFrame:
        """The releases of one method and country, or only those known before the vote.

        Raises
        ------
        UnknownName : no release has that method or country.
        """
        table = self.releases
        for column, word, name in (("method", "kind", kind), ("country", "country", country)):
            if name is not None:
                known = sorted(set(table[column]))
                if name not in known:
                    raise UnknownName.of(kind=word, name=name, known=known)
                table = table[table[column] == name]
        return table[table.known_before_vote == "yes"] if before_vote else table
