"""Which tables a query may read, and that after an edit only queries that may read an edited table are asked anew."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench import cache
from pollbench.data.bench import Bench, open_database
from pollbench.data.kept import kept
from pollbench.data.store import load
from pollbench.data.tables_read import digests_of_tables, tables_read
from tests_support import replace_once, small_election

PEOPLE = "SELECT count(*) AS n FROM person"
#: Reads the figures by a view, and names none of their tables.
FIGURES = "SELECT sum(half) AS n FROM reading"


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return small_election(tmp_path)


@pytest.fixture
def answered(own, monkeypatch):
    """The answers of a result that is kept, and which queries were asked for it."""
    asked = []
    frame = Bench.frame
    monkeypatch.setattr(
        Bench, "frame", lambda bench, query, *given: asked.append(query) or frame(bench, query, *given)
    )

    def answers():
        asked.clear()
        with load(own) as bench:

            def make():
                return pd.DataFrame(
                    {"n": [float(bench.frame(query).n.item()) for query in (PEOPLE, FIGURES)]}
                )

            return kept(bench, "a test", (), make).n.tolist(), {PEOPLE, FIGURES} & set(asked)

    return answers


def test_after_an_edit_only_queries_that_may_read_an_edited_table_are_asked_anew(own, answered):
    before, asked = answered()
    assert asked == {PEOPLE, FIGURES}
    assert answered() == (before, set())
    replace_once(own / "forecasts.csv", ",1000,", ",1001,")
    assert answered() == (before, {FIGURES})
    # What was asked anew is kept with the rows of now.
    assert answered() == (before, set())
    replace_once(own / "predictions.csv", "ann,52", "ann,51")
    after, asked = answered()
    assert asked == {PEOPLE, FIGURES}
    assert after == [before[0], before[1] - 1]


@pytest.mark.parametrize(
    ("query", "some", "other"),
    [
        (FIGURES, {"prediction"}, {"person", "claim"}),
        ('SELECT * FROM "Person"', {"person"}, {"prediction"}),
        ("SELECT count(*) FROM duckdb_columns()", {"person", "prediction", "claim"}, set()),
        ("SELECT 1", {"person", "prediction", "claim"}, set()),
        ("FROM polls_without(mode)", {"forecast", "contest"}, {"claim"}),
    ],
)
def test_a_query_reads_the_tables_that_it_names_itself_or_by_a_view_or_a_macro(bench, query, some, other):
    with open_database(bench.path) as opened:
        read = tables_read(opened, query)
    assert some <= read
    assert not other & read


def test_every_table_that_a_view_rests_on_is_known(bench):
    """DuckDB says which tables the plan of a query scans: none that it scans is missing."""
    with open_database(bench.path) as opened:
        views = opened.frame("SELECT view_name FROM duckdb_views() WHERE NOT internal").view_name
        assert len(views) > 3
        for view in views:
            plan = opened.frame(f'EXPLAIN SELECT * FROM "{view}"').explain_value.str.cat()
            scanned = {name for name in digests_of_tables(opened) if f".{name}" in plan}
            assert scanned
            assert scanned <= tables_read(opened, f'SELECT * FROM "{view}"')
