"""The generated pages are what the code says, and whatever exists occurs in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reference_pages import (
    CITATION,
    DICTIONARY,
    OUTPUTS,
    PACKAGE,
    README,
    SECTIONS,
    citation,
    dictionary,
    outputs,
    package,
    with_sections,
)

from pollbench import baselines, measures
from pollbench.attribution.citation import RELEASED
from pollbench.cli import VERBS
from pollbench.intake import registry
from pollbench.manipulation import ATTACKS, DEFENCES, MECHANISMS
from pollbench.outputs.tables import TABLES
from pollbench.version import __version__

ROOT = Path(__file__).parents[2]
#: What must have a row in which generated table of the README.
EXISTING = {
    "measures": measures.registered(),
    "baselines": baselines.registered(),
    "mechanisms": MECHANISMS,
    "attacks": ATTACKS,
    "defences": DEFENCES,
    "verbs": VERBS,
    "tables": TABLES,
    "importers": registry.registered(),
}


def test_the_tables_of_the_readme_are_made_from_the_code():
    text = (ROOT / README).read_text(encoding="utf-8")
    assert with_sections(text) == text, "run 'make reference'"


def test_the_data_dictionary_is_made_from_the_schema():
    assert (ROOT / DICTIONARY).read_text(encoding="utf-8") == dictionary(), "run 'make reference'"


def test_the_dictionary_of_a_run_is_made_from_the_declared_columns():
    assert (ROOT / OUTPUTS).read_text(encoding="utf-8") == outputs(), "run 'make reference'"


def test_the_citation_of_the_repository_is_made_from_the_code():
    assert (ROOT / CITATION).read_text(encoding="utf-8") == citation(), "run 'make reference'"


def test_version_and_day_of_the_release_stand_in_the_changelog():
    headings = re.findall(
        r"^## (\d+\.\d+\.\d+), (\d{4}-\d{2}-\d{2})$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M
    )
    assert headings[0] == (__version__, RELEASED)


def test_the_data_package_is_made_from_the_schema_and_the_files():
    described = package()
    schemas = {path.relative_to(ROOT).as_posix() for path in (ROOT / PACKAGE / "schemas").iterdir()}
    assert schemas == {path for path in described if "/schemas/" in path}, "remove schemas of no table"
    for path, text in described.items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, "run 'make reference'"


@pytest.mark.parametrize("section", SECTIONS)
def test_everything_that_exists_has_a_row_of_its_own_in_the_readme(section):
    text = (ROOT / README).read_text(encoding="utf-8")
    rows = text.split(f"<!-- {section} -->\n")[1].split(f"<!-- end of {section} -->")[0].splitlines()[2:]
    heads = [re.fullmatch(r"\| `(?:pollbench )?([\w-]+)(?:\.csv)?` \|.*", row)[1] for row in rows]
    assert sorted(heads) == sorted(EXISTING[section])


def test_the_python_of_the_readme_runs():
    text = (ROOT / README).read_text(encoding="utf-8")
    code = text.split("```python\n")[1].split("```")[0]
    scope: dict[str, object] = {}
    exec(compile(code, README, "exec"), scope)
    assert len(scope["board"]) > 20  # type: ignore[arg-type]
