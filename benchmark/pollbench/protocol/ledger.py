"""The ledger: one line per receipt, each carrying the digest of the line before it; lines are only ever added."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Literal

from pollbench.errors import OutputError, PollbenchError
from pollbench.files import unwritable, write_bytes, write_text

LEDGER = "ledger.csv"
#: Where the files that were handed in lie, beside the ledger.
FILES = "files"
LOCK = ".ledger.lock"
Kind = Literal["open", "sealed", "reveal", "collected"]
KINDS: tuple[Kind, ...] = ("open", "sealed", "reveal", "collected")


class LedgerError(PollbenchError):
    """A ledger that does not fit together."""

    exit_code = 1


@dataclass(frozen=True)
class Receipt:
    """One line of the ledger.

    Attributes
    ----------
    number : 1, 2, ...
    kind : open = a file; sealed = the digest of a file to come; reveal = the file of an earlier seal;
        collected = a public figure that the keepers of the ledger wrote down themselves.
    received_at : as written by the receiver, with its offset from UTC; of a collected figure, when it was seen.
    forecaster, contest_id, rung : whose figures about what, for which deadline.
    digest : SHA-256 of the file, or the seal.
    concerns : the number of the receipt that this one replaces or opens; empty for a first one.
    before : SHA-256 of the line before, without its line feed; of the first line, the protocol id.
    source : address of the page on which a collected figure was read; empty for all others.
    page_digest : SHA-256 of the copy of that page, which the collector keeps; empty for all others.
    collector : who read it; empty for all others.
    """

    number: int
    kind: Kind
    received_at: str
    forecaster: str
    contest_id: str
    rung: int
    digest: str
    concerns: str
    before: str
    source: str = ""
    page_digest: str = ""
    collector: str = ""

    @property
    def line(self) -> str:
        """The line as it stands in the file, without its line feed."""
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="").writerow(astuple(self))
        return buffer.getvalue()

    @property
    def own_digest(self) -> str:
        """SHA-256 of the line, which the next line carries."""
        return hashlib.sha256(self.line.encode("utf-8")).hexdigest()


COLUMNS = tuple(field.name for field in fields(Receipt))


def read_ledger(folder: Path) -> tuple[Receipt, ...]:
    """All receipts, in order; none if the folder has no ledger yet.

    Raises
    ------
    LedgerError : the file cannot be read as a ledger; the message names the line.
    """
    path = folder / LEDGER
    if not path.exists():
        return ()
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read ({error}). Restore it from a copy."
        raise LedgerError(message) from None
    if not text.endswith("\n"):
        message = f"{path}: the last line does not end: the file was cut off. Restore it from a copy."
        raise LedgerError(message)
    try:
        rows = list(csv.reader(io.StringIO(text)))
    except csv.Error as error:
        message = f"{path} is no ledger ({error}). Restore it from a copy."
        raise LedgerError(message) from None
    if not rows or tuple(rows[0]) != COLUMNS:
        message = f"{path}, line 1: the header must be: {','.join(COLUMNS)}. Restore the file from a copy."
        raise LedgerError(message)
    receipts = tuple(_receipt(path, line, row) for line, row in enumerate(rows[1:], start=2))
    # Digests are those of the lines as this program writes them: a quote or a zero more would go unseen.
    for line, (written, receipt) in enumerate(zip(text.split("\n")[1:], receipts, strict=False), start=2):
        if written != receipt.line:
            message = (
                f"{path}, line {line}: is not written as a receipt is written. Restore the file from a copy."
            )
            raise LedgerError(message)
    return receipts


def _receipt(path: Path, line: int, row: list[str]) -> Receipt:
    try:
        number, kind, received_at, forecaster, contest_id, rung, digest, concerns, before, *collected = row
        source, page_digest, collector = collected
        known = next(word for word in KINDS if word == kind)
        return Receipt(
            int(number), known, received_at, forecaster, contest_id, int(rung), digest, concerns, before,
            source, page_digest, collector,
        )  # fmt: skip
    except (ValueError, StopIteration):
        message = f"{path}, line {line}: {','.join(row)[:120]!r} is no receipt. Restore the file from a copy."
        raise LedgerError(message) from None


def chain_offences(receipts: tuple[Receipt, ...], protocol_id: str) -> Iterator[str]:
    """What does not fit in the chain, the first line first.

    Checked: numbers rise by one, every line carries the digest of the line before it (the first the
    protocol id), and no line was received before the one above it.
    """
    before, last = protocol_id, None
    for line, receipt in enumerate(receipts, start=2):
        at = f"{LEDGER}, line {line}"
        if receipt.number != line - 1:
            yield f"{at}: the receipt has number {receipt.number}; it is number {line - 1}: a line was lost or put in."
        if receipt.before != before:
            what = "the protocol" if line == 2 else f"line {line - 1}"
            yield f"{at}: carries {receipt.before[:12]}… as the digest of {what}, which is {before[:12]}…."
        try:
            moment = datetime.fromisoformat(receipt.received_at)
            if moment.tzinfo is None:
                raise ValueError
        except ValueError:
            yield f"{at}: {receipt.received_at!r} is no moment with its offset from UTC."
        else:
            if last is not None and moment < last:
                yield f"{at}: received at {receipt.received_at}, before the line above it."
            last = moment
        before = receipt.own_digest


def append(
    folder: Path, receipts: tuple[Receipt, ...], receipt: Receipt, files: Mapping[str, bytes] | None = None
) -> None:
    """Write the files of a receipt, then the ledger with one more line; the old ledger stays whole if that fails.

    Parameters
    ----------
    folder : where the ledger lies, held by this process alone.
    receipts, receipt : those before, and the new one.
    files : what was handed in, by the ending of its file.

    Raises
    ------
    OutputError : the folder cannot be written to.
    """
    _remove_interrupted(folder / FILES, receipt.number)
    for ending, content in (files or {}).items():
        write_bytes(folder / FILES / f"{receipt.number:06}.{ending}", content)
    lines = [",".join(COLUMNS), *(known.line for known in receipts), receipt.line]
    write_text(folder / LEDGER, "\n".join(lines) + "\n")


def _remove_interrupted(files: Path, number: int) -> None:
    """Remove the files of a receipt of that number that was killed before it had its line: it was never handed out."""
    try:
        for path in sorted(files.iterdir()) if files.is_dir() else ():
            if path.name.removeprefix(".").startswith(f"{number:06}."):
                path.unlink()
    except OSError as error:
        raise unwritable(files, error) from None


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the ledger of ``folder`` alone; the system lets go of it when the process ends, however it ends.

    Raises
    ------
    OutputError : the folder cannot be written to, or another process holds the ledger.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        message = f"{folder} cannot be written ({error.strerror or error}). Name another folder, or give this one write permission."
        raise OutputError(message) from None
    try:
        if not _try_lock(handle):
            message = (
                f"{folder} is in use: another process is writing a receipt. Try again when it has ended."
            )
            raise OutputError(message)
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:  # pragma: no cover (Windows)
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
