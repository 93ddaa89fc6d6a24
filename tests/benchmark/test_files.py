"""Files and folders are written whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pandas as pd
import pytest

from pollbench import files
from pollbench.errors import OutputError
from pollbench.files import MANIFEST, csv_text, filled_folder, replaced_folder, write_text


def test_a_filled_folder_gets_its_files_at_the_end_and_keeps_others(tmp_path):
    target = tmp_path / "site"
    target.mkdir()
    (target / "mine.txt").write_text("mine", encoding="utf-8")
    with filled_folder(target) as fresh:
        write_text(fresh / "fr" / "index.html", "x")
        assert [path.name for path in target.iterdir()] == ["mine.txt"]
    assert (target / "fr" / "index.html").read_text(encoding="utf-8") == "x"
    assert (target / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_could_not_be_filled_stays_as_it_was(tmp_path):
    def fail() -> None:
        with filled_folder(tmp_path / "site") as fresh:
            write_text(fresh / "index.html", "half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "site").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="site is a file"), filled_folder(tmp_path / "site"):
        pass


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match=r"file is a file, not a folder"):
        write_text(tmp_path / "file" / "table.csv", "x")


def run_folder(path, text):
    path.mkdir()
    (path / MANIFEST).write_text("{}", encoding="utf-8")
    (path / "table.csv").write_text(text, encoding="utf-8")


def replace_with(target, text):
    with replaced_folder(target) as fresh:
        (fresh / MANIFEST).write_text("{}", encoding="utf-8")
        (fresh / "table.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_replaced_folder_is_the_new_one_and_nothing_is_left_beside_it(tmp_path, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(files, "exchanged", lambda *_: False)
    run_folder(tmp_path / "out", "old")
    replace_with(tmp_path / "out", "new")
    assert (tmp_path / "out" / "table.csv").read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.skipif(sys.platform != "linux", reason="the system call is one of Linux")
def test_two_names_are_exchanged_in_one_step(tmp_path):
    run_folder(tmp_path / "a", "a")
    run_folder(tmp_path / "b", "b")
    assert files.exchanged(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a" / "table.csv").read_text(encoding="utf-8") == "b"
    assert not files.exchanged(tmp_path / "a", tmp_path / "nowhere")


@pytest.mark.parametrize("moment", [1, 2])
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_a_signal_between_two_renames_leaves_the_old_folder_or_the_new(tmp_path, monkeypatch, moment, error):
    monkeypatch.setattr(files, "exchanged", lambda *_: False)
    run_folder(tmp_path / "out", "old")
    calls = []
    rename = Path.rename

    def interrupted(path, target):
        made = rename(path, target)
        calls.append(path)
        if len(calls) == moment:
            raise error
        return made

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(error):
        replace_with(tmp_path / "out", "new")
    monkeypatch.undo()
    monkeypatch.setattr(files, "exchanged", lambda *_: False)
    with replaced_folder(tmp_path / "out") as fresh:
        assert (tmp_path / "out" / "table.csv").read_text(encoding="utf-8") in ("old", "new")
        (fresh / MANIFEST).write_text("{}", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_after_a_kill_between_two_renames_the_next_run_brings_the_old_folder_back(tmp_path):
    run_folder(tmp_path / f".out{files.OLD}", "old")
    with replaced_folder(tmp_path / "out") as fresh:
        assert (tmp_path / "out" / "table.csv").read_text(encoding="utf-8") == "old"
        (fresh / MANIFEST).write_text("{}", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_link_stays_a_link_and_its_goal_is_written(tmp_path):
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_text(tmp_path / "link.csv", "new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8") == "new"
    run_folder(tmp_path / "goal", "old")
    (tmp_path / "out").symlink_to(tmp_path / "goal")
    replace_with(tmp_path / "out", "new")
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "goal" / "table.csv").read_text(encoding="utf-8") == "new"


@pytest.mark.skipif(os.name != "posix", reason="there are no pipes with a name")
def test_a_device_or_a_pipe_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="a device, a pipe or a socket"):
        write_text(tmp_path / "pipe", "x")
    with pytest.raises(OutputError, match="a device"), replaced_folder(Path("/dev/null")):
        pass
    assert (tmp_path / "pipe").is_fifo()


def test_a_cell_that_a_spreadsheet_would_run_is_neutralised():
    table = pd.DataFrame(
        {"name": ["=SUM(A1)", "@x", "-1.5", "x-a+b", None], "day": ["+1", "+x", "", "-", "=y"]}
    )
    assert csv_text(table).splitlines()[1:] == ["'=SUM(A1),+1", "'@x,'+x", "-1.5,", "x-a+b,'-", ",'=y"]


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path):
    with pytest.raises(OutputError, match="is a folder; name a file"):
        write_text(tmp_path, "x")


@pytest.mark.parametrize("failing", ["replace", "chmod"])
def test_a_file_that_cannot_get_its_name_leaves_the_old_one_and_nothing_beside_it(
    tmp_path, monkeypatch, failing
):
    def full(*_):
        raise OSError(28, "No space left on device")

    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, failing, full)
    with pytest.raises(
        OutputError, match=r"cannot be written \(No space left on device\)\. Name another place"
    ):
        write_text(path, "new")
    monkeypatch.undo()
    assert [entry.name for entry in tmp_path.iterdir()] == ["table.csv"]
    assert path.read_text(encoding="utf-8") == "old"


def test_an_error_without_words_of_the_system_is_said_in_its_own(tmp_path):
    assert "(odd). Name" in str(files.unwritable(tmp_path, OSError("odd")))


def test_a_folder_of_other_files_is_not_replaced(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with (
        pytest.raises(OutputError, match=r"\(it has no manifest\.json\); they are left alone"),
        replaced_folder(tmp_path),
    ):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_old_folder_beside_a_whole_new_one_is_removed(tmp_path):
    run_folder(tmp_path / f".out{files.OLD}", "old")
    run_folder(tmp_path / "out", "new")
    replace_with(tmp_path / "out", "newer")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out" / "table.csv").read_text(encoding="utf-8") == "newer"


def test_an_old_folder_that_cannot_be_brought_back_is_said(tmp_path, monkeypatch):
    def denied(*_):
        raise PermissionError(13, "Permission denied")

    run_folder(tmp_path / f".out{files.OLD}", "old")
    monkeypatch.setattr(Path, "rename", denied)
    with (
        pytest.raises(OutputError, match=r"out cannot be written \(Permission denied\)"),
        replaced_folder(tmp_path / "out"),
    ):
        pass


def test_where_the_system_exchanges_no_names_that_is_said(tmp_path, monkeypatch):
    def none(*_, **__):
        raise OSError

    monkeypatch.setattr(files.ctypes, "CDLL", none)
    assert files.exchanged(tmp_path / "a", tmp_path / "b") is False


def test_a_file_system_that_promises_nothing_is_written_to_all_the_same(tmp_path, monkeypatch):
    def cannot(_):
        raise OSError

    monkeypatch.setattr(os, "fsync", cannot)
    replace_with(tmp_path / "out", "new")
    assert (tmp_path / "out" / "table.csv").read_text(encoding="utf-8") == "new"


def test_a_filled_folder_takes_over_its_folders_empty_ones_too(tmp_path):
    with filled_folder(tmp_path / "site") as fresh:
        (fresh / "a" / "b").mkdir(parents=True)
        write_text(fresh / "a" / "x.txt", "x")
    assert (tmp_path / "site" / "a" / "b").is_dir()
    assert (tmp_path / "site" / "a" / "x.txt").read_text(encoding="utf-8") == "x"


def test_a_new_folder_that_cannot_get_its_name_leaves_the_old_one_in_its_place(tmp_path, monkeypatch):
    run_folder(tmp_path / "out", "old")
    rename, calls = Path.rename, []

    def full(path, target):
        calls.append(path)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(files, "exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OutputError, match=r"out cannot be written \(No space left on device\)"):
        replace_with(tmp_path / "out", "new")
    assert (tmp_path / "out" / "table.csv").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_below_a_file_cannot_be_filled(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with (
        pytest.raises(OutputError, match=r"site cannot be written \("),
        filled_folder(tmp_path / "file" / "site"),
    ):
        pass
