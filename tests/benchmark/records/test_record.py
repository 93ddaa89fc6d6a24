"""The world record against brute force and under planted changes; test_audit holds it to what its coders printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from subprocess import CompletedProcess

import numpy as np
import pandas as pd
import pytest

import pollbench as pb
from pollbench.errors import NothingToCompare, PolicyError, UnknownName
from pollbench.records.before_after import permuted
from pollbench.records.calls import leader_call, of_two_answers
from pollbench.records.releases import errors, in_shares
from pollbench.records.resampling import weighted_medians
from tests_support import program


@pytest.fixture(scope="module")
def record() -> Iterator[pb.Record]:
    with pb.load("world") as bench:
        yield pb.record(bench)


def test_weighted_medians_are_medians_of_repeated_values() -> None:
    generator = np.random.default_rng(1)
    values, weights = generator.random(9), generator.integers(0, 4, (50, 9))
    repeated = [np.median(np.repeat(values, row)) if row.sum() else np.nan for row in weights]
    assert weighted_medians(values, weights) == pytest.approx(repeated, nan_ok=True)


def test_a_permutation_keeps_its_level() -> None:
    generator = np.random.default_rng(3)
    small = sum(
        permuted(generator.random(12), generator.random(10), draws=199, seed=5) <= 0.1 for _ in range(200)
    )
    # Twenty or so of 200 is what the level of one in ten gives; 36 is beyond its 99.9 %.
    assert 5 <= small <= 36


@pytest.mark.parametrize(
    ("printed", "shares", "mae", "lead"),
    [
        ({"a": 60.0, "b": 40.0}, {"a": 50.0, "b": 50.0}, 10.0, 20.0),
        # A list that adds up to 100 beside names that had 80: rescaled to 62.5 and 37.5.
        ({"a": 60.0, "b": 40.0}, {"a": 50.0, "b": 30.0}, 2.5, 5.0),
        ({"a": 60.0}, {"a": 50.0, "b": 30.0}, 10.0, None),
        ({"c": 60.0}, {"a": 50.0}, None, None),
    ],
)
def test_errors_by_hand(
    printed: dict[str, float], shares: dict[str, float], mae: float | None, lead: float | None
) -> None:
    assert errors(printed, shares) == {"mae": mae, "lead_error": lead}


def test_a_shared_lead_counts_in_shares() -> None:
    names = {"a": "Ann", "b": "Bob"}
    call = leader_call({"a": 40.0, "b": 40.0}, {"a": 60.0, "b": 40.0}, names)
    assert (call["leader_right"], call["blind_chance"]) == (0.5, 0.5)


def test_the_leader_of_the_vote_counts_unless_only_the_printed_names_do() -> None:
    names = {"a": "Ann", "b": "Bob"}
    result = {"a": 30.0, "b": 25.0, "c": 45.0}
    assert leader_call({"a": 40.0, "b": 20.0}, result, names)["leader_right"] == 0.0
    assert leader_call({"a": 40.0, "b": 20.0}, result, names, whole=False)["leader_right"] == 1.0


def test_one_answer_of_a_referendum_names_the_other() -> None:
    printed, result = of_two_answers({"yes": 40.0}, {"yes": 60.0})
    assert printed == {"yes": 40.0, "not yes": 60.0}
    assert leader_call(printed, result, {})["leader_right"] == 0.0


def test_counts_are_rescaled_to_the_printed_names_unless_the_rules_leave_them_out() -> None:
    printed = {"a": 300.0, "b": 100.0}
    assert in_shares(printed, {"count"}, pb.Rules()) == {"a": 75.0, "b": 25.0}
    assert in_shares(printed, {"count"}, pb.Rules(counts="left_out")) == {}
    assert in_shares({"a": 300.0}, {"count"}, pb.Rules()) == {}


def test_the_parts_of_the_brier_score_are_those_of_the_measure(record: pb.Record) -> None:
    from pollbench.measures.probability import brier_decomposition

    chances = record.chances
    bins = chances[(chances.who == "market") & (chances.known == "before") & chances.low_chance.notna()]
    whole = chances[(chances.who == "market") & (chances.known == "before") & chances.low_chance.isna()].iloc[
        0
    ]
    printed, came = [], []
    for row in bins.itertuples():
        hits = round(row.came_true * row.chances / 100)
        printed += [row.mean_chance] * row.chances
        came += [1.0] * hits + [0.0] * (row.chances - hits)
    parts = brier_decomposition(np.array(printed), np.array(came))
    assert whole.uncertainty == pytest.approx(parts["uncertainty"])
    assert whole.resolution == pytest.approx(parts["resolution"])
    assert whole.reliability == pytest.approx(parts["reliability"])


def test_a_changed_rule_moves_what_it_says_and_nothing_else(record: pb.Record) -> None:
    rows = record.rules_table.set_index(["rule", "value", "coders"])
    page = rows.loc[("page", "page", "first_collection")]
    printed = rows.loc[("leader_of", "printed", "first_collection")]
    assert printed.right > page.right
    assert printed.median_mae == page.median_mae
    left_out = rows.loc[("counts", "left_out", "first_collection")]
    assert left_out.right == page.right
    assert left_out.median_mae != page.median_mae
    last = rows.loc[("polls", "last_of_house", "first_collection")]
    assert (last.pairs, last.ratio) == (page.pairs, page.ratio)
    assert last.closer_pairs != page.closer_pairs


def test_a_record_under_other_rules(record: pb.Record) -> None:
    changed = pb.record(record.bench, pb.Rules().changed(["confidence=not_low", "unknown=before"]))
    assert "low" not in set(changed.releases.confidence)
    assert "unknown" not in set(changed.releases.known_before_vote)
    assert changed.rules.differences() == {"unknown": "before", "confidence": "not_low"}


@pytest.mark.parametrize(
    ("setting", "error", "named"),
    [
        ("leader_of", PolicyError, "rule=value"),
        ("lead=vote", UnknownName, "coding rule"),
        ("leader_of=all", UnknownName, "printed"),
    ],
)
def test_a_rule_that_there_is_not(setting: str, error: type[Exception], named: str) -> None:
    with pytest.raises(error, match=named):
        pb.Rules().changed([setting])


def test_filters_and_what_they_refuse(record: pb.Record) -> None:
    chosen = record.chosen(kind="search", country="AT", before_vote=True)
    assert set(chosen.method) == {"search"}
    with pytest.raises(UnknownName, match="tarot"):
        record.chosen(kind="tarot")
    with pb.load("fr-primary-left-2017") as bench, pytest.raises(NothingToCompare, match="world"):
        pb.record(bench)


def test_printed_counts_keep_their_digits(record: pb.Record) -> None:
    figures = record.releases.set_index("forecast_id").figures
    assert "Marine Le Pen 1325201" in figures["facebook-pages-voron-world-fr-pres-2017-r1-2017-04-22-a"]
    assert not figures.str.contains(r"\de\+").any()


def test_the_verb_says_the_headline_of_the_page_beside_that_of_all_releases(record: pb.Record) -> None:
    from pollbench.cli.record import said

    page = record.leader_calls.set_index(["coders", "known", "record_group"]).loc[
        ("double", "before", "digital")
    ]
    text = said(record.chosen(before_vote=True))
    assert (
        f"led the vote in {page.right:g} of {page.releases:g} releases; over {page.contests:g} contests"
        in text
    )
    assert text.count("digital figures in shares") == 2
    assert "digital figures in shares" not in said(record.chosen(kind="market"))


@pytest.fixture
def verb(record: pb.Record, monkeypatch: pytest.MonkeyPatch) -> Callable[..., CompletedProcess[str]]:
    """``pollbench record`` on the opened collection."""
    monkeypatch.setattr("pollbench.data.store.load", lambda _: nullcontext(record.bench))
    return lambda *words: program("record", *words)


def test_the_verb_prints_the_headline_and_the_releases_it_rests_on(record: pb.Record, verb) -> None:
    printed = verb("--kind", "search", "--before-vote")
    assert (printed.returncode, printed.stderr) == (0, "")
    chosen = record.chosen(kind="search", before_vote=True)
    assert printed.stdout.startswith(f"{len(chosen)} releases about {chosen.contest_id.nunique()} contests.")
    assert all(forecast in printed.stdout for forecast in chosen.forecast_id)
    assert "Under the rules of the page" not in printed.stdout


def test_another_rule_is_named_and_the_rules_of_the_page_stand_beside_it(verb) -> None:
    said = verb("--rule", "leader_of=printed").stdout
    own, page = said.split("This is with leader_of=printed. Under the rules of the page:\n")
    ours, theirs = own.splitlines(), page.splitlines()[: len(own.splitlines())]
    assert ours[0] == theirs[0]
    assert ours != theirs


def test_the_verb_writes_every_column_of_the_chosen_releases(record: pb.Record, verb, tmp_path: Path) -> None:
    table = tmp_path / "market.csv"
    written = verb("--kind", "market", "--country", "US", "--format", "csv", "-o", str(table))
    assert (written.returncode, written.stdout) == (0, "")
    chosen = record.chosen(kind="market", country="US")
    read = pd.read_csv(table, keep_default_na=False)
    assert list(read.columns) == list(chosen.columns)
    assert read.forecast_id.tolist() == chosen.forecast_id.tolist()


def test_the_verb_lists_the_files_of_a_deposit(record: pb.Record, verb, tmp_path: Path, monkeypatch) -> None:
    asked = []

    def deposit(*given: object) -> list[str]:
        asked.append(given)
        return ["codebook.md", "releases.csv"]

    monkeypatch.setattr("pollbench.outputs.record_deposit.deposit", deposit)
    assert verb("--deposit", str(tmp_path / "d")).stdout == "codebook.md\nreleases.csv\n"
    assert asked == [(record.bench, tmp_path / "d")]


def test_releases_that_name_no_leader_and_hold_no_shares_have_no_headline(record: pb.Record) -> None:
    from pollbench.cli.record import said

    chosen = record.releases
    text = said(chosen[chosen.mae.isna() & chosen.leader_right.isna()])
    headings = [line for line in text.splitlines() if line.endswith(":")]
    assert text.count("  none that names a leader or is printed in shares.") == len(headings) >= 2
