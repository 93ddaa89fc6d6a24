"""Killed or interrupted before any call to the system, an output is whole, old or new, and the next start cleans up."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from pollbench import files
from pollbench.files import MANIFEST, replaced_folder, write_text
from pollbench.protocol.ledger import FILES, LEDGER, Receipt, append, chain_offences, locked, read_ledger

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no forks")

PROTOCOL = "0" * 64
#: What Python says before it asks the system for something.
CALLS = ("open", "os", "fcntl", "shutil", "tempfile", "ctypes")


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt() -> None:
    raise KeyboardInterrupt


def struck(action: Callable[[], None], step: int, end: Callable[[], None]) -> bool:
    """Run ``action`` in a child that is struck before its call number ``step``; whether there was such a call."""
    # An action that fails by itself would be struck for ever.
    assert step < 500
    with warnings.catch_warnings():
        # Newer versions of Python warn of forks beside threads; the child only writes files.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        calls = -1

        def count(event: str, _: object) -> None:
            nonlocal calls
            if event.partition(".")[0] in CALLS:
                calls += 1
                if calls == step:
                    end()

        sys.addaudithook(count)
        try:
            action()
        except BaseException:
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return status != 0


def written(target: Path, text: str) -> None:
    with replaced_folder(target) as fresh:
        for name in (MANIFEST, "one.csv"):
            write_text(fresh / name, text)


def held(target: Path) -> list[str]:
    return [(target / name).read_text(encoding="utf-8") for name in (MANIFEST, "one.csv")]


@pytest.mark.parametrize("end", [kill, interrupt])
@pytest.mark.parametrize("way", ["exchange", "two renames"])
def test_a_folder_is_whole_wherever_its_replacement_is_struck(tmp_path, monkeypatch, way, end):
    if way == "two renames":
        monkeypatch.setattr(files, "exchanged", lambda *_: False)
    target = tmp_path / "output"
    written(target, "old")
    step = 0
    while struck(lambda: written(target, "new"), step, end):
        if end is interrupt:
            assert held(target) in (["old"] * 2, ["new"] * 2), step
        files._restore(target)
        assert held(target) in (["old"] * 2, ["new"] * 2), step
        written(target, "old")
        assert [entry.name for entry in tmp_path.iterdir()] == ["output"], step
        step += 1
    assert held(target) == ["new"] * 2
    # Two files, their folder, its exchange, and all that is asked around them.
    assert step > 25


@pytest.mark.parametrize("end", [kill, interrupt])
def test_a_file_is_whole_wherever_its_writing_is_struck(tmp_path, end):
    path = tmp_path / "table.csv"
    write_text(path, "old")
    step = 0
    while struck(lambda: write_text(path, "new"), step, end):
        assert path.read_text(encoding="utf-8") in ("old", "new"), step
        write_text(path, "old")
        assert [entry.name for entry in tmp_path.iterdir()] == ["table.csv"], step
        step += 1
    assert path.read_text(encoding="utf-8") == "new"
    assert step > 5


def receipt(number: int, before: str) -> Receipt:
    digest = f"{number:064x}"
    return Receipt(
        number,
        "sealed",
        f"2027-04-01T10:00:{number:02}+00:00",
        "ifop",
        "fr-pres-2027-r1",
        7,
        digest,
        "",
        before,
    )


def received(folder: Path, number: int, files: dict[str, bytes] | None = None) -> None:
    """Add one receipt, as ``protocol receive`` and ``protocol reveal`` do."""
    with locked(folder):
        receipts = read_ledger(folder)
        before = receipts[-1].own_digest if receipts else PROTOCOL
        moment = f"2027-04-01T10:00:{number:02}+00:00"
        about = ("ifop", "fr-pres-2027-r1", 7)
        receipt = Receipt(number, "sealed", moment, *about, f"{number:064x}", "", before)
        append(folder, receipts, receipt, files)


@pytest.mark.parametrize("end", [kill, interrupt])
def test_no_line_of_a_ledger_is_lost_wherever_its_writing_is_struck(tmp_path, end):
    received(tmp_path, 1)
    first = (tmp_path / LEDGER).read_bytes()
    step = 0
    while struck(lambda: received(tmp_path, 2), step, end):
        assert (tmp_path / LEDGER).read_bytes().startswith(first), step
        assert list(chain_offences(read_ledger(tmp_path), PROTOCOL)) == [], step
        (tmp_path / LEDGER).write_bytes(first)
        step += 1
    assert [entry.number for entry in read_ledger(tmp_path)] == [1, 2]
    assert step > 5


@pytest.mark.parametrize("end", [kill, interrupt])
def test_files_of_a_receipt_that_never_got_its_line_go_with_the_next_one(tmp_path, end):
    received(tmp_path, 1)
    first = (tmp_path / LEDGER).read_bytes()
    handed_in = {"csv": b"forecaster,contest\n", "salt": b"a salt of many characters"}
    step, left = 0, set()
    while struck(lambda: received(tmp_path, 2, handed_in), step, end):
        if (tmp_path / LEDGER).read_bytes() == first:
            left |= {path.suffix for path in (tmp_path / FILES).glob("*")}
            # A seal, which has no file.
            received(tmp_path, 2)
            assert list((tmp_path / FILES).glob("*")) == [], step
        (tmp_path / LEDGER).write_bytes(first)
        step += 1
    assert {path.name for path in (tmp_path / FILES).iterdir()} == {"000002.csv", "000002.salt"}
    assert left >= {".csv", ".salt", ".tmp"} if end is kill else left >= {".csv", ".salt"}
