"""Receive a submission or a seal, reveal what was sealed, verify all of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from pollbench.errors import DataError, PollbenchError
from pollbench.files import write_bytes
from pollbench.protocol.ledger import (
    LEDGER,
    Kind,
    LedgerError,
    Receipt,
    append,
    chain_offences,
    locked,
    read_ledger,
)
from pollbench.protocol.proofs import proof_offences
from pollbench.protocol.registry import live_receipts
from pollbench.protocol.rules import Protocol
from pollbench.protocol.seals import require_digest, seal_of
from pollbench.protocol.submission import moment, read_submission

#: Where the files that were handed in lie, beside the ledger.
FILES = "files"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class IntakeError(PollbenchError):
    """Something that cannot be received: too late, too early, twice, or unlike its seal."""


def receive(
    folder: Path, protocol: Protocol, file: Path, received_at: str, candidates: Collection[str]
) -> Receipt:
    """Record an open submission and keep its file.

    Parameters
    ----------
    folder : where the ledger lies.
    protocol : the rules.
    file : the submission.
    received_at : the moment of receipt, ISO with its offset from UTC.
    candidates : who may be named.

    Returns
    -------
    The receipt. A live one of the same forecaster, contest and rung is replaced; both stay listed.

    Raises
    ------
    DataError : the file breaks a rule.
    IntakeError : it is not the time, or the same file was received before.
    LedgerError, OutputError : the ledger does not fit together, or cannot be written.
    """
    received = require_moment(received_at)
    submission = read_submission(file, protocol, candidates)
    if submission.made_at > received:
        raise DataError(
            file,
            line=2,
            column="made_at",
            value=submission.made_at.isoformat(),
            rule=f"is after the receipt at {received_at}.",
            remedy="Correct one of the two.",
        )
    content = file.read_bytes()
    with locked(folder):
        receipt = _next(
            folder,
            protocol,
            "open",
            received,
            submission.forecaster,
            submission.contest_id,
            submission.digest,
        )
        write_bytes(folder / FILES / f"{receipt.number:06}.csv", content)
        append(folder, read_ledger(folder), receipt)
    return receipt


def receive_seal(
    folder: Path, protocol: Protocol, seal: str, forecaster: str, contest_id: str, received_at: str
) -> Receipt:
    """Record a seal: the file follows after the vote.

    Raises
    ------
    SealError : the seal is no digest.
    IntakeError, UnknownName, LedgerError, OutputError : as for :func:`receive`.
    """
    received = require_moment(received_at)
    require_digest(seal)
    if not _ID.fullmatch(forecaster):
        message = f"{forecaster[:80]!r} is no id of a forecaster: lower-case letters, digits and hyphens, at most 60."
        raise IntakeError(message)
    with locked(folder):
        receipt = _next(folder, protocol, "sealed", received, forecaster, contest_id, seal)
        append(folder, read_ledger(folder), receipt)
    return receipt


def reveal(
    folder: Path, protocol: Protocol, file: Path, salt: str, received_at: str, candidates: Collection[str]
) -> Receipt:
    """Open a seal: check that the file fits it, and keep the file.

    Raises
    ------
    SealError : the salt is missing or too short.
    DataError : the file breaks a rule.
    IntakeError : no seal fits, it was opened before, or the polling stations are still open.
    """
    received = require_moment(received_at)
    try:
        content = file.read_bytes()
    except OSError as error:
        rule = f"cannot be read ({error.strerror or error})."
        raise DataError(file, rule=rule, remedy="Check the path and its rights.") from None
    seal = seal_of(content, salt)
    submission = read_submission(file, protocol, candidates)
    contest = protocol.contest(submission.contest_id)
    if received < contest.closes:
        message = (
            f"{file}: the polling stations of {contest.contest_id} close at {contest.closes.isoformat()}; nothing "
            "sealed is opened before. Hand it in then."
        )
        raise IntakeError(message)
    with locked(folder):
        receipts = read_ledger(folder)
        _require_chain(receipts, protocol)
        sealed = next((known for known in receipts if known.kind == "sealed" and known.digest == seal), None)
        if sealed is None:
            message = (
                f"{file}: no seal in the ledger fits this file with this salt. A changed byte, another line end or "
                "another salt gives another seal: hand in the very file that was sealed."
            )
            raise IntakeError(message)
        _require_same(file, sealed, submission.forecaster, submission.contest_id)
        if any(known.kind == "reveal" and known.concerns == str(sealed.number) for known in receipts):
            message = f"{file}: receipt {sealed.number} was opened before. There is nothing left to reveal."
            raise IntakeError(message)
        receipt = Receipt(
            number=len(receipts) + 1,
            kind="reveal",
            received_at=received.isoformat(),
            forecaster=sealed.forecaster,
            contest_id=sealed.contest_id,
            rung=sealed.rung,
            digest=submission.digest,
            concerns=str(sealed.number),
            before=_before(receipts, protocol),
        )
        _require_order(receipts, received)
        write_bytes(folder / FILES / f"{receipt.number:06}.csv", content)
        append(folder, receipts, receipt)
    return receipt


def verify(
    folder: Path, protocol: Protocol, salts: dict[int, str] | None = None, head: str = ""
) -> list[str]:
    """Everything that does not fit, the first line of the ledger first; an empty list if all does.

    Checked: the chain from the protocol id on, the file of every receipt against its digest, every
    revealed file against its seal where the salt is given, the proofs of time that lie beside the
    protocol, and that every receipt lies in its rung.

    Parameters
    ----------
    folder : where the ledger lies.
    protocol : the rules.
    salts : by the number of the sealed receipt.
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
    by_number = {receipt.number: receipt for receipt in receipts}
    for line, receipt in enumerate(receipts, start=2):
        offences += [
            f"{LEDGER}, line {line}: {text}" for text in _offences(folder, protocol, receipt, by_number)
        ]
        salt = (salts or {}).get(_number(receipt.concerns)) if receipt.kind == "reveal" else None
        if salt is not None:
            content = _content(folder, receipt)
            sealed = by_number.get(_number(receipt.concerns))
            if content is not None and (sealed is None or seal_of(content, salt) != sealed.digest):
                offences.append(
                    f"{LEDGER}, line {line}: the revealed file does not fit seal {receipt.concerns}."
                )
    known = {f"{receipt.number:06}.csv" for receipt in receipts if receipt.kind != "sealed"}
    if (folder / FILES).is_dir():
        offences += [
            f"{FILES}/{path.name}: no receipt names this file."
            for path in sorted((folder / FILES).iterdir())
            if path.name not in known
        ]
    return offences + list(proof_offences(folder, protocol))


def _offences(
    folder: Path, protocol: Protocol, receipt: Receipt, by_number: dict[int, Receipt]
) -> Iterator[str]:
    contest = next((known for known in protocol.contests if known.contest_id == receipt.contest_id), None)
    if contest is None:
        yield f"{receipt.contest_id!r} is no contest of the protocol."
        return
    received = moment(receipt.received_at)
    if received is not None and receipt.kind != "reveal" and contest.rung_at(received) != receipt.rung:
        yield f"received at {receipt.received_at}, which is not in rung {receipt.rung}."
    if receipt.kind == "reveal":
        sealed = by_number.get(_number(receipt.concerns))
        stated = (receipt.forecaster, receipt.contest_id, receipt.rung)
        if (
            sealed is None
            or (sealed.forecaster, sealed.contest_id, sealed.rung) != stated
            or sealed.kind != "sealed"
        ):
            yield f"opens receipt {receipt.concerns!r}, which is no such seal of {receipt.forecaster}."
    if receipt.kind == "sealed":
        return
    content = _content(folder, receipt)
    if content is None:
        yield f"{FILES}/{receipt.number:06}.csv is missing."
    elif hashlib.sha256(content).hexdigest() != receipt.digest:
        yield f"{FILES}/{receipt.number:06}.csv is not the file that was received."


def _number(text: str) -> int:
    """The number of a receipt; 0, which none has, for any other text."""
    return int(text) if text.isdecimal() else 0


def _content(folder: Path, receipt: Receipt) -> bytes | None:
    try:
        return (folder / FILES / f"{receipt.number:06}.csv").read_bytes()
    except OSError:
        return None


def require_moment(text: str) -> datetime:
    """The moment that ``text`` names.

    Raises
    ------
    IntakeError : it is no moment with its offset from UTC.
    """
    received = moment(text)
    if received is None:
        message = (
            f"{text!r} is no moment with its offset from UTC; write it like 2027-04-16T18:00:00+02:00. "
            "The receiver writes it down: no clock is read, so that a receipt can be made again."
        )
        raise IntakeError(message)
    return received


def _next(
    folder: Path,
    protocol: Protocol,
    kind: Kind,
    received: datetime,
    forecaster: str,
    contest_id: str,
    digest: str,
) -> Receipt:
    contest = protocol.contest(contest_id)
    if received < protocol.opens:
        message = f"Received at {received.isoformat()}; the protocol opens at {protocol.opens.isoformat()}."
        raise IntakeError(message)
    rung = contest.rung_at(received)
    if rung is None:
        message = (
            f"Too late for {contest_id}: received at {received.isoformat()}, the last deadline was "
            f"{contest.deadline(contest.rungs[-1]).isoformat()}. Nothing was recorded."
        )
        raise IntakeError(message)
    receipts = read_ledger(folder)
    _require_chain(receipts, protocol)
    _require_order(receipts, received)
    twin = next((known for known in receipts if known.digest == digest), None)
    if twin is not None:
        message = f"The same {'seal' if kind == 'sealed' else 'file'} is receipt {twin.number}. Nothing was recorded."
        raise IntakeError(message)
    live = live_receipts(receipts).get((forecaster, contest_id, rung))
    return Receipt(
        number=len(receipts) + 1,
        kind=kind,
        received_at=received.isoformat(),
        forecaster=forecaster,
        contest_id=contest_id,
        rung=rung,
        digest=digest,
        concerns=str(live.number) if live else "",
        before=_before(receipts, protocol),
    )


def _before(receipts: tuple[Receipt, ...], protocol: Protocol) -> str:
    return receipts[-1].own_digest if receipts else protocol.protocol_id


def _require_chain(receipts: tuple[Receipt, ...], protocol: Protocol) -> None:
    offence = next(chain_offences(receipts, protocol.protocol_id), None)
    if offence is not None:
        message = (
            f"{offence} Nothing is added to a ledger that does not fit together: restore it from a copy."
        )
        raise LedgerError(message)


def _require_order(receipts: tuple[Receipt, ...], received: datetime) -> None:
    if receipts and datetime.fromisoformat(receipts[-1].received_at) > received:
        message = (
            f"Received at {received.isoformat()}, before receipt {receipts[-1].number} "
            f"({receipts[-1].received_at}). Receipts are written in the order of their receipt."
        )
        raise IntakeError(message)


def _require_same(file: Path, sealed: Receipt, forecaster: str, contest_id: str) -> None:
    for what, stated, said in (
        ("forecaster", forecaster, sealed.forecaster),
        ("contest", contest_id, sealed.contest_id),
    ):
        if stated != said:
            message = f"{file}: names the {what} {stated!r}; receipt {sealed.number} sealed it for {said!r}."
            raise IntakeError(message)
