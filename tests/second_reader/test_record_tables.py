"""Every number in the tables of the page of the record, in both languages, beside its recomputation from the CSV files alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
import recomputed_record as again
import rows_of_record
from parsing import numbers
from test_record import mann_whitney, permuted, track

import pollbench as pb
from pollbench.records.rules import CHOICES
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import record as page

LOCALES = ("en", "fr")
#: Half of the last digit that is printed, by the digits behind the point.
HALF = {0: 0.5, 1: 0.05, 3: 0.0005}


@pytest.fixture(scope="module")
def record() -> Iterator[pb.Record]:
    with pb.load("world") as bench:
        yield pb.record(bench)


def printed(text: object, locale: str) -> list[float]:
    return numbers(str(text), locale)


def near(values: list[float], digits: int) -> object:
    return pytest.approx([float(value) for value in values], abs=HALF[digits] + 1e-9)


@pytest.mark.parametrize("locale", LOCALES)
def test_who_led(record: pb.Record, locale: str) -> None:
    expected = [
        again.led(coders, "before", name, spread=False) for coders in again.CODERS for name in page.GROUPS
    ]
    expected = [row for row in expected if row["releases"]]
    rows = page.calls_rows(record, Words(locale))
    assert len(rows) == len(expected)
    for row, said in zip(rows, expected, strict=True):
        ends = [] if said["low"] == said["high"] else [said["low"], said["high"]]
        assert printed(row["right"], locale) == near([said["right"], said["releases"]], 0), row
        assert printed(row["share"], locale) == near([said["share"], *ends], 0), row
        assert printed(row["contests"], locale) == [said["contests"]], row
        assert printed(row["blind"], locale) == near([said["blind"]], 0), row
        errors = [said["median"], said["mae_releases"]] if said["mae_releases"] else []
        assert printed(row["median"], locale) == near(errors, 1), row


def test_before_and_after(record: pb.Record) -> None:
    rows = {locale: page.codings_rows(record, Words(locale)) for locale in LOCALES}
    codings = again.codings()
    assert list(record.before_after.coding) == list(codings)
    for number, coding in enumerate(codings.values()):
        before, after = again.sides(coding)
        ratio = [again.ratio(coding), *again.ratio_interval(coding)]
        p, houses = mann_whitney(before, after), permuted(coding)
        for locale in LOCALES:
            row = rows[locale][number]
            assert printed(row["before"], locale) == near([before.median(), len(before)], 1), row
            assert printed(row["after"], locale) == near([after.median(), len(after)], 1), row
            assert printed(row["ratio"], locale) == near(ratio, 1), row
            assert printed(row["p"], locale) == near([p], 3), row
            assert printed(row["houses"], locale) == near([houses], 3), row


def test_what_one_changed_rule_moves(record: pb.Record) -> None:
    rows = {locale: page.rules_rows(record, Words(locale)) for locale in LOCALES}
    every = [("page", "page"), *((rule, value) for rule, (_, *others) in CHOICES.items() for value in others)]
    assert [len(rows[locale]) for locale in LOCALES] == [len(every)] * len(LOCALES)
    for number, (rule, value) in enumerate(every):
        said = again.under(rule, value)
        for locale in LOCALES:
            row = rows[locale][number]
            assert row["setting"] == ("" if rule == "page" else f"--rule {rule}={value}")
            assert printed(row["right"], locale) == near([said["right"], said["releases"]], 0), row
            assert printed(row["share"], locale) == near([said["share"]], 0), row
            assert printed(row["median"], locale) == near([said["median"]], 1), row
            assert printed(row["ratio"], locale) == near([said["ratio"]], 1), row
            assert printed(row["closer"], locale) == [said["closer"], said["pairs"]], row


@pytest.mark.parametrize("locale", LOCALES)
def test_beside_the_polls(record: pb.Record, locale: str) -> None:
    words = Words(locale)
    expected = again.pairs().set_index("forecast_id")
    rows = page.pairs_rows(record, words)
    assert {row["address"].rpartition("#")[2] for row in rows} == set(expected.index)
    for row in rows:
        said = expected.loc[row["address"].rpartition("#")[2]]
        assert row["closer"] == words(f"record.{'yes' if said.closer else 'no'}")
        assert row["known"] == words(f"record.known.{said.known}")
        lead = [] if np.isnan(said.digital) else [said.digital, said.polls]
        assert printed(row["lead_digital"], locale) + printed(row["lead_polls"], locale) == near(lead, 1), row
        errors = printed(row["digital"], locale) + printed(row["polls"], locale)
        assert errors == near([said.digital_mae, said.polls_mae], 1), row


@pytest.mark.parametrize("locale", LOCALES)
def test_track_records(record: pb.Record, locale: str) -> None:
    table = again.releases()
    sizes = table.groupby("forecaster_id").agg(
        contests=("contest_id", "nunique"), releases=("forecast_id", "size")
    )
    order = sizes.reset_index().sort_values(
        ["contests", "releases", "forecaster_id"], ascending=[False, False, True]
    )
    rows = page.tracks_rows(record, Words(locale))
    for row, said in zip(rows, order.head(len(rows)).itertuples(), strict=True):
        numbers_of = track(said.forecaster_id)
        years = [value for value in numbers_of[:2] if value > 2000]
        before, right, judged, after = (float(value) for value in numbers_of[len(years) : len(years) + 4])
        told = table[(table.forecaster_id == said.forecaster_id) & (table.known_before_vote != "yes")]
        medians = pd.Series([*numbers_of[len(years) + 4 :]]), told.mae.astype(float).dropna()
        assert printed(row["years"], locale) == years, row
        assert (row["contests"], row["before"], row["after"]) == (said.contests, before, after), row
        assert printed(row["right"], locale) == near([right, judged] if judged else [], 0), row
        assert printed(row["median"], locale) == near(list(medians[0]), 1), row
        assert printed(row["median_after"], locale) == near(
            [medians[1].median()] if len(medians[1]) else [], 1
        ), row


@pytest.mark.parametrize("locale", LOCALES)
def test_what_changed_in_the_telling(record: pb.Record, locale: str) -> None:
    figures = rows_of_record.read("printed_figures").query("unit_printed in ('pct', 'seats')").merge(
        rows_of_record.read("predictions"), on=["forecast_id", "candidate_id"]
    )  # fmt: skip
    values = figures.set_index(["forecast_id", "candidate_id"]).value
    results = rows_of_record.read("results").set_index(["contest_id", "candidate_id"])
    claims = again.releases().set_index("forecast_id").claim_kind
    names = rows_of_record.read("people").set_index("candidate_id").name
    rows = page.retold_rows(record, Words(locale))
    assert len(rows) == len(record.retold)
    for row, of in zip(rows, record.retold.itertuples(), strict=True):
        earlier, later = (row[f"{side}_address"].rpartition("#")[2] for side in ("before", "after"))
        assert row["option"] == names[of.candidate_id]
        assert printed(row["before"], locale) == near([values[earlier, of.candidate_id]], 1), row
        assert printed(row["after"], locale) == near([values[later, of.candidate_id]], 1), row
        known = results["seats" if claims[earlier] == "seats" else "share_pct"].get(
            (of.contest_id, of.candidate_id)
        )
        assert printed(row["result"], locale) == near(
            [] if known is None or np.isnan(known) else [known], 1
        ), row
