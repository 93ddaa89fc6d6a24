"""What goes out as a table and comes in again gives the same scores."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import pollbench as pb
from pollbench.data.bench import Bench
from pollbench.data.store import load
from pollbench.intake.plan import Details
from pollbench.intake.run import import_files

ELECTION = "fr-pres-2017"
POLICY = pb.Policy(within_days=21, missing="drop", candidates="all", quantities=("vote_share",))
QUESTIONS = """
    SELECT f.forecast_id, o.name AS house, c.round, f.measured_from AS start, f.measured_to AS "end",
      f.sample_size AS n, p.name AS candidate, x.value, x.flag, f.survey
    FROM forecast f JOIN forecaster o USING (forecaster_id) JOIN contest c USING (contest_id)
    JOIN prediction x USING (forecast_id) JOIN person p USING (candidate_id)
    WHERE f.survey IS NOT NULL AND f.measured_from IS NOT NULL AND f.lineup = 'final' AND f.complete
      AND f.measured_to >= DATE '2017-04-01' AND f.quantity = 'vote_share'
    ORDER BY f.forecast_id, x.value DESC, candidate
"""


def printed(value: object, flag: object) -> str:
    return f"<{value}" if flag == "lt" else str(value)


def tidy(bench: Bench, path: Path) -> Path:
    found = bench.frame(QUESTIONS)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["house", "round", "start", "end", "n", "candidate", "value", "key"])
        for row in found.itertuples():
            size = "" if row.n != row.n else int(row.n)
            days = (str(row.start)[:10], str(row.end)[:10])
            writer.writerow(
                [
                    row.house,
                    row.round,
                    *days,
                    size,
                    row.candidate,
                    printed(row.value, row.flag),
                    row.forecast_id,
                ]
            )
    return path


def wide(bench: Bench, path: Path) -> Path:
    found = bench.frame(QUESTIONS)
    names = sorted(set(found.candidate))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(["Institut", "Tour", "Dates", "Échantillon", *names, "id"])
        for identity, group in found.groupby("forecast_id"):
            first = group.iloc[0]
            start, end = (day.strftime("%d/%m/%Y") for day in (first.start, first.end))
            size = "" if first.n != first.n else f"{int(first.n):,}".replace(",", " ")
            figures = {
                row.candidate: printed(row.value, row.flag).replace(".", ",") for row in group.itertuples()
            }
            writer.writerow(
                [
                    first.house,
                    first["round"],
                    f"{start} - {end}",
                    size,
                    *(figures.get(name, "–") for name in names),
                    identity,
                ]
            )
    return path


def scores(bench: Bench) -> dict[tuple[str, str, str], float]:
    frame = pb.score(bench, measures=["mae", "bias", "accuracy_b"], policy=POLICY).frame
    frame = frame[frame.kind == "forecast"] if "kind" in frame else frame
    frame = frame[frame.forecaster_id.notna()]
    return {
        (row.contest_id, row.forecaster_id, f"{row.measure} {getattr(row, 'candidate_id', '')}"): round(
            row.value, 9
        )
        for row in frame.itertuples()
    }


@pytest.fixture(scope="module")
def shipped() -> Bench:
    with load(ELECTION) as bench:
        yield bench


@pytest.mark.parametrize("export", [tidy, wide])
def test_an_exported_election_comes_back_with_the_same_scores(export, shipped, tmp_path):
    source = export(shipped, tmp_path / "table.csv")
    import_files(export.__name__, source, tmp_path / "o", details=Details(ELECTION))
    with load(tmp_path / "o") as bench:
        again = scores(bench)
        houses = set(bench.table("forecast").forecaster_id)
    before = scores(shipped)
    polls = {key for key in again if key in before and key[1] in houses}
    assert len({forecaster for _, forecaster, _ in polls}) >= 7
    assert {key: again[key] for key in polls} == {key: before[key] for key in polls}


def test_days_without_a_year_come_back_too(shipped, tmp_path):
    source = wide(shipped, tmp_path / "table.csv")
    text = source.read_text(encoding="utf-8-sig").replace("/2017", "")
    source.write_text(text, encoding="utf-8")
    import_files("wide", source, tmp_path / "o", details=Details(ELECTION))
    with load(tmp_path / "o") as bench:
        last = bench.frame("SELECT max(measured_to) AS day FROM forecast").day[0]
    assert last.date() < date(2017, 5, 7)
    assert last.year == 2017
