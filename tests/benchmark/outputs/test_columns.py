"""A table of a run is as it is declared, or is not written."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench.errors import TableError
from pollbench.outputs.columns import Column, by_name, compared, kind_of
from pollbench.outputs.tables import TABLES
from pollbench.outputs.vocabulary import VOCABULARY

COLUMNS = (
    Column("who", "text", "Forecaster."),
    Column("day", "date", "Day."),
    Column("polls", "integer", "Number of polls."),
    Column("mae", "number", "Mean absolute error.", "points"),
    Column("recalled", "boolean", "Known only afterwards."),
)
FRAME = pd.DataFrame(
    {
        "who": ["elabe", "ifop"],
        "day": pd.to_datetime(["2017-04-20", "2017-04-21"]),
        "polls": [3, 4],
        "mae": [0.07, 0.82],
        "recalled": [False, True],
    }
)


def test_a_table_as_declared_passes_unchanged():
    assert compared("demo", FRAME, COLUMNS, ["who"]) is FRAME


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (FRAME.assign(extra=1), r"table demo has undeclared: extra"),
        (FRAME.drop(columns="mae"), r"table demo lacks: mae"),
        (FRAME[["day", "who", "polls", "mae", "recalled"]], "in the order day, who"),
        (FRAME.assign(polls=[3.5, 4.0]), "polls is declared as integer and holds floating"),
        (
            FRAME.assign(mae=["0.07", "0.82"]),
            "mae is declared as number and holds string values, such as '0.07'",
        ),
        (FRAME.assign(day=["20 April", "21 April"]), "day is declared as date and holds string"),
        (FRAME.assign(recalled=["no", "yes"]), "recalled is declared as boolean and holds string"),
        (FRAME.assign(who="ifop"), "two rows with the key who = 'ifop'"),
    ],
)
def test_a_table_that_is_not_as_declared_is_refused(frame, sentence):
    with pytest.raises(TableError, match=sentence):
        compared("demo", frame, COLUMNS, ["who"])


def test_a_name_with_two_meanings_is_refused():
    with pytest.raises(TableError, match="who stands twice"):
        by_name([*COLUMNS, Column("who", "text", "Another meaning.")])


def test_missing_values_have_no_type():
    empty = FRAME.assign(mae=None, day=None, polls=[None, 4.0])
    assert compared("demo", empty, COLUMNS, ["who"]) is empty
    assert kind_of(pd.Series([1.0, None])) == "integer"
    assert kind_of(pd.Series([None, None])) is None


@pytest.mark.parametrize("name", TABLES)
def test_a_table_declares_every_column_once_with_a_meaning_and_a_key(name):
    table = TABLES[name]
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert set(table.key) <= set(names)
    assert table.key
    for column in table.columns:
        assert column.meaning[0].isalnum(), column
        assert column.meaning.endswith((".", "...")), column
        assert not column.unit or column.type in ("number", "integer"), column


def test_every_word_of_the_vocabulary_is_a_column_of_some_table():
    used = {column for table in TABLES.values() for column in table.columns}
    assert set(VOCABULARY.values()) - used == set()


def test_a_special_meaning_differs_from_the_vocabulary():
    special = {
        (name, column.name)
        for name, table in TABLES.items()
        for column in table.columns
        if column.name in VOCABULARY
        and column is not VOCABULARY[column.name]
        and column == VOCABULARY[column.name]
    }
    assert special == set()
