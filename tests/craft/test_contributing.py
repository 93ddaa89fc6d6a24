"""The recipes of CONTRIBUTING.md are executed, step by step, in a copy of the packages."""

from __future__ import annotations

import json
import os
import re
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


#: In one process, which imports the libraries once: what the recipes run and check; what went wrong, by recipe, into a file.
SCRIPT = """
import json, shlex, sys, traceback
from tests_support import program

wrong = {}
for name, steps in json.load(sys.stdin).items():
    try:
        for action, block in steps:
            if action == "check":
                exec(block, {})
                continue
            for line in block.splitlines():
                word, *words = shlex.split(line)
                assert word == "pollbench", line
                answer = program(*words)
                assert answer.returncode == 0, (line, answer.stdout, answer.stderr)
    except BaseException:
        wrong[name] = traceback.format_exc()
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(wrong, file)
"""
WRONG = "from pollbench.manipulation import ATTACKS\nATTACKS['shout']\n"


def written(copy: Path, action: str, files: list[str], block: str) -> None:
    """Write what a step says."""
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
    else:
        assert action in ("run", "check"), action


def python(copy: Path, *arguments: str, given: str = "") -> None:
    folders = [*((copy / package).parent for package in PACKAGES), ROOT / "tests"]
    answer = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))},
        input=given,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Recipe -> what went wrong, of all recipes followed in a copy of the packages as a contributor has them, and of a wrong one."""
    place = tmp_path_factory.mktemp("contributor")
    copy, said = place / "copy", place / "wrong.json"
    for package in PACKAGES:
        # With what Python compiled: it knows a file by its time and size.
        shutil.copytree(ROOT / package, copy / package)
    for steps in recipes().values():
        for step in steps:
            written(copy, *step)
    python(copy, *REGISTRY)
    done = {
        name: [(action, block) for action, _, block in steps if action in ("run", "check")]
        for name, steps in {**recipes(), "wrong": [("check", [], WRONG)]}.items()
    }
    python(copy, "-c", SCRIPT, str(said), given=json.dumps(done))
    yield json.loads(said.read_text(encoding="utf-8"))
    shutil.rmtree(place)


@pytest.mark.parametrize("name", recipes())
def test_a_recipe_does_what_it_says(wrong, name):
    assert wrong.get(name, "") == ""


def test_a_recipe_that_changes_the_data_registers_them():
    for name, steps in recipes().items():
        changed = [files[-1] for action, files, _ in steps if action in ("write", "append", "copy")]
        shipped = any(file.startswith("datasets/pollbench_datasets/") for file in changed)
        assert shipped == ("registry" in {action for action, _, _ in steps}), name


def test_there_is_a_recipe_for_every_seam_and_every_kind_of_row():
    wanted = {"measure", "baseline", "mechanism", "attack", "defence", "chart", "forecaster", "language"}
    wanted |= {"election", "importer", "release"}
    assert wanted <= set(recipes())
    assert all(steps[-1][0] == "check" for steps in recipes().values())


def test_a_recipe_that_says_something_wrong_is_seen(wrong):
    assert "KeyError" in wrong["wrong"]
