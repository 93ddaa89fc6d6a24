"""Seals: a digest that binds a file now and shows nothing of it."""

from __future__ import annotations

import hashlib

from pollbench.errors import PollbenchError

#: A file of a few shares can be guessed; a salt of this many characters cannot.
SHORTEST_SALT = 16


class SealError(PollbenchError):
    """A seal that means nothing, or that the file does not fit."""


def seal_of(content: bytes, salt: str) -> str:
    """SHA-256 of the salt, a line feed and the file, in hexadecimal.

    Parameters
    ----------
    content : the bytes of the file.
    salt : at least 16 characters that cannot be guessed; kept by the forecaster until the file is opened.

    Raises
    ------
    SealError : the salt is missing, too short, or holds a line feed.

    Examples
    --------
    >>> seal_of(b"a", "correct horse battery")[:16]
    '5934d2df9bed6159'
    """
    if len(salt) < SHORTEST_SALT or "\n" in salt or "\r" in salt:
        message = (
            f"The salt has {len(salt)} characters; it has at least {SHORTEST_SALT}, on one line. Without one, "
            "any reader could try all plausible files against the seal. Draw one, for example with "
            "python -c 'import secrets; print(secrets.token_hex(16))', and keep it."
        )
        raise SealError(message)
    return hashlib.sha256(salt.encode("utf-8") + b"\n" + content).hexdigest()


def require_digest(text: str) -> str:
    """``text`` if it is 64 hexadecimal digits in lower case.

    Raises
    ------
    SealError : it is not.
    """
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        message = f"{text[:80]!r} is no seal: a seal is 64 hexadecimal digits, as 'pollbench protocol seal' prints it."
        raise SealError(message)
    return text
