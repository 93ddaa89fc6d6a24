"""The memo of a bench: made once, typed, forgotten when a statement runs."""

from __future__ import annotations

import pandas as pd

from pollbench.data.memo import Key, memo_table
from pollbench.data.store import load


def test_a_result_is_made_once_for_its_details(bench):
    asked: list[str] = []

    def make() -> int:
        asked.append("")
        return len(asked)

    key: Key[int] = Key("a test of the memo")
    assert [bench.memo(key.of("a"), make), bench.memo(key.of("a"), make), bench.memo(key.of("b"), make)] == [
        1,
        1,
        2,
    ]


def test_a_statement_that_may_change_answers_forgets_all_results():
    with load("fr-primary-left-2017") as opened:
        key: Key[int] = Key("a test of the memo")
        assert opened.memo(key, lambda: 1) == 1
        opened.execute("CREATE OR REPLACE TEMP VIEW nothing AS SELECT 1 AS one")
        assert opened.memo(key, lambda: 2) == 2


def test_a_table_is_made_once_for_its_options_and_given_as_a_copy(bench):
    asked: list[object] = []

    @memo_table
    def counted(opened: object, number: object = 1) -> pd.DataFrame:
        asked.append(number)
        return pd.DataFrame({"number": [number]})

    first = counted(bench)
    first["number"] = 99
    assert counted(bench).number.item() == 1
    assert counted(bench, number=3).number.item() == 3
    assert counted(bench, number=3).number.item() == 3
    assert asked == [1, 3]
    assert bench.memo(counted.key, pd.DataFrame).number.item() == 1
    # An option whose text does not say all that it is has no key.
    for _ in range(2):
        counted(bench, number=frozenset("a"))
    assert len(asked) == 4
