"""The choice of `make quick`: pure tests always, the tests of a changed file with it, nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from quick import ALWAYS, ROOT, chosen, mirrored


def test_what_always_runs_exists() -> None:
    assert [path for path in ALWAYS if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(
    ("changed", "test"),
    [
        ("benchmark/pollbench/campaign/trend.py", "tests/benchmark/campaign/test_trend.py"),
        ("dashboards/pollbench_dashboards/pages/answers.py", "tests/dashboards/test_answers.py"),
        ("benchmark/pollbench/text/fr/ranking.toml", "tests/dashboards/test_texts.py"),
        ("tests/benchmark/test_cache.py", "tests/benchmark/test_cache.py"),
    ],
)
def test_a_changed_file_brings_its_tests(changed: str, test: str) -> None:
    assert list(mirrored(changed)) == [test]
    assert test in chosen([changed])


def test_nothing_is_named_twice() -> None:
    paths = chosen(["benchmark/pollbench/measures/point.py", "tests/benchmark/measures/test_options.py"])
    assert "tests/benchmark/measures" in paths
    assert not [path for path in paths if Path("tests/benchmark/measures") in Path(path).parents]


def test_what_mirrors_nothing_brings_nothing() -> None:
    assert chosen(["README.md", "benchmark/pollbench/py.typed"]) == list(ALWAYS)
