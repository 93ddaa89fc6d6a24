"""What a chart takes from the frames: the contest in view, its rows, its candidates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pollbench_dashboards.drawing.chart import Frames, View
from pollbench_dashboards.language.data_words import column_in_language
from pollbench_dashboards.language.naming import surname
from pollbench_dashboards.language.words import Words


def each_row(table: pd.DataFrame) -> Iterable[Any]:
    """The rows as named tuples whose cells have the types of the schema, which pandas cannot know."""
    return table.itertuples()


def contest_row(frames: Frames, view: View) -> pd.Series | None:
    """The contest that the view asks for, or the main one; None if there is none."""
    contests = frames["contest"]
    wanted = contests.contest_id == view.contest_id if view.contest_id else contests.main
    return contests.iloc[int(wanted.to_numpy().argmax())] if wanted.any() else None


def of_contest(frames: Frames, name: str, view: View) -> pd.DataFrame:
    """The rows of a frame that belong to the contest in view."""
    chosen = contest_row(frames, view)
    table = frames[name]
    if chosen is None or "contest_id" not in table:
        return table.iloc[0:0]
    frame: pd.DataFrame = table[table.contest_id == chosen.contest_id].reset_index(drop=True)
    return frame


def candidates_in_view(frames: Frames, view: View) -> pd.DataFrame:
    """Candidates to show, with their short names, in the order of the result."""
    table = of_contest(frames, "candidate", view)
    wanted = table[table.candidate_id.isin(view.candidates)] if view.candidates else table[table.main]
    if wanted.empty:
        wanted = table.head(5)
    return wanted.assign(
        short=[surname(*pair) for pair in zip(wanted.candidate, wanted.candidate_id, strict=True)]
    )


def election_title(contest: pd.Series, words: Words) -> str:
    """The election of a contest, in the language of the reader."""
    return str(column_in_language(contest.to_frame().T, "title", words).iloc[0])


def contest_title(contest: pd.Series, words: Words) -> str:
    """The election and its round, in words."""
    title = election_title(contest, words)
    return words("contest.title", election=title, round=words.spelled("round", int(contest["round"])))
