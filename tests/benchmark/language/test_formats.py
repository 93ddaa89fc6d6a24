"""Numbers, days, lists and plurals come from CLDR, with the minus and the rounding of this project."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollbench.language import formats
from pollbench.language.words import Words

NARROW, NO_BREAK = "\u202f", "\u00a0"


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_the_digits_are_those_of_python_for_english(value: float, decimals: int) -> None:
    shown = formats.number("en_GB", value, decimals)
    plain = f"{value:,.{decimals}f}"
    zero = not plain.strip("-0.,")
    assert shown == (plain.removeprefix("-") if zero else plain.replace("-", formats.MINUS))


@given(st.floats(0, 1e9), st.integers(0, 6))
def test_french_groups_with_narrow_spaces_and_marks_decimals_with_a_comma(
    value: float, decimals: int
) -> None:
    plain = f"{value:,.{decimals}f}"
    assert formats.number("fr", value, decimals) == plain.replace(",", NARROW).replace(".", ",")


@pytest.mark.parametrize(
    ("name", "expected"),
    # The decimal formats that CLDR 47 prints for these locales (India groups by lakh).
    [
        ("hi", "12,34,567.9"),
        ("de", "1.234.567,9"),
        ("es", "1.234.567,9"),
        ("pl", f"1{NO_BREAK}234{NO_BREAK}567,9"),
    ],
)
def test_other_locales_group_as_they_do(name: str, expected: str) -> None:
    assert formats.number(name, 1234567.89, 1) == expected


def test_the_first_of_a_month_is_an_ordinal_in_french_and_no_other_day_is() -> None:
    words = Words("fr")
    assert words.day(date(2017, 5, 1)) == "1er\xa0mai 2017"
    assert words.day(date(2017, 5, 11)) == "11\xa0mai 2017"
    assert words.day(date(2017, 12, 1), short=True, year=False) == "1er\xa0déc."


def test_the_french_plural_begins_at_two_and_the_english_after_one() -> None:
    assert Words("fr").points(1.99, 2) == f"1,99{NO_BREAK}point"
    assert Words("fr").points(-0.5) == f"{formats.MINUS}0,5{NO_BREAK}point"
    assert Words("fr").points(2) == f"2,0{NO_BREAK}points"
    assert (Words("en").points(1, 0), Words("en").points(1.0), Words("en").points(0, 0)) == (
        "1 point",
        "1.0 points",
        "0 points",
    )


def test_a_number_is_rounded_once() -> None:
    # 2.675 lies below the half in binary; rounded from its decimal digits it would be 2.68.
    assert formats.number("en_GB", 2.675, 2) == "2.67"
    assert formats.per_cent("en_GB", 2.675, 2) == "2.67%"


def test_what_is_no_number_is_a_dash_and_infinity_a_symbol() -> None:
    assert Words("fr").number(float("nan")) == "–"
    assert Words("fr").share(float("-inf")) == f"{formats.MINUS}∞{NARROW}%"


def test_a_list_says_and_and_or_in_its_language() -> None:
    assert Words("fr").join(["Elabe", "Ifop", "BVA"]) == "Elabe, Ifop et BVA"
    assert Words("fr").either(["Elabe", "Ifop"]) == "Elabe ou Ifop"
    assert Words("en").join([]) == ""


def test_french_elides_before_a_name_that_was_filled_in() -> None:
    assert Words("fr")("list.others", number=2) == "2 autres"
