"""The two sentences beside a score say the same in every language, and what they say follows the row."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pollbench.language.texts import locales
from pollbench.measures import registered
from pollbench.ranking.wording import what_happened, what_it_proves

MAE = registered()["mae"]


def row(**changed: Any) -> Any:
    fields = {
        "rank": 3,
        "value": 2.149,
        "baseline": 1.2,
        "tied_with_best": "yes",
        "tie_range": 3.46,
        "luck_pct": 40.0,
    }
    return SimpleNamespace(**{**fields, **changed})


def test_the_side_of_the_naive_forecast_is_said_in_both_languages() -> None:
    assert what_happened(row(), MAE, "last polls") == (
        "3rd: mean absolute error 2.15 points, no better than last polls (1.20)."
    )
    french = what_happened(row(rank=1, value=1.0), MAE, "derniers sondages", locale="fr")
    assert french.startswith("1er\u00a0: ")
    assert french.endswith("1,00 points, mieux que derniers sondages (1,20).")


@pytest.mark.parametrize("locale", locales())
def test_what_one_vote_proves_changes_with_luck_and_ties(locale: str) -> None:
    rows = [
        row(),
        row(luck_pct=1.0),
        row(luck_pct=99.0),
        row(luck_pct=float("nan")),
        row(tied_with_best="no"),
        row(tied_with_best="unknown"),
    ]
    sentences = [what_it_proves(scored, MAE, locale=locale) for scored in rows]
    assert len(set(sentences)) == len(rows)
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)
