"""The start page: what it claims from many rounds, from few, and from none."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import start


def rounds(*errors: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"contest_id": str(index), "poll_error": poll, "buzz_error": buzz, "polls_closer": poll < buzz}
            for index, (poll, buzz) in enumerate(errors)
        ]
    )


@pytest.mark.parametrize(
    ("errors", "begins", "surely"),
    [
        ([(1, 2)] * 7, "The polls: in all 7 rounds", "More than by chance: were both equally good"),
        ([(2, 1)] * 7, "The buzz: in all 7 rounds", "More than by chance: were both equally good"),
        ([(1, 2)] * 4 + [(2, 1)] * 3, "Now one, now the other: in 4 of 7", "Hardly"),
        ([(2, 1)], "The buzz: in the one round", "Not at all from one round"),
    ],
)
def test_the_claim_follows_the_rounds(errors: list[tuple[float, float]], begins: str, surely: str) -> None:
    both, words = rounds(*errors), Words("en")
    assert start._right(both, words).startswith(begins)
    assert start._surely(both, words).startswith(surely)
    french: Any = Words("fr")
    assert "{" not in start._right(both, french) + start._surely(both, french) + start._much(both, french)


def test_the_surest_claim_names_its_chance() -> None:
    assert start._surely(rounds(*[(1, 2)] * 7), Words("en")).endswith("in all 7 rounds in 2% of cases.")
