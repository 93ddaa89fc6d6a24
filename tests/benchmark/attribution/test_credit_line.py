"""The credit of a poll in one sentence."""

from __future__ import annotations

from datetime import date

import pytest
from typer.testing import CliRunner

from pollbench.attribution.credit_line import credit_line
from pollbench.cli import app

ROW = {"name": "Elabe", "sponsors": "BFM TV; L'Express", "sample_size": 1445, "law": "fr-77-808"}


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2017, 4, 19), date(2017, 4, 20), "19 et 20 avril 2017"),
        (date(2017, 4, 18), date(2017, 4, 21), "du 18 au 21 avril 2017"),
        (date(2017, 3, 30), date(2017, 4, 1), "du 30 mars au 1er avril 2017"),
        (date(2016, 12, 31), date(2017, 1, 2), "du 31 décembre 2016 au 2 janvier 2017"),
        (None, date(2017, 4, 20), "20 avril 2017"),
        (None, None, "dates non connues"),
    ],
)
def test_the_days_are_said_as_a_newspaper_says_them(first: date | None, last: date | None, told: str) -> None:
    line = credit_line({**ROW, "measured_from": first, "measured_to": last}, "fr")
    assert line.replace("\u00a0", " ") == f"Elabe pour BFM TV et L’Express, 1\u202f445 personnes, {told}"


def test_what_is_not_known_is_said() -> None:
    row = {"name": "Elabe", "sponsors": None, "sample_size": None, "measured_from": None, "measured_to": None}
    assert credit_line(row, "en") == "Elabe, sample size not known, days not known"


def test_the_command_prints_it_alone() -> None:
    result = CliRunner().invoke(app, ["notice", "--short", "--locale", "en", "elabe-2017-04-20-a"])
    assert result.stdout == "Elabe for BFM TV and L’Express, 1,445 people, 19 and 20 April 2017\n"
