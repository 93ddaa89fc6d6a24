"""Whether a folder already holds, whole, what a run would write into it."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from pollbench.data import checksums as registry
from pollbench.files import MANIFEST

#: One line per file of a run: SHA-256, two spaces, path; ``sha256sum --check`` reads it.
CHECKSUMS = "checksums.txt"
#: What ``pollbench run`` prints, kept beside the tables.
SUMMARY = "summary.txt"
#: Under this name the manifest says what the run was made from.
MADE_FROM = "made_from"
PACKAGES = ("pollbench", "pollbench_datasets", "pollbench_dashboards")


def made_from(
    elections: tuple[str, ...] = (), scenarios: tuple[str, ...] = (), as_of: str = "", publisher: str = ""
) -> str:
    """SHA-256 of all that decides what a run of these elections writes for a moment.

    The code, data, laws and texts of the three packages, the user's own folders among ``elections``, the
    versions of Python and of every installed library, and the kind of machine. Not in it: the fonts of
    the system, by which drawings make room for words.
    """
    digest = hashlib.sha256()
    machine = (platform.python_version(), platform.system(), platform.machine())
    for line in (
        *machine,
        *_libraries(),
        *elections,
        *(f"scenario {name}" for name in scenarios),
        f"as of {as_of}",
        f"publisher {publisher}",
    ):
        digest.update(f"{line}\n".encode())
    for package in PACKAGES:
        digest.update(checksums(Path(str(resources.files(package)))).encode())
    for folder in (Path(name) for name in elections if Path(name).is_dir()):
        digest.update(registry.make(folder).encode())
    return digest.hexdigest()


def _libraries() -> list[str]:
    """All that is installed, by the folders that describe it: their names end with the version."""
    return sorted({path.name for folder in sys.path for path in Path(folder).glob("*.dist-info")})


def checksums(folder: Path) -> str:
    """One line per file of ``folder``, in the order of the paths, without what Python keeps for itself."""
    return "".join(
        f"{registry.file_hash(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files(folder)
    )


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.name != CHECKSUMS:
            yield path


def is_whole(folder: Path, origin: str) -> bool:
    """Whether ``folder`` is a run made from ``origin`` of which no byte was changed, lost or added."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        expected = (folder / CHECKSUMS).read_text(encoding="utf-8")
        return bool(manifest.get(MADE_FROM) == origin and checksums(folder) == expected)
    except (OSError, ValueError, AttributeError):
        # No run, or half of one: whatever is wrong with it, a new run replaces it.
        return False
