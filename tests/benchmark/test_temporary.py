"""What killed processes left is removed by the next that writes or makes a temporary folder, and nothing else is."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pollbench import temporary
from pollbench.data.store import load, validate
from pollbench.files import replaced_folder, write_text
from pollbench.temporary import remove_leftovers, room, room_beside

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no locks of this kind")

#: Makes a temporary folder, says which, and waits.
MAKES_A_ROOM = """
from pollbench.temporary import room
with room() as folder:
    (folder / "half.csv").write_text("half")
    print(folder, flush=True)
    input()
"""
#: The number of a process that there is not: the system gives none above 2 ** 22.
ENDED = 2**22 + 1


@pytest.fixture
def system(tmp_path, monkeypatch):
    """The temporary folder of the system, in this process and its children."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def left(folder: Path, name: str) -> Path:
    """A temporary folder of a process that has ended."""
    path = folder / f".{name}.{ENDED}-ab_1.tmp"
    (path / "new").mkdir(parents=True)
    return path


def test_a_folder_stays_while_its_process_lives_and_goes_at_the_next_start_after_its_kill(system):
    words = [sys.executable, "-c", MAKES_A_ROOM]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        folder = Path(child.stdout.readline().strip())
        assert folder.parent == system
        with room():
            assert (folder / "half.csv").is_file()
        child.send_signal(signal.SIGKILL)
    assert (folder / "half.csv").is_file()
    with room() as fresh:
        assert names(system) == [fresh.name]
    assert names(system) == []


@pytest.mark.parametrize("start", [load, validate])
def test_what_was_left_goes_with_the_next_election_that_is_loaded(system, start):
    left(system, "pollbench")
    made = start("fr-primary-left-2017")
    if start is load:
        assert len(names(system)) == 1
        made.close()
    assert names(system) == []


def test_the_folder_of_a_data_set_that_is_forgotten_is_removed(system):
    def load_and_forget() -> None:
        load("fr-primary-left-2017")
        gc.collect()

    with pytest.warns(ResourceWarning, match="Implicitly cleaning up"):
        load_and_forget()
    assert names(system) == []


def test_only_names_of_ours_are_removed_and_no_link_is_followed(system):
    precious = system / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work", encoding="utf-8")
    (system / f".pollbench.{ENDED}-link.tmp").symlink_to(precious, target_is_directory=True)
    os.mkfifo(system / f".pollbench.{ENDED}-pipe.tmp")
    for name in (".pollbench.notes.tmp", "pollbench-1", f".pollbench.{ENDED}-a.tmp.txt"):
        (system / name).mkdir()
        (system / name / "mine.txt").write_text("mine", encoding="utf-8")
    before = names(system)
    left(system, "pollbench")
    with room():
        pass
    assert names(system) == before
    assert names(precious) == ["thesis.txt"]


def test_a_folder_of_another_user_stays(system, monkeypatch):
    other = left(system, "pollbench")
    with monkeypatch.context() as patched:
        patched.setattr(os, "geteuid", lambda: os.getuid() + 1)
        remove_leftovers(system / "pollbench")
        assert other.is_dir()
    remove_leftovers(system / "pollbench")
    assert not other.exists()


def test_a_folder_that_was_made_this_moment_is_not_taken_for_one_that_was_left(system):
    mine, others = system / f".pollbench.{os.getpid()}-a.tmp", system / f".pollbench.{ENDED}-a.tmp"
    for folder in (mine, others):
        folder.mkdir()
    remove_leftovers(system / "pollbench")
    assert names(system) == [mine.name]


def test_a_folder_that_another_process_removes_at_the_same_time_is_no_error(system, monkeypatch):
    gone = left(system, "pollbench")
    opened = os.open

    def removed_before(path, *rest, **named):
        if path == gone and gone.exists():
            (gone / "new").rmdir()
            gone.rmdir()
        return opened(path, *rest, **named)

    monkeypatch.setattr(os, "open", removed_before)
    with room() as fresh:
        assert names(system) == [fresh.name]


def test_a_folder_that_cannot_be_locked_at_all_is_removed_at_its_end(system, monkeypatch):
    def full(*_):
        message = "Too many open files"
        raise OSError(message)

    monkeypatch.setattr(temporary, "_lock", full)
    with pytest.raises(OSError, match="Too many"):
        room()
    assert names(system) == []


def test_a_folder_that_cannot_even_be_opened_is_removed_with_the_error_of_the_system(system, monkeypatch):
    opened, refused = os.open, []

    def full(path, *rest, **named):
        if not refused:
            refused.append(path)
            message = "Too many open files"
            raise OSError(message)
        return opened(path, *rest, **named)

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(OSError, match="Too many"):
        room()
    assert names(system) == []


def test_where_there_are_no_locks_folders_are_removed_at_their_end_and_nothing_else_is(system, monkeypatch):
    monkeypatch.setattr(temporary, "fcntl", None)
    dead = left(system, "pollbench")
    with room() as fresh:
        assert names(fresh) == ["lock"]
    write_text(system / "table.csv", "whole")
    assert names(system) == [dead.name, "table.csv"]


def test_a_file_that_was_left_goes_and_one_that_was_made_this_moment_stays(system):
    half, empty, fresh = (
        system / f".table.csv.{number}-ab.tmp" for number in (ENDED, ENDED + 1, os.getpid())
    )
    half.write_text("half", encoding="utf-8")
    empty.touch()
    fresh.touch()
    remove_leftovers(system / "table.csv")
    assert names(system) == [fresh.name]


def test_what_a_process_of_another_user_writes_is_not_known_to_have_ended(system, monkeypatch):
    def denied(*_):
        raise PermissionError

    folder = system / f".pollbench.{ENDED}-a.tmp"
    folder.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(os, "kill", denied)
        remove_leftovers(system / "pollbench")
    assert folder.is_dir()
    beyond = system / f".pollbench.{10**30}-a.tmp"
    beyond.mkdir()
    remove_leftovers(system / "pollbench")
    assert names(system) == []


def test_leftovers_beside_a_place_that_is_not_there_are_none(system):
    remove_leftovers(system / "none" / "output")
    assert names(system) == []


def test_leftovers_beside_an_output_go_and_those_of_other_outputs_stay(tmp_path):
    dead, other = left(tmp_path, "output"), left(tmp_path, "another")
    with room_beside(tmp_path / "output") as living, replaced_folder(tmp_path / "output") as fresh:
        write_text(fresh / "manifest.json", "{}")
        assert not dead.exists()
        assert living.exists()
    assert names(tmp_path) == [other.name, "output"]


def test_a_file_is_locked_until_it_has_its_name(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    replace = Path.replace

    def beside_another_writer(temporary, target):
        remove_leftovers(path)
        return replace(temporary, target)

    monkeypatch.setattr(Path, "replace", beside_another_writer)
    write_text(path, "whole")
    assert path.read_text(encoding="utf-8") == "whole"
