"""Results that were made before from the same answers by the same code are taken from the cache.

A result follows from code, name, options and the answers to the questions that its making asks (`questions`). Which
these are is known once it was made: they are kept beside it. The next time they are asked first, and where every
answer has the digest that it had, the kept result is the one that would be made. So an edit of a row makes anew what
asks about that row, and nothing else.

The code is that of the rooms that make results, with their texts, what the shipped elections share and the versions of
the libraries. Where a measure, an attack or another idea was registered from outside the packages, or a statement was
run on the database, nothing is taken and nothing kept; nor is a result that rests on a file which no key holds.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache as once
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pollbench import cache, errors
from pollbench.data.built_before import Loaded
from pollbench.data.contest_rows import OF_CONTEST
from pollbench.data.elections import datasets_folder, shipped_collections, shipped_elections
from pollbench.data.frame_bytes import from_bytes, to_bytes
from pollbench.data.questions import (
    CONTENT,
    FRAME,
    Asked,
    Key,
    Question,
    Source,
    looking_away,
    note,
    noting,
)
from pollbench.data.tables_read import digests_of_tables, tables_read
from pollbench.registry import only_ours

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

Made = TypeVar("Made")
#: Under this kind the cache holds what was asked for a result.
QUESTIONS = "questions"
#: Libraries that may move a figure.
LIBRARIES = ("duckdb", "numpy", "pandas", "scikit-learn", "scipy", "statsmodels")
#: Rooms that print, write or bring in, but make no result that is kept.
_OTHER_ROOMS = ("cli", "intake")
#: That there is nothing to make a result of is a result too.
_REFUSALS = ("CoverageError", "NoSuchVote", "NothingToCompare")
_VALUE, _REFUSAL = b"=", b"!"


@dataclass(frozen=True)
class Form(Generic[Made]):
    """How a kind of results is written down.

    Attributes
    ----------
    kind : the sub-folder of the cache.
    to_bytes : the bytes of a result; None if it would not come back the same.
    from_bytes : the result; None if they are no such bytes.
    """

    kind: str
    to_bytes: Callable[[Made], bytes | None]
    from_bytes: Callable[[bytes], Made | None]


#: Kind of question -> what answers it besides the data.
NOTHING_BESIDE: Mapping[str, Source] = {}
TABLE: Form[pd.DataFrame] = Form("table", to_bytes, from_bytes)


def kept(
    bench: Bench,
    name: str,
    options: tuple[Hashable, ...],
    make: Callable[[], Made],
    form: Form[Made] = TABLE,  # type: ignore[assignment]
    beside: Mapping[str, Source] = NOTHING_BESIDE,
) -> Made:
    """The result of that name with these options: the one that was kept, or the one that ``make`` makes.

    Parameters
    ----------
    bench : the data that it is made of; what it asks of other data that it loads counts as well.
    name : of the result.
    options : all that it depends on besides data and code; only what says by its text what it is.
    make : makes it.
    form : how it is written down.
    beside : kind of question -> what answers such questions besides the data: what was handed in, or follows from it.

    Raises
    ------
    CoverageError, NoSuchVote, NothingToCompare : as ``make`` does, or did.
    """
    start = start_of(bench, form.kind, name, options)
    if start is None:
        return make()
    before = _asked_before(bench, start, beside)
    if before is not None:
        answers, asked_anew = before
        content = cache.read(form.kind, _key(start, answers))
        if content is not None:
            note_asked(bench, answers, beside)
            if asked_anew:
                # Before it is read: that there is nothing to make a result of is raised.
                _keep_questions(bench, start, answers)
            result = _read(content, form)
            if result is not None:
                return result[0]
    return _made_anew(bench, start, make, form, beside)


def _made_anew(
    bench: Bench, start: str, make: Callable[[], Made], form: Form[Made], beside: Mapping[str, Source]
) -> Made:
    refusal: errors.PollbenchError | None = None
    with noting() as asked:
        try:
            result = make()
            content = form.to_bytes(result)
            written = None if content is None else _VALUE + content
        except errors.PollbenchError as error:
            refusal, written = error, _written_refusal(error)
    answers = None if written is None else answers_of(bench, asked, beside)
    if written is not None and answers is not None:
        _keep_questions(bench, start, answers)
        cache.write(form.kind, _key(start, answers), written)
    if refusal is not None:
        raise refusal
    return result


def plain(value: Any) -> bool:
    """Whether the value of an option says by its text all that it is, so that it may stand in a key.

    Examples
    --------
    >>> plain((1, "mae", None)), plain({"a": 1})
    (True, False)
    """
    if isinstance(value, tuple):
        return all(map(plain, value))
    if is_dataclass(value) and not isinstance(value, type):
        return all(plain(getattr(value, name)) for name in value.__dataclass_fields__)
    return value is None or type(value) in (str, int, float, bool)


def start_of(bench: Bench, kind: str, name: str, options: tuple[Hashable, ...]) -> str | None:
    """Digest of all that a result depends on besides answers; None where it is not to be kept."""
    if cache.folder() is None or bench.has_own_statements or not only_ours() or not plain(options):
        return None
    held = (repr(bench.revisions), repr(bench.scenarios))
    try:
        return cache.digest(code_of_results(), *held, kind, name, repr(options))
    except OSError:
        return None


def answers_of(
    bench: Bench, asked: Asked, beside: Mapping[str, Source] = NOTHING_BESIDE
) -> dict[Question, str] | None:
    """The digests of the answers to what was asked for a result of ``bench``; None if not all of it can be asked again."""
    answers: dict[Question, str] = {}
    if asked.unseen:
        return None
    for source, question in asked.questions:
        while source not in (bench, beside.get(question[0])) and hasattr(source, "ground"):
            # Other data stand for all that they follow from.
            ground = source.ground
            if ground is None:
                return None
            source, question = ground
        digest = source.digest_of(question)
        if answers.setdefault(question, digest) != digest:
            return None
    return answers


def note_asked(
    bench: Bench, answers: Iterable[Question] | None, beside: Mapping[str, Source] = NOTHING_BESIDE
) -> None:
    """Note what was asked of ``bench`` elsewhere for a result that is used here; every row, where that is unknown."""
    for question in (CONTENT,) if answers is None else answers:
        note(_source(bench, question, beside), question)


def _asked_before(
    bench: Bench, start: str, beside: Mapping[str, Source]
) -> tuple[dict[Question, str], bool] | None:
    """What was asked for the result, with digests of the answers that there are now, and whether a query was asked anew.

    None if that is unknown.
    """
    content = cache.read(QUESTIONS, start)
    if content is None:
        return None
    try:
        rows, listed = json.loads(content)
        before = {tuple(question): str(digest) for question, digest in listed}
        changed = {table for table, now in digests_of_tables(bench).items() if rows.get(table) != now}
    except (ValueError, TypeError, AttributeError):
        return None
    answers: dict[Question, str] = {}
    asked_anew = False
    for question, digest in before.items():
        queried = question[0] in (FRAME, OF_CONTEST)
        # The same rows give the same answers.
        if queried and (not changed or changed.isdisjoint(tables_read(bench, question[1]))):
            answers[question] = digest
        else:
            asked_anew |= queried
            answers[question] = _source(bench, question, beside).digest_of(question)
    return answers, asked_anew


def _keep_questions(bench: Bench, start: str, answers: dict[Question, str]) -> None:
    cache.write(QUESTIONS, start, _json([digests_of_tables(bench), [[*pair] for pair in answers.items()]]))


_FILES: Key[Loaded] = Key("files of other elections")


def _source(bench: Bench, question: Question, beside: Mapping[str, Source]) -> Source:
    """What answers a question that was kept: the data themselves, the files of other elections, or what is beside."""
    if question[0] in beside:
        return beside[question[0]]
    if question[0] != "loaded":
        return bench
    return bench.memo(_FILES.of(question), lambda: Loaded(*json.loads(question[1])))


def _key(start: str, answers: dict[Question, str]) -> str:
    listed = sorted((*question, digest) for question, digest in answers.items())
    return cache.digest(start, *(cache.digest(*pieces) for pieces in listed))


def _written_refusal(error: errors.PollbenchError) -> bytes | None:
    name = type(error).__name__
    simple = name in _REFUSALS and len(error.args) == 1 and type(error.args[0]) is str
    return _REFUSAL + _json([name, error.args[0]]) if simple else None


def _read(content: bytes, form: Form[Made]) -> tuple[Made] | None:
    """The result in an entry, raised if it is that there is none; None if it is no entry of this form."""
    mark, rest = content[:1], content[1:]
    if mark == _REFUSAL:
        try:
            name, message = json.loads(rest)
            refusal = getattr(errors, _REFUSALS[_REFUSALS.index(name)])
        except (ValueError, TypeError):
            return None
        raise refusal(message)
    result = form.from_bytes(rest) if mark == _VALUE else None
    return None if result is None else (result,)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


@once
def code_of_results() -> str:
    """Digest of the code, texts and shared data that make results, and of the versions of what they rest on."""
    versions = (platform.python_version(), platform.machine(), *map(version, LIBRARIES))
    names = (*shipped_elections(), *shipped_collections())
    with looking_away():
        return cache.digest(*versions, *names, cache.digest_of_files(_files(set(names))))


def _files(elections: set[str]) -> Iterator[Path]:
    package = Path(__file__).parents[1]
    for path in package.rglob("*"):
        inside = path.relative_to(package).parts
        if path.suffix in (".py", ".toml") and inside[0] not in _OTHER_ROOMS:
            yield path
    root = datasets_folder()
    for path in root.rglob("*"):
        inside = path.relative_to(root).parts
        if path.is_file() and path.suffix not in (".py", ".pyc") and inside[0] not in elections:
            yield path
