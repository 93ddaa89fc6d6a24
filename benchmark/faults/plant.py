"""Plant the mistakes of a careful clerk in shipped data; count what an error, a warning or nothing shows.

    python benchmark/faults/plant.py PLACES [SEED] [--keep]

Each kind of ``clerk/`` is planted at PLACES random rows of one election. The election is staged once; a fault changes the
staged rows of its tables, the rules that read them run, and all is rolled back. Printed: rates by kind and in all. The exit
is 1 if more than one fault in ten passes in silence, or if a kind is silent that is not known to be.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
from clerk import days, figures, polls, results
from clerk.rows import Fault, NoRow, Row, Rows
from measured import Figure, arguments, keep, machine

from pollbench.data.checks import Finding, Report, read_checks
from pollbench.data.csv_files import TextTable
from pollbench.data.elections import datasets_folder, find_all
from pollbench.data.loading import Loader, create_tables
from pollbench.data.schema import schema_checks

#: Kind -> the election that it is planted in, and the fault.
KINDS: dict[str, tuple[str, Fault]] = figures.KINDS | days.KINDS | polls.KINDS | results.KINDS
OUTCOMES = ("error", "warning", "silent")
#: Kinds that nothing inside the data can show: the row is as likely as the true one. They stand in the README.
UNSEEN = {
    "blocs of two candidates exchanged": "a bloc is an assumption of PollBench",
    "claim about another candidate": "only the source says who was named",
    "population changed": "houses ask several populations in turn",
    "read once, said twice": "only a second reading shows it",
    "sign of below lost": "a bound that is printed looks like a share",
    "sources of two polls exchanged": "only the source says what it holds",
    "votes of two candidates exchanged, no departments": "two transcriptions of the result",
    "wrong revision": "no rule says which number comes next",
}


class Staged(Loader):
    """The loader, which keeps the rows as they were read."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.contents: dict[str, list[TextTable]] = {}
        super().__init__(connection)

    def stage_rows(self, table: str, contents: Sequence[TextTable]) -> None:
        """Keep the rows, and stage them."""
        self.contents[table] = [*self.contents.get(table, []), *contents]
        super().stage_rows(table, contents)


class Ground:
    """One shipped election, staged once; a fault lasts for one count."""

    def __init__(self, election: str) -> None:
        self.elections = find_all([election])
        self.connection = duckdb.connect()
        create_tables(self.connection)
        self.loader = Staged(self.connection)
        self.loader.stage(self.elections)
        self.connection.execute("USE staging")
        self.tables = {
            table: [
                dict(zip(content.columns, row, strict=True)) for content in contents for row in content.rows
            ]
            for table, contents in self.loader.contents.items()
        }
        self.checks = read_checks(datasets_folder() / "sql" / "checks")
        self.known = {_named(finding, {}) for finding in self._findings(set(self.tables))}

    def _findings(self, changed: set[str]) -> list[Finding]:
        """What the rules find that read one of the tables."""
        waivers = self.connection.execute("SELECT check_name, row_key, reason FROM waiver").fetchall()
        excepted = {(name, key): reason for name, key, reason in waivers}
        read = changed if "waiver" not in changed else set(self.tables)
        for check in schema_checks(self.connection, self.loader.keys, {}, self.loader.staged):
            if check.reads_any(read):
                self.loader.run(check, {})
        for check in self.checks:
            if check.reads_any(read):
                self.loader.run(check, excepted)
        return self.loader.report.findings

    def outcome(self, fault: Fault, draw: random.Random) -> str:
        """What shows the fault, planted at a random row: an error, a warning or nothing.

        Raises
        ------
        NoRow : the election holds no row for it.
        """
        rows = Rows(self.tables)
        fault(rows, draw)
        self.connection.execute("BEGIN")
        self.loader.report, self.loader.unread = Report(), set()
        try:
            for table in sorted(rows.changed):
                self.connection.execute(f"DELETE FROM {table}")
                self.loader.stage_rows(table, [self._as_read(table, rows.read(table))])
            self.loader.count_rows(
                self.elections[0], {table: len(rows.read(table)) for table in rows.changed}
            )
            findings = self._findings(rows.changed)
            new = [finding for finding in findings if _named(finding, rows.renamed) not in self.known]
        finally:
            self.connection.execute("ROLLBACK")
        return min((finding.severity for finding in new), default="silent")

    def _as_read(self, table: str, rows: list[Row]) -> TextTable:
        """Rows as they are read from the file of a table."""
        columns = tuple(self.loader.columns[table])
        values = [[row[name] for name in columns] for row in rows]
        return TextTable(Path(f"{table}.csv"), columns, values, list(range(2, len(values) + 2)))


def _named(finding: Finding, renamed: Mapping[str, str]) -> tuple[str, str, str]:
    """What makes a finding the same as another one: its rule, column and row, under whatever id the row now stands."""
    key = finding.row_key
    for new, old in renamed.items():
        key = key.replace(new, old)
    return finding.check, key, finding.column


def rates(kinds: Sequence[str], places: int, seed: int) -> dict[str, Counter[str]]:
    """Outcomes of each kind, planted at so many random rows; rows that hold what was planted anyway are drawn anew."""
    grounds: dict[str, Ground] = {}
    counted: dict[str, Counter[str]] = {}
    for kind in kinds:
        election, fault = KINDS[kind]
        if election not in grounds:
            grounds[election] = Ground(election)
        ground = grounds[election]
        draw = random.Random(f"{seed} {kind}")
        counted[kind] = Counter()
        for _ in range(places):
            for _ in range(20):
                try:
                    counted[kind][ground.outcome(fault, draw)] += 1
                except NoRow:
                    continue
                break
    return counted


def main() -> int:
    """Print the rates, the kinds that are seen least first, with the machine they were counted on."""
    words, to_keep = arguments()
    places, seed = (int(word) for word in [*words, *("5", "20170423")[len(words) :]])
    counted = rates(sorted(KINDS), places, seed)
    print(f"{'kind':<58}{'error':>8}{'warning':>9}{'silent':>8}")
    for kind, outcomes in sorted(counted.items(), key=lambda pair: (-pair[1]["silent"], pair[0])):
        print(
            f"{kind:<58}"
            + "".join(f"{outcomes[name]:>{width}}" for name, width in zip(OUTCOMES, (8, 9, 8), strict=True))
        )
    total = sum(counted.values(), Counter())
    silent = total["silent"] / total.total()
    unknown = [
        kind
        for kind, outcomes in counted.items()
        if kind not in UNSEEN and not outcomes["error"] + outcomes["warning"]
    ]
    print(
        f"{total.total()} planted faults of {len(counted)} kinds, seed {seed}: {total['error']} errors, "
        f"{total['warning']} warnings, {total['silent']} silent ({100 * silent:.1f} %). {machine()}."
    )
    for kind in unknown:
        print(f"silent, and not known to be: {kind}")
    if to_keep:
        detail = f"{total['silent']} of {total.total()} of {len(counted)} kinds, seed {seed}"
        command = f"benchmark/faults/plant.py {places} {seed} --keep"
        what = "planted mistakes that pass in silence"
        keep([Figure(what, round(100 * silent, 1), "%", "at most", 10, detail, command, machine())])
    return int(silent > 0.1 or bool(unknown))


if __name__ == "__main__":
    sys.exit(main())
