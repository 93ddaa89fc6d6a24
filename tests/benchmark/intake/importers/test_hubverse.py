"""Model output of a hub: what every output type becomes, and what is left out with its reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pollbench.errors import DataError
from pollbench.intake.importers.hubverse import read
from pollbench.intake.model import Band, Draft
from pollbench.intake.registry import Request

HEADER = "origin_date,target,candidate,output_type,output_type_id,value\n"
FILE = "2030-10-01-a-model.csv"


def drafted(tmp_path: Path, rows: str, header: str = HEADER, file: str = FILE, **request: str) -> Draft:
    path = tmp_path / file
    path.write_text(header + rows, encoding="utf-8")
    return read(path, Request(**request))


def figures(draft: Draft) -> dict[str, tuple[float, str]]:
    (question,) = draft.questions
    return {figure.name: (float(figure.value), figure.flag) for figure in question.figures}


def share(kind: str, identity: str, value: str, name: str = "Ann") -> str:
    return f"2030-10-01,vote share,{name},{kind},{identity},{value}\n"


def test_a_folder_without_a_table_is_named(tmp_path):
    with pytest.raises(DataError, match=r"holds no CSV file\. Name model-output/"):
        read(tmp_path, Request())


@pytest.mark.parametrize(
    ("header", "file"),
    [("origin_date,output_type,output_type_id,value\n", FILE), ("candidate,output_type,output_type_id,value\n", "a.csv")],
)  # fmt: skip
def test_a_table_without_candidates_or_days_says_what_it_needs(tmp_path, header, file):
    with pytest.raises(
        DataError, match=r"names no candidate, or no day of the forecast\. It needs one of candidate"
    ):
        drafted(tmp_path, "x,mean,,1\n", header, file)  # fmt: skip


def test_the_day_and_the_model_of_the_name_of_the_file_stand_for_columns_that_lack(tmp_path):
    header = "target,output_type,output_type_id,value\n"
    (question,) = drafted(tmp_path, "Ann,mean,,48\nBob,mean,,52\n", header).questions
    assert (question.house, question.end, question.quantity) == ("a-model", date(2030, 10, 1), "vote_share")
    assert [figure.name for figure in question.figures] == ["Ann", "Bob"]


@pytest.mark.parametrize(
    ("column", "request_house", "house"), [("m-1", "given", "m-1"), ("", "given", "given"), ("", "", "hub")]
)
def test_the_model_is_that_of_the_row_else_the_one_given_else_that_of_the_folder(
    tmp_path, column, request_house, house
):
    (tmp_path / "hub").mkdir()
    header = f"model_id,{HEADER}"
    draft = drafted(tmp_path, f"{column},{share('mean', '', '48')}", header, "hub/x.csv", house=request_house)
    assert [question.house for question in draft.questions] == [house]


def test_of_many_races_the_one_that_is_asked_for_is_read(tmp_path):
    header = HEADER.replace("target", "location,target")
    rows = "".join(share("mean", "", "48").replace(",vote", f",{state},vote") for state in ("Ohio", "Utah"))
    assert list(drafted(tmp_path, rows, header).races) == ["Ohio", "Utah"]
    draft = drafted(tmp_path, rows, header, race="utah")
    assert [(question.race, draft.races[question.race].title) for question in draft.questions] == [
        ("Utah", "Utah")
    ]


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (share("mode", "", "48"), "'mode'"),
        (share("mean", "", "many"), "'many'"),
        (share("mean", "", "48").replace("2030-10-01", "soon"), "'soon'"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_with_its_line_and_value(tmp_path, row, value):
    draft = drafted(tmp_path, share("mean", "", "48") + row)
    assert draft.remarks.dropped == [(f"{FILE}, line 3", "a-model", f"{value} cannot be read")]
    assert figures(draft) == {"Ann": (48, "")}


def test_seats_are_no_shares_even_where_all_shares_are_proportions(tmp_path):
    rows = share("mean", "", "0.48") + "2030-10-01,seats,Ann,mean,,211\n"
    draft = drafted(tmp_path, rows)
    read_as = {question.quantity: float(question.figures[0].value) for question in draft.questions}
    assert read_as == {"vote_share": 48, "seats": 211}


@pytest.mark.parametrize(("first", "second"), [("0.3", "0.7"), ("30", "70")])
def test_probabilities_of_winning_are_read_as_proportions_or_in_per_cent(tmp_path, first, second):
    rows = f"2030-10-01,winner,x,pmf,Ann,{first}\n2030-10-01,winner,x,pmf,Bob,{second}\n"
    draft = drafted(tmp_path, rows)
    assert draft.questions[0].quantity == "win_probability"
    assert figures(draft) == {"Ann": (30, ""), "Bob": (70, "")}


@pytest.mark.parametrize("level", ["0", "1", "97.5", "middle"])
def test_a_level_that_is_none_refuses_the_forecast_and_not_the_file(tmp_path, level):
    rows = share("quantile", level, "48") + share("quantile", "0.5", "48").replace("2030-10-01", "2030-10-08")
    refused, counted = drafted(tmp_path, rows).questions
    assert refused.refused == f"'{level}' is no level between 0 and 1"
    assert counted.refused == ""


@pytest.mark.parametrize(
    ("levels", "centre"),
    [
        ({"0.025": 40, "0.5": 47, "0.975": 55}, (47, "")),
        ({"0.025": 40, "0.25": 45, "0.75": 49, "0.975": 55}, (47, "derived")),
        ({"0.05": 44, "0.25": 45}, (45, "derived")),
    ],
)
def test_the_figure_beside_quantiles_is_the_median_else_the_middle_of_the_innermost_pair(
    tmp_path, levels, centre
):
    rows = "".join(share("quantile", level, str(value)) for level, value in levels.items())
    draft = drafted(tmp_path, rows)
    assert figures(draft) == {"Ann": centre}
    printed = [(level.level, level.value) for level in draft.questions[0].levels]
    assert printed == [(Decimal(level), Decimal(value)) for level, value in levels.items()]


def test_the_steps_of_a_distribution_function_and_the_bands_of_a_mass_function_become_bands(tmp_path):
    steps = share("cdf", "0", "0") + share("cdf", "40", "0.25") + share("cdf", "100", "1")
    (question,) = drafted(tmp_path, steps).questions
    assert (question.quantity, question.figures) == ("event", [])
    assert question.bands == [Band("Ann", Decimal(0), Decimal(40), Decimal(25)), Band("Ann", Decimal(40), Decimal(100), Decimal(75))]  # fmt: skip
    draft = drafted(tmp_path, share("pmf", "20-25.5", "0.6") + share("pmf", "over 25.5", "0.4"))
    assert draft.questions[0].bands == [Band("Ann", Decimal(20), Decimal("25.5"), Decimal(60))]
    assert draft.remarks.dropped == [(f"{FILE}, line 2", "Ann", "pmf of 'over 25.5': no band with two ends")]


def test_a_distribution_function_of_proportions_alone_is_read_as_one(tmp_path):
    draft = drafted(tmp_path, share("cdf", "0.4", "0.25"))
    assert [(float(band.low), float(band.high)) for band in draft.questions[0].bands] == [(0, 40), (40, 100)]
    assert draft.remarks.guesses == ["No share is larger than 1: read as proportions, times 100."]


def test_a_step_at_no_share_is_left_out_with_its_value(tmp_path):
    draft = drafted(tmp_path, share("cdf", "low", "0.1") + share("cdf", "40", "0.25"))
    assert draft.remarks.dropped == [(f"{FILE}, line 2", "Ann", "cdf at 'low': no share")]
    assert [float(band.value) for band in draft.questions[0].bands] == [25, 75]
