"""Descriptions of tables in Croissant, the metadata format for data sets of machine learning (JSON-LD)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.outputs.datapackage import LICENCE
from pollbench.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pollbench.outputs.columns import Column
    from pollbench.outputs.table import Table

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
#: The vocabulary of the format, as its specification gives it.
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
#: Type of a column -> type of schema.org.
TYPES = {
    "text": "sc:Text",
    "number": "sc:Float",
    "integer": "sc:Integer",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
#: Day of the release that CITATION.cff names.
RELEASED = "2026-11-21"


def of_tables(title: str, tables: Mapping[str, Table], digests: Mapping[str, str]) -> dict[str, Any]:
    """The Croissant description of CSV files ``tables/<name>.csv``.

    Parameters
    ----------
    title : of the data set.
    tables : declared tables, by name.
    digests : SHA-256 of the CSV file of each.

    Returns
    -------
    JSON-LD as nested dictionaries.

    Examples
    --------
    >>> of_tables("Empty", {}, {})["conformsTo"]
    'http://mlcommons.org/croissant/1.0'
    """
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": "pollbench-world-record",
        "description": title,
        "conformsTo": CONFORMS_TO,
        "license": LICENCE["path"],
        "version": __version__,
        "creator": {"@type": "sc:Organization", "name": "The PollBench founders"},
        "datePublished": RELEASED,
        "citeAs": f"The PollBench founders, {title}, version {__version__}",
        "isLiveDataset": True,
        "distribution": [_file(name, digests[name]) for name in tables],
        "recordSet": [_rows(name, table) for name, table in tables.items()],
    }


def _file(name: str, digest: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{name}.csv",
        "name": f"{name}.csv",
        "contentUrl": f"tables/{name}.csv",
        "encodingFormat": "text/csv",
        "sha256": digest,
    }


def _rows(name: str, table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": table.meaning,
        "key": [{"@id": f"{name}/{column}"} for column in table.key],
        "field": [_field(name, column) for column in table.columns],
    }


def _field(name: str, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{name}/{column.name}",
        "name": column.name,
        "description": column.meaning + (f" Unit: {column.unit}." if column.unit else ""),
        "dataType": TYPES[column.type],
        "source": {"fileObject": {"@id": f"{name}.csv"}, "extract": {"column": column.name}},
    }
