"""Which second reader answers for each number of a printed text, and whether it says the same."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path
from string import Formatter

from parsing import numbers
from walk import CODE, Filled

import pollbench
import pollbench_dashboards

DATA = Path(__file__).parents[2] / "datasets" / "pollbench_datasets"
#: Files of the translations of what is no text of a page: the data, the measures, the columns of tables.
TRANSLATED = ("data", "measures", "dictionary")
#: Stands for what has been answered for.
ANSWERED = "\u00a7"
Numbers = list[float]
#: What must stand in a filled text: its key -> one list of numbers or several, one of which it is.
Readers = Callable[[str], "list[Numbers] | None"]


def loose(text: str) -> str:
    """A text with plain spaces and apostrophes, so that typography makes no difference."""
    plain = re.sub(r"(?<=\d)[\u202f\u00a0](?=\d{3})", "", text)
    return re.sub(r"\s+", " ", plain.translate({0x2019: "'", 0xA0: " ", 0x202F: " "})).strip()


def first_number(text: str) -> str:
    """The first run of digits of a text."""
    run = re.search(r"\d+", text)
    return run[0] if run else ""


class Known:
    """Texts found by the first number in them, the longest first."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_number: dict[str, set[str]] = defaultdict(set)
        # A bare number is no text: it would answer for any number that looks the same.
        self._all = frozenset(text for text in texts if re.search(r"[^\W\d_]", text))
        for text in self._all:
            if first_number(text):
                self._by_number[first_number(text)].add(text)
        # The same texts stand on many pages.
        self.within = cache(self._within)

    def __contains__(self, text: object) -> bool:
        """Whether a text is one of them, with a number or without."""
        return text in self._all

    def _within(self, text: str) -> list[str]:
        """Those that stand in a text, the longest first."""
        numbers = set(re.findall(r"\d+", text))
        standing = {
            one for number in numbers for one in self._by_number.get(number, ()) if stands_in(one, text)
        }
        return sorted(standing, key=lambda one: (-len(one), one))


WORD = re.compile(r"\w")


def starts(piece: str, text: str) -> Iterator[int]:
    """Where a piece stands in a text and cuts no number or word in two, from left to right."""
    at = text.find(piece)
    while at >= 0:
        end = at + len(piece)
        whole = not (at and WORD.match(text[at - 1])) and not WORD.match(text[end : end + 1])
        if whole:
            yield at
        at = text.find(piece, end if whole else at + 1)


def stands_in(piece: str, text: str) -> bool:
    """Whether a piece stands in a text and cuts no number or word in two."""
    return piece in text and next(starts(piece, text), None) is not None


def without(text: str, piece: str) -> str:
    """A text with what has been answered for marked."""
    pieces, end = [], 0
    for at in starts(piece, text):
        pieces.append(text[end:at])
        end = at + len(piece)
    return ANSWERED.join([*pieces, text[end:]])


@cache
def words_of_the_data(*elections: str) -> Known:
    """Texts with a number that stand in the shipped data as they are, such as titles of sources, in all languages."""
    texts: set[str] = set()
    folders = [DATA, DATA / "laws", DATA / "protocols", *(DATA / name for name in elections)]
    for path in (path for folder in folders for path in sorted(folder.glob("*.csv"))):
        with path.open(encoding="utf-8", newline="") as file:
            texts |= {cell for row in csv.reader(file) for cell in row if re.search(r"[^\W\d_]", cell)}
    tables = [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    for package in (pollbench, pollbench_dashboards):
        french = Path(str(package.__file__)).parent / "text" / "fr"
        tables += [path for path in sorted(french.glob("*.toml")) if path.stem in TRANSLATED]
    for path in tables:
        texts |= set(leaves(tomllib.loads(path.read_text(encoding="utf-8"))))
    schema = (DATA / "sql" / "schema.sql").read_text(encoding="utf-8")
    texts |= {text.replace("''", "'") for text in re.findall(r"'((?:[^']|'')*)'", schema)}
    # As it may be printed: with grouped thousands, beginning with a capital or inside a sentence, code as a sign.
    grouped = {re.sub(r"(?<=\d) (?=\d{3}\b)", "\u202f", text) for text in texts}
    coded = (re.sub(r"(`+).+?\1", CODE, text) for text in texts | grouped)
    return Known(one for text in map(loose, coded) for one in (text, capital(text), small(text)))


def capital(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """A text inside a sentence, as French writes the title of an election there."""
    return text[:1].lower() + text[1:]


@cache
def words_of_the_templates() -> frozenset[str]:
    """What stands in the templates of the pages themselves, with a number."""
    texts: set[str] = set()
    for path in sorted((Path(str(pollbench_dashboards.__file__)).parent / "templates").glob("*.j2")):
        text = re.sub(r"<(script|style)\b.*?</\1>", "<>", path.read_text(encoding="utf-8"), flags=re.S)
        texts |= set(re.split(r"<[^<>]*>|\{[{%#].*?[}%#]\}", text, flags=re.S))
    return frozenset(loose(unescape(text)) for text in texts if re.search(r"\d", text))


def leaves(node: object) -> Iterator[str]:
    """The texts of a file of texts, and what English they stand for."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value)
            if isinstance(value, str) and " " in key:
                yield key
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value)
    elif isinstance(node, str):
        yield node


@dataclass
class Answers:
    """What answers for the numbers of the pages of one language.

    Attributes
    ----------
    locale : the language.
    notes : the texts that were filled, by outcome.
    templates : the texts as they are before they are filled, by key.
    data : texts that stand in the data as they are.
    charts : titles, subtitles, captions, alternative texts and controls of charts, which have readers of their own.
    elsewhere : keys whose numbers another test recomputes, or in which none is computed.
    """

    locale: str
    notes: dict[str, Filled]
    templates: dict[str, str]
    data: Known
    charts: Known
    elsewhere: frozenset[str]
    _filled: Known = field(init=False)
    _by_outcome: dict[str, Filled] = field(init=False)

    def __post_init__(self) -> None:
        self._by_outcome = {loose(note.outcome): note for note in self.notes.values()}
        self._by_outcome |= {capital(outcome): note for outcome, note in self._by_outcome.items()}
        self._filled = Known(self._by_outcome)

    def complaints(self, text: str, element: str, readers: Readers) -> list[str]:
        """What is wrong with a text: numbers that no reader answers for, and those that the reader has otherwise."""
        complaints: list[str] = []
        left = loose(text)
        allowed = readers(f"in {element}")
        if allowed is not None and any(alike(numbers(text, self.locale), one) for one in allowed):
            return []
        known = [(one, self.charts) for one in self.charts.within(left)]
        known += [(one, self._filled) for one in self._filled.within(left)]
        known += [(one, self.data) for one in self.data.within(left)]
        order = [self.charts, self._filled, self.data]
        for one, source in sorted(known, key=lambda pair: (-len(pair[0]), order.index(pair[1]))):
            if not stands_in(one, left):
                continue
            left = without(left, one)
            if source is self._filled:
                complaints += self._wrong(self._by_outcome[one], readers)
        if allowed is not None and any(alike(numbers(left, self.locale), one) for one in allowed):
            return complaints
        if re.search(r"\d", left):
            complaints.append(f"no second reader answers for the numbers of {left!r}")
        return complaints

    def _wrong(self, note: Filled, readers: Readers) -> list[str]:
        """What is wrong with one filled text."""
        named = {name for _, name, _, _ in Formatter().parse(self.templates[note.key]) if name}
        said: Numbers = []
        complaints: list[str] = []
        for name in sorted(named):
            value = loose(str(note.values[name]))
            if value in self.charts:
                continue
            inner = self._by_outcome.get(value)
            # A bare number may be the outcome of many texts.
            if inner is not None and inner != note and len(value) > 4 and self._reads(inner, readers):
                complaints += self._wrong(inner, readers)
                continue
            for one in [*self.charts.within(value), *self.data.within(value)]:
                value = without(value, one)
            said += numbers(value, self.locale)
        if not said or self._is_elsewhere(note):
            return complaints
        expected = readers(note.key)
        if expected is None:
            return [*complaints, f"{note.key} has no second reader: {note.outcome!r}"]
        if not any(alike(said, one) for one in expected):
            complaints.append(f"{note.key} says {said}, its second reader {expected[:4]}: {note.outcome!r}")
        return complaints

    def _reads(self, note: Filled, readers: Readers) -> bool:
        return self._is_elsewhere(note) or readers(note.key) is not None

    def _is_elsewhere(self, note: Filled) -> bool:
        """Whether a text or all its forms are read by another test."""
        return bool({note.key, note.key.rpartition(".")[0]} & self.elsewhere)


def alike(said: Numbers, expected: Numbers, near: float = 0.0501) -> bool:
    """Whether these are the same numbers: counts exactly, decimals as printed."""
    if len(said) != len(expected):
        return False
    pairs = zip(sorted(said), sorted(map(float, expected)), strict=True)
    return all(abs(one - two) <= (1e-9 if two == int(two) else near) for one, two in pairs)
