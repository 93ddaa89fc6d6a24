"""Rules that follow from the schema: what a value of a type looks like, keys, references, CHECKs.

They are read from the catalogue of a database made by ``schema.sql``, so that each stands there
and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Protocol

from pollbench.data.checks import Check
from pollbench.manipulation.mechanisms import MECHANISMS


class Connection(Protocol):
    """What the loader needs of a database connection."""

    def execute(self, query: str, parameters: Any = None) -> Any:
        """Run a query."""

    def register(self, view_name: str, python_object: Any) -> Any:
        """Show a data frame as a view."""

    def unregister(self, view_name: str) -> Any:
        """Take that view away."""


@dataclass(frozen=True)
class ValueRule:
    """What a text must fulfil to be a value of a type.

    Attributes
    ----------
    sound : SQL that holds for a sound text; ``{value}`` stands for the column.
    rule, remedy : the same in words.
    """

    sound: str
    rule: str
    remedy: str


#: Characters that no text holds: control characters, line and paragraph separators, marks that turn the
#: direction of writing, and the byte order mark. They stop converters, or show a text as another than it is.
UNSEEN = (
    r"[\x00-\x1f\x7f-\x9f\x{061c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}\x{feff}\x{fff9}-\x{fffb}]"
)
#: Lengths beyond which a text is an error: an id, a name or title that stands on an axis, any other text.
ID_LENGTH, NAME_LENGTH, TEXT_LENGTH = 120, 300, 4000
#: Columns whose texts stand on axes and in headings.
NAMES = (
    "name",
    "title",
    "label",
    "house",
    "office",
    "country",
    "party",
    "bloc",
    "department",
)


def type_of(column: str, kind: str) -> str:
    """The type of a column: where code answers to its words, an enumeration of what is registered.

    Examples
    --------
    >>> "'panel_quota'" in type_of("mechanism", "VARCHAR"), type_of("note", "VARCHAR")
    (True, 'VARCHAR')
    """
    if column != "mechanism":
        return kind
    words = ", ".join(f"'{name}'" for name in (*sorted(MECHANISMS), "none"))
    return f"ENUM({words})"


def value_rules(column: str, kind: str) -> list[ValueRule]:
    """The rules for values of ``column``, whose type is ``kind``; of each value the first that it breaks is reported."""
    kind = type_of(column, kind)
    if kind != "VARCHAR":
        return [_typed(kind)]
    length = ID_LENGTH if column.endswith("_id") else NAME_LENGTH if column in NAMES else TEXT_LENGTH
    rules = [
        ValueRule(
            "{value} = trim({value}) AND NOT contains({value}, chr(10))",
            "must not start or end with a space, or hold a line break.",
            "Remove it.",
        ),
        ValueRule(
            f"NOT regexp_matches({{value}}, '{UNSEEN}')",
            "holds a character that is not seen: a control character, a line separator or a mark that turns the "
            "direction of writing.",
            "Type the text again.",
        ),
        ValueRule(
            "{value} = nfc_normalize({value})",
            "is written in another Unicode form: an accent stands beside its letter, so that the word looks like "
            "another one and is not found.",
            "Type the word again; 'pollbench import' writes the composed form.",
        ),
        ValueRule(
            f"length({{value}}) <= {length}",
            f"is longer than {length} characters.",
            "Shorten it.",
        ),
    ]
    if column.endswith("_id"):
        rules.append(
            ValueRule(
                "regexp_full_match({value}, '[A-Za-z0-9][A-Za-z0-9.:+_-]*')",
                "is no id: letters without accents, digits, hyphens and . : + _ make one.",
                "Write it with hyphens and without accents, in every file that uses it; the name keeps its accents.",
            )
        )
    return rules


def _typed(kind: str) -> ValueRule:
    """The rule for values of the column type ``kind``, which is no text."""
    if decimal := re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", kind):
        digits, places = int(decimal[1]), int(decimal[2])
        pattern = f"-?[0-9]{{1,{digits - places}}}([.][0-9]{{1,{places}}})?"
        return ValueRule(
            f"regexp_full_match({{value}}, '{pattern}')",
            f"must be a number with a decimal point and at most {places} decimals; more would be lost.",
            'Write 22.5, not 22,5 or 22.5 %, with the digits its source prints; a printed "<1" is 1 with the flag lt.',
        )
    if kind in ("INTEGER", "BIGINT"):
        return ValueRule(
            f"regexp_full_match({{value}}, '-?[0-9]+') AND TRY_CAST({{value}} AS {kind}) IS NOT NULL",
            "must be a whole number.",
            "Write 1445, without spaces, commas or decimals.",
        )
    if kind == "DATE":
        return ValueRule(
            "regexp_full_match({value}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST({value} AS DATE) IS NOT NULL",
            "must be a day that exists, written year-month-day.",
            "Write 2017-04-23.",
        )
    if kind == "BOOLEAN":
        return ValueRule("{value} IN ('true', 'false')", "must be true or false.", "Write true or false.")
    if kind.startswith("ENUM"):
        words = ", ".join(re.findall(r"'([^']*)'", kind))
        return ValueRule(
            f"TRY_CAST({{value}} AS {kind}) IS NOT NULL",
            f"must be one of {words}.",
            "Choose one of these words.",
        )
    message = f"a column of the type {kind} has no rule"
    raise NotImplementedError(message)


def primary_keys(connection: Connection) -> dict[str, list[str]]:
    """The columns of the primary key of each table."""
    rows = connection.execute(
        "SELECT table_name, constraint_column_names FROM duckdb_constraints() "
        "WHERE schema_name = 'main' AND constraint_type = 'PRIMARY KEY'"
    ).fetchall()
    return dict(rows)


def schema_checks(
    connection: Connection,
    keys: Mapping[str, Sequence[str]],
    files: Mapping[str, str],
    staged: Container[str],
) -> Iterator[Check]:
    """A check for each constraint of the schema, to be run on the staging tables.

    Parameters
    ----------
    keys : the primary key of each table.
    files : the file of each table, for the remedy.
    staged : the tables that have rows; no rule can be broken in the others.
    """
    rows = connection.execute(
        "SELECT table_name, constraint_type, constraint_column_names, referenced_table, "
        "referenced_column_names, expression FROM duckdb_constraints() WHERE schema_name = 'main' "
        "ORDER BY table_name, constraint_index"
    ).fetchall()
    broken = _tables_with_broken_rows(connection, [row for row in rows if row[0] in staged])
    for table, kind, columns, referenced, referenced_columns, expression in rows:
        # As the places of rows are kept: an empty part of a key is an empty text there.
        key = " || '/' || ".join(f"coalesce(CAST(\"{column}\" AS VARCHAR), '')" for column in keys[table])
        listed = ", ".join(columns)
        joined = key_expression(columns)
        head = f"SELECT '{table}', {key}, '{listed}'"
        if kind == "NOT NULL":
            query = f'{head}, NULL FROM staging.{table} WHERE "{columns[0]}" IS NULL'
            yield _check(
                "required",
                f"{listed} must not be empty.",
                "Fill it in.",
                query,
                finds_nothing=table not in broken,
            )
        elif kind in ("PRIMARY KEY", "UNIQUE"):
            query = (
                f"SELECT '{table}', min({key}), '{listed}', {joined} || ' (' || count(*) || ' times)' "
                f"FROM staging.{table} WHERE {joined} IS NOT NULL GROUP BY {joined} HAVING count(*) > 1"
            )
            rule = f"{listed} must occur once; it stands on several lines."
            remedy = "Remove the repeated row, or give one its own key."
            yield _check("unique", rule, remedy, query, finds_nothing=table not in staged)
        elif kind == "FOREIGN KEY":
            yield _reference_check(
                connection, table, head, columns, referenced, referenced_columns, files, staged
            )
        else:  # CHECK, the only other kind of constraint
            query = f"{head}, {joined} FROM staging.{table} WHERE NOT ({expression})"
            yield _check(
                "allowed",
                f"must fulfil {expression}.",
                "Correct the value.",
                query,
                finds_nothing=table not in broken,
            )


def _tables_with_broken_rows(connection: Connection, rows: Sequence[Sequence[Any]]) -> set[str]:
    """The tables in which a row lacks a value that it needs, or one is not allowed: all rules of a table at once."""
    conditions: dict[str, list[str]] = {}
    for table, kind, columns, _, _, expression in rows:
        if kind == "NOT NULL":
            conditions.setdefault(table, []).append(f'"{columns[0]}" IS NULL')
        elif kind == "CHECK":
            conditions.setdefault(table, []).append(f"NOT ({expression})")
    return {
        table
        for table, listed in conditions.items()
        if connection.execute(
            f"SELECT 1 FROM staging.{table} WHERE {' OR '.join(f'({condition})' for condition in listed)} LIMIT 1"
        ).fetchall()
    }


def _reference_check(
    connection: Connection,
    table: str,
    head: str,
    columns: Sequence[str],
    referenced: str,
    referenced_columns: Sequence[str],
    files: Mapping[str, str],
    staged: Container[str],
) -> Check:
    pairs = list(zip(columns, referenced_columns, strict=True))
    match = " AND ".join(f't."{ours}" = r."{theirs}"' for ours, theirs in pairs)
    present = " AND ".join(f't."{ours}" IS NOT NULL' for ours in columns)
    joined = " || '/' || ".join(f't."{ours}"' for ours in columns)
    query = (
        f"{head}, {joined} AS found FROM staging.{table} t WHERE {present} "
        f"AND NOT EXISTS (SELECT 1 FROM staging.{referenced} r WHERE {match})"
    )
    asked = f"SELECT DISTINCT found FROM ({query}) ORDER BY found"
    wanted = connection.execute(asked).fetchall() if table in staged else []
    hint = ""
    if wanted:
        known_query = (
            f"SELECT DISTINCT {key_expression(referenced_columns)} FROM staging.{referenced} ORDER BY 1"
        )
        # A row that lacks a part of its key, which is a fault of its own, is no name to suggest.
        known = [name for (name,) in connection.execute(known_query).fetchall() if name is not None]
        for (name,) in wanted[:5]:
            if close := get_close_matches(name, known, n=1, cutoff=0.7):
                hint += f" Did you mean {close[0]!r} for {name!r}?"
    rule = f"{', '.join(columns)} must name a row of the table {referenced}."
    remedy = f"Correct the name, or add the row to {files.get(referenced, 'election.toml')}.{hint}"
    return _check("reference", rule, remedy, query, finds_nothing=not wanted)


def _check(name: str, rule: str, remedy: str, query: str, *, finds_nothing: bool = False) -> Check:
    return Check(name, "error", rule, "follows from the schema", remedy, query, finds_nothing)


def key_expression(columns: Sequence[str]) -> str:
    """SQL for the values of ``columns`` joined by slashes."""
    return " || '/' || ".join(f'CAST("{column}" AS VARCHAR)' for column in columns)
