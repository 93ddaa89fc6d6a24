"""``pollbench cite``: an id or an address leads to what is cited there, in the language asked for."""

from __future__ import annotations

import pytest

from pollbench.cli.cite import _cited
from pollbench.data.bench import Bench
from pollbench.errors import UnknownName
from pollbench.ranking import cited as numbers
from pollbench.records import cited as releases
from pollbench_dashboards.pages import sentences
from tests_support import program

SITE = "https://example.org/"
RELEASE = "polly-ca-federal-2019-r1-2019-10-19-a"
CITING = {
    numbers: ("cite_number",),
    releases: ("cite_release",),
    sentences: ("cite_start", "cite_cell", "cite_overview", "cite_house", "cite_sentence"),
}


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What is asked of the functions that cite, which the tests of their modules hold to their texts."""
    calls: list[tuple[object, ...]] = []

    def instead_of(name: str):
        def cite(*what: object, locale: str = "", address: str = "") -> str:
            calls.append((name, *(x for x in what if isinstance(x, str)), *filter(None, (locale, address))))
            return name

        return cite

    for module, names in CITING.items():
        for name in names:
            monkeypatch.setattr(module, name, instead_of(name))
    monkeypatch.setattr(releases, "is_release", lambda _, name: name == RELEASE)
    return calls


@pytest.mark.parametrize(
    ("number", "call"),
    [
        ("elabe-2017-04-20-a:mae", ("cite_number", "elabe-2017-04-20-a:mae", "en")),
        ("fr-pres-2017:right.happened", ("cite_sentence", "fr-pres-2017", "right.happened", "en")),
        ("chart:five-elections.table.1.mae", ("cite_cell", "five-elections.table.1.mae", "en")),
        ("start:surely", ("cite_start", "surely", "en")),
        ("overview:much.happened", ("cite_overview", "much.happened", "en")),
        ("house-filteris:mae", ("cite_house", "house-filteris", "mae", "en")),
        (f"world:{RELEASE}", ("cite_release", RELEASE, "", "en")),
        (f"world:{RELEASE}:mae", ("cite_release", RELEASE, "mae", "en")),
        (f"{RELEASE}:mae", ("cite_release", RELEASE, "mae", "en")),
        # The language of an address is that of its page.
        ("house-filteris.html#mae", ("cite_house", "house-filteris", "mae", "en")),
        ("fr/house-filteris.html#mae", ("cite_house", "house-filteris", "mae", "fr")),
        ("fr/overview.html#much.happened", ("cite_overview", "much.happened", "fr")),
    ],
)
def test_an_id_or_an_address_leads_to_what_is_cited(bench: Bench, asked_for, number, call):
    assert _cited(bench, number, "en", SITE) == call[0]
    assert asked_for == [(*call, SITE)]


def test_an_id_of_nothing_is_refused(bench: Bench):
    with pytest.raises(UnknownName, match="no-such"):
        _cited(bench, "no-such:mae", "en", "")


def test_the_program_cites_the_data_its_sources_and_several_numbers():
    number = "elabe-2017-04-20-a:mae"
    whole = program("cite", "fr-pres-2017")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert "fr-pres-2017" in whole.stdout
    sources = program("cite", "fr-pres-2017", "--format", "sources").stdout
    assert sources.count("@misc{") > 50
    both = program("cite", "fr-pres-2017", number, "filteris-2017-04-21-b:mae", "--address", SITE.rstrip("/"))
    assert [line.split(",")[0] for line in both.stdout.splitlines()] == ["Elabe", "Filteris (BuzzPol)"]
    assert f"{SITE}vote-fr-pres-2017-r1.html#{number}" in both.stdout


def test_a_folder_is_no_number_though_its_name_holds_a_colon(tmp_path):
    folder = str(tmp_path / "a:b")
    answer = program("cite", folder)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(f"pollbench: There is no election '{folder}'.")
