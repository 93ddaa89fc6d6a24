"""The sentences of the page of the vote to come about pushes, and of the rehearsed night."""

from __future__ import annotations

import numpy as np
import pytest
import recomputed as again
import recomputed_open as to_come
import recomputed_pushes as pushes
from parsing import numbers
from readers_of_flows import rounded

from pollbench.data.bench import Bench
from pollbench.data.store import load
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.moved import moved
from pollbench_dashboards.pages.rehearsal import night

LOCALES = pytest.mark.parametrize("locale", ["en", "fr"])


@pytest.fixture(scope="module")
def frames() -> Gathered:
    with load(to_come.OPEN) as bench:
        yield gather(bench)


def people(figure: float, averaged: int = 1) -> list[float]:
    """People for one point more of a panel's figure, or of an average of so many panels: central, low, high."""
    size, activity = (pushes.assumption(name, "panel_quota") for name in ("panel_size", "relative_activity"))
    overlap = pushes.assumption("panel_overlap", "poll_average", "panel_quota") if averaged > 1 else (1, 1, 1)
    assert size is not None
    assert activity is not None
    assert overlap is not None
    ends = ((1, 1), (0, 2), (2, 0))
    left = 100.0 - figure - 1.0
    return [rounded(averaged * size[base] / left / activity[mass] / overlap[mass]) for base, mass in ends]


def last_figures(contest: str, target: str) -> set[float]:
    """What the polls and the averages printed of a candidate."""
    rows = to_come.before_the_vote().query("contest_id == @contest")
    printed = again.figures_as_read(to_come.OPEN).query("candidate_id == @target")
    return set(printed[printed.forecast_id.isin(rows.forecast_id)].value.round(1))


@LOCALES
def test_how_many_people_would_move_the_figures_of_the_vote_to_come(frames: Gathered, locale: str) -> None:
    for contest in ("fr-pres-2027-r1", "fr-pres-2027-r2"):
        said = moved(frames, contest, Words(locale))
        assert said is not None
        target = said["target"].lower()
        known = last_figures(contest, target)
        for row in said["rows"]:
            figure = numbers(row["figure"], locale)[0]
            assert figure in known
            printed = [*numbers(row["accounts"], locale), *numbers(row["range"], locale)]
            firms = range(1, 15) if row["moved"] == Words(locale)("mechanism.poll_average") else (1,)
            # A figure is printed to one decimal, a cost to two digits.
            near = [people(figure + step / 100, number) for number in firms for step in (-5, 0, 5)]
            assert printed in near, (row, near[0])
        first, last = said["rows"][0], said["rows"][-1]
        expected = [
            number
            for row in (first, last)
            for text in (row["accounts"], row["range"])
            for number in numbers(text, locale)
        ]
        named = numbers(said["finding"].replace(last["name"], "").replace(first["name"], ""), locale)
        assert sorted(named) == sorted(expected), said["finding"]


@LOCALES
def test_the_rehearsed_night_repeats_the_departments(bench: Bench, locale: str) -> None:
    said = night(gather(bench), Words(locale))
    assert said is not None
    rows = again.table("departments")
    now, before = (
        rows[rows.contest_id == contest].pivot(index="dept_code", columns="candidate_id", values="votes")
        for contest in (again.SECOND, again.FIRST)
    )
    names = list(again.shares(again.SECOND).index)
    now, before = now[names].dropna(), before[names].reindex(now.index).dropna()
    now = now.loc[before.index]
    sizes = before.sum(axis=1)
    share = lambda table: 100 * table.iloc[:, 0].sum() / table.to_numpy().sum()  # noqa: E731

    def at(part: float) -> tuple[float, float, float]:
        """What is counted when the smallest departments reach a part, and the errors of the raw and the swung share."""
        counted = sizes.sort_values(kind="stable").cumsum() * 100 / sizes.sum() <= part + 1e-9
        own = counted.index[counted]
        raw = share(now.loc[own])
        swung = raw + share(before) - share(before.loc[own])
        return 100 * sizes[own].sum() / sizes.sum(), raw - share(now), swung - share(now)

    counted, raw, swing = at(10)
    assert numbers(said["finding"], locale) == pytest.approx(
        [round(counted), abs(raw), abs(swing)], abs=0.0501
    )
    assert raw < 0 < swing
    assert numbers(said["final"], locale) == pytest.approx([share(now)], abs=0.00501)
    # The first part at which the interval of replays is shorter than the smallest gap between the last figures.
    figures = np.unique(again.figures(again.SECOND, 2).iloc[:, 0].dropna())
    gap = float(np.diff(figures).min())
    rng = np.random.default_rng(3)
    half = {}
    for part in (5, 10, 20, 50, 80, 90, 95):
        errors = []
        for _ in range(300):
            order = (np.log(sizes) + 0.5 * rng.standard_normal(len(sizes))).sort_values().index
            own = order[(sizes[order].cumsum() * 100 / sizes.sum() <= part + 1e-9).to_numpy()]
            if len(own):
                errors.append(abs(share(now.loc[own]) + share(before) - share(before.loc[own]) - share(now)))
        half[part] = np.quantile(errors, 0.95) if errors else np.inf
    # What is printed is what has then been counted; the parts are what was waited for.
    (printed,) = numbers(said["rule"], locale)
    first = next(part for part in half if round(at(part)[0]) == printed)
    # Orders are drawn on both sides: the quantiles agree within a few hundredths.
    assert half[int(first)] < gap + 0.03
    assert all(width > gap - 0.03 for part, width in half.items() if part < first)
