"""Help for tests: elections that a test may spoil, and one value out of a query."""

from __future__ import annotations

import csv
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from pollbench.data.bench import Bench
from pollbench.data.elections import datasets_folder

if TYPE_CHECKING:
    from frictionless import Report

#: Names the folder that all workers of a session share.
SHARED = "POLLBENCH_TESTS_FOLDER"


def validated(package: Path) -> Report:
    """What another reader of data packages finds; it lets cells of any length into this process, which does not stay."""
    from frictionless import Package

    before = csv.field_size_limit()
    try:
        return Package(str(package)).validate()
    finally:
        csv.field_size_limit(before)


def built_once(name: str, make: Callable[[Path], object]) -> Path:
    """The folder ``name`` that ``make`` fills, once for all workers of a session: who comes second waits."""
    shared = Path(os.environ[SHARED])
    place, lock = shared / name, shared / f"{name}.lock"
    while not place.exists():
        try:
            lock.mkdir()
        except FileExistsError:
            time.sleep(0.2)
            continue
        try:
            if not place.exists():
                room = Path(tempfile.mkdtemp(dir=shared))
                make(room / name)
                (room / name).rename(place)
        finally:
            lock.rmdir()
    return place


def one(bench: Bench, query: str) -> object:
    """The single value that ``query`` returns."""
    frame = bench.frame(query)
    assert frame.shape == (1, 1)
    return frame.iat[0, 0]


@contextmanager
def signals_kept() -> Iterator[None]:
    """Give back the handlers of signals that the program sets for itself."""
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def program(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What ``pollbench`` with these words prints in a folder and how it leaves: as the program does it, in this process.

    A process of its own would import every library anew, two seconds each time.
    """
    from pollbench.cli import main

    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    code: object = 0
    with (
        signals_kept(),
        mock.patch.object(sys, "argv", ["pollbench", *words]),
        mock.patch.dict(os.environ, {"COLUMNS": "100", "NO_COLOR": "1"}),
        redirect_stdout(streams[0]),
        redirect_stderr(streams[1]),
        chdir(cwd or Path.cwd()),
    ):
        try:
            main()
        except SystemExit as leaving:
            code = leaving.code or 0
    printed, complained = (stream.buffer.getvalue().decode("utf-8") for stream in streams)  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(["pollbench", *words], int(str(code)), printed, complained)


def copy_of(election_id: str, place: Path) -> Path:
    """A copy of a shipped election in a folder of its own, to be changed: neither checksums nor numbers of rows watch over it."""
    folder = Path(shutil.copytree(datasets_folder() / election_id, place / election_id))
    description = folder / "election.toml"
    if description.exists():
        text = description.read_text(encoding="utf-8")
        description.write_text(text.partition("\n# The vote is over:")[0], encoding="utf-8")
    return folder


def without_results(folder: Path, *contests: str) -> Path:
    """The election of ``folder`` before the vote: without the results of ``contests``, of all if none is named."""

    def keep(row: dict[str, str]) -> bool:
        return bool(contests) and row["contest_id"] not in contests

    counted = dict.fromkeys(["registered", "voters", "blank", "null_votes", "blank_null", "valid"], "")
    for stem in ("results", "departments", "contests"):
        path = folder / f"{stem}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        left = [row for row in rows if keep(row)]
        if stem == "contests":
            left = [row if keep(row) else {**row, **counted} for row in rows]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(left)
    return folder


def replace_once(path: Path, old: str, new: str) -> None:
    """Replace the only place where ``old`` stands."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def small_election(
    place: Path, *, candidates: int = 3, results: bool = True, forecasts: bool = True, text: str = "Buzz Co"
) -> Path:
    """A user's own election: one round, one poll, one buzz predictor of that name, and nothing shipped."""
    folder = place / "small"
    folder.mkdir()
    votes = {"ann": 500, "bob": 300, "cid": 200}
    names = list(votes)[:candidates]
    shares = {"pollco-2030-04-30-a": [52, 30, 18], "buzzco-2030-05-01-a": [40, 35, 25]}
    if candidates == 1:
        shares = {forecast: [100] for forecast in shares}
    contest = "xx-2030-r1"
    rows: dict[str, list[dict[str, object]]] = {
        "sources": [{"source_id": "s", "title": "A page", "url": "http://example.org/"}],
        "people": [{"candidate_id": name, "name": f"{name.title()} Smith"} for name in names],
        "forecasters": [
            {
                **dict.fromkeys(("quota", "identity_check", "rule_disclosed"), "no"),
                "forecaster_id": who,
                "name": name,
                "house": who,
                "family": family,
                "kind": kind,
                "measures": "intentions",
                "mechanism": mechanism,
                "sources": "s",
            }
            for who, name, family, kind, mechanism in (
                ("pollco", "Poll Co", "poll", "quota_poll", "panel_quota"),
                ("buzzco", text, "buzz", "share_of_voice", "share_of_voice"),
            )
        ],
        "contests": [
            {
                "contest_id": contest,
                "election_id": "xx-2030",
                "round": 1,
                "day": "2030-05-05",
                "advance": 1,
                "sources": "s",
                "valid": sum(votes[name] for name in names) if results else "",
            }
        ],
        "candidates": [{"contest_id": contest, "candidate_id": name} for name in names],
    }
    if results:
        rows["results"] = [
            {"contest_id": contest, "candidate_id": name, "votes": votes[name], "sources": "s"}
            for name in names
        ]
    if forecasts:
        common = {
            "contest_id": contest,
            "unit": "share_pct",
            "status": "forecast",
            "release": 1,
            "measured_from": "2030-04-28",
            "published_precision": "day",
            "last_release": "yes",
            "recalled": "false",
            "complete": "true",
            "sources": "s",
            "transcription": "single",
            "confidence": "high",
        }
        asked = {
            "survey": "p",
            "date_basis": "fieldwork",
            "sample_size": 1000,
            "sample_size_basis": "all",
            "sponsors": "A paper",
            "lineup": "final",
        }
        rows["forecasts"] = [
            {
                **common,
                **(asked if each.startswith("poll") else {}),
                "forecast_id": each,
                "forecaster_id": each[:6],
                "measured_to": each[7:17],
                "quantity": "vote_share" if each.startswith("poll") else "digital_share",
                "published_on": each[7:17],
            }
            for each in shares
        ]
        rows["predictions"] = [
            {"forecast_id": each, "candidate_id": name, "value": value}
            for each, values in shares.items()
            for name, value in zip(names, values, strict=False)
        ]
    for stem, lines in rows.items():
        with (folder / f"{stem}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, _header(stem), lineterminator="\n")
            writer.writeheader()
            writer.writerows(lines)
    (folder / "election.toml").write_text(
        'election_id = "xx-2030"\ncountry = "XX"\noffice = "mayor"\nyear = 2030\n'
        'title = "Mayor"\nrevision = "1"\n',
        encoding="utf-8",
    )
    return folder


@dataclass(frozen=True)
class SmallRun:
    """A run of a small election by the program, in a folder that all workers share.

    Attributes
    ----------
    place : holds the election, the output and what the program printed.
    """

    place: Path

    @property
    def election(self) -> Path:
        """The folder of the election."""
        return self.place / "small"

    @property
    def output(self) -> Path:
        """The folder that was written."""
        return self.place / "output"

    @property
    def stdout(self) -> str:
        """What the program printed."""
        return (self.place / "printed.txt").read_text(encoding="utf-8")


def run_small(place: Path) -> None:
    """Let the program run a small election, in the current folder, so that what it prints names no other."""
    place.mkdir()
    small_election(place)
    answer = subprocess.run(
        [sys.executable, "-m", "pollbench", "run", "small", "-o", "output"],
        cwd=place,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stderr == ""
    (place / "printed.txt").write_text(answer.stdout, encoding="utf-8")


def _header(stem: str) -> list[str]:
    for path in sorted(datasets_folder().glob(f"**/{stem}.csv")):
        return path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    raise ValueError(stem)
