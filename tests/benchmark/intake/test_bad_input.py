"""What cannot be imported gets one message with its remedy, and nothing is written."""

from __future__ import annotations

import os
from datetime import date

import pytest

from intake_cases import CASES, MADE, imported
from pollbench.errors import DataError, OutputError, PollbenchError, UnknownName
from pollbench.intake.folder import NotWritten, without_refused
from pollbench.intake.plan import Details, NotPlanned
from pollbench.intake.remarks import Remarks
from pollbench.intake.run import import_files

DETAILS = Details("xx-2030", (date(2030, 4, 14),))
SOUND = "House,Date,Ann,Bob\nA,2030-04-01,40,60\nB,2030-04-02,45,55\n"

#: What is wrong -> content of the table, words of the message.
TABLES = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n", "is empty"),
    "only a header": (b"House,Date,Ann,Bob\n", "no rows"),
    "binary": (b"\x00\x01\x02" * 50, "NUL bytes"),
    "a spreadsheet": (b"PK\x03\x04" + b"x" * 50, "a spreadsheet or an archive"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0" + b"x" * 50, "old spreadsheet"),
    "a PDF": (b"%PDF-1.7", "a PDF file"),
    "prose": (b"A text about polls\nwithout a table\n", "is no table"),
    "a huge cell": (b"House,Date,Ann,Bob\nA,2030-04-01,40,\"" + b"6" * 20_000 + b"\"\n", "a quote seems to be left open"),
    "an open quote": (b'House,Date,Ann,Bob\n"A,2030-04-01,40,60\n' + b"B,2030-04-01,40,60\n" * 900, "a quote seems to be left open"),
    "too many cells": (b"House,Date,Ann,Bob\nA,2030-04-01,40,60,,7\n", "has 6 values"),
    "no houses": (b"Day,Ann,Bob\n2030-04-01,40,60\n", "one of houses"),
    "no days": (b"House,Ann,Bob\nA,40,60\nB,41,59\n", "one of days"),
    "no shares": (b"House,Date,Remark\nA,2030-04-01,none\n", "one of shares"),
    "lost commas": (b"House,Date,Ann,Bob\nA,2030-04-01,405,595\nB,2030-04-01,455,545\n", "one of shares"),
    "sums": (b"House,Date,Ann,Bob\nA,2030-04-01,60,60\nB,2030-04-02,75,55\n", "2 of 2 rows add up to more than 101"),
    "after the vote": (b"House,Date,Ann,Bob\nA,2030-05-01,40,60\n", "every row is left out: ends on 2030-05-01"),
}  # fmt: skip


@pytest.mark.parametrize("fault", TABLES)
def test_a_table_that_cannot_be_used_is_refused_whole(fault, tmp_path):
    content, words = TABLES[fault]
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(DataError) as error:
        import_files("wide", path, tmp_path / "o", details=DETAILS)
    assert words in str(error.value)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    assert not (tmp_path / "o").exists()
    assert [entry.name for entry in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.parametrize("kind", sorted({kind for kind, _, _ in CASES.values()}))
@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00\xd8\x00", b"{", b"[]", b"a,b\n1,2\n", b"a;b\n" * 3, b"{}", b'{"sondages": []}'],
)
def test_no_kind_ends_in_a_traceback(kind, content, tmp_path):
    path = tmp_path / "polls.csv"
    path.write_bytes(content)
    with pytest.raises(PollbenchError):
        import_files(kind, path, tmp_path / "o", details=DETAILS)
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(
    "case", ["dawum", "pollsposition", "nsppolls", "fivethirtyeight", "hubverse", "tidy", "wide"]
)
def test_a_source_cut_off_in_the_middle_is_refused_or_read_as_far_as_it_goes(case, tmp_path):
    kind, source, arguments = CASES[case]
    made = MADE / source
    made = made if made.is_file() else next(made.rglob("*.csv"))
    content = made.read_bytes()
    # In the header or the first rows, in the middle, in the last rows.
    for part in (1, 4, 7):
        path = tmp_path / f"{part}{made.suffix}"
        path.write_bytes(content[: len(content) * part // 8])
        try:
            import_files(kind, path, tmp_path / f"o{part}", **arguments)
        except PollbenchError:
            assert not (tmp_path / f"o{part}").exists()


def test_an_unknown_kind_is_answered_with_those_there_are(tmp_path):
    with pytest.raises(UnknownName, match=r"importer 'wied'\. Did you mean 'wide'"):
        import_files("wied", MADE / "wide.csv", tmp_path / "o")


def test_a_source_that_is_not_there(tmp_path):
    with pytest.raises(DataError, match="is not there"):
        import_files("wide", tmp_path / "none.csv", tmp_path / "o", details=DETAILS)


def test_without_the_day_of_the_vote_nothing_is_guessed(tmp_path):
    with pytest.raises(NotPlanned, match="Give --day"):
        import_files("wide", MADE / "wide.csv", tmp_path / "o")
    assert not (tmp_path / "o").exists()


def test_a_folder_of_other_files_is_left_alone(tmp_path):
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="left alone"):
        imported("tidy", tmp_path / "o")
    assert [path.name for path in (tmp_path / "o").iterdir()] == ["mine.txt"]


def test_an_output_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "o").write_text("mine")
    with pytest.raises(OutputError, match="is a file"):
        imported("tidy", tmp_path / "o")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_an_output_that_cannot_be_written(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            imported("tidy", tmp_path / "o")
    finally:
        tmp_path.chmod(0o700)


def test_a_failed_update_leaves_the_folder_as_it_was(tmp_path):
    imported("tidy", tmp_path / "o")
    before = {path.name: path.read_bytes() for path in (tmp_path / "o").iterdir()}
    bad = tmp_path / "t.csv"
    bad.write_bytes(b"pollster,end,candidate,value\nA,2030-04-01,Ann,140\nA,2030-04-01,Bob,60\n")
    with pytest.raises(DataError):
        import_files("tidy", bad, tmp_path / "o", details=DETAILS)
    assert {path.name: path.read_bytes() for path in (tmp_path / "o").iterdir()} == before


MAPPINGS = {
    "no TOML": ("houses = [", "not well-formed TOML"),
    "an unknown section": ("[house]\n", "no section of a mapping"),
    "an unknown key": ("[election]\nday = 2030-04-14\n", "election.day"),
    "a number for a name": ("[houses]\nA = 1\n", "must be a text"),
    "an unknown role": ('[columns]\nAnn = "person"\n', "no role of a column"),
    "an unknown column": ('[columns]\nAnne = "candidate"\n', "is no column of the file"),
    "a day in quotes": ('[[contests]]\nround = 1\nday = "2030-04-14"\n', "must be a day"),
    "a round without a number": ("[[contests]]\nday = 2030-04-14\n", "lacks the number"),
}


@pytest.mark.parametrize("fault", MAPPINGS)
def test_a_mapping_that_means_nothing_is_refused(fault, tmp_path):
    content, words = MAPPINGS[fault]
    (tmp_path / "t.csv").write_text(SOUND)
    mapping = tmp_path / "m.toml"
    mapping.write_text(content)
    with pytest.raises(DataError) as error:
        import_files("wide", tmp_path / "t.csv", tmp_path / "o", details=DETAILS, mapping_file=mapping)
    assert words in str(error.value)


RESULTS = {
    "no candidate": ("who,votes\nAnn,3\n", "no table of results"),
    "no figure": ("candidate,votes\nAnn,many\n", "is no number"),
}


@pytest.mark.parametrize("fault", RESULTS)
def test_results_that_cannot_be_read_are_refused(fault, tmp_path):
    content, words = RESULTS[fault]
    (tmp_path / "t.csv").write_text(SOUND)
    (tmp_path / "r.csv").write_text(content)
    with pytest.raises(DataError, match=words):
        import_files("wide", tmp_path / "t.csv", tmp_path / "o", details=DETAILS, results=tmp_path / "r.csv")


def test_a_candidate_without_a_result_is_tested_besides_the_ballot(tmp_path):
    (tmp_path / "t.csv").write_text("House,Date,Ann,Bob,Eve\nA,2030-04-01,40,50,10\n")
    (tmp_path / "r.csv").write_text("candidate,votes\nAnn,400\nBob,600\n")
    import_files("wide", tmp_path / "t.csv", tmp_path / "o", details=DETAILS, results=tmp_path / "r.csv")
    assert ",x-eve," in (tmp_path / "o" / "forecasts.csv").read_text()


def test_ids_never_collide_with_shipped_ones(tmp_path):
    # A house called like a shipped app, and a party called like a shipped person, in another country.
    (tmp_path / "t.csv").write_text("House,Date,Macron,Bob\nGov,2030-04-01,40,60\n")
    import_files(
        "wide",
        tmp_path / "t.csv",
        tmp_path / "o",
        details=Details("de-2030", (date(2030, 4, 14),), country="DE"),
    )
    assert "gov-2," in (tmp_path / "o" / "forecasters.csv").read_text()
    assert "macron-2," in (tmp_path / "o" / "people.csv").read_text()


def test_forecasts_get_letters_that_no_other_shipped_election_uses(tmp_path):
    (tmp_path / "t.csv").write_text("House,Date,Ann,Bob\nIfop,2017-04-20,40,60\n")
    import_files(
        "wide",
        tmp_path / "t.csv",
        tmp_path / "o",
        details=Details("xx-2017", (date(2017, 4, 23),), country="DE"),
    )
    from pollbench.data.store import validate

    assert validate("fr-pres-2017", tmp_path / "o").errors == []


def test_a_distribution_function_that_falls_is_left_out_by_the_rule_of_the_data(tmp_path):
    header = "origin_date,target,candidate,output_type,output_type_id,value\n"
    day = "2030-04-01,vote share,Ann"
    (tmp_path / "2030-04-01-m.csv").write_text(
        f"{header}{day},mean,,48\n2030-04-01,vote share,Bob,mean,,52\n{day},cdf,40,0.5\n{day},cdf,45,0.3\n",
        encoding="utf-8",
    )
    outcome = import_files("hubverse", tmp_path / "2030-04-01-m.csv", tmp_path / "o", details=DETAILS)
    ((forecast, value, why),) = outcome.remarks.dropped
    assert (forecast, value) == ("m-2030-04-01-b", "-20.00 probability_pct")
    assert why.startswith("Shares, probabilities and approvals lie within 0 to 100")
    assert why.endswith("(values_in_range)")
    written = (tmp_path / "o" / "forecasts.csv").read_text(encoding="utf-8")
    assert "m-2030-04-01-a," in written
    assert "m-2030-04-01-b," not in written


def test_a_folder_whose_other_rows_would_not_be_valid_is_not_written(tmp_path):
    contest = {
        "contest_id": "xx-2030-r1",
        "election_id": "xx-2030",
        "round": "1",
        "day": "2030-02-30",
        "advance": "1",
    }
    description = 'election_id = "xx-2030"\ncountry = "XX"\noffice = "office"\nyear = 2030\ntitle = "A vote"\nrevision = "1"\n'
    with pytest.raises(
        NotWritten, match=r"so that nothing was written: \d+ errors, the first of them:\n.*2030-02-30"
    ) as error:
        without_refused(tmp_path / "o", {"contests": [contest]}, description, [], Remarks())
    # The place that is named is the one that was asked for, not the trial.
    assert str(tmp_path / "o") in str(error.value)
    assert not (tmp_path / "o").exists()
