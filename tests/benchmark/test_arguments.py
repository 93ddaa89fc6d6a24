"""The door of the public functions: arguments of any kind bring a result or an error of PollBench, nothing else."""

from __future__ import annotations

import inspect
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest

import pollbench as pb
from pollbench.arguments import checked, require
from pollbench.errors import ArgumentError, DatabaseError, DomainError, PollbenchError
from pollbench.measures import skill
from pollbench.measures.log_ratio import replace_zeros
from pollbench.measures.sampling_error import lead_margin, share_margin

ODD: list[Any] = [
    None, -1, 1.5, float("nan"), "", "x", [], ["x"], [None], {}, {"a": 1}, object(), b"x", True,
    np.array([1, 2]), pd.Series([1]), np.ma.masked_invalid([1.0, np.nan]), ("a", 2), print,
]  # fmt: skip
FUNCTIONS = (
    "cite",
    "compare",
    "leaderboard",
    "score",
    "stress",
    "break_even",
    "transfers",
)


@pytest.fixture(scope="module")
def small():
    with pb.load("fr-pres-2002") as bench:
        yield bench


@pytest.fixture(scope="module")
def sound(small) -> dict[str, dict[str, Any]]:
    """Arguments of each function that it takes, but for the one that is wrong."""
    scores = pb.score(small, measures=["mae"], policy=pb.Policy(missing="drop"))
    return {
        "leaderboard": {"scores": scores, "resamples": 10},
        "stress": {"bench": small, "attack": "push", "budgets": [1], "replicates": 10},
        "break_even": {"bench": small, "replicates": 10, "target": "no-such-name"},
        "transfers": {"bench": small, "election": "fr-pres-2002"},
    }


def of_wrong_type(function: Callable[..., Any]) -> list[str]:
    return [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind != parameter.VAR_POSITIONAL
    ]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_argument_brings_an_exception_of_another_kind(small, sound, name):
    function = getattr(pb, name)
    given = sound.get(name, {"bench": small} if "bench" in inspect.signature(function).parameters else {})
    refused = []
    for parameter in of_wrong_type(function):
        for odd in ODD:
            # What the function takes is the matter of its own tests, and takes its time.
            if parameter in given and isinstance(odd, type(given[parameter])):
                continue
            try:
                function(**(given | {parameter: odd}))
            except PollbenchError as error:
                refused.append(str(error))
    assert all(refused)
    assert len(refused) > len(ODD) / 2


@pytest.mark.parametrize("odd", ODD, ids=lambda value: type(value).__name__)
def test_names_of_elections_are_texts_or_folders(odd):
    for function in (pb.load, pb.validate):
        with pytest.raises(PollbenchError):
            function(odd)
    if not isinstance(odd, list) or odd:
        with pytest.raises(PollbenchError):
            pb.load("fr-primary-left-2017", scenarios=odd)


@pytest.mark.parametrize("field", list(inspect.signature(pb.Policy).parameters))
def test_a_policy_takes_what_its_fields_say(field):
    for odd in (-1.5, object(), {"a": 1}, b"x", pd.Series([1]), print):
        with pytest.raises(PollbenchError, match=field):
            pb.Policy(**{field: odd})


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"seed": -1}, "seed is -1; it must be a whole number from 0"),
        ({"resamples": 0}, "resamples is 0; it must be a whole number from 1 to 1000000"),
        ({"resamples": 10**12}, "from 1 to 1000000"),
        ({"resamples": True}, r"resamples is True \(bool\); it must be int"),
    ],
)
def test_numbers_of_draws_and_seeds_have_bounds(sound, arguments, words):
    with pytest.raises(ArgumentError, match=words):
        pb.leaderboard(**(sound["leaderboard"] | arguments))


def test_none_may_be_drawn_where_that_is_the_default(small):
    with pytest.raises(PollbenchError, match="department"):
        pb.transfers(small, "fr-pres-2002", replicates=0)
    with pytest.raises(ArgumentError, match="from 1"):
        pb.stress(small, attack="push", budgets=[1], replicates=0)


def test_a_closed_bench_says_so():
    bench = pb.load("fr-primary-left-2017")
    bench.close()
    with pytest.raises(DatabaseError, match="is closed"):
        pb.score(bench, measures=["mae"])


def test_a_question_that_cannot_be_answered_is_an_error_of_ours(small):
    for question in ("SELEC", 'SELECT * FROM "no table"', "SELECT ?"):
        with pytest.raises(DatabaseError, match="cannot be answered"):
            small.frame(question)
    with pytest.raises(DatabaseError, match="cannot be answered"):
        small.table('person" --')


ARRAYS = {
    "replace_zeros": lambda values: replace_zeros(values, step=0.5),
    "share_margin": lambda values: share_margin(values, 1000),
    "share_margin of n": lambda values: share_margin(50.0, values),
    "lead_margin": lambda values: lead_margin(50.0, values, 1000),
    "skill": lambda values: skill(values, np.array([1.0, 2.0, 3.0])),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_functions_that_are_no_measures_have_the_same_door(name):
    function = ARRAYS[name]
    values = np.array([20.0, 30, 0.5])
    np.testing.assert_array_equal(function([20, 30, 0.5]), function(values))
    assert function([20, 30, 1]).tolist() == function(np.array([20, 30, 1], np.uint8)).tolist()
    for wrong in (None, "x", ["x"], pd.Series(values), np.ma.masked_invalid(values), [[1.0], [1.0, 2.0]]):
        with pytest.raises(DomainError):
            function(wrong)


def test_shapes_that_do_not_meet_and_axes_that_are_none_are_refused():
    with pytest.raises(DomainError, match="do not meet"):
        skill(np.ones(3), np.ones(2))
    with pytest.raises(DomainError, match="do not meet"):
        share_margin(np.ones(3), np.ones(2))
    with pytest.raises(DomainError, match="axis is 2"):
        skill(np.ones(3), np.ones(3), axis=2)
    with pytest.raises(DomainError, match="step must be above 0"):
        replace_zeros(np.ones(3), step="x")


def test_the_annotation_decides():
    @checked
    def named(*names: str, sizes: dict[str, float] | None = None, way: "Literal['a', 'b']" = "a") -> int:  # noqa: UP037
        return len(names) + len(sizes or {})

    assert named("a", "b", sizes={"c": 1}) == 3
    for wrong in ({"sizes": {"c": "1"}}, {"sizes": [1]}, {"way": "c"}, {"way": 1}):
        with pytest.raises(ArgumentError, match="it must be"):
            named(**wrong)
    with pytest.raises(ArgumentError, match=r"named: names is 2 \(int\); it must be str"):
        named("a", 2)


Style = Literal["short", "long"]


class Board:
    """A class whose name stands in annotations."""


@pytest.mark.parametrize(
    ("annotation", "fitting", "unfit"),
    [
        ("Style", ["short"], ["wide", 1]),
        ("Literal['a', 'b']", ["a"], ["c", None]),
        ("Board", [Board()], [object()]),
        ("collections.OrderedDict", [OrderedDict()], [{}]),
        ("Callable[[int], str]", [str], ["str"]),
        ("Mapping[str, int]", [{"a": 1}, {}], [{"a": "b"}, {1: 1}, ["a"]]),
        ("dict[str, Any]", [{"a": object()}], [{1: 1}]),
        ("Sequence[str]", [["a"], ("a",), np.array(["a"])], ["a", b"a", ["a", 1], {"a"}]),
        ("tuple[int, ...]", [(1, 2)], [[1], (1, "a")]),
        ("list", [[1]], ["ab", (1,)]),
        ("Iterable[int]", [iter([1]), range(2)], [3, ["a"]]),
        ("set[int]", [{1}], [[1]]),
        ("float", [1, 2.5, np.float64(1)], [True, "1"]),
        ("int | None", [1, None, np.int64(3)], [1.5, False]),
        ("pd.DataFrame", [pd.DataFrame()], [pd.Series()]),
    ],
)
def test_an_annotation_decides_what_fits(annotation, fitting, unfit):
    for value in fitting:
        require(value, annotation, globals(), "f: x")
    for value in unfit:
        with pytest.raises(ArgumentError, match=r"^f: x is .* it must be "):
            require(value, annotation, globals(), "f: x")


def test_a_long_value_is_cut_in_the_message_and_a_parameter_without_annotation_takes_all():
    @checked
    def several(first, *rest: int) -> int:
        return len(rest)

    assert several(object(), 1, 2) == 2
    with pytest.raises(ArgumentError, match=r"^several: rest is 'x{59}\.\.\. \(str\); it must be int\.$"):
        several(None, 1, "x" * 100)
