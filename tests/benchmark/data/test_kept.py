"""Tables kept between runs: the same bytes with and without, taken from the same data and code alone."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pollbench import cache
from pollbench.data import kept
from pollbench.data.bench import open_database
from pollbench.data.built_before import Loaded, key_of
from pollbench.data.elections import find
from pollbench.data.frame_bytes import digest_of_frame, from_bytes, to_bytes
from pollbench.data.questions import Asked
from pollbench.data.store import load
from pollbench.files import csv_text
from pollbench.manipulation import ATTACKS
from pollbench.ranking.as_of import as_of_table
from pollbench.ranking.bounds import bounds_table
from pollbench.statements.claims import claims_table
from pollbench.statements.probabilities import probabilities_table
from tests_support import replace_once, small_election

CONTEST = "fr-pres-2017-r1"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / kept.TABLE.kind


@pytest.fixture
def claims(bench):
    """The table of claims of a bench that remembers nothing yet."""

    def made(path=bench.path):
        with open_database(path) as opened:
            return claims_table(opened)

    return made


def forbid_making(monkeypatch):
    def fail(*_, **__):
        raise AssertionError("made anew")

    monkeypatch.setattr(claims_table, "_function", _of_ours(fail))


def _of_ours(function):
    function.__module__ = "pollbench.statements.claims"
    return function


def test_a_table_is_taken_from_the_cache_with_the_same_bytes_as_without(place, claims, monkeypatch):
    first = claims()
    assert len(list(place.iterdir())) == 1
    with monkeypatch.context() as patched:
        patched.setenv(cache.VARIABLE, "off")
        assert csv_text(claims()) == csv_text(first)
    forbid_making(monkeypatch)
    again = claims()
    pd.testing.assert_frame_equal(first, again, check_exact=True)
    assert csv_text(first) == csv_text(again)


def test_one_changed_row_and_the_table_is_made_anew(place, tmp_path):
    own = small_election(tmp_path)
    with load(own) as bench:
        before = as_of_table(bench)
    replace_once(own / "predictions.csv", "ann,52", "ann,51")
    with load(own) as bench:
        after = as_of_table(bench)
    assert not before.equals(after)
    assert len(list(place.iterdir())) == 2


def test_the_same_rows_in_another_file_are_the_same_data(place, claims, bench, tmp_path, monkeypatch):
    first = claims()
    forbid_making(monkeypatch)
    assert claims(Path(shutil.copy(bench.path, tmp_path))).equals(first)


@pytest.mark.parametrize("part", ["options", "name"])
def test_options_and_names_stand_in_the_key(place, bench, part):
    with open_database(bench.path) as bench:
        if part == "options":
            claims_table(bench)
            probabilities_table(bench)
            probabilities_table(bench, implied=False)
        else:
            bounds_table(bench, CONTEST)
            bounds_table(bench, "fr-pres-2017-r2")
            claims_table(bench)
    assert len(list(place.iterdir())) == 3


def test_an_idea_from_outside_the_package_keeps_all_tables_out(place, claims, monkeypatch):
    claims()
    push = ATTACKS["push"]
    monkeypatch.setitem(ATTACKS, "own", replace(push, name="own", voice=lambda *given: push.voice(*given)))
    made = []
    monkeypatch.setattr(
        claims_table,
        "_function",
        _of_ours(lambda _: made.append(1) or pd.DataFrame({"a": [len(made)]})),
    )
    assert claims().a.item() == 1
    assert claims().a.item() == 2
    monkeypatch.delitem(ATTACKS, "own")
    assert len(claims()) > 1


def test_a_bench_with_statements_of_its_own_takes_and_keeps_nothing(place, bench, claims):
    with open_database(bench.path) as opened:
        opened.execute("CREATE OR REPLACE TEMP VIEW claim AS SELECT * FROM pollbench.main.claim LIMIT 1")
        few = claims_table(opened)
    assert not place.exists()
    assert len(claims()) > len(few)


@pytest.mark.parametrize("harm", ["cut", "foreign", "of another table", "no table"])
def test_a_damaged_entry_is_made_anew_and_is_no_error(place, claims, harm):
    first = claims()
    (entry,) = place.iterdir()
    key = entry.stem
    if harm == "cut":
        entry.write_bytes(entry.read_bytes()[:-100])
    elif harm == "foreign":
        entry.write_bytes(b"SQLite format 3\0" * 100)
    elif harm == "of another table":
        other = cache.digest("another")
        cache.write(kept.TABLE.kind, other, b"x")
        entry.write_bytes((place / f"{other}.pollbench").read_bytes())
    else:
        cache.write(kept.TABLE.kind, key, b'{"rows": 1, "columns": [{"name": "a", "kind": "mixed"}]}\n')
    assert claims().equals(first)


def test_what_a_code_digest_rests_on_follows_the_code_and_the_shared_data(monkeypatch, tmp_path):
    files = list(kept._files({"fr-pres-2017"}))
    names = {path.name for path in files}
    assert {
        "kept.py",
        "multiplicity.py",
        "threat_models.toml",
        "assumptions.csv",
        "views.sql",
    } <= names
    assert not any("fr-pres-2017" in path.parts and "published" not in path.parts for path in files)
    digests = set()
    for text in ("a", "b"):
        (tmp_path / "more.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(kept, "_files", lambda _: iter([*files, tmp_path / "more.py"]))
        kept.code_of_results.cache_clear()
        digests.add(kept.code_of_results())
    kept.code_of_results.cache_clear()
    assert len(digests) == 2


def test_every_type_of_a_table_comes_back_exactly():
    table = pd.DataFrame(
        {
            "share": [0.1 + 0.2, np.nan, -0.0, np.inf],
            "count": np.array([1, 2, 3, 2**60]),
            "flag": [True, False, True, True],
            "registered": pd.array([2**31 - 1, None, 0, -1], dtype="Int32"),
            "odd": pd.array([2**60 + 1, None, 0, -1], dtype="Int64"),
            "day": pd.to_datetime(["2017-04-23", None, "2002-04-21", "2027-04-11"]),
            "who": pd.array(["é\u2028", None, "", "NaN"], dtype="str"),
            "mixed": np.array(["a", 1, None, float("nan")], dtype=object),
            "held": np.array([date(2017, 4, 23), True, 0.1, -0.0], dtype=object),
            # Words alone, in a column that may hold anything.
            "said": pd.Series(["a", "b", "", "é"], dtype=object),
        }
    )
    back = from_bytes(to_bytes(table))
    pd.testing.assert_frame_equal(table, back, check_exact=True)
    assert csv_text(table) == csv_text(back)
    for name in ("mixed", "held"):
        assert [type(value) for value in table[name]] == [type(value) for value in back[name]]


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"a": [1]}, index=[5]),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        pd.DataFrame({0: [1]}),
        pd.DataFrame({"a": pd.Categorical(["x"])}),
        pd.DataFrame({"a": pd.array([0.5, None], dtype="Float64")}),
        pd.DataFrame({"a": np.array([np.float64(1), object()], dtype=object)}),
    ],
    ids=["index", "names twice", "names no text", "category", "share or none", "anything"],
)
def test_what_would_not_come_back_the_same_has_no_bytes(table):
    assert to_bytes(table) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]\n", b"null\n", json.dumps({"rows": 1, "columns": [1]}).encode() + b"\n", b"\xff\n"],
)
def test_bytes_of_something_else_are_no_table(content):
    assert from_bytes(content) is None


def test_after_an_edit_every_table_is_the_same_with_and_without_what_was_kept(place, tmp_path, monkeypatch):
    from pollbench.errors import NothingToCompare
    from pollbench.outputs.tables import TABLES
    from pollbench.selection.policy import Policy

    own = small_election(tmp_path)

    def written():
        texts = {}
        with load(own) as bench:
            for name, table in TABLES.items():
                # The tables of the record rest on the shipped collection alone.
                if not name.startswith("record_"):
                    try:
                        texts[name] = csv_text(table.make(bench, Policy(missing="drop")))
                    except NothingToCompare as refusal:
                        texts[name] = str(refusal)
        return texts

    before = written()
    replace_once(own / "predictions.csv", "ann,52", "ann,51")
    after = written()
    with monkeypatch.context() as patched:
        patched.setenv(cache.VARIABLE, "off")
        assert written() == after
    changed = {name for name, text in after.items() if text != before[name]}
    assert {"scores", "leaderboard", "comparison", "five_elections"} <= changed
    assert {"claims", "left_out", "coverage"} & changed == set()


def test_code_that_cannot_be_read_keeps_nothing(place, claims, bench, monkeypatch):
    def denied():
        raise PermissionError

    monkeypatch.setattr(kept, "code_of_results", denied)
    assert kept.start_of(bench, "table", "a test", ()) is None
    assert kept.start_of(bench, "table", "a test", (object(),)) is None


def test_one_question_with_two_answers_cannot_be_asked_again(bench):
    class Answers:
        """Data that answer every question with one digest."""

        def __init__(self, digest):
            self.digest = digest

        def digest_of(self, _):
            return self.digest

    for digests, known in ((("a", "a"), {("votes",): "a"}), (("a", "b"), None)):
        asked = Asked()
        asked.questions = {(Answers(digest), ("votes",)): None for digest in digests}
        assert kept.answers_of(bench, asked) == known


def test_files_that_cannot_be_read_have_no_digest_and_are_not_found(tmp_path):
    (election,) = find("fr-primary-left-2017")
    assert key_of([election], ()) is not None
    assert key_of([replace(election, folder=tmp_path / "gone")], ()) is None
    gone = Loaded([tmp_path / "gone"], ())
    assert gone.digest_of(gone.question) == "not found"


def test_categories_count_with_their_order():
    values = pd.Series(["a", "b"])
    kinds = [
        pd.CategoricalDtype(order, ordered) for order in (["a", "b"], ["b", "a"]) for ordered in (True, False)
    ]
    digests = {digest_of_frame(pd.DataFrame({"x": values.astype(kind)})) for kind in kinds}
    assert len(digests) == 4
