"""A newer copy of the source of the shipped election of 2027: what is new, changed, withdrawn, and what stays ours."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from pollbench.data.elections import datasets_folder
from pollbench.data.store import validate
from pollbench.intake.run import Outcome, import_files

ELECTION = "fr-pres-2027"
#: The surveys of September 2026 stand for the whole source.
SINCE = "2026-09-15"


def rows(folder: Path, stem: str) -> list[dict[str, str]]:
    with (folder / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exported(folder: Path, source: Path) -> None:
    """Write the polls of an election folder in the layout of the source."""
    names = {row["candidate_id"]: row["name"] for row in rows(datasets_folder(), "people")}
    houses = {row["forecaster_id"]: row["name"] for row in rows(datasets_folder(), "forecasters")}
    figures = defaultdict(list)
    for row in rows(folder, "predictions"):
        figures[row["forecast_id"]].append((names[row["candidate_id"]], row["value"]))
    polls = [row for row in rows(folder, "forecasts") if row["survey"] and row["measured_to"] >= SINCE]
    table(source / "polls.csv", [poll(row, houses) for row in polls])
    for row in polls:
        shares = [{"candidat": name, "intentions": value} for name, value in figures[row["forecast_id"]]]
        table(source / "polls" / f"{poll(row, houses)['poll_id']}.csv", shares)
    used = {row["scenario"] for row in polls}
    line_ups = [
        {
            "id_hypothese": f"H{number}",
            "hypothese_complete": ",".join(names[name] for name in row["candidates"].split()),
            "commentaire": "",
        }
        for number, row in enumerate(rows(folder, "scenarios"))
        if row["scenario_id"] in used
    ]
    table(source / "hypotheses.csv", line_ups)


def poll(row: dict[str, str], houses: dict[str, str]) -> dict[str, str]:
    survey, _, letter = row["forecast_id"].rpartition("-")
    return {
        "poll_id": f"{survey}_{letter.upper()}",
        "hypothese": "",
        "nom_institut": houses[row["forecaster_id"]],
        "debut_enquete": row["measured_from"],
        "fin_enquete": row["measured_to"],
        "echantillon": row["sample_size"],
        "population": "",
        "tour": "1er Tour" if row["contest_id"].endswith("r1") else "2nd Tour",
    }


def table(path: Path, content: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, content[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(content)


@pytest.fixture(scope="module")
def updated(tmp_path_factory) -> tuple[Path, Outcome, list[str]]:
    """The shipped folder after its source was imported, corrected by hand and imported in a newer copy."""
    root = tmp_path_factory.mktemp("newer")
    folder = Path(shutil.copytree(datasets_folder() / ELECTION, root / ELECTION))
    source = root / "source"
    exported(folder, source)
    first = import_files("mieuxvoter", source, folder)
    assert validate(folder).errors == []
    # By hand: a share corrected in one poll, a remark in another.
    edit(
        folder,
        "predictions",
        lambda row: row["forecast_id"] == "ifop-2026-09-29-a" and row["candidate_id"] == "zemmour",
        value="4.5",
    )
    edit(folder, "forecasts", lambda row: row["forecast_id"] == "harris-2026-09-24-a", note="checked by hand")
    # The newer copy: two figures changed, of which we corrected one; a survey withdrawn; a survey new.
    change(
        source / "polls" / "ifop-2026-09-29_A.csv",
        {"Éric Zemmour": "5", "Édouard Philippe": "17", "Marine Le Pen": "31"},
    )
    polls = list(csv.DictReader((source / "polls.csv").open(encoding="utf-8")))
    kept = [row for row in polls if not row["poll_id"].startswith("yougov-2026-09-21")]
    fresh = {**polls[0], "poll_id": "ifop-2026-10-15_A", "nom_institut": "Ifop"}
    fresh |= {"debut_enquete": "2026-10-13", "fin_enquete": "2026-10-15", "tour": "1er Tour"}
    table(source / "polls.csv", [*kept, fresh])
    shutil.copy(source / "polls" / "ifop-2026-09-29_A.csv", source / "polls" / "ifop-2026-10-15_A.csv")
    return folder, import_files("mieuxvoter", source, folder), first.remarks.changes


def edit(folder: Path, stem: str, which, **cells: str) -> None:
    content = rows(folder, stem)
    assert sum(map(which, content)) == 1
    table(folder / f"{stem}.csv", [{**row, **cells} if which(row) else row for row in content])


def change(path: Path, shares: dict[str, str]) -> None:
    content = list(csv.DictReader(path.open(encoding="utf-8")))
    assert set(shares) <= {row["candidat"] for row in content}
    table(path, [{**row, "intentions": shares.get(row["candidat"], row["intentions"])} for row in content])


def figures_of(folder: Path, forecast: str) -> dict[str, str]:
    return {
        row["candidate_id"]: row["value"]
        for row in rows(folder, "predictions")
        if row["forecast_id"] == forecast
    }


def test_the_first_import_finds_every_line_up_and_its_scenario_again(updated):
    _, _, changes = updated
    shipped = rows(datasets_folder() / ELECTION, "scenarios")
    assert len(rows(updated[0], "scenarios")) == len(shipped)
    assert not [line for line in changes if line.startswith("  new: forecasts")]
    assert not [line for line in changes if line.startswith("  withdrawn")]


def test_a_changed_figure_is_taken_over_and_a_corrected_one_stays_ours(updated):
    folder, outcome, _ = updated
    figures = figures_of(folder, "ifop-2026-09-29-a")
    assert (figures["philippe"], figures["le-pen"], figures["zemmour"]) == ("17", "31", "4.5")
    changes = outcome.remarks.changes
    assert (
        "  changed in the source, taken over: predictions ifop-2026-09-29-a/philippe, value: '16' to '17'"
        in changes
    )
    kept = "  yours, kept: predictions ifop-2026-09-29-a/zemmour, value: yours '4.5', the source now '5'"
    assert kept in changes


def test_a_new_poll_stands_in_the_line_up_that_the_folder_names(updated):
    folder, outcome, _ = updated
    new = next(row for row in rows(folder, "forecasts") if row["forecast_id"] == "ifop-2026-10-15-a")
    old = next(row for row in rows(folder, "forecasts") if row["forecast_id"] == "ifop-2026-09-29-a")
    assert new["scenario"] == old["scenario"]
    assert "  new: forecasts ifop-2026-10-15-a" in outcome.remarks.changes
    assert validate(folder).errors == []


def test_what_the_source_withdrew_is_named_and_our_own_details_of_it_stay(updated):
    folder, outcome, _ = updated
    shipped = [row["forecast_id"] for row in rows(datasets_folder() / ELECTION, "forecasts")]
    # List a adds up to 102: the import leaves such a list out, and the one of the folder is not its own.
    withdrawn = {name for name in shipped if name.startswith("yougov-2026-09-21")} - {"yougov-2026-09-21-a"}
    assert withdrawn
    word = ": edited by hand, no longer in the source"
    named = [line for line in outcome.remarks.changes if line.endswith(word)]
    assert set(named) == {f"  yours, kept: forecasts {name}{word}" for name in withdrawn}
    assert all(figures_of(folder, name) for name in withdrawn)
    # Every row that the source says nothing about stands as it was.
    here = {row["forecast_id"]: row for row in rows(folder, "forecasts")}
    other = [
        row
        for row in rows(datasets_folder() / ELECTION, "forecasts")
        if row["measured_to"] < SINCE or not row["survey"]
    ]
    for row in other:
        assert {k: v for k, v in here[row["forecast_id"]].items() if v} == {k: v for k, v in row.items() if v}
    assert here["harris-2026-09-24-a"]["note"] == "checked by hand"
