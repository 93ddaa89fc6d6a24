"""Days, figures, names and tables as they are printed."""

from __future__ import annotations

import doctest
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollbench.intake import dates, printed
from pollbench.intake.dates import Reading, Undated, period
from pollbench.intake.model import Figure, Question
from pollbench.intake.names import Register, fold, slug
from pollbench.intake.questions import days_of, round_of, scale_proportions
from pollbench.intake.remarks import Remarks

VOTE = Reading(before=date(2027, 4, 18))

PERIODS = {
    "26-28 mai": ("2026-05-26", "2026-05-28"),
    "28 Dec-3 Jan": ("2026-12-28", "2027-01-03"),
    "28 Dec 2025 – 3 Jan 2026": ("2025-12-28", "2026-01-03"),
    "30 juin - 2 juillet 2026": ("2026-06-30", "2026-07-02"),
    "May 26–28, 2026": ("2026-05-26", "2026-05-28"),
    "Dec 28-Jan 3, 2026": ("2025-12-28", "2026-01-03"),
    "26 et 27 mai": ("2026-05-26", "2026-05-27"),
    "1er mars 2027": (None, "2027-03-01"),
    "24.01.–26.01.": ("2027-01-24", "2027-01-26"),
    "2026-12-28/2027-01-03": ("2026-12-28", "2027-01-03"),
    "12/03/2027": (None, "2027-03-12"),
    "45123": (None, "2023-07-16"),
}


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_is_read_as_printed(text):
    start, end = PERIODS[text]
    found = period(text, VOTE)
    assert (found[0] and str(found[0]), str(found[1])) == (start, end)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "mai 2026", "30-31 févr", "2026", "1-2-3-4 mai", "32 mai", "2027-01-03/2026-12-28", "12-3"],
)
def test_what_names_no_day_is_said(text):
    with pytest.raises(Undated):
        period(text, VOTE)


def test_a_day_without_a_year_needs_a_vote_or_a_heading():
    with pytest.raises(Undated):
        period("26 mai", Reading())
    assert period("26 mai", Reading(year=2026)) == (None, date(2026, 5, 26), False)
    # The last such day before the vote, here of the year before.
    assert period("26 mai", VOTE) == (None, date(2026, 5, 26), True)
    assert period("3 mars", VOTE) == (None, date(2027, 3, 3), True)


@given(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.integers(0, 40),
    st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y"]),
)
def test_two_days_come_back_in_every_form(start, length, form):
    end = date.fromordinal(start.toordinal() + length)
    text = f"{start.strftime(form)} – {end.strftime(form)}"
    assert period(text, Reading())[:2] == (start, end)


@given(st.text(max_size=30))
def test_no_text_ends_in_another_error(text):
    for read, refusals in (
        (lambda: period(text, VOTE), Undated),
        (lambda: printed.share(text), ValueError),
        (lambda: printed.count(text), ValueError),
    ):
        try:
            read()
        except refusals:
            continue


FIGURES = {
    "34": ("34", "", ""), "34,5": ("34.5", "", ""), "34.5 %": ("34.5", "", ""), "<1": ("1", "lt", ""), "< 0,5": ("0.5", "lt", ""),
    "> 60": ("60", "gt", ""), "~12": ("12", "about", ""), "34 Bardella": ("34", "", "Bardella"), "12[a]": ("12", "", ""),
    "7*": ("7", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("text", FIGURES)
def test_a_share_is_read_as_printed(text):
    value, flag, rest = printed.share(text)
    assert (str(value), flag, rest) == FIGURES[text]


@pytest.mark.parametrize("text", ["34-36", "12 of 20", "abc", "1.2.3"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        printed.share(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 501", 1501),
        ("1,501", 1501),
        ("1.501", 1501),
        ("c. 1000", 1000),
        ("~2 000", 2000),
        ("1245.83", 1245),
        ("n/a", None),
        ("–", None),
        ("0", None),
    ],
)
def test_a_size_is_read_as_printed(text, number):
    assert printed.count(text) == number


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "", "1.2.3", "--5"])
def test_what_is_no_number_is_none_whatever_python_makes_of_it(text):
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        printed.decimal(text)
    assert printed.decimal("−34,50") == Decimal("-34.5")


@pytest.mark.parametrize("text", ["12,34,56", "6e2", "500 to 600"])
def test_what_is_no_size_is_refused(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        printed.count(text)


@pytest.mark.parametrize(
    ("text", "number"), [("premier tour", 1), ("Stichwahl", 2), ("2. Wahlgang", 2), ("tour 1", 1), ("  ", 7)]
)
def test_a_round_is_read_as_printed(text, number):
    assert round_of(text, 7) == number


def test_a_round_of_no_number_is_refused():
    with pytest.raises(ValueError, match="finale"):
        round_of("finale", 1)


def asked(*shares: str, **cells: object) -> Question:
    return Question(
        "r", "A", [Figure(f"c{number}", Decimal(share)) for number, share in enumerate(shares)], **cells
    )


def test_proportions_are_turned_into_per_cent_with_all_that_stands_beside_them():
    whole = asked("0.4", "0.5", others=Decimal("0.1"), undecided=Decimal("0.2"))
    whole.figures[0] = replace(whole.figures[0], lower=Decimal("0.35"), upper=Decimal("0.45"))
    rest, remarks = asked("0.3", "0.7"), Remarks()
    scale_proportions([whole, rest], remarks, "t.csv")
    assert whole.figures[0] == Figure("c0", Decimal(40), "", Decimal(35), Decimal(45))
    assert (whole.others, whole.undecided, rest.others, rest.undecided) == (10, 20, None, None)
    assert remarks.guesses == ["t.csv: all rows add up to about 1: read as proportions, times 100."]


def test_a_row_of_proportions_among_per_cent_is_refused_and_one_of_tiny_shares_is_not():
    rows = [
        asked("40", "60"),
        asked("0.4", "0.6"),
        asked("0.1", "0.2"),
        asked("0.4", "0.6", refused="by name"),
    ]
    scale_proportions(rows, Remarks(), "t.csv")
    assert [row.refused for row in rows] == ["", "proportions in a table of per cent", "", "by name"]


def test_days_of_which_no_row_decides_the_order_follow_the_country_and_that_is_said():
    for country, month_first in (("US", True), ("FR", False)):
        remarks = Remarks()
        days = days_of(["1/2/30"], None, country, remarks, "t.csv")
        assert days.reading.month_first is month_first
        order = "month before day" if month_first else "day before month"
        assert remarks.guesses == [f"t.csv: no date decides; they are read {order}."]


def test_the_first_reason_to_refuse_a_row_stays_when_its_day_cannot_be_read():
    for refused, why in (("", "no day can be read from 'soon'"), ("by name", "by name")):
        row = asked("40", refused=refused)
        days_of([], None, "", Remarks(), "t.csv").fill(row, "", "soon", "", "")
        assert row.refused == why


def test_one_name_in_other_letters_is_one_name():
    known = Register({"melenchon": ["Jean-Luc Mélenchon"]})
    for text in ("Jean-Luc Me\u0301lenchon", "JEAN LUC MELENCHON", "jean-luc mélenchon (LFI)"):
        assert known.find(text)[0] == "melenchon", text


@given(st.lists(st.text(max_size=12), max_size=12))
def test_new_names_never_share_an_id(names):
    register = Register({"ann": ["Ann"]}, taken=["bob"])
    given_ids = [register.add(name, slug(name)) for name in names]
    assert len(set(given_ids)) == len(given_ids)
    assert not {"ann", "bob"} & set(given_ids)
    assert not any(" " in identity or "/" in identity for identity in given_ids)


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "module",
    ["dates", "printed", "names", "questions", "lineups", "assemble", "registry", "importers._french"],
)
def test_the_examples_in_the_docstrings_hold(module):
    found = doctest.testmod(import_module(f"pollbench.intake.{module}"))
    assert found.attempted > 0
    assert found.failed == 0


def test_dates_with_slashes_are_read_one_way_in_a_table():
    assert dates.month_first(["1/2/98", "10/13/98"]) is True
    assert dates.month_first(["1/2/98", "26/5/98"]) is False
    assert dates.month_first(["1/2/98"]) is None
