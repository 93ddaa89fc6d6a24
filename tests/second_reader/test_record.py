"""The sentences of the page of the record, recomputed with pandas from the CSV files alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import pollbench as pb
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.record import sentences

FOLDER = Path(__file__).parents[2] / "datasets" / "pollbench_datasets" / "world"
DIGITAL = [
    "search",
    "tone",
    "share_of_voice",
    "audience",
    "account_panel",
    "digital_index",
    "mixed_model",
    "open_vote",
]


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv")


def errors_of_vote_shares() -> pd.DataFrame:
    """Mean absolute error of digital figures sold as a vote share, by release."""
    releases = (
        read("releases")
        .query("added_by != 'later'")
        .merge(read("forecasts")[["forecast_id", "contest_id"]], on="forecast_id")
    )
    releases = releases[releases.method.isin(DIGITAL) & (releases.claim_kind == "vote_share")]
    printed = read("printed_figures").query("unit_printed == 'pct' and qualifier != 'lead'")
    cells = releases.merge(printed, on="forecast_id").merge(
        read("predictions"), on=["forecast_id", "candidate_id"]
    )
    cells = cells.merge(
        read("results")[["contest_id", "candidate_id", "share_pct"]],
        on=["contest_id", "candidate_id"],
        how="left",
    )
    rows = []
    for forecast, cell in cells.groupby("forecast_id"):
        held = cell[cell.share_pct.notna()]
        if held.empty:
            continue
        result, total = held.share_pct, held.share_pct.sum()
        if len(held) == len(cell) > 1 and 99 <= cell.value.sum() <= 101 and total < 97:
            result = result * 100 / total
        rows.append((forecast, cell.known_before_vote.iloc[0], (held.value - result).abs().mean()))
    return pd.DataFrame(rows, columns=["forecast_id", "known", "mae"])


def read_shares(contest: str) -> pd.Series:
    """Share of every listed option of a vote."""
    results = read("results")
    return results[results.contest_id == contest].set_index("candidate_id").share_pct


@pytest.fixture(scope="module", params=["en", "fr"])
def told(request: pytest.FixtureRequest) -> tuple[dict[str, str], Words]:
    words = Words(request.param)
    with pb.load("world") as bench:
        return sentences(pb.record(bench), words), words


def test_before_and_after(told: tuple[dict[str, str], Words]) -> None:
    text, words = told
    errors = errors_of_vote_shares()
    before, after = errors[errors.known == "yes"].mae, errors[errors.known == "no"].mae
    for number in (before.median(), after.median(), before.median() / after.median()):
        assert words.number(number) in text["told"]
    assert str(len(before)) in text["told"]
    assert str(len(after)) in text["told"]


def test_searches_against_picking_blind(told: tuple[dict[str, str], Words]) -> None:
    text, words = told
    releases = (
        read("releases")
        .query("added_by != 'later'")
        .query("method == 'search' and known_before_vote == 'yes'")
    )
    releases = releases[releases.claim_kind.isin(["vote_share", "buzz_share"])]
    releases = releases.merge(read("forecasts")[["forecast_id", "contest_id"]], on="forecast_id")
    printed = read("printed_figures").query("unit_printed in ('pct', 'index', 'count')")
    cells = releases.merge(printed, on="forecast_id").merge(
        read("predictions"), on=["forecast_id", "candidate_id"]
    )
    cells = cells.merge(
        read("results").drop(columns="sources"), on=["contest_id", "candidate_id"], how="left"
    )
    right = total = 0
    referendums = set(read("elections").query("office == 'referendum'").election_id)
    contests = read("contests").set_index("contest_id").election_id
    for _, cell in cells.groupby("forecast_id"):
        shares = read_shares(cell.contest_id.iloc[0])
        if (
            len(cell) == 1
            and contests[cell.contest_id.iloc[0]] in referendums
            and cell.share_pct.notna().all()
        ):
            total += 1
            right += (cell.value.iloc[0] > 50) == (cell.share_pct.iloc[0] > 50)
        elif len(cell) > 1 and cell.share_pct.notna().any():
            total += 1
            right += cell.share_pct[cell.value.idxmax()] == shares.max()
    assert words.number(right, 0) in text["search"]
    assert words.count(total) in text["search"]
