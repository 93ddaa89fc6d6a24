"""The legal mentions of a poll as text: what the law of the election asks for, and what is missing.

The wording of a law is a file of the data sets, ``laws/<law>.toml``, named by ``law`` in
``election.toml``; this module fills its places from the data set and never invents one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any

from pollbench.attribution.notice_fields import MARGIN_SHARES, Row, is_known, margin_of_error, places, text_of
from pollbench.data.elections import datasets_folder, known_laws
from pollbench.errors import UnknownName

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

__all__ = [
    "LOCALES",
    "ROWS",
    "Mention",
    "Notice",
    "margin_of_error",
    "margins",
    "notice",
    "of_rows",
    "remark_on",
]

LOCALES = ("en", "fr")

#: The law of an election that names none: its file says what is printed instead of mentions.
NO_LAW = "none"
#: What the mentions are made of, to be narrowed and ordered by whoever asks.
ROWS = (
    "SELECT f.forecast_id, f.contest_id, f.forecaster_id, f.quantity, f.measured_from, f.measured_to, f.sponsors, "
    "f.sample_size, f.sample_size_basis, f.expressing_n, f.notice_url, r.name, r.family, r.kind, e.law "
    "FROM forecast f JOIN forecaster r USING (forecaster_id) "
    "JOIN contest c USING (contest_id) JOIN election e USING (election_id)"
)


#: Language and the rows that can fill a mention -> the places they fill.
Filled = dict[tuple[str, tuple[int, ...]], dict[str, str]]


@dataclass(frozen=True)
class Mention:
    """One mention: its number in the article, its name, its text in French and English.

    ``shared``: its wording names nothing of the poll, so that once for several polls is enough.
    """

    number: int
    name: str
    missing: bool
    shared: bool
    fr: str
    en: str


@dataclass(frozen=True)
class Notice:
    """The mentions of one forecast, or of several of one forecaster together.

    Attributes
    ----------
    forecast_ids : the forecasts.
    law, law_fr : title of the law, in English and French.
    mentions : the mentions in the order of the article; empty for what is not a poll.
    remark_fr, remark_en : the line for averages, buzz, markets and models; empty for a poll.
    """

    forecast_ids: tuple[str, ...]
    law: str
    law_fr: str
    mentions: tuple[Mention, ...]
    remark_fr: str = ""
    remark_en: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the mentions that the data set cannot fill."""
        return tuple(mention.name for mention in self.mentions if mention.missing)

    def lines(self, locale: str = "fr") -> list[str]:
        """The mentions as sentences, in French or as an English gloss."""
        if locale not in LOCALES:
            raise UnknownName.of(kind="locale", name=locale, known=LOCALES)
        if not self.mentions:
            return [self.remark_fr if locale == "fr" else self.remark_en]
        return [mention.fr if locale == "fr" else mention.en for mention in self.mentions]


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
            "margin_points": [margin_of_error(share, n) for share in MARGIN_SHARES],
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
    rows = bench.frame(f"{ROWS} WHERE f.forecast_id = ?", [forecast_id])
    if rows.empty:
        known = bench.frame("SELECT forecast_id FROM forecast")["forecast_id"]
        raise UnknownName.of(kind="forecast", name=forecast_id, known=known)
    return of_rows([{str(key): value for key, value in rows.iloc[0].items()}])


def of_rows(rows: Sequence[Row]) -> Notice:
    """The mentions of one forecast, or of several of one forecaster together, from the rows that ``ROWS`` selects.

    Together the polls of a house give ranges (sizes, dates, margins) and the union of those who ordered
    them; each mention that some of them lack says how many do.
    """
    first = rows[0]
    law = _law(text_of(first["law"]) or NO_LAW)
    identity = {
        "forecast_ids": tuple(str(row["forecast_id"]) for row in rows),
        "law": law["title"],
        "law_fr": law["title_fr"],
    }
    kind = _kind(first)
    if kind != "poll" or "mention" not in law:
        remark = {locale: law["other"][f"{kind}_{locale}"].format(name=first["name"]) for locale in LOCALES}
        return Notice(mentions=(), remark_fr=_typeset(remark["fr"]), remark_en=remark["en"], **identity)
    mentions = []
    filled: Filled = {}
    for number, mention in sorted(law["mention"].items(), key=lambda item: int(item[0])):
        texts = {locale: _fill(law, mention, rows, locale, filled) for locale in LOCALES}
        mentions.append(
            Mention(
                number=int(number),
                name=mention["name"],
                missing=texts["fr"] is None,
                shared="{" not in mention["fr"],
                fr=_typeset(texts["fr"] or mention["missing_fr"]),
                en=texts["en"] or mention["missing_en"],
            )
        )
    return Notice(mentions=tuple(mentions), **identity)


def remark_on(rows: Sequence[Row], locale: str) -> str:
    """One line for several forecasters that are no polls, all averages or none of them."""
    if len(rows) == 1:
        return of_rows(rows).lines(locale)[0]
    law = _law(text_of(rows[0]["law"]) or NO_LAW)
    names = ", ".join(dict.fromkeys(str(row["name"]) for row in rows))
    text = str(law["other"][f"several_{_kind(rows[0])}_{locale}"].format(name=names))
    return _typeset(text) if locale == "fr" else text


def _kind(row: Row) -> str:
    """What a forecast is to a law on polls: a poll, an average of polls, or not a poll."""
    if row["kind"] == "poll_average":
        return "average"
    return "poll" if row["family"] == "poll" else "not_a_poll"


@cache
def _law(law_id: str) -> dict[str, Any]:
    if law_id not in known_laws():
        raise UnknownName.of(kind="law", name=law_id, known=known_laws())
    return tomllib.loads((datasets_folder() / "laws" / f"{law_id}.toml").read_text("utf-8"))


def _fill(
    law: dict[str, Any], mention: dict[str, str], rows: Sequence[Row], locale: str, filled: Filled
) -> str | None:
    """The text of a mention, or None if no row can fill it; ``filled`` keeps the places of the same rows."""
    text = mention.get(f"several_{locale}", mention[locale]) if len(rows) > 1 else mention[locale]
    needed = {name for _, name, _, _ in Formatter().parse(mention[locale]) if name}
    able = tuple(number for number, row in enumerate(rows) if all(is_known(row, place) for place in needed))
    if not able:
        return None
    if (locale, able) not in filled:
        filled[locale, able] = places(law, [rows[number] for number in able], locale)
    missing = len(rows) - len(able)
    without = law["word"][f"without_{locale}"].format(missing=missing, number=len(rows)) if missing else ""
    return text.format(**filled[locale, able], number=len(rows), without=without)


def _typeset(text: str) -> str:
    """French apostrophes and spacing: narrow no-break spaces before ``; %``, a no-break space before a colon."""
    text = re.sub(r"(?<=\w)'(?=\w)", "\u2019", text)
    return text.replace(" ;", "\u202f;").replace(" %", "\u202f%").replace(" : ", "\u00a0: ")
