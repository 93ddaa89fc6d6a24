"""The ledger: every planted change is caught, and what was replaced or never opened stays listed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from handed_in import AFTER, CANDIDATES, IN_TIME, full_ledger, rows, sample, sealed_ledger, written
from pollbench.errors import OutputError
from pollbench.protocol.intake import receive
from pollbench.protocol.ledger import (
    COLUMNS,
    LEDGER,
    LedgerError,
    _remove_interrupted,
    chain_offences,
    locked,
    read_ledger,
)
from pollbench.protocol.registry import live_receipts, registry_table, with_unrevealed
from pollbench.protocol.rules import load_protocol
from pollbench.protocol.verification import _of_earlier, verify


def test_a_second_commitment_replaces_the_first_and_both_stay_listed(tmp_path, rules):
    ledger = tmp_path / "ledger"
    receive(ledger, rules, sample(tmp_path / "a.csv", rules), IN_TIME, CANDIDATES)
    cells = rows(rules)
    cells[0]["value"] = "34"
    second = receive(ledger, rules, written(tmp_path / "b.csv", cells), IN_TIME, CANDIDATES)
    assert second.concerns == "1"
    receipts = read_ledger(ledger)
    assert len(receipts) == 2
    assert [receipt.number for receipt in live_receipts(receipts).values()] == [2]
    row = registry_table(receipts).iloc[0]
    assert (row.committed, row.replaced, row.unrevealed) == (2, 1, 0)


LINES = range(1, 5)

CELLS = range(12)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("cell", CELLS)
def test_every_changed_cell_of_the_ledger_is_caught(tmp_path, rules, line, cell):
    ledger = full_ledger(tmp_path, rules)
    head = read_ledger(ledger)[-1].own_digest
    path = ledger / LEDGER
    lines = path.read_text(encoding="utf-8").splitlines()
    values = lines[line].split(",")
    replaced = {1: {"open": "sealed", "sealed": "open", "reveal": "open"}.get(values[1], "open"), 2: AFTER}
    old = values[cell]
    values[cell] = str(replaced.get(cell, old[:-1] + ("0" if old[-1:] != "0" else "1")))
    if values[cell] == old:
        values[cell] = "2027-04-18T21:00:00+02:00"
    lines[line] = ",".join(values)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        offences = verify(ledger, rules, head)
    except LedgerError as error:
        offences = [str(error)]
    assert offences
    # The chain names the line itself or the one after it; a change of the last line shows in the head alone.
    named = [f"line {line + 1}", f"line {line + 2}", "no line has the digest"]
    assert any(name in offences[0] for name in named), offences[0]


@pytest.mark.parametrize("line", LINES)
def test_a_removed_line_is_caught_unless_it_was_the_last(tmp_path, rules, line):
    ledger = full_ledger(tmp_path, rules)
    path = ledger / LEDGER
    lines = path.read_text(encoding="utf-8").splitlines()
    del lines[line]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    # The last line lost leaves a whole chain; the file that it named lies there without a receipt.
    assert verify(ledger, rules)


def test_a_changed_file_a_lost_file_and_a_file_too_many_are_caught(tmp_path, rules):
    ledger = full_ledger(tmp_path, rules)
    first = ledger / "files" / "000001.csv"
    whole = first.read_bytes()
    first.write_bytes(whole + b"\n")
    assert any("not the file that was received" in offence for offence in verify(ledger, rules))
    first.unlink()
    assert any("is missing" in offence for offence in verify(ledger, rules))
    first.write_bytes(whole)
    (ledger / "files" / "000009.csv").write_bytes(b"")
    assert verify(ledger, rules) == ["files/000009.csv: no receipt names this file."]


def test_a_ledger_that_does_not_fit_takes_no_further_line(tmp_path, rules):
    ledger = full_ledger(tmp_path, rules)
    path = ledger / LEDGER
    path.write_text(
        path.read_text(encoding="utf-8").replace("example-polls", "example-poles"), encoding="utf-8"
    )
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="line 3"):
        receive(ledger, rules, sample(tmp_path / "n.csv", rules, forecaster="new"), IN_TIME, CANDIDATES)
    assert path.read_bytes() == before


def test_a_changed_protocol_is_another_protocol(tmp_path, rules):
    ledger = full_ledger(tmp_path, rules)
    changed = tmp_path / "changed.toml"
    changed.write_bytes(rules.content.replace(b"threshold_pct = 8", b"threshold_pct = 9"))
    other = load_protocol(str(changed))
    assert other.protocol_id != rules.protocol_id
    assert "line 2: carries" in verify(ledger, other)[0]


def test_an_unrevealed_commitment_is_scored_as_the_worst_of_its_family(tmp_path, rules):
    import pandas as pd

    ledger, _ = sealed_ledger(tmp_path, rules)
    contest = "fr-pres-2027-r1"
    scores = pd.DataFrame(
        {
            "forecaster_id": ["a", "b", "c", "d"],
            "contest_id": contest,
            "rung": [1, 1, 1, 3],
            "family": ["model", "model", "poll", "model"],
            "value": [1.0, 2.0, 5.0, 9.0],
        }
    )
    added = with_unrevealed(scores, read_ledger(ledger), {"example-model": "model"}).iloc[-1]
    assert (added.forecaster_id, added.value, added.unrevealed) == ("example-model", 2.0, True)
    alone = with_unrevealed(scores[scores.family == "poll"], read_ledger(ledger), {"example-model": "model"})
    assert alone.value.iloc[-1] == 5.0


HEADER = ",".join(COLUMNS) + "\n"
WHOLE = f"1,open,{IN_TIME},a,fr-pres-2027-r1,1,{'0' * 64},,{'0' * 64},,,\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\n", "cannot be read"),
        ((HEADER + WHOLE[:-1]).encode(), "the last line does not end: the file was cut off"),
        (b"number,kind\n", "line 1: the header must be: number,kind,received_at"),
        (b"\n", "line 1: the header must be"),
        ((HEADER + WHOLE.replace("open", "opened")).encode(), "line 2: '1,opened,.* is no receipt"),
        ((HEADER + WHOLE.replace("1,open", "one,open")).encode(), "line 2: 'one,open,.* is no receipt"),
        ((HEADER + "1,open\n").encode(), "line 2: '1,open' is no receipt"),
        ((HEADER + WHOLE.replace(",a,", ',"a",')).encode(), "line 2: is not written as a receipt is written"),
        ((HEADER + "x" * 200_000 + "\n").encode(), "is no ledger"),
    ],
)
def test_a_file_that_is_no_ledger_is_named_with_its_line(tmp_path, content, words):
    (tmp_path / LEDGER).write_bytes(content)
    with pytest.raises(LedgerError, match=rf"{LEDGER}.*{words}.*\. Restore (it|the file) from a copy\."):
        read_ledger(tmp_path)


def test_a_ledger_that_is_a_folder_cannot_be_read(tmp_path):
    (tmp_path / LEDGER).mkdir()
    with pytest.raises(LedgerError, match="cannot be read"):
        read_ledger(tmp_path)


@pytest.mark.parametrize("moment", ["2027-04-16", "2027-04-16T18:00:00", "soon"])
def test_a_moment_without_its_offset_breaks_the_chain_and_the_next_line_is_still_checked(
    tmp_path, rules, moment
):
    first, second, *_ = read_ledger(full_ledger(tmp_path, rules))
    spoilt = replace(first, received_at=moment)
    offences = list(chain_offences((spoilt, replace(second, before=spoilt.own_digest)), rules.protocol_id))
    assert offences == [f"ledger.csv, line 2: {moment!r} is no moment with its offset from UTC."]


def test_a_folder_that_cannot_hold_a_ledger_is_named(tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with (
        pytest.raises(OutputError, match=r"file cannot be written .*Name another folder"),
        locked(tmp_path / "file"),
    ):
        pass


def test_a_file_that_cannot_be_read_as_a_table_names_no_one(tmp_path, rules):
    ledger = full_ledger(tmp_path, rules)
    (ledger / "files" / "000001.csv").write_bytes(b"x" * 200_000)
    assert "files/000001.csv names None and None" in " ".join(verify(ledger, rules))
    (ledger / "files" / "000003.salt").write_bytes(b"\xff\xfe")
    assert any("does not fit seal 2" in offence for offence in verify(ledger, rules))


def test_where_nothing_was_revealed_a_sealed_forecast_has_no_row(tmp_path, rules):
    import pandas as pd

    ledger, _ = sealed_ledger(tmp_path, rules)
    elsewhere = pd.DataFrame(
        {
            "forecaster_id": ["a"],
            "contest_id": ["fr-pres-2027-r2"],
            "rung": [1],
            "family": ["model"],
            "value": [1.0],
        }
    )
    added = with_unrevealed(elsewhere, read_ledger(ledger), {"example-model": "model"})
    assert added[["forecaster_id", "unrevealed"]].values.tolist() == [["a", False]]


def test_a_seal_that_is_opened_twice_is_named(tmp_path, rules):
    receipts = read_ledger(full_ledger(tmp_path, rules))
    opened = next(receipt for receipt in receipts if receipt.kind == "reveal")
    twice = replace(opened, number=opened.number + 1)
    assert list(_of_earlier(receipts[: opened.number], twice)) == ["opens receipt '2' once more."]
    assert list(_of_earlier(receipts[: opened.number - 1], opened)) == []


def test_files_of_a_killed_receipt_that_cannot_be_removed_are_said(tmp_path, monkeypatch):
    (tmp_path / "000003.csv").touch()
    (tmp_path / "000002.csv").touch()

    def denied(_):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", denied)
        with pytest.raises(OutputError, match=r"cannot be written \(Permission denied\)"):
            _remove_interrupted(tmp_path, 3)
    _remove_interrupted(tmp_path, 3)
    assert [path.name for path in tmp_path.iterdir()] == ["000002.csv"]
