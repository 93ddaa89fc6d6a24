"""Every measure explains itself: formula, unit, errors, an example, its own title and no other's."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

import pollbench_datasets
from pollbench.measures import Measure, registered

MEASURES = registered()
SECTIONS = ("Parameters", "Returns", "Raises", "Examples")


def docstring(measure: Measure) -> str:
    return " ".join(inspect.getdoc(measure.function).split()).casefold()


def titles_of_others(measure: Measure, text: str) -> set[str]:
    """Titles of other measures in ``text``, once every longer title that contains one is set aside."""
    own = measure.title.casefold()
    text = text.replace(own, " ")
    others = sorted((each.title.casefold() for each in MEASURES.values() if each is not measure), key=len)
    return {title for title in others if re.search(rf"(?<!\w){re.escape(title)}(?!\w)", text)}


@pytest.mark.parametrize("name", MEASURES)
def test_docstring_has_formula_sections_and_an_example_of_itself(name):
    text = inspect.getdoc(MEASURES[name].function)
    assert ".. math::" in text
    for section in SECTIONS:
        assert re.search(rf"^{section}\n-+$", text, re.MULTILINE), section
    positions = [text.index(f"{section}\n-") for section in SECTIONS]
    assert positions == sorted(positions)
    assert re.search(rf">>>.*{name}\(|\.\.\..*{name}\(", text)
    assert "DomainError" in text


@pytest.mark.parametrize("name", MEASURES)
def test_docstring_says_the_unit(name):
    unit = {"": "pure number", "%": "per cent"}.get(MEASURES[name].unit, MEASURES[name].unit)
    assert unit in docstring(MEASURES[name])


@pytest.mark.parametrize("name", MEASURES)
def test_docstring_speaks_of_its_measure_and_of_no_other(name):
    text = docstring(MEASURES[name])
    assert MEASURES[name].title.casefold() in text
    assert titles_of_others(MEASURES[name], text) == set()


def test_a_title_left_behind_by_copying_is_found():
    """One library's docstring of the mean square error returns "the mean absolute error"."""
    text = docstring(MEASURES["rmse"]) + " returns the mean absolute error"
    assert "mean absolute error" in titles_of_others(MEASURES["rmse"], text)


@pytest.mark.parametrize("name", MEASURES)
def test_every_parameter_is_documented(name):
    function = MEASURES[name].function
    text = inspect.getdoc(function)
    listed = text[text.index("Parameters\n") : text.index("Returns\n")]
    for parameter in inspect.signature(function).parameters:
        assert re.search(rf"^{parameter}\b|^\w+, {parameter}\b", listed, re.MULTILINE), parameter


@pytest.mark.parametrize("name", MEASURES)
def test_the_sign_is_a_sentence(name):
    sign = MEASURES[name].sign
    assert sign.endswith(".")
    assert sign[0].isupper() or sign[0].isdigit()


def test_no_two_measures_share_a_title():
    titles = [each.title.casefold() for each in MEASURES.values()]
    assert len(titles) == len(set(titles))


def test_every_reference_is_in_the_bibliography_and_the_bibliography_holds_no_other():
    text = (Path(pollbench_datasets.__path__[0]) / "measures.bib").read_text(encoding="utf-8")
    keys = re.findall(r"^@\w+\{([^,]+),", text, re.MULTILINE)
    assert len(keys) == len(set(keys))
    assert set(keys) == {each.reference for each in MEASURES.values() if each.reference}
    for entry in re.split(r"^(?=@)", text, flags=re.MULTILINE)[1:]:
        assert re.search(r"\btitle = ", entry)
        assert entry.count("{") == entry.count("}")


@pytest.mark.parametrize("name", [name for name, each in MEASURES.items() if each.components])
def test_components_are_documented(name):
    text = inspect.getdoc(MEASURES[name].function)
    for component in MEASURES[name].components:
        assert f'"{component}"' in text


@pytest.mark.parametrize("name", [name for name, each in MEASURES.items() if each.undefined])
def test_where_a_value_can_be_missing_the_docstring_says_so(name):
    assert "NaN where" in " ".join(inspect.getdoc(MEASURES[name].function).split())


def test_every_measure_is_checked_against_a_published_value_or_another_implementation():
    """Its function is imported and used in tests/published, where each number stands with its source."""
    used: set[str] = set()
    for path in sorted((Path(__file__).parents[1] / "published").glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
        ours = [each for each in modules if (each.module or "").startswith("pollbench.measures")]
        imported = {alias.name for each in ours for alias in each.names}
        used |= imported & {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    assert set(MEASURES) - used == set()
