"""Which line-ups of an election to come have a page, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench_dashboards.drawing.choosing import each_row
from pollbench_dashboards.language.naming import surname
from pollbench_dashboards.language.words import Words

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench_dashboards.frames.gathered import Gathered

#: A scenario has a page of its own if so many surveys asked about it; the most asked ones of each round.
FEWEST_SURVEYS, MOST_OF_A_ROUND = 5, 4
#: Names in the title of a scenario.
MOST_NAMES = 4
#: The chart that every scenario has.
CHART = "campaign_timeline"


@dataclass(frozen=True, eq=False)
class Standing:
    """A scenario that a page shows.

    Attributes
    ----------
    contest_id, scenario_id : the contest and who stands in it.
    frames : the frames of the data under this scenario.
    default : whether it is the one that stands where none is asked for.
    """

    contest_id: str
    scenario_id: str
    frames: Gathered
    default: bool

    @property
    def page(self) -> str:
        """The stem of its page."""
        return f"open-{self.scenario_id.replace('+', '_')}"

    @property
    def chart(self) -> str:
        """The name of its chart, which is that of its files."""
        return chart_of(self.scenario_id)


def chart_of(scenario_id: str) -> str:
    """The name of the chart of a scenario.

    Examples
    --------
    >>> chart_of("x-attal+ruffin--no-philippe")
    'campaign_timeline-x-attal_ruffin--no-philippe'
    """
    return f"{CHART}-{scenario_id.replace('+', '_')}"


def open_election(bench: Bench) -> str:
    """The election that is voted on next among those without a result; empty if there is none with scenarios."""
    rows = bench.frame(
        "SELECT c.election_id FROM contest c JOIN standing_scenario s USING (contest_id) ORDER BY c.day, c.contest_id"
    )
    return "" if rows.empty else str(rows.election_id.iloc[0])


def next_vote(frames: Gathered) -> Standing | None:
    """The next round to be voted on, under the line-up that stands; None if no vote is to come."""
    return frames.once("next vote", lambda: _next_vote(frames))


def _next_vote(frames: Gathered) -> Standing | None:
    bench = frames.bench
    rows = bench.frame(
        "SELECT contest_id FROM contest JOIN standing_scenario USING (contest_id) ORDER BY day, contest_id LIMIT 1"
    )
    if rows.empty:
        return None
    contest = str(rows.contest_id.iloc[0])
    return Standing(contest, bench.scenarios[contest], frames.focused(contest), default=True)


def standings(frames: Gathered) -> list[Standing]:
    """The scenarios that have a page, each with its frames."""
    return [standing_of(frames, *chosen) for chosen in chosen_scenarios(frames.bench)]


def standing_of(frames: Gathered, contest_id: str, scenario_id: str) -> Standing:
    """A scenario of a contest with its frames: those of the bench where it stands anyway, else those of a copy."""
    from pollbench_dashboards.frames import gather

    bench = frames.bench
    default = bench.scenarios[contest_id] == scenario_id
    under = (
        frames.focused(contest_id) if default else gather(bench.under(scenario_id), frames.policy, contest_id)
    )
    return Standing(contest_id, scenario_id, under, default)


def chosen_scenarios(bench: Bench) -> list[tuple[str, str]]:
    """Contest and scenario of every page: the scenarios that stand, and those that most surveys asked about."""
    election = open_election(bench)
    if not election:
        return []
    asked = bench.frame(
        "SELECT f.contest_id, f.scenario AS scenario_id, count(DISTINCT f.survey) AS surveys, max(f.measured_to) AS newest "
        "FROM forecast f JOIN standing_scenario s USING (contest_id) JOIN contest c USING (contest_id) "
        "WHERE f.scenario IS NOT NULL AND f.survey IS NOT NULL AND c.election_id = ? GROUP BY ALL "
        "ORDER BY f.contest_id, surveys DESC, newest DESC, scenario_id",
        [election],
    )
    known = asked.scenario_id == asked.contest_id.map(bench.scenarios)
    asked = asked[(asked.surveys >= FEWEST_SURVEYS) | known]
    # What no poll has asked about for half a year is history: its page would look like news.
    recent = asked.newest >= asked.groupby("contest_id").newest.transform("max") - pd.Timedelta(days=183)
    stands = asked.scenario_id == asked.contest_id.map(bench.scenarios)
    # What stands where no scenario is asked for comes first: it is the page that the menu leads to.
    ordered = asked.assign(stands=stands)[recent | stands].sort_values(
        ["contest_id", "stands"], ascending=[True, False], kind="stable"
    )
    chosen = ordered.groupby("contest_id").head(MOST_OF_A_ROUND)
    return [(str(row.contest_id), str(row.scenario_id)) for row in each_row(chosen)]


def scenario_title(frames: Gathered, scenario_id: str, words: Words) -> str:
    """A scenario in words: two names for a duel, else what it changes in the list that was asked about most."""
    table = _scenarios(frames.bench)
    members = str(table.candidates[scenario_id]).split()

    def named(ids: Sequence[str]) -> str:
        return _named(frames, ids, words)

    if len(members) == 2:
        return words("scenario.duel", first=named(members[:1]), second=named(members[1:]))
    base = "reference" if "reference" in table.index else str(table.index[0])
    reference = str(table.candidates[base]).split()
    added = [who for who in members if who not in reference]
    absent = [who for who in reference if who not in members]
    if added and absent:
        return words("scenario.both", added=named(added), absent=named(absent))
    if added:
        return words("scenario.added", added=named(added))
    return words("scenario.absent", absent=named(absent)) if absent else words("scenario.reference")


def members_in_words(frames: Gathered, scenario_id: str, words: Words) -> str:
    """Who stands in a scenario, as a sentence; empty for a duel, whose title names both."""
    members = str(_scenarios(frames.bench).candidates[scenario_id]).split()
    if len(members) == 2:
        return ""
    return words("open.on_the_list", names=_named(frames, members, words, most=len(members)))


def _scenarios(bench: Bench) -> pd.DataFrame:
    """The scenarios of the election to come, by id."""
    rows = bench.frame("SELECT * FROM scenario WHERE election_id = ?", [open_election(bench)])
    return rows.set_index("scenario_id")


def _named(frames: Gathered, candidates: Sequence[str], words: Words, most: int = MOST_NAMES) -> str:
    """Surnames of candidates by their ids, as an enumeration; beyond ``most`` the rest is counted."""
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    return words.join([surname(people.get(who, who), who) for who in candidates], most)


def choices(
    frames: Gathered, shown: Standing, every: Sequence[Standing], words: Words
) -> list[dict[str, Any]]:
    """The links of the scenario selector, one list a round."""
    titles = {row.contest_id: row for _, row in frames["contest"].iterrows()}
    rounds = []
    for contest in dict.fromkeys(standing.contest_id for standing in every):
        links = [
            {
                "address": f"{standing.page}.html",
                "title": scenario_title(frames, standing.scenario_id, words),
                "current": standing is shown,
                "surveys": _surveys(frames.bench, standing),
            }
            for standing in every
            if standing.contest_id == contest
        ]
        number = int(titles[contest]["round"])
        rounds.append({"round": words("open.round", round=words.spelled("round", number)), "links": links})
    return rounds


def _surveys(bench: Bench, standing: Standing) -> int:
    rows = bench.frame(
        "SELECT count(DISTINCT survey) AS surveys FROM forecast WHERE contest_id = ? AND scenario = ?",
        [standing.contest_id, standing.scenario_id],
    )
    return int(rows.surveys.iloc[0])
