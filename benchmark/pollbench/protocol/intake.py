"""Receive a submission or a seal, reveal what was sealed."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from pollbench.errors import DataError, PollbenchError
from pollbench.protocol.ledger import (
    Kind,
    LedgerError,
    Receipt,
    append,
    chain_offences,
    locked,
    read_ledger,
)
from pollbench.protocol.registry import live_receipts
from pollbench.protocol.rules import Protocol
from pollbench.protocol.seals import require_digest, seal_of
from pollbench.protocol.submission import Submission, moment, read_submission

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
    require_made_before(file, submission, received)
    content = file.read_bytes()
    with locked(folder):
        receipt = next_receipt(
            folder,
            protocol,
            "open",
            received,
            submission.forecaster,
            submission.contest_id,
            submission.digest,
        )
        append(folder, read_ledger(folder), receipt, {"csv": content})
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
        receipt = next_receipt(folder, protocol, "sealed", received, forecaster, contest_id, seal)
        append(folder, read_ledger(folder), receipt)
    return receipt


def reveal(
    folder: Path, protocol: Protocol, file: Path, salt: str, received_at: str, candidates: Collection[str]
) -> Receipt:
    """Open a seal: check that the file fits it, and keep the file and its salt.

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
        # The salt is no secret any more: with it anyone can recompute the seal.
        append(folder, receipts, receipt, {"csv": content, "salt": salt.encode("utf-8")})
    return receipt


def require_made_before(file: Path, submission: Submission, received: datetime) -> None:
    """Refuse figures that were made after their receipt.

    Raises
    ------
    DataError : they were.
    """
    if submission.made_at > received:
        raise DataError(
            file,
            line=2,
            column="made_at",
            value=submission.made_at.isoformat(),
            rule=f"is after the receipt at {received.isoformat()}.",
            remedy="Correct one of the two.",
        )


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


def next_receipt(
    folder: Path,
    protocol: Protocol,
    kind: Kind,
    received: datetime,
    forecaster: str,
    contest_id: str,
    digest: str,
) -> Receipt:
    """The next line of the ledger for something received at a moment, under the rules of the window.

    Raises
    ------
    IntakeError : it is too early, too late, before the last receipt, or the same file again.
    LedgerError : the ledger does not fit together.
    """
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
    # The page of a forecaster may show the same figures at several deadlines.
    twin = next(
        (
            known
            for known in receipts
            if known.digest == digest and (known.rung == rung or "collected" not in (kind, known.kind))
        ),
        None,
    )
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
