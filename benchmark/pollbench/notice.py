"""The legal mentions of a poll as text: what the law of the election asks for, and what is missing.

The wording of a law is a file of the data sets, ``laws/<law>.toml``, named by ``law`` in
``election.toml``; this module fills its places from the data set and never invents one.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from pollbench.errors import UnknownName

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.store import Bench

#: Shares, per cent, for which the margins of error are printed: those that house notices tabulate.
MARGIN_SHARES = (5, 10, 20, 30, 40, 50)
#: Standard normal quantile of a 95 % interval.
Z95 = 1.959963984540054

LOCALES = ("en", "fr")


@dataclass(frozen=True)
class Mention:
    """One mention: its number in the article, its name, its text in French and English."""

    number: int
    name: str
    missing: bool
    fr: str
    en: str


@dataclass(frozen=True)
class Notice:
    """The mentions of one forecast.

    Attributes
    ----------
    forecast_id : the forecast.
    law, law_fr : title of the law, in English and French.
    mentions : the mentions in the order of the article; empty for what is not a poll.
    remark_fr, remark_en : the line for averages, buzz, markets and models; empty for a poll.
    """

    forecast_id: str
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


def margin_of_error(share: float, n: float) -> float:
    r"""Half-width of the 95 % interval of a share in a simple random sample.

    .. math:: 1.96 \sqrt{p (100 - p) / n}

    In points. French polls use quotas, for which no formula exists: the random method is the
    reference that the law names, not a property of the poll.

    Parameters
    ----------
    share : per cent. n : persons.

    Returns
    -------
    points.

    Examples
    --------
    >>> round(margin_of_error(50, 1000), 1)
    3.1
    """
    return Z95 * math.sqrt(share * (100 - share) / n)


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
    rows = bench.frame(
        "SELECT f.*, r.name, r.family, r.kind, e.election_id FROM forecast f JOIN forecaster r USING (forecaster_id)"
        " JOIN contest c USING (contest_id) JOIN election e USING (election_id) WHERE f.forecast_id = ?",
        [forecast_id],
    )
    if rows.empty:
        known = bench.frame("SELECT forecast_id FROM forecast")["forecast_id"]
        raise UnknownName.of(kind="forecast", name=forecast_id, known=known)
    return of_row({str(key): value for key, value in rows.iloc[0].items()})


def of_row(row: dict[str, Any], law_id: str = "fr-77-808") -> Notice:
    """The mentions from a row of ``forecast`` joined with ``name, family, kind`` of its forecaster."""
    law = _law(law_id)
    names = {"forecast_id": str(row["forecast_id"]), "law": law["title"], "law_fr": law["title_fr"]}
    if row["family"] != "poll" or row["kind"] == "poll_average":
        which = "average" if row["kind"] == "poll_average" else "not_a_poll"
        remark = {locale: law["other"][f"{which}_{locale}"].format(name=row["name"]) for locale in LOCALES}
        return Notice(mentions=(), remark_fr=_typeset(remark["fr"]), remark_en=remark["en"], **names)
    mentions = []
    for number, mention in sorted(law["mention"].items(), key=lambda item: int(item[0])):
        texts = {locale: _fill(law, mention, row, locale) for locale in LOCALES}
        missing = texts["fr"] is None
        mentions.append(
            Mention(
                number=int(number),
                name=mention["name"],
                missing=missing,
                fr=_typeset(texts["fr"] or mention["missing_fr"]),
                en=texts["en"] or mention["missing_en"],
            )
        )
    return Notice(mentions=tuple(mentions), **names)


@cache
def _law(law_id: str) -> dict[str, Any]:
    folder = resources.files("pollbench_datasets").joinpath("laws")
    known = sorted(each.name.removesuffix(".toml") for each in folder.iterdir())
    if law_id not in known:
        raise UnknownName.of(kind="law", name=law_id, known=known)
    return tomllib.loads(folder.joinpath(f"{law_id}.toml").read_text("utf-8"))


def _fill(law: dict[str, Any], mention: dict[str, str], row: dict[str, Any], locale: str) -> str | None:
    """The text of a mention, or None if the row cannot fill it."""
    places = _places(law, row, locale)
    text = mention[locale]
    needed = [place for place in places if "{" + place + "}" in text]
    if any(places[place] is None for place in needed):
        return None
    return text.format(**places)


def _places(law: dict[str, Any], row: dict[str, Any], locale: str) -> dict[str, str | None]:
    sample, expressing = _whole(row.get("sample_size")), _whole(row.get("expressing_n"))
    n = expressing or sample
    basis = _text(row.get("sample_size_basis"))
    word = law["word"]
    return {
        "house": _text(row["name"]),
        "sponsors": _listed(row.get("sponsors")),
        "sample_size": None if sample is None else _grouped(sample, locale),
        "basis": f" ({basis})" if basis else "",
        "dates": _dates(word, row.get("measured_from"), row.get("measured_to"), locale),
        "notice_url": _text(row.get("notice_url")),
        "n": None if n is None else _grouped(n, locale),
        "n_basis": word[f"{'expressing' if expressing else 'interviewed'}_{locale}"],
        "margins": None if n is None else _margins(word, n, locale),
    }


def _margins(word: dict[str, str], n: int, locale: str) -> str:
    parts = []
    for share in MARGIN_SHARES:
        margin = f"{margin_of_error(share, n):.1f}"
        # In French the plural begins at 2.
        french = f"{margin.replace('.', ',')} {'points' if float(margin) >= 2 else 'point'}"
        shown = french if locale == "fr" else f"{margin} points"
        percent = f"{share} %" if locale == "fr" else f"{share}%"
        parts.append(word[f"margin_{locale}"].format(margin=shown, share=percent))
    return " ; ".join(parts) if locale == "fr" else "; ".join(parts)


def _dates(word: dict[str, str], first: Any, last: Any, locale: str) -> str | None:
    end, start = _day(last), _day(first)
    if end is None:
        return None
    if start is None:
        return word[f"until_{locale}"].format(last=end)
    if start == end:
        return end
    return word[f"from_to_{locale}"].format(first=start, last=end)


def _day(value: Any) -> str | None:
    if value is None or value != value:  # NaT differs from itself
        return None
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


def _whole(value: Any) -> int | None:
    import pandas as pd

    return None if value is None or pd.isna(value) else int(value)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _listed(value: Any) -> str | None:
    text = _text(value)
    return None if text is None else ", ".join(part.strip() for part in text.split(";") if part.strip())


def _grouped(value: int, locale: str) -> str:
    return f"{value:,}".replace(",", "\u202f") if locale == "fr" else f"{value:,}"


def _typeset(text: str) -> str:
    """French spacing: narrow no-break spaces before ``; %``, a no-break space before a colon."""
    return text.replace(" ;", "\u202f;").replace(" %", "\u202f%").replace(" : ", "\u00a0: ")
