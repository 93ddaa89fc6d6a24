"""The recipes of CONTRIBUTING.md are executed, step by step, in a copy of the packages."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PACKAGES = ("benchmark/pollbench", "datasets/pollbench_datasets", "dashboards/pollbench_dashboards")
#: A step: <!-- recipe: what to do, and with which file -->, and for most the block below it.
STEP = re.compile(r"<!-- (\w+): (\w+) ?([^\n]*?) -->\n(?:```\w*\n(.*?)```)?", flags=re.DOTALL)
#: What the commands of a Makefile do.
REGISTRY = ["-m", "pollbench.data.checksums"]


def recipes() -> dict[str, list[tuple[str, list[str], str]]]:
    """Recipe -> its steps in order: what to do, with which files, with which block."""
    found: dict[str, list[tuple[str, list[str], str]]] = {}
    for name, action, rest, block in STEP.findall(TEXT):
        found.setdefault(name, []).append((action, rest.split(), block))
    return found


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The packages as a contributor has them; the recipes are added one after the other."""
    place = tmp_path_factory.mktemp("contributor")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, place / package, ignore=shutil.ignore_patterns("__pycache__"))
    yield place
    shutil.rmtree(place)


def python(copy: Path, *arguments: str) -> None:
    paths = os.pathsep.join(str((copy / package).parent) for package in PACKAGES)
    answer = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def followed(copy: Path, action: str, files: list[str], block: str) -> None:
    """Do what a step says."""
    if action == "write":
        (copy / files[0]).parent.mkdir(parents=True, exist_ok=True)
        assert not (copy / files[0]).exists(), f"{files[0]} exists: append to it, or call it otherwise"
        (copy / files[0]).write_text(block, encoding="utf-8")
    elif action == "append":
        assert (copy / files[0]).is_file(), f"{files[0]} does not exist"
        with (copy / files[0]).open("a", encoding="utf-8", newline="\n") as file:
            file.write(block)
    elif action == "copy":
        (copy / files[1]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(copy / files[0], copy / files[1])
    elif action == "registry":
        assert block == "make registry\n"
        python(copy, *REGISTRY)
    elif action == "run":
        for line in block.splitlines():
            program, *words = shlex.split(line)
            assert program == "pollbench"
            python(copy, "-m", "pollbench", *words)
    elif action == "check":
        python(copy, "-c", block)
    else:
        raise AssertionError(action)


@pytest.mark.parametrize("name", recipes())
def test_a_recipe_does_what_it_says(copy, name):
    for action, files, block in recipes()[name]:
        followed(copy, action, files, block)


def test_there_is_a_recipe_for_every_seam_and_every_kind_of_row():
    wanted = {"measure", "baseline", "mechanism", "attack", "defence", "chart", "forecaster", "language"}
    wanted |= {"election", "importer", "release"}
    assert wanted <= set(recipes())
    assert all(steps[-1][0] == "check" for steps in recipes().values())


def test_a_recipe_that_says_something_wrong_is_seen(copy):
    with pytest.raises(AssertionError, match="KeyError"):
        followed(copy, "check", [], "from pollbench.manipulation import ATTACKS\nATTACKS['shout']\n")
