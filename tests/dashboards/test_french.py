"""The French of what is written in English elsewhere: measures, comments of the schema, words of the data."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from page_language import english_in, english_on, names_in
from pollbench.data.bench import Bench
from pollbench.data.elections import find, shipped_collections, shipped_elections
from pollbench.language.texts import Origin, translations
from pollbench.manipulation import DEFENCES
from pollbench.manipulation.study.attackable import Remark
from pollbench.measures import registered
from pollbench.outputs.tables import TABLES
from pollbench.selection.policy import Policy
from pollbench_dashboards.charts import registered as charts
from pollbench_dashboards.language.policy_in_words import NAMING, PLAIN, policy_in_full, reason_in_words
from pollbench_dashboards.language.words import Words

Texts = dict[str, str]


def of_measures(_: Bench) -> Texts:
    """English text -> the measure it belongs to."""
    found: Texts = {}
    for name, measure in registered().items():
        summary = inspect.cleandoc(measure.function.__doc__ or "").split("\n")[0]
        in_formulas = [
            text.strip() for text in re.findall(r"\\text\{(.*?)\}", measure.function.__doc__ or "")
        ]
        for text in (measure.title, summary, measure.sign, measure.unit, measure.zeros, *in_formulas):
            if text:
                found.setdefault(text, f"the measure {name}")
    return found


def of_dictionary(bench: Bench) -> Texts:
    """English comment -> the table and column it belongs to."""
    found: Texts = {}
    for row in bench.dictionary().itertuples():
        found.setdefault(str(row.table_meaning), f"the table {row.table_name}")
        found.setdefault(str(row.meaning), f"the column {row.table_name}.{row.column_name}")
    for name, table in TABLES.items():
        found.setdefault(f"{table.meaning[:1].upper()}{table.meaning[1:]}.", f"the output {name}")
        for column in table.columns:
            found.setdefault(column.meaning, f"the column {name}.{column.name} of a run")
            if column.unit:
                found.setdefault(column.unit, f"the unit of {name}.{column.name} of a run")
    return found


def of_data(bench: Bench) -> Texts:
    """English words of a row -> the row, for every field that a page or a chart prints."""
    fields = {
        "forecaster": ("operator", "partners", "alignment", "measures", "population"),
        "assumption": ("meaning", "unit"),
        "figure": ("statement", "stated_value", "official_value"),
        "milestone": ("label",),
        "register": ("name", "operator", "used_by", "meaning", "claim", "test", "note"),
    }
    found: Texts = {}
    for table, columns in fields.items():
        rows = bench.table(table)
        for column in columns:
            for text in rows[column].dropna():
                found.setdefault(str(text), f"{table}.{column}")
    notes = bench.frame(
        "SELECT note FROM contest JOIN standing_scenario USING (contest_id) WHERE note IS NOT NULL"
    )
    for note in notes.note:
        found.setdefault(note, "the note of a contest to come")
    for name in (*shipped_elections(), *shipped_collections()):
        for election in find(name):
            found.setdefault(election.title, f"the title of {election.election_id}")
    operations = bench.frame("SELECT reported, unit FROM evidence WHERE quantity_reported IS NOT NULL")
    for text in [*operations.reported, *operations.unit.dropna()]:
        found.setdefault(str(text), "evidence")
    for defence in DEFENCES.values():
        found.setdefault(defence.adaptive, f"the defence {defence.name}")
    for remark in Remark:
        found.setdefault(str(remark), "a remark on what would suffice")
    # A forecaster's name is translated where it is a description; most are names.
    found |= {
        name: "forecaster.name"
        for name in bench.table("forecaster").name
        if name in translations("data", "fr")
    }
    # Said by a sentence of its own, in both languages.
    del found["none documented"]
    return found


ORIGINS: dict[Origin, Callable[[Bench], Texts]] = {
    "measures": of_measures,
    "dictionary": of_dictionary,
    "data": of_data,
}


@pytest.mark.parametrize("origin", ORIGINS)
def test_every_english_text_has_its_french_and_none_is_left_over(
    origin: Origin, all_elections: Bench
) -> None:
    english = ORIGINS[origin](all_elections)
    french = translations(origin, "fr")
    missing = [
        f'"{text}", of {place}'
        for text, place in english.items()
        if text not in french and any(letter.isalpha() for letter in text)
    ]
    left_over = [text for text in french if text not in english]
    assert (missing, left_over) == ([], []), (
        f"text/fr/{origin}.toml is not what is written in English any more. Look at the French of what changed, "
        f"then correct both sides of its line. Without French: {missing}. French of nothing: {left_over}."
    )


@pytest.mark.parametrize("origin", ORIGINS)
def test_no_text_was_left_in_english(origin: Origin) -> None:
    # Names and short words may be the same in both languages; sentences are not.
    assert [
        english
        for english, french in translations(origin, "fr").items()
        if english == french and len(english) > 45
    ] == []


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_typography_is_french(origin: Origin) -> None:
    for text in translations(origin, "fr").values():
        assert not re.search(r" [;!?%»]| :(\s|$)|« ", text), text
        # A semicolon or a colon inside an address, an id or a key in brackets is not punctuation of ours.
        bare = re.sub(r"\[[^]]*\]|\w+:<[^>]*>", "", text)
        assert not re.search(r"\w[;!?]|\w:(\s|$)|\d\.\d|\d,\d{3}\b|[\"“”]", bare), text


def test_a_text_nobody_translated_is_marked_as_english() -> None:
    words = Words("fr")
    assert str(words.marked("a <b> of his own", "data")) == '<span lang="en">a &lt;b&gt; of his own</span>'
    assert str(words.marked("12", "data")) == "12"
    assert (
        str(Words("en").marked("the length of ``clr_bias``", "measures"))
        == "the length of <code>clr_bias</code>"
    )


def test_every_reason_is_said_in_words(all_elections: Bench) -> None:
    from pollbench.scoring.compare import compare

    for policy in (
        Policy(missing="drop"),
        Policy(missing="drop", statuses=("forecast",), as_of="2017-04-20"),
    ):
        for comparison in compare(all_elections, policy):
            for reason in comparison.left_out.reason:
                assert reason in PLAIN or reason.startswith(tuple(NAMING)), reason
                for locale in ("en", "fr"):
                    assert reason_in_words(reason, {}, Words(locale)) != "", reason
    assert (
        reason_in_words("lacks le-pen", {"le-pen": "Marine Le Pen"}, Words("fr"))
        == "pas de chiffre pour Le Pen"
    )
    assert reason_in_words("public only on 2017-04-24", {}, Words("en")) == "public only on 24 April 2017"
    people = {"bayrou": "François Bayrou", "jadot": "Yannick Jadot", "hamon": "Benoît Hamon"}
    assert reason_in_words("line-up x-bayrou+jadot--no-hamon", people, Words("en")) == (
        "other line-up: with Bayrou and Jadot, without Hamon"
    )
    assert (
        reason_in_words("line-up near-final", {}, Words("fr"))
        == "une liste de candidats pas tout à fait définitive"
    )
    assert reason_in_words("a rule of tomorrow", {}, Words("fr")) == "a rule of tomorrow"


@pytest.mark.parametrize(
    "policy",
    [
        Policy(),
        Policy(as_of="2017-04-20", within_days=None, select="all", lineup="near-final", below="zero"),
        Policy(candidates=("macron", "le-pen"), lineup="any", below="bound", missing="impute:uniform"),
        Policy(candidates="main4", statuses=("index",), quantities=("approval", "rank"), missing="drop"),
    ],
)
def test_a_policy_is_said_in_full_in_both_languages(policy: Policy) -> None:
    people = {"macron": "Emmanuel Macron", "le-pen": "Marine Le Pen"}
    english, french = (policy_in_full(policy, people, Words(locale)) for locale in ("en", "fr"))
    assert english.endswith(".")
    assert french.endswith(".")
    assert english != french
    assert "{" not in english + french
    if policy.candidates == ("macron", "le-pen"):
        assert "Macron et Le Pen" in french


def test_english_is_noticed() -> None:
    assert english_in("les sondages of the last week", []) == ["last", "of", "the"]
    assert english_in("Modèle de The Economist, part des voix (voir forecasts.csv)", ["The Economist"]) == []


def test_the_french_pages_speak_french(site: Path, bench: Bench) -> None:
    names = names_in(bench)
    found = {path.name: english_on(path.read_text("utf-8"), names) for path in (site / "fr").glob("*.html")}
    assert {name: english for name, english in found.items() if english} == {}


def test_the_pages_of_all_votes_speak_french(of_all_votes: Path, all_elections: Bench) -> None:
    names = names_in(all_elections)
    found = {path.name: english_on(path.read_text("utf-8"), names) for path in of_all_votes.glob("*.html")}
    assert {name: english for name, english in found.items() if english} == {}


def printed(specification: Any) -> Iterator[str]:
    """Every text that a chart prints: titles, labels, and the values of the fields that stand as words."""
    fields: set[str] = set()
    sets: list[list[dict[str, Any]]] = []

    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, list):
            for each in node:
                yield from walk(each)
        elif isinstance(node, dict):
            if node.get("type") in ("nominal", "ordinal") and "field" in node:
                fields.add(str(node["field"]))
            for key, value in node.items():
                if key == "datasets":
                    sets.extend(value.values())
                elif key in ("title", "text", "subtitle", "description"):
                    # A long text is a list of lines.
                    lines = value if isinstance(value, list) else [value]
                    yield " ".join(each for each in lines if isinstance(each, str))
                    yield from walk(value)
                else:
                    yield from walk(value)

    yield from walk(specification)
    for rows in sets:
        for row in rows:
            yield from (row[name] for name in fields if isinstance(row.get(name), str))


@pytest.mark.parametrize("name", charts())
def test_the_french_charts_speak_french(name: str, drawn: Callable[..., Any], bench: Bench) -> None:
    names = names_in(bench)
    drawing = drawn(name, "fr")
    texts = {
        *printed(drawing.framed()),
        drawing.title,
        drawing.subtitle,
        drawing.caption,
        drawing.alternative,
    }
    for step in drawing.control.steps if drawing.control else ():
        texts |= {value for value in step.values() if isinstance(value, str)}
    assert len(texts) > 5
    # Ids of rows and sources and the families are keys: the chart puts words in their place.
    keys = {*bench.table("source").source_id, *bench.table("forecaster").family, "vote_share"}
    said = [text for text in texts if text and not set(text.split()) <= keys]
    # A colon against its word is English.
    assert [text for text in said if re.search(r"\w:\s", text)] == []
    assert [(english, text) for text in sorted(said) if (english := english_in(text, names))] == []
