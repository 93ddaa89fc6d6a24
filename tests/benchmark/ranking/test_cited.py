"""One number with everything that a citation of it needs."""

from __future__ import annotations

import re

import pytest

from pollbench.attribution.citation import sources_bibtex
from pollbench.data.bench import Bench
from pollbench.errors import UnknownName
from pollbench.ranking.cited import cite_number
from pollbench_dashboards.pages.addresses import CITED, asked_of
from pollbench_dashboards.pages.sentences import (
    cite_cell,
    cite_house,
    cite_overview,
    cite_sentence,
    cite_start,
)


def test_an_error_is_cited_with_value_interval_policy_revision_and_address(bench: Bench) -> None:
    text = cite_number(bench, "elabe-2017-04-20-a:mae", address="https://example.org/")
    assert "Elabe, mean absolute error, French presidential election 2017, first round: 0.07 points." in text
    low, high = map(float, re.search(r"would have had (\d\.\d\d) to (\d\.\d\d)", text).groups())
    assert 0.07 < low < high
    assert "Policy 304f818f5586" in text
    assert "data set fr-pres-2017, revision 1" in text
    assert text.endswith("https://example.org/vote-fr-pres-2017-r1.html#elabe-2017-04-20-a:mae")


def test_a_forecaster_without_a_sample_has_no_interval_and_the_citation_says_so(bench: Bench) -> None:
    text = cite_number(bench, "filteris-2017-04-21-b:mae", locale="fr")
    assert "élection présidentielle française de 2017, premier tour" in text
    assert "2,15 points" in text.replace("\u00a0", " ")
    assert "Sans intervalle" in text


def test_a_published_figure_is_cited_as_published(bench: Bench) -> None:
    assert ": 20.03." in cite_number(bench, "filteris-2017-04-21-b:macron")


@pytest.mark.parametrize("number", ["nobody-2017:mae", "filteris-2017-04-21-b:maee"])
def test_an_unknown_number_is_refused_with_close_names(bench: Bench, number: str) -> None:
    with pytest.raises(UnknownName):
        cite_number(bench, number)


def test_a_measure_that_gives_no_range_is_cited_without_an_interval(bench: Bench) -> None:
    text = cite_number(bench, "elabe-2017-04-20-a:pair_called")
    assert text.startswith("Elabe, ")
    assert "No interval is computed for this measure." in text


def test_a_forecast_that_the_policy_left_out_has_no_value_of_a_measure(bench: Bench) -> None:
    earlier = bench.frame(
        "SELECT forecast_id FROM forecast WHERE forecaster_id = 'elabe' AND contest_id = 'fr-pres-2017-r1' ORDER BY measured_to"
    ).forecast_id[0]
    with pytest.raises(UnknownName, match=f"There is no value of mae for '{earlier}'"):
        cite_number(bench, f"{earlier}:mae")


def test_a_sentence_is_cited_with_its_place() -> None:
    text = cite_sentence("fr-pres-2017", "right.happened", "fr", "https://example.org/")
    assert text.endswith("https://example.org/fr/overview.html#right.happened")
    with pytest.raises(UnknownName):
        cite_sentence("fr-pres-2017", "wrong")


def test_a_cell_of_a_chart_is_cited_with_its_row_its_column_and_its_place(bench: Bench) -> None:
    text = cite_cell(bench, "error-by-forecaster.table.1.mae", "fr", "https://example.org/")
    assert "Elabe, part des voix : Erreur absolue moyenne 0,07" in text.replace("\u00a0", " ")
    assert text.endswith("https://example.org/fr/chart-error-by-forecaster.html#table.1.mae")
    for unknown in ("error-by-forecaster.table.1.maee", "error-by-nobody.table.1.mae"):
        with pytest.raises(UnknownName):
            cite_cell(bench, unknown)


def test_a_sentence_about_all_votes_is_cited_with_its_place(bench: Bench) -> None:
    text = cite_start(bench, "surely", address="https://example.org/")
    assert text.endswith("https://example.org/index.html#start.surely")
    with pytest.raises(UnknownName):
        cite_start(bench, "wrong")


def test_a_sentence_of_the_overview_is_cited_with_its_place(bench: Bench) -> None:
    text = cite_overview(bench, "much.happened", "fr", "https://example.org/")
    assert "du résultat en moyenne" in text
    assert text.endswith("https://example.org/fr/overview.html#much.happened")
    with pytest.raises(UnknownName):
        cite_overview(bench, "much.nothing")


def test_a_number_of_a_house_is_cited_with_its_place(bench: Bench) -> None:
    text = cite_house(bench, "house-filteris", "mae", address="https://example.org/")
    assert "Filteris (BuzzPol) / Qotmii, one vote scored. Mean absolute error: 2.15 points." in text
    assert "fr-pres-2017 revision 1" in text
    assert text.endswith("https://example.org/house-filteris.html#mae")
    for page, name in (("house-filteris", "open"), ("house-nothing", "mae")):
        with pytest.raises(UnknownName):
            cite_house(bench, page, name)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("fr/index.html#start.surely", ("start:surely", "fr")),
        ("https://example.org/overview.html#right.proves", ("overview:right.proves", None)),
        ("chart-five-elections.html", ("chart:five-elections", None)),
        ("fr/chart-five-elections.html#table.2.mae", ("chart:five-elections.table.2.mae", "fr")),
        ("vote-fr-pres-2022-r1.html#ifop-2022-04-08-a:macron", ("ifop-2022-04-08-a:macron", None)),
        ("vote-fr-pres-2022-r1.html#ifop-2022-04-08-a", ("ifop-2022-04-08-a:mae", None)),
        ("house-ifop.html", ("house-ifop:mae", None)),
        ("record.html#bing-2016", ("world:bing-2016", None)),
    ],
)
def test_the_address_of_a_number_is_what_cite_is_asked(address: str, asked: tuple[str, str | None]) -> None:
    assert asked_of(address) == asked


def test_a_page_without_numbers_of_its_own_is_refused_with_those_that_have_some() -> None:
    with pytest.raises(UnknownName, match=CITED[0]):
        asked_of("measures.html#mae")


def test_every_source_is_an_entry_of_bibtex(bench: Bench) -> None:
    text = sources_bibtex(bench)
    keys = re.findall(r"^@misc\{([^,]+),$", text, flags=re.M)
    assert len(keys) == len(set(keys)) == bench.table("source").source_id.nunique()
    assert text.count("{") == text.count("}")
