"""A release of the record is cited with its value, its source and the address of its row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import pollbench as pb
from pollbench.data.bench import Bench
from pollbench.errors import UnknownName
from pollbench.records.cited import cite_release, is_release

ONE = "polly-ca-federal-2019-r1-2019-10-19-a"
LATER = "google-trends-il-messaggero-it-general-2022-r1-2022-09-09-a"


@pytest.fixture(scope="module")
def world() -> Iterator[Bench]:
    with pb.load("world") as opened:
        yield opened


def test_a_printed_figure_is_cited_with_its_source_and_its_row(world: Bench) -> None:
    text = cite_release(world, ONE, "ca-liberal-minority", address="https://example.org/")
    assert text.startswith("Polly, Canada, House of Commons 2019: Liberal minority 75 (chance);")
    assert "known before the vote, coded by two readers" in text
    assert "(title and 1st paragraph)" in text
    assert text.endswith(f"https://example.org/record.html#{ONE}")


def test_an_error_is_cited_and_a_later_release_stands_on_its_own_page(world: Bench) -> None:
    text = cite_release(world, LATER, "mae", locale="fr")
    assert "14,91 points sur 3 noms" in text.replace("\u00a0", " ")
    assert text.endswith(f" fr/record-releases.html#{LATER}")


def test_every_release_can_be_cited_whole(world: Bench) -> None:
    for release in pb.record(world).releases.forecast_id[::29]:
        assert f"html#{release}" in cite_release(world, release)


@pytest.mark.parametrize(("release", "what"), [("no-such-release", ""), (ONE, "mae"), (ONE, "macron")])
def test_what_there_is_not_is_refused(world: Bench, release: str, what: str) -> None:
    with pytest.raises(UnknownName):
        cite_release(world, release, what)


def test_forecasts_of_an_election_are_no_releases(bench: Bench) -> None:
    assert is_release(bench, ONE)
    assert not is_release(bench, "filteris-2017-04-21-b")
