"""SHA-256 of the shipped data files: a changed byte is noticed before it is believed.

``registry.txt`` holds one line per file, hash, two spaces, path, the format of ``sha256sum``.
A maintainer who means a change runs ``make registry``, and bumps the revision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pollbench.data.elections import datasets_folder
from pollbench.errors import ChecksumError

REGISTRY = "registry.txt"
#: How many files of a kind a message names.
SHOWN = 5
#: What is registered: data and what decides how it is read.
PATTERNS = ("*.csv", "*.toml", "*.bib", "*/*.csv", "*/*.toml", "sql/*.sql", "sql/checks/*.sql")


def file_hash(path: Path) -> str:
    """SHA-256 of the content of ``path``, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def registered_files(folder: Path) -> list[str]:
    """Relative paths of the files of ``folder`` that belong into the registry, sorted."""
    paths = {path for pattern in PATTERNS for path in folder.glob(pattern)}
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def make(folder: Path | None = None) -> str:
    """The text of the registry as the files stand now."""
    root = folder or datasets_folder()
    return "".join(f"{file_hash(root / name)}  {name}\n" for name in registered_files(root))


def verify(folder: Path | None = None, only: Iterable[str] | None = None) -> int:
    """Compare the files with the registry; return how many agree.

    Parameters
    ----------
    folder : the shipped data unless told.
    only : prefixes of paths to verify ("fr-pres-2017/"); files outside any folder always are.

    Raises
    ------
    ChecksumError : says how many files are changed, missing or not registered, and names the first of them.
    """
    root = folder or datasets_folder()
    path = root / REGISTRY
    if not path.is_file():
        message = (
            f"{path}: the registry of checksums is missing. Reinstall PollBench, or run 'make registry'."
        )
        raise ChecksumError(message)
    expected = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        digest, separator, name = line.partition("  ")
        if not separator or len(digest) != 64:
            message = f"{path}, line {number}: {line!r}: a line is a SHA-256, two spaces, a path. Reinstall PollBench."
            raise ChecksumError(message)
        expected[name] = digest
    present = set(registered_files(root))
    prefixes = None if only is None else tuple(only)

    def concerned(name: str) -> bool:
        return prefixes is None or "/" not in name or name.startswith(("sql/", "laws/", *prefixes))

    changed, absent, unknown = [], [], []
    for name in sorted(name for name in expected.keys() | present if concerned(name)):
        if name not in present:
            absent.append(name)
        elif name not in expected:
            unknown.append(name)
        elif file_hash(root / name) != expected[name]:
            changed.append(name)
    if changed or absent or unknown:
        message = _message(root, changed, absent, unknown)
        raise ChecksumError(message)
    return sum(concerned(name) for name in expected)


def _message(root: Path, changed: list[str], absent: list[str], unknown: list[str]) -> str:
    """A handful of lines: what kind of difference, how many files, the first of them, and what to do."""
    lines = [f"The data in {root} are not the data that were registered:"]
    for names, what in ((changed, "changed"), (absent, "missing"), (unknown, "not registered")):
        if names:
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            lines.append(f"  {len(names)} {what}: {', '.join(names[:SHOWN])}{more}.")
    if changed and all(b"\r\n" in (root / name).read_bytes() for name in changed[:SHOWN]):
        lines.append("Their lines end as on Windows: clone again with 'git clone -c core.autocrlf=false'.")
    lines.append(
        "Reinstall PollBench to get the published data back; if the change is meant, run 'make registry' and raise "
        "the revision of the election."
    )
    return "\n".join(lines)


if __name__ == "__main__":
    (datasets_folder() / REGISTRY).write_text(make(), encoding="utf-8")
