"""Help for tests: copies of shipped elections that a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

from pollbench.catalog import datasets_folder


def copy_of(election_id: str, place: Path) -> Path:
    """A copy of a shipped election in a folder of its own; checksums do not watch over it."""
    return Path(shutil.copytree(datasets_folder() / election_id, place / election_id))


def replace_once(path: Path, old: str, new: str) -> None:
    """Replace the only place where ``old`` stands."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
