"""The legal mentions of a poll as text: what the law of the election asks for, and what is missing.

The wording of a law is a file of the data sets for each language, ``laws/<law>.<locale>.toml``, the law
named by ``law`` in ``election.toml``; this module fills its blanks from the data set and never invents one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any

from pollbench.attribution.notice_fields import MARGIN_SHARES, Row, blanks, is_known, text_of
from pollbench.data.elections import datasets_folder, known_laws
from pollbench.errors import UnknownName
from pollbench.language.texts import SOURCE_LOCALE, locales
from pollbench.language.words import Words
from pollbench.measures.sampling_error import share_margin

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

__all__ = [
    "ROWS",
    "Mention",
    "Notice",
    "law_texts",
    "margins",
    "notice",
    "of_rows",
    "remark_on",
    "row_of",
]

#: The law of an election that names none: its file says what is printed instead of mentions.
NO_LAW = "none"
#: What the mentions are made of, to be narrowed and ordered by the caller.
ROWS = (
    "SELECT f.forecast_id, f.contest_id, f.forecaster_id, f.quantity, f.measured_from, f.measured_to, f.sponsors, "
    "f.sample_size, f.sample_size_basis, f.expressing_n, f.notice_url, r.name, r.family, r.kind, e.law "
    "FROM forecast f JOIN forecaster r USING (forecaster_id) "
    "JOIN contest c USING (contest_id) JOIN election e USING (election_id)"
)


#: Rows that can fill a mention -> the blanks they fill.
Filled = dict[tuple[int, ...], dict[str, str]]


@dataclass(frozen=True)
class Mention:
    """One mention: its number in the article, its name, its text in every language.

    ``shared``: its wording names nothing of the poll, so that once for several polls is enough.
    """

    number: int
    name: str
    missing: bool
    shared: bool
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Notice:
    """The mentions of one forecast, or of several of one forecaster together.

    Attributes
    ----------
    forecast_ids : the forecasts.
    titles : locale -> title of the law.
    mentions : the mentions in the order of the article; empty for what is not a poll.
    remarks : locale -> the line for averages, buzz, markets and models; empty for a poll.
    """

    forecast_ids: tuple[str, ...]
    titles: Mapping[str, str]
    mentions: tuple[Mention, ...]
    remarks: Mapping[str, str]

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the mentions that the data set cannot fill."""
        return tuple(mention.name for mention in self.mentions if mention.missing)

    def lines(self, locale: str = "fr") -> list[str]:
        """The mentions as sentences of a language; of English where the law has no file in it."""
        if locale not in self.titles:
            raise UnknownName.of(kind="locale", name=locale, known=self.titles)
        if not self.mentions:
            return [self.remarks[locale]]
        return [mention.texts[locale] for mention in self.mentions]


def margins(n: int) -> pd.DataFrame:
    """The margins of error for ``n`` persons as a table: share_pct, margin_points.

    Examples
    --------
    >>> margins(1000).round(1).to_dict("list")
    {'share_pct': [5, 10, 20, 30, 40, 50], 'margin_points': [1.4, 1.9, 2.5, 2.8, 3.0, 3.1]}
    """
    import pandas as pd

    return pd.DataFrame(
        {
            "share_pct": list(MARGIN_SHARES),
            "margin_points": [float(share_margin(share, n)) for share in MARGIN_SHARES],
        }
    )


def notice(bench: Bench, forecast_id: str) -> Notice:
    """The legal mentions of one forecast.

    Parameters
    ----------
    bench : the loaded elections.
    forecast_id : the forecast, of any family.

    Returns
    -------
    Notice; for what is not a poll it holds one line that says so.

    Raises
    ------
    UnknownName : no such forecast.
    """
    return of_rows([row_of(bench, forecast_id)])


def row_of(bench: Bench, forecast_id: str) -> Row:
    """What the mentions of one forecast are made of; UnknownName if there is no such forecast."""
    rows = bench.frame(f"{ROWS} WHERE f.forecast_id = ?", [forecast_id])
    if rows.empty:
        known = bench.frame("SELECT forecast_id FROM forecast")["forecast_id"]
        raise UnknownName.of(kind="forecast", name=forecast_id, known=known)
    return {str(key): value for key, value in rows.iloc[0].items()}


def of_rows(rows: Sequence[Row]) -> Notice:
    """The mentions of one forecast, or of several of one forecaster together, from the rows that ``ROWS`` selects.

    Together the polls of a house give ranges (sizes, dates, margins) and the union of those who ordered
    them; each mention that some of them lack says how many do.
    """
    worded = {locale: _of_rows(rows, locale) for locale in locales()}
    source = worded[SOURCE_LOCALE]
    mentions = tuple(
        Mention(
            number=mention.number,
            name=mention.name,
            missing=mention.missing,
            shared=mention.shared,
            texts={locale: texts.mentions[index].text for locale, texts in worded.items()},
        )
        for index, mention in enumerate(source.mentions)
    )
    return Notice(
        forecast_ids=tuple(str(row["forecast_id"]) for row in rows),
        titles={locale: texts.title for locale, texts in worded.items()},
        mentions=mentions,
        remarks={} if mentions else {locale: texts.remark for locale, texts in worded.items()},
    )


def remark_on(rows: Sequence[Row], locale: str) -> str:
    """One line for several forecasters that are no polls, all averages or none of them."""
    if len(rows) == 1:
        return of_rows(rows).lines(locale)[0]
    law, words = law_texts(text_of(rows[0]["law"]) or NO_LAW, locale)
    names = words.join(dict.fromkeys(str(row["name"]) for row in rows), most=len(rows))
    return words.typeset(law["other"][f"several_{_kind(rows[0])}"].format(name=names))


@dataclass(frozen=True)
class _Text:
    """One mention in one language."""

    number: int
    name: str
    missing: bool
    shared: bool
    text: str


@dataclass(frozen=True)
class _Worded:
    """The mentions, or the remark in their stead, in one language."""

    title: str
    mentions: tuple[_Text, ...]
    remark: str


def _of_rows(rows: Sequence[Row], locale: str) -> _Worded:
    first = rows[0]
    law, words = law_texts(text_of(first["law"]) or NO_LAW, locale)
    title = words.typeset(law["title"])
    kind = _kind(first)
    if kind != "poll" or "mention" not in law:
        return _Worded(title, (), words.typeset(law["other"][kind].format(name=first["name"])))
    mentions = []
    filled: Filled = {}
    for number, mention in sorted(law["mention"].items(), key=lambda item: int(item[0])):
        text = _fill(law, mention, rows, words, filled)
        mentions.append(
            _Text(
                number=int(number),
                name=mention["name"],
                missing=text is None,
                shared="{" not in mention["text"],
                text=words.typeset(text or mention["missing"]),
            )
        )
    return _Worded(title, tuple(mentions), "")


def _kind(row: Row) -> str:
    """What a forecast is to a law on polls: a poll, an average of polls, or not a poll."""
    if row["kind"] == "poll_average":
        return "average"
    return "poll" if row["family"] == "poll" else "not_a_poll"


@cache
def law_texts(law_id: str, locale: str) -> tuple[dict[str, Any], Words]:
    """The wording of a law and the language it is in: English where it has no file in that of ``locale``."""
    if law_id not in known_laws():
        raise UnknownName.of(kind="law", name=law_id, known=known_laws())
    folder = datasets_folder() / "laws"
    written = locale if (folder / f"{law_id}.{locale}.toml").is_file() else SOURCE_LOCALE
    return tomllib.loads((folder / f"{law_id}.{written}.toml").read_text("utf-8")), Words(written)


def _fill(
    law: dict[str, Any], mention: dict[str, str], rows: Sequence[Row], words: Words, filled: Filled
) -> str | None:
    """The text of a mention, or None if no row can fill it; ``filled`` keeps the blanks of the same rows."""
    text = mention.get("several", mention["text"]) if len(rows) > 1 else mention["text"]
    needed = {name for _, name, _, _ in Formatter().parse(mention["text"]) if name}
    able = tuple(index for index, row in enumerate(rows) if all(is_known(row, name) for name in needed))
    if not able:
        return None
    if able not in filled:
        filled[able] = blanks(law, [rows[index] for index in able], words)
    missing = len(rows) - len(able)
    without = law["word"]["without"].format(missing=missing, number=len(rows)) if missing else ""
    return text.format(**filled[able], number=len(rows), without=without)
