"""The pages one looks things up on: forecasters, measures, data, method."""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench.language.texts import translations
from pollbench.selection.coverage import coverage_table
from pollbench_dashboards.drawing.captions import SAID, claim_sentence
from pollbench_dashboards.drawing.choosing import contest_title, each_row
from pollbench_dashboards.language.data_words import translated_columns
from pollbench_dashboards.language.naming import marked, slug, surname
from pollbench_dashboards.language.policy_in_words import policy_in_full, reason_in_words
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.houses import houses
from pollbench_dashboards.pages.votes import house_page

if TYPE_CHECKING:
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure


#: The terms that the page of the method explains.
GLOSSARY = (
    "contest",
    "ease",
    "error",
    "hollow",
    "horizon",
    "house",
    "publisher",
    "naive",
    "policy",
    "push",
    "recalled",
    "run_off",
    "share",
    "table",
    "weight",
)


def forecasters(frames: Gathered, words: Words) -> dict[str, Any]:
    """Every forecaster: who it is, what it counts, its scores in every contest, what it announced."""
    bench = frames.bench
    table = translated_columns(frames["forecaster"], words, ["name"]).sort_values(
        "name", key=lambda column: column.str.casefold(), kind="stable"
    )
    published = _grouped(coverage_table(bench), "forecaster_id")
    scores = _scores(frames, words)
    if len(scores):
        scores = scores[(scores.measure == "mae") & (scores.family != "baseline")]
        scores = scores.sort_values(["contest_id", "name"])
    scores_of = _grouped(scores, "house", ["contest_id", "name", "value", "n_candidates", "recalled"])
    said = _grouped(frames["claim"], "forecaster_id", [*SAID, "hedged", "confidence", "recalled"])
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    titles = contest_titles(frames, words)
    with_page = {row["page"] for row in houses(frames, words)}
    entries = []
    for row in each_row(table):
        entries.append(
            {
                "anchor": slug(row.forecaster_id) or "forecaster",
                "house": house_page(row.house) if house_page(row.house) in with_page else "",
                "name": row.name,
                "family": row.family,
                "facts": [
                    (words(f"forecaster.{field}"), _fact(row, field, words))
                    for field in ("operator", "partners", "alignment", "measures", "population")
                    if pd.notna(getattr(row, field)) and getattr(row, field)
                ]
                + [
                    (words(f"forecaster.{field}"), words(f"yesno.{getattr(row, field)}"))
                    for field in ("quota", "identity_check", "rule_disclosed")
                ]
                + [(words("forecaster.mechanism"), words(f"mechanism.{row.mechanism}"))],
                "published": [
                    words(
                        "forecaster.published_line",
                        contest=titles[release.contest_id],
                        number=int(release.forecasts),
                        quantity=words(f"quantity.{release.quantity}"),
                    )
                    for release in published.get(row.forecaster_id, ())
                ],
                "scores": [
                    {
                        "contest": titles[score.contest_id],
                        "name": score.name,
                        "value": score.value,
                        "candidates": int(score.n_candidates),
                    }
                    for score in scores_of.get(row.house, ())
                ],
                "recalled": _remark(scores_of.get(row.house, ()), words),
                "claims": [
                    {
                        "text": claim_sentence(claim, people, words),
                        "verdict": words(f"verdict.{claim.verdict or 'open'}"),
                        "remark": ", ".join(
                            words(f"claim_mark.{mark}")
                            for mark, holds in (
                                ("hedged", claim.hedged),
                                ("low", claim.confidence == "low"),
                                ("recalled", claim.recalled),
                            )
                            if holds
                        ),
                    }
                    for claim in said.get(row.forecaster_id, ())
                ],
            }
        )
    return {"entries": entries, "shown": []}


def contest_titles(frames: Gathered, words: Words) -> dict[str, str]:
    """Contest id -> the election and its round in words."""
    return {str(row.contest_id): contest_title(row, words) for _, row in frames["contest"].iterrows()}


def _scores(frames: Gathered, words: Words) -> pd.DataFrame:
    """The scores with the names that a page prints: in its language, marked where a figure is only recalled."""
    table = translated_columns(frames["score"], words, ["name"])
    return table.assign(name=marked(table, table["name"], words)) if len(table) else table


def _grouped(table: pd.DataFrame, key: str, columns: Sequence[str] = ()) -> dict[str, list[Any]]:
    """Rows by the value of ``key``, in the order of the table, with these columns or all; an empty table has none."""
    groups: dict[str, list[Any]] = {}
    if len(table):
        for row in each_row(table[[key, *columns]] if columns else table):
            groups.setdefault(str(getattr(row, key)), []).append(row)
    return groups


def _remark(rows: Iterable[Any], words: Words) -> str:
    """What the mark of a recalled figure means; empty where no row has it."""
    return words("caption.recalled") if any(row.recalled for row in rows) else ""


def _fact(row: Any, field: str, words: Words) -> str:
    value = str(getattr(row, field))
    return words("forecaster.none_documented") if value == "none documented" else words.marked(value, "data")


def measures(frames: Gathered, words: Words) -> dict[str, Any]:
    """Every measure: formula, unit, how to read it, reference, its values in the main contest."""
    from pollbench.measures import registered

    scores = _scores(frames, words)
    if len(scores):
        whole = (scores.component == "") & (scores.candidate_id == "") & (scores.family != "baseline")
        scores = scores[whole].sort_values(["contest_id", "value", "forecaster_id"])
    titles = contest_titles(frames, words)
    values = _grouped(scores, "measure", ["contest_id", "name", "value", "recalled"])
    entries = []
    for name, measure in registered().items():
        entries.append(
            {
                "anchor": name,
                "name": name,
                "title": measure.title,
                "formulas": formulas(measure.function.__doc__ or "", words),
                "summary": inspect.cleandoc(measure.function.__doc__ or "").split("\n")[0],
                "unit": measure.unit,
                "orientation": words(f"orientation.{measure.orientation}"),
                "sign": measure.sign,
                "zeros": measure.zeros,
                "quantities": words.listed(
                    words(f"quantity.{quantity}") for quantity in sorted(measure.quantities)
                ),
                "version": measure.version,
                "reference": references().get(measure.reference, ""),
                "values": [
                    {"contest": titles[score.contest_id], "name": score.name, "value": score.value}
                    for score in values.get(name, ())
                ],
                "recalled": _remark(values.get(name, ()), words),
            }
        )
    return {"entries": entries, "shown": []}


def formulas(docstring: str, words: Words) -> list[Any]:
    """The LaTeX formulas of a docstring (``.. math::``) as MathML, which browsers draw without a script.

    Words inside a formula are those of the language.
    """
    from latex2mathml.converter import convert
    from markupsafe import Markup

    def in_words(match: re.Match[str]) -> str:
        before, english, after = match.groups()
        return rf"\text{{{before}{words.translated(english, 'measures')}{after}}}"

    markup = []
    for block in re.findall(r"\.\. math::\s*((?:.+\n?)(?:[ \t]+.+\n?)*)", inspect.cleandoc(docstring) + "\n"):
        latex = " ".join(line.strip() for line in block.strip().split("\n"))
        latex = re.sub(r"\\text\{(\s*)(.*?)(\s*)\}", in_words, latex)
        # The converter escapes what it does not know; its output holds MathML elements only.
        markup.append(Markup(convert(latex, display="block")))
    return markup


def references() -> dict[str, str]:
    """The entries of measures.bib as plain references: key -> author, year, title, where."""
    from importlib import resources

    path = resources.files("pollbench_datasets").joinpath("measures.bib")
    if not path.is_file():
        return {}
    by_key = {}
    for key, body in re.findall(r"@\w+\{([^,\s]+),(.*?)\n\}", path.read_text("utf-8"), flags=re.S):
        fields = {
            name.lower(): _plain(value)
            for name, value in re.findall(r"(\w+)\s*=\s*\{((?:[^{}]|\{[^{}]*\})*)\}", body)
        }
        where = (
            fields.get("journal")
            or fields.get("booktitle")
            or fields.get("publisher")
            or fields.get("howpublished")
            or ""
        )
        parts = [
            fields.get("author", "").replace(" and ", ", "),
            f"({fields['year']})" if "year" in fields else "",
        ]
        text = " ".join(piece for piece in parts if piece)
        text = ". ".join(piece for piece in (text, fields.get("title", ""), where) if piece)
        if "doi" in fields:
            text += f". doi:{fields['doi']}"
        by_key[key] = text
    return by_key


def _plain(latex: str) -> str:
    """A field of a bibliography without its braces, accents and dashes as they are printed."""
    accented = re.sub(r'\\"(\w)', lambda match: unicodedata.normalize("NFC", match[1] + "\u0308"), latex)
    return re.sub(r"[{}]", "", accented).replace("--", "–").strip()


def data(frames: Gathered, figures: Mapping[str, Figure], words: Words) -> dict[str, Any]:
    """Downloads, the dictionaries of the data and of the tables of a run, figures in circulation, sources, how to cite."""
    from pollbench.attribution.citation import cite
    from pollbench.outputs.tables import TABLES
    from pollbench_dashboards.pages.tables import DATA_TABLES

    bench = frames.bench
    dictionary = bench.dictionary()
    tables = [
        {
            "name": str(name),
            "meaning": str(rows.table_meaning.iloc[0] or ""),
            "download": name in DATA_TABLES,
            "columns": [
                {"name": column.column_name, "type": _type(column.data_type), "meaning": column.meaning or ""}
                for column in each_row(rows)
            ],
        }
        for name, rows in dictionary.groupby("table_name", sort=True)
    ]
    outputs = [
        {
            "name": name,
            "meaning": f"{table.meaning[:1].upper()}{table.meaning[1:]}.",
            "key": table.key,
            "columns": table.columns,
        }
        for name, table in TABLES.items()
    ]
    return {
        "tables": tables,
        "outputs": outputs,
        "charts": [{"file": figure.file, "title": figure.title} for figure in figures.values()],
        "circulating": _circulating(frames, words),
        "sources": [
            {
                **row,
                "title": words.typeset(str(row["title"])),
                "publisher": words.typeset(str(row["publisher"])),
            }
            for row in bench.table("source").fillna("").to_dict("records")
        ],
        "citations": {style: cite(bench, style) for style in ("sentence", "bibtex", "cff")},
        "shown": [],
    }


def _circulating(frames: Gathered, words: Words) -> list[dict[str, Any]]:
    """Figures in circulation with the names of candidates in place of their ids, in the language of the page."""
    from pollbench_dashboards.charts.claimed_against_recomputed import with_surnames

    people = {
        row.candidate_id: surname(row.candidate, row.candidate_id) for row in each_row(frames["candidate"])
    }
    table = frames.bench.table("figure").fillna("")
    for column in ("stated_value", "official_value"):
        table[column] = [
            words.marked(text, "data")
            if text in translations("data", words.locale)
            else with_surnames(text, people)
            for text in table[column].astype(str)
        ]
    return [{str(column): value for column, value in row.items()} for row in table.to_dict("records")]


def _explained(term: str, words: Words) -> tuple[str, str, str]:
    """A term of the glossary, what it means, and what is not said in its place, if anything."""
    avoided = f"glossary.{term}.avoid"
    not_said = words("method.not_said", words=words(avoided)) if words.has(avoided) else ""
    return words(f"glossary.{term}.term"), words(f"glossary.{term}.means"), not_said


def _type(kind: str) -> str:
    """A type as a reader needs it: the long lists of enumerations without their quotes."""
    return kind.replace("ENUM(", "").rstrip(")").replace("'", "") if kind.startswith("ENUM") else kind


def method(frames: Gathered, words: Words) -> dict[str, Any]:
    """The policy, what is left out, the assumptions behind the manipulation figures, the limits."""
    left_out = translated_columns(frames["left_out"], words, ["name"]).fillna("").to_dict("records")
    titles = contest_titles(frames, words)
    names = dict(zip(frames["forecaster"].forecaster_id, frames["forecaster"].name, strict=True))
    people = dict(zip(frames["person"].candidate_id, frames["person"].name, strict=True))
    assumptions = frames.bench.table("assumption")
    return {
        "policy_words": policy_in_full(frames.policy, people, words),
        "policy_id": frames.policy.policy_id,
        "left_out": [
            {
                **row,
                "contest": titles[str(row["contest_id"])],
                "reason": reason_in_words(str(row["reason"]), people, words),
            }
            for row in left_out
        ],
        "assumptions": [
            {**row, "of": words.translated(names[row["subject"]], "data") if row["subject"] in names else ""}
            for row in assumptions.to_dict("records")
        ],
        "known": set(frames.bench.table("source").source_id),
        "glossary": sorted(_explained(term, words) for term in GLOSSARY),
        "shown": [],
    }
