"""What came true, decided from votes by one function."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest

from pollbench.errors import DomainError
from pollbench.scoring.events import _occurred
from pollbench.scoring.outcomes import RULES, first, outcome

# First round of 2017.
VOTES = {"macron": 8656346, "le-pen": 7678491, "fillon": 7212995, "melenchon": 7059951, "hamon": 2291288}


@pytest.mark.parametrize(
    ("type_", "candidates", "verdict"),
    [
        ("leader", "macron", "true"),
        ("leader", "fillon", "false"),
        ("winner", "macron", "true"),
        ("winner", "juppe", "false"),
        ("qualified_pair", "le-pen macron", "true"),
        ("qualified_pair", "fillon le-pen", "partly"),
        ("qualified_pair", "fillon melenchon", "false"),
        ("qualifies", "macron", "true"),
        ("qualifies", "fillon", "false"),
        ("qualifies", "fillon macron", "partly"),
        ("eliminated", "hamon", "true"),
        ("eliminated", "macron hamon", "partly"),
        ("eliminated", "macron", "false"),
        ("eliminated", "bayrou", "true"),
        ("order", "macron le-pen fillon melenchon", "true"),
        ("order", "macron fillon le-pen", "partly"),
        ("order", "le-pen fillon macron melenchon", "false"),
        ("order", "macron juppe", "true"),
    ],
)
def test_statement_is_judged_by_its_rule(type_, candidates, verdict):
    found = outcome(type_, candidates.split(), VOTES, advance=2)
    assert found.verdict == verdict
    assert found.occurred == float(verdict == "true")
    assert found.rule == RULES[type_]


def test_share_band_holds_both_ends():
    votes = {"a": 30, "b": 70}
    assert outcome("share_band", ["a"], votes, advance=1, low=30, high=35).verdict == "true"
    assert outcome("share_band", ["a"], votes, advance=1, low=20, high=30).verdict == "true"
    assert outcome("share_band", ["a"], votes, advance=1, low=30.01).verdict == "false"
    assert outcome("share_band", ["a"], votes, advance=1, high=40).verdict == "true"


def test_margin_is_measured_and_not_judged():
    found = outcome("margin", ["a", "b"], {"a": 60, "b": 40}, advance=1)
    assert found.measured == pytest.approx(20)
    assert found.occurred is None


def test_tie_at_the_cut_leaves_the_pair_undefined_but_not_the_leader():
    votes = {"a": 5, "b": 3, "c": 3, "d": 1}
    assert outcome("qualified_pair", ["a", "b"], votes, advance=2).verdict == "undefined"
    assert outcome("leader", ["a"], votes, advance=2).verdict == "true"
    assert first(votes, 2) is None
    assert outcome("order", ["b", "c"], votes, advance=2).verdict == "undefined"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: outcome("landslide", ["a"], VOTES, advance=2), "no rule"),
        (lambda: outcome("leader", ["a"], {}, advance=2), "Nobody has voted"),
        (lambda: outcome("order", ["macron"], VOTES, advance=2), "at least two candidates"),
        (lambda: outcome("leader", [], VOTES, advance=2), "at least one candidate"),
    ],
)
def test_what_cannot_be_judged_is_refused(call, words):
    with pytest.raises(DomainError, match=words):
        call()


def event(**cells):
    row = {
        "contest_id": "c", "question": "winner", "condition": "", "named": None, "candidates": "ann", "advance": 1,
        "band_low": None, "band_high": None,
    }  # fmt: skip
    return SimpleNamespace(**(row | cells))


@pytest.mark.parametrize(
    ("cells", "occurred"),
    [
        ({}, 1.0),
        ({"candidates": "bob"}, 0.0),
        ({"contest_id": "to come"}, None),
        ({"condition": "bob ann"}, 1.0),
        ({"condition": "ann cid"}, None),
        (
            {
                "question": "share_band",
                "named": "ann",
                "candidates": "ann 50-70",
                "band_low": 50,
                "band_high": 70,
            },
            1.0,
        ),
        (
            {
                "question": "share_band",
                "named": "ann",
                "contest_id": "no total",
                "band_low": 50,
                "band_high": 70,
            },
            None,
        ),
    ],
)
def test_an_event_of_a_vote_to_come_or_of_another_pair_has_no_outcome(cells, occurred):
    votes = {"c": {"ann": 60, "bob": 40}, "no total": {"ann": 60, "bob": 40}}
    judged = _occurred(event(**cells), votes, {"c": 100})
    assert judged == occurred or (occurred is None and math.isnan(judged))
