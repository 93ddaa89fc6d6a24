"""Surveys of one house: which questions share a sample, and which waves share respondents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pollbench.intake.model import Question
from pollbench.intake.remarks import Remarks


@dataclass
class Sample:
    """The questions put to one sample."""

    survey: str
    questions: list[Question]

    @property
    def start(self) -> date | None:
        """First day of fieldwork."""
        return min((question.start for question in self.questions if question.start), default=None)

    @property
    def end(self) -> date:
        """Last day of fieldwork."""
        return max(question.end for question in self.questions if question.end)


def samples_of(questions: Iterable[Question], taken: Collection[str] = ()) -> list[Sample]:
    """The samples behind ``questions``, whose houses are ids: house, days, size and population name one.

    The same question put to a sample twice, with other answers, is taken for a second sample.

    Parameters
    ----------
    taken : names of surveys that stand elsewhere.
    """
    grouped: dict[tuple[object, ...], list[Sample]] = {}
    counts: dict[tuple[str, date | None], int] = {}
    samples = []
    for question in questions:
        mark = question.sample or (question.start, question.size, question.population, question.partisan)
        key = (question.house, question.end, mark)
        asked = _asked(question)
        fitting = [
            sample
            for sample in grouped.get(key, [])
            if asked not in {_asked(other) for other in sample.questions}
        ]
        if fitting:
            fitting[0].questions.append(question)
            continue
        names = _names(question, counts)
        sample = Sample(next(name for name in names if name not in taken), [question])
        grouped.setdefault(key, []).append(sample)
        samples.append(sample)
    return samples


def _names(question: Question, counts: dict[tuple[str, date | None], int]) -> Iterator[str]:
    """Names of surveys of one house and day, each once: without a number, then 2, 3, ..."""
    while True:
        number = counts[question.house, question.end] = counts.get((question.house, question.end), 0) + 1
        yield f"{question.house}-{question.end}" + ("" if number == 1 else f"-{number}")


def _asked(question: Question) -> tuple[str, int, frozenset[str]]:
    return question.race, question.round, frozenset(figure.name for figure in question.figures)


def without_repeats(questions: Iterable[Question], remarks: Remarks) -> list[Question]:
    """The questions, a row that repeats another in everything but its line left out."""
    seen: dict[tuple[object, ...], str] = {}
    distinct = []
    for question in questions:
        figures = tuple(sorted((figure.name, figure.value, figure.flag) for figure in question.figures))
        bands = tuple(sorted((band.name, band.low, band.high, band.value) for band in question.bands))
        everything = (
            question.race, question.round, question.house, question.start, question.end, question.published,
            question.quantity, question.size, question.population, question.sample, figures, bands,
        )  # fmt: skip
        if everything in seen:
            remarks.drop(question.row, question.house, f"repeats {seen[everything]}")
            continue
        seen[everything] = question.row
        distinct.append(question)
    return distinct


def rolling(samples: Iterable[Sample], remarks: Remarks) -> dict[str, bool]:
    """Survey -> whether it belongs to the thinned series, for all waves of rolling surveys.

    Waves are those that the source declares, and those of one house that overlap, are equally long
    and ask the same. Counted back from the last, a wave is kept if it ends before the one kept
    after it begins.
    """
    houses: dict[str, list[Sample]] = {}
    for sample in samples:
        houses.setdefault(sample.questions[0].house, []).append(sample)
    thin: dict[str, bool] = {}
    for house, waves in houses.items():
        declared = [wave for wave in waves if any(question.rolling for question in wave.questions)]
        silent = [wave for wave in waves if all(question.rolling is None for question in wave.questions)]
        overlapping = _overlapping(silent)
        if overlapping:
            remarks.guess(
                f"{len(overlapping)} surveys of {house} overlap, are equally long and ask the same: taken for waves of a "
                "rolling survey, which tests use without overlap. If they are separate samples, clear rolling_series in forecasts.csv."
            )
        thin |= _thinned([*declared, *overlapping])
    return thin


def _overlapping(waves: list[Sample]) -> list[Sample]:
    begun = ((wave, wave.start) for wave in waves)
    dated = sorted(
        ((wave, start) for wave, start in begun if start is not None),
        key=lambda pair: (pair[0].end, pair[0].survey),
    )
    overlapping: dict[str, Sample] = {}
    for index, (later, later_start) in enumerate(dated):
        for earlier, earlier_start in reversed(dated[:index]):
            if (later.end - earlier.end).days > 31:
                break
            shared = {_asked(question) for question in later.questions} & {
                _asked(question) for question in earlier.questions
            }
            alike = later.end - later_start == earlier.end - earlier_start
            if shared and alike and earlier.end < later.end and later_start <= earlier.end:
                overlapping[later.survey], overlapping[earlier.survey] = later, earlier
    return list(overlapping.values())


def _thinned(waves: list[Sample]) -> dict[str, bool]:
    thin = {}
    begins: date | None = None
    for wave in sorted(waves, key=lambda wave: (wave.end, wave.survey), reverse=True):
        thin[wave.survey] = begins is None or wave.end < begins
        if thin[wave.survey]:
            begins = wave.start or wave.end
    return thin
