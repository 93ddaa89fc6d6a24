"""A digest of the code and texts that draw and write: it stands in the key of everything that is kept of them."""

from __future__ import annotations

from functools import cache as once
from importlib.metadata import version
from pathlib import Path

from pollbench import cache
from pollbench.data.kept import code_of_results
from pollbench.data.questions import looking_away
from pollbench.language.texts import text_folders

#: Libraries that may move a drawing or a page, besides those that may move a figure.
LIBRARIES = ("altair", "babel", "jinja2", "markupsafe")


def code_of_dashboards() -> str:
    """Digest of all code, templates, texts of every known language, and versions that drawings and pages follow from."""
    return _code(text_folders())


@once
def _code(texts: tuple[Path, ...]) -> str:
    with looking_away():
        return _digest(texts)


def _digest(texts: tuple[Path, ...]) -> str:
    package = Path(__file__).parent
    files = [path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    files += [path for folder in texts for path in folder.rglob("*.toml")]
    return cache.digest(
        code_of_results(), *map(version, LIBRARIES), cache.digest_of_files(dict.fromkeys(files))
    )
