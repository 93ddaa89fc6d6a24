"""From questions to the rows of an election folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pollbench.intake.ids import ForecastIds, Names, party_of, question_key
from pollbench.intake.layout import Row, Rows
from pollbench.intake.lineups import Scenarios, distinguished, line_up, supply_ballots
from pollbench.intake.model import Draft, Question
from pollbench.intake.names import POLLS, fold
from pollbench.intake.plan import Planned, election_row
from pollbench.intake.printed import plain, rounded
from pollbench.intake.registry import Importer
from pollbench.intake.remarks import Remarks
from pollbench.intake.screening import is_whole, total
from pollbench.intake.waves import rolling, samples_of, without_repeats

UNITS = {"vote_share": "share_pct", "digital_share": "share_pct", "seats": "seats"}


@dataclass
class Assembly:
    """What is needed to turn screened questions into rows.

    Attributes
    ----------
    source_id, owner_id : rows of sources.csv: the file, and what the owner of the folder stated.
    surveys : names of surveys that are taken.
    line_ups : scenarios that the folder names.
    """

    importer: Importer
    draft: Draft
    plans: Mapping[str, Planned]
    names: Names
    ids: ForecastIds
    remarks: Remarks
    source_id: str
    owner_id: str
    surveys: Collection[str] = ()
    line_ups: Collection[Row] = ()

    def rows(self, questions: list[Question]) -> Rows:
        """Every row that the source gives, by stem of its file."""
        questions = without_repeats(questions, self.remarks)
        results, counted = self._results()
        supply_ballots(self.plans, questions, counted, self.importer.ballot == "tested", self.remarks)
        rows: Rows = {stem: [] for stem in ("contests", "candidates", "results", "forecasts", "predictions")}
        for plan in self.plans.values():
            self._describe(plan, rows)
        rows["results"] += results
        withdrew = {
            self.names.people[person.name]: person.withdrew
            for person in self.draft.people
            if person.withdrew and self.names.people.get(person.name)
        }
        self.scenarios = Scenarios(self.draft, self.source_id, withdrew, self.line_ups)
        if self.importer.kind in POLLS:
            self._polls(questions, rows)
        else:
            self._releases(questions, rows)
        rows["scenarios"] = list(self.scenarios.rows.values())
        rows["people"] = self.names.people_rows()
        if self.names.new_houses:
            self.remarks.guess(
                f"The kind of new forecasters is not given: written as {self.importer.kind}. Change it in forecasters.csv."
            )
        rows["forecasters"] = [self._how(row, rows["forecasts"]) for row in self.names.new_houses.values()]
        if "" not in self.plans:
            rows["elections"] = [election_row(plan) for plan in self.plans.values()]
        return {
            stem: content for stem, content in rows.items() if content or stem in ("contests", "candidates")
        }

    def _how(self, house: Row, forecasts: list[Row]) -> Row:
        """The row of a new forecaster, with the mechanism that the modes of its polls name."""
        modes = {row.get("mode", "") for row in forecasts if row["forecaster_id"] == house["forecaster_id"]}
        mechanism = mechanism_of(modes)
        if house["mechanism"] != "none" or not mechanism or self.importer.kind not in POLLS:
            return house
        self.remarks.guess(
            "How a new house can be attacked is taken from the mode of its polls: telephone = phone_quota, internet = panel_quota."
        )
        return {**house, "mechanism": mechanism}

    def _results(self) -> tuple[list[Row], dict[tuple[str, int], list[str]]]:
        rows = []
        standing: dict[tuple[str, int], list[str]] = {}
        for counted in self.draft.counted:
            plan = self.plans.get(counted.race)
            if plan is None or counted.round not in plan.contests or plan.rows.get("results"):
                continue
            identity = self.names.person(counted.name)
            if not identity or identity in standing.setdefault((counted.race, counted.round), []):
                continue
            standing[counted.race, counted.round].append(identity)
            row = {
                "contest_id": plan.contest_id(counted.round),
                "candidate_id": identity,
                "sources": self.source_id,
            }
            if counted.votes is not None:
                row["votes"] = str(counted.votes)
            elif counted.share is not None:
                row["share_pct"] = str(rounded(counted.share))
            rows.append(row)
        return rows, standing

    def _describe(self, plan: Planned, rows: Rows) -> None:
        """The contests of an election and who stands; those of a shipped election as they are."""
        if plan.shipped is not None:
            for stem in ("contests", "candidates", "results"):
                rows[stem] += plan.rows.get(stem, [])
            return
        parties = {self.names.people.get(name, ""): person for name, person in party_of(self.draft).items()}
        votes: dict[str, int] = {}
        for counted in self.draft.counted:
            if counted.race == plan.race and counted.votes is not None:
                counted_in = plan.contest_id(counted.round)
                votes[counted_in] = votes.get(counted_in, 0) + counted.votes
        for number, contest in sorted(plan.contests.items()):
            identity = plan.contest_id(number)
            row = {
                "contest_id": identity, "election_id": plan.election_id, "round": str(number), "day": str(contest.day),
                "advance": str(contest.advance), "sources": self.owner_id if plan.race == "" else self.source_id,
                "note": f"day {plan.days_from}",
            }  # fmt: skip
            if identity in votes:
                row["valid"] = str(votes[identity])
            rows["contests"].append(row)
            for name in contest.ballot or []:
                party = parties[name].party if name in parties else ""
                rows["candidates"].append({"contest_id": identity, "candidate_id": name, "party": party})

    def _polls(self, questions: list[Question], rows: Rows) -> None:
        samples = samples_of(questions, self.surveys)
        thin = rolling(samples, self.remarks)
        for sample in sorted(
            samples, key=lambda sample: (sample.questions[0].house, sample.end, sample.survey)
        ):
            for question, lineup, complete in self._named(sample.questions):
                self._poll(question, lineup, complete, sample.survey, thin.get(sample.survey), rows)

    def _named(self, questions: list[Question]) -> list[tuple[Question, str, bool]]:
        """The questions put to one sample, with their line-ups and whether these are complete."""
        taken = []
        for question in questions:
            contest = self.plans[question.race].contests[question.round]
            tested = [figure.name for figure in question.figures]
            lineup, complete, why = line_up(contest, tested, is_whole(question))
            if why:
                self.remarks.drop(question.row, question.house, why)
            else:
                taken.append((question, lineup, complete))
        votes = {(question.race, question.round) for question, _, _ in taken}
        names: dict[int, str] = {}
        for race, number in votes:
            same = [
                (question, lineup)
                for question, lineup, _ in taken
                if (question.race, question.round) == (race, number)
            ]
            line_ups = [(lineup, [figure.name for figure in question.figures]) for question, lineup in same]
            ballot = self.plans[race].contests[number].ballot or []
            for (question, _), name in zip(same, distinguished(line_ups, ballot), strict=True):
                names[id(question)] = name
        return [(question, names[id(question)], complete) for question, _, complete in taken]

    def _poll(
        self, question: Question, lineup: str, complete: bool, survey: str, thin: bool | None, rows: Rows
    ) -> None:
        plan = self.plans[question.race]
        tested = [figure.name for figure in question.figures]
        scenario = ""
        if not plan.contests[question.round].ballot:
            scenario = self.scenarios.name(plan.election_id, question.scenario, tested, question.round)
        row = self._common(question, str(question.end), complete, tested) | {
            "survey": survey,
            "date_basis": question.day_is
            if question.start or question.day_is != "fieldwork"
            else "fieldwork_end",
            "mode": question.mode,
            "sampling": question.sampling,
            "base": question.base,
            "sponsors": question.sponsors,
            "lineup": lineup,
            "scenario": scenario,
            "population": question.population,
            "partisan": question.partisan,
            "status": "index" if question.population.startswith("subgroup:") else "forecast",
        }
        row |= _sizes(question, self.remarks)
        if thin is not None:
            row["rolling_series"] = f"{question.house}-{plan.election_id}"
            row["rolling_thin"] = str(thin).lower() if question.start else ""
        if not complete and total(question)[1] < 99:
            self.remarks.guess(
                "Rows whose shares add up to less than 99 are marked as not complete: small candidates, others or undecided "
                "voters are not in them."
            )
        self._add(row, question, rows)

    def _releases(self, questions: list[Question], rows: Rows) -> None:
        """Forecasts of those who draw no sample: several of one day are numbered."""
        numbers: dict[tuple[object, ...], int] = {}
        ordered = sorted(
            questions,
            key=lambda question: (
                question.house,
                str(question.published or question.end),
                question.race,
                question.round,
            ),
        )
        for question in ordered:
            question.published = question.published or question.end
            tested = [figure.name for figure in question.figures] or sorted(
                {band.name for band in question.bands}
            )
            mark = (question.house, question.race, question.round, question.quantity, question.published)
            numbers[mark] = numbers.get(mark, 0) + 1
            row = self._common(question, str(question.published), is_whole(question), tested)
            row |= {"release": str(numbers[mark]), "status": "forecast"}
            self._add(row, question, rows)

    def _common(self, question: Question, day: str, complete: bool, tested: Iterable[str]) -> Row:
        contest = self.plans[question.race].contest_id(question.round)
        key = question_key(question, question.house, contest, tested)
        number = 1
        while key in self.ids.given:
            number += 1
            key = f"{question_key(question, question.house, contest, tested)} #{number}"
        return {
            "forecast_id": self.ids.give(key, question.house, day, contest, question.quantity, tested),
            "forecaster_id": question.house,
            "contest_id": contest,
            "quantity": question.quantity,
            "unit": UNITS.get(question.quantity, "probability_pct"),
            "measured_from": str(question.start or ""),
            "measured_to": str(question.end or ""),
            "published_on": str(question.published or ""),
            "published_precision": "day" if question.published else "",
            "release": "1",
            "last_release": "unknown",
            "recalled": "false",
            "complete": str(complete).lower(),
            "notice_url": question.notice_url,
            "undecided_pct": "" if question.undecided is None else str(rounded(question.undecided)),
            "certain_pct": "" if question.certain is None else str(rounded(question.certain)),
            "sources": self.source_id,
            "transcription": "single",
            "confidence": "medium",
            "note": question.note,
        }

    def _add(self, row: Row, question: Question, rows: Rows) -> None:
        identity = row["forecast_id"]
        rows["forecasts"].append(row)
        for figure in question.figures:
            rows["predictions"].append(
                {
                    "forecast_id": identity,
                    "candidate_id": figure.name,
                    "value": self._figure(figure.value),
                    "lower": "" if figure.lower is None else self._figure(figure.lower),
                    "upper": "" if figure.upper is None else self._figure(figure.upper),
                    "flag": figure.flag,
                }
            )
        for level in question.levels:
            rows.setdefault("quantiles", []).append(
                {
                    "forecast_id": identity,
                    "candidate_id": level.name,
                    "level": str(plain(level.level * 100)),
                    "value": self._figure(level.value),
                }
            )
        for number, band in enumerate(question.bands, start=1):
            rows.setdefault("events", []).append(
                {
                    "event_id": f"{identity}-{number}",
                    "forecast_id": identity,
                    "type": "share_band",
                    "candidates": band.name,
                    "low": str(rounded(band.low)),
                    "high": str(rounded(band.high)),
                    "value": self._figure(band.value),
                }
            )

    def _figure(self, value: Decimal) -> str:
        if value != rounded(value):
            self.remarks.guess("Figures with more than two decimals are rounded to two.")
        return str(rounded(value))


def mechanism_of(modes: Iterable[str]) -> str:
    """The mechanism that modes of interviewing name, "" if they name none or several.

    Examples
    --------
    >>> mechanism_of(["Live Phone"]), mechanism_of(["internet"]), mechanism_of(["", "online"]), mechanism_of(["mixed"])
    ('phone_quota', 'panel_quota', '', '')
    """
    mechanisms = set()
    for mode in modes:
        words = set(fold(mode).split())
        phone = bool(words & {"phone", "telephone", "telefon", "telefonisch", "cati", "ivr"})
        web = bool(words & {"internet", "online", "web", "panel", "cawi"})
        mechanisms.add(("phone_quota" if phone else "panel_quota") if phone != web else "")
    return mechanisms.pop() if len(mechanisms) == 1 else ""


def _sizes(question: Question, remarks: Remarks) -> Row:
    row: Row = {}
    size, expressing = question.size, question.expressing
    if size and expressing and expressing > size:
        remarks.guess(
            f"{question.row}: {expressing} who state an intention are more than the sample of {size}; left out."
        )
        expressing = None
    if size:
        row |= {"sample_size": str(size), "sample_size_basis": question.size_basis or "as listed"}
    if expressing:
        row |= {"expressing_n": str(expressing), "expressing_basis": question.expressing_basis or "as listed"}
    return row
