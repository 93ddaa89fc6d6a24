"""Which tables a query may read: those that it names, itself or by a view or a macro; a query that names none, every table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pollbench.data.questions import Key, looking_away

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

#: What starts with it answers about the database itself.
_CATALOGUE = ("duckdb_", "information_schema", "pragma_", "pg_", "sqlite_")
_DIGESTS: Key[dict[str, str]] = Key("digests of tables")
_READ: Key[TablesRead] = Key("tables that a query may read")


def digests_of_tables(bench: Bench) -> dict[str, str]:
    """For each table what tells its rows from others: equal texts, equal rows, in whatever order."""
    with looking_away():
        return bench.memo(_DIGESTS, lambda: _digested(bench))


def tables_read(bench: Bench, query: str) -> frozenset[str]:
    """The tables that ``query`` may read: its answer is the same while these are."""
    with looking_away():
        return bench.memo(_READ, lambda: _read(bench)).of(query)


class TablesRead:
    """The tables of a database, by the queries that may read them.

    Parameters
    ----------
    tables : names of all tables.
    definitions : view or macro -> the text that defines it.

    Examples
    --------
    >>> read = TablesRead(["poll", "vote", "person"], {"error": "SELECT * FROM poll JOIN vote USING (id)"})
    >>> sorted(read.of("SELECT max(gap) FROM Error")), sorted(read.of("SELECT 1"))
    (['poll', 'vote'], ['person', 'poll', 'vote'])
    """

    def __init__(self, tables: Iterable[str], definitions: Mapping[str, str]) -> None:
        self._tables = {name.lower(): name for name in tables}
        self._words = {name.lower(): _words(text) for name, text in definitions.items()}
        self._known: dict[str, frozenset[str]] = {}

    def of(self, query: str) -> frozenset[str]:
        """The tables that ``query`` may read: none of the others moves its answer."""
        if query not in self._known:
            named = self._named(_words(query))
            all_of_them = frozenset(self._tables.values())
            self._known[query] = all_of_them if named is None else named or all_of_them
        return self._known[query]

    def _named(self, words: set[str]) -> frozenset[str] | None:
        """The tables that words name; None where they ask about the database itself."""
        waiting, seen = list(words), set(words)
        while waiting:
            word = waiting.pop()
            if word.startswith(_CATALOGUE):
                return None
            more = self._words.get(word, set()) - seen
            seen |= more
            waiting += more
        return frozenset(table for name, table in self._tables.items() if name in seen)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _digested(bench: Bench) -> dict[str, str]:
    names = bench.frame(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND NOT internal ORDER BY table_name"
    ).table_name
    queries = (
        f"SELECT '{name}' AS name, count(*) AS n, coalesce(sum(hash(t)), 0)::VARCHAR AS total, "
        f'coalesce(bit_xor(hash(t)), 0)::VARCHAR AS mixed FROM main."{name}" t'
        for name in names
    )
    rows = bench.frame(" UNION ALL ".join(queries) + " ORDER BY name")
    return {str(row.name): f"{row.n} {row.total} {row.mixed}" for row in rows.itertuples(index=False)}


def _read(bench: Bench) -> TablesRead:
    definitions = bench.frame(
        "SELECT view_name AS name, sql AS text FROM duckdb_views() WHERE NOT internal UNION ALL "
        "SELECT function_name, macro_definition FROM duckdb_functions() "
        "WHERE NOT internal AND macro_definition IS NOT NULL"
    )
    texts = dict(zip(definitions.name, definitions.text, strict=True))
    return TablesRead(digests_of_tables(bench), texts)
