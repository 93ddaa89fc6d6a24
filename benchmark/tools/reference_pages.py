"""What is made from the code: tables of the README, the dictionaries of data and outputs, the Data Package.

``make reference`` writes them; a test refuses pages that are not what the code says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

README = "README.md"
DICTIONARY = "datasets/DICTIONARY.md"
OUTPUTS = "benchmark/OUTPUTS.md"
PACKAGE = "datasets/pollbench_datasets"
CITATION = "CITATION.cff"


def measures_table() -> str:
    """Every measure with unit, direction and reference."""
    from pollbench import measures

    better = {
        "lower": "lower is better",
        "higher": "higher is better",
        "zero": "0 is best",
        "none": "a yardstick",
    }
    rows = (
        (
            f"`{measure.name}`",
            measure.title,
            measure.unit or "–",
            better[measure.orientation],
            measure.reference or "defined here",
        )
        for measure in measures.registered().values()
    )
    return _table(("measure", "what it is", "unit", "direction", "reference"), rows)


def baselines_table() -> str:
    """Every baseline with what it is a null for."""
    from pollbench import baselines

    rows = ((f"`{baseline.name}`", baseline.meaning) for baseline in baselines.registered().values())
    return _table(("baseline", "what it is"), rows)


def verbs_table() -> str:
    """Every verb of the command line with the first line of its help."""
    from pollbench.cli import app

    rows = []
    for command in app.registered_commands:
        callback = command.callback
        text = (callback.__doc__ or "") if callback is not None else ""
        rows.append((f"`pollbench {command.name}`", text.strip().splitlines()[0]))
    return _table(("verb", "does"), rows)


def mechanisms_table() -> str:
    """Every mechanism with its base."""
    from pollbench.manipulation import MECHANISMS

    rows = ((f"`{mechanism.name}`", mechanism.title, mechanism.base) for mechanism in MECHANISMS.values())
    return _table(("mechanism", "what it is", "what an attacker competes with"), rows)


def attacks_table() -> str:
    """Every attack."""
    from pollbench.manipulation import ATTACKS

    return _table(
        ("attack", "what it does"), ((f"`{attack.name}`", attack.title) for attack in ATTACKS.values())
    )


def defences_table() -> str:
    """Every defence with the attack that adapts to it."""
    from pollbench.manipulation import DEFENCES

    rows = ((f"`{defence.name}`", defence.title, defence.adaptive) for defence in DEFENCES.values())
    return _table(("defence", "what it is", "the attack that adapts"), rows)


def tables_table() -> str:
    """Every table that a run writes."""
    from pollbench.outputs.tables import TABLES

    return _table(
        ("file in `tables/`", "holds"), ((f"`{name}.csv`", table.meaning) for name, table in TABLES.items())
    )


def dictionary() -> str:
    """Every table and column of the database with its type and meaning."""
    from pollbench.data.store import load

    with load("fr-primary-left-2017") as bench:
        columns = bench.dictionary()
        views = bench.frame(
            "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal AND NOT temporary ORDER BY view_name"
        )
    parts = [
        "# Data dictionary\n",
        "Made from the comments of `pollbench_datasets/sql/*.sql` by `make reference`; the "
        "DuckDB file carries the same words. One CSV file a table, the columns in this order; empty = not known; "
        "shares, probabilities and approvals are per cent; days are ISO dates; lists stand in one field, separated "
        "by spaces.\n",
    ]
    for name, rows in columns.groupby("table_name", sort=True):
        parts.append(f"## {name}\n")
        parts.append(f"{rows.table_meaning.iloc[0]}\n")
        cells = (
            (
                f"`{row.column_name}`",
                _type(str(row.data_type)),
                "" if row.is_nullable else "required",
                str(row.meaning),
            )
            for row in rows.itertuples()
        )
        parts.append(_table(("column", "type", "", "meaning"), cells))
    parts.append("## Views\n")
    parts.append(
        _table(("view", "meaning"), ((f"`{row.view_name}`", str(row.comment)) for row in views.itertuples()))
    )
    return "\n".join(parts)


def outputs() -> str:
    """Every table and column that a run writes with its type, unit and meaning."""
    from pollbench.outputs.tables import TABLES

    parts = [
        "# Tables of a run\n",
        "Made from the declarations in `pollbench/outputs` by `make reference`; `datapackage.json` beside the tables "
        "says the same to programs (Frictionless Data Package). CSV, UTF-8, one file per table, the columns in this "
        "order; empty = not known or not applicable; days are year-month-day; lists stand in one field, separated by "
        "spaces. The columns of the key identify a row.\n",
    ]
    for name, table in TABLES.items():
        parts.append(f"## {name}\n")
        parts.append(f"{table.meaning[:1].upper()}{table.meaning[1:]}.\n")
        cells = (
            (
                f"`{column.name}`",
                column.type,
                column.unit,
                "key" if column.name in table.key else "",
                column.meaning,
            )
            for column in table.columns
        )
        parts.append(_table(("column", "type", "unit", "", "meaning"), cells))
    return "\n".join(parts)


def package() -> dict[str, str]:
    """The Data Package of the data sets and its schemas: path -> text."""
    from pollbench.data.store import load
    from pollbench.outputs.datapackage import of_data

    with load("fr-primary-left-2017") as bench:
        described = of_data(bench)
    return {
        f"{PACKAGE}/{path}": json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        for path, content in described.items()
    }


def citation() -> str:
    """How to cite the program, for those who read the repository."""
    from pollbench.attribution.citation import cite

    return cite(style="cff") + "\n"


def importers_table() -> str:
    """Every importer with what it reads and leaves out."""
    from pollbench.intake import registry

    rows = (
        (f"`{importer.name}`", importer.title, importer.reads, importer.refuses)
        for importer in registry.registered().values()
    )
    return _table(("kind", "source", "reads", "leaves out, and says so"), rows)


SECTIONS: dict[str, Callable[[], str]] = {
    "measures": measures_table,
    "baselines": baselines_table,
    "mechanisms": mechanisms_table,
    "attacks": attacks_table,
    "defences": defences_table,
    "verbs": verbs_table,
    "tables": tables_table,
    "importers": importers_table,
}


def with_sections(text: str) -> str:
    """``text`` with what stands between its markers made anew."""
    for name, make in SECTIONS.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        match = pattern.search(text)
        if match is None:
            message = f"{README} has no place for the table of {name}."
            raise ValueError(message)
        text = text[: match.end(1)] + make() + text[match.start(2) :]
    return text


def _type(name: str) -> str:
    words = re.findall(r"'([^']*)'", name)
    return "one of " + ", ".join(words) if words else name.lower()


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


if __name__ == "__main__":
    readme = Path(README)
    readme.write_text(with_sections(readme.read_text(encoding="utf-8")), encoding="utf-8")
    for path, text in {
        DICTIONARY: dictionary(),
        OUTPUTS: outputs(),
        CITATION: citation(),
        **package(),
    }.items():
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")
