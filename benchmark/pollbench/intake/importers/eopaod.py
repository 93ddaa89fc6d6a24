"""European Opinion Polls as Open Data (filipvanlaenen/eopaod): a table per country, one column per party."""

from __future__ import annotations

from pathlib import Path

from pollbench.intake.columns import roles_of
from pollbench.intake.importers import wide
from pollbench.intake.model import Draft
from pollbench.intake.names import fold
from pollbench.intake.registry import Importer, Request
from pollbench.intake.remarks import Remarks
from pollbench.intake.tables import Row, Table, read_table

COLUMNS = ("Fieldwork End", "Scope", "Sample Size", "Participation", "Precision")
#: Values of Scope that ask about another vote than the national parliament.
EUROPEAN, NATIONAL = ("e", "european"), ("n", "national")


def read(source: Path, request: Request) -> Draft:
    """Read the .csv or .psv of a country; polls about the European Parliament only with --race European."""
    remarks = Remarks()
    table = read_table(source, remarks)
    table.require(*COLUMNS)
    wanted = EUROPEAN if fold(request.race) in EUROPEAN else NATIONAL
    rows = []
    last: dict[str, str] = {}
    for row in table.rows:
        # A second answer of one poll repeats neither its firm nor its days.
        cells = dict(row.cells)
        inherits = not row.get(table.columns[0]) and not row.get("Fieldwork End")
        if inherits:
            cells |= {name: last.get(name, "") for name in table.columns[:7] if not row.get(name)}
        last = cells
        scope = fold(cells.get("Scope", ""))
        other = NATIONAL if wanted is EUROPEAN else EUROPEAN
        if scope in other:
            remarks.drop(
                row.place, cells.get(table.columns[0], "").strip(), f"asks about another vote (scope {scope})"
            )
            continue
        rows.append(Row(row.file, row.line, cells))
    roles = roles_of(Table(table.path, table.columns, rows), request.mapping.columns, remarks)
    for column in ("Sample Size Qualification", "Participation", "Precision", "Scope", "Area"):
        if column in roles and column not in request.mapping.columns:
            roles[column] = "ignore"
    return wide.draft_of(Table(table.path, table.columns, rows), roles, request, remarks)


IMPORTER = Importer(
    name="eopaod",
    title="European Opinion Polls as Open Data",
    reads="the .csv or .psv of a country: Polling Firm, Commissioners, Fieldwork Start, Fieldwork End, Scope, Sample Size, parties",
    refuses="polls about the European Parliament (--race European takes those instead)",
    read=read,
    candidates="party",
    source={"publisher": "Filip van Laenen", "url": "https://filipvanlaenen.github.io/eopaod/"},
)
