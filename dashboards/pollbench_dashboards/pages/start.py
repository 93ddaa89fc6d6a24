"""The start of a site: the record over all its votes, the vote to come, the vote most spoke about, the world record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench.history.polls_and_buzz import chance_of_equals, known_before, polls_beside_buzz
from pollbench.inference.multiplicity import FAMILY_LEVEL
from pollbench.inference.paired_tests import FEWEST_CONTESTS
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.drawing.choosing import contest_row, contest_title, each_row
from pollbench_dashboards.language.naming import short_name
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.answers import kept_answers
from pollbench_dashboards.pages.legal_mentions import mentions_of_forecasts, mentions_together
from pollbench_dashboards.pages.open_election import claims, lead, readings
from pollbench_dashboards.pages.scenarios import next_vote
from pollbench_dashboards.pages.votes import page_of, switch

if TYPE_CHECKING:
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure

#: The sentences of the start page, in the order in which it prints them.
SENTENCES = ("right", "much", "surely", "rigged")
#: Names that a reading shows here; the page of the vote to come has more.
FIRST_NAMES = 2
#: The chart over all elections.
CHART = "five_elections"


def content(frames: Gathered, figures: Mapping[str, Figure], words: Words) -> dict[str, Any]:
    """What the template of the start page needs; sections without anything to say are None."""
    contest = contest_row(frames, View(locale=words.locale))
    board = frames["board"]
    both = polls_beside_buzz(board)
    waiting = contest is not None and not contest.scored
    several = 0 if board.empty else board.contest_id.map(_elections(frames)).nunique()
    chart = [figures[CHART]] if several > 1 and CHART in figures else []
    next_one = coming(frames, words)
    return {
        "headline": words("page.index.title"),
        "data_line": _data_line(frames, words),
        "description": _lead(frames, words),
        "questions": questions(frames, words),
        "rounds": _rounds(frames, both, words),
        "coming": next_one,
        "mentions": mentions_together(frames, chart, words, next_one["forecasts"] if next_one else ()),
        "main": _main(frames, words) if len(both) and not waiting else None,
        "world": world(frames, words),
        "switch": switch(frames, words),
        "figures": chart,
        "shown": chart,
    }


def _data_line(frames: Gathered, words: Words) -> str:
    """The revision of one data set, or the number of several: their revisions stand at the end of the page."""
    revisions = frames.bench.revisions
    if len(revisions) > 1:
        return words("start.data_sets", number=words.count(len(revisions)))
    return ", ".join(
        words("page.revision", election=election, revision=revision)
        for election, revision in revisions.items()
    )


def _elections(frames: Gathered) -> dict[str, str]:
    """Contest id -> election id."""
    contests = frames["contest"]
    return dict(zip(contests.contest_id, contests.election_id, strict=True))


def _titles(frames: Gathered, words: Words) -> dict[str, str]:
    """Contest id -> the election and its round in words."""
    return {str(row.contest_id): contest_title(row, words) for _, row in frames["contest"].iterrows()}


def _lead(frames: Gathered, words: Words) -> str:
    board, contests = frames["board"], frames["contest"].set_index("contest_id")
    if board.empty:
        return words("start.lead_none")
    scored = contests.loc[sorted(set(board.contest_id))]
    years = sorted(set(scored.year.astype(int)))
    rounds = words.count(len(scored))
    if len(years) == 1:
        return words.plural("start.lead_year", len(scored), rounds=rounds, first=str(years[0]))
    elections = words.count(scored.election_id.nunique())
    return words("start.lead", rounds=rounds, elections=elections, first=str(years[0]), last=str(years[-1]))


def questions(frames: Gathered, words: Words) -> list[dict[str, str]]:
    """The four questions over all rounds; from one vote alone where no round has both polls and buzz."""
    return frames.once(("start questions", words.locale), lambda: _questions(frames, words))


def _questions(frames: Gathered, words: Words) -> list[dict[str, str]]:
    contest = contest_row(frames, View(locale=words.locale))
    both = polls_beside_buzz(frames["board"])
    of_one = kept_answers(frames, words)
    title = "" if contest is None else contest_title(contest, words)
    waiting = contest is not None and not contest.scored
    said = {name: (of_one[name].answer, title) for name in SENTENCES if name == "rigged" or not waiting}
    if len(both):
        said |= {
            "right": (_right(both, words), _singles(frames, both, words)),
            "much": (_much(both, words), ""),
            "surely": (_surely(both, words), _alike(words)),
        }
    said = {name: texts for name, texts in said.items() if texts[0] != words("answer.nothing")}
    pages = {"right": "votes", "much": "houses", "surely": "votes", "rigged": "manipulation"}
    return [
        {
            "name": name,
            "question": words(f"question.{name}"),
            "answer": said[name][0],
            "note": said[name][1],
            "more": f"{pages[name] if len(both) or name == 'rigged' else 'overview'}.html",
        }
        for name in SENTENCES
        if name in said
    ]


def _right(both: pd.DataFrame, words: Words) -> str:
    """Who was closer in how many rounds."""
    closer, rounds = int(both.polls_closer.sum()), len(both)
    if closer == rounds:
        return words.plural("start.right_polls", rounds, rounds=words.count(rounds))
    if not closer:
        return words.plural("start.right_buzz", rounds, rounds=words.count(rounds))
    return words.plural("start.right_mixed", closer, closer=words.count(closer), rounds=words.count(rounds))


def _singles(frames: Gathered, both: pd.DataFrame, words: Words) -> str:
    """Which single buzz figures came closer than the middle poll of their round."""
    known = known_before(frames["board"])
    middle = both.set_index("contest_id").poll_error
    buzz = known[(known.family == "buzz") & known.contest_id.isin(middle.index)]
    better = buzz[buzz.value < buzz.contest_id.map(middle)].sort_values(["contest_id", "name"])
    titles = _titles(frames, words)
    figures = words.count(len(buzz))
    if better.empty:
        return words.plural("start.single_none", len(buzz), figures=figures)
    named = [
        words(
            "start.single_name",
            name=short_name(row.forecaster_id, row.name, words),
            contest=titles[row.contest_id],
        )
        for row in each_row(better)
    ]
    return words.plural(
        "start.single",
        len(better),
        figures=figures,
        closer=words.count(len(better)),
        names=words.listed(named),
    )


def _much(both: pd.DataFrame, words: Words) -> str:
    """The mean of the middle errors, and the range of their differences over the rounds."""
    gaps = both.buzz_error - both.poll_error
    values: dict[str, Any] = {
        "polls": words.points(float(both.poll_error.mean())),
        "buzz": words.points(float(both.buzz_error.mean())),
        "least": words.number(float(gaps.min()), signed=True),
        "most": words.number(float(gaps.max()), signed=True),
    }
    return words.plural("start.much", len(both), rounds=words.count(len(both)), **values)


def _surely(both: pd.DataFrame, words: Words) -> str:
    """How often two equally good kinds of forecast would look as different."""
    closer, rounds = int(both.polls_closer.sum()), len(both)
    chance = chance_of_equals(closer, rounds)
    most = max(closer, rounds - closer)
    values: dict[str, Any] = {
        "often": words(
            "start.often_all" if most == rounds else "start.often",
            closer=words.count(most),
            rounds=words.count(rounds),
        ),
        "chance": words.share(100 * chance, 0 if chance >= 0.01 else 1),
    }
    if chance <= FAMILY_LEVEL:
        return words("start.surely", **values)
    return words.plural("start.surely_hardly", rounds, **values)


def _alike(words: Words) -> str:
    """How many rounds in a row it would take."""
    chance = chance_of_equals(FEWEST_CONTESTS, FEWEST_CONTESTS)
    return words("start.alike", rounds=words.count(FEWEST_CONTESTS), chance=words.share(100 * chance, 0))


def _rounds(frames: Gathered, both: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """The rows of the table: every round with both, the newest first."""
    contests = frames["contest"].set_index("contest_id")
    titles = _titles(frames, words)
    rows = [
        {
            "page": page_of(str(row.contest_id)),
            "day": contests.day[row.contest_id],
            "title": titles[str(row.contest_id)],
            "polls": row.polls,
            "poll_error": row.poll_error,
            "buzz": row.buzz,
            "buzz_error": row.buzz_error,
            "closer": words("family.poll" if row.polls_closer else "family.buzz"),
        }
        for row in each_row(both)
    ]
    return sorted(rows, key=lambda row: row["day"], reverse=True)


def coming(frames: Gathered, words: Words) -> dict[str, Any] | None:
    """The vote to come: when, what the polls say, what is promised beside them, how many people would move a figure."""
    from pollbench.campaign.last_polls import last_said_table
    from pollbench_dashboards.pages.moved import moved
    from pollbench_dashboards.pages.polls_of_the_day import poll_board

    standing = next_vote(frames)
    if standing is None:
        return None
    rows = frames["contest"]
    contest = rows.iloc[int((rows.contest_id == standing.contest_id).to_numpy().argmax())]
    election = str(contest.election_id)
    polls = poll_board(standing.frames, standing.contest_id, words)
    people = moved(standing.frames, standing.contest_id, words)
    return {
        "title": words("start.coming", contest=contest_title(contest, words)),
        "lead": lead(frames, contest, words),
        "polls": polls["finding"] if polls else words("open.no_polls"),
        "forecasts": polls["forecasts"] if polls else [],
        "mentions": mentions_of_forecasts(frames, polls["forecasts"], words) if polls else None,
        "readings": readings(
            frames, last_said_table(frames.bench, standing.contest_id), words, most=FIRST_NAMES
        ),
        "claims": claims(frames, election, words),
        "moved": people["finding"] if people else "",
    }


def _main(frames: Gathered, words: Words) -> dict[str, Any]:
    """The vote that most forecasters besides polls spoke about, in three sentences."""
    contest = contest_row(frames, View(locale=words.locale))
    assert contest is not None
    of_one = kept_answers(frames, words)
    return {
        "title": words("start.main", contest=contest_title(contest, words)),
        "sentences": [(name, of_one[name].answer) for name in ("right", "much", "surely")],
    }


def world(frames: Gathered, words: Words) -> dict[str, str]:
    """The headline of the world record."""
    from pollbench.records.record import record_beside
    from pollbench_dashboards.pages.record_sentences import beside_the_polls, leaders

    record = record_beside(frames.bench)
    return {"led": leaders(record, words)["led"], "pairs": beside_the_polls(record, words)["pairs"]}


def start_sentence(frames: Gathered, name: str, words: Words) -> str | None:
    """A sentence of the start page by its name; None if there is no such sentence."""
    said = {question["name"]: question["answer"] for question in questions(frames, words)}
    return said.get(name)
