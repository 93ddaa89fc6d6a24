"""The gate: red on a changed figure, and silent changes are not written."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pollbench.data.elections import datasets_folder, shipped_elections
from pollbench.errors import PublishedError
from pollbench.outputs import publish as publishing
from pollbench.outputs import published
from pollbench.outputs.published import PublishedTable, as_text, compare_all, differences, report

FRAME = pd.DataFrame(
    {
        "contest_id": ["fr-pres-2017-r1"] * 3,
        "who": ["elabe", "harris", "filteris"],
        "measure": ["mae", "mae", "rmse"],
        "value": [0.0748765, 0.3375, 2.15],
        "drawn": [0.93, 1.03, np.nan],
        "measure_version": [1, 1, 1],
    }
)
TABLE = PublishedTable("demo", lambda _: FRAME, ("contest_id", "who", "measure"), 1, {"drawn": 0.05})
CHANGELOG = "# Changes\n\n## fr-pres-2017, revision 1\n\n- demo, version 1: first.\n"


@pytest.fixture
def shelf(tmp_path, bench, monkeypatch):
    """A folder in which one small table is published."""

    def tables(frame=FRAME, **changes):
        table = replace(TABLE, make=lambda _: frame, **changes)
        monkeypatch.setattr(published, "TABLES", (table,))
        monkeypatch.setattr(publishing, "TABLES", (table,))

    tables()
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    publishing.write_all(bench, tmp_path)
    return tmp_path, tables


def path_of(root):
    return root / "published" / "fr-pres-2017" / "1" / "demo.csv"


def test_what_was_just_written_agrees(shelf, bench):
    root, _ = shelf
    assert compare_all(bench, root) == {"fr-pres-2017/1/demo.csv": []}


def test_planted_change_of_a_published_figure_is_seen_with_old_and_new_value(shelf, bench):
    root, _ = shelf
    text = path_of(root).read_text(encoding="utf-8")
    path_of(root).write_text(text.replace("0.3375", "0.3376"), encoding="utf-8")
    found = compare_all(bench, root)["fr-pres-2017/1/demo.csv"]
    assert found == ["row fr-pres-2017-r1/harris/mae, value: was '0.3376', is '0.3375'"]
    assert report({"demo": found}).startswith("demo: 1 difference\n")


@pytest.mark.parametrize(("change", "seen"), [(2e-9, True), (5e-10, False)])
def test_a_figure_has_moved_when_it_moves_by_more_than_a_billionth(change, seen):
    moved = FRAME.assign(value=FRAME.value + np.array([0, change, 0]))
    assert bool(differences(as_text(FRAME), as_text(moved), TABLE, exactly=True)) is seen


def test_missing_and_new_rows_and_columns_are_named():
    fewer = as_text(FRAME.iloc[:2])
    assert "filteris/rmse is no longer there" in differences(as_text(FRAME), fewer, TABLE, exactly=True)[0]
    assert "filteris/rmse is new" in differences(fewer, as_text(FRAME), TABLE, exactly=True)[0]
    other = as_text(FRAME.rename(columns={"value": "points"}))
    assert "columns were" in differences(as_text(FRAME), other, TABLE, exactly=True)[0]


def test_value_that_vanishes_is_a_change():
    gone = FRAME.assign(value=[np.nan, 0.3375, 2.15])
    assert differences(as_text(FRAME), as_text(gone), TABLE, exactly=True)


def test_drawn_columns_may_move_by_their_monte_carlo_error_under_other_libraries_only():
    moved = as_text(FRAME.assign(drawn=FRAME.drawn + 0.03))
    assert not differences(as_text(FRAME), moved, TABLE, exactly=False)
    assert differences(as_text(FRAME), moved, TABLE, exactly=True)
    assert differences(as_text(FRAME), as_text(FRAME.assign(drawn=FRAME.drawn + 0.3)), TABLE, exactly=False)


def test_other_libraries_are_noticed(shelf, bench):
    root, tables = shelf
    versions = root / "published" / "versions.json"
    content = json.loads(versions.read_text(encoding="utf-8"))
    tables(FRAME.assign(drawn=FRAME.drawn + 0.03))
    assert compare_all(bench, root)["fr-pres-2017/1/demo.csv"]
    content["libraries"]["numpy"] = "0.1"
    versions.write_text(json.dumps(content), encoding="utf-8")
    assert not compare_all(bench, root)["fr-pres-2017/1/demo.csv"]


def test_changed_figure_without_a_new_version_is_not_written(shelf, bench):
    root, tables = shelf
    before = path_of(root).read_bytes()
    tables(FRAME.assign(value=FRAME.value + 1))
    with pytest.raises(PublishedError, match=r"was .0\.3375., is .1\.3375."):
        publishing.write_all(bench, root)
    assert path_of(root).read_bytes() == before


def test_new_version_without_a_word_in_the_changelog_is_not_written(shelf, bench):
    root, tables = shelf
    tables(FRAME.assign(value=FRAME.value + 1), version=2)
    with pytest.raises(PublishedError, match="does not say 'demo, version 2'"):
        publishing.write_all(bench, root)


def test_new_version_with_a_word_in_the_changelog_is_written(shelf, bench):
    root, tables = shelf
    tables(FRAME.assign(value=FRAME.value + 1), version=2)
    (root / "CHANGELOG.md").write_text(CHANGELOG + "- demo, version 2: one more.\n", encoding="utf-8")
    publishing.write_all(bench, root)
    assert "1.3375" in path_of(root).read_text(encoding="utf-8")


def test_new_version_of_a_measure_covers_its_own_rows_only(shelf, bench):
    root, tables = shelf
    changed = FRAME.assign(value=[0.0748765, 0.3375, 9.9], measure_version=[1, 1, 2])
    tables(changed)
    with pytest.raises(PublishedError, match="does not say 'rmse, version 2'"):
        publishing.write_all(bench, root)
    (root / "CHANGELOG.md").write_text(CHANGELOG + "- rmse, version 2: mended.\n", encoding="utf-8")
    tables(changed.assign(value=[9.0, 0.3375, 9.9]))
    with pytest.raises(PublishedError, match="elabe/mae, value"):
        publishing.write_all(bench, root)
    tables(changed)
    publishing.write_all(bench, root)
    assert "9.9" in path_of(root).read_text(encoding="utf-8")


def test_new_revision_without_its_heading_is_not_written(shelf, bench):
    root, _ = shelf
    (root / "CHANGELOG.md").write_text("# Changes\n\n- demo, version 1\n", encoding="utf-8")
    with pytest.raises(PublishedError, match="revision 1"):
        publishing.write_all(bench, root)


def test_every_published_table_and_revision_is_in_the_changelog():
    changelog = (datasets_folder() / "CHANGELOG.md").read_text(encoding="utf-8")
    for table in published.TABLES:
        assert f"{table.name}, version {table.version}" in changelog
    for folder in sorted((datasets_folder() / "published").glob("fr-*/*")):
        assert f"## {folder.parent.name}, revision {folder.name}\n" in changelog


def test_every_election_held_is_published():
    held = {path.name for path in (datasets_folder() / "published").glob("fr-*")}
    assert held == set(shipped_elections())


@pytest.mark.slow
def test_published_tables_come_out_again(all_elections):
    found = compare_all(all_elections)
    assert not any(found.values()), report(found)


def test_what_an_optimiser_finds_has_a_tolerance_and_a_band_of_another_width_is_seen():
    [trends] = [table for table in published.TABLES if table.name == "trends"]
    frame = pd.DataFrame(
        {"contest_id": ["c"], "candidate_id": ["a"], "day": ["2017-04-20"], "level": [24.0]}
    ).assign(low=23.0, high=25.0)
    same = frame.assign(high=25.0000001)
    wide = frame.assign(low=21.0, high=27.0)
    assert differences(as_text(frame), as_text(same), trends, exactly=True) == []
    moved = differences(as_text(frame), as_text(wide), trends, exactly=False)
    assert len(moved) == 2
    assert "high: was '25.0', is '27.0'" in moved[1] + moved[0]


def test_rows_that_share_a_key_cannot_be_compared_and_that_is_said():
    twice = as_text(pd.concat([FRAME, FRAME.iloc[:1]]))
    for old, new in ((twice, as_text(FRAME)), (as_text(FRAME), twice)):
        assert differences(old, new, TABLE, exactly=True) == [
            "several rows share one key (contest_id, who, measure)"
        ]


def test_words_made_of_draws_may_differ_unless_all_must_agree():
    table = replace(TABLE, random={"drawn": float("inf")})
    moved = as_text(FRAME.assign(drawn="far from it"))
    assert differences(as_text(FRAME), moved, table, exactly=False) == []
    assert len(differences(as_text(FRAME), moved, table, exactly=True)) == 3


def test_a_table_that_is_not_published_yet_says_how_to_publish_it(shelf, bench):
    root, _ = shelf
    path_of(root).unlink()
    (sentence,) = compare_all(bench, root)["fr-pres-2017/1/demo.csv"]
    assert sentence == "is not published yet; 'pollbench check --write' writes it"


def test_a_report_shows_the_first_rows_and_counts_the_others():
    lines = report(
        {"a.csv": [f"row {number}" for number in range(published.SHOWN + 2)], "b.csv": []}
    ).splitlines()
    assert lines[0] == f"a.csv: {published.SHOWN + 2} differences"
    assert lines[-2:] == ["  and 2 more", "b.csv: as published"]
    assert len(lines) == published.SHOWN + 3


def test_a_table_without_versions_of_measures_has_none_that_was_raised():
    raised = FRAME.assign(measure_version=2)
    assert publishing._bumped_measures(FRAME.drop(columns="measure_version"), raised) == {}
    assert publishing._bumped_measures(FRAME, raised) == {"mae": 2, "rmse": 2}
