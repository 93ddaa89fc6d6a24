"""A user's own election stands in every table beside those held here, or the table says why not."""

from __future__ import annotations

import inspect
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from pollbench.cli import VERBS
from pollbench.data.store import load
from pollbench.errors import NothingToCompare
from pollbench.history.last_errors import errors_beside, published_errors
from pollbench.outputs.tables import TABLES
from pollbench.selection.policy import Policy
from tests_support import program, replace_once, small_election

DROP = Policy(missing="drop")


@pytest.fixture
def own(tmp_path):
    return small_election(tmp_path)


def of_france(folder, office="president"):
    replace_once(
        folder / "election.toml", 'country = "XX"\noffice = "mayor"', f'country = "FR"\noffice = "{office}"'
    )
    return folder


def test_boards_and_scale_of_another_country_hold_its_own_votes_only(own):
    with load(own) as bench:
        tables = {name: TABLES[name].make(bench, DROP) for name in ("five_elections", "board_by_house")}
    assert set(tables["five_elections"].contest_id) == {"xx-2030-r1"}
    assert sorted(tables["board_by_house"].who) == ["buzzco", "pollco"]
    poll = tables["five_elections"].set_index("forecaster_id").loc["pollco"]
    assert poll.percentile == 100  # the only poll of the country counts itself


def test_an_own_election_of_a_country_held_here_joins_its_scale(own):
    with load(of_france(own)) as bench:
        errors = errors_beside(bench)
    assert len(errors) == len(published_errors()) + 2
    assert set(errors.contest_id) - set(published_errors().contest_id) == {"xx-2030-r1"}


def test_a_vote_for_an_office_that_is_not_held_here_is_a_scale_of_its_own(own):
    with load(of_france(own, "mayor")) as bench:
        table = TABLES["five_elections"].make(bench, DROP)
        board = TABLES["leaderboard"].make(bench, DROP).set_index("forecaster_id")
    assert set(table.contest_id) == {"xx-2030-r1"}
    assert table.set_index("forecaster_id").loc["pollco", "percentile"] == 100
    assert board.loc["pollco", "percentile"] == 100


def test_shipped_elections_stand_on_the_scale_as_published(bench):
    assert len(errors_beside(bench)) == len(published_errors())


def test_without_a_result_the_boards_say_why_there_are_none(tmp_path):
    with load(small_election(tmp_path, results=False)) as bench:
        for name in ("five_elections", "board_by_house", "board_by_family"):
            with pytest.raises(
                NothingToCompare, match=r"No vote in XX \(mayor\) has both a result and a forecast"
            ):
                TABLES[name].make(bench, DROP)


def test_the_scale_of_a_leaderboard_is_that_of_the_country(own):
    said = program("leaderboard", str(own))
    assert said.returncode == 0, said.stderr
    rows = {line.split()[2]: line for line in said.stdout.splitlines() if line.split()[1:2] == ["yes"]}
    assert " 100 %" in rows["pollco"]


def test_forecasters_of_other_elections_are_not_listed_as_unknown(own):
    with load(own) as bench:
        unknown = TABLES["robustness_unknown"].make(bench, DROP)
    assert set(unknown.forecaster_id) <= {"pollco", "buzzco"}
    assert "gov" not in program("attack", str(own)).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("cite",),
        ("leaderboard",),
        ("score", "--measure", "mae"),
        ("verdict",),
        ("attack", "--forecaster", "buzzco"),
        ("chart", "error-by-forecaster", "--format", "csv", "--contest", "xx-2030-r1"),
        ("chart", "five-elections", "--format", "csv"),
        ("compare", "pollco", "buzzco"),
        ("notice", "pollco-2030-04-30-a"),
        ("validate",),
    ],
    ids=lambda words: words[0] + words[1] if words[0] == "chart" else words[0],
)
def test_folders_are_named_as_arguments_and_as_options_alike_several_at_once(own, words):
    other = "fr-primary-left-2017"
    named = [
        program(*words, str(own), other),
        program(*words, "-e", str(own), "-e", other),
    ]
    assert [each.returncode for each in named] == [0, 0], named[0].stderr + named[1].stderr
    assert len({each.stdout for each in named}) == 1
    assert named[0].stdout.strip()


#: Verbs about no election in particular, and why.
ABOUT_NONE = {
    "list": "lists what there is",
    "import": "writes a folder",
    "init": "writes a folder",
    "record": "the world record",
    "check": "the published tables",
    "protocol": "the election to come that the protocol names",
    "cache": "what is kept between runs",
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_takes_elections_as_arguments_and_as_options_or_is_about_none(verb):
    function = getattr(import_module(f"pollbench.cli.{verb}"), f"{verb}_")
    taken = {
        name for name in inspect.signature(function).parameters if name.endswith(("election", "elections"))
    }
    if verb in ABOUT_NONE:
        assert "elections" not in taken
    else:
        assert taken in ({"elections", "election"}, {"named_elections", "election"})


def test_two_folders_and_a_shipped_election_are_loaded_at_once(own, tmp_path):
    second = Path(shutil.copytree(own, tmp_path / "second"))
    for path in second.iterdir():
        text = path.read_text(encoding="utf-8")
        # Who publishes and who stands is held by the first folder.
        if path.stem in ("people", "forecasters", "sources"):
            path.unlink()
        else:
            fresh = text.replace("xx-2030", "xx-2031").replace("2030", "2031").replace(",p,", ",q,")
            path.write_text(fresh, encoding="utf-8")
    (tmp_path / "out").mkdir()
    for named in (
        (str(own), str(second), "fr-pres-2002"),
        ("-e", str(second), "-e", "fr-pres-2002", "-e", str(own)),
    ):
        board = program("leaderboard", *named, "--format", "csv")
        assert board.returncode == 0, board.stderr
        contests = {line.split(",")[0] for line in board.stdout.splitlines()[1:]}
        assert {"xx-2030-r1", "xx-2031-r1", "fr-pres-2002-r1"} <= contests
        assert program("build", *named, "-o", str(tmp_path / "out" / "p.duckdb")).returncode == 0


def test_charts_of_another_country_do_not_speak_of_polls_of_votes_held_here(own):
    drawn = program("chart", "forecast-against-result", "-e", str(own), "--format", "json").stdout
    assert "xx-2030" in drawn
    assert "first rounds held here" not in drawn
    assert "first rounds held here" in program("chart", "forecast-against-result", "--format", "json").stdout


def test_a_poll_whose_shares_add_up_to_101_still_implies_probabilities(own):
    """Rows of shares may pass 100 by a point; houses print such rows."""
    replace_once(own / "predictions.csv", "pollco-2030-04-30-a,ann,52", "pollco-2030-04-30-a,ann,52.9")
    with load(own) as bench:
        table = TABLES["probabilities"].make(bench, DROP)
    leading = table[(table.forecast_id == "pollco-2030-04-30-a") & (table.candidates == "ann")]
    assert (leading.probability > 90).all()
    assert len(leading)


def boards_or_errors(folder):
    """What ``validate`` and then ``leaderboard`` print of a folder; nothing of the second where there are errors."""
    checked = program("validate", str(folder))
    ranked = program("leaderboard", str(folder)) if checked.returncode == 0 else None
    assert checked.stdout.strip()
    assert "Traceback" not in checked.stderr + (ranked.stderr if ranked else "")
    return checked, ranked


def test_a_tied_result_is_ranked(own):
    replace_once(own / "results.csv", "ann,500", "ann,400")
    replace_once(own / "results.csv", "bob,300", "bob,400")
    _, ranked = boards_or_errors(own)
    assert ranked.returncode == 0
    assert "pollco" in ranked.stdout


def test_a_share_below_one_stays_a_per_cent(own):
    replace_once(own / "predictions.csv", "buzzco-2030-05-01-a,cid,25", "buzzco-2030-05-01-a,cid,0.5")
    checked, _ = boards_or_errors(own)
    assert "buzzco-2030-05-01-a" in checked.stdout  # 75.5 of 100: the sum is complained of


def test_undecided_inside_the_base_are_scored_as_printed_and_rescaled(own):
    for old, new in (("ann,52", "ann,41"), ("bob,30", "bob,27"), ("cid,18", "cid,12")):
        replace_once(own / "predictions.csv", f"pollco-2030-04-30-a,{old}", f"pollco-2030-04-30-a,{new}")
    forecasts = (own / "forecasts.csv").read_text(encoding="utf-8")
    (own / "forecasts.csv").write_text(forecasts.replace(",true,", ",false,"), encoding="utf-8")
    checked, ranked = boards_or_errors(own)
    assert checked.returncode == 0, checked.stdout
    assert "pollco prints 80.0: 6.67 as printed, 3.33 rescaled" in ranked.stdout
    rescaled = program("leaderboard", str(own), "--rescale", "to_100")
    assert "pollco prints" not in rescaled.stdout
    error = {
        name: next(line for line in said.stdout.splitlines() if " pollco " in line).split()[5]
        for name, said in (("printed", ranked), ("rescaled", rescaled))
    }
    # |41 - 50|, |27 - 30|, |12 - 20|; and of 51.25, 33.75, 15.
    assert error == {"printed": "6.67", "rescaled": "3.33"}
