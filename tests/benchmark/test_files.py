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
