"""Verify a ledger: the chain, the files, the seals, the deadlines, the collected figures, the proofs of time."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from pollbench.protocol.collection import collection_offences
from pollbench.protocol.ledger import FILES, LEDGER, Receipt, chain_offences, read_ledger
from pollbench.protocol.proofs import proof_offences
from pollbench.protocol.registry import live_receipts
from pollbench.protocol.rules import Protocol
from pollbench.protocol.seals import SealError, seal_of
from pollbench.protocol.submission import moment


def verify(folder: Path, protocol: Protocol, head: str = "") -> list[str]:
    """Everything that does not fit, the first line of the ledger first; an empty list if all does.

    Checked: the chain from the protocol id on; the file of every receipt against its digest and its names; every
    revealed file with its salt against its seal; that every receipt lies in its rung, replaces the one that was
    live and opens nothing too early; that what was collected is a figure of a forecaster named in advance, read on
    its page in the hours before a deadline; the proofs of time that lie beside the protocol.

    Parameters
    ----------
    folder : where the ledger lies.
    protocol : the rules.
    head : digest of the last line as it was published or handed out. The chain protects every line but the
        last one: only a digest kept elsewhere does that.

    Raises
    ------
    LedgerError : the ledger cannot be read.
    """
    receipts = read_ledger(folder)
    offences = list(chain_offences(receipts, protocol.protocol_id))
    if head and head not in [receipt.own_digest for receipt in receipts]:
        offences.append(
            f"{LEDGER}: no line has the digest {head[:12]}…: a line was changed or lost after it was handed out."
        )
    for index, receipt in enumerate(receipts):
        offences += [
            f"{LEDGER}, line {index + 2}: {text}"
            for check in (_of_window, collection_offences)
            for text in check(protocol, receipt)
        ]
        offences += [
            f"{LEDGER}, line {index + 2}: {text}"
            for text in (
                *_of_earlier(receipts[:index], receipt),
                *_of_file(folder, receipts[:index], receipt),
            )
        ]
    known = {f"{receipt.number:06}.{ending}" for receipt in receipts for ending in _endings(receipt)}
    if (folder / FILES).is_dir():
        offences += [
            f"{FILES}/{path.name}: no receipt names this file."
            for path in sorted((folder / FILES).iterdir())
            if path.name not in known
        ]
    return offences + list(proof_offences(folder, protocol))


def _endings(receipt: Receipt) -> tuple[str, ...]:
    return {"sealed": (), "reveal": ("csv", "salt")}.get(receipt.kind, ("csv",))


def _of_window(protocol: Protocol, receipt: Receipt) -> Iterator[str]:
    contest = next((known for known in protocol.contests if known.contest_id == receipt.contest_id), None)
    if contest is None:
        yield f"{receipt.contest_id!r} is no contest of the protocol."
        return
    received = moment(receipt.received_at)
    if received is None:
        return
    if receipt.kind == "reveal":
        if received < contest.closes:
            yield f"opened at {receipt.received_at}, before the polling stations closed."
    elif received < protocol.opens or contest.rung_at(received) != receipt.rung:
        yield f"received at {receipt.received_at}, which is not in rung {receipt.rung}."


def _of_earlier(earlier: tuple[Receipt, ...], receipt: Receipt) -> Iterator[str]:
    """What a receipt says of those before it."""
    if receipt.kind == "reveal":
        stated = ("sealed", receipt.forecaster, receipt.contest_id, receipt.rung)
        sealed = _sealed(earlier, receipt)
        if sealed is None or (sealed.kind, sealed.forecaster, sealed.contest_id, sealed.rung) != stated:
            yield f"opens receipt {receipt.concerns!r}, which is no such seal of {receipt.forecaster}."
        if any(known.kind == "reveal" and known.concerns == receipt.concerns for known in earlier):
            yield f"opens receipt {receipt.concerns!r} once more."
        return
    live = live_receipts(earlier).get((receipt.forecaster, receipt.contest_id, receipt.rung))
    expected = str(live.number) if live else ""
    if receipt.concerns != expected:
        yield f"replaces receipt {receipt.concerns!r}; live was {expected!r}."


def _of_file(folder: Path, earlier: tuple[Receipt, ...], receipt: Receipt) -> Iterator[str]:
    """What is wrong with the file of a receipt, and with its salt."""
    if receipt.kind == "sealed":
        return
    name = f"{FILES}/{receipt.number:06}.csv"
    content = _content(folder / name)
    if content is None:
        yield f"{name} is missing."
        return
    if hashlib.sha256(content).hexdigest() != receipt.digest:
        yield f"{name} is not the file that was received."
    named = _names(content)
    if named != (receipt.forecaster, receipt.contest_id):
        yield f"{name} names {named[0]} and {named[1]}, the receipt {receipt.forecaster} and {receipt.contest_id}."
    if receipt.kind == "reveal":
        salt, sealed = _content(folder / FILES / f"{receipt.number:06}.salt"), _sealed(earlier, receipt)
        if salt is None:
            yield f"{FILES}/{receipt.number:06}.salt is missing."
        elif sealed is None or not _fits(content, salt, sealed.digest):
            yield f"the revealed file does not fit seal {receipt.concerns}."


def _names(content: bytes) -> tuple[str | None, str | None]:
    """The forecaster and the contest that the first figure of a file is of; None for what it does not say."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8", "replace")))
    try:
        first = next(rows, {})
    except csv.Error:
        first = {}
    return first.get("forecaster"), first.get("contest")


def _fits(content: bytes, salt: bytes, seal: str) -> bool:
    try:
        return seal_of(content, salt.decode("utf-8")) == seal
    except (UnicodeDecodeError, SealError):
        return False


def _sealed(earlier: tuple[Receipt, ...], receipt: Receipt) -> Receipt | None:
    return next((known for known in earlier if str(known.number) == receipt.concerns), None)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
