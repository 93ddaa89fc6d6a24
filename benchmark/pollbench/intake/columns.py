"""What the columns of a foreign table are, recognised by their headings in several languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pollbench.errors import DataError
from pollbench.intake import printed
from pollbench.intake.names import fold
from pollbench.intake.remarks import Remarks
from pollbench.intake.tables import Table

#: Role -> headings, folded; the earlier role and the earlier heading win.
HEADINGS: dict[str, tuple[str, ...]] = {
    "house": (
        "pollster", "polling firm", "polling organisation", "polling organization", "polling company", "pollster client s",
        "polling firm commissioner", "polling firm client", "firm", "institute", "institut", "institut de sondage", "sondeur",
        "nom institut", "company", "umfrageinstitut", "house", "forecaster", "model", "casa", "instituto", "istituto",
    ),
    "start": (
        "start", "start date", "date start", "fieldwork start", "debut", "debut enquete", "date debut", "from", "measured from",
        "collectperiodfrom", "first day", "beginn",
    ),
    "end": (
        "end", "end date", "date end", "fieldwork end", "fin", "fin enquete", "date fin", "to", "measured to", "collectperiodto",
        "last day", "ende", "poll date", "polldate",
    ),
    "dates": (
        "dates", "date", "fieldwork", "fieldwork date", "fieldwork dates", "date s conducted", "dates conducted", "date s",
        "dates de realisation", "date de realisation", "date du sondage", "dates administered", "date s administered",
        "zeitraum", "befragungszeitraum", "erhebungszeitraum", "periode", "period", "terrain", "fecha", "data", "survey end date",
    ),
    "published": (
        "published", "published on", "publication", "publication date", "date of publication", "veroffentl", "column 1", "publdate", "datum",
        "veroffentlicht", "veroffentlichung", "date de publication", "released", "forecast date",
    ),
    "size": (
        "sample size", "samplesize", "sample", "size", "n", "echantillon", "taille", "taille de l echantillon", "respondents",
        "respondentsamplesize", "befragte", "polled", "interviewed", "interroges", "muestra", "campione",
    ),
    "expressing": ("expressing", "expressing n", "intentions exprimees", "sous echantillon"),
    "sponsor": (
        "sponsor", "sponsors", "client", "commissioner", "commissioners", "commissioned by", "commanditaire", "commanditaires",
        "auftraggeber", "for", "media",
    ),
    "mode": ("mode", "method", "methode", "methodology", "medium"),
    "round": ("round", "tour", "wahlgang", "turno", "vuelta"),
    "scenario": ("scenario", "hypothesis", "hypothese", "question"),
    "population": ("population", "voters", "sample type"),
    "partisan": ("partisan",),
    "undecided": (
        "undecided", "unsure", "don t know", "dont know", "dk", "nspp", "sans opinion", "unentschlossen", "indecisi", "indecisos",
        "uncertain", "not sure", "no opinion", "undecided other", "und", "ne se prononcent pas",
    ),
    "others": (
        "other", "others", "oth", "autres", "autre", "sonstige", "sonst", "divers", "ovriga", "otros", "altri", "andre",
        "other parties", "others undecided", "none other",
    ),
    "key": ("id", "poll id", "pollid", "key"),
    "notice": ("url", "link", "notice", "notice url", "report"),
    "note": ("note", "notes", "comment", "comments", "commentaire"),
    "ignore": (
        "lead", "margin", "ecart", "vorsprung", "diff", "spread", "turnout", "abstention", "participation", "abst", "blank",
        "ref", "refs", "source", "margin of error", "moe", "precision", "scope", "net", "lead r", "avance", "nichtwahler",
    ),
}  # fmt: skip
#: Further roles of a table with one figure to a row.
TIDY_HEADINGS: dict[str, tuple[str, ...]] = {
    "candidate": (
        "candidate",
        "candidat",
        "candidate name",
        "party",
        "parti",
        "partei",
        "name",
        "choice",
        "answer",
    ),
    "value": (
        "value",
        "share",
        "pct",
        "percent",
        "intentions",
        "intention",
        "result",
        "score",
        "anteil",
        "share pct",
    ),
    "lower": ("lower", "low", "erreur inf", "lower bound"),
    "upper": ("upper", "high", "erreur sup", "upper bound"),
    "flag": ("flag",),
}
ROLES = (*HEADINGS, *TIDY_HEADINGS)
#: A column whose filled cells are shares in at least this part is one of a candidate.
MOSTLY = 0.7


def roles_of(
    table: Table, decided: Mapping[str, str], remarks: Remarks, tidy: bool = False
) -> dict[str, str]:
    """Column -> role: by mapping.toml, by its heading, else "candidate" where it holds shares, or "ignore".

    Raises
    ------
    DataError : the mapping names a column or a role that there is not.
    """
    for column, role in decided.items():
        if role not in ROLES:
            raise DataError(
                table.path,
                column=column,
                value=role,
                rule="is no role of a column.",
                remedy=f"There is: {', '.join(ROLES)}.",
            )
        if column not in table.columns:
            raise DataError(
                table.path,
                column=column,
                rule="is named under [columns] of the mapping and is no column of the file.",
                remedy=f"There is: {', '.join(table.columns)}.",
            )
    roles = dict(decided)
    headings = HEADINGS | (TIDY_HEADINGS if tidy else {})
    folded = {column: _heading(column) for column in table.columns if column not in roles}
    for role, words in headings.items():
        if role in roles.values() and role not in ("ignore", "others"):
            continue
        for word in words:
            match = next((name for name, text in folded.items() if text == word and name not in roles), None)
            if match is not None:
                roles[match] = role
                if role not in ("ignore", "others", "undecided"):
                    break
    for column in folded:
        if column not in roles:
            roles[column] = "candidate" if not tidy and _holds_shares(table, column) else "ignore"
    ignored = [column for column in table.columns if roles[column] == "ignore"]
    used = ", ".join(
        f"{column} = {roles[column]}"
        for column in table.columns
        if roles[column] not in ("ignore", "candidate")
    )
    candidates = [column for column in table.columns if roles[column] == "candidate"]
    remarks.said(f"{table.path.name}: columns {used}.")
    if candidates and not tidy:
        remarks.said(f"{table.path.name}: candidates {', '.join(candidates)}.")
    if ignored:
        remarks.said(f"{table.path.name}: not used: {', '.join(ignored)}.")
    return {column: roles[column] for column in table.columns}


def _heading(column: str) -> str:
    return fold(re.sub(r"\[[^\]]*\]|\(\d+\)$", "", column))


def _holds_shares(table: Table, column: str) -> bool:
    cells = [row.get(column) for row in table.rows]
    filled = [cell for cell in cells if not printed.is_nothing(cell)]
    if not filled:
        return False
    good = 0
    for cell in filled:
        try:
            share = printed.share(cell)
        except ValueError:
            continue
        good += share is not None and 0 <= share[0] <= 100
    return good >= MOSTLY * len(filled)
