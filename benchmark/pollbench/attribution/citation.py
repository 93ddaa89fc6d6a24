"""How to cite the benchmark and the data it holds: a sentence, BibTeX, or a CITATION.cff file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pollbench.arguments import checked
from pollbench.errors import UnknownName
from pollbench.version import __version__

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

FORMATS = ("sentence", "bibtex", "cff")

TITLE = "PollBench: a forecast-accuracy benchmark for elections"
AUTHORS = "The PollBench founders"
#: Day of the release that ``__version__`` names; changes with it. A clock would make two runs differ.
RELEASED = "2026-11-21"


MESSAGE = (
    "If you use PollBench or its data, please cite it; 'pollbench cite' prints the revision of the data too."
)
KEYWORDS = ("elections", "opinion polls", "forecast verification", "robust statistics", "France")


@checked
def cite(bench: Bench | None = None, style: str = "sentence") -> str:
    """How to cite, with the data set revisions that were used.

    Parameters
    ----------
    bench : the loaded elections; without it only the software is cited.
    style : "sentence", "bibtex" or "cff".

    Returns
    -------
    text without a final line break.

    Raises
    ------
    UnknownName : another style.

    Examples
    --------
    >>> print(cite())
    The PollBench founders (2026). PollBench: a forecast-accuracy benchmark for elections, version 0.1.0.
    """
    revisions = {} if bench is None else dict(sorted(bench.revisions.items()))
    return of_revisions(revisions, style)


def sources_bibtex(bench: Bench) -> str:
    """Every source of the loaded data as BibTeX: title, publisher, address, day of publication and of access.

    Returns
    -------
    one ``@misc`` per source, in the order of their keys, without a final line break.
    """
    table = bench.table("source").drop_duplicates("source_id").sort_values("source_id")
    names = {
        "title": "title",
        "publisher": "howpublished",
        "url": "url",
        "published_on": "date",
        "accessed": "urldate",
        "note": "note",
    }
    entries = []
    for row in table.to_dict("records"):
        fields = [
            f"  {field} = {{{_escaped(str(row[column]))}}},"
            for column, field in names.items()
            if isinstance(row[column], str) and row[column]
        ]
        entries.append("\n".join([f"@misc{{{_key(str(row['source_id']))},", *fields, "}"]))
    return "\n\n".join(entries)


def _key(source_id: str) -> str:
    """A key that BibTeX reads: letters, digits, points, hyphens and colons."""
    return re.sub(r"[^\w.:-]", "-", source_id)


def _escaped(text: str) -> str:
    """A text that stands between braces: those of its own go, what TeX would read is escaped.

    Examples
    --------
    >>> _escaped("50 % of {A & B}")
    '50 \\\\% of A \\\\& B'
    """
    return re.sub(r"([%&#$])", r"\\\1", re.sub(r"[{}]", "", text))


def of_revisions(revisions: dict[str, str], style: str = "sentence") -> str:
    """How to cite, for known data set revisions ``{election_id: revision}``."""
    writers = {"sentence": _sentence, "bibtex": _bibtex, "cff": _cff}
    if style not in writers:
        raise UnknownName.of(kind="citation style", name=style, known=FORMATS)
    return writers[style](revisions)


def _data(revisions: dict[str, str]) -> str:
    named = ", ".join(f"{election} revision {revision}" for election, revision in revisions.items())
    return f"Data sets: {named}" if named else ""


def _sentence(revisions: dict[str, str]) -> str:
    data = _data(revisions)
    text = f"{AUTHORS} ({RELEASED[:4]}). {TITLE}, version {__version__}."
    return f"{text} {data}." if data else text


def _bibtex(revisions: dict[str, str]) -> str:
    year, month, _ = RELEASED.split("-")
    fields = {
        "author": f"{{{AUTHORS}}}",
        "title": f"{{PollBench}}{TITLE.removeprefix('PollBench')}",
        "year": year,
        "month": str(int(month)),
        "version": __version__,
    }
    data = _data(revisions)
    if data:
        fields["note"] = data
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@software{{pollbench{year},", *lines, "}"])


def _cff(revisions: dict[str, str]) -> str:
    lines = [
        "cff-version: 1.2.0",
        f"message: {MESSAGE}",
        "type: software",
        f'title: "{TITLE}"',
        "authors:",
        f'  - name: "{AUTHORS}"',
        f'version: "{__version__}"',
        f'date-released: "{RELEASED}"',
        "license: MIT",
        "keywords:",
        *(f"  - {word}" for word in KEYWORDS),
    ]
    if revisions:
        lines.append("references:")
    for election, revision in revisions.items():
        lines += [
            "  - type: data",
            f'    title: "PollBench data set {election}"',
            f'    version: "{revision}"',
            "    authors:",
            f'      - name: "{AUTHORS}"',
        ]
    return "\n".join(lines)
