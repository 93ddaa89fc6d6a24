"""What the numbers in the sentences of pages must be: filled texts by key, other texts by where they stand.

A reader gets the page and gives the lists of numbers of which the text may hold one. Nothing of the package is imported.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import pandas as pd
import recomputed as again
import recomputed_boards as boards
import recomputed_open as to_come
from readers import Numbers
from readers_of_texts import READERS_OF_TEXTS

#: Pages of which there are many, by the beginning of their names.
MANY = ("vote", "house", "chart", "embed", "open")
PROTOCOL = again.DATA / "protocols" / f"{to_come.OPEN}.toml"


@dataclass(frozen=True)
class Page:
    """A page: its name, and the elections of its site."""

    name: str
    elections: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Its name, or that of all pages like it."""
        beginning, mark, _ = self.name.partition("-")
        return beginning if mark and beginning in MANY else self.name

    @property
    def contest(self) -> str:
        """The round that it is about: the one it names, else the first round of the last election that is over."""
        return self.rest if self.kind == "vote" else boards.main_contest(self.elections)

    @property
    def rest(self) -> str:
        """What tells it from the pages like it: a contest, a house, a chart, a scenario."""
        return self.name.partition("-")[2]


Reader = Callable[[Page], list[Numbers]]
READERS_OF_PAGES: dict[str, Reader] = {}


def says(*keys: str) -> Callable[[Reader], Reader]:
    """Register the reader of filled texts."""

    def register(function: Reader) -> Reader:
        for key in keys:
            READERS_OF_PAGES[key] = cache(function)
        return function

    return register


def stem(key: str) -> str:
    """The key of a text without the form that a number asks for."""
    beginning, _, form = key.rpartition(".")
    return beginning if form in ("one", "few", "many", "other") else key


def readers_of(page: Page) -> Callable[[str], list[Numbers] | None]:
    """The readers of the texts of a page: what its numbers may be, by key; None for a text without a reader."""

    def read(key: str) -> list[Numbers] | None:
        for name in (key, stem(key)):
            if name in READERS_OF_PAGES:
                return READERS_OF_PAGES[name](page)
        if key.startswith("in "):
            reader = READERS_OF_PLACES.get((page.kind, key.removeprefix("in ")))
            return reader(page) if reader else None
        if key in READERS_OF_TEXTS:
            return READERS_OF_TEXTS[key]()
        return None

    return read


def revision(election: str) -> float:
    """The revision of a data set."""
    return float(tomllib.loads((again.DATA / election / "election.toml").read_text("utf-8"))["revision"])


@says("page.revision", "caption.source")
def _revision(page: Page) -> list[Numbers]:
    return [[revision(election)] for election in page.elections]


@says("page.footer_data", "charts.citation")
def _revisions(page: Page) -> list[Numbers]:
    return [[revision(election) for election in page.elections]]


@says("policy.within", "page.footer_policy", "rule.sentence")
def _within(_: Page) -> list[Numbers]:
    # Not rescaled "to 100", says the whole rule.
    return [[21], [21, 100]]


def handed_in() -> Numbers:
    """Committed, sealed, revealed and collected by the ledger of the protocol: no ledger is shipped, so none."""
    assert not (PROTOCOL.parent / to_come.OPEN).exists()
    return [0, 0, 0, 0]


@says("protocol.ledger")
def _ledger(_: Page) -> list[Numbers]:
    return [handed_in()]


def digits(text: str) -> Numbers:
    """The numbers that a parser of sentences reads in an id."""
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


@says("protocol.line")
def _protocol(_: Page) -> list[Numbers]:
    return [digits(hashlib.sha256(PROTOCOL.read_bytes()).hexdigest()), []]


@says("votes.caption", "charts.policy")
def _policy(page: Page) -> list[Numbers]:
    return [digits(name) for name in boards.policies(page.elections)]


@says("votes.tie_range")
def _tie_range(page: Page) -> list[Numbers]:
    return [[boards.published(page.contest).tie_range.iloc[0]]]


@says("chart.error_by_forecaster.range", "chart.error_by_forecaster.one")
def _closest(page: Page) -> list[Numbers]:
    rows = boards.errors(page.contest)
    return [[rows.mae.iloc[0], rows.mae.iloc[-1]], [rows.mae.iloc[0]]]


def _beside_polls(page: Page) -> tuple[pd.DataFrame, pd.Series]:
    rows = boards.errors(page.contest)
    return again.polls(rows), rows[rows.family.isin(["buzz", "market"])].iloc[-1]


@says("chart.error_by_forecaster.ahead")
def _ahead(page: Page) -> list[Numbers]:
    polls, worst = _beside_polls(page)
    return [[boards.errors(page.contest).mae.iloc[0], polls.mae.min(), polls.mae.max(), worst.mae]]


@says("chart.error_by_forecaster.behind_all")
def _behind_all(page: Page) -> list[Numbers]:
    polls, worst = _beside_polls(page)
    return [[polls.mae.min(), polls.mae.max(), worst.mae]]


@says("chart.error_by_forecaster.behind_some")
def _behind_some(page: Page) -> list[Numbers]:
    polls, worst = _beside_polls(page)
    said = [worst.mae, (polls.mae < worst.mae).sum(), len(polls)]
    return [said, [*said, polls.mae.min(), polls.mae.max()]]


@says("chart.error_by_forecaster.worse_than_null", "chart.error_by_forecaster.better_than_null")
def _naive(page: Page) -> list[Numbers]:
    return [[_beside_polls(page)[1].flat]]


@says("charts.first_rows")
def _first_rows(page: Page) -> list[Numbers]:
    # Of the whole table the test of the tables counts the rows.
    return [[200, number] for number in range(201, 5000)]


@says("data.sources_lead")
def _sources(_: Page) -> list[Numbers]:
    return [[len(pd.read_csv(again.DATA / "sources.csv"))]]


@says("forecaster.published_line")
def _published(page: Page) -> list[Numbers]:
    return [[number] for number in boards.releases_by_contest(page.elections)]


@says(
    "claim.order",
    "claim.qualified_pair",
    "claim.eliminated",
    "claim.leader",
    "claim.winner",
    "claim.qualifies",
)
def _claims(page: Page) -> list[Numbers]:
    return [moment for election in page.elections for moment in boards.moments_of_claims(election)]


@says("measure.values")
def _values(page: Page) -> list[Numbers]:
    return [[number] for number in boards.values_by_measure(page.elections)]


@says("open.needs_result")
def _result_due(page: Page) -> list[Numbers]:
    closes = [contest["closes"] for contest in tomllib.loads(PROTOCOL.read_text("utf-8"))["contest"]]
    # The hour stands in the text itself.
    assert {(day.hour, day.minute) for day in closes} == {(20, 0)}
    return [[day.day, day.year] for day in closes]


@says("hand_in.fill")
def _opens(_: Page) -> list[Numbers]:
    opens = tomllib.loads(PROTOCOL.read_text("utf-8"))["opens"]
    return [[opens.day, opens.year]]


@says("hand_in.deadline")
def _deadlines(_: Page) -> list[Numbers]:
    rules = tomllib.loads(PROTOCOL.read_text("utf-8"))
    said = []
    for contest in rules["contest"]:
        for rung in contest["rungs"]:
            day = pd.Timestamp(contest["day"]) - pd.Timedelta(days=rung)
            offset = day.tz_localize(rules["time_zone"]).utcoffset()
            said.append([rung, day.day, day.year, offset.total_seconds() / 3600, 0])
    return said


@says("hand_in.collected_lead")
def _hours(_: Page) -> list[Numbers]:
    return [[tomllib.loads(PROTOCOL.read_text("utf-8"))["collected"]["hours_before"]]]


@says("hand_in.lists")
def _lists(_: Page) -> list[Numbers]:
    rules = tomllib.loads(PROTOCOL.read_text("utf-8"))
    return [[float(level) for level in rules["quantile_levels"]]]


@says("chart.campaign_timeline.in_front", "chart.campaign_timeline.in_front_of_all")
def _leader(page: Page) -> list[Numbers]:
    del page
    return boards.leads_to_come()


@says("chart.campaign_timeline.subtitle_open", "chart.campaign_timeline.subtitle_polls_open")
def _drawn(page: Page) -> list[Numbers]:
    return boards.drawn_to_come()


@says("chart.campaign_timeline.alternative")
def _weeks(page: Page) -> list[Numbers]:
    # Of the other charts of this name the text is read with the chart itself.
    return [boards.weeks_to_come(page.rest.removeprefix("campaign-timeline-"))]


@says("answer.surely_proves")
def _apart(page: Page) -> list[Numbers]:
    rows = boards.published(page.contest)
    others, apart = len(rows) - 1, int((rows.tied_with_best == "no").sum())
    polls = again.polls(rows)[lambda table: table.n.notna()]
    lucky = again.lucky(boards.errors(page.contest), page.contest)
    chance = [] if not lucky else [lucky, round(100 * again.at_least(lucky, len(polls), 0.05)), len(polls)]
    return [[apart, others, 95, others - apart, len(polls), 95, *chance]]


#: Keys of answers -> the reader of the sentence.
ANSWERS = {
    "answer.right_happened": "right.happened",
    "answer.right_proves_one": "right.proves",
    "answer.much_happened": "much.happened",
    "answer.much_proves_nothing": "much.proves",
    "answer.surely_proves_none": "surely.proves",
    "answer.rigged_happened_none": "rigged.happened",
    "answer.rigged_proves": "rigged.proves",
}


#: What is printed in no sentence, by the kind of the page and the element: what numbers may stand there.
READERS_OF_PLACES: dict[tuple[str, str], Reader] = {}


def stands(kind: str, *elements: str) -> Callable[[Reader], Reader]:
    """Register the reader of what stands in an element of the pages of a kind."""

    def register(function: Reader) -> Reader:
        for element in elements:
            READERS_OF_PLACES[kind, element] = cache(function)
        return function

    return register


@stands("house", "dd", "dd#mae", "dd#excess", "dd#bias")
def _record_of_house(page: Page) -> list[Numbers]:
    return [[abs(value)] for value in boards.house(page.rest, page.elections).values() if value is not None]


@stands("measures", "dd")
def _versions(page: Page) -> list[Numbers]:
    del page
    return [[number] for number in boards.versions_of_measures()]


@stands("chart", "div.marks")
@stands("embed", "div.marks")
@stands("manipulation", "div.marks")
def _accounts_marked(_: Page) -> list[Numbers]:
    # What is marked under the slider of accounts: none, and powers of ten.
    return [[0], *([10.0**power] for power in range(2, 6))]


@stands("register", "dd")
def _claimed_on(_: Page) -> list[Numbers]:
    rows = pd.read_csv(again.DATA / "register.csv").dropna(subset="claimed_on")
    return [_moment(str(day)) for day in rows.claimed_on]


def _moment(iso: str) -> Numbers:
    """Day and year of a date, the year alone where no day is known."""
    parts = [float(number) for number in iso.split("-")]
    return [parts[2], parts[0]] if len(parts) == 3 else [parts[0]]


@stands("transfers", "li")
def _stated(page: Page) -> list[Numbers]:
    rows = pd.concat([again.table("figures", name) for name in page.elections if _has(name, "figures")])
    return [digits(str(value)) for value in rows.stated_value]


def _has(election: str, name: str) -> bool:
    return (again.DATA / election / f"{name}.csv").exists()


@stands("hand-in", "h3")
def _days_of_the_rounds(_: Page) -> list[Numbers]:
    days = [contest["day"] for contest in tomllib.loads(PROTOCOL.read_text("utf-8"))["contest"]]
    return [[day.day, day.year] for day in days]


@cache
def listed_sources() -> frozenset[str]:
    """Every source as the page of the data lists it after its id: title, publisher and day."""
    rows = pd.read_csv(again.DATA / "sources.csv").fillna("")
    listed = [
        ", ".join(
            str(cell).replace("\u2019", "'") for cell in (row.title, row.publisher, row.published_on) if cell
        )
        for row in rows.itertuples()
    ]
    # French groups thousands with a space that does not break.
    return frozenset([*listed, *(re.sub(r"(?<=\d) (?=\d{3}\b)", "", one) for one in listed)])


#: The moment for which the walked site of a legal silence is built: the eve of the first round.
SILENT_AT = "2027-04-17T12:00:00+02:00"


@says("silence.sentence")
def _silence(_: Page) -> list[Numbers]:
    first = tomllib.loads(PROTOCOL.read_text("utf-8"))["contest"][0]
    eve, closes = first["day"] - timedelta(days=1), first["closes"]
    # From midnight of the eve until the last polling station closes.
    return [[eve.day, eve.year, closes.day, closes.year, closes.hour, closes.minute]]


@says("silence.built")
def _built(_: Page) -> list[Numbers]:
    return [digits(SILENT_AT)]
