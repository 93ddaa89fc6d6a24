"""What is asked while a result is made: all of it is noted, and what cannot be asked again keeps the result out."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
import pytest

from pollbench import cache
from pollbench.data.bench import open_database
from pollbench.data.contest_rows import of_contest
from pollbench.data.elections import datasets_folder
from pollbench.data.kept import QUESTIONS, TABLE, answers_of, kept
from pollbench.data.memo import Key
from pollbench.data.questions import CONTENT, Memo, looking_away, note_read, noting
from pollbench.data.store import load
from pollbench.errors import CoverageError, NoSuchVote, NothingToCompare
from pollbench.temporary import room
from tests_support import copy_of, replace_once, small_election

POLLS = "SELECT count(*) AS n FROM forecast WHERE survey IS NOT NULL"
CLAIMS = "SELECT count(*) AS n FROM claim"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def opened(bench):
    with open_database(bench.path) as fresh:
        yield fresh


def one_row(value):
    return pd.DataFrame({"value": [value]})


class Maker:
    """Makes a table by asking, and counts how often."""

    def __init__(self, ask):
        self.ask, self.times = ask, 0

    def __call__(self):
        self.times += 1
        return one_row(self.ask())

    def kept_in(self, bench, name="a test"):
        return kept(bench, name, (), self).value.item()


def test_a_question_is_noted_for_every_result_that_rests_on_it(opened):
    key: Key[int] = Key("polls")
    with noting() as outer:
        with noting() as inner:
            opened.memo(key, lambda: opened.frame(POLLS).n.item())
        opened.frame(CLAIMS)
    assert [question[1] for _, question in inner.questions] == [POLLS]
    assert [question[1] for _, question in outer.questions] == [POLLS, CLAIMS]
    # Taken from the memo it was asked for all the same; and where the making fails, too.
    with noting() as again:
        opened.memo(key, lambda: pytest.fail("made twice"))
    assert again.questions == inner.questions
    with noting() as failed, pytest.raises(ZeroDivisionError):
        opened.memo(Key("failed"), lambda: opened.frame(CLAIMS).n.item() / 0)
    assert [question[1] for _, question in failed.questions] == [CLAIMS]


@pytest.mark.parametrize(
    "ask",
    [
        lambda bench: len(bench.table("claim")),
        lambda bench: len(bench.contests),
        lambda bench: len(of_contest(bench, "SELECT * FROM forecast", "fr-pres-2017-r1")),
        lambda bench: str(bench.path.exists()),
        lambda bench: str(bench.report),
        lambda bench: len(bench.frame("SELECT ? AS x", [pd.Timestamp("2017-04-23")])),
    ],
)
def test_whatever_is_asked_of_a_bench_is_noted(opened, ask):
    with noting() as asked:
        ask(opened)
    assert answers_of(opened, asked)


def test_a_result_is_taken_while_its_answers_stay_and_made_anew_when_one_changes(place, tmp_path):
    own = small_election(tmp_path)
    polls, shares = Maker(lambda: 0), Maker(lambda: 0)

    def values():
        with load(own) as bench:
            polls.ask = lambda: bench.frame(POLLS).n.item()
            shares.ask = lambda: bench.frame("SELECT sum(value)::DOUBLE AS n FROM prediction").n.item()
            return polls.kept_in(bench, "polls"), shares.kept_in(bench, "shares")

    before = values()
    assert values() == before
    assert (polls.times, shares.times) == (1, 1)
    replace_once(own / "predictions.csv", "ann,52", "ann,51")
    after = values()
    assert (after[0], after[1]) == (before[0], before[1] - 1)
    assert (polls.times, shares.times) == (1, 2)
    # Back to the first rows: both results of then are still there.
    replace_once(own / "predictions.csv", "ann,51", "ann,52")
    assert values() == before
    assert (polls.times, shares.times) == (1, 2)


def test_what_is_asked_next_may_depend_on_an_answer(place, tmp_path):
    own = small_election(tmp_path)
    maker = Maker(lambda: 0)

    def value():
        with load(own) as bench:

            def ask():
                first = bench.frame(
                    "SELECT value::DOUBLE AS x FROM prediction ORDER BY 1 DESC LIMIT 1"
                ).x.item()
                return (
                    first
                    if first > 51.5
                    else bench.frame("SELECT sum(value)::DOUBLE AS x FROM prediction").x.item()
                )

            maker.ask = ask
            return maker.kept_in(bench)

    assert value() == 52
    replace_once(own / "predictions.csv", "ann,52", "ann,51")
    with_sum = value()
    assert with_sum > 100
    assert (value(), maker.times) == (with_sum, 2)


def test_a_file_beside_the_data_keeps_a_result_out(place, opened, tmp_path):
    file = tmp_path / "weights.csv"
    file.write_text("7", encoding="utf-8")
    for read in (lambda: int(file.read_text()), lambda: len(list(tmp_path.iterdir()))):
        maker = Maker(read)
        assert maker.kept_in(opened) == maker.kept_in(opened)
        assert maker.times == 2
    assert not place.exists()


def test_a_file_of_a_shipped_election_keeps_a_result_out_and_one_that_all_share_does_not(place, opened):
    of_election = Maker(lambda: len((datasets_folder() / "fr-pres-2017" / "claims.csv").read_text()))
    of_all = Maker(lambda: len((datasets_folder() / "people.csv").read_text()))
    for maker, times in ((of_election, 2), (of_all, 1)):
        assert maker.kept_in(opened) == maker.kept_in(opened)
        assert maker.times == times


def test_data_that_a_result_loads_itself_count_with_their_files(place, opened, tmp_path):
    own = small_election(tmp_path)

    def ask():
        with load(own) as other:
            return other.frame("SELECT max(value)::DOUBLE AS x FROM prediction").x.item()

    maker = Maker(ask)

    def value():
        with open_database(opened.path) as fresh:
            return maker.kept_in(fresh)

    assert (value(), value(), maker.times) == (52, 52, 1)
    replace_once(own / "predictions.csv", "ann,52", "ann,51.5")
    assert (value(), value(), maker.times) == (51.5, 51.5, 2)


def test_a_database_opened_from_a_file_keeps_a_result_of_other_data_out(place, opened, bench):
    def ask():
        with open_database(bench.path) as other:
            return other.frame(POLLS).n.item()

    maker = Maker(ask)
    assert maker.kept_in(opened) == maker.kept_in(opened)
    assert maker.times == 2


@pytest.mark.parametrize(
    "refusal", [NothingToCompare("No vote."), CoverageError("Lacks Ann."), NoSuchVote("No seats.")]
)
def test_that_there_is_nothing_is_kept_too(place, opened, refusal):
    times = []

    def make():
        times.append(opened.frame(POLLS))
        raise refusal

    for _ in range(2):
        with pytest.raises(type(refusal), match=str(refusal)):
            kept(opened, "a test", (), make)
    assert len(times) == 1


def test_another_error_is_raised_anew_and_not_kept(place, opened):
    times = []

    def make():
        times.append(opened.frame(POLLS))
        raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            kept(opened, "a test", (), make)
    assert len(times) == 2


@pytest.mark.parametrize("kind", [QUESTIONS, TABLE.kind])
@pytest.mark.parametrize("content", [b"", b"null", b"[1, 2]", b'["a", [["frame"]]]', b'![3, "a"]', b"=[]"])
def test_an_entry_of_something_else_is_made_anew(place, opened, kind, content):
    maker = Maker(lambda: opened.frame(POLLS).n.item())
    first = maker.kept_in(opened)
    (entry,) = (place / kind).iterdir()
    cache.write(kind, entry.name.partition(".")[0], content)
    assert (maker.kept_in(opened), maker.times) == (first, 2)
    assert (maker.kept_in(opened), maker.times) == (first, 2)


def test_a_changed_row_of_one_election_and_a_result_of_another_is_taken(place, tmp_path):
    own, other = copy_of("fr-primary-left-2017", tmp_path), small_election(tmp_path)
    makers = {name: Maker(lambda: 0) for name in ("fr-primary-left-2017", "xx-2030")}

    def values():
        with load(own, other) as bench:
            for name, maker in makers.items():
                maker.ask = lambda name=name: bench.frame(
                    "SELECT sum(value)::DOUBLE AS x FROM prediction JOIN forecast USING (forecast_id) "
                    "JOIN contest USING (contest_id) WHERE election_id = ?",
                    [name],
                ).x.item()
            return [maker.kept_in(bench, name) for name, maker in makers.items()]

    before = values()
    replace_once(other / "predictions.csv", "ann,52", "ann,51")
    assert values() == [before[0], before[1] - 1]
    assert [maker.times for maker in makers.values()] == [1, 2]


READ, WRITE = os.O_RDONLY, os.O_WRONLY | os.O_CREAT


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("open", ("{own}/weights.csv", "r", READ)),
        ("open", (b"{own}/weights.csv", "r", READ)),
        ("open", (Path("{own}/weights.csv"), None, READ)),
        ("open", ("{own}/weights.csv", "r", None)),
        ("os.listdir", ("{own}",)),
        ("os.scandir", ("{own}",)),
        ("open", ("{shared}/fr-pres-2017/claims.csv", "r", READ)),
    ],
)
def test_what_is_read_beside_the_data_is_noted_with_its_path(opened, tmp_path, event, arguments):
    where = {"own": str(tmp_path), "shared": str(datasets_folder())}

    def filled(value):
        if isinstance(value, bytes):
            return value.decode().format(**where).encode()
        return type(value)(str(value).format(**where)) if isinstance(value, (str, Path)) else value

    arguments = tuple(filled(value) for value in arguments)
    with noting() as asked:
        note_read(event, arguments)
    assert asked.unseen == {os.fsdecode(arguments[0])}
    # Outside of every result, and where one looks away, nothing is noted.
    note_read(event, arguments)
    with noting() as asked, looking_away():
        note_read(event, arguments)
    assert asked.unseen == set()


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("open", ("{own}/new.csv", "w", WRITE)),
        ("open", ("{own}/new.csv", "x", os.O_RDWR | os.O_CREAT | os.O_EXCL)),
        ("open", (3, "r", READ)),
        ("open", ("{own}/.pollbench.12-ab.tmp/pollbench.duckdb", "r", READ)),
        ("open", ("{shared}/people.csv", "r", READ)),
        ("open", ("{cache}/table/entry", "r", READ)),
        ("open", ("/proc/self/status", "r", READ)),
        ("open", (os.__file__, "r", READ)),
        ("open", (cache.__file__, "r", READ)),
        ("os.listdir", (next(path for path in sys.path if path),)),
        ("os.scandir", ("{shared}",)),
        ("os.remove", ("{own}/weights.csv", -1)),
    ],
)
def test_what_is_written_or_in_every_key_is_not_noted(place, tmp_path, event, arguments):
    where = {"own": str(tmp_path / "own"), "shared": str(datasets_folder()), "cache": str(place)}
    arguments = tuple(value.format(**where) if isinstance(value, str) else value for value in arguments)
    with noting() as asked:
        note_read(event, arguments)
    assert asked.unseen == set()


def test_without_a_cache_the_folder_of_one_is_a_folder_like_any_other(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, cache.OFF)
    with noting() as asked:
        note_read("os.scandir", (str(tmp_path),))
    assert asked.unseen == {str(tmp_path)}


def test_a_memo_forgets_what_was_made():
    memo, key = Memo(), Key("a test")
    assert memo.get(key, lambda: 1) == memo.get(key, lambda: 2) == 1
    assert key in memo
    memo.clear()
    assert key not in memo
    assert memo.get(key, lambda: 2) == 2


def test_the_folder_of_the_cache_may_be_asked_for_first_while_a_result_is_made():
    # In a process of its own: what finds the folder is imported there for the first time.
    script = (
        "from pollbench import cache; from pollbench.data.questions import noting\n"
        "with noting() as asked: print(cache.folder(), asked.unseen)"
    )
    usual = {name: value for name, value in os.environ.items() if name != cache.VARIABLE}
    said = subprocess.run([sys.executable, "-c", script], env=usual, capture_output=True, text=True)
    assert said.stderr == ""
    assert said.stdout.endswith(" set()\n")


def forgotten(make):
    """Make something that only the garbage collector will remove."""
    ring = [make()]
    ring.append(ring)


@pytest.mark.parametrize("of", ["a bench", "a room", "another library"])
def test_a_folder_that_is_forgotten_while_a_result_is_made_is_no_part_of_it(of, tmp_path):
    makes = {
        "a bench": lambda: load(small_election(tmp_path)),
        "a room": room,
        "another library": tempfile.TemporaryDirectory,
    }
    gc.disable()
    try:
        forgotten(makes[of])
        last = [room()]
        with noting() as asked:
            gc.collect()
            last.clear()
    finally:
        gc.enable()
    assert asked.unseen == set()


def test_a_result_may_rest_on_other_scenarios_beside_folders_that_a_killed_process_left(opened, tmp_path):
    with noting() as asked:
        opened.under().close()
    assert asked.unseen == set()
    assert (opened, CONTENT) in asked.questions


def test_the_rows_of_a_contest_are_those_of_the_answer_and_forgotten_after_a_statement(opened):
    query = "SELECT contest_id, forecast_id FROM forecast ORDER BY forecast_id DESC"
    every = opened.frame(query)
    for contest in ("fr-pres-2017-r1", "fr-pres-2017-r2", "none"):
        expected = every[every.contest_id == contest].reset_index(drop=True)
        pd.testing.assert_frame_equal(of_contest(opened, query, contest), expected)
    opened.execute(
        "CREATE TEMP VIEW forecast AS SELECT 'fr-pres-2017-r1' AS contest_id, 'one' AS forecast_id"
    )
    assert of_contest(opened, query, "fr-pres-2017-r1").forecast_id.tolist() == ["one"]
