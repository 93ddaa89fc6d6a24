"""Rows of the shipped data that are known from their sources, and the doubts that stand in them.

Rows were written down from the sources before the data set was made; a change here is a change of the data, with a
new revision.
"""

from __future__ import annotations

import pytest

from pollbench.data.bench import Bench
from tests_support import one


@pytest.mark.parametrize(
    ("contest", "shares"),
    [
        ("fr-pres-2002-r1", {"chirac": 19.88, "le-pen-jm": 16.86, "jospin": 16.18}),
        ("fr-pres-2007-r2", {"sarkozy": 53.06, "royal": 46.94}),
        ("fr-pres-2012-r2", {"hollande": 51.64, "sarkozy": 48.36}),
        (
            "fr-pres-2017-r1",
            {"macron": 24.01, "le-pen": 21.30, "fillon": 20.01, "melenchon": 19.58, "hamon": 6.36},
        ),
        ("fr-pres-2017-r2", {"macron": 66.10, "le-pen": 33.90}),
        ("fr-pres-2022-r1", {"macron": 27.85, "le-pen": 23.15, "melenchon": 21.95}),
        ("fr-pres-2022-r2", {"macron": 58.55, "le-pen": 41.45}),
        ("fr-primary-right-2016-r2", {"fillon": 66.49, "juppe": 33.51}),
        ("fr-primary-left-2017-r2", {"hamon": 58.69, "valls": 41.31}),
    ],
)
def test_official_shares(all_elections: Bench, contest: str, shares: dict[str, float]) -> None:
    oracle = all_elections.frame(f"SELECT candidate_id, share_pct FROM oracle WHERE contest_id = '{contest}'")
    found = dict(zip(oracle.candidate_id, oracle.share_pct.round(2), strict=True))
    assert {name: found[name] for name in shares} == shares


LAST_POLLS_2017 = [
    ("bva-2017-04-21", "2017-04-20", 1494, 1134, [23, 23, 19, 19.5, 8, 4, 1, 1.5, 0.5, 0.5, "<0.5"]),
    ("ifop-2017-04-21", "2017-04-18", 2823, 2115, [24.5, 22.5, 19.5, 18.5, 7, 4, 1, 1.5, 1, 0.5, "<0.5"]),
    ("odoxa-2017-04-21", "2017-04-21", 953, 666, [24.5, 23, 19, 19, 7.5, 4.5, 0.5, 1, 1, 0, 0]),
    ("elabe-2017-04-20", "2017-04-19", 1445, 1137, [24, 21.5, 20, 19.5, 7, 4, 1, 1.5, 1, 0.5, "<0.5"]),
    ("harris-2017-04-20", "2017-04-18", 962, None, [24.5, 21, 20, 19, 7.5, 4, 1, 1.5, 1, 0.5, "<0.5"]),
    ("ipsos-2017-04-20", "2017-04-19", 2048, 1401, [24, 22, 19, 19, 7.5, 4, 1.5, 1.5, 1, 0.5, "<0.5"]),
    ("opinionway-2017-04-20", "2017-04-18", 2269, 1495, [23, 22, 21, 18, 8, 4, 1, 2, 1, 0, 0]),
    ("kantar-2017-04-17", "2017-04-14", 1530, 1178, [24, 23, 18.5, 18, 8, 4, 1, 2, 1, 0.5, "<0.5"]),
    ("le-terrain-2017-04-15", "2017-04-13", 1139, 642, [24, 21.5, 17.5, 22, 8, 3.5, 0.5, 1.5, 0.5, 1, 0]),
]
BALLOT_2017 = [
    "macron",
    "le-pen",
    "fillon",
    "melenchon",
    "hamon",
    "dupont-aignan",
    "lassalle",
    "poutou",
    "asselineau",
    "arthaud",
    "cheminade",
]


@pytest.mark.parametrize(
    ("survey", "since", "sample", "expressing", "shares"),
    LAST_POLLS_2017,
    ids=[row[0] for row in LAST_POLLS_2017],
)
def test_last_polls_of_the_first_round_of_2017(
    bench: Bench, survey: str, since: str, sample: int, expressing: int | None, shares: list[float | str]
) -> None:
    rows = bench.frame(
        "SELECT * FROM forecast JOIN prediction USING (forecast_id) "
        f"WHERE survey = '{survey}' AND contest_id = 'fr-pres-2017-r1' AND lineup = 'final'"
    )
    first = rows.iloc[0]
    assert str(first.measured_from.date()) == since
    assert first.sample_size == sample
    assert first.expressing_n == expressing if expressing else rows.expressing_n.isna().all()
    assert first.last_release == "yes"
    printed = {
        row.candidate_id: f"<{row.value:g}" if row.flag == "lt" else row.value for row in rows.itertuples()
    }
    assert printed == dict(zip(BALLOT_2017, shares, strict=True))


@pytest.mark.parametrize(
    ("forecast", "macron"),
    [
        ("harris-2017-05-05-a", 62),
        ("ifop-2017-05-05-a", 63),
        ("ipsos-2017-05-05-a", 63),
        ("elabe-2017-05-04-a", 62),
        ("odoxa-2017-05-04-a", 62),
        ("opinionway-2017-05-04-a", 62),
        ("bva-2017-05-02-a", 60),
        ("kantar-2017-04-30-a", 59),
    ],
)
def test_last_polls_of_the_second_round_of_2017(bench: Bench, forecast: str, macron: float) -> None:
    rows = bench.frame(
        "SELECT candidate_id, value, last_release FROM forecast JOIN prediction USING (forecast_id) "
        f"WHERE forecast_id = '{forecast}' AND contest_id = 'fr-pres-2017-r2' AND lineup = 'final'"
    )
    assert dict(zip(rows.candidate_id, rows.value, strict=True)) == {"macron": macron, "le-pen": 100 - macron}
    assert set(rows.last_release) == {"yes"}


def test_the_two_filteris_releases_of_21_april(bench: Bench) -> None:
    rows = bench.frame(
        "SELECT release, last_release, quantity, status, candidate_id, value FROM forecast "
        "JOIN prediction USING (forecast_id) WHERE forecaster_id = 'filteris' AND published_on = DATE '2017-04-21'"
    )
    second = rows[rows.release == 2]
    assert dict(zip(second.candidate_id, second.value, strict=True)) == {
        "macron": 20.03,
        "le-pen": 22.7,
        "fillon": 21.5,
        "melenchon": 21.3,
    }
    assert set(second.last_release) == {"yes"}
    assert set(rows[rows.release == 1].last_release) == {"no"}
    assert set(rows.quantity) == {"digital_share"}
    assert set(rows.status) == {"claimed"}


def test_traps_are_marked(all_elections: Bench) -> None:
    def flags(forecast: str) -> tuple[object, ...]:
        columns = "published_precision, last_release, recalled, transcription, confidence"
        frame = all_elections.frame(f"SELECT {columns} FROM forecast WHERE forecast_id = '{forecast}'")
        return tuple(frame.iloc[0].fillna(""))

    assert flags("huffpost-compilateur-2017-04-a") == ("month", "unknown", False, "single", "medium")
    assert flags("the-economist-2017-02-24-a")[:2] == ("day", "no")
    assert flags("iprotego-2017-04-24-a")[:3] == ("day", "no", True)
    assert flags("odoxa-2017-04-25-a")[3:] == ("disputed", "medium")
    assert flags("opinionway-2017-05-04-a")[3:] == ("disputed", "medium")
    assert flags("elabe-2017-03-29-c")[3:] == ("disputed", "low")
    assert flags("elabe-2022-01-26-c")[3:] == ("disputed", "low")
    assert flags("bva-2002-02-02-a")[3:] == ("single", "low")
    for doubted in (
        "harris-2022-02-14-a",
        "ifop-2022-02-15-a",
        "cluster17-2022-04-08-a",
        "elabe-2021-11-24-c",
    ):
        assert flags(doubted)[3:] == ("disputed", "medium")
    assert one(all_elections, "SELECT count(*) FROM forecast WHERE forecast_id = 'elabe-2022-01-26-d'") == 0
    assert (
        one(
            all_elections,
            "SELECT count(*) FROM forecast WHERE note LIKE '%Poutou 0 or 1%' AND transcription = 'disputed'",
        )
        == 7
    )


def test_telephone_polls_are_not_attacked_as_panels(all_elections: Bench) -> None:
    frame = all_elections.frame(
        "SELECT DISTINCT coalesce(f.mechanism::VARCHAR, o.mechanism::VARCHAR) AS mechanism FROM forecast f "
        "JOIN forecaster o USING (forecaster_id) WHERE f.mode LIKE 'telephone%'"
    )
    assert frame.mechanism.tolist() == ["phone_quota"]


def test_an_assumption_is_never_classed_as_surer_than_what_it_rests_on(bench: Bench) -> None:
    rows = bench.table("assumption")[["assumption_id", "evidence_class", "sources", "note"]].fillna("")
    owned = rows[rows.note.str.contains("assumption") | rows.sources.str.contains("method:assumption")]
    assert {"panel-size", "gov-inflow", "gov-daily-voters", "gov-votes-per-question-day"} <= set(
        owned.assumption_id
    )
    assert set(owned.evidence_class) <= {"A", "U"}
    # And the other way round: an assumption names itself among its sources, arithmetic too.
    for evidence, source in (("A", "method:assumption"), ("D", "method:derived")):
        ours = rows[rows.evidence_class == evidence]
        assert ours.sources.str.split(" ").map(lambda named, source=source: source in named).all()
    classes = rows.set_index("assumption_id").evidence_class
    assert classes["op-francetvinfo-2013"] == classes["op-francetvinfo-2013-base"] == "U"
