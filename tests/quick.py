"""Which tests to run between two edits: the pure ones, the rules of the house, and those that mirror what was changed.

``python tests/quick.py`` prints the paths for pytest; ``make quick`` runs them.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: Tests that need no election: formulas, registries, the rules of the house.
ALWAYS = (
    "tests/craft/test_imports.py",
    "tests/craft/test_layers.py",
    "tests/craft/test_plain_words.py",
    "tests/craft/test_reachable.py",
    "tests/benchmark/measures",
    "tests/benchmark/inference",
    "tests/benchmark/ecological",
    "tests/benchmark/language",
    "tests/benchmark/manipulation/formulas",
    "tests/benchmark/manipulation/test_normal_form.py",
    "tests/benchmark/test_registry.py",
    "tests/published/test_arzheimer_evans.py",
    "tests/published/test_orders.py",
    "tests/published/test_probability.py",
    "tests/published/test_sampling.py",
    "tests/published/test_shares.py",
)
#: Code -> where its tests are.
MIRRORS = {
    "benchmark/pollbench": "tests/benchmark",
    "dashboards/pollbench_dashboards": "tests/dashboards",
    "datasets/pollbench_datasets": "tests/datasets",
}


def mirrored(path: str) -> Iterator[str]:
    """The tests of a changed file: its own, else those of its folder, by the names of files.

    Examples
    --------
    >>> list(mirrored("benchmark/pollbench/campaign/trend.py"))
    ['tests/benchmark/campaign/test_trend.py']
    """
    changed = Path(path)
    if changed.name.startswith("test_") and changed.suffix == ".py":
        yield path
    if "text" in changed.parts and changed.suffix == ".toml":
        yield "tests/dashboards/test_texts.py"
    for code, tests in MIRRORS.items():
        if not changed.is_relative_to(code):
            continue
        folder = Path(tests) / changed.relative_to(code).parent
        stem = changed.stem.lstrip("_")
        for candidate in (folder / f"test_{stem}.py", Path(tests) / f"test_{stem}.py"):
            if (ROOT / candidate).is_file():
                yield candidate.as_posix()
                return


def chosen(changed: Iterable[str]) -> list[str]:
    """The paths to run for these changed files, each once."""
    paths = dict.fromkeys(ALWAYS)
    paths |= dict.fromkeys(test for path in changed for test in mirrored(path) if (ROOT / test).exists())
    # What lies in a folder that runs anyway is not named again.
    return [path for path in paths if not any(other in Path(path).parents for other in map(Path, paths))]


def changed_files() -> list[str]:
    """Files that differ from the last commit, new ones too; none outside a git checkout."""
    listed = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return [line[3:].rpartition(" -> ")[2].strip('"') for line in listed.stdout.splitlines()]


if __name__ == "__main__":
    print(" ".join(chosen(changed_files())))
