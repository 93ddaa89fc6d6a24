"""The sealed protocol: what is received, what is refused in one message, and every planted change is caught."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from handed_in import AFTER, CANDIDATES, IN_TIME, SALT, full_ledger, rows, sample, sealed_ledger, written
from pollbench.cli import app
from pollbench.errors import DataError, PollbenchError, UnknownName
from pollbench.protocol.intake import IntakeError, receive, receive_seal, reveal
from pollbench.protocol.ledger import LEDGER, LedgerError, locked, read_ledger
from pollbench.protocol.proofs import FROZEN, STAMP, TOKEN, FreezeError, freeze
from pollbench.protocol.registry import live_receipts, registry_table, with_unrevealed
from pollbench.protocol.rules import Protocol, load_protocol
from pollbench.protocol.seals import SealError
from pollbench.protocol.submission import COLUMNS, read_submission
from pollbench.protocol.template import EXAMPLES, json_schema
from pollbench.protocol.verification import verify


@pytest.fixture(scope="module")
def rules() -> Protocol:
    return load_protocol("fr-pres-2027")


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_worked_example_is_received(tmp_path, rules, kind):
    file = sample(tmp_path / "x.csv", rules, kind)
    receipt = receive(tmp_path / "ledger", rules, file, IN_TIME, CANDIDATES)
    assert (receipt.number, receipt.kind, receipt.rung) == (1, "open", 1 if "r1" in receipt.contest_id else 7)
    assert receipt.before == rules.protocol_id
    assert verify(tmp_path / "ledger", rules) == []


def test_the_rung_is_the_next_deadline_after_the_receipt(rules):
    contest = rules.contest("fr-pres-2027-r1")
    assert contest.deadline(1).isoformat() == "2027-04-17T00:00:00+02:00"
    # Clocks go forward on the last Sunday of March: the first deadline is a midnight in winter time.
    assert contest.deadline(30).isoformat() == "2027-03-19T00:00:00+01:00"
    at = [contest.deadline(rung) for rung in contest.rungs]
    assert [contest.rung_at(moment) for moment in at] == [30, 14, 7, 3, 1]
    assert contest.rung_at(contest.closes) is None


def spoiled(rules: Protocol) -> dict[str, tuple[list[dict[str, str]], str, int]]:
    """What a forecaster may get wrong: the rows, a word of the message, the line that it names."""
    shares, model = rows(rules), rows(rules, "model")
    return {
        "shares over 100": ([{**shares[0], "value": "90"}, *shares[1:]], "total of the shares", 4),
        "a share over 100": ([{**shares[0], "value": "133"}], "over 100 per cent", 2),
        "a fraction of one": ([{**shares[0], "value": "1e1"}], "no number of per cent", 2),
        "a decimal comma": ([{**shares[0], "value": "33,5"}], "no number of per cent", 2),
        "a negative share": ([{**shares[0], "value": "-1"}], "no number of per cent", 2),
        "crossing quantiles": (
            [model[0], {**model[1], "value": "28"}, *model[2:]],
            "the quantiles of le-pen cross",
            3,
        ),
        "an unknown level": ([{**model[0], "level": "0.33"}], "no level of this protocol", 2),
        "a level beside a share": ([{**shares[0], "level": "0.5"}], "which has no level", 2),
        "an unknown candidate": ([{**shares[0], "candidate": "lepen"}], "Did you mean le-pen", 2),
        "an unknown contest": (
            [{**shares[0], "contest": "fr-pres-2022-r1"}],
            "no contest of this protocol",
            2,
        ),
        "a type that does not fit": ([{**shares[0], "output_type": "probability"}], "does not say a", 2),
        "an unknown target": ([{**shares[0], "target": "turnout"}], "is no target", 2),
        "the same figure twice": ([shares[0], shares[0]], "the same figure as line 2", 3),
        "two forecasters": ([shares[0], {**shares[1], "forecaster": "other"}], "one for the whole file", 3),
        "no moment": ([{**shares[0], "made_at": "2027-04-16"}], "no moment", 2),
        "an unknown licence": ([{**shares[0], "licence": "mine"}], "no licence", 2),
        "an unknown claim": ([{**shares[0], "claim": "guess"}], "is none of forecast, index", 2),
        "a path as forecaster": ([{**shares[0], "forecaster": "../x"}], "no id of a forecaster", 2),
    }


@pytest.mark.parametrize("fault", spoiled(load_protocol("fr-pres-2027")))
def test_a_spoiled_submission_gets_one_message_and_nothing_is_recorded(tmp_path, rules, fault):
    cells, word, line = spoiled(rules)[fault]
    with pytest.raises(DataError, match=word) as caught:
        receive(tmp_path / "ledger", rules, written(tmp_path / "x.csv", cells), IN_TIME, CANDIDATES)
    assert caught.value.line == line
    assert not (tmp_path / "ledger").exists()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"forecaster,contest\n", "lacks target"),
        (",".join(COLUMNS).encode() + b"\n", "no figure"),
        (",".join(COLUMNS).encode() + b"\na,b", "cut off"),
    ],
)
def test_a_file_that_is_no_submission_gets_one_message(tmp_path, rules, content, word):
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(DataError, match=word):
        read_submission(tmp_path / "x.csv", rules, CANDIDATES)


def test_a_missing_file_gets_one_message(tmp_path, rules):
    with pytest.raises(DataError, match="cannot be read"):
        read_submission(tmp_path / "none.csv", rules, CANDIDATES)


@pytest.mark.parametrize(
    ("at", "word"),
    [
        ("2027-04-17T00:00:01+02:00", "Too late"),
        ("2026-12-01T00:00:00+01:00", "the protocol opens"),
        ("2027-04-16", "no moment"),
        ("", "no moment"),
    ],
)
def test_the_window_is_kept(tmp_path, rules, at, word):
    with pytest.raises((IntakeError, DataError), match=word):
        receive(
            tmp_path / "ledger",
            rules,
            sample(tmp_path / "x.csv", rules, made_at="2026-11-30T12:00:00+01:00"),
            at,
            CANDIDATES,
        )
    assert not (tmp_path / "ledger" / LEDGER).exists()


def test_what_is_made_after_its_receipt_is_refused(tmp_path, rules):
    with pytest.raises(DataError, match="is after the receipt"):
        receive(
            tmp_path / "ledger",
            rules,
            sample(tmp_path / "x.csv", rules),
            "2027-04-16T11:00:00+02:00",
            CANDIDATES,
        )


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


def test_the_same_file_twice_and_a_receipt_before_the_last_are_refused(tmp_path, rules):
    ledger = tmp_path / "ledger"
    file = sample(tmp_path / "a.csv", rules)
    receive(ledger, rules, file, IN_TIME, CANDIDATES)
    with pytest.raises(IntakeError, match="is receipt 1"):
        receive(ledger, rules, file, IN_TIME, CANDIDATES)
    other = sample(tmp_path / "b.csv", rules, forecaster="other")
    with pytest.raises(IntakeError, match="in the order of their receipt"):
        receive(ledger, rules, other, "2027-04-16T17:00:00+02:00", CANDIDATES)
    assert len(read_ledger(ledger)) == 1


def test_a_seal_is_opened_after_the_polls_close_and_not_before(tmp_path, rules):
    ledger, file = sealed_ledger(tmp_path, rules)
    assert registry_table(read_ledger(ledger)).set_index("forecaster_id").unrevealed["example-model"] == 1
    with pytest.raises(IntakeError, match="nothing sealed is opened before"):
        reveal(ledger, rules, file, SALT, "2027-04-18T19:59:00+02:00", CANDIDATES)
    receipt = reveal(ledger, rules, file, SALT, AFTER, CANDIDATES)
    assert (receipt.kind, receipt.concerns, receipt.rung) == ("reveal", "2", 1)
    row = registry_table(read_ledger(ledger)).set_index("forecaster_id").loc["example-model"]
    assert (row.committed, row.revealed, row.unrevealed) == (1, 1, 0)
    assert verify(ledger, rules) == []
    with pytest.raises(IntakeError, match="was opened before"):
        reveal(ledger, rules, file, SALT, AFTER, CANDIDATES)


def test_another_file_another_salt_and_no_salt_open_nothing(tmp_path, rules):
    ledger, file = sealed_ledger(tmp_path, rules)
    changed = tmp_path / "changed.csv"
    changed.write_bytes(file.read_bytes().replace(b"33.4", b"33.5"))
    for name, salt in ((changed, SALT), (file, SALT + "x")):
        with pytest.raises(IntakeError, match="no seal in the ledger fits"):
            reveal(ledger, rules, name, salt, AFTER, CANDIDATES)
    for salt in ("", "short", "many characters\n but two lines"):
        with pytest.raises(SealError, match="The salt has"):
            reveal(ledger, rules, file, salt, AFTER, CANDIDATES)
    assert len(read_ledger(ledger)) == 2


def test_a_seal_that_is_no_digest_is_refused(tmp_path, rules):
    for seal in ("", "x" * 64, "A" * 64, "0" * 63):
        with pytest.raises(SealError, match="is no seal"):
            receive_seal(tmp_path / "ledger", rules, seal, "a", "fr-pres-2027-r1", IN_TIME)
    with pytest.raises(IntakeError, match="no id of a forecaster"):
        receive_seal(tmp_path / "ledger", rules, "0" * 64, "A b", "fr-pres-2027-r1", IN_TIME)
    with pytest.raises(UnknownName, match="contest of this protocol"):
        receive_seal(tmp_path / "ledger", rules, "0" * 64, "a", "fr-pres-2027", IN_TIME)


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


def test_a_frozen_protocol_is_held_to_its_id_and_its_proofs(tmp_path, rules):
    freeze(tmp_path, rules, "2027-01-15")
    assert json.loads((tmp_path / FROZEN).read_text())["protocol_id"] == rules.protocol_id
    with pytest.raises(FreezeError, match="was frozen on 2027-01-15"):
        freeze(tmp_path, rules, "2027-01-16")
    assert verify(tmp_path, rules) == []
    digest = bytes.fromhex(rules.protocol_id)
    stamp = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08" + digest + b"rest"
    token = (
        b"\x30\x82" + bytes.fromhex("0609608648016503040201") + b"\x05\x00\x04\x20" + digest + b"signature"
    )
    (tmp_path / STAMP).write_bytes(stamp)
    (tmp_path / TOKEN).write_bytes(token)
    assert verify(tmp_path, rules) == []
    (tmp_path / STAMP).write_bytes(stamp.replace(digest, digest[::-1]))
    (tmp_path / TOKEN).write_bytes(token.replace(digest, digest[::-1]))
    assert [offence.split()[0] for offence in verify(tmp_path, rules)] == [TOKEN, STAMP]
    (tmp_path / FROZEN).write_text('{"protocol_id": "0", "frozen_on": "2027-01-15"}')
    assert "is not the file that was frozen" in verify(tmp_path, rules)[0]


@pytest.mark.parametrize(("day", "word"), [("soon", "is no day"), ("2027-02-01", "is frozen before")])
def test_freezing_on_no_day_or_too_late_is_refused(tmp_path, rules, day, word):
    with pytest.raises(FreezeError, match=word):
        freeze(tmp_path, rules, day)
    assert not (tmp_path / FROZEN).exists()


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


def test_a_ledger_in_use_is_not_written(tmp_path, rules):
    with locked(tmp_path), pytest.raises(PollbenchError, match="in use"):
        receive(tmp_path, rules, sample(tmp_path / "x.csv", rules), IN_TIME, CANDIDATES)


def test_the_json_schema_states_the_same_columns_and_words(rules):
    schema = json_schema(rules)
    assert tuple(schema["required"]) == COLUMNS == tuple(schema["properties"])
    for kind in EXAMPLES:
        for row in rows(rules, kind):
            for column, rule in schema["properties"].items():
                assert row[column] in rule.get("enum", [row[column]])


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (b'version = "draft"\n', b"", "lacks version"),
        (b'version = "draft"', b'version = "draft"\nsurprise = 1', "is no key"),
        (b"rungs = [7, 3, 1]", b"rungs = [1, 3, 7]", "the largest first"),
        (b"T20:00:00+02:00", b"T20:00:00", "offset from UTC"),
        (b"T20:00:00+02:00", b"T20:00:00+01:00", "offset from UTC of Europe/Paris on that day"),
        (b"Europe/Paris", b"Europe/Lutetia", "is no time zone"),
        (b"Europe/Paris", b"../Paris", "is no time zone"),
        (b"below = ", b"belov = ", "wrong kind"),
        (b"[title]", b"[title", "is no protocol in TOML"),
        (b"\nties = ", b"\nknots = ", "missing or unknown among the rules"),
    ],
)
def test_a_broken_protocol_file_gets_one_message(tmp_path, rules, old, new, word):
    assert old in rules.content
    (tmp_path / "p.toml").write_bytes(rules.content.replace(old, new))
    with pytest.raises(DataError, match=word):
        load_protocol(str(tmp_path / "p.toml"))


def test_an_unknown_protocol_has_close_names():
    with pytest.raises(UnknownName, match="fr-pres-2027"):
        load_protocol("fr-pres-2072")


def test_a_stranger_can_hand_in_from_the_command_line_alone(tmp_path):
    def run(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["protocol", *arguments])
        assert result.exit_code == code, result.output
        return result.output

    file = tmp_path / "mine.csv"
    file.write_text(run("template", "--kind", "polling-house"), encoding="utf-8")
    seal = run("seal", str(file), "--salt", SALT).strip()
    place = ["--ledger", str(tmp_path / "ledger")]
    names = ["--forecaster", "example-polls", "--contest", "fr-pres-2027-r1"]
    assert "Receipt 1 (sealed)" in run("receive", "--seal", seal, *names, "--at", IN_TIME, *place)
    assert "committed 1, sealed 1, revealed 0, collected 0" in run("show", *place)
    assert "opens receipt 1" in run("reveal", str(file), "--salt", SALT, "--at", AFTER, *place)
    assert "2 receipts" in run("verify", *place)
    path = tmp_path / "ledger" / LEDGER
    path.write_text(path.read_text().replace(",1,", ",3,", 1))
    assert "line 2" in run("verify", *place, code=1)
    assert json.loads(run("schema"))["type"] == "object"


def test_freezing_from_the_command_line_binds_every_byte_of_the_rules(tmp_path, rules):
    file = tmp_path / "fr-pres-2027.toml"
    file.write_bytes(rules.content)
    place = ["-p", str(file), "--ledger", str(tmp_path / "ledger")]

    def run(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["protocol", *arguments, *place])
        assert result.exit_code == code, result.output
        return result.output

    assert "not frozen yet" in run("show")
    printed = run("freeze", "--at", "2027-01-15")
    assert rules.protocol_id in printed
    # The commands for proofs from outside are printed, and none is run.
    assert "git tag -s" in printed
    assert "openssl ts" in printed
    assert "ots stamp" in printed
    assert "frozen on 2027-01-15" in run("show")
    assert "all fits" in run("verify")
    run("freeze", "--at", "2027-01-16", code=1)
    handed = sample(tmp_path / "x.csv", rules)
    receive(tmp_path / "ledger", rules, handed, IN_TIME, CANDIDATES)
    assert "all fits" in run("verify")
    for old, new in (
        (b"threshold_pct = 8", b"threshold_pct = 9"),
        (b"closes", b"closes "),
        (b"# Scored", b"# scored"),
    ):
        file.write_bytes(rules.content.replace(old, new, 1))
        assert "is not the file that was frozen" in run("verify", code=1)
    file.write_bytes(rules.content)
    record = tmp_path / "ledger" / FROZEN
    whole = record.read_text()
    record.write_text(whole.replace("2027-01-15", "2027-03-15"))
    assert "is no day before the protocol opens" in run("verify", code=1)
    record.write_text(whole)
    (tmp_path / "ledger" / STAMP).write_bytes(b"\x00OpenTimestamps")
    record.unlink()
    assert "the record is missing" in run("verify", code=1)
