"""The legal mentions: eight for a poll, a line for everything else, nothing invented."""

from __future__ import annotations

import pytest

from pollbench.errors import UnknownName
from pollbench.notice import margin_of_error, margins, notice, of_row
from pollbench.store import Bench


def test_a_poll_has_the_eight_mentions_of_the_article(bench: Bench) -> None:
    made = notice(bench, "elabe-2017-04-20-a")
    assert [mention.number for mention in made.mentions] == list(range(1, 9))
    assert "Elabe" in made.mentions[0].fr
    assert "1\u202f445" in made.mentions[2].fr
    assert "1\u202f137" in made.mentions[6].fr


def test_the_question_is_named_as_missing_not_invented(bench: Bench) -> None:
    rows = bench.frame(
        "SELECT forecast_id FROM forecast JOIN forecaster USING (forecaster_id) "
        "WHERE family = 'poll' AND kind <> 'poll_average' AND notice_url IS NULL LIMIT 1"
    )
    made = notice(bench, rows.forecast_id.iloc[0])
    assert "question" in made.missing
    assert "manquante" in made.mentions[4].fr
    assert "missing" in made.mentions[4].en


def test_every_poll_can_be_printed_in_both_languages(bench: Bench) -> None:
    rows = bench.frame(
        "SELECT f.*, r.name, r.family, r.kind FROM forecast f JOIN forecaster r USING (forecaster_id)"
    )
    for row in rows.to_dict("records"):
        made = of_row({str(key): value for key, value in row.items()})
        poll = row["family"] == "poll" and row["kind"] != "poll_average"
        for locale in ("fr", "en"):
            lines = made.lines(locale)
            assert len(lines) == (8 if poll else 1)
            assert not any("{" in line or "None" in line or "nan" in line for line in lines)


def test_buzz_and_averages_are_not_polls(bench: Bench) -> None:
    rows = bench.frame("SELECT forecast_id FROM forecast WHERE forecaster_id = 'filteris' ORDER BY 1 LIMIT 1")
    assert "n'est pas un sondage" in notice(bench, rows.forecast_id.iloc[0]).lines("fr")[0]
    rows = bench.frame(
        "SELECT forecast_id FROM forecast JOIN forecaster USING (forecaster_id) WHERE kind = 'poll_average' LIMIT 1"
    )
    assert "average of polls" in notice(bench, rows.forecast_id.iloc[0]).lines("en")[0]


def test_margins_agree_with_the_printed_tables() -> None:
    # The usual table for 1,000 persons: 1.4, 1.9 (1.8 with 1.8 rounded down by some), 2.5, 2.8, 3.0, 3.1.
    assert margins(1000).margin_points.round(1).tolist() == [1.4, 1.9, 2.5, 2.8, 3.0, 3.1]
    assert margin_of_error(50, 4000) == pytest.approx(margin_of_error(50, 1000) / 2)


def test_an_unknown_forecast_gets_close_names(bench: Bench) -> None:
    with pytest.raises(UnknownName, match="elabe-2017-04-20-"):
        notice(bench, "elabe-2017-04-20-z")
