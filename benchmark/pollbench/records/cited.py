"""A release of the record, its error or one of its figures, with everything that a citation of it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.errors import UnknownName
from pollbench.language.texts import SOURCE_LOCALE
from pollbench.language.words import Words
from pollbench.records.record import COLLECTION, holds_releases, record_beside
from pollbench.version import __version__

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

#: Who read a release -> the page of a site on which its row stands.
PAGE_OF = {"double": "record", "sampled": "record", "single": "record-releases"}
#: What is cited of a release besides its figures.
ERROR = "mae"
_FIGURES = """
SELECT g.candidate_id, h.name, coalesce(v.value, p.value)::DOUBLE AS value
FROM printed_figure g JOIN person h USING (candidate_id)
LEFT JOIN prediction p USING (forecast_id, candidate_id) LEFT JOIN event v USING (forecast_id)
WHERE g.forecast_id = $forecast ORDER BY ALL
"""


def is_release(bench: Bench, forecast_id: str) -> bool:
    """Whether the record beside these data has a release of that id; the record is opened for an id that they lack."""
    forecasts = bench.frame("SELECT 1 AS n FROM forecast WHERE forecast_id = $id", {"id": forecast_id})
    if len(forecasts) and not holds_releases(bench):
        return False
    return forecast_id in set(record_beside(bench).releases.forecast_id)


def cite_release(
    bench: Bench, forecast_id: str, what: str = "", *, locale: str = SOURCE_LOCALE, address: str = ""
) -> str:
    """How to cite a release of the record, its error or a figure that it printed.

    Parameters
    ----------
    bench : opened data; the shipped collection is read if they hold no releases.
    forecast_id : the release, as its row on the pages is named.
    what : empty for the release as printed; ``mae``, or the id of an option.
    locale : language of the sentence.
    address : where the site is published, with its last slash; empty gives the page alone.

    Returns
    -------
    One line: who, what, about which vote, the value, when it was known, who read it, where it is printed, the revision of the
    data, the version, the address of its row.

    Raises
    ------
    UnknownName : no such release, or it has no such figure, or no error.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> with load("world") as bench:
    ...     text = cite_release(bench, "polly-ca-federal-2019-r1-2019-10-19-a")
    >>> text.endswith(" record.html#polly-ca-federal-2019-r1-2019-10-19-a")
    True
    """
    record = record_beside(bench)
    releases = record.releases.set_index("forecast_id", drop=False)
    if forecast_id not in releases.index:
        raise UnknownName.of(kind="release", name=forecast_id, known=releases.index)
    row: Any = releases.loc[forecast_id]
    words = Words(locale)
    figures = record.bench.frame(_FIGURES, {"forecast": forecast_id}).set_index("candidate_id")
    scored = row.mae == row.mae
    if what and what not in figures.index and not (what == ERROR and scored):
        known = [*figures.index, *([ERROR] if scored else [])]
        raise UnknownName.of(kind=f"figure or error of {forecast_id}", name=what, known=known)
    if not what:
        said = words("cite.release_printed", figures=row.figures)
    elif what == ERROR:
        said = words("cite.release_error", value=words.number(float(row.mae), 2), named=str(row.named))
    else:
        value = float(figures.value[what])
        said = words(
            "cite.release_figure",
            option=figures.name[what],
            value=words.significant(value, 6) if value == value else words("cite.release_named"),
        )
    folder = "" if locale == SOURCE_LOCALE else f"{locale}/"
    revision = record.bench.frame(
        "SELECT e.revision FROM election e JOIN contest c USING (election_id) WHERE c.contest_id = $id",
        {"id": row.contest_id},
    ).revision.item()
    return words(
        "cite.release",
        name=words.translated(row["name"], "data"),
        vote=words.translated(row.election, "data"),
        said=said,
        claim=words(f"record.claim.{row.claim_kind}"),
        known=words(f"cite.known.{row.known_before_vote}"),
        read=words(f"cite.read.{row.read_by}"),
        source=" ".join(text for text in (row.url, f"({row.location})") if isinstance(text, str)),
        collection=COLLECTION,
        revision=revision,
        version=__version__,
        address=f"{address}{folder}{PAGE_OF[row.read_by]}.html#{forecast_id}",
    )
