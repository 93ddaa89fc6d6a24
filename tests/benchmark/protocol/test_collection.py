"""Public figures that are written down: of whom, from where, when, and what is refused."""

from __future__ import annotations

import hashlib

import pytest
from typer.testing import CliRunner

from handed_in import CANDIDATES, SALT, SOURCE, collected, full_ledger, read_figures, rows, sample, written
from pollbench.cli import app
from pollbench.errors import DataError, PollbenchError, UnknownName
from pollbench.protocol.collection import collect, collection_table
from pollbench.protocol.intake import IntakeError, receive, receive_seal
from pollbench.protocol.ledger import LEDGER, LedgerError, read_ledger
from pollbench.protocol.registry import registry_table
from pollbench.protocol.seals import seal_of
from pollbench.protocol.verification import verify

SECOND = "fr-pres-2027-r2"
IN_TIME = "2027-04-30T18:00:00+02:00"


def test_a_reading_is_recorded_with_its_page_its_moment_and_its_reader(tmp_path, rules):
    file = read_figures(tmp_path / "x.csv", rules)
    receipt = collected(tmp_path, rules, file)
    assert (receipt.kind, receipt.forecaster, receipt.contest_id, receipt.rung) == (
        "collected",
        "polymarket",
        SECOND,
        1,
    )
    assert (receipt.source, receipt.collector, receipt.received_at) == (SOURCE, "A Keeper", IN_TIME)
    assert receipt.page_digest == hashlib.sha256(b"page").hexdigest()
    assert verify(tmp_path / "ledger", rules) == []
    row = registry_table(read_ledger(tmp_path / "ledger")).iloc[0]
    assert (row.committed, row.collected) == (0, 1)
    table = collection_table(rules, read_ledger(tmp_path / "ledger"))
    assert table[table.receipt == "1"][["forecaster_id", "contest_id", "rung"]].values.tolist() == [
        ["polymarket", SECOND, 1]
    ]
    # Six forecasters, five deadlines of the first round and three of the second.
    assert len(table) == 6 * (5 + 3)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"source": "https://example.org/prices"}, "is no page on which polymarket is read"),
        ({"source": "http://polymarket.com/event"}, "is no page"),
        ({"source": ""}, "is no page"),
        ({"source": SOURCE + " and more"}, "is no page"),
        ({"collector": ""}, "names no collector"),
        ({"collector": "two\nlines"}, "names no collector"),
        ({"seen_at": "2027-04-29T18:00:00+02:00"}, "in the 24 hours before a deadline"),
        ({"seen_at": "2027-05-01T00:00:01+02:00"}, "Too late"),
        ({"seen_at": "2027-04-30"}, "no moment"),
        ({"content": ""}, "is no copy of a page"),
    ],
)
def test_a_reading_that_breaks_a_rule_gets_one_message_and_nothing_is_recorded(
    tmp_path, rules, changes, word
):
    # Made early enough for every moment of reading above.
    file = read_figures(tmp_path / "x.csv", rules, made_at="2027-04-16T12:00:00+02:00")
    with pytest.raises(PollbenchError, match=word) as caught:
        collected(tmp_path, rules, file, **changes)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "ledger" / LEDGER).exists()


def test_only_forecasters_named_in_advance_are_collected_without_a_licence(tmp_path, rules):
    with pytest.raises(UnknownName, match="named in advance"):
        collected(tmp_path, rules, read_figures(tmp_path / "x.csv", rules, forecaster="qotmii"))
    with pytest.raises(DataError, match="quotation"):
        collected(tmp_path, rules, read_figures(tmp_path / "x.csv", rules, licence="CC0-1.0"))
    with pytest.raises(DataError, match="is no licence"):
        receive(
            tmp_path / "ledger",
            rules,
            sample(tmp_path / "y.csv", rules, "market", licence=""),
            IN_TIME,
            CANDIDATES,
        )


def test_a_copy_of_a_page_that_cannot_be_read_is_named(tmp_path, rules):
    with pytest.raises(DataError, match=r"none\.html.* cannot be read .*Name the copy of the page\."):
        collect(
            tmp_path / "ledger", rules, read_figures(tmp_path / "x.csv", rules), tmp_path / "none.html",
            candidates=CANDIDATES, source=SOURCE, collector="A Keeper", seen_at=IN_TIME,
        )  # fmt: skip


def test_a_deadline_has_one_copy_of_the_page(tmp_path, rules):
    collected(tmp_path, rules, read_figures(tmp_path / "a.csv", rules))
    cells = [{**row, "forecaster": "polymarket", "licence": ""} for row in rows(rules, "market")]
    cells[0]["value"] = "47"
    other = written(tmp_path / "b.csv", cells)
    with pytest.raises(IntakeError, match="one copy of the page"):
        collected(tmp_path, rules, other, content="an hour later")
    corrected = collected(tmp_path, rules, other)
    assert corrected.concerns == "1"
    assert verify(tmp_path / "ledger", rules) == []
    # The same figures may stand on the page at the next deadline.
    ledger = tmp_path / "other"
    ledger.mkdir()
    file = read_figures(tmp_path / "c.csv", rules)
    for at in ("2027-04-24T18:00:00+02:00", "2027-04-28T18:00:00+02:00"):
        collected(ledger, rules, file, seen_at=at)
    assert [receipt.rung for receipt in read_ledger(ledger / "ledger")] == [7, 3]
    assert verify(ledger / "ledger", rules) == []


def test_nothing_is_collected_beside_what_was_handed_in_and_handing_in_replaces_a_reading(tmp_path, rules):
    own = sample(tmp_path / "own.csv", rules, "market", forecaster="polymarket")
    file = read_figures(tmp_path / "read.csv", rules)
    collected(tmp_path, rules, file)
    assert receive(tmp_path / "ledger", rules, own, IN_TIME, CANDIDATES).concerns == "1"
    with pytest.raises(IntakeError, match="handed in for this deadline itself"):
        collected(tmp_path, rules, read_figures(tmp_path / "again.csv", rules, inputs_polls="yes"))
    seal = seal_of(own.read_bytes(), SALT)
    receive_seal(tmp_path / "ledger", rules, seal, "polymarket", SECOND, IN_TIME)
    table = collection_table(rules, read_ledger(tmp_path / "ledger"))
    assert table[table.handed_in].receipt.tolist() == ["3"]
    assert verify(tmp_path / "ledger", rules) == []


@pytest.mark.parametrize("ending", ["000001.csv", "000003.csv", "000003.salt", "000004.csv"])
def test_every_changed_or_lost_byte_of_a_file_is_caught(tmp_path, rules, ending):
    ledger = full_ledger(tmp_path, rules)
    assert verify(ledger, rules) == []
    path = ledger / "files" / ending
    whole = path.read_bytes()
    step = max(len(whole) // 40, 1)
    for index in range(0, len(whole), step):
        path.write_bytes(whole[:index] + bytes([whole[index] ^ 1]) + whole[index + 1 :])
        assert verify(ledger, rules), index
        path.write_bytes(whole[:index] + whole[index + 1 :])
        assert verify(ledger, rules), index
    path.unlink()
    assert any("is missing" in offence for offence in verify(ledger, rules))


def test_every_changed_byte_of_the_ledger_is_caught(tmp_path, rules):
    ledger = full_ledger(tmp_path, rules)
    head = read_ledger(ledger)[-1].own_digest
    path = ledger / LEDGER
    whole = path.read_bytes()
    for index in range(0, len(whole), 7):
        for changed in (bytes([whole[index] ^ 1]), b"", b'"' + whole[index : index + 1]):
            path.write_bytes(whole[:index] + changed + whole[index + 1 :])
            try:
                offences = verify(ledger, rules, head)
            except LedgerError as error:
                offences = [str(error)]
            assert offences, (index, changed)


def test_a_reading_is_collected_from_the_command_line(tmp_path, rules):
    file = read_figures(tmp_path / "read.csv", rules)
    page = tmp_path / "page.html"
    page.write_text("48 and 31", encoding="utf-8")
    ledger = ["--ledger", str(tmp_path / "ledger")]
    stated = ["--at", IN_TIME, "--source", SOURCE, "--collector", "A Keeper", "--page", str(page)]

    def run(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["protocol", *arguments])
        assert result.exit_code == code, result.output
        return result.output

    assert f"read on {SOURCE} by A Keeper" in run("collect", str(file), *stated, *ledger)
    assert "readings: 1 of 48 deadlines" in run("show", *ledger)
    assert "all fits" in run("verify", *ledger)
    run("collect", str(file), "--at", IN_TIME, *ledger, code=2)
