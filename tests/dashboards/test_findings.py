"""The claims of the titles, recomputed from the data by another way than the charts take."""

from __future__ import annotations

import re

import pytest

from pollbench.data.bench import Bench
from pollbench.data.store import load
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered

LAST_POLLS = """
WITH last AS (
  SELECT * FROM (
    SELECT * FROM forecast_day WHERE contest_id = $contest
    QUALIFY row_number() OVER (
      PARTITION BY forecaster_id, quantity ORDER BY coalesce(measured_to, public_on) DESC, measured_from DESC
    ) = 1
  ) WHERE family = 'poll' AND kind <> 'poll_average'
    AND quantity = 'vote_share' AND lineup = 'final' AND age_days <= 21
)
SELECT last.forecast_id, p.candidate_id, p.value::DOUBLE AS value, o.share_pct
FROM last JOIN prediction p USING (forecast_id) JOIN oracle o USING (contest_id, candidate_id)
"""
MAIN = ["macron", "le-pen", "fillon", "melenchon"]


def title(frames: Gathered, name: str, locale: str = "en") -> str:
    return registered()[name].draw(frames, View(locale=locale)).title


def test_filteris_placed_macron_fourth_and_all_polls_first_or_level(bench: Bench, frames: Gathered) -> None:
    polls = bench.frame(LAST_POLLS, {"contest": "fr-pres-2017-r1"})
    polls = polls[polls.candidate_id.isin(MAIN)].pivot(
        index="forecast_id", columns="candidate_id", values="value"
    )
    assert (polls.macron >= polls.max(axis=1)).all()
    figures = bench.frame(
        "SELECT candidate_id, value::DOUBLE AS value FROM prediction WHERE forecast_id = 'filteris-2017-04-21-b'"
    ).set_index("candidate_id")["value"]
    assert int((figures > figures["macron"]).sum()) == 3
    assert title(frames, "forecast_against_result").startswith(
        f"Filteris placed Macron, who came first, fourth of 4; all {len(polls)} polls had Macron first or level"
    )


def test_the_range_of_the_polls_errors(bench: Bench, frames: Gathered) -> None:
    polls = bench.frame(LAST_POLLS, {"contest": "fr-pres-2017-r1"})
    polls = polls[polls.candidate_id.isin(MAIN)]
    errors = (polls.value - polls.share_pct).abs().groupby(polls.forecast_id).mean()
    found = re.match(r"The polls missed by ([\d.]+) to ([\d.]+) points", title(frames, "error_by_forecaster"))
    assert found is not None
    assert [float(each) for each in found.groups()] == [round(errors.min(), 1), round(errors.max(), 1)]


def test_the_range_of_the_run_off(bench: Bench, frames: Gathered) -> None:
    data = registered()["second_round"].draw(frames).data
    votes = bench.frame(
        "SELECT share_pct FROM oracle WHERE contest_id = 'fr-pres-2017-r2' AND candidate_id = 'macron'"
    )
    gaps = votes.share_pct.item() - data.forecast
    text = title(frames, "second_round")
    assert f"by {gaps.min():.1f} to {gaps.max():.1f} points" in text
    assert f"all {len(data)} forecasters placed Macron too low" in text


def test_the_count_of_announcements(bench: Bench, frames: Gathered) -> None:
    claims = bench.frame("SELECT count(*) AS n, sum(recalled::INT) AS recalled FROM claim")
    found = [int(each) for each in re.findall(r"\d+", title(frames, "claims_board"))]
    total, true, partly, false, unverifiable, recalled = found
    assert total == true + partly + false + unverifiable
    assert total + recalled == claims.n.item()
    assert recalled == claims.recalled.item()


def test_the_figures_in_circulation_add_up(bench: Bench, frames: Gathered) -> None:
    counts = bench.frame("SELECT verdict, count(*) AS n FROM figure GROUP BY verdict").set_index("verdict").n
    found = [int(each) for each in re.findall(r"\d+", title(frames, "claimed_against_recomputed"))]
    assert found == [
        counts.sum(),
        counts["holds"],
        counts["rounding"],
        counts["approximate"],
        counts["contradicted"],
        counts["unverifiable"],
    ]


def test_numbers_of_french_titles_are_those_of_the_english_ones(frames: Gathered) -> None:
    for name in registered():
        english, french = title(frames, name), title(frames, name, "fr")
        as_numbers = [
            re.sub(r"(?<=\d),(?=\d{3})", "", each) for each in re.findall(r"\d[\d,.]*\d|\d", english)
        ]
        plain = re.sub(r"(?<=\d)\u202f(?=\d)", "", french).replace(",", ".")
        given = re.findall(r"\d[\d.]*\d|\d", re.sub(r"(?<=\d)(?:re|e)\b", "", plain))
        # English writes places in words ("fourth"), French in figures.
        words = {"first", "second", "third", "fourth"}
        if not words & set(english.lower().replace(",", "").split()):
            assert sorted(as_numbers) == sorted(given), name


@pytest.mark.slow
def test_2017_was_the_best_first_round_of_five() -> None:
    with load("fr-pres-2002", "fr-pres-2007", "fr-pres-2012", "fr-pres-2017", "fr-pres-2022") as bench:
        frames = gather(bench)
        data = registered()["five_elections"].draw(frames).data
        text = title(frames, "five_elections")
    polls = data[data.family == "poll"]
    assert polls.groupby("year").mae.median().idxmin() == 2017
    buzz = data[(data.family == "buzz") & (data.year == 2017)]
    worse = int((polls.mae >= buzz.mae.min()).sum())
    # Counted from the printed figure the number is the same.
    printed = re.search(r"\(([\d.]+) to [\d.]+ points\)", text)
    assert printed is not None
    assert int((polls.mae >= float(printed[1])).sum()) == worse
    assert text.startswith(
        f"2017 was the polls’ best first round of 5; {worse} of all {len(polls)} last polls"
    )


def test_what_defences_buy_and_cost_can_be_read_without_a_pointer(frames: Gathered) -> None:
    drawing = registered()["defence_value"].draw(frames)
    data = drawing.data
    by_defence = data.groupby("defence_id")
    # Who adapts chooses the timing that leaves most.
    helped = (by_defence.shift_plain.min() < 0.95 * by_defence.shift_none.max()).sum()
    holding = (by_defence.shift_adapted.max() < 0.95 * by_defence.shift_none.max()).sum()
    assert drawing.title.startswith(f"{helped} of {by_defence.ngroups} defences weaken a push")
    assert ("none weakens one that does" in drawing.title) == (holding == 0)
    rows = [row for rows in drawing.bare()["datasets"].values() for row in rows]
    drawn = {row["label"]: row for row in rows if set(row) == {"label", "variance", "lead_time"}}
    assert set(drawn) == set(data.label)
    for row in data.itertuples():
        assert f"{100 * (row.variance_factor - 1):.0f}%" in drawn[row.label]["variance"]
        days = f"{row.lead_time_days:.0f} days" if row.lead_time_days > 0 else ""
        assert drawn[row.label]["lead_time"] == days
    # What remains of either attacker is written beside its bar, as a range where it depends on the days.
    said = {(row["attacker"], row["label"]): row["remains"] for row in rows if "remains" in row}
    window = data[data.defence_id == "one_vote_per_window"]
    least, most = f"{window.left_plain.min():.1f}", f"{window.left_plain.max():.1f}"
    assert said["plain", window.label.iloc[0]] == f"{least} to {most}"
    assert said["adapted", window.label.iloc[0]] == most


def test_a_test_that_notices_nothing_has_a_bar_as_long_as_the_largest_push(frames: Gathered) -> None:
    drawing = registered()["detection_power"].draw(frames)
    rows = {
        row["panel"]: row for rows in drawing.bare()["datasets"].values() for row in rows if "known" in row
    }
    by_test = drawing.data.groupby("panel", sort=False)
    for panel, row in rows.items():
        stealth = by_test.get_group(panel).drop_duplicates("forecaster_id").stealth_shift_pp
        assert row["known"] == stealth.notna().any()
        expected = stealth.median() if row["known"] else drawing.data.shift_pp.max()
        assert row["unnoticed"] == pytest.approx(expected)
    lengths = [row["unnoticed"] for row in rows.values() if row["known"]]
    assert lengths == sorted(lengths)
    assert not all(row["known"] for row in rows.values())


def test_every_size_of_push_has_its_column_of_the_same_rows_on_one_scale(frames: Gathered) -> None:
    drawing = registered()["shift_by_budget"].draw(frames)
    panels = drawing.bare()["hconcat"]
    assert [panel["title"]["text"] for panel in panels] == [
        "100 accounts",
        "1,000 accounts",
        "10,000 accounts",
    ]
    rows, scales = set(), set()
    for panel in panels:
        layer = panel["layer"][0]["encoding"]
        rows.add(tuple(layer["y"]["sort"]))
        scales.add(tuple(layer["x"]["scale"]["domain"]))
    assert len(rows) == len(scales) == 1
    moved = drawing.data[drawing.data.budget == 1000].moved
    # The softest way in stands first.
    assert list(moved) == sorted(moved, reverse=True)


def test_filteris_never_had_macron_in_front(bench: Bench, frames: Gathered) -> None:
    # One release holds Macron alone: it puts no one in front.
    figures = bench.frame(
        "SELECT p.forecast_id, p.candidate_id, p.value::DOUBLE AS value FROM prediction p JOIN forecast f "
        "USING (forecast_id) WHERE f.contest_id = 'fr-pres-2017-r1' AND f.forecaster_id = 'filteris' "
        "AND f.quantity = 'digital_share' AND NOT f.recalled"
    )
    wide = figures.pivot(index="forecast_id", columns="candidate_id", values="value")[MAIN]
    several = wide[(wide.notna().sum(axis=1) > 1) & wide.macron.notna()]
    ahead = int((several.macron >= several.max(axis=1)).sum())
    assert (ahead, len(several), int(wide.macron.notna().sum())) == (0, 12, 13)
    assert title(frames, "campaign_timeline").endswith(f"none of {len(several)} readings of Filteris had")


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_days_on_which_one_alone_had_published_are_said(bench: Bench, frames: Gathered, locale: str) -> None:
    from pollbench.campaign.distance import closest_by_day_table

    table = closest_by_day_table(bench, "fr-pres-2017-r1", tuple(MAIN))
    contested, alone = table[table.forecasters > 1], table[table.forecasters < 2]
    said = title(frames, "closest_by_day", locale)
    numbers = [int(number) for number in re.findall(r"\d+", said)]
    assert numbers[:3] == [int(contested.forecaster_id.value_counts().max()), len(contested), len(alone)]
    assert numbers[:3] == [22, 58, 12]
    assert set(alone.forecaster_id) == {"filteris"}
    assert "Filteris" in said


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_all_last_probabilities_are_counted_and_the_wrong_ones_are_named(
    bench: Bench, frames: Gathered, locale: str
) -> None:
    rows = bench.frame(
        "SELECT f.contest_id, f.forecaster_id, f.name, f.forecast_id, f.quantity::VARCHAR AS quantity, p.candidate_id, "
        "p.value::DOUBLE AS value, o.rank, f.advance FROM forecast_day f JOIN prediction p USING (forecast_id) "
        "LEFT JOIN oracle o USING (contest_id, candidate_id) "
        "WHERE f.quantity IN ('win_probability', 'runoff_probability') AND f.condition IS NULL AND NOT f.recalled "
        "AND f.age_days BETWEEN 0 AND 21 AND f.public_on <= f.day "
        "AND (f.previous_round IS NULL OR coalesce(f.measured_to, f.public_on) >= f.previous_round) "
        "QUALIFY rank() OVER (PARTITION BY f.contest_id, f.forecaster_id, f.quantity ORDER BY f.recency DESC) = 1"
    )
    wrong, count = set(), 0
    for (_, _, name, quantity), group in rows.groupby(["contest_id", "forecaster_id", "name", "quantity"]):
        places = int(group.advance.iloc[0]) if quantity == "runoff_probability" else 1
        happened = group["rank"] <= places
        top = group.value.rank(ascending=False, method="max") <= places
        right = (top == happened) | ~top if len(group) > places else (group.value > 50) == happened
        count += 1
        if not right.all():
            wrong.add(name)
    # Events of one candidate that stand in the table of events.
    events = bench.frame(
        "SELECT DISTINCT f.forecaster_id FROM forecast_day f JOIN event e USING (forecast_id) "
        "WHERE e.type IN ('leader', 'qualifies', 'winner') AND NOT f.recalled AND f.age_days BETWEEN 0 AND 21"
    )
    said = title(frames, "probabilities_by_date", locale)
    right_said, count_said = (int(number) for number in re.findall(r"\d+", said)[:2])
    assert wrong == {"PredictIt"}
    assert count <= count_said <= count + len(events)
    assert count_said - right_said == len(wrong)
    assert "PredictIt" in said
    assert "PredictWise" not in said


def test_the_questions_of_one_survey_are_one_release(bench: Bench, frames: Gathered) -> None:
    rows = bench.frame(
        "SELECT forecaster_id, survey, public_on, release FROM forecast_day WHERE contest_id = 'fr-pres-2017-r1' "
        "AND condition IS NULL AND NOT recalled AND (lineup IS NULL OR lineup NOT LIKE 'duel-%')"
    )
    release = rows.survey.fillna(rows.public_on.astype(str) + " " + rows.release.astype(str))
    counts = release.groupby(rows.forecaster_id).nunique()
    assert (int(counts.sum()), int((counts == 1).sum())) == (235, 19)
    drawing = registered()["coverage_matrix"].draw(frames, View(locale="en"))
    assert drawing.subtitle.startswith(f"{counts.sum()} releases of {len(counts)} forecasters")
    assert f"{int((counts == 1).sum())} published once only" in drawing.title
