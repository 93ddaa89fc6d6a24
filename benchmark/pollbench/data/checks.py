"""What a load found: findings, the report that holds all of them, and the checks written in SQL.

A check is one file of ``sql/checks``: comment lines with its severity, rule, why and remedy, then
one query that returns the offending rows as ``table_name, row_key, column_name, found``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pollbench.errors import DataError, PollbenchError, readable

if TYPE_CHECKING:
    import pandas as pd

Severity = Literal["error", "warning"]
#: Checks that find files and keys of a folder that no table is made of.
UNREAD = ("file_is_read", "description_is_read")


@dataclass(frozen=True)
class Finding:
    """One offence against one rule, with the place where it stands."""

    check: str
    severity: Severity
    file: str
    line: int | None
    column: str
    row_key: str
    value: str
    rule: str
    remedy: str

    @classmethod
    def from_error(cls, check: str, error: DataError) -> Finding:
        """The finding that says what ``error`` says."""
        return cls(
            check=check,
            severity="error",
            file=readable(error.path),
            line=error.line,
            column=error.column or "",
            row_key="",
            value=error.value or "",
            rule=error.rule,
            remedy=error.remedy,
        )

    def __str__(self) -> str:
        """One line: severity, place, value, rule, remedy."""
        where = self.file
        if self.line is not None:
            where += f", line {self.line}"
        if self.column:
            where += f", column {self.column}"
        if self.row_key:
            where += f" [{self.row_key}]"
        value = f": {self.value!r}" if self.value else ""
        return f"{self.severity}: {where}{value}: {self.rule} {self.remedy} ({self.check})"


@dataclass
class Report:
    """All that a load found, errors first; the checks that ran, the exceptions made, the checks that must wait."""

    findings: list[Finding] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    waived: int = 0
    waiting: int = 0

    @property
    def errors(self) -> list[Finding]:
        """The findings that forbid a load."""
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def warnings(self) -> list[Finding]:
        """The findings that a person should look at."""
        return [finding for finding in self.findings if finding.severity == "warning"]

    @property
    def unread(self) -> list[Finding]:
        """The warnings that something of a folder was not read: without it, nothing might seem to be wrong."""
        return [finding for finding in self.warnings if finding.check in UNREAD]

    def add(self, findings: Iterable[Finding]) -> None:
        """Take ``findings`` in."""
        self.findings.extend(findings)

    def summary(self) -> str:
        """One sentence with the counts."""
        return (
            f"{len(self.checks)} checks, {_count(len(self.errors), 'error')}, "
            f"{_count(len(self.warnings), 'warning')}, {_count(self.waived, 'exception')} with a reason."
            + (f" {_count(self.waiting, 'check')} more once every line can be read." if self.waiting else "")
        )

    def to_frame(self) -> pd.DataFrame:
        """One row per finding, in the order of the report."""
        import pandas as pd

        columns = list(Finding.__dataclass_fields__)
        frame = pd.DataFrame([asdict(finding) for finding in self.ordered()], columns=columns)
        return frame.astype({"line": "Int64"})

    def ordered(self) -> list[Finding]:
        """Errors before warnings, then by place."""
        return sorted(
            self.findings,
            key=lambda finding: (
                finding.severity,
                finding.file,
                finding.line or 0,
                finding.column,
                finding.check,
                finding.value,
            ),
        )

    def __str__(self) -> str:
        """The errors, a line each, then the counts."""
        lines = [str(finding) for finding in self.ordered() if finding.severity == "error"]
        return "\n".join([*lines, self.summary()])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


class CheckFailed(PollbenchError):
    """Data checks found errors; ``report`` holds all of them."""

    exit_code = 1

    def __init__(self, report: Report) -> None:
        super().__init__(str(report))
        self.report = report


@dataclass(frozen=True)
class Check:
    """A check read from its file."""

    name: str
    severity: Severity
    rule: str
    why: str
    remedy: str
    query: str
    finds_nothing: bool = False

    def reads_any(self, tables: Iterable[str]) -> bool:
        """Whether the query names one of these tables."""
        return not set(re.findall(r"\w+", self.query)).isdisjoint(tables)

    def may_blame(self, filled: Container[str], tables: Container[str]) -> bool:
        """Whether a table in which it could find a faulty row has rows.

        Parameters
        ----------
        filled : the tables that have rows.
        tables : all tables: the query names those whose rows it finds in quotes.
        """
        blamed = [word for word in re.findall(r"'(\w+)'", self.query) if word in tables]
        return not blamed or any(table in filled for table in blamed)


def read_check(path: Path) -> Check:
    """Read one check; ValueError if its header lacks a part, for that is a fault of ours."""
    text = path.read_text(encoding="utf-8")
    parts: dict[str, str] = {}
    current = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        content = line[2:].strip()
        name, separator, value = content.partition(": ")
        if separator and name in ("severity", "rule", "why", "remedy"):
            current = name
            parts[name] = value.strip()
        elif current:
            parts[current] += f" {content}"
    missing = {"severity", "rule", "why", "remedy"} - parts.keys()
    if missing:
        message = f"{path.name}: the header of the check lacks {', '.join(sorted(missing))}."
        raise ValueError(message)
    severity: Severity = "error" if parts["severity"] == "error" else "warning"
    return Check(path.stem, severity, parts["rule"], parts["why"], parts["remedy"], text)


def read_checks(folder: Path) -> list[Check]:
    """All checks of ``folder``, by name."""
    return [read_check(path) for path in sorted(folder.glob("*.sql"))]


def to_findings(
    check: Check,
    rows: Sequence[tuple[str, str, str, str]],
    places: dict[tuple[str, str], tuple[str, int]],
    waivers: dict[tuple[str, str], str],
) -> tuple[list[Finding], int]:
    """Turn the rows of a check into findings; return them and how many rows a waiver excepts.

    Parameters
    ----------
    rows : table_name, row_key, column_name, found.
    places : (table, key) -> file and line.
    waivers : (check, key) -> reason.
    """
    findings = []
    waived = 0
    for table, key, column, value in rows:
        if (check.name, key) in waivers:
            waived += 1
            continue
        file, line = places.get((table, key), (table, 0))
        findings.append(
            Finding(
                check=check.name,
                severity=check.severity,
                file=file,
                line=line or None,
                column=column or "",
                row_key=key,
                value=value or "",
                rule=check.rule,
                remedy=check.remedy,
            )
        )
    return findings, waived
