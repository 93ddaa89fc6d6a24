"""The wheel holds the three packages with their data, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("benchmark/pollbench", "datasets/pollbench_datasets", "dashboards/pollbench_dashboards")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_the_wheel_has_only_its_own_top_level_names(names):
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "pollbench",
        "pollbench_datasets",
        "pollbench_dashboards",
    }


def test_the_wheel_has_every_file_that_is_tracked(names):
    listed = subprocess.run(["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not in a git checkout")
    tracked = {name.split("/", 1)[1] for name in listed.stdout.splitlines() if (ROOT / name).exists()}
    assert len(tracked) > 60
    assert tracked <= names
    for part in ("pollbench_datasets/sql/schema.sql", "pollbench_datasets/fr-pres-2017/forecasts.csv"):
        assert part in names
