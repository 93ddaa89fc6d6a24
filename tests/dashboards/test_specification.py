"""What goes into a specification: every table once, the columns that are used, and nothing that JSON cannot hold."""

import altair as alt
import pandas as pd
import pytest

from pollbench_dashboards.drawing.specification import Chart, specification

TABLE = pd.DataFrame({"house": ["Ifop", "BVA"], "error": [0.5, float("nan")], "sources": ["one", "two"]})


def dots(table: pd.DataFrame = TABLE) -> Chart:
    return Chart(table).mark_point().encode(x=alt.X("error:Q"), y=alt.Y("house:N"))


def plain_dots() -> alt.Chart:
    return alt.Chart(TABLE).mark_point().encode(x=alt.X("error:Q"), y=alt.Y("house:N"))


def names_of_data(spec: object) -> list[str]:
    if isinstance(spec, list):
        return [name for each in spec for name in names_of_data(each)]
    if isinstance(spec, dict):
        own = [spec["data"]["name"]] if "data" in spec else []
        return own + [name for key, each in spec.items() if key != "datasets" for name in names_of_data(each)]
    return []


def test_a_column_that_no_encoding_names_stays_at_home():
    (rows,) = specification(dots(), "house")["datasets"].values()
    assert rows == [{"house": "Ifop", "error": 0.5}, {"house": "BVA", "error": None}]


@pytest.mark.parametrize(
    "drawn",
    [
        dots().encode(tooltip=[alt.Tooltip("sources:N")]),
        dots().transform_filter("datum.sources == 'one'"),
        dots().transform_calculate(text="'from ' + datum['sources']").encode(text="text:N"),
        dots().transform_aggregate(last="max(sources)", groupby=["house"]),
    ],
    ids=["tooltip", "filter", "calculation", "aggregate"],
)
def test_a_column_travels_wherever_its_name_stands(drawn):
    (rows,) = specification(drawn, "house")["datasets"].values()
    assert [row["sources"] for row in rows] == ["one", "two"]


def test_a_table_used_twice_travels_once():
    spec = specification(alt.hconcat(dots(), dots().transform_filter("datum.error > 0")), "house")
    assert len(spec["datasets"]) == 1
    assert set(names_of_data(spec)) == set(spec["datasets"])


def test_equal_tables_share_a_name_and_others_do_not():
    same, other = TABLE.copy(), TABLE.assign(error=[0.5, 0.25])
    spec = specification(alt.vconcat(dots(), dots(same), dots(other)), "house")
    assert len(spec["datasets"]) == 2
    assert set(names_of_data(spec)) == set(spec["datasets"])


def test_the_same_rows_have_the_same_name_in_every_drawing():
    wide, narrow = (
        specification(dots(TABLE.copy()).properties(width=width), "house") for width in (700, 300)
    )
    assert list(wide["datasets"]) == list(narrow["datasets"])


def test_a_drawing_without_data_has_one_empty_row():
    spec = specification(Chart().mark_rule().encode(x=alt.datum(0)), "house")
    assert spec["datasets"] == {"empty": [{}]}


@pytest.mark.parametrize(
    "composed",
    [
        lambda one, two: alt.layer(one, two).properties(width=300),
        lambda one, two: alt.vconcat(alt.layer(one, two), alt.layer(two, one), spacing=8),
        lambda one, two: alt.layer(one, two).facet("house:N"),
        lambda one, two: alt.hconcat(one, two).add_params(alt.param(name="accounts", value=0)),
    ],
    ids=["layers", "layers in a concatenation", "facets", "with a parameter"],
)
def test_shared_parts_give_what_copied_parts_give(composed):
    def of(base: alt.Chart) -> dict:
        result = base.mark_rule(color="red").encode(x=alt.X("mean(error):Q"))
        return specification(composed(base, result), "house")

    assert of(dots()) == of(plain_dots())


def test_to_draw_with_a_chart_leaves_it_as_it_was():
    chart = dots()
    before = specification(chart, "house")
    alt.vconcat(alt.layer(chart, chart.mark_rule()).properties(height=50), chart.properties(width=20))
    assert specification(chart, "house") == before
