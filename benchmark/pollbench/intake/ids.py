"""Ids of people, houses and forecasts: what is known keeps its id, what is new gets a free one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pollbench.intake.layout import Row, Rows
from pollbench.intake.mapping import Mapping
from pollbench.intake.model import Draft, Person, Question
from pollbench.intake.names import (
    POLLS,
    houses,
    people,
    shipped_forecasts,
    shipped_ids,
    slug,
    surname,
)
from pollbench.intake.registry import Importer
from pollbench.intake.remarks import Remarks


@dataclass
class Names:
    """Who is who: printed names to ids, and the rows of those who are new."""

    importer: Importer
    mapping: Mapping
    remarks: Remarks
    standing: Rows
    country: str
    source_id: str
    people: dict[str, str] = field(default_factory=dict)
    houses: dict[str, str] = field(default_factory=dict)
    new_people: dict[str, Row] = field(default_factory=dict)
    new_houses: dict[str, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up who is shipped, and who stands in the folder."""
        kinds = POLLS if self.importer.kind in POLLS else (self.importer.kind,)
        self._own_people = {row["candidate_id"]: row for row in self.standing.get("people", [])}
        self._own_houses = {row["forecaster_id"]: row for row in self.standing.get("forecasters", [])}
        self._people = people(self._own_people.values())
        self._houses = houses(kinds, self._own_houses.values())

    def people_rows(self) -> list[Row]:
        """The rows of those who are not shipped; where the source does not say what they are, their company does."""
        persons = any(identity in shipped_ids("people") for identity in self.people.values())
        kind = "person" if persons else "party"
        return [row if row.get("kind") else {**row, "kind": kind} for row in self.new_people.values()]

    def person(self, name: str) -> str:
        """The id of a candidate; "" if the mapping leaves the name out."""
        if name not in self.people:
            self.people[name] = self._person(name)
        return self.people[name]

    def _person(self, name: str) -> str:
        decided = self.mapping.decided(self.mapping.people, name)
        if decided is not None:
            self.remarks.names.append(("candidate", name, decided or "left out", "mapping.toml"))
            if decided and decided not in self._people.ids:
                self._people.add(name, decided)
            self._note_person(decided, name)
            return decided
        # A heading such as "Le Pen" is taken for the surname of someone shipped only where those people stand.
        by_id = self.country in ("FR", "XX", "") or slug(name) in self._own_people
        identity, how = self._people.find(name, by_id=by_id)
        if not identity:
            wish = slug(surname(name)) if self.importer.surnames else slug(name)
            identity, how = self._people.add(name, wish), "new"
        self._note_person(identity, name)
        self.remarks.names.append(("candidate", name, identity, how))
        return identity

    def _note_person(self, identity: str, name: str) -> None:
        """Keep the row of someone who is not among the shipped people; that of the folder, where it has one."""
        if identity and identity not in shipped_ids("people"):
            fresh = {"candidate_id": identity, "name": name, "kind": self.importer.candidates}
            self.new_people.setdefault(identity, self._own_people.get(identity, fresh))

    def house(self, name: str) -> str:
        """The id of a forecaster; "" if the mapping leaves it out."""
        if name not in self.houses:
            self.houses[name] = self._house(name)
        return self.houses[name]

    def _house(self, name: str) -> str:
        decided = self.mapping.decided(self.mapping.houses, name)
        if decided is not None:
            self.remarks.names.append(("forecaster", name, decided or "left out", "mapping.toml"))
            if decided and decided not in self._houses.taken:
                self._houses.add(name, decided)
            self._note_house(decided, name)
            return decided
        identity, how = self._houses.find(name)
        if not identity:
            identity, how = self._houses.add(name, slug(name)), "new"
            near = [known for known in self._houses.ids - {identity} if slug(name).startswith(f"{known}-")]
            if near:
                how = f"new; if it is {min(near)}, say so under [houses]"
        self._note_house(identity, name)
        self.remarks.names.append(("forecaster", name, identity, how))
        return identity

    def _note_house(self, identity: str, name: str) -> None:
        """Keep the row of a forecaster that is not shipped; that of the folder, where it has one."""
        if identity and identity not in shipped_ids("forecasters"):
            fresh = self._house_row(identity, name)
            self.new_houses.setdefault(identity, self._own_houses.get(identity, fresh))

    def _house_row(self, identity: str, name: str) -> Row:
        polls = self.importer.kind in POLLS
        return {
            "forecaster_id": identity,
            "name": name,
            "house": identity,
            "family": self.importer.family,
            "kind": self.importer.kind,
            "measures": "declared vote intentions" if polls else "what it forecasts",
            "quota": "unknown",
            "identity_check": "unknown",
            "rule_disclosed": "unknown",
            "mechanism": "none",
            "sources": self.source_id,
        }


def party_of(draft: Draft) -> dict[str, Person]:
    """What the source says about people, by printed name."""
    return {person.name: person for person in draft.people}


@dataclass
class ForecastIds:
    """Ids of forecasts: forecaster, day, letter.

    Parameters
    ----------
    remembered : key of a question -> its id, from the import before.
    standing : the rows of the folder, in which a question may stand already.
    election_id : the election whose shipped rows are not in the way.
    """

    remembered: dict[str, str]
    standing: Rows
    election_id: str
    given: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note which ids are taken, and which question stands under which."""
        self._used: set[str] = set()
        self._known = set(self.remembered.values())
        self._taken = shipped_forecasts(self.election_id) | set(self.remembered.values())
        tested: dict[str, set[str]] = {}
        for row in self.standing.get("predictions", []):
            tested.setdefault(row["forecast_id"], set()).add(row["candidate_id"])
        self._standing: dict[tuple[object, ...], list[str]] = {}
        for row in self.standing.get("forecasts", []):
            self._taken.add(row["forecast_id"])
            names = frozenset(tested.get(row["forecast_id"], ()))
            day = row.get("measured_to") or row.get("published_on", "")
            identity = (row["forecaster_id"], row["contest_id"], row["quantity"], day, names)
            self._standing.setdefault(identity, []).append(row["forecast_id"])

    def give(
        self, key: str, forecaster: str, day: str, contest: str, quantity: str, tested: Iterable[str]
    ) -> str:
        """The id of one question; a key is given one id for good."""
        prefix = f"{forecaster}-{day}-"
        remembered = self.remembered.get(key, "")
        if remembered.startswith(prefix) and remembered not in self._used:
            return self._give(key, remembered)
        identity = (forecaster, contest, quantity, day, frozenset(tested))
        for standing in self._standing.get(identity, []):
            if standing not in self._used and standing not in self._known:
                return self._give(key, standing)
        letters = next(letters for letters in _letters() if prefix + letters not in self._taken)
        return self._give(key, prefix + letters)

    def _give(self, key: str, identity: str) -> str:
        self._taken.add(identity)
        self._used.add(identity)
        self.given[key] = identity
        return identity


def question_key(question: Question, forecaster: str, contest: str, tested: Iterable[str]) -> str:
    """What names a question from one copy of its source to the next."""
    if question.key:
        return question.key
    days = f"{question.start or ''}/{question.end or ''}/{question.published or ''}"
    return " ".join(
        (
            forecaster,
            contest,
            question.quantity,
            days,
            question.population,
            question.sample,
            "+".join(sorted(tested)),
        )
    )


def _letters() -> Iterable[str]:
    """a, b, ..., z, aa, ab, ..."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    yield from alphabet
    yield from (first + second for first in alphabet for second in alphabet)
    yield from (first + second + third for first in alphabet for second in alphabet for third in alphabet)
