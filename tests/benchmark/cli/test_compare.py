"""``pollbench compare``: what happened in each vote that both forecast, and what it proves."""

from __future__ import annotations

import io
import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from pollbench.cli import app
from pollbench.errors import PolicyError, UnknownName


def said(*words: str) -> str:
    answer = CliRunner().invoke(app, ["compare", *words], catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output


def test_two_houses_over_all_elections_with_the_sentence_and_what_it_rests_on():
    text = said("ipsos", "ifop", "--by", "house")
    assert "fr-pres-2017-r1" in text
    assert "ipsos was closer than ifop in" in text
    assert "sign flip over contests p = " in text
    assert "on the main candidates, points" in text


def test_polls_and_buzz_share_too_few_votes_to_prove_anything():
    text = said("poll", "buzz", "--by", "family")
    assert "proves nothing about skill" in text


def test_csv_and_json_hold_one_row_a_vote_and_no_sentence():
    table = pd.read_csv(io.StringIO(said("ipsos", "filteris", "fr-pres-2017", "--format", "csv")))
    assert list(table.columns) == ["contest_id", "first", "second", "difference"]
    row = table.set_index("contest_id").loc["fr-pres-2017-r1"]
    assert (round(row["first"], 2), round(row.second, 2)) == (0.57, 2.15)
    assert row.difference == pytest.approx(row["first"] - row.second)
    [record] = json.loads(said("ipsos", "filteris", "fr-pres-2017", "--format", "json"))
    assert record["contest_id"] == "fr-pres-2017-r1"


def test_unknown_names_get_close_ones_and_one_name_twice_is_refused():
    with pytest.raises(UnknownName, match="Did you mean 'ipsos'"):
        said("ipsoss", "ifop", "fr-pres-2017")
    with pytest.raises(PolicyError, match="name two that differ"):
        said("ifop", "ifop", "fr-pres-2017")
