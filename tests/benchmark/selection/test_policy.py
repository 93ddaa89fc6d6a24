"""A policy says which forecasts count; its id is a hash of what it says."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from hashlib import sha256

import pytest

from pollbench.errors import ArgumentError, PolicyError
from pollbench.selection.policy import Policy


def test_default_policy_has_the_hash_of_an_empty_object():
    assert Policy().policy_id == sha256(b"{}").hexdigest()[:12]


def test_id_is_the_hash_of_the_changed_fields_in_canonical_json():
    policy = Policy(within_days=7, candidates="main4")
    canonical = json.dumps({"candidates": "main4", "within_days": 7}, sort_keys=True, separators=(",", ":"))
    assert policy.policy_id == sha256(canonical.encode()).hexdigest()[:12]


def test_the_id_of_a_name_with_accents_is_that_of_its_escaped_letters():
    policy = Policy(candidates=("mélenchon",))
    assert policy.policy_id == sha256(b'{"candidates":["m\\u00e9lenchon"]}').hexdigest()[:12]


@pytest.mark.parametrize(
    "change",
    [
        {"as_of": "2017-04-21"},
        {"within_days": None},
        {"select": "all"},
        {"lineup": "any"},
        {"candidates": ("macron", "le-pen")},
        {"quantities": ("approval",)},
        {"statuses": ("forecast",)},
        {"below": "zero"},
        {"missing": "drop"},
        {"waves": "rolling"},
        {"rescale": "to_100"},
        {"scenario": "with-fay"},
    ],
)
def test_every_field_changes_the_id(change):
    assert Policy(**change).policy_id != Policy().policy_id


def test_every_field_is_tried_above():
    marks = test_every_field_changes_the_id.pytestmark[0].args[1]
    assert {name for change in marks for name in change} == {each.name for each in fields(Policy)}


def test_lists_and_tuples_are_the_same_policy():
    assert Policy(candidates=["macron", "le-pen"]) == Policy(candidates=("macron", "le-pen"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("as_of", "21/04/2017"),
        ("as_of", "2017-02-30"),
        ("within_days", -3),
        ("select", "best"),
        ("lineup", "finale"),
        ("candidates", ()),
        ("quantities", ("votes",)),
        ("quantities", ()),
        ("statuses", ("rumour",)),
        ("below", "guess"),
        ("missing", "ignore"),
        ("missing", "impute:"),
        ("scenario", ""),
        ("select", None),
        ("as_of", "2017-4-21"),
    ],
)
def test_a_value_that_means_nothing_is_refused_by_name(field, value):
    with pytest.raises(PolicyError, match=field):
        Policy(**{field: value})


def test_the_rules_at_their_edges():
    assert Policy().within_days == 21
    assert Policy(within_days=0).within_days == 0
    assert Policy(as_of="2017-04-21").as_of == "2017-04-21"
    assert Policy(as_of=date(2017, 4, 21)) == Policy(as_of="2017-04-21")
    assert Policy(missing="impute:flat").changed() == {"missing": "impute:flat"}
    assert Policy(scenario="reference", below="bound").changed() == {
        "below": "bound",
        "scenario": "reference",
    }


def test_the_reading_keeps_how_a_figure_is_read_and_by_when():
    policy = Policy(as_of="2017-04-21", below="zero", rescale="to_100", select="all", within_days=7)
    assert policy.reading == Policy(as_of="2017-04-21", below="zero", rescale="to_100")
    assert Policy(rescale="main").reading == Policy()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "at most 21 days"),
        ({"within_days": None}, "of any age"),
        ({"as_of": "2017-04-21"}, "2017-04-21"),
        ({"statuses": ("forecast",)}, "forecast"),
        ({"candidates": ("macron", "le-pen")}, "macron, le-pen"),
        ({"missing": "impute:flat"}, "flat"),
        ({"scenario": "reference"}, "reference"),
    ],
)
def test_what_a_policy_changes_stands_in_its_sentence(change, words):
    usual, said = Policy().describe(), Policy(**change).describe()
    assert words in said
    assert (said == usual) == (not change)


@pytest.mark.parametrize(
    ("field", "value"), [("within_days", "7"), ("quantities", (7,)), ("missing", None), ("scenario", 3)]
)
def test_a_value_of_another_type_is_refused_by_name(field, value):
    with pytest.raises(ArgumentError, match=f"Policy: {field} is"):
        Policy(**{field: value})
