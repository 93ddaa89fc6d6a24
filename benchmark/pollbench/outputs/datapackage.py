"""Descriptions of the CSV files for other programs: Data Packages after the Frictionless standard.

One describes the data sets, one the tables of a run. See https://specs.frictionlessdata.io/data-package/ and
https://specs.frictionlessdata.io/table-schema/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pollbench.data.checksums import registered_files
from pollbench.data.elections import datasets_folder
from pollbench.outputs.table import TABLES
from pollbench.version import __version__

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

DATAPACKAGE = "datapackage.json"
#: Folder of the schemas that the package of the data sets names.
SCHEMAS = "schemas"
LICENCE = {
    "name": "CC-BY-SA-4.0",
    "title": "Creative Commons Attribution-ShareAlike 4.0",
    "path": "https://creativecommons.org/licenses/by-sa/4.0/",
}
#: Type in the database -> type of the standard; a DECIMAL is a number, an ENUM a string with its words.
TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "DATE": "date",
    "BOOLEAN": "boolean",
}


def of_run(hashes: Mapping[str, str]) -> dict[str, Any]:
    """The package of the tables of a run.

    Parameters
    ----------
    hashes : table that was written -> SHA-256 of its file.

    Examples
    --------
    >>> of_run({"left_out": "0" * 64})["resources"][0]["path"]
    'tables/left_out.csv'
    """
    return _of_tables("pollbench-run", "Tables of a run of PollBench", hashes)


def of_record(hashes: Mapping[str, str]) -> dict[str, Any]:
    """The package of the tables of the world record, as they are deposited: table -> SHA-256 of its CSV file."""
    return _of_tables("pollbench-world-record", "Tables of the world record of PollBench", hashes)


def _of_tables(package: str, title: str, hashes: Mapping[str, str]) -> dict[str, Any]:
    resources = []
    for name, digest in sorted(hashes.items()):
        table = TABLES[name]
        fields = [
            {
                "name": column.name,
                "type": "string" if column.type == "text" else column.type,
                "description": column.meaning + (f" Unit: {column.unit}." if column.unit else ""),
            }
            for column in table.columns
        ]
        resources.append(
            {
                **_resource(name.replace("_", "-"), f"tables/{name}.csv", table.meaning),
                "hash": f"sha256:{digest}",
                "schema": {"fields": fields, "primaryKey": list(table.key)},
            }
        )
    return _package(package, title, resources)


def of_data(bench: Bench, folder: Path | None = None) -> dict[str, dict[str, Any]]:
    """The package of the data sets and the schemas that it names, by their paths in the folder of the data sets.

    Parameters
    ----------
    bench : any opened data, for what the schema says about tables and columns.
    folder : the data sets; the shipped ones unless told.
    """
    root = folder or datasets_folder()
    schemas = _schemas(bench)
    table_of = {
        tuple(field["name"] for field in schema["fields"]): name for name, schema in sorted(schemas.items())
    }
    resources = []
    for path in registered_files(root):
        if not path.endswith(".csv"):
            continue
        with (root / path).open(encoding="utf-8") as file:
            columns = tuple(file.readline().strip().split(","))
        name = re.sub("[^a-z0-9.]+", "-", path.removesuffix(".csv").replace("/", "."))
        if columns in table_of:
            table = table_of[columns]
            described = _resource(name, path, schemas[table]["description"])
            resources.append({**described, "schema": f"{SCHEMAS}/{table}.json"})
        else:
            # A file of a collection that is no table of the database: its columns by name.
            fields = {"fields": [{"name": column, "type": "any"} for column in columns]}
            resources.append({**_resource(name, path, ""), "schema": fields})
    used = {resource["schema"] for resource in resources if isinstance(resource["schema"], str)}
    named = {f"{SCHEMAS}/{name}.json": schema for name, schema in schemas.items()}
    package = _package("pollbench-datasets", "Data sets of PollBench", resources)
    return {DATAPACKAGE: package, **{path: schema for path, schema in named.items() if path in used}}


def _schemas(bench: Bench) -> dict[str, dict[str, Any]]:
    """Table of the database -> its Table Schema, made from the comments, types and keys of the database."""
    keys = bench.frame(
        "SELECT table_name, constraint_column_names AS names FROM duckdb_constraints() "
        "WHERE schema_name = 'main' AND constraint_type = 'PRIMARY KEY' ORDER BY table_name"
    )
    key_of = {
        str(table): [str(name) for name in names]
        for table, names in zip(keys.table_name, keys.names, strict=True)
    }
    schemas: dict[str, dict[str, Any]] = {}
    for row in bench.dictionary().itertuples():
        if row.table_name not in key_of:
            # The mark of the version, which comes from no file.
            continue
        schema = schemas.setdefault(
            str(row.table_name),
            {"description": str(row.table_meaning), "fields": [], "primaryKey": key_of[str(row.table_name)]},
        )
        schema["fields"].append(_field(row))
    return schemas


def _field(row: Any) -> dict[str, Any]:
    kind = str(row.data_type)
    constraints: dict[str, Any] = {} if row.is_nullable else {"required": True}
    if kind.startswith("ENUM"):
        constraints["enum"] = re.findall(r"'([^']*)'", kind)
    number = "number" if kind.startswith("DECIMAL") else "string"
    field = {
        "name": str(row.column_name),
        "type": TYPES.get(kind, number),
        "description": str(row.meaning),
    }
    return {**field, "constraints": constraints} if constraints else field


def _resource(name: str, path: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "description": description,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\n"},
    }


def _package(name: str, title: str, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "version": __version__,
        "licenses": [LICENCE],
        "resources": resources,
    }
