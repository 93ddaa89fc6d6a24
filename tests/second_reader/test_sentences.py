"""Every computed sentence, in both languages, beside a recomputation that does not know the package.

A reader gives the numbers of a sentence in the order printed. A chart or an answer without a reader fails here, unless it
stands in NOT_READ, which names what no second route has been written for; what has a reader may not stand there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import recomputed as again

from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.answers import Answer, answers
from pollbench_dashboards.pages.legal_mentions import as_text, mentions_of

LOCALES = ("en", "fr")
#: Sentences that no second route has been written for.
NOT_READ = {
    "assumption_tornado", "break_even", "closest_by_day", "coverage_matrix",
    "defence_value", "detection_power", "distance_by_day", "house_effects", "live_accounts",
    "probabilities_by_date", "robust_rank", "shift_by_budget", "transfer_matrix",
    "rigged.answer", "rigged.happened", "rigged.proves",
}  # fmt: skip
Numbers = list[float]
READERS: dict[str, Callable[[], tuple[Numbers, list[str]]]] = {}


def reader(
    name: str,
) -> Callable[[Callable[[], tuple[Numbers, list[str]]]], Callable[[], tuple[Numbers, list[str]]]]:
    """Register the second reader of a sentence: its numbers, and names that must stand in it."""

    def register(
        function: Callable[[], tuple[Numbers, list[str]]],
    ) -> Callable[[], tuple[Numbers, list[str]]]:
        READERS[name] = function
        return function

    return register


@reader("forecast_against_result")
@reader("right.answer")
def _places() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    polls = again.polls(rows)
    assert rows[rows.family != "poll"].place.max() == 4
    assert (polls.place == 1).all()
    return [4.0, 4.0, len(polls)], ["Macron", "Filteris"]


@reader("right.happened")
def _right() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    polls, others = again.polls(rows), rows[rows.family != "poll"]
    return [int((polls.place == 1).sum()), len(polls), int((others.place == 1).sum()), len(others)], [
        "Macron"
    ]


@reader("campaign_timeline")
def _ahead() -> tuple[Numbers, list[str]]:
    # 120 days before 23 April.
    rows = again.campaign(again.FIRST, 4, "2016-12-24")
    polls, filteris = again.polls(rows), rows[rows.forecaster_id == "filteris"]
    return [polls.ahead.sum(), len(polls), filteris.ahead.sum(), len(filteris)], ["Macron", "Filteris"]


@reader("error_by_forecaster")
@reader("much.answer")
def _errors() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    polls, worst = again.polls(rows), rows[rows.family.isin(["buzz", "market"])].iloc[-1]
    assert (polls.mae < worst.mae).all()
    assert worst.mae > worst.flat
    return [polls.mae.min(), polls.mae.max(), worst.mae, worst.flat], ["Brand Analytics"]


@reader("right.proves")
def _common() -> tuple[Numbers, list[str]]:
    common, polls = again.common_error(again.FIRST), len(again.polls(again.board(again.FIRST)))
    return [round(100 * common), polls, polls / (1 + (polls - 1) * common)], []


@reader("bias_heat_map")
def _bias() -> tuple[Numbers, list[str]]:
    missed = again.figures(again.FIRST, 4) - again.shares(again.FIRST).iloc[:4]
    rows = again.board(again.FIRST).set_index("forecast_id")
    polls, buzz = missed.loc[again.polls(rows).index], missed.loc[rows.index[rows.family == "buzz"]]
    worst = (buzz.mean() - polls.mean()).abs().idxmax()
    assert worst == "fillon"
    side = buzz[worst] > 0 if buzz[worst].mean() > 0 else buzz[worst] < 0
    return [int(side.sum()), len(buzz), abs(buzz[worst].mean()), abs(polls[worst].mean())], ["Fillon"]


@reader("effective_sample")
def _samples() -> tuple[Numbers, list[str]]:
    rows = again.board(again.FIRST)
    rows["n_eff"] = again.effective_sizes(rows.forecast_id)
    polls, buzz = again.polls(rows)[lambda each: each.n.notna()], rows[rows.family == "buzz"]
    worth, weakest = int((polls.n_eff >= polls.n).sum()), float(buzz.n_eff.min())
    return [float(f"{weakest:.2g}"), worth, len(polls)], ["Brand Analytics"]


@reader("much.happened")
def _middle() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    polls, others = again.polls(rows), rows[rows.family.isin(["buzz", "market"])]
    return [len(polls), polls.mae.median(), len(others), others.mae.median()], []


@reader("much.proves")
def _spread() -> tuple[Numbers, list[str]]:
    polls = again.polls(again.errors(again.FIRST, 4))
    n_eff, common = again.earlier_errors()
    usual = again.furthest_behind(len(polls), 0, n_eff, common)
    spread = polls.mae.max() - polls.mae.min()
    assert spread < usual
    return [len(polls), spread, usual, 95], []


@reader("chance_beside_error")
@reader("surely.answer")
def _behind() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    n_eff, common = again.earlier_errors()
    family = rows.family == "poll"
    reach = again.furthest_behind(int(family.sum()), int((~family).sum()), n_eff, common)
    gap = rows.mae.max() - rows.mae.min()
    assert gap < reach
    return [len(rows) - 1, gap, len(rows), reach], ["Elabe", "Brand Analytics"]


@reader("surely.proves")
def _surely() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    lucky = again.lucky(rows)
    known = int(again.polls(rows).n.notna().sum())
    return [len(rows), lucky, known, 95, known, lucky, round(100 * again.at_least(lucky, known, 0.05))], []


@reader("five_elections")
@reader("surely.happened")
def _scale() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    polls, buzz = again.polls(rows), rows[rows.family == "buzz"]
    worse = int((polls.mae >= buzz.mae.min()).sum())
    return [worse, len(polls), 2017, buzz.mae.min(), buzz.mae.max()], []


@reader("second_round")
def _run_off() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.SECOND, 2)
    missed = -rows.winner_error
    closest = rows.loc[rows.winner_error.abs().idxmin()]
    assert closest.family == "buzz"
    assert (missed > 0).all()
    return [missed.min(), len(rows), missed.min(), missed.max()], ["SMI", "Macron"]


@reader("claims_board")
def _claims() -> tuple[Numbers, list[str]]:
    claims = again.table("claims")
    claims["verdict"] = [again.verdict(row) for _, row in claims.iterrows()]
    told = claims[~claims.recalled]
    counts = [int((told.verdict == each).sum()) for each in ("true", "partly", "false", "unverifiable")]
    return [len(told), *counts, int(claims.recalled.sum())], []


@reader("claimed_against_recomputed")
def _figures() -> tuple[Numbers, list[str]]:
    counts = again.table("figures").verdict.value_counts()
    names = ("holds", "rounding", "approximate", "contradicted", "unverifiable")
    return [int(counts.sum()), *(int(counts[name]) for name in names)], []


@pytest.fixture(scope="module")
def frames(bench) -> Gathered:
    return gather(bench)


@pytest.fixture(scope="module", params=LOCALES)
def printed(request: pytest.FixtureRequest, frames: Gathered) -> tuple[str, dict[str, str]]:
    """Every title and answer of one language, by name."""
    locale = request.param
    found = {
        name: kind.draw(frames, View(locale=locale)).title
        for name, kind in registered().items()
        if name in READERS
    }
    for question, answer in answers(frames, Words(locale)).items():
        assert isinstance(answer, Answer)
        found |= {f"{question}.{part}": getattr(answer, part) for part in ("answer", "happened", "proves")}
    return locale, found


def numbers(text: str, locale: str) -> Numbers:
    """The numbers of a sentence, those from two to ten that are spelled out among them, in order."""
    words = Words(locale)
    # Grouping spaces of thousands are no ends of numbers.
    plain = re.sub(r"(?<=\d)[\u202f\u00a0](?=\d{3})", "", text)
    plain = plain.replace(",", ".") if locale == "fr" else re.sub(r"(?<=\d),(?=\d{3})", "", plain)
    spelled = {words.spelled(kind, value): value for kind in ("cardinal", "place") for value in range(3, 11)}
    for word in sorted(spelled, key=len, reverse=True):
        plain = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", str(spelled[word]), plain)
    return [float(each) for each in re.findall(r"\d+(?:\.\d+)?", plain)]


def test_every_number_of_a_sentence_is_recomputed(printed: tuple[str, dict[str, str]]) -> None:
    locale, sentences = printed
    for name, function in READERS.items():
        expected, names = function()
        said = numbers(sentences[name], locale)
        # French may name a total before a count of it; what counts is that they are the same numbers.
        assert len(said) == len(expected), (name, locale, sentences[name], expected)
        for one, two in zip(sorted(said), sorted(map(float, expected)), strict=True):
            # Printed to one decimal; a drawn quantile may fall on the other side of it.
            assert one == pytest.approx(two, abs=0.1 if "." in str(two) and two != int(two) else 1e-9), (
                name, locale, sentences[name], expected
            )  # fmt: skip
        for each in names:
            assert each in sentences[name], (name, locale, sentences[name])


def test_every_sentence_has_a_second_reader(printed: tuple[str, dict[str, str]]) -> None:
    _, sentences = printed
    everything = set(registered()) | {name for name in sentences if "." in name}
    assert everything - set(READERS) == NOT_READ
    assert not set(READERS) - everything


def test_the_second_reader_does_not_know_the_package() -> None:
    tree = ast.parse(Path(again.__file__).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name for name in imported if name.startswith("pollbench")}


def test_a_wrong_number_is_noticed() -> None:
    said = numbers("One vote distinguishes none of the other 17 from Elabe", "en")
    assert said != numbers("One vote distinguishes none of the other 16 from Elabe", "en")
    assert numbers(
        "1 137 réponses, ±2,5 points, en quatrième position sur neuf".replace(" 137", "\u202f137"), "fr"
    ) == [
        1137,
        2.5,
        4,
        9,
    ]


def test_captions_count_the_rows_that_are_drawn(frames: Gathered) -> None:
    for name in ("chance_beside_error", "error_by_forecaster"):
        drawing = registered()[name].draw(frames)
        assert isinstance(drawing.data, pd.DataFrame)
        assert f"Of {len(drawing.data)} equally good forecasters" in drawing.caption


@pytest.mark.parametrize(
    ("locale", "one", "many"),
    [
        ("en", "the poll shown here", "the 9 polls shown here"),
        ("fr", "le sondage montré ici", "les 9 sondages montrés ici"),
    ],
)
def test_legal_mentions_count_their_polls(frames: Gathered, locale: str, one: str, many: str) -> None:
    words = Words(locale)
    assert one in words.plural("mentions.lead", 1, law="", polls=1)
    drawing = registered()["error_by_forecaster"].draw(frames, View(locale=locale))
    mentions = mentions_of(frames, drawing, words)
    assert mentions is not None
    assert mentions.polls == len(again.polls(again.board(again.FIRST))) == 9
    assert many in as_text(mentions, drawing.title, words)
