"""Fill an empty database from CSV, strictly: every offence is found, none is let in.

The steps: read the files as text; refuse a value whose cast would fail or lose digits; put the
rows into staging tables that have the columns of the schema but no constraints; run the rules
that follow from the schema (keys, references, required values) and the checks written in SQL;
only without an error copy the rows into the real tables.

Works on an open connection that is handed in; ``store`` makes and owns it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from pollbench.data.checks import Check, Finding, Report, read_checks, to_findings
from pollbench.data.csv_files import TextTable, read_text_table
from pollbench.data.descriptions import miscounted, rows_of, unread_tables
from pollbench.data.elections import Election, datasets_folder, known_laws, line_of_key
from pollbench.data.schema import Connection, primary_keys, schema_checks, value_rules
from pollbench.data.table_files import INSERTION_ORDER, PER_COLLECTION, PER_ELECTION, REQUIRED, SHARED
from pollbench.data.waivers import ABOUT_WAIVERS, judge_waivers
from pollbench.errors import DataError

#: A longer value is cut in a message.
LONGEST_SHOWN = 80
#: Up to so many rows a check is done before a better plan for it is made.
FEW_ROWS = 5_000


def statements() -> str:
    """What makes the tables of the schema, and those of the same columns without constraints that rows come into first."""
    schema = (datasets_folder() / "sql" / "schema.sql").read_text(encoding="utf-8")
    copies = (f"CREATE TABLE staging.{table} AS FROM main.{table} LIMIT 0;" for table in INSERTION_ORDER)
    return "\n".join([schema, "CREATE SCHEMA staging;", *copies])


def create_tables(connection: Connection) -> None:
    """Create all tables, empty."""
    connection.execute(statements())


def fill(connection: Connection, elections: Sequence[Election]) -> Report:
    """Fill the tables in ``connection``, unless the report it returns has errors."""
    loader = Loader(connection)
    # No plan is better than another for one table.
    connection.execute("PRAGMA disable_optimizer")
    loader.stage(elections)
    if loader.staged.total() > FEW_ROWS:
        connection.execute("PRAGMA enable_optimizer")
    loader.check()
    connection.execute("PRAGMA enable_optimizer")
    if not loader.report.errors:
        for table in INSERTION_ORDER:
            if table in loader.staged:
                connection.execute(f"INSERT INTO main.{table} SELECT * FROM staging.{table}")
    connection.execute("USE main")
    connection.execute("DROP SCHEMA staging CASCADE")
    return loader.report


class Loader:
    """One load: the staging tables, where each row came from, and what was found."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.report = Report()
        #: Tables with unreadable lines: checks that need all rows are skipped.
        self.incomplete: set[str] = set()
        self.places: dict[tuple[str, str], tuple[str, int]] = {}
        #: Keys that stand on several lines: where each stood first.
        self.earlier: dict[tuple[str, str], tuple[str, int]] = {}
        #: Lines with a value that could not be read: what rests on it waits.
        self.unread: set[tuple[str, int]] = set()
        self.columns: dict[str, dict[str, str]] = {}
        #: Rows of each file; None where lines could not be read.
        self.counted: dict[Path, int | None] = {}
        #: Table -> column -> what an empty value stands for.
        self.defaults: dict[str, dict[str, str]] = {}
        #: Table -> columns that a file may leave out.
        self.optional: dict[str, set[str]] = {}
        #: Table -> rows that are staged; tables without a row are not in it.
        self.staged: Counter[str] = Counter()
        self._read_catalogue()
        self.keys = primary_keys(connection)

    def _read_catalogue(self) -> None:
        """Take columns with their types, in the order of the schema, and what may be left out."""
        rows = self.connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable, column_default FROM duckdb_columns() "
            "WHERE schema_name = 'main' AND NOT internal ORDER BY table_name, column_index"
        ).fetchall()
        for table, column, kind, nullable, default in rows:
            self.columns.setdefault(table, {})[column] = kind
            optional = self.optional.setdefault(table, set())
            if nullable or default is not None:
                optional.add(column)
            if default is not None:
                [meant] = self.connection.execute(f"SELECT CAST({default} AS VARCHAR)").fetchall()
                self.defaults.setdefault(table, {})[column] = meant[0]

    def stage(self, elections: Sequence[Election]) -> None:
        """Read every file of ``elections`` and the shared ones into the staging tables."""
        folders = list(dict.fromkeys(election.folder for election in elections))
        collections = list(
            dict.fromkeys(election.folder for election in elections if election.line is not None)
        )
        for table, stem in SHARED.items():
            beside = [folder / f"{stem}.csv" for folder in folders]
            files = [datasets_folder() / f"{stem}.csv", *(path for path in beside if _stands(path))]
            self.stage_rows(table, _without_repeats(self._read(table, files)))
        for table, stem in (PER_ELECTION | PER_COLLECTION).items():
            inside = collections if table in PER_COLLECTION else folders
            paths = [folder / f"{stem}.csv" for folder in inside]
            files = [path for path in paths if table == REQUIRED or _stands(path)]
            self.stage_rows(table, self._read(table, files))
        self._stage_descriptions(elections)
        for election in elections:
            self._check_law(election)
            self.count_rows(election, {})
        for folder in folders:
            self._name_unread_files(folder, folder in collections)

    def _read(self, table: str, files: Iterable[Path]) -> list[TextTable]:
        """The files whose form is sound; what is wrong with the others goes into the report."""
        tables = []
        for path in files:
            content, offences = read_text_table(path, tuple(self.columns[table]), self.optional[table])
            self.report.add(Finding.from_error("form", offence) for offence in offences)
            if offences:
                self.incomplete.add(table)
            self.counted[path] = None if content is None or offences else len(content.rows)
            if content is not None and content.rows:
                self._fill_in(table, content)
                tables.append(content)
        return tables

    def count_rows(self, election: Election, counted: Mapping[str, int]) -> None:
        """Compare the rows of the tables with the numbers that the description gives, where it gives some.

        Parameters
        ----------
        counted : numbers of rows that come before those that were read.
        """
        check = "rows_are_counted"
        if election.rows and check not in self.report.checks:
            self.report.checks.append(check)
        stems = {stem: table for table, stem in PER_ELECTION.items()}
        there = {
            stem: counted.get(stems.get(stem, ""), self.counted.get(election.folder / f"{stem}.csv", 0))
            for stem in election.rows
        }
        self.report.add(Finding.from_error(check, error) for error in miscounted(election, there))

    def _fill_in(self, table: str, content: TextTable) -> None:
        """Put what an empty value stands for in its place."""
        for column, meant in self.defaults.get(table, {}).items():
            position = content.columns.index(column)
            for row in content.rows:
                row[position] = row[position] or meant

    def stage_rows(self, table: str, contents: Sequence[TextTable]) -> None:
        """Put the rows of ``contents`` into the staging table, and what is wrong with their values into the report."""
        import pandas as pd

        if not contents:
            return
        types = self.columns[table]
        rows = [row for content in contents for row in content.rows]
        self.staged[table] += len(rows)
        lines = [line for content in contents for line in content.lines]
        files = [str(content.path) for content in contents for _ in content.rows]
        frame = pd.DataFrame(rows, columns=list(types), dtype="object").assign(line=lines, file=files)
        self.connection.register("frame", frame)
        # A table of its own: text is fetched from Python objects once, not once a rule.
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE raw AS SELECT *, row_number() OVER () AS place FROM frame"
        )
        self.connection.unregister("frame")
        self._refuse_bad_values(types)
        casts = ", ".join(f"TRY_CAST(nullif(\"{name}\", '') AS {kind})" for name, kind in types.items())
        self.connection.execute(f"INSERT INTO staging.{table} SELECT {casts} FROM raw ORDER BY place")
        positions = [(list(types).index(name), types[name]) for name in self.keys[table]]
        for row, line, file in zip(rows, lines, files, strict=True):
            key = "/".join([_as_in_database(row[position], kind) for position, kind in positions])
            if (table, key) in self.places:
                self.earlier.setdefault((table, key), self.places[table, key])
            self.places[table, key] = (file, line)

    def _refuse_bad_values(self, types: Mapping[str, str]) -> None:
        rules = {name: value_rules(name, kind) for name, kind in types.items()}
        broken = {}
        for name, listed in rules.items():
            sound = [rule.sound.replace("{value}", f'"{name}"') for rule in listed]
            cases = " ".join(
                f"WHEN NOT ({condition}) THEN {number}" for number, condition in enumerate(sound)
            )
            broken[name] = f"CASE WHEN coalesce(\"{name}\", '') = '' THEN NULL {cases} END"
        marked, values = ", ".join(broken.values()), ", ".join(f'"{name}"' for name in broken)
        query = (
            f"SELECT file, line, marks, found FROM (SELECT *, [{marked}] AS marks, [{values}] AS found FROM raw) "
            "WHERE len(list_filter(marks, lambda mark: mark IS NOT NULL)) > 0 ORDER BY place"
        )
        for file, line, marks, fields in self.connection.execute(query).fetchall():
            for (name, listed), mark, value in zip(rules.items(), marks, fields, strict=True):
                if mark is not None:
                    rule = listed[mark]
                    error = DataError(
                        file,
                        line=line or None,
                        column=name,
                        value=value[:LONGEST_SHOWN],
                        rule=rule.rule,
                        remedy=rule.remedy,
                    )
                    self.report.add([Finding.from_error("form", error)])
                    self.unread.add((file, line))
                    if "forecast_id" in rules:
                        # Its forecast is judged by all of its figures.
                        forecast = fields[list(rules).index("forecast_id")]
                        self.unread.add(self.places.get(("forecast", forecast), (file, line)))

    def _stage_descriptions(self, elections: Sequence[Election]) -> None:
        for table, contents in rows_of(elections, self.columns).items():
            self.stage_rows(table, contents)
        for election in elections:
            for key, remedy in election.unknown.items():
                rule = "is no key of a description; it is not read."
                error = DataError(
                    election.path, line=line_of_key(election.path, key), value=key, rule=rule, remedy=remedy
                )
                self._warn("description_is_read", error)

    def _name_unread_files(self, folder: Path, collection: bool) -> None:
        stems = {**SHARED, **PER_ELECTION, **(PER_COLLECTION if collection else {})}.values()
        for error in unread_tables(folder, {f"{stem}.csv" for stem in stems}):
            self._warn("file_is_read", error)

    def _warn(self, check: str, error: DataError) -> None:
        self.report.add([replace(Finding.from_error(check, error), severity="warning")])

    def _check_law(self, election: Election) -> None:
        """A law that no file describes is a mistake: its mentions could not be written, or another's would be."""
        check = "law_is_known"
        if check not in self.report.checks:
            self.report.checks.append(check)
        known = known_laws()
        if election.law is None or election.law in known:
            return
        path = election.path
        line = election.line or line_of_key(path, "law")
        close = get_close_matches(election.law, known, n=1, cutoff=0.7)
        error = DataError(
            path,
            line=line,
            column="law",
            value=election.law,
            rule="must name a law whose mentions the package can write.",
            remedy=f"There is: {', '.join(known)}.{f' Did you mean {close[0]!r}?' if close else ''} "
            "Leave the line out if you do not know which holds.",
        )
        self.report.add([Finding.from_error(check, error)])

    def check(self) -> None:
        """Run the rules of the schema, then the checks written in SQL."""
        self.connection.execute("USE staging")
        rows = self.connection.execute("SELECT check_name, row_key, reason FROM waiver").fetchall()
        waivers = {(name, key): reason for name, key, reason in rows}
        files = {table: f"{stem}.csv" for table, stem in {**SHARED, **PER_ELECTION}.items()}
        for check in schema_checks(self.connection, self.keys, files, self.staged):
            # The other rules of the schema are about one table, whose rows that were read can be judged.
            if check.name == "reference" and check.reads_any(self.incomplete):
                self.report.waiting += 1
            else:
                self.run(check, {})
        broken_form = bool(self.report.errors)
        checks = read_checks(datasets_folder() / "sql" / "checks")
        offences: set[tuple[str, str]] = set()
        for check in checks:
            # A broken form leaves holes; warnings about several rows, and errors that rest on lines that could
            # not be read, would only repeat that.
            if check.reads_any(self.incomplete):
                self.report.waiting += 1
            elif not (broken_form and check.severity == "warning"):
                offences |= self.run(check, waivers)
        names = {check.name for check in checks}
        self.report.add(judge_waivers(waivers, names, None if broken_form else offences, self.places))
        self.report.checks += [check.name for check in ABOUT_WAIVERS]

    def _with_earlier_line(self, finding: Finding) -> Finding:
        """A finding about a repeated key that names the other line too."""
        where = (finding.file, finding.line)
        held = (
            name for name, key in self.earlier if key == finding.row_key and self.places[name, key] == where
        )
        table = next(held, None)
        if table is None:
            return finding
        file, line = self.earlier[table, finding.row_key]
        if _is_shipped(file) and not _is_shipped(finding.file):
            remedy = "Leave your row out to use the shipped one as it is, or give yours an id of its own."
            return replace(
                finding,
                rule=f"is taken by a row that comes with PollBench ({file}, line {line}).",
                remedy=remedy,
            )
        rule = finding.rule.replace("several lines.", f"several lines, first in {file}, line {line}.")
        return replace(finding, rule=rule)

    def run(self, check: Check, waivers: dict[tuple[str, str], str]) -> set[tuple[str, str]]:
        """Run ``check``, put what it finds into the report and return (check, key) of each row found."""
        nothing = check.finds_nothing or not check.may_blame(self.staged, self.columns)
        rows = [] if nothing else self.connection.execute(check.query).fetchall()
        findings, waived = to_findings(check, rows, self.places, waivers)
        # A value that could not be read is one finding: what rests on its line waits for it.
        findings = [finding for finding in findings if (finding.file, finding.line) not in self.unread]
        self.report.add(
            self._with_earlier_line(finding) if check.name == "unique" else finding for finding in findings
        )
        self.report.waived += waived
        if check.name not in self.report.checks:
            self.report.checks.append(check.name)
        return {(check.name, key) for _, key, _, _ in rows}


def _is_shipped(file: str) -> bool:
    return Path(file).is_relative_to(datasets_folder())


def _as_in_database(text: str, kind: str) -> str:
    """A value of a key as a query prints it: a decimal number with all the places of its type."""
    places = re.fullmatch(r"DECIMAL\(\d+,(\d+)\)", kind)
    if places is None or not re.fullmatch(r"-?[0-9]+([.][0-9]+)?", text):
        return text
    return f"{Decimal(text):.{places[1]}f}"


def _stands(path: Path) -> bool:
    """Whether there is anything of that name: a link that leads nowhere is a fault, not a missing file."""
    return path.is_symlink() or path.exists()


def _without_repeats(contents: Sequence[TextTable]) -> list[TextTable]:
    """Rows that a user's election repeats word for word are the same row; others must have new keys."""
    without = []
    seen: set[tuple[str, ...]] = set()
    for content in contents:
        pairs = list(zip(content.rows, content.lines, strict=True))
        fresh = [(row, line) for row, line in pairs if tuple(row) not in seen]
        seen.update(tuple(row) for row in content.rows)
        if fresh:
            rows, lines = ([row for row, _ in fresh], [line for _, line in fresh])
            without.append(TextTable(content.path, content.columns, rows, lines))
    return without
