"""One import, from the files of others to an election folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pollbench.data.elections import DESCRIPTION
from pollbench.errors import DataError
from pollbench.intake import folder as place
from pollbench.intake import merge as merging
from pollbench.intake import registry
from pollbench.intake.assemble import Assembly
from pollbench.intake.ids import ForecastIds, Names
from pollbench.intake.layout import Row, Rows
from pollbench.intake.mapping import FILE as MAPPING
from pollbench.intake.mapping import Mapping, read_mapping
from pollbench.intake.merge import FILE as RECORD
from pollbench.intake.model import Draft
from pollbench.intake.names import shipped_rows, shipped_surveys, slug
from pollbench.intake.plan import Details, Planned, plan_many, plan_one
from pollbench.intake.registry import Importer, Request
from pollbench.intake.remarks import Remarks
from pollbench.intake.screening import check_sums, screen


@dataclass(frozen=True)
class Outcome:
    """What an import wrote.

    Attributes
    ----------
    folder : where.
    summary : one sentence with the counts.
    remarks : everything that the report says.
    report, mapping : names of the files in ``folder`` that hold the report and what was decided.
    """

    folder: Path
    summary: str
    remarks: Remarks
    report: str = place.REPORT
    mapping: str = MAPPING


def import_files(
    kind: str,
    source: Path,
    folder: Path,
    *,
    mapping_file: Path | None = None,
    details: Details | None = None,
    round_of: int = 1,
    house: str = "",
    race: str = "",
    results: Path | None = None,
    says: dict[str, str] | None = None,
) -> Outcome:
    """Read ``source`` and write, or update, the election folder ``folder``.

    Parameters
    ----------
    kind : name of the importer.
    mapping_file : decisions to obey; without it, the mapping.toml that the folder holds.
    details : what is known of the election beside the source.
    round_of, house, race : as in ``Request``.
    results : a file with the votes or shares of each candidate.
    says : title, url, licence, revision, ... of the source, for sources.csv.

    Raises
    ------
    UnknownName : there is no such importer.
    DataError : a source, mapping or results file cannot be used.
    NotPlanned : the day of the vote is not known.
    NotWritten, OutputError : the folder would not be valid, or cannot be written.
    """
    importer = registry.named(kind)
    details = details or Details()
    place.refuse_strange_folder(folder)
    mark = merging.mark_of(folder, kind)
    base = merging.read_base(folder / merging.marked(RECORD, mark))
    report, mapping_name, record_name = (
        merging.marked(name, mark) for name in (place.REPORT, MAPPING, RECORD)
    )
    path = mapping_file or folder / mapping_name
    mapping = read_mapping(path) if mapping_file or path.is_file() else Mapping()
    current = merging.read_rows(folder)
    remarks = Remarks()
    draft, plans = _drafted(
        importer, source, folder, details, mapping, base, current, remarks, round_of, house, race, results
    )
    rows, ids, names = _assembled(importer, source, draft, plans, mapping, base, current, says or {})
    description = place.describe(plans[""]) if "" in plans else ""
    description_kept = _kept_description(folder, base, description, remarks)
    if mark:
        remarks.said(
            f"The folder holds what was imported as {merging.read_base(folder / RECORD).kind}: that stays as it is."
        )
    others = merging.rows_of_others(folder, mark)
    base = merging.adopted(base, current, rows)
    merged = merging.merge(base, current, rows, remarks, others)
    by_hand = merging.made_by_hand(base, current)
    merged, refused = place.without_refused(
        folder, merged, description_kept, set(ids.values()) - by_hand, remarks
    )
    _note_what_is_missing(merged, remarks)
    summary = _summary(source, merged)
    record = merging.Base(kind, ids, place.without(rows, refused | by_hand), description)
    written = _written_mapping(importer, mapping, plans, draft, names, rows)
    texts = {
        report: remarks.text(f"Import of {source.name}", summary, mapping_name),
        mapping_name: written.to_toml(),
        record_name: record.to_json(),
    }
    place.write(folder, merged, description_kept, texts)
    return Outcome(folder, summary, remarks, report, mapping_name)


def _drafted(
    importer: Importer,
    source: Path,
    folder: Path,
    details: Details,
    mapping: Mapping,
    base: merging.Base,
    current: Rows,
    remarks: Remarks,
    round_of: int,
    house: str,
    race: str,
    results: Path | None,
) -> tuple[Draft, dict[str, Planned]]:
    """Read the source, and plan the elections it is about."""
    from pollbench.intake.results import read_results

    if not source.exists():
        raise DataError(source, rule="is not there.", remedy="Name a file or folder that exists.")
    country = (
        details.country
        or str(mapping.election.get("country", ""))
        or (importer.expected.country if importer.expected else "")
    )
    plans: dict[str, Planned] = {}
    if not importer.many:
        plans[""] = plan_one(importer, details, mapping, folder, _own(base, current), remarks)
        country = str(plans[""].row["country"])
    days = tuple(contest.day for _, contest in sorted(plans[""].contests.items())) if plans else details.days
    draft = importer.read(source, Request(mapping, days, country, round_of, house, race))
    for line in draft.remarks.read:
        remarks.said(line)
    for line in draft.remarks.guesses:
        remarks.guess(line)
    remarks.dropped += draft.remarks.dropped
    draft.remarks = remarks
    if not draft.questions:
        raise DataError(
            source,
            rule="holds no poll that can be read.",
            remedy="See what the kind reads: 'pollbench list importers'.",
        )
    if results is not None:
        draft.counted = read_results(results, remarks, draft.races)
    check_sums(source, draft)
    place.fit_to(folder, source, draft)
    if draft.races:
        plans = plan_many(draft, details, mapping, current)
    elif importer.many:
        plans[""] = plan_one(importer, details, mapping, folder, _own(base, current), remarks)
    return draft, plans


def _own(base: merging.Base, current: Rows) -> Rows:
    """The rows of the folder without ballots that an import found out, which it finds out again."""
    written = {
        tuple(row.get(name, "") for name in ("contest_id", "candidate_id"))
        for row in base.rows.get("candidates", [])
    }
    standing = {
        tuple(row[name] for name in ("contest_id", "candidate_id")) for row in current.get("candidates", [])
    }
    standing_rows = dict(current)
    if written == standing:
        standing_rows.pop("candidates", None)
    return standing_rows


def _assembled(
    importer: Importer,
    source: Path,
    draft: Draft,
    plans: dict[str, Planned],
    mapping: Mapping,
    base: merging.Base,
    current: Rows,
    says: dict[str, str],
) -> tuple[Rows, dict[str, str], Names]:
    first = next(iter(plans.values()))
    election_id = first.election_id if "" in plans else ""
    scope = slug(first.election_id if "" in plans else source.stem)
    sources = _sources(importer, source, draft, mapping, says, scope)
    names = Names(
        importer, mapping, draft.remarks, current, str(first.row["country"]), sources[0]["source_id"]
    )
    ids = ForecastIds(base.ids, current, election_id)
    questions = screen(draft, plans, names, mapping, draft.remarks)
    if not questions:
        reasons = sorted({why for _, _, why in draft.remarks.dropped})
        raise DataError(
            source,
            rule=f"every row is left out: {'; '.join(reasons[:4])}.",
            remedy="Correct what the reasons name (the day of the vote, the mapping).",
        )
    by_hand = merging.made_by_hand(base, current)
    surveys = {row.get("survey", "") for row in current.get("forecasts", []) if row["forecast_id"] in by_hand}
    assembly = Assembly(
        importer, draft, plans, names, ids, draft.remarks, sources[0]["source_id"], sources[1]["source_id"],
        surveys | shipped_surveys(election_id), current.get("scenarios", []),
    )  # fmt: skip
    rows = assembly.rows(questions)
    _name_surveys(rows.get("forecasts", []), current.get("forecasts", []))
    used = {
        word for content in rows.values() for row in content for word in row.get("sources", "").split(" ")
    }
    rows["sources"] = [row for row in sources if row["source_id"] in used]
    return rows, ids.given, names


def _name_surveys(fresh: list[Row], standing: list[Row]) -> None:
    """Give the surveys of the source the names that they have in the folder, new line-ups of them included."""
    named = {row["forecast_id"]: row for row in standing if row.get("survey")}
    known: dict[tuple[str, str], set[str]] = {}
    for row in fresh:
        if row.get("survey") and (before := named.get(row["forecast_id"])):
            # A wave of a series and a survey of its own are two samples, even of the same days.
            known.setdefault((row["survey"], before.get("rolling_series", "")), set()).add(before["survey"])
    for row in fresh:
        names = known.get((row.get("survey", ""), row.get("rolling_series", "")), set())
        if len(names) == 1:
            (row["survey"],) = names


def _sources(
    importer: Importer,
    source: Path,
    draft: Draft,
    mapping: Mapping,
    says: dict[str, str],
    scope: str,
) -> list[Row]:
    """The row of the file itself, and of what the owner of the folder stated."""
    known = {
        "title": f"{importer.title}: {source.name}",
        **importer.source,
        **draft.source,
        **{name: str(value) for name, value in mapping.source.items()},
        **{name: value for name, value in says.items() if value},
    }
    shipped = {row["source_id"] for row in shipped_rows("sources")}
    identity = known.pop("source_id", "") or f"import:{importer.name}-{scope}"
    if identity in shipped:
        identity = f"{identity}-{scope}"
    revision = known.pop("revision", "")
    file = f"local file {source.name}, SHA-256 {digest(source)[:12]}"
    row = {
        "source_id": identity,
        **known,
        "retrieved_from": f"{file}, revision {revision}" if revision else file,
    }
    if not row.get("licence"):
        draft.remarks.lacks(
            f"The licence of {source.name} is not known: give --licence, or licence under [source]."
        )
    owner = {
        "source_id": f"import:told-{scope}",
        "title": "What the owner of this folder told the import",
        "retrieved_from": "command line and mapping.toml",
    }
    return [row, owner]


def digest(source: Path) -> str:
    """SHA-256 of a file, or of all files of a folder in the order of their names."""
    files = [source] if source.is_file() else sorted(path for path in source.rglob("*") if path.is_file())
    total = hashlib.sha256()
    for path in files:
        total.update(path.relative_to(source).as_posix().encode() if path != source else b"")
        total.update(path.read_bytes())
    return total.hexdigest()


def _kept_description(folder: Path, base: merging.Base, fresh: str, remarks: Remarks) -> str:
    """The text of election.toml afterwards: the owner's where it was changed, or not written by an import."""
    path = folder / DESCRIPTION
    if not fresh or not path.is_file():
        return fresh
    here = path.read_text(encoding="utf-8")
    if here != base.description and here != fresh:
        remarks.changes.append(f"{DESCRIPTION}: yours, kept")
        return here
    return fresh


def _note_what_is_missing(rows: Rows, remarks: Remarks) -> None:
    counted = {row["contest_id"] for row in rows.get("results", [])}
    open_ones = [row["contest_id"] for row in rows.get("contests", []) if row["contest_id"] not in counted]
    if open_ones:
        shown = ", ".join(open_ones[:4]) + (f" and {len(open_ones) - 4} more" if len(open_ones) > 4 else "")
        remarks.lacks(
            f"No result of {shown}: nothing is scored until --results names a file with it, or results.csv is filled in."
        )
    standing = {row["contest_id"] for row in rows.get("candidates", [])}
    if unknown := [
        row["contest_id"] for row in rows.get("contests", []) if row["contest_id"] not in standing
    ]:
        remarks.lacks(
            f"Who stands in {', '.join(unknown[:4])} is not known: its polls name a scenario instead."
        )
    if [row for row in rows.get("forecasters", []) if row.get("mechanism") == "none"]:
        remarks.lacks(
            "How new forecasters collect their figures is not known (mechanism none in forecasters.csv): no attack on them is computed."
        )


def _summary(source: Path, rows: Rows) -> str:
    forecasts = rows.get("forecasts", [])
    surveys = {row["survey"] for row in forecasts if row.get("survey")}
    parts = [
        _count(len(forecasts), "forecast"),
        *([f"from {_count(len(surveys), 'survey')}"] if surveys else []),
        f"by {_count(len({row['forecaster_id'] for row in forecasts}), 'forecaster')}",
        f"about {_count(len({row['contest_id'] for row in forecasts}), 'contest')}",
    ]
    results = {row["contest_id"] for row in rows.get("results", [])}
    return f"{source.name}: {' '.join(parts)}, {len(results)} of them with a result."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _written_mapping(
    importer: Importer, mapping: Mapping, plans: dict[str, Planned], draft: Draft, names: Names, rows: Rows
) -> Mapping:
    """The mapping with everything that was decided, for the next import."""
    written = Mapping(kind=importer.name)
    plan = plans.get("")
    if plan is not None:
        written.election = {**plan.row, **mapping.election}
        written.election["election_id"] = plan.election_id
        written.election.pop("revision", None)
        written.contests = [
            {
                "round": contest.round,
                "day": contest.day,
                "advance": contest.advance,
                "ballot": (contest.ballot or []) if contest.stated and plan.shipped is None else [],
            }
            for _, contest in sorted(plan.contests.items())
        ]
    else:
        written.election = dict(mapping.election)
    main = next(
        (row for row in rows.get("sources", []) if not row["source_id"].startswith("import:told")), {}
    )
    fields = ("title", "publisher", "url", "licence")
    written.source = {**{name: main[name] for name in fields if main.get(name)}, **mapping.source}
    written.columns = {**draft.columns, **mapping.columns}
    written.houses = {**dict(sorted(names.houses.items())), **mapping.houses}
    written.people = {**dict(sorted(names.people.items())), **mapping.people}
    written.drop, written.keep = dict(mapping.drop), dict(mapping.keep)
    return written
