"""Every sentence of the page of the record, in both languages, beside its recomputation from the CSV files alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
import recomputed_chances
import recomputed_record as again
import rows_of_record
from parsing import numbers

import pollbench as pb
from pollbench.records.elections_held import held_table
from pollbench.records.resampling import SEED
from pollbench.records.unscored import unscored_table
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.record_releases import others_sentence, unscored_sentence
from pollbench_dashboards.pages.record_sentences import TOLD, sentences

LOCALES = ("en", "fr")


@pytest.fixture(scope="module")
def record() -> Iterator[pb.Record]:
    with pb.load("world") as bench:
        yield pb.record(bench)


@pytest.fixture(scope="module")
def printed(record: pb.Record) -> dict[str, dict[str, str]]:
    held, unscored = held_table(), unscored_table(record.bench)
    return {
        locale: {
            **sentences(record, held, Words(locale)),
            "unscored": unscored_sentence(unscored, Words(locale)),
            "listed_first": others_sentence(record, "record", Words(locale)),
            "listed_later": others_sentence(record, "record-releases", Words(locale)),
        }
        for locale in LOCALES
    }


def leader_numbers(coders: str, known: str = "before", *, all_of_it: bool = True) -> list[float]:
    row = again.led(coders, known, "digital")
    said = [
        row["right"],
        row["releases"],
        row["contests"],
        round(row["share"]),
        round(row["low"]),
        round(row["high"]),
    ]
    if all_of_it:
        said += [round(row["blind"]), *(round(row[name], 1) for name in ("median", "mae_low", "mae_high"))]
        said.append(row["mae_releases"])
    return said


def kind_numbers(kind: str) -> list[float]:
    row = again.led("first_collection", "before", kind)
    return [row["right"], row["releases"], round(row["blind_releases"], 1)]


def before_and_after() -> list[float]:
    rows = again.codings()
    before, after = again.sides(rows["page_rule"])
    low, high = again.ratio_interval(rows["page_rule"])
    small = sum(mann_whitney(*again.sides(each)) < 0.05 for each in rows.values())
    above = sum(again.ratio(each) > 1 for each in rows.values())
    p_houses = permuted(rows["page_rule"])
    return [
        round(before.median(), 1), len(before), round(after.median(), 1), len(after), round(again.ratio(rows["page_rule"]), 1),
        round(low, 1), round(high, 1), above, 1, len(rows), 5, small, round(p_houses, 2),
    ]  # fmt: skip


def mann_whitney(before: pd.Series, after: pd.Series) -> float:
    from scipy.stats import mannwhitneyu

    return float(mannwhitneyu(before, after).pvalue)


def permuted(rows: pd.DataFrame) -> float:
    """One mean per house and side, relabelled: difference of medians."""
    before, after = (
        rows[rows.known_before_vote == side]
        .astype({"mae": float})
        .groupby("forecaster_id")
        .mae.mean()
        .to_numpy()
        for side in ("yes", "no")
    )
    both, generator = np.concatenate([before, after]), np.random.default_rng(SEED)
    orders = generator.random((again.DRAWS, len(both))).argsort(axis=1)
    seen = abs(np.median(before) - np.median(after))
    apart = np.median(both[orders[:, : len(before)]], axis=1) - np.median(
        both[orders[:, len(before) :]], axis=1
    )
    return float(1 + (abs(apart) >= seen - 1e-12).sum()) / (1 + again.DRAWS)


def beside_polls() -> list[float]:
    rows = again.pairs()
    rows = rows[(rows.known == "yes") & (rows.added_by != "later") & rows.digital.notna()]
    rates = (rows.digital < rows.polls).astype(float).groupby(rows.contest_id).mean()
    drawn = np.random.default_rng(SEED).integers(0, len(rates), (again.DRAWS, len(rates)))
    low, high = np.percentile(100 * rates.to_numpy()[drawn].mean(axis=1), [2.5, 97.5])
    closer = int((rows.digital < rows.polls).sum())
    return [closer, len(rows), round(100 * rates.mean()), len(rates), round(low), round(high)]


def track(forecaster: str) -> list[float]:
    table = again.releases()
    rows = table[table.forecaster_id == forecaster]
    years = rows_of_record.read("elections").set_index("election_id").year
    of_contest = rows_of_record.read("contests").set_index("contest_id").election_id
    voted = years[of_contest[rows.contest_id]]
    before = rows[rows.known_before_vote == "yes"]
    judged = before[before.claim_kind.isin(["vote_share", "buzz_share"]) & before.right.notna()]
    said = [
        *sorted({voted.min(), voted.max()}),
        len(before),
        judged.right.astype(float).sum(),
        len(judged),
        len(rows) - len(before),
    ]
    median = before.mae.astype(float).median()
    return said if np.isnan(median) else [*said, round(median, 1)]


def retold() -> list[float]:
    """Polly's seats for the Canadian Liberals, and how many changed figures moved towards the result."""
    table = again.releases()
    table = table[table.claim_kind.isin(["vote_share", "seats", "buzz_share"])]
    figures = rows_of_record.read("printed_figures").query("unit_printed in ('pct', 'seats')").merge(
        rows_of_record.read("predictions"), on=["forecast_id", "candidate_id"]
    )  # fmt: skip
    results = rows_of_record.read("results").set_index(["contest_id", "candidate_id"])
    moved = closer = 0
    named: list[float] = []
    for (forecaster, contest, claim), rows in table.groupby(["forecaster_id", "contest_id", "claim_kind"]):
        early, late = rows[rows.known_before_vote == "yes"], rows[rows.known_before_vote == "no"]
        if early.empty or late.empty:
            continue
        last = early.sort_values(["first_seen_on", "forecast_id"]).forecast_id.iloc[-1]
        first = figures[figures.forecast_id == last].set_index("candidate_id").value
        for forecast in late.forecast_id:
            for option, value in (
                figures[figures.forecast_id == forecast].set_index("candidate_id").value.items()
            ):
                if option not in first.index or first[option] == value:
                    continue
                true = results[{"seats": "seats"}.get(claim, "share_pct")].get((contest, option), np.nan)
                moved += not np.isnan(true)
                closer += abs(value - true) < abs(first[option] - true)
                if (forecaster, contest, option) == ("polly", "ca-federal-2019-r1", "ca-liberal"):
                    named = [2019, first[option], value, true]
    return [closer, moved, *named]


def markets() -> list[float]:
    terms, calls = recomputed_chances.brier_terms("market"), again.led("all", "before", "market")
    return [
        terms["chances"], terms["contests"], *(round(terms[name], 3) for name in ("brier", "miss", "gain")),
        calls["right"], calls["releases"],
    ]  # fmt: skip


def machines() -> list[float]:
    calls = again.led("all", "before", "language_model")
    return [calls["right"], calls["releases"], calls["contests"]]


def coders() -> list[float]:
    table = again.releases()
    return [(table.read_by == "double").sum(), len(table), 120, 94, 111, len(rows_of_record.read("disputes"))]


def held() -> list[float]:
    """Digital figures in shares of the three French elections that have some, against the votes."""
    errors: dict[bool, list[float]] = {True: [], False: []}
    filteris: list[tuple[Any, ...]] = []
    kinds = rows_of_record.read("forecasters", ".").set_index("forecaster_id").family
    for election in ("fr-pres-2012", "fr-pres-2017", "fr-pres-2022"):
        own = rows_of_record.FOLDER / election / "forecasters.csv"
        families = (
            pd.concat([kinds, pd.read_csv(own).set_index("forecaster_id").family]) if own.exists() else kinds
        )
        votes = rows_of_record.read("results", election).set_index(["contest_id", "candidate_id"]).votes
        shares = 100 * votes / votes.groupby("contest_id").transform("sum")
        rows = rows_of_record.read("forecasts", election)
        rows = rows[
            (rows.unit == "share_pct") & rows.quantity.isin(["vote_share", "digital_share", "share_of_voice"])
        ]
        rows = rows[families.reindex(rows.forecaster_id).to_numpy() == "buzz"]
        figures = rows_of_record.read("predictions", election)
        for row in rows.itertuples():
            cell = figures[figures.forecast_id == row.forecast_id].set_index("candidate_id").value
            true = shares[row.contest_id].reindex(cell.index).dropna()
            told = str(row.recalled).lower() == "true"
            whole = len(true) == len(cell) > 1 and 99 <= cell.sum() <= 101 and true.sum() < 97
            error = (cell[true.index] - (100 * true / true.sum() if whole else true)).abs().mean()
            errors[told].append(error)
            if row.forecaster_id == "filteris" and not told:
                filteris.append((str(row.published_on), row.forecast_id, error))
    return [
        len(errors[False]), round(np.median(errors[False]), 1), len(errors[True]), round(np.median(errors[True]), 1), 2017,
        round(max(filteris)[2], 1),
    ]  # fmt: skip


def adds() -> list[float]:
    """Least squares by hand on the same folds: whole contests, the largest first into the smallest fold."""
    from sklearn.model_selection import GroupKFold

    from pollbench.records.beside_polls import cells_beside_polls

    with pb.load("world") as bench:
        cells = cells_beside_polls(bench)
        known = again.releases().set_index("forecast_id").known_before_vote
        cells = cells[known[cells.forecast_id].to_numpy() == "yes"].reset_index(drop=True)
    missed = []
    for columns in (["polled"], ["polled", "value"]):
        guess = np.empty(len(cells))
        x = np.column_stack([np.ones(len(cells)), cells[columns].to_numpy()])
        for train, test in GroupKFold(5).split(x, groups=cells.contest_id):
            weights, *_ = np.linalg.lstsq(x[train], cells.result.to_numpy()[train], rcond=None)
            guess[test] = x[test] @ weights
        missed.append((np.abs(guess - cells.result)).groupby(cells.contest_id).mean().mean())
    return [round(missed[0], 1), round(missed[1], 1), cells.contest_id.nunique()]


def unscored() -> list[float]:
    """Contests without a result: how many, their releases, those with later ones, and the reasons."""
    known = {*rows_of_record.read("results").contest_id, *rows_of_record.read("outcomes").contest_id}
    releases = rows_of_record.read("releases").merge(rows_of_record.read("forecasts"), on="forecast_id")
    last = releases.first_seen_on.dropna().max()
    rows = releases[~releases.contest_id.isin(known)]
    omitted = rows_of_record.read("omitted_figures")
    noted = set(omitted.contest[omitted.quantity.str.startswith("result")])
    assert set(omitted.reason[omitted.quantity.str.startswith("result")]) == {
        "the address of its source is not known"
    }
    days = rows_of_record.read("contests").set_index("contest_id").day
    contests = set(rows.contest_id)
    to_come = {contest for contest in contests if days[contest] > last}
    without = contests & noted - to_come
    later = rows.contest_id[rows.added_by == "later"].nunique()
    year, _, day = (int(number) for number in last.split("-"))
    return [
        len(contests), len(rows), later, len(without), len(to_come), len(contests - to_come - without), day, year
    ]  # fmt: skip


def listed(*, later: bool) -> list[float]:
    added = rows_of_record.read("releases").added_by == "later"
    here = int((added == later).sum())
    return [here, len(added), len(added) - here]


READERS = {
    "unscored": unscored,
    "listed_first": lambda: listed(later=False),
    "listed_later": lambda: listed(later=True),
    "led": lambda: leader_numbers("double"),
    "led_first": lambda: leader_numbers("first_collection"),
    "led_all": lambda: leader_numbers("all"),
    "led_after": lambda: leader_numbers("first_collection", "after", all_of_it=False),
    "search": lambda: kind_numbers("search"),
    "audience": lambda: kind_numbers("audience"),
    "told": before_and_after,
    "pairs": beside_polls,
    "adds": adds,
    **{f"track_{name}": lambda name=name: track(name) for name in TOLD},
    "retold": retold,
    "markets": markets,
    "machines": machines,
    "coders": coders,
    "held": held,
}


@pytest.mark.parametrize("key", READERS)
def test_every_number_of_a_sentence_is_recomputed(printed: dict[str, dict[str, str]], key: str) -> None:
    expected = sorted(float(value) for value in READERS[key]())
    for locale in LOCALES:
        said = sorted(numbers(printed[locale][key], locale))
        assert said == pytest.approx(expected, abs=1e-9), (printed[locale][key], expected)


def test_every_sentence_has_a_second_reader(printed: dict[str, dict[str, str]]) -> None:
    assert set(printed["en"]) == set(printed["fr"]) == set(READERS)


def test_every_release_is_judged_alike(record: pb.Record) -> None:
    ours = record.releases.set_index("forecast_id")
    theirs = again.releases().set_index("forecast_id").loc[ours.index]
    for one, other in (
        ("mae", "mae"),
        ("lead_error", "lead_error"),
        ("leader_right", "right"),
        ("blind_chance", "blind"),
    ):
        assert ours[one].to_numpy() == pytest.approx(theirs[other].astype(float).to_numpy(), nan_ok=True), one


def test_every_coding_has_the_same_ratio(record: pb.Record) -> None:
    ours = record.before_after.set_index("coding").ratio
    assert {name: again.ratio(rows) for name, rows in again.codings().items()} == pytest.approx(
        ours.to_dict()
    )
