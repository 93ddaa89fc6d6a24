"""``pollbench attack`` as a stranger reads it."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from pollbench.cli import app
from pollbench.errors import PolicyError, UnknownName
from pollbench.manipulation.study.narrative import NEVER, number, plain, spanned

run = CliRunner()


def attack(*arguments):
    result = run.invoke(app, ["attack", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def test_how_many_fake_users_in_three_sentences_with_the_assumptions_under_them():
    said = attack("--forecaster", "gov", "--target", "fillon")
    sentences, notes = said.split("Threat model", 1)
    assert len(sentences.strip().splitlines()) == 3
    assert "160 (110 to 240) people" in sentences
    assert "gov.votes_per_question_day" in notes
    assert "blog:conscience-sociale-2017" in notes
    assert "shown, not used: gov.votes_per_question" in notes
    assert NEVER in notes


def test_the_middle_of_a_declared_range_is_not_called_a_fact():
    said = attack("--forecaster", "bva", "--target", "fillon")
    lines = [line for line in said.splitlines() if re.match(r"  \w+\.\w+ = ", line)]
    ranged = [line for line in lines if " to " in line.split(";")[0]]
    assert any("panel_quota.panel_size" in line for line in ranged)
    assert not any("; fact;" in line for line in ranged)
    assert any("panel_size = 547,700 (100,000 to 3,000,000) persons; assumption;" in line for line in lines)


def test_an_assumption_given_changes_the_answer():
    said = attack("--forecaster", "gov", "--target", "fillon", "--assume", "gov.votes_per_question=6000")
    assert "150 people" in said
    assert "given by the user" in said


def test_a_forecaster_that_cannot_be_attacked_gets_its_reason():
    said = attack("--forecaster", "galam", "--target", "fillon")
    assert "no single mechanism" in said
    assert "unknown, which is not robust" in said


def test_all_forecasters_have_a_row_or_a_reason(bench):
    said = attack()
    published = bench.frame(
        "SELECT forecaster_id FROM forecaster WHERE family <> 'baseline' AND forecaster_id IN "
        "(SELECT forecaster_id FROM forecast UNION SELECT forecaster_id FROM claim)"
    )
    for name in published.forecaster_id:
        assert name in said, name


def test_no_sentence_compares_forecasters_by_per_cent_of_base():
    said = attack("--contest", "fr-pres-2017-r1")
    assert "% of" not in said
    header = said.splitlines()[0]
    assert "mass_pct" not in header


def test_nothing_says_that_anybody_did_it():
    for said in (attack("--target", "fillon"), attack()):
        assert not re.search(r"\b(was|were|been) (manipulated|stuffed|rigged)\b", said)
        assert NEVER in said


def test_a_budget_prints_the_shifts_and_json_is_json():
    said = attack(
        "--forecaster", "ipsos", "--target", "fillon", "--budget", "1000", "--contest", "fr-pres-2017-r1"
    )
    assert "shift_pp" in said
    rows = json.loads(
        attack(
            "--forecaster",
            "ipsos",
            "--target",
            "fillon",
            "--budget",
            "5",
            "--axis",
            "mass_pct",
            "--format",
            "json",
        )
    )
    assert {row["budget"] for row in rows} == {0, 5}


def test_misuse_gets_one_message():
    with pytest.raises(UnknownName, match="gov"):
        attack("--forecaster", "gof")
    with pytest.raises(PolicyError, match="budget"):
        attack("--defence", "account_age")
    with pytest.raises(PolicyError, match=r"subject\.parameter=value"):
        attack("--assume", "gov")


def test_assumptions_are_listed_with_their_sources():
    said = attack("--assumptions", "--format", "csv")
    assert said.count("\n") > 80
    assert "press:konbini-2021" in said


def test_numbers_for_sentences():
    assert number(float("inf")) == "no number of"
    assert number(0.04) == "0.04"
    assert number(12_345) == "12,000"
    assert spanned(1.0, 1.0, 1.0) == "1.0"
    assert plain(0.8) == "0.8"
