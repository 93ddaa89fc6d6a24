"""The page of an election that is still to come: polls of the day, everything beside them, claims, the protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench.errors import CoverageError
from pollbench_dashboards.drawing.captions import claim_sentence
from pollbench_dashboards.drawing.choosing import contest_title, each_row
from pollbench_dashboards.language.naming import surname
from pollbench_dashboards.language.typography import capitalised
from pollbench_dashboards.language.words import Words

if TYPE_CHECKING:
    from pollbench.data.store import Bench
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure

#: A scenario has a page of its own if so many surveys asked about it; the most asked ones of each round.
FEWEST_SURVEYS, MOST_OF_A_ROUND = 5, 4
#: Newest releases that the page lists; names that a reading of a market shows.
NEWEST, MOST_NAMES = 12, 6
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


def open_election(bench: Bench) -> str:
    """The election that is voted on next among those without a result; empty if there is none with scenarios."""
    rows = bench.frame(
        "SELECT c.election_id FROM contest c JOIN standing_scenario s USING (contest_id) ORDER BY c.day, c.contest_id"
    )
    return "" if rows.empty else str(rows.election_id.iloc[0])


def standings(frames: Gathered) -> list[Standing]:
    """The scenarios that have a page: those that stand, and those that most surveys asked about."""
    from pollbench_dashboards.frames import gather

    bench = frames.bench
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
    # What nobody has asked about for half a year is history: its page would look like news.
    recent = asked.newest >= asked.groupby("contest_id").newest.transform("max") - pd.Timedelta(days=183)
    stands = asked.scenario_id == asked.contest_id.map(bench.scenarios)
    # What stands where no scenario is asked for comes first: it is the page that the menu leads to.
    ordered = asked.assign(stands=stands)[recent | stands].sort_values(
        ["contest_id", "stands"], ascending=[True, False], kind="stable"
    )
    chosen = ordered.groupby("contest_id").head(MOST_OF_A_ROUND)
    found = []
    for row in each_row(chosen):
        contest, scenario = str(row.contest_id), str(row.scenario_id)
        default = bench.scenarios[contest] == scenario
        under = frames if default else gather(bench.under(scenario), frames.policy, contest)
        found.append(
            Standing(contest, scenario, gather(bench, frames.policy, contest) if default else under, default)
        )
    return found


def scenario_title(frames: Gathered, scenario_id: str, words: Words) -> str:
    """A scenario in words: two names for a duel, else what it changes in the list that was asked about most."""
    election = open_election(frames.bench)
    table = frames.bench.frame("SELECT * FROM scenario WHERE election_id = ?", [election]).set_index(
        "scenario_id"
    )
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    members = str(table.candidates[scenario_id]).split()

    def named(ids: Sequence[str]) -> str:
        return words.join([surname(people.get(who, who), who) for who in ids])

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


def draw_standing(standing: Standing, locale: str, folder: Path) -> Figure:
    """The timeline of a scenario in both widths, its files written."""
    from pollbench_dashboards.charts import registered
    from pollbench_dashboards.drawing.chart import NARROW, WIDE, View
    from pollbench_dashboards.pages import export
    from pollbench_dashboards.pages.figure import Figure
    from pollbench_dashboards.pages.legal_mentions import mentions_of

    kind = registered()[CHART]
    name = f"{CHART}-{standing.page.removeprefix('open-')}"
    wide, narrow = (
        replace(
            kind.draw(standing.frames, View(locale=locale, width=width, contest_id=standing.contest_id)),
            name=name,
        )
        for width in (WIDE, NARROW)
    )
    stem = folder / "charts"
    for form in ("svg", "json", "csv"):
        export.write(wide, stem / f"{name}.{locale}.{form}")
    mentions = mentions_of(standing.frames, wide, Words(locale), stem)
    return Figure(wide.settled(), narrow.settled(), kind.polls, mentions=mentions)


def content(
    frames: Gathered, shown: Standing, every: Sequence[Standing], figure: Figure | None, words: Words
) -> dict[str, Any]:
    """What the template of the page needs for one scenario."""
    bench = shown.frames.bench
    contest = next(row for _, row in frames["contest"].iterrows() if row.contest_id == shown.contest_id)
    newest = newest_day(bench, str(contest.election_id))
    return {
        "headline": words("open.title", contest=contest_title(contest, words)),
        "lead": words(
            "open.lead",
            day=words.day(contest.day),
            days=words.count((contest.day - newest).days),
            newest=words.day(newest),
        ),
        "doubt": capitalised(words.translated(str(contest.note), "data")) if pd.notna(contest.note) else "",
        "vote": contest.day,
        "scenario": scenario_title(frames, shown.scenario_id, words),
        "default": shown.default,
        "choices": choices(frames, shown, every, words),
        "polls": poll_board(shown.frames, shown.contest_id, words),
        "figure": figure,
        "beside": readings(frames, shown, words),
        "newest": newest_releases(frames, str(contest.election_id), words),
        "claims": claims(frames, str(contest.election_id), words),
        "protocol": protocol_state(str(contest.election_id), words),
        "shown": [figure] if figure is not None else [],
    }


def newest_day(bench: Bench, election_id: str) -> pd.Timestamp:
    """The day of the newest figure that is held: no clock is read, so that the page stays the same."""
    rows = bench.frame(
        "SELECT max(public_on) AS day FROM forecast_day WHERE election_id = ? AND public_on <= day",
        [election_id],
    )
    return pd.Timestamp(rows.day.iloc[0])


def choices(
    frames: Gathered, shown: Standing, every: Sequence[Standing], words: Words
) -> list[dict[str, Any]]:
    """The links of the scenario selector, one list a round."""
    titles = {row.contest_id: row for _, row in frames["contest"].iterrows()}
    found = []
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
        found.append({"round": words("open.round", round=words.spelled("round", number)), "links": links})
    return found


def _surveys(bench: Bench, standing: Standing) -> int:
    rows = bench.frame(
        "SELECT count(DISTINCT survey) AS surveys FROM forecast WHERE contest_id = ? AND scenario = ?",
        [standing.contest_id, standing.scenario_id],
    )
    return int(rows.surveys.iloc[0])


def poll_board(frames: Gathered, contest_id: str, words: Words) -> dict[str, Any] | None:
    """The last poll of every house, their mean, and what finished polls have erred by; None without polls."""
    from pollbench.campaign.last_polls import last_polls_table
    from pollbench.history.finished_polls import finished_poll_band

    try:
        table = last_polls_table(frames.bench, contest_id)
    except CoverageError:
        return None
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    means = table.drop_duplicates("candidate_id").sort_values("mean_pct", ascending=False)
    names = list(means.candidate_id)
    band = finished_poll_band(1 if len(names) > 2 else 2)
    houses = []
    for _, rows in table.groupby("forecast_id", sort=False):
        first = rows.iloc[0]
        by_name = rows.set_index("candidate_id")
        houses.append(
            {
                "name": str(first["name"]),
                "sponsors": words.translated(str(first.sponsors), "data") if pd.notna(first.sponsors) else "",
                "days": _fieldwork(first.measured_from, first.measured_to, words),
                "n": "" if pd.isna(first.n) else words.count(int(first.n)),
                "expressing": first.n_basis == "expressing",
                "notice": first.notice_url if pd.notna(first.notice_url) else "",
                "shares": [
                    _printed(by_name, name, words) if name in by_name.index else words("mark.unknown")
                    for name in names
                ],
            }
        )
    leader, second = (means.iloc[place] for place in (0, 1))
    count = int(means.houses.iloc[0])
    return {
        "names": [surname(people.get(name, name), name) for name in names],
        "houses": houses,
        "means": [words.share(value) for value in means.mean_pct],
        "lows": [words.number(max(value - band.high, 0), 0) for value in means.mean_pct],
        "highs": [words.number(value + band.high, 0) for value in means.mean_pct],
        "finding": words(
            "open.finding",
            houses=words.count(count),
            leader=surname(people[leader.candidate_id], leader.candidate_id),
            first=words.share(leader.mean_pct),
            second=surname(people[second.candidate_id], second.candidate_id),
            share=words.share(second.mean_pct),
        ),
        "band": words(
            "open.band",
            high=words.number(band.high, 1),
            median=words.number(band.median, 1),
            shares=words.count(band.shares),
            contests=words.count(band.contests),
        ),
    }


def _fieldwork(first: Any, last: Any, words: Words) -> str:
    if pd.isna(first) or first == last:
        return words.day(last, short=True)
    return words(
        "open.days", first=words.day(first, year=False, short=True), last=words.day(last, short=True)
    )


def _printed(rows: pd.DataFrame, name: str, words: Words) -> str:
    value = words.number(float(rows.printed[name]), 1)
    return f"<{value}" if rows.flag[name] == "lt" else value


def readings(frames: Gathered, shown: Standing, words: Words) -> list[dict[str, Any]]:
    """What markets, models, averages and machines last said about the contest, each with what it claims to be."""
    from pollbench.campaign.last_polls import last_readings_table

    table = last_readings_table(frames.bench, shown.contest_id)
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    found = []
    for _, rows in table.groupby(["forecaster_id", "quantity"], sort=False):
        first = rows.iloc[0]
        figures = []
        for row in each_row(rows.head(MOST_NAMES)):
            value = words.number(row.printed, 1)
            if pd.notna(row.lower) and pd.notna(row.upper):
                value = words(
                    "open.interval",
                    value=value,
                    low=words.number(row.lower, 1),
                    high=words.number(row.upper, 1),
                )
            figures.append(
                words(
                    "open.figure",
                    name=surname(people.get(row.candidate_id, ""), str(row.candidate_id)),
                    value=value,
                )
            )
        left = len(rows) - MOST_NAMES
        found.append(
            {
                "name": str(first["name"]),
                "family": words(f"family.{first.family}"),
                "claims": words(f"quantity.{first.quantity}"),
                "day": words.day(first.public_on),
                "figures": words.listed(figures) + (words("open.more", number=left) if left > 0 else ""),
                "moved": words(f"mechanism.{first.mechanism}") if first.mechanism != "none" else "",
            }
        )
    return found


def newest_releases(frames: Gathered, election_id: str, words: Words) -> list[dict[str, str]]:
    """Who published last: the newest surveys, and the readings of each day together."""
    rows = frames.bench.frame(
        "SELECT name, family, public_on, count(*) AS number, survey IS NOT NULL AS poll FROM forecast_day "
        "WHERE election_id = ? AND NOT recalled AND public_on <= day "
        "GROUP BY name, family, public_on, survey IS NOT NULL, coalesce(survey, '') "
        "ORDER BY public_on DESC, name LIMIT ?",
        [election_id, NEWEST],
    )
    return [
        {
            "day": words.day(row.public_on),
            "name": str(row.name),
            "family": words(f"family.{row.family}"),
            "what": words.plural(
                "open.lists" if row.poll else "open.readings", int(row.number), number=words.count(row.number)
            ),
        }
        for row in each_row(rows)
    ]


def claims(frames: Gathered, election_id: str, words: Words) -> list[str]:
    """What was announced in words about the election."""
    table = frames.bench.frame(
        "SELECT cl.*, fo.name FROM claim cl JOIN contest c USING (contest_id) JOIN forecaster fo USING (forecaster_id) "
        "WHERE c.election_id = ? ORDER BY made_on, claim_id",
        [election_id],
    )
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    lines = []
    for row in each_row(table):
        said = claim_sentence(row, people, words)
        hedge = f" ({words('open.hedged')})" if row.hedged else ""
        lines.append(capitalised(f"{row.name}{words('mark.colon')} {said}{hedge}"))
    return lines


def protocol_state(election_id: str, words: Words) -> dict[str, Any] | None:
    """The protocol of an election: its id, whether it is frozen, and the counts of its ledger; None without one."""
    from pollbench.protocol.ledger import read_ledger
    from pollbench.protocol.proofs import frozen_record
    from pollbench.protocol.registry import registry_table
    from pollbench.protocol.rules import load_protocol, protocol_folder, shipped_protocols

    names = [name for name in shipped_protocols() if load_protocol(name).election_id == election_id]
    if not names:
        return None
    rules = load_protocol(names[0])
    folder = protocol_folder(rules.name)
    record = frozen_record(folder)
    receipts = read_ledger(folder)
    table = registry_table(receipts)
    return {
        "rules": rules,
        "id": rules.protocol_id,
        "state": words("protocol.frozen", day=words.day(pd.Timestamp(record["frozen_on"])))
        if record
        else words("protocol.draft"),
        "ledger": words(
            "protocol.ledger",
            committed=words.count(int(table.committed.sum())),
            sealed=words.count(int(table.sealed.sum())),
            revealed=words.count(int(table.revealed.sum())),
        ),
        "head": receipts[-1].own_digest if receipts else "",
        "registry": table.to_dict("records"),
    }


def hand_in(frames: Gathered, words: Words) -> dict[str, Any]:
    """What the template of the page "How to hand in" needs."""
    from pollbench.protocol.submission import COLUMNS
    from pollbench.protocol.template import EXAMPLES, example

    state = protocol_state(open_election(frames.bench), words)
    if state is None:
        return {"protocol": None}
    rules = state["rules"]
    text: Mapping[str, str] = rules.rules.get(words.locale, rules.rules["en"])
    return {
        "protocol": state,
        "headline": rules.titles.get(words.locale, rules.titles["en"]),
        "deadlines": [
            {
                "contest": contest.contest_id,
                "day": words.day(pd.Timestamp(contest.day)),
                "rungs": [
                    {"rung": rung, "moment": contest.deadline(rung).strftime("%Y-%m-%d %H:%M %z")}
                    for rung in contest.rungs
                ],
            }
            for contest in rules.contests
        ],
        "opens": words.day(pd.Timestamp(rules.opens.date())),
        "columns": [{"name": name, "meaning": words(f"submission.{name}")} for name in COLUMNS],
        "levels": ", ".join(rules.quantile_levels),
        "licences": ", ".join(rules.licences),
        "rules": [{"name": words(f"protocol_rule.{name}"), "text": rule} for name, rule in text.items()],
        "examples": [
            {"title": words(f"protocol_example.{kind.replace('-', '_')}"), "text": example(rules, kind)}
            for kind in EXAMPLES
        ],
    }
