"""Files are held to their registered bytes, and one message says what differs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pollbench.data import checksums as registry
from pollbench.data.elections import datasets_folder
from pollbench.errors import ChecksumError
from spoilt_copy import ELABE
from tests_support import copy_of, replace_once


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of("fr-pres-2017", tmp_path)


def test_a_changed_byte_under_a_registered_checksum_is_noticed(tmp_path):
    root = Path(shutil.copytree(datasets_folder(), tmp_path / "data"))
    assert registry.verify(root) > 10
    path = root / "fr-pres-2017" / "predictions.csv"
    replace_once(path, f"\n{ELABE}\n", "\nelabe-2017-04-20-a,macron,25,,,\n")
    with pytest.raises(ChecksumError, match=r"1 changed: fr-pres-2017/predictions\.csv\."):
        registry.verify(root)
    (root / "people.csv").unlink()
    (root / "fr-pres-2017" / "extra.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(ChecksumError) as caught:
        registry.verify(root)
    message = str(caught.value)
    for part in (
        "1 changed: fr-pres-2017/pred",
        "1 missing: people.csv",
        "1 not registered: fr-pres-2017/extra.csv",
    ):
        assert part in message


def test_the_message_about_checksums_is_a_handful_of_lines(tmp_path):
    root = Path(shutil.copytree(datasets_folder(), tmp_path / "data"))
    for path in root.rglob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(ChecksumError) as caught:
        registry.verify(root)
    message = str(caught.value)
    assert message.count("\n") == 3
    assert len(message) < 800
    assert "lines end as on Windows" in message


def test_a_clone_that_changes_line_ends_has_the_registered_bytes(tmp_path):
    root = Path(__file__).parents[3]
    if not (root / ".git").exists():
        pytest.skip("not a clone")
    clone = tmp_path / "clone"
    # What is in the working folder, not what has been committed: a change is tested before it is.
    shutil.copytree(datasets_folder(), tmp_path / "work" / "datasets" / "pollbench_datasets")
    shutil.copy(root / ".gitattributes", tmp_path / "work")
    git = ["git", "-c", "core.autocrlf=true", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "data"]):
        subprocess.run([*git, *command], cwd=tmp_path / "work", check=True, capture_output=True)
    subprocess.run([*git, "clone", "-q", str(tmp_path / "work"), str(clone)], check=True, capture_output=True)
    assert registry.verify(clone / "datasets" / "pollbench_datasets") > 100


def test_the_registry_is_of_the_files_as_they_are():
    assert (datasets_folder() / "registry.txt").read_text(encoding="utf-8") == registry.make(), (
        "run 'make registry' if the change of the data is meant"
    )


def test_a_registry_that_lacks_or_is_none_says_what_to_do(tmp_path):
    with pytest.raises(ChecksumError, match=r"the registry of checksums is missing\. Reinstall PollBench"):
        registry.verify(tmp_path)
    (tmp_path / registry.REGISTRY).write_text(f"{'0' * 64}  people.csv\n{'0' * 63}  laws\n", encoding="utf-8")
    with pytest.raises(
        ChecksumError, match=r"registry\.txt, line 2: .* a line is a SHA-256, two spaces, a path\."
    ):
        registry.verify(tmp_path)
