"""Texts made of the legal mentions of forecasts, kept between runs under a digest of the rows that they are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pollbench import cache
from pollbench.data.frame_bytes import digest_of_frame
from pollbench.registry import only_ours
from pollbench_dashboards.code import code_of_dashboards

if TYPE_CHECKING:
    import pandas as pd

    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.language.words import Words

KIND = "mentions"


def kept_text(
    kind: str, frames: Gathered, rows: pd.DataFrame, words: Words, make: Callable[[], str | None]
) -> str | None:
    """The text that was kept of these rows, or the one that ``make`` makes.

    Parameters
    ----------
    kind : what the text is.
    frames : hold the contests, whose titles stand in the text.
    rows : what the mentions are made of, one row per forecast.
    words : the language of the text.
    make : makes it; None if it is not to be kept.
    """
    if cache.folder() is None or not only_ours():
        return make()
    contests = frames["contest"]
    about = (rows, contests[contests.contest_id.isin(set(rows.contest_id))])
    digests = [digest_of_frame(table.reset_index(drop=True)) for table in about]
    key = cache.digest(code_of_dashboards(), kind, words.locale, *digests)
    content = cache.read(KIND, key)
    if content is not None:
        return content.decode("utf-8")
    text = make()
    if text is not None:
        cache.write(KIND, key, text.encode("utf-8"))
    return text
