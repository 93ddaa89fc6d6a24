"""``pollbench chart``: a picture that travels alone has the legal mentions of its polls with it."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pollbench.attribution.legal_notice import notice
from pollbench.cli import app
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import export
from pollbench_dashboards.pages.legal_mentions import Mentions, as_text, mentions_of
from tests_support import program


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["chart", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_picture_of_polls_has_their_mentions_beside_it(tmp_path: Path, bench, locale: str) -> None:
    picture = tmp_path / "errors.svg"
    said = run("error-by-forecaster", "--locale", locale, "-o", str(picture))
    mentions = tmp_path / "errors.mentions.txt"
    assert said.splitlines() == [f"{picture} shows polls: print the legal notices in {mentions} with it."]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["errors.mentions.txt", "errors.svg"]
    text = mentions.read_text("utf-8")
    assert Words(locale)("mentions.title") in text
    # Every sentence of every poll shown, as `pollbench notice` prints it, in the language of the chart.
    for forecast in ("elabe-2017-04-20-a", "ifop-2017-04-21-a", "le-terrain-2017-04-15-a"):
        for line in notice(bench, forecast).lines(locale):
            assert f"- {line}\n" in text
    assert "Filteris" in text.rsplit("- ", 1)[1]


def test_a_page_holds_the_mentions_below_the_drawing(tmp_path: Path, bench) -> None:
    page = tmp_path / "errors.html"
    assert run("error-by-forecaster", "--locale", "fr", "-o", str(page)) == ""
    assert [path.name for path in tmp_path.iterdir()] == ["errors.html"]
    below = page.read_text("utf-8").split('id="chart"', 1)[1].split("</main>")[0]
    lines = [unescape(line) for line in re.findall(r"<li>(.*?)</li>", below)]
    assert set(notice(bench, "elabe-2017-04-20-a").lines("fr")) <= set(lines)
    assert "href" not in below


def test_a_picture_without_polls_and_a_table_have_none(tmp_path: Path) -> None:
    assert run("claims-board", "-o", str(tmp_path / "claims.svg")) == ""
    assert run("error-by-forecaster", "-o", str(tmp_path / "errors.csv")) == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.svg", "errors.csv"]


def test_what_goes_to_the_screen_is_the_chart_alone() -> None:
    result = CliRunner().invoke(app, ["chart", "error-by-forecaster", "--format", "svg"])
    assert result.stdout.startswith("<svg")
    assert result.stdout.rstrip().endswith("</svg>")
    assert "legal notices" in result.stderr


def test_a_name_with_a_dot_keeps_it(tmp_path: Path, frames, drawn) -> None:
    drawing = drawn("error_by_forecaster")
    mentions = mentions_of(frames, drawing, Words("en"))
    assert mentions is not None
    assert mentions.file == ""
    names = [
        export.write_mentions(mentions, drawing, tmp_path / name).name for name in ("fig.1", "fig.2.PNG")
    ]
    assert names == ["fig.1.mentions.txt", "fig.2.mentions.txt"]


def test_without_a_law_the_text_asks_for_nothing() -> None:
    none = Mentions(law="", polls=1, shared=(), houses=(), others=("No law is named.",), file="")
    assert as_text(none, "A finding", Words("en")).split("\n\n") == [
        "A finding\nLegal notices of the polls shown",
        "No law is named.\n",
    ]


def test_a_chart_over_elections_draws_all_that_ship_and_not_one_alone() -> None:
    spec = json.loads(run("five-elections"))
    years = {row["election"] for rows in spec["datasets"].values() for row in rows if "election" in row}
    assert {"2002", "2007", "2012", "2017", "2022"} <= years
    alone = run("five-elections", "-e", "fr-pres-2017")
    assert "first rounds" not in alone
    assert "of 1 was" not in alone


def test_a_chart_of_one_contest_refuses_two_elections() -> None:
    both = ("chart", "error-by-forecaster", "-e", "fr-pres-2017", "-e", "fr-pres-2022")
    result = CliRunner().invoke(app, both)
    assert result.exit_code != 0
    assert "shows one contest" in str(result.exception or result.output)
    assert "Qotmii" in run(*both[1:], "--contest", "fr-pres-2022-r1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "x.gif"), "There is no chart format 'gif'"),
        (
            ("--contest", "fr-pres-2017-r3", "-o", "x.svg"),
            "There is no contest 'fr-pres-2017-r3'. Did you mean",
        ),
        (
            ("--highlight", "ipsos,elabee", "-o", "x.svg"),
            "There is no forecaster 'elabee'. Did you mean 'elabe'",
        ),
        (("--candidates", "makron", "-o", "x.svg"), "There is no candidate 'makron'. Did you mean 'macron'"),
        (("--size", "poster", "-o", "x.svg"), "There is no size 'poster'"),
    ],
)
def test_a_name_that_there_is_not_is_one_message_and_nothing_is_drawn(tmp_path: Path, words, said) -> None:
    answer = program("chart", "error-by-forecaster", *words, cwd=tmp_path)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert said in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_table_behind_a_chart_comes_with_it_and_in_the_form_asked_for(tmp_path: Path) -> None:
    data, excel = tmp_path / "data.csv", tmp_path / "excel.csv"
    run("claims-board", "--data", str(data), "-o", str(tmp_path / "claims.json"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.json", "data.csv"]
    assert data.read_text("utf-8") == run("claims-board", "--format", "csv")
    run("claims-board", "--data", str(excel), "--csv", "excel-fr", "--format", "csv")
    assert excel.read_bytes().startswith("\ufeff".encode())


def test_a_picture_goes_into_a_pipe_in_the_colours_of_ones_own_theme(tmp_path: Path) -> None:
    theme = tmp_path / "Ours.TOML"
    theme.write_text('[colours]\npoll = "#003366"\n', "utf-8")
    assert "#003366" in run("second-tour", "--theme", str(theme), "--format", "svg")
    answer = CliRunner().invoke(app, ["chart", "second-tour", "--theme", str(theme), "--format", "png"])
    assert answer.exit_code == 0, answer.output
    assert answer.stdout_bytes.startswith(b"\x89PNG")
