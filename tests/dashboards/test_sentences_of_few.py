"""Sentences about none, one and several: each has its own words, and none stands where there is nothing to say."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench_dashboards.drawing.highlighted import Measured, sentence_about
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.figures import Figures
from pollbench_dashboards.pages.moved import _finding
from pollbench_dashboards.pages.start import _right

ENGLISH = Words("en")


def row(name: str, people: str) -> dict[str, str]:
    return {"name": name, "accounts": people, "range": f"{people} or so"}


def test_who_would_be_moved_by_fewest_is_named_beside_who_by_most():
    assert _finding([], "Fillon", ENGLISH) == ENGLISH("open.none_moved", target="Fillon")
    one = _finding([row("GOV", "160")], "Fillon", ENGLISH)
    assert "160" in one
    assert "GOV" in one
    both = _finding([row("GOV", "160"), row("Ifop", "9,000")], "Fillon", ENGLISH)
    assert both.index("GOV") < both.index("Ifop")
    assert "9,000" in both


@pytest.mark.parametrize(
    ("closer", "key", "values"),
    [
        ([True, True], "start.right_polls", {"rounds": "2"}),
        ([False, False], "start.right_buzz", {"rounds": "2"}),
        ([True, False], "start.right_mixed", {"closer": "1", "rounds": "2"}),
    ],
)
def test_who_was_closer_is_counted_over_the_rounds(closer, key, values):
    number = sum(closer) if "closer" in values else len(closer)
    said = _right(pd.DataFrame({"polls_closer": closer}), ENGLISH)
    assert said == ENGLISH.plural(key, number, **values)


BOARD = pd.DataFrame(
    {
        "forecaster_id": ["elabe", "ifop", "flat", "bva"],
        "name": ["Elabe", "Ifop", "A flat forecast", "BVA"],
        "family": ["poll", "poll", "baseline", "poll"],
        "value": [0.5, 1.0, 0.1, None],
    }
)


def test_a_highlighted_forecaster_has_its_rank_among_those_that_have_a_value():
    measured = Measured("value", "error")
    assert sentence_about(BOARD.drop(columns="value"), ("elabe",), measured, ENGLISH) == ""
    assert sentence_about(BOARD, ("bva", "flat"), measured, ENGLISH) == ""
    one = sentence_about(BOARD, ("ifop",), measured, ENGLISH)
    assert one == ENGLISH(
        "highlighted.error.one", name="Ifop", value=ENGLISH.points(1.0, 1), rank=2, number=2
    )
    several = sentence_about(BOARD, ("ifop", "elabe"), measured, ENGLISH)
    assert several.index("Elabe 0.5") < several.index("Ifop 1.0")


def test_a_figure_that_there_is_not_has_a_digest_of_its_own():
    assert Figures({}).digest_of(("figure", "none_such")) == "none"
