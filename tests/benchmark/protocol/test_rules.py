"""The rules of the vote to come: read, broken, frozen and held to their proofs, and followed from the command line."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from handed_in import AFTER, CANDIDATES, IN_TIME, SALT, sample
from pollbench.cli import app
from pollbench.data.store import load
from pollbench.errors import DataError, UnknownName
from pollbench.protocol.intake import receive
from pollbench.protocol.ledger import LEDGER
from pollbench.protocol.named import may_be_named
from pollbench.protocol.proofs import (
    FROZEN,
    STAMP,
    TOKEN,
    FreezeError,
    freeze,
    frozen_record,
    proof_offences,
)
from pollbench.protocol.rules import load_protocol
from pollbench.protocol.verification import verify
from tests_support import program


def test_the_rung_is_the_next_deadline_after_the_receipt(rules):
    contest = rules.contest("fr-pres-2027-r1")
    assert contest.deadline(1).isoformat() == "2027-04-17T00:00:00+02:00"
    # Clocks go forward on the last Sunday of March: the first deadline is a midnight in winter time.
    assert contest.deadline(30).isoformat() == "2027-03-19T00:00:00+01:00"
    at = [contest.deadline(rung) for rung in contest.rungs]
    assert [contest.rung_at(moment) for moment in at] == [30, 14, 7, 3, 1]
    assert contest.rung_at(contest.closes) is None


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
        (b'select = "last"', b'select = "best"', "p.toml.* holds a value of the wrong kind .*select"),
        (b"day = 2027-04-18", b'day = "2027-04-18"', "is no day"),
        (b"day = 2027-04-18", b"day = 2027-04-18T20:00:00", "is no day"),
        (b"https://polymarket.com", b"http://polymarket.com", "is no address that begins with https://"),
        (b'family = "market"', b'family = "bank"', "is no family of this protocol"),
        (b"[title]\n", b'[title]\nde = "Wahl"\n', "in other languages than its rules"),
        (b"[candidates]\n", b"[candidates]\nfew = 1\n", "is no key of \\[candidates\\]"),
        (b'version = "draft"', b'version = "\xff"', "is no protocol in TOML"),
    ],
)
def test_a_broken_protocol_file_gets_one_message(tmp_path, rules, old, new, word):
    assert old in rules.content
    (tmp_path / "p.toml").write_bytes(rules.content.replace(old, new))
    with pytest.raises(DataError, match=word):
        load_protocol(str(tmp_path / "p.toml"))


def test_a_protocol_that_cannot_be_opened_says_why(tmp_path):
    with pytest.raises(DataError, match=r"none\.toml.* cannot be read \(No such file or directory\)"):
        load_protocol(str(tmp_path / "none.toml"))


def test_a_contest_that_the_protocol_lacks_is_answered_with_close_names(rules):
    with pytest.raises(UnknownName, match=r"contest of this protocol 'fr-pres-2027-r3'.*fr-pres-2027-r2"):
        rules.contest("fr-pres-2027-r3")


@pytest.mark.parametrize("content", ["{", "[]", '{"protocol_id": "0"}'])
def test_a_record_of_a_frozen_protocol_that_is_none_is_named(tmp_path, content):
    (tmp_path / FROZEN).write_text(content, encoding="utf-8")
    with pytest.raises(FreezeError, match=r"frozen\.json is no record of a frozen protocol .* Restore it"):
        frozen_record(tmp_path)


def test_a_record_without_a_day_and_a_proof_without_a_record_do_not_fit(tmp_path, rules):
    (tmp_path / STAMP).write_bytes(b"proof")
    assert list(proof_offences(tmp_path, rules)) == [
        "protocol.ots stamps a protocol that frozen.json does not record: the record is missing."
    ]
    (tmp_path / STAMP).unlink()
    record = {"protocol_id": rules.protocol_id, "frozen_on": "soon"}
    (tmp_path / FROZEN).write_text(json.dumps(record), encoding="utf-8")
    assert list(proof_offences(tmp_path, rules)) == [
        f"frozen.json: 'soon' is no day before the protocol opens ({rules.opens.date()})."
    ]


def test_an_unknown_protocol_has_close_names():
    with pytest.raises(UnknownName, match="fr-pres-2027"):
        load_protocol("fr-pres-2072")


def test_whom_a_submission_may_name_does_not_depend_on_the_scenario_that_stands(tmp_path):
    ids = {}
    for scenarios in ((), ("reference",)):
        with load("fr-pres-2027", "fr-pres-2017", scenarios=scenarios) as bench:
            ids[scenarios] = may_be_named(bench, "fr-pres-2027")
            # Once there is a ballot, it decides.
            assert set(may_be_named(bench, "fr-pres-2017")) == set(
                bench.frame(
                    "SELECT candidate_id FROM candidate WHERE contest_id = 'fr-pres-2017-r1'"
                ).candidate_id
            )
    assert ids[()] == ids["reference",]
    assert {"bardella", "le-pen", "attal"} <= set(ids[()])
    # Each of them can be handed in, as the command prints them.
    listed = CliRunner().invoke(app, ["protocol", "candidates"]).output
    assert "bardella  Jordan Bardella" in listed
    template = CliRunner().invoke(app, ["protocol", "template", "--kind", "polling-house"]).output
    file = tmp_path / "mine.csv"
    file.write_text(template.replace(",le-pen,", ",bardella,"), encoding="utf-8")
    arguments = ["protocol", "receive", str(file), "--at", IN_TIME, "--ledger", str(tmp_path / "ledger")]
    assert CliRunner().invoke(app, arguments).exit_code == 0


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


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("template", "--kind", "oracle"), 2, "no kind of example 'oracle'"),
        (("seal", "none.csv", "--salt", SALT), 1, "none.csv: cannot be read"),
        (("seal",), 2, "pollbench protocol seal FILE"),
        (("receive", "--at", IN_TIME), 2, "pollbench protocol receive FILE"),
        (("collect", "mine.csv"), 2, "pollbench protocol collect FILE --page FILE"),
        (("reveal", "--salt", SALT), 2, "pollbench protocol reveal FILE"),
        (("show", "-p", "none.toml"), 1, "none.toml: cannot be read"),
    ],
)
def test_misuse_is_said_and_nothing_is_recorded(tmp_path, words, code, said):
    answer = program("protocol", *words, "--ledger", str(tmp_path / "ledger"), cwd=tmp_path)
    assert (answer.returncode, answer.stdout) == (code, "")
    assert said in " ".join(answer.stderr.split())
    assert list(tmp_path.iterdir()) == []


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
