"""Freezing a protocol: a record of its id, with proofs of time from outside that lie beside it.

A repository can be rewritten, so its dates prove nothing. A time-stamp token (RFC 3161) and an
OpenTimestamps proof are made with public tools; both hold the digest that they stamp, which can be read
without a network. Whether the stamp itself is genuine is for the tools that made it: the command is printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pollbench.errors import PollbenchError
from pollbench.files import write_text
from pollbench.protocol.rules import Protocol

FROZEN = "frozen.json"
TOKEN, STAMP = "protocol.tsr", "protocol.ots"
#: How an OpenTimestamps proof begins: a fixed header, version 1, the operation SHA-256; the digest follows.
_STAMP_HEAD = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08"
#: The object identifier of SHA-256 in DER, which stands before the digest in a time-stamp token.
_SHA256_OID = bytes.fromhex("0609608648016503040201")


class FreezeError(PollbenchError):
    """A protocol that cannot be frozen."""


def frozen_record(folder: Path) -> dict[str, Any] | None:
    """What was recorded when the protocol was frozen; None while it is a draft.

    Raises
    ------
    FreezeError : the record cannot be read.
    """
    path = folder / FROZEN
    if not path.exists():
        return None
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return {"protocol_id": str(record["protocol_id"]), "frozen_on": str(record["frozen_on"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} is no record of a frozen protocol ({error}). Restore it from a copy."
        raise FreezeError(message) from None


def freeze(folder: Path, protocol: Protocol, frozen_on: str) -> Path:
    """Record the protocol id; from now on ``verify`` refuses a changed file.

    Raises
    ------
    FreezeError : it was frozen before, the day is none, or it is after the first deadline.
    """
    record = frozen_record(folder)
    if record is not None:
        message = f"{protocol.name} was frozen on {record['frozen_on']} as {record['protocol_id'][:12]}…. Nothing changed."
        raise FreezeError(message)
    try:
        day = date.fromisoformat(frozen_on)
    except ValueError:
        message = f"{frozen_on!r} is no day; write it like 2027-01-15."
        raise FreezeError(message) from None
    if day > protocol.opens.date():
        message = (
            f"{protocol.name} opens on {protocol.opens.date()}: it is frozen before, not on {frozen_on}."
        )
        raise FreezeError(message)
    text = json.dumps({"frozen_on": frozen_on, "protocol_id": protocol.protocol_id}, indent=2, sort_keys=True)
    write_text(folder / FROZEN, text + "\n")
    return folder / FROZEN


def proof_offences(folder: Path, protocol: Protocol) -> Iterator[str]:
    """What in the record and the proofs does not fit the protocol's file."""
    record = frozen_record(folder)
    if record is None:
        for name in proofs_beside(folder):
            yield f"{name} stamps a protocol that {FROZEN} does not record: the record is missing."
        return
    try:
        late = date.fromisoformat(record["frozen_on"]) > protocol.opens.date()
    except ValueError:
        late = True
    if late:
        yield f"{FROZEN}: {record['frozen_on']!r} is no day before the protocol opens ({protocol.opens.date()})."
    if record["protocol_id"] != protocol.protocol_id:
        yield (
            f"{protocol.path.name} is not the file that was frozen on {record['frozen_on']}: its id is "
            f"{protocol.protocol_id[:12]}…, frozen was {record['protocol_id'][:12]}…."
        )
    digest = bytes.fromhex(protocol.protocol_id)
    for name, holds in ((TOKEN, _token_holds), (STAMP, _stamp_holds)):
        path = folder / name
        if path.exists() and not holds(path.read_bytes(), digest):
            yield f"{name} does not stamp {protocol.path.name}: the digest in it is another one."


def proofs_beside(folder: Path) -> tuple[str, ...]:
    """Which proofs of time lie beside the protocol."""
    return tuple(name for name in (TOKEN, STAMP) if (folder / name).exists())


def _token_holds(content: bytes, digest: bytes) -> bool:
    start = content.find(_SHA256_OID)
    return start >= 0 and digest in content[start:]


def _stamp_holds(content: bytes, digest: bytes) -> bool:
    return content.startswith(_STAMP_HEAD + digest)


def commands(protocol: Protocol) -> tuple[str, ...]:
    """What a maintainer runs with public tools to prove the time."""
    file = protocol.path.name
    return (
        f"git tag -s protocol-{protocol.name} -m 'Protocol {protocol.protocol_id}'",
        f"openssl ts -query -data {file} -sha256 -cert -out protocol.tsq   # send it to a time-stamp authority: {TOKEN}",
        f"openssl ts -verify -data {file} -in {TOKEN} -CAfile authority.pem",
        f"ots stamp {file}   # keep the proof as {STAMP}; 'ots verify' checks it",
    )
