"""What is handed in: received with its rung, or refused in one message, and a seal opened after the vote alone."""

from __future__ import annotations

import pytest

from handed_in import AFTER, CANDIDATES, IN_TIME, SALT, rows, sample, sealed_ledger, written
from pollbench.errors import DataError, PollbenchError, UnknownName
from pollbench.protocol.intake import IntakeError, receive, receive_seal, reveal
from pollbench.protocol.ledger import LEDGER, locked, read_ledger
from pollbench.protocol.registry import registry_table
from pollbench.protocol.rules import Protocol, load_protocol
from pollbench.protocol.seals import SealError, seal_of
from pollbench.protocol.submission import COLUMNS, read_submission
from pollbench.protocol.template import EXAMPLES, json_schema
from pollbench.protocol.verification import verify


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_worked_example_is_received(tmp_path, rules, kind):
    file = sample(tmp_path / "x.csv", rules, kind)
    receipt = receive(tmp_path / "ledger", rules, file, IN_TIME, CANDIDATES)
    assert (receipt.number, receipt.kind, receipt.rung) == (1, "open", 1 if "r1" in receipt.contest_id else 7)
    assert receipt.before == rules.protocol_id
    assert verify(tmp_path / "ledger", rules) == []


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


def test_a_seal_is_opened_by_the_forecaster_and_for_the_contest_that_it_names(tmp_path, rules):
    ledger = tmp_path / "ledger"
    file = sample(tmp_path / "sealed.csv", rules, "model")
    receive_seal(ledger, rules, seal_of(file.read_bytes(), SALT), "another", "fr-pres-2027-r1", IN_TIME)
    with pytest.raises(
        IntakeError, match="names the forecaster 'example-model'; receipt 1 sealed it for 'another'"
    ):
        reveal(ledger, rules, file, SALT, AFTER, CANDIDATES)
    with pytest.raises(DataError, match=r"none\.csv.* cannot be read \(No such file"):
        reveal(ledger, rules, tmp_path / "none.csv", SALT, AFTER, CANDIDATES)
    assert len(read_ledger(ledger)) == 1


def test_a_candidate_of_no_close_name_is_answered_with_where_the_ids_are(tmp_path, rules):
    cells = rows(rules)
    cells[0]["candidate"] = "zzz"
    with pytest.raises(DataError, match="Use the ids that 'pollbench protocol candidates' prints"):
        read_submission(written(tmp_path / "x.csv", cells), rules, CANDIDATES)


def test_a_seal_that_is_no_digest_is_refused(tmp_path, rules):
    for seal in ("", "x" * 64, "A" * 64, "0" * 63):
        with pytest.raises(SealError, match="is no seal"):
            receive_seal(tmp_path / "ledger", rules, seal, "a", "fr-pres-2027-r1", IN_TIME)
    with pytest.raises(IntakeError, match="no id of a forecaster"):
        receive_seal(tmp_path / "ledger", rules, "0" * 64, "A b", "fr-pres-2027-r1", IN_TIME)
    with pytest.raises(UnknownName, match="contest of this protocol"):
        receive_seal(tmp_path / "ledger", rules, "0" * 64, "a", "fr-pres-2027", IN_TIME)


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
