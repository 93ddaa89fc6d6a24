"""The legal mentions: eight for a poll, a line for everything else, nothing invented."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from clean_election import TOML, write
from clean_rows import clean_tables
from pollbench.attribution import notice_fields
from pollbench.attribution.legal_notice import ROWS, law_texts, margins, notice, of_rows
from pollbench.data.bench import Bench
from pollbench.data.elections import datasets_folder, known_laws
from pollbench.data.store import load
from pollbench.errors import UnknownName
from pollbench.language.texts import locales
from pollbench.language.words import Words
from pollbench.measures.sampling_error import share_margin


def test_a_poll_has_the_eight_mentions_of_the_article(bench: Bench) -> None:
    made = notice(bench, "elabe-2017-04-20-a")
    assert [mention.number for mention in made.mentions] == list(range(1, 9))
    assert "Elabe" in made.mentions[0].texts["fr"]
    assert "1\u202f445" in made.mentions[2].texts["fr"]
    assert "1\u202f137" in made.mentions[6].texts["fr"]


def test_the_question_is_named_as_missing_not_invented(bench: Bench) -> None:
    rows = bench.frame(
        "SELECT forecast_id FROM forecast JOIN forecaster USING (forecaster_id) "
        "WHERE family = 'poll' AND kind <> 'poll_average' AND notice_url IS NULL LIMIT 1"
    )
    made = notice(bench, rows.forecast_id.iloc[0])
    assert "question" in made.missing
    assert "manquante" in made.mentions[4].texts["fr"]
    assert "missing" in made.mentions[4].texts["en"]


def test_every_poll_can_be_printed_in_both_languages(bench: Bench) -> None:
    rows = bench.frame(ROWS)
    for row in rows.to_dict("records"):
        made = of_rows([{str(key): value for key, value in row.items()}])
        poll = row["family"] == "poll" and row["kind"] != "poll_average"
        for locale in ("fr", "en"):
            lines = made.lines(locale)
            assert len(lines) == (8 if poll else 1)
            assert not any("{" in line or "None" in line or "nan" in line for line in lines)


def test_buzz_and_averages_are_not_polls(bench: Bench) -> None:
    rows = bench.frame("SELECT forecast_id FROM forecast WHERE forecaster_id = 'filteris' ORDER BY 1 LIMIT 1")
    assert "n’est pas un sondage" in notice(bench, rows.forecast_id.iloc[0]).lines("fr")[0]
    rows = bench.frame(
        "SELECT forecast_id FROM forecast JOIN forecaster USING (forecaster_id) WHERE kind = 'poll_average' LIMIT 1"
    )
    assert "average of polls" in notice(bench, rows.forecast_id.iloc[0]).lines("en")[0]


def test_margins_agree_with_the_printed_tables() -> None:
    # The usual table for 1,000 persons: 1.4, 1.9 (1.8 with 1.8 rounded down by some), 2.5, 2.8, 3.0, 3.1.
    assert margins(1000).margin_points.round(1).tolist() == [1.4, 1.9, 2.5, 2.8, 3.0, 3.1]
    assert share_margin(50, 4000) == pytest.approx(share_margin(50, 1000) / 2)


def test_an_unknown_forecast_gets_close_names(bench: Bench) -> None:
    with pytest.raises(UnknownName, match="elabe-2017-04-20-"):
        notice(bench, "elabe-2017-04-20-z")


def polls_of(bench: Bench, house: str) -> list[dict[str, object]]:
    rows = bench.frame(
        f"{ROWS} WHERE f.forecaster_id = ? AND f.contest_id = 'fr-pres-2017-r1' ORDER BY f.forecast_id",
        [house],
    )
    return [{str(key): value for key, value in row.items()} for row in rows.to_dict("records")]


def test_several_polls_of_a_house_give_ranges_and_count_what_is_missing(bench: Bench) -> None:
    rows = polls_of(bench, "bva")
    made = of_rows(rows)
    sizes = [int(row["sample_size"]) for row in rows if row["sample_size"] == row["sample_size"]]
    assert made.forecast_ids == tuple(row["forecast_id"] for row in rows)
    assert made.mentions[0].texts["en"] == f"{len(rows)} polls carried out by BVA."
    assert f"{min(sizes):,} to {max(sizes):,}" in made.mentions[2].texts["en"]
    first = min(row["measured_from"] for row in rows)
    last = max(row["measured_to"] for row in rows)
    assert f"{first:%d/%m/%Y} to {last:%d/%m/%Y}" in made.mentions[3].texts["en"]
    assert [mention.number for mention in made.mentions if mention.shared] == [6, 8]
    assert not any("{" in mention.texts["fr"] + mention.texts["en"] for mention in made.mentions)


def test_a_mention_that_some_polls_lack_says_how_many(bench: Bench) -> None:
    rows = [dict(row) for row in polls_of(bench, "bva")[:4]]
    for row in rows[:3]:
        row["sponsors"] = None
    assert "missing for 3 of 4 (" in of_rows(rows).mentions[1].texts["en"]
    assert "mention manquante pour 3 sur 4 (" in of_rows(rows).mentions[1].texts["fr"]
    for row in rows:
        row["sponsors"] = None
    assert of_rows(rows).missing == ("sponsor",)


def test_margins_of_several_polls_reach_from_the_largest_sample_to_the_smallest(bench: Bench) -> None:
    rows = [dict(row) for row in polls_of(bench, "bva")[:2]]
    rows[0] |= {"expressing_n": 1000, "sample_size": 1200}
    rows[1] |= {"expressing_n": None, "sample_size": 4000}
    text = of_rows(rows).mentions[6].texts["en"]
    assert "for 1,000 to 4,000 expressed intentions or persons interviewed" in text
    assert "±\u00a01.5 to 3.1 points for a share of 50%" in text


def test_words_of_the_data_inside_a_mention_are_french_in_french(all_elections: Bench) -> None:
    told = tomllib.loads((datasets_folder() / "laws" / "fr-77-808.fr.toml").read_text("utf-8"))["translation"]
    rows = all_elections.frame(f"{ROWS} WHERE r.family = 'poll' AND r.kind <> 'poll_average'")
    bases = set(rows.sample_size_basis.dropna())
    # Names of newspapers and channels are the same in both languages.
    assert bases <= set(told)
    assert set(told) - bases == {"regional press"}


@pytest.mark.parametrize(
    ("line", "mentions", "first"),
    [
        ('law = "fr-77-808"', 8, "Poll carried out by Alpha."),
        ('law = "none"', 0, "Alpha: the data set names no law"),
        ("", 0, "Alpha: the data set names no law"),
    ],
)
def test_the_mentions_are_those_of_the_law_that_the_election_names(
    tmp_path: Path, line: str, mentions: int, first: str
) -> None:
    folder = write(tmp_path / "fr-2030", clean_tables(), f"{line}\n{TOML}")
    for path in folder.iterdir():
        # The law is one of France.
        text = path.read_text(encoding="utf-8").replace("xx-2030", "fr-2030").replace('"XX"', '"FR"')
        path.write_text(text, encoding="utf-8")
    with load(folder) as mine:
        made = notice(mine, "alpha-2030-04-03-a")
    assert len(made.mentions) == mentions
    assert made.lines("en")[0].startswith(first)
    assert ("77-808" in made.titles["en"]) == (mentions > 0)


def test_every_law_has_a_remark_on_one_and_on_several_that_are_no_polls() -> None:
    for path in sorted((datasets_folder() / "laws").glob("*.toml")):
        other = tomllib.loads(path.read_text(encoding="utf-8"))["other"]
        for kind in ("average", "not_a_poll"):
            assert "{name}" in other[kind], path.name
            assert "{name}" in other[f"several_{kind}"], path.name


def test_every_law_is_worded_in_every_language() -> None:
    for law in known_laws():
        for locale in locales():
            assert (datasets_folder() / "laws" / f"{law}.{locale}.toml").is_file()
            assert set(_keys(law, locale)) == set(_keys(law, "en"))


def _keys(law: str, locale: str) -> list[str]:
    table = tomllib.loads((datasets_folder() / "laws" / f"{law}.{locale}.toml").read_text("utf-8"))
    table.pop("translation", None)
    mentions = table.pop("mention", {})
    return [
        *(f"mention.{number}.{key}" for number, mention in mentions.items() for key in mention),
        *(f"{section}.{key}" for section, entry in table.items() if isinstance(entry, dict) for key in entry),
    ]


def test_a_language_and_a_law_that_there_are_not_are_answered_with_those_there_are(bench):
    with pytest.raises(UnknownName, match="There is no locale 'xx'"):
        notice(bench, "elabe-2017-04-20-a").lines("xx")
    with pytest.raises(UnknownName, match=r"There is no law 'fr-77-809'\. Did you mean 'fr-77-808'"):
        law_texts("fr-77-809", "fr")


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ({}, ""),
        ({"measured_to": date(2017, 4, 20)}, "up to 20/04/2017"),
        (
            {"measured_from": date(2017, 4, 18), "measured_to": date(2017, 4, 20)},
            "from 18/04/2017 to 20/04/2017",
        ),
        ({"measured_from": date(2017, 4, 20), "measured_to": date(2017, 4, 20)}, "20/04/2017"),
    ],
)
def test_days_are_named_as_far_as_they_are_known(days, shown):
    word = {"until": "up to {last}", "from_to": "from {first} to {last}"}
    assert notice_fields._dates(word, [days], Words("en")) == shown
