"""The pages of vote transfers and of the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench.flows.finer import finer
from pollbench.flows.known import contradicting, known_districts, known_truth
from pollbench.flows.story import verdict
from pollbench.flows.table import HEADLINE, REPLICATES
from pollbench_dashboards.charts.transfer_matrix import option_name
from pollbench_dashboards.drawing.choosing import each_row
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.of_chart import named_sources

if TYPE_CHECKING:
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure


def transfers(frames: Gathered, figures: Mapping[str, Figure], words: Words) -> dict[str, Any]:
    """The chart, what it proves, every cell, the record of the methods and the claims it bears on."""
    shown = [figures[name] for name in ("transfer_matrix",) if name in figures]
    table = frames["transfer"]
    content: dict[str, Any] = {
        "figures": shown,
        "shown": shown,
        "cells": [],
        "methods": [],
        "sentences": [],
        "claims": [],
    }
    if table.empty:
        return content
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    return {
        **content,
        "cells": _cells(table, people, words),
        "methods": _methods(),
        "sentences": _sentences(table, frames, people, words),
        "claims": _claims(frames),
    }


def _cells(table: pd.DataFrame, people: dict[str, str], words: Words) -> list[dict[str, Any]]:
    shown = table[table.method.isin([HEADLINE, "bounds"])]
    rows = []
    for (start, goal), pair in shown.groupby(["from_option", "to_option"], sort=False):
        kinds = {str(row.interval_kind): row for row in each_row(pair)}
        truth = kinds["known_truth"]
        rows.append(
            {
                "start": option_name(str(start), people, words),
                "goal": option_name(str(goal), people, words),
                "estimate": truth.share_pct,
                **{kind: (row.low, row.high) for kind, row in kinds.items()},
                "polls": (truth.poll_low, truth.poll_high) if truth.polls else None,
            }
        )
    return rows


def _methods() -> list[dict[str, Any]]:
    """Median index of error of every method where the truth is known."""
    medians = known_districts().groupby("method").index_of_error.median().dropna().sort_values()
    return [{"name": str(name), "index": value} for name, value in medians.items()]


def _by_communes(table: pd.DataFrame, polls: pd.DataFrame, meet_before: int, words: Words) -> tuple[str, ...]:
    """What smaller units add, if a table of them is shipped."""
    compared = finer(table, polls)
    if compared is None:
        return ()
    return (
        words(
            "page.transfers.communes",
            units=words.count(compared.units),
            before=compared.before,
            moved=words.points(compared.moved),
            width=words.points(compared.width),
            width_before=words.points(compared.width_before),
            meet=compared.verdict.meet,
            cells=compared.verdict.cells,
            meet_before=meet_before,
        ),
    )


def _sentences(table: pd.DataFrame, frames: Gathered, people: dict[str, str], words: Words) -> list[str]:
    counted = verdict(table)
    polled = table[(table.method == HEADLINE) & (table.polls > 0)]
    truth, drawn = (polled[polled.interval_kind == kind] for kind in ("known_truth", "bootstrap"))
    whole = known_truth()[known_truth().whole & (known_truth().method == HEADLINE)].iloc[0]
    largest = truth.sort_values(["polls", "from_pct"], ascending=False).iloc[0]
    below, above = contradicting(HEADLINE, float(largest.from_pct), float(largest.poll_high))
    return [
        words(
            "page.transfers.interval",
            width=words.points((truth.high - truth.low).median()),
            # So few draws carry no decimal.
            drawn=words.points((drawn.high - drawn.low).median(), 0),
            draws=words.count(REPLICATES),
            coverage=words.share(whole.bootstrap_coverage_pct, 0),
            districts=known_districts().groupby(["election", "district"]).ngroups,
        ),
        words("page.transfers.polls", inside=counted.inside, figures=counted.figures),
        *_by_communes(table, frames["polled_transfer"], counted.meet, words),
        words(
            "page.transfers.contradict",
            start=option_name(str(largest.from_option), people, words),
            goal=option_name(str(largest.to_option), people, words),
            poll=words.share(largest.poll_high),
            below="0" if below is None else words.share(below),
            above="100" if above is None else words.share(above),
        ),
        words("page.transfers.caveat"),
    ]


def _claims(frames: Gathered) -> list[Any]:
    """The figures in circulation about systems that this page tests."""
    tested = frames["register"][frames["register"].tested_where == "transfers"].figures.dropna()
    named = {figure for listed in tested for figure in str(listed).split()}
    known = frames.bench.table("figure")
    return list(each_row(known[known.figure_id.isin(named)]))


def register(frames: Gathered, words: Words) -> dict[str, Any]:
    """Every system of the register, with its claim, what would test it, and its sources."""
    systems = frames["register"].fillna("")
    links = {
        str(row.system_id): named_sources(frames, str(row.sources).split(), words)
        for row in each_row(systems)
    }
    return {"systems": list(each_row(systems)), "links": links, "shown": []}
