"""One number of a board with everything that a citation of it needs: value, interval, policy, revision, address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pollbench.errors import UnknownName
from pollbench.language.texts import SOURCE_LOCALE
from pollbench.language.words import Words
from pollbench.ranking.leaderboard import leaderboard
from pollbench.scoring.score import score
from pollbench.selection.policy import Policy
from pollbench.version import __version__

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

#: Between a forecast and what is cited of it: ``filteris-2017-04-21-b:mae``.
SEPARATOR = ":"


def number_address(contest_id: str, number_id: str, address: str = "", locale: str = SOURCE_LOCALE) -> str:
    """Where a site shows a number: its page and the place on it.

    Examples
    --------
    >>> number_address("fr-pres-2017-r1", "filteris-2017-04-21-b:mae", "https://example.org/")
    'https://example.org/vote-fr-pres-2017-r1.html#filteris-2017-04-21-b:mae'
    """
    folder = "" if locale == SOURCE_LOCALE else f"{locale}/"
    return f"{address}{folder}vote-{contest_id}.html#{number_id}"


def cite_number(bench: Bench, number_id: str, *, locale: str = "en", address: str = "") -> str:
    """How to cite one number: an error of a forecast, or a figure that it published.

    Parameters
    ----------
    bench : the loaded elections.
    number_id : ``<forecast_id>:<measure>`` or ``<forecast_id>:<candidate_id>``, as the pages of the rounds give it.
    locale : language of the sentence.
    address : where the site is published, with its last slash; empty gives the page alone.

    Returns
    -------
    One line: who, what, about which vote, the value in its unit, its interval or why there is none, the policy, the
    revision of the data, the version, the address.

    Raises
    ------
    UnknownName : no such forecast under the policy, or neither a measure nor a candidate of it.
    """
    forecast_id, _, what = number_id.partition(SEPARATOR)
    words = Words(locale)
    forecasts = bench.table("forecast").set_index("forecast_id")
    if forecast_id not in forecasts.index:
        raise UnknownName.of(kind="forecast", name=forecast_id, known=forecasts.index)
    contest_id = str(forecasts.contest_id[forecast_id])
    predictions = bench.table("prediction")
    published = predictions[predictions.forecast_id == forecast_id].set_index("candidate_id")
    contest = (
        bench.frame(
            "SELECT c.contest_id, c.round, COLUMNS('^title'), e.revision, e.election_id "
            "FROM contest c JOIN election e USING (election_id)"
        )
        .set_index("contest_id")
        .loc[contest_id]
    )
    title = contest.get(f"title_{locale}") or words.translated(str(contest["title"]), "data")
    forecasters = bench.table("forecaster").set_index("forecaster_id")
    name = str(forecasters.name[str(forecasts.forecaster_id[forecast_id])])
    about = words(
        "cite.vote",
        election=title,
        round=words.spelled("round", int(str(contest["round"]))),
    )
    rest = {
        "name": words.translated(name, "data"),
        "vote": about,
        "election": contest.election_id,
        "revision": contest.revision,
        "version": __version__,
        "address": number_address(contest_id, number_id, address, locale),
    }
    if what in published.index:
        row = published.loc[what]
        people = bench.table("person").set_index("candidate_id").name
        return words(
            "cite.figure", candidate=people[what], value=_plain(row["value"], words), day=forecast_id, **rest
        )
    return _score(bench, forecast_id, what, list(published.index), words, rest)


def _score(
    bench: Bench,
    forecast_id: str,
    measure: str,
    candidates: list[str],
    words: Words,
    rest: dict[str, object],
) -> str:
    from pollbench import measures

    known = [*measures.registered(), *candidates]
    if measure not in measures.registered():
        raise UnknownName.of(kind="measure or candidate", name=measure, known=known)
    policy = Policy(missing="drop")
    scores = score(bench, measures=[measure], policy=policy)
    rows = scores.frame
    rows = rows[
        (rows.forecast_id == forecast_id)
        & (rows.family != "baseline")
        & (rows.component == "")
        & (rows.candidate_id == "")
    ]
    if rows.empty:
        raise UnknownName.of(
            kind=f"value of {measure} for", name=forecast_id, known=set(scores.frame.forecast_id)
        )
    row = rows.iloc[0]
    described = measures.named(measure)
    interval = words("cite.no_interval")
    if described.orientation == "lower" and described.level == "forecast":
        board = leaderboard(scores, rank_by=measure)
        standing = board[board.forecast_id == forecast_id].iloc[0]
        interval = _interval(standing, words)
    return words(
        "cite.score",
        measure=words.translated(described.title, "measures"),
        value=words.number(float(row["value"]), 2),
        unit=words.translated(described.unit, "measures") if described.unit else "",
        interval=interval,
        policy=policy.policy_id,
        measure_name=measure,
        measure_version=described.version,
        **rest,
    )


def _interval(row: pd.Series, words: Words) -> str:
    """What chance would have made of it, and the least difference to the closest that one vote shows."""
    least = (
        words("cite.least_difference", least=words.number(float(row.tie_range), 2))
        if pd.notna(row.tie_range)
        else ""
    )
    if pd.isna(row.expected_low):
        return words("cite.no_sample", least=least)
    low, high = words.number(float(row.expected_low), 2), words.number(float(row.expected_high), 2)
    return words("cite.interval", low=low, high=high, least=least)


def _plain(value: object, words: Words) -> str:
    return "" if value is None or str(value) in ("nan", "<NA>") else words.significant(float(str(value)), 6)
