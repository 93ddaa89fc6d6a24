"""Two sentences beside a score, never mixed: what happened, and what it proves."""

from __future__ import annotations

from typing import Any

from pollbench.language.texts import SOURCE_LOCALE
from pollbench.language.words import Words
from pollbench.measures import Measure

#: Below this share of unbiased samples (per cent) a score was luck on top of skill; above its
#: complement it is more error than sampling explains.
RARE_PCT = 5.0


def what_happened(row: Any, measure: Measure, baseline: str, *, locale: str = SOURCE_LOCALE) -> str:
    """What happened on this vote: rank, score, and on which side of the naive forecast.

    Parameters
    ----------
    row : of a leaderboard: rank, value, baseline.
    measure : that ranks.
    baseline : title of the naive forecast.
    locale : of the sentence.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from pollbench.measures import registered
    >>> row = SimpleNamespace(rank=2, value=0.512, baseline=1.2)
    >>> what_happened(row, registered()["mae"], "polls of the day")
    '2nd: mean absolute error 0.51 points, better than polls of the day (1.20).'
    """
    words = Words(locale)
    text = words(
        "happened.score",
        rank=words.rank(int(row.rank)),
        measure=words.translated(measure.title, "measures"),
        value=_with_unit(words.number(row.value, 2), measure, words),
    )
    if row.baseline == row.baseline:
        better = row.value < row.baseline if measure.orientation == "lower" else row.value > row.baseline
        side = "happened.better" if better else "happened.no_better"
        text += words(side, baseline=baseline, value=words.number(row.baseline, 2))
    return text + "."


def what_it_proves(row: Any, measure: Measure, *, locale: str = SOURCE_LOCALE) -> str:
    """What one vote proves about this forecaster: little, and exactly this.

    Parameters
    ----------
    row : of a leaderboard: tied_with_best, tie_range, luck_pct.
    measure : that ranks.
    locale : of the sentence.
    """
    words = Words(locale)
    if row.tied_with_best == "unknown":
        return words("proves.unknown") + "."
    reach = _with_unit(words.number(row.tie_range), measure, words)
    text = words("proves.tied" if row.tied_with_best == "yes" else "proves.behind", range=reach)
    if row.luck_pct == row.luck_pct:
        if row.luck_pct < RARE_PCT:
            text += words("proves.lucky", share=words.number(row.luck_pct))
        elif row.luck_pct > 100 - RARE_PCT:
            text += words("proves.further")
        else:
            text += words("proves.sampled")
    return text + "."


def _with_unit(number: str, measure: Measure, words: Words) -> str:
    return f"{number} {words.translated(measure.unit, 'measures')}" if measure.unit else number
