"""Every computed sentence, in both languages, beside a recomputation that does not know the package.

A reader gives the numbers of a sentence in the order printed. A chart or an answer without a reader fails here, unless it
stands in NOT_READ with the reason; what has a reader may not stand there.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pandas as pd
import pytest
import readers_of_flows  # noqa: F401  (registers its readers)
import readers_of_record  # noqa: F401  (registers its readers)
import recomputed as again
import recomputed_pushes as pushes
import recomputed_time
from parsing import numbers
from readers import READERS

from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.naming import short_name
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.answers import Answer, answers
from pollbench_dashboards.pages.legal_mentions import as_text, mentions_of

LOCALES = ("en", "fr")
#: Sentences that have no second reader yet, with the reason.
NOT_READ: dict[str, str] = {}
#: What is drawn at random on both sides is printed to one decimal and may fall on the other side of it.
DRAWN = {"chance_beside_error", "surely.answer", "much.proves", "detection_power"}


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


def test_every_number_of_a_sentence_is_recomputed(printed: tuple[str, dict[str, str]]) -> None:
    locale, sentences = printed
    for name, function in READERS.items():
        expected, names = function()
        said = numbers(sentences[name], locale)
        # French may name a total before a count of it; what counts is that they are the same numbers.
        assert len(said) == len(expected), (name, locale, sentences[name], expected)
        for one, two in zip(sorted(said), sorted(map(float, expected)), strict=True):
            # Counts are exact; what is printed to one decimal may be off by half of it.
            near = 1e-9 if two == int(two) else 0.1 if name in DRAWN else 0.0501
            assert one == pytest.approx(two, abs=near), (
                name, locale, sentences[name], expected
            )  # fmt: skip
        for each in names:
            assert each in sentences[name], (name, locale, sentences[name])


def test_every_sentence_has_a_second_reader(printed: tuple[str, dict[str, str]]) -> None:
    _, sentences = printed
    everything = set(registered()) | {name for name in sentences if "." in name}
    assert everything - set(READERS) == set(NOT_READ)
    assert not set(READERS) - everything


def test_the_second_reader_does_not_know_the_package() -> None:
    here = Path(__file__).parent
    for path in sorted(here.glob("re*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = list(ast.walk(tree))
        imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        imported |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
        assert not {name for name in imported if name.startswith("pollbench")}, path.name


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


@pytest.mark.parametrize("locale", LOCALES)
def test_captions_count_the_claims_of_each_round_and_the_events(frames: Gathered, locale: str) -> None:
    claims = again.table("claims")
    claims = claims.assign(verdict=[again.verdict(row) for _, row in claims.iterrows()])
    expected: list[float] = []
    for contest in (again.FIRST, again.SECOND):
        own = claims[claims.contest_id == contest]
        told = own[~own.recalled]
        kinds = ("true", "partly", "false", "unverifiable")
        expected += [
            len(told),
            # A verdict that no announcement has is left out.
            *(int((told.verdict == each).sum()) for each in kinds if (told.verdict == each).any()),
            *([int(own.recalled.sum())] if own.recalled.any() else []),
        ]
    caption = registered()["claims_board"].draw(frames, View(locale=locale)).caption
    assert numbers(caption, locale)[-len(expected) :] == expected
    drawing = registered()["probabilities_by_date"].draw(frames, View(locale=locale))
    assert {21.0, 6.0, float(recomputed_time.events_named())} <= set(numbers(drawing.caption, locale))


@pytest.mark.parametrize("locale", LOCALES)
def test_title_and_sentence_follow_the_number_of_accounts(frames: Gathered, locale: str) -> None:
    control = registered()["live_accounts"].draw(frames, View(locale=locale)).control
    assert control is not None
    known = pushes.pushed()
    panel = min((each for each in known if each.mechanism == "panel_quota"), key=lambda each: each.name)
    shown = [each for each in known if each.family == "buzz"] + [panel]
    for step in control.steps:
        accounts = float(step["value"])
        moves = sorted((each.moved(accounts) for each in shown), reverse=True)
        expected = [accounts, *moves[:3]] if accounts else []
        said = numbers(step["title"], locale)
        assert said == pytest.approx(expected, abs=0.0501), (step["title"], expected)
        first, error = pushes.closest_pushed(accounts)
        figures = [each.figure + each.moved(accounts) for each in shown]
        every = sorted([*figures, *(each.moved(accounts) for each in shown), error])
        assert sorted(numbers(step["sentence"], locale)) == pytest.approx(every, abs=0.0501)
        closest = step["sentence"].rpartition(Words(locale)("mark.colon"))[2]
        assert closest.strip().startswith(short_name(first.forecaster_id, first.name, Words(locale)))
    assert control.steps[control.start]["value"] == 1000


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
