"""The options of a policy stand in one place: verbs that take one offer all of them, and each reaches the policy."""

from __future__ import annotations

import inspect
from dataclasses import fields

import pytest

from pollbench.cli._options import POLICY_OPTIONS, make_policy
from pollbench.cli.chart import chart_
from pollbench.cli.leaderboard import leaderboard_
from pollbench.cli.score import score_
from pollbench.errors import PolicyError
from pollbench.selection.policy import Policy


@pytest.mark.parametrize("verb", [score_, leaderboard_, chart_])
def test_a_verb_that_takes_a_policy_offers_every_option(verb):
    assert set(POLICY_OPTIONS) <= set(inspect.signature(verb).parameters)


def test_every_field_of_a_policy_has_its_option():
    assert set(POLICY_OPTIONS) == {field.name for field in fields(Policy)}


def test_options_at_their_default_make_the_policy_of_a_run():
    assert make_policy() == Policy(missing="drop")


@pytest.mark.parametrize(
    ("options", "field", "value"),
    [
        ({"within_days": -1}, "within_days", None),
        ({"candidates": "macron, le-pen"}, "candidates", ("macron", "le-pen")),
        ({"below": "zero"}, "below", "zero"),
        ({"statuses": "index"}, "statuses", ("index",)),
    ],
)
def test_an_option_reaches_the_policy(options, field, value):
    assert getattr(make_policy(**options), field) == value


def test_an_age_that_means_nothing_is_refused():
    with pytest.raises(PolicyError, match="--within-days is -2"):
        make_policy(within_days=-2)
