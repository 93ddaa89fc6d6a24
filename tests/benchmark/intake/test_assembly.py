"""From questions to rows: ids, surveys, line-ups and results, before anything is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pollbench.errors import DataError
from pollbench.intake.assemble import Assembly
from pollbench.intake.ids import ForecastIds, Names
from pollbench.intake.layout import Rows, columns, key
from pollbench.intake.lineups import Scenarios, distinguished, line_up, supply_ballots
from pollbench.intake.mapping import Mapping
from pollbench.intake.merge import LISTED, Base, merge
from pollbench.intake.model import Counted, Draft, Figure, Person, Question, Race
from pollbench.intake.names import shipped_rows
from pollbench.intake.plan import Contest, Details, NotPlanned, Planned, plan_many, plan_one
from pollbench.intake.registry import Expected, named
from pollbench.intake.remarks import Remarks
from pollbench.intake.results import read_results
from pollbench.intake.run import _sources, import_files
from pollbench.intake.waves import Sample, rolling, samples_of, without_repeats

VOTE, RUN_OFF = date(2030, 4, 14), date(2030, 4, 28)


def question(*figures: tuple[str, str], end: int = 7, start: int | None = 5, **cells: object) -> Question:
    given = {"row": "t.csv, line 2", "house": "alpha", "end": date(2030, 4, end)}
    begins = None if start is None else date(2030, 4, start)
    shares = [Figure(name, Decimal(value)) for name, value in figures]
    return Question(**(given | {"figures": shares, "start": begins} | cells))


def assembled(questions: list[Question], draft: Draft | None = None, **more: object) -> tuple[Rows, Remarks]:
    draft = draft or Draft(Remarks())
    plan = Planned("", {"election_id": "xx-2030"}, {1: Contest(1, VOTE, 2, ["ann", "bob", "cid"])})
    mapping = more.pop("mapping", Mapping())
    names = Names(named("tidy"), mapping, draft.remarks, {}, "XX", "s")
    for asked in questions:
        names.house(asked.house)
    assembly = Assembly(
        named("tidy"),
        draft,
        {"": plan},
        names,
        ForecastIds({}, {}, "xx-2030"),
        draft.remarks,
        "s",
        "o",
        **more,
    )
    return assembly.rows(questions), draft.remarks


WHOLE = (("ann", "50"), ("bob", "30"), ("cid", "20"))


def test_the_same_question_with_other_answers_is_a_second_survey_under_a_second_id():
    other = (("ann", "49"), ("bob", "31"), ("cid", "20"))
    rows, _ = assembled(
        [question(*WHOLE), question(*other, row="t.csv, line 3"), question(*other, row="t.csv, line 4")]
    )
    assert [(row["forecast_id"], row["survey"]) for row in rows["forecasts"]] == [
        ("alpha-2030-04-07-a", "alpha-2030-04-07"),
        ("alpha-2030-04-07-b", "alpha-2030-04-07-2"),
    ]


def test_a_row_that_repeats_another_is_left_out_and_names_it():
    remarks = Remarks()
    rows = [question(*WHOLE), question(*WHOLE, row="t.csv, line 3")]
    assert without_repeats(rows, remarks) == rows[:1]
    assert remarks.dropped == [("t.csv, line 3", "alpha", "repeats t.csv, line 2")]


def test_more_who_state_an_intention_than_were_asked_are_left_out_and_said():
    rows, remarks = assembled([question(*WHOLE, size=500, expressing=600)])
    (row,) = rows["forecasts"]
    assert (row["sample_size"], row.get("expressing_n")) == ("500", None)
    assert (
        "t.csv, line 2: 600 who state an intention are more than the sample of 500; left out."
        in remarks.guesses
    )
    (sound,) = assembled([question(*WHOLE, size=500, expressing=400)])[0]["forecasts"]
    assert (sound["expressing_n"], sound["expressing_basis"]) == ("400", "as listed")


def test_a_result_counts_once_for_a_round_that_is_held_and_a_candidate_who_is_kept():
    draft = Draft(
        Remarks(),
        counted=[
            Counted("Ann", votes=600),
            Counted("Ann", votes=1),
            Counted("Bob", votes=400),
            Counted("Left Out", votes=9),
            Counted("Cid", votes=5, round=2),
            Counted("Cid", votes=5, race="Ohio"),
        ],
        people=[Person("Ann", "A Party"), Person("Eve", withdrew=VOTE)],
    )
    rows, _ = assembled([question(*WHOLE)], draft, mapping=Mapping(people={"Left Out": ""}))
    assert [(row["candidate_id"], row["votes"]) for row in rows["results"]] == [
        ("ann", "600"),
        ("bob", "400"),
    ]
    assert [(row["candidate_id"], row["party"]) for row in rows["candidates"]] == [
        ("ann", "A Party"),
        ("bob", ""),
    ]


def test_ids_go_on_behind_z_and_a_remembered_question_keeps_its_own():
    taken = [f"alpha-2030-04-07-{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    standing = [
        {"forecast_id": identity, "forecaster_id": "x", "contest_id": "c", "quantity": "q"}
        for identity in taken
    ]
    ids = ForecastIds({"k": "alpha-2030-04-07-ba"}, {"forecasts": standing}, "xx-2030")
    given = [
        ids.give(name, "alpha", "2030-04-07", "c", "vote_share", ["ann"]) for name in ("k", "new", "newer")
    ]
    assert given == ["alpha-2030-04-07-ba", "alpha-2030-04-07-aa", "alpha-2030-04-07-ab"]
    letters = "abcdefghijklmnopqrstuvwxyz"
    every = [f"alpha-2030-04-07-{first}{second}" for first in letters for second in ("", *letters)]
    full = ForecastIds({identity: identity for identity in every}, {}, "xx-2030")
    assert full.give("last", "alpha", "2030-04-07", "c", "vote_share", ["ann"]) == "alpha-2030-04-07-aaa"


def test_a_question_that_stands_in_the_folder_keeps_its_id_and_a_second_one_gets_another():
    row = {
        "forecast_id": "alpha-2030-04-07-k", "forecaster_id": "alpha", "contest_id": "c", "quantity": "vote_share",
        "measured_to": "2030-04-07",
    }  # fmt: skip
    standing = {
        "forecasts": [row],
        "predictions": [{"forecast_id": row["forecast_id"], "candidate_id": "ann"}],
    }
    ids = ForecastIds({}, standing, "xx-2030")
    given = [ids.give(name, "alpha", "2030-04-07", "c", "vote_share", ["ann"]) for name in ("one", "two")]
    assert given == ["alpha-2030-04-07-k", "alpha-2030-04-07-a"]


def test_who_is_decided_by_the_mapping_is_new_under_that_id_or_someone_known():
    mapping = Mapping(people={"A. Lee": "ann-lee", "E. M.": "macron"}, houses={"The Firm": "firm"})
    names = Names(named("tidy"), mapping, Remarks(), {}, "XX", "s")
    assert [names.person("A. Lee"), names.person("E. M."), names.house("The Firm")] == [
        "ann-lee",
        "macron",
        "firm",
    ]
    assert list(names.new_people) == ["ann-lee"]
    # A later name that would get the same id is another person.
    assert names.person("Ann Lee") == "ann-lee"
    assert names.people_rows() == [{"candidate_id": "ann-lee", "name": "A. Lee", "kind": "person"}]


def plans(*contests: Contest) -> dict[str, Planned]:
    return {"": Planned("", {"election_id": "xx-2030"}, {contest.round: contest for contest in contests})}


def test_several_line_ups_put_to_one_sample_leave_the_ballot_open():
    planned, remarks = plans(Contest(1, VOTE, 2)), Remarks()
    supply_ballots(planned, [question(*WHOLE), question(*WHOLE[:2])], {}, True, remarks)
    assert planned[""].contests[1].ballot is None
    assert remarks.guesses[0].startswith(
        "Surveys put several line-ups for round 1: no candidate is taken to stand yet"
    )


def test_one_pair_in_every_poll_of_a_run_off_is_its_ballot_and_two_pairs_are_none():
    duel, other = (("ann", "55"), ("bob", "45")), (("ann", "55"), ("cid", "45"))
    for asked, ballot in (([duel], ["ann", "bob"]), ([duel, other], None)):
        planned = plans(Contest(1, VOTE, 2, ["ann"], stated=True), Contest(2, RUN_OFF, 1))
        questions = [question(*pair, round=2, end=20 + number) for number, pair in enumerate(asked)]
        supply_ballots(planned, questions, {}, True, Remarks())
        assert (planned[""].contests[1].ballot, planned[""].contests[2].ballot) == (["ann"], ballot)


def test_a_poll_of_a_run_off_tests_two_and_one_of_another_pair_is_a_duel():
    vote = Contest(2, RUN_OFF, 1, ["ann", "bob"])
    assert (
        line_up(vote, ["ann", "bob", "cid"], True)[2]
        == "a poll of a run-off tests two candidates, this one 3"
    )
    assert line_up(vote, ["ann", "cid"], True) == ("duel-ann-v-cid", True, "")
    assert line_up(Contest(1, VOTE, 2), ["ann"], False) == ("", False, "")


def test_of_two_line_ups_of_one_name_the_shorter_says_who_is_missing():
    ballot = ["ann", "bob", "cid"]
    pair = [("duel-ann-v-bob", ["ann", "bob"]), ("duel-ann-v-bob", ["ann", "bob"])]
    assert distinguished(pair, ballot) == ["duel-ann-v-bob", "duel-ann-v-bob"]
    longer = [("x-dan", ["ann", "bob", "dan"]), ("x-dan", ["ann", "dan"])]
    assert distinguished(longer, ballot) == ["x-dan", "x-dan--no-bob+cid"]


def test_one_label_for_two_line_ups_names_two_scenarios():
    scenarios = Scenarios(Draft(Remarks(), scenarios={"H1": "with Cid"}), "s", {"cid": VOTE})
    first = scenarios.name("xx-2030", "H1", ["ann", "cid"], 1)
    assert scenarios.name("xx-2030", "H1", ["cid", "ann"], 1) == first == "h1"
    second = scenarios.name("xx-2030", "H1", ["ann", "bob"], 1)
    assert second.startswith("h1-")
    assert scenarios.name("xx-2030", "", ["ann", "bob"], 2) == second
    assert scenarios.name("xx-2030", "", ["bob", "cid"], 2) == "duel-bob-v-cid"
    rows = {row["scenario_id"]: (row["title"], row["until"]) for row in scenarios.rows.values()}
    assert rows["h1"] == ("with Cid", str(VOTE))
    assert rows["duel-bob-v-cid"] == ("bob cid", str(VOTE))


def test_waves_over_a_month_apart_or_without_a_first_day_overlap_nothing():
    waves = [question(*WHOLE, end=day, start=start) for day, start in ((1, None), (7, 4), (9, 6))]
    waves.append(question(*WHOLE, end=30, start=1))
    waves.append(Question("r", "alpha", list(waves[0].figures), start=date(2030, 6, 1), end=date(2030, 6, 4)))
    remarks = Remarks()
    thin = rolling(samples_of(waves), remarks)
    assert thin == {"alpha-2030-04-09": True, "alpha-2030-04-07": False}
    assert remarks.guesses[0].startswith("2 surveys of alpha overlap")
    assert Sample("s", [waves[0]]).start is None


def test_a_declared_wave_without_a_first_day_begins_on_its_last():
    waves = [question(*WHOLE, end=day, start=None, rolling=True) for day in (6, 7)]
    assert rolling(samples_of(waves), Remarks()) == {"alpha-2030-04-07": True, "alpha-2030-04-06": True}


def planned(
    mapping: Mapping, details: Details | None = None, kind: str = "tidy", standing: Rows | None = None, **more
):
    return plan_one(
        named(kind), details or Details("xx-2030"), mapping, more["folder"], standing or {}, Remarks()
    )


def test_a_round_of_the_mapping_without_a_day_needs_one_from_elsewhere(tmp_path):
    said = Mapping(contests=[{"round": 1}])
    with pytest.raises(NotPlanned, match=r"on which day the vote is\. Give --day"):
        planned(said, folder=tmp_path)
    contests = [
        {
            "contest_id": "xx-2030-r1",
            "election_id": "xx-2030",
            "round": "1",
            "day": "2030-04-14",
            "advance": "2",
        }
    ]
    standing = {"contests": contests, "candidates": [{"contest_id": "xx-2030-r1", "candidate_id": "ann"}]}
    plan = planned(said, folder=tmp_path, standing=standing)
    assert plan.contests == {1: Contest(1, VOTE, 2, ["ann"], True)}
    # A day that is given stands for it; the ballot stays.
    plan = planned(said, Details("xx-2030", (RUN_OFF,)), folder=tmp_path, standing=standing)
    assert plan.contests == {1: Contest(1, RUN_OFF, 1, ["ann"], True)}


def test_days_that_a_kind_expects_of_an_election_that_is_not_shipped_are_its_rounds(tmp_path):
    expected = Expected("xx-2031", "XX", days=(VOTE, RUN_OFF), days_from="as announced")
    kind = replace(named("tidy"), expected=expected)
    plan = plan_one(kind, Details(), Mapping(), tmp_path, {}, Remarks())
    assert (plan.election_id, plan.row["country"], plan.days_from) == ("xx-2031", "XX", "as announced")
    assert plan.contests == {1: Contest(1, VOTE, 2), 2: Contest(2, RUN_OFF, 1)}


def test_a_source_that_is_called_like_a_shipped_one_gets_an_id_of_its_own(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a", encoding="utf-8")
    shipped = shipped_rows("sources")[0]["source_id"]
    for said, identity in ((shipped, f"{shipped}-xx-2030"), ("mine", "mine"), ("", "import:tidy-xx-2030")):
        mapping = Mapping(source={"source_id": said, "revision": "3"})
        row, owner = _sources(named("tidy"), path, Draft(Remarks()), mapping, {}, "xx-2030")
        assert (row["source_id"], owner["source_id"]) == (identity, "import:told-xx-2030")
        assert row["retrieved_from"].endswith(", revision 3")


def test_the_source_adds_no_figure_to_a_forecast_that_was_made_by_hand():
    forecast = {"forecast_id": "mine-a"}
    current = {"forecasts": [forecast]}
    fresh = {"predictions": [{"forecast_id": "mine-a", "candidate_id": "ann", "value": "40"}]}
    remarks = Remarks()
    assert merge(Base("tidy"), current, fresh, remarks, {}) == {"forecasts": [forecast], "predictions": []}
    assert "0 new (0 of them forecasts)" in remarks.changes


def test_days_that_the_kind_expects_stand_where_nothing_is_said(tmp_path):
    plan = planned(Mapping(), Details(), "mieuxvoter", folder=tmp_path)
    assert plan.election_id == "fr-pres-2027"
    assert [str(contest.day) for contest in plan.contests.values()] == ["2027-04-18", "2027-05-02"]


def test_every_race_of_a_source_of_many_needs_a_day():
    draft = Draft(
        Remarks(), races={"Ohio": Race("Ohio", None, "Governor of Ohio"), "Utah": Race("Utah", VOTE)}
    )
    with pytest.raises(NotPlanned, match=r"on which day Governor of Ohio is decided\. Give --day"):
        plan_many(draft, Details(), Mapping(), {})
    made = plan_many(draft, Details(days=(VOTE,)), Mapping(), {})
    assert sorted(plan.election_id for plan in made.values()) == ["ohio", "utah"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("name,share\nAnn,0.6\nBob,0.4\n", [("Ann", None, 60), ("Bob", None, 40)]),
        ("name,votes,share\nAnn,600,\nBob,,40\nCid,,\n,5,5\n", [("Ann", 600, None), ("Bob", None, 40)]),
        ("name,votes,share\nAnn,600,\nBob,,0.4\n", [("Ann", 600, None), ("Bob", None, 40)]),
    ],
)
def test_results_are_votes_or_shares_and_rows_without_either_are_none(tmp_path, text, figures):
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    counted = read_results(tmp_path / "r.csv", Remarks())
    assert [(row.name, row.votes, row.share and float(row.share)) for row in counted] == figures


def test_results_name_the_races_of_the_source_whatever_their_capitals(tmp_path):
    (tmp_path / "r.csv").write_text("state,tour,name,votes\nOHIO,2,Ann,6\nNone,,Bob,4\n", encoding="utf-8")
    counted = read_results(tmp_path / "r.csv", Remarks(), ["Ohio"])
    assert [(row.race, row.round) for row in counted] == [("Ohio", 2), ("None", 1)]


def test_so_many_changes_are_listed_and_all_are_counted():
    def rows(value: str) -> Rows:
        return {
            "predictions": [
                {"forecast_id": f"f{number}", "candidate_id": "ann", "value": value}
                for number in range(LISTED + 2)
            ]
        }

    remarks = Remarks()
    before = rows("40")
    merged = merge(Base("tidy", {}, before), rows("40"), rows("41"), remarks, {})
    assert {row["value"] for row in merged["predictions"]} == {"41"}
    assert f"{LISTED + 2} changed in the source, taken over (0 of them forecasts)" in remarks.changes
    assert "  and 2 more changed in the source, taken over" in remarks.changes


def test_a_row_of_ours_beside_one_of_the_source_stays_and_its_difference_is_said():
    ours = {"people": [{"candidate_id": "ann", "name": "Ann Lee"}]}
    theirs = {"people": [{"candidate_id": "ann", "name": "Anne Lee"}]}
    remarks = Remarks()
    assert merge(Base("tidy"), ours, theirs, remarks, {}) == ours
    assert "  yours, kept: people ann: name yours 'Ann Lee', the source 'Anne Lee'" in remarks.changes


@pytest.mark.parametrize(
    ("stem", "names"),
    [
        ("people", ("candidate_id",)),
        ("predictions", ("forecast_id", "candidate_id")),
        ("contests", ("contest_id",)),
    ],
)
def test_the_key_of_a_table_is_the_one_of_the_schema(stem, names):
    assert key(stem) == names
    assert set(names) <= set(columns(stem))


def test_an_empty_source_of_a_sound_form_is_refused(tmp_path):
    path = tmp_path / "t.json"
    path.write_text(
        '{"Surveys": {}, "Institutes": {}, "Parties": {}, "Parliaments": {"0": {"Shortcut": "Bundestag"}}}',
        encoding="utf-8",
    )
    with pytest.raises(
        DataError, match=r"t\.json.* holds no poll that can be read\. See what the kind reads"
    ):
        import_files("dawum", path, tmp_path / "o", details=Details("de-2030", (VOTE,)))
    assert not (tmp_path / "o").exists()
