"""Files and folders are written whole or not at all."""

from __future__ import annotations

import pytest

from pollbench.errors import OutputError
from pollbench.files import filled_folder, write_text


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
