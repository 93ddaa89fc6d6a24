"""Write down what forecasters who do not hand in show on their pages: who, where, when and by whom it was read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pollbench.errors import DataError, UnknownName
from pollbench.protocol.intake import IntakeError, next_receipt, require_made_before, require_moment
from pollbench.protocol.ledger import Receipt, append, locked, read_ledger
from pollbench.protocol.registry import live_receipts
from pollbench.protocol.rules import Collected, Protocol
from pollbench.protocol.submission import moment, read_submission

if TYPE_CHECKING:
    import pandas as pd

_ADDRESS = re.compile(r"https://[^\s\"<>]{1,400}")
_COLLECTOR = re.compile(r"[^\x00-\x1f\x7f]{2,80}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def collect(
    folder: Path,
    protocol: Protocol,
    file: Path,
    page: Path,
    *,
    source: str,
    collector: str,
    seen_at: str,
    candidates: Collection[str],
) -> Receipt:
    """Record a public figure of a forecaster that the protocol names, and keep the reading.

    Parameters
    ----------
    folder : where the ledger lies.
    protocol : the rules.
    file : the figures as read, in the columns of a submission, licence empty.
    page : the copy of the page; its digest is recorded, the copy itself stays with the collector.
    source : the address of the page.
    collector : who read it.
    seen_at : when, ISO with its offset from UTC.
    candidates : who may be named.

    Returns
    -------
    The receipt. A second reading of the very same copy replaces the first, for a figure misread; another copy
    for the same deadline is refused, so that no moment can be chosen afterwards.

    Raises
    ------
    DataError : the file or the page breaks a rule.
    UnknownName : the protocol does not collect that forecaster.
    IntakeError : not within the hours before a deadline, another page, a second copy, or the forecaster handed in.
    LedgerError, OutputError : the ledger does not fit together, or cannot be written.
    """
    seen = require_moment(seen_at)
    figures = read_submission(file, protocol, candidates, collected=True)
    require_made_before(file, figures, seen)
    listed = _listed(protocol, figures.forecaster, figures.contest_id)
    rule = next(_source_offences(listed, source, collector), None)
    if rule is not None:
        raise IntakeError(rule)
    content, copy = file.read_bytes(), _page_digest(page)
    with locked(folder):
        receipts = read_ledger(folder)
        rung = protocol.contest(figures.contest_id).rung_at(seen)
        live = live_receipts(receipts).get((figures.forecaster, figures.contest_id, rung or 0))
        _require_free(figures.forecaster, live, copy)
        receipt = next_receipt(
            folder, protocol, "collected", seen, figures.forecaster, figures.contest_id, figures.digest
        )
        receipt = replace(receipt, source=source, page_digest=copy, collector=collector)
        late = _hours_offence(protocol, receipt)
        if late:
            raise IntakeError(f"{late} Nothing was recorded.")  # noqa: EM102
        append(folder, receipts, receipt, {"csv": content})
    return receipt


def _listed(protocol: Protocol, forecaster: str, contest_id: str) -> Collected:
    known = {listed.forecaster: listed for listed in protocol.collected if contest_id in listed.contests}
    if forecaster not in known:
        raise UnknownName.of(
            kind=f"forecaster collected about {contest_id}, who are named in advance",
            name=forecaster,
            known=known,
        )
    return known[forecaster]


def _page_digest(page: Path) -> str:
    try:
        content = page.read_bytes()
    except OSError as error:
        rule = f"cannot be read ({error.strerror or error})."
        raise DataError(page, rule=rule, remedy="Name the copy of the page.") from None
    if not content:
        raise DataError(page, rule="is empty: it is no copy of a page.", remedy="Save the page again.")
    return hashlib.sha256(content).hexdigest()


def _require_free(forecaster: str, live: Receipt | None, copy: str) -> None:
    if live is None:
        return
    if live.kind != "collected":
        message = f"{forecaster} handed in for this deadline itself (receipt {live.number}); nothing is collected beside that."
        raise IntakeError(message)
    if live.page_digest != copy:
        message = (
            f"{forecaster} was read for this deadline before (receipt {live.number}). A deadline has one copy of the "
            "page, so that no moment can be chosen afterwards; only a misread figure of that very copy is replaced."
        )
        raise IntakeError(message)


def _source_offences(listed: Collected, source: str, collector: str) -> Iterator[str]:
    if not _ADDRESS.fullmatch(source) or not source.startswith(listed.page):
        yield (
            f"{source[:80]!r} is no page on which {listed.forecaster} is read: the address begins with {listed.page}"
        )
    if not _COLLECTOR.fullmatch(collector):
        yield f"{collector[:80]!r} names no collector: give a name of 2 to 80 characters on one line."


def _hours_offence(protocol: Protocol, receipt: Receipt) -> str:
    deadline = protocol.contest(receipt.contest_id).deadline(receipt.rung)
    seen = datetime.fromisoformat(receipt.received_at)
    if deadline - timedelta(hours=protocol.collected_hours) <= seen <= deadline:
        return ""
    return (
        f"Seen at {receipt.received_at}: figures are collected in the {protocol.collected_hours} hours before a "
        f"deadline, and the next one is {deadline.isoformat()}."
    )


def collection_offences(protocol: Protocol, receipt: Receipt) -> Iterator[str]:
    """What in a line of the ledger does not fit the rules of collecting."""
    stated = (receipt.source, receipt.page_digest, receipt.collector)
    if receipt.kind != "collected":
        if any(stated):
            yield f"names a page or a collector, and is {receipt.kind}."
        return
    listed = next(
        (
            known
            for known in protocol.collected
            if known.forecaster == receipt.forecaster and receipt.contest_id in known.contests
        ),
        None,
    )
    if listed is None:
        yield f"{receipt.forecaster} is not collected about {receipt.contest_id}."
        return
    yield from _source_offences(listed, receipt.source, receipt.collector)
    if not _DIGEST.fullmatch(receipt.page_digest):
        yield f"{receipt.page_digest[:80]!r} is no digest of a page."
    # A rung or a moment that is none is an offence of its own.
    if receipt.rung in protocol.contest(receipt.contest_id).rungs and moment(receipt.received_at):
        late = _hours_offence(protocol, receipt)
        if late:
            yield late


def collection_table(protocol: Protocol, receipts: tuple[Receipt, ...]) -> pd.DataFrame:
    """One row per collected forecaster, contest and deadline, in the order of the protocol: what was read, what is due.

    Returns
    -------
    DataFrame with forecaster_id, family, page, contest_id, rung, deadline (ISO), receipt (its number, empty while
    nothing was read), handed_in (the forecaster committed itself).

    Examples
    --------
    >>> from pollbench.protocol.rules import load_protocol
    >>> table = collection_table(load_protocol("fr-pres-2027"), ())
    >>> (table.receipt == "").all().item()
    True
    """
    import pandas as pd

    live = live_receipts(receipts)
    rows = []
    for listed in protocol.collected:
        for contest in protocol.contests:
            for rung in contest.rungs if contest.contest_id in listed.contests else ():
                receipt = live.get((listed.forecaster, contest.contest_id, rung))
                rows.append(
                    {
                        "forecaster_id": listed.forecaster,
                        "family": listed.family,
                        "page": listed.page,
                        "contest_id": contest.contest_id,
                        "rung": rung,
                        "deadline": contest.deadline(rung).isoformat(),
                        "receipt": str(receipt.number) if receipt else "",
                        "handed_in": receipt is not None and receipt.kind != "collected",
                    }
                )
    return pd.DataFrame(rows)
