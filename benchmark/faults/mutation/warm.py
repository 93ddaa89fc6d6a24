"""A warm process: tests collected once, what each covers counted once, one fork for each mutant.

In a fork the functions of the changed module get their new code where they stand, so that whatever has imported them runs it;
then run the examples of the module and the tests that touch the changed line, the quickest first, then the rest of their
files. The fork ends at the first failure. What stands outside functions is loaded anew by a fork that has imported nothing yet.
"""

from __future__ import annotations

import doctest
import gc
import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest
from forks import in_a_fork

from mutation.operators import Mutant, mutated_tree

ROOT = Path(__file__).parents[3]
#: A mutant that takes so many times as long as its tests, and so many seconds, or all this memory, counts as killed.
TIMES_AS_LONG, LONGEST, MEMORY = 30, 60, 8 << 30
#: Processor seconds of the tests that are run of those which touch the line, and of the others of their files: the quickest
#: first. What survives these may be noticed by a slower one: the score is a lower bound.
TOUCHING, BESIDE = 4.0, 1.0
#: Kinds of the cache that hold data and nothing computed by the code under test.
KINDS_OF_DATA = ("database", "schema")
KILLED, SURVIVES, ANEW = 1, 0, 3


@dataclass
class Covered:
    """Which tests touch which line, and how long each takes."""

    seconds: dict[str, float] = field(default_factory=dict)
    #: File -> line -> ids of the tests.
    lines: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    #: Tests that fail on the unchanged code in here.
    broken: list[str] = field(default_factory=list)

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The tests that touch the line, the quickest first, then the others of their files; none if none touches it."""
        touched = self.lines.get(str(mutant.path), {})
        first = {name for line in range(mutant.span[0], mutant.span[1] + 1) for name in touched.get(line, ())}
        files = {name.partition("::")[0] for name in first}
        rest = {name for name in self.seconds if name.partition("::")[0] in files} - first
        return [*self._quickest(first, TOUCHING), *self._quickest(rest, BESIDE)]

    def _quickest(self, names: Iterable[str], seconds: float) -> list[str]:
        """The quickest of the tests that take so many seconds together; one at least."""
        chosen: list[str] = []
        total = 0.0
        for name in sorted(names, key=lambda name: (self.seconds[name], name)):
            total += self.seconds[name]
            if chosen and total > seconds:
                break
            chosen.append(name)
        return chosen

    def limit(self, names: Sequence[str]) -> int:
        """Seconds after which a mutant of these tests, or files of tests, counts as one that never ends."""
        total = sum(seconds for name, seconds in self.seconds.items() if name.startswith(tuple(names)))
        return LONGEST + int(TIMES_AS_LONG * total)

    def files_of(self, mutant: Mutant) -> list[str]:
        """The files of tests that touch the module, those that touch most lines of it first; all where it has no line of its own."""
        touched = self.lines.get(str(mutant.path)) or {0: set(self.seconds)}
        counts: dict[str, int] = {}
        for tests in touched.values():
            for file in {name.partition("::")[0] for name in tests}:
                counts[file] = counts.get(file, 0) + 1
        return sorted(counts, key=lambda file: (-counts[file], file))


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads the mutant where its module is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        """The mutated module, and nothing else."""
        if fullname != self.mutant.module:
            return None
        return importlib.util.spec_from_file_location(fullname, self.mutant.path, loader=self)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:  # noqa: ARG002
        """An ordinary module."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code in it."""
        exec(compile(mutated_tree(self.mutant)[0], self.mutant.path, "exec"), module.__dict__)


class Campaign:
    """A plugin of pytest: what is done with the collected tests instead of running them."""

    def __init__(self, work: Callable[[Campaign], None]) -> None:
        self.work, self.failed = work, False
        self.items: dict[str, pytest.Item] = {}
        self.functions: dict[str, list[FunctionType]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Do the work in place of the tests."""
        self.items = {item.nodeid: item for item in session.items}
        # Where collected tests are frozen, their objects are listed no more.
        gc.unfreeze()
        for one in gc.get_objects():
            if isinstance(one, FunctionType):
                self.functions.setdefault(one.__code__.co_filename, []).append(one)
        self.work(self)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember that a test failed."""
        self.failed |= report.failed

    def passes(self, names: Sequence[str]) -> bool:
        """Whether the tests pass; it stops at the first that fails."""
        items = [self.items[name] for name in names]
        for item, after in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self.failed:
                return False
        return True

    def covered(self, files: Sequence[Path]) -> Covered:
        """Run every test once on the unchanged code, in a fork, and note what it touches."""
        import coverage

        measured_tests = Covered()

        def measured() -> Covered:
            _quiet(0)
            only_data_is_kept()
            counted = coverage.Coverage(
                data_file=None, include=[str(path) for path in files], config_file=False
            )
            counted.start()
            broken = []
            for name, after in zip(self.items, [*list(self.items)[1:], None], strict=True):
                counted.switch_context(name)
                start = time.process_time()
                item, following = self.items[name], self.items.get(after or "")
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                measured_tests.seconds[name] = time.process_time() - start
                if self.failed:
                    broken.append(name)
                    self.failed = False
            counted.stop()
            # A test that fails anyway says nothing about a mutant.
            for name in broken:
                del measured_tests.seconds[name]
            measured_tests.broken = broken
            data = counted.get_data()
            for path in data.measured_files():
                measured_tests.lines[path] = {
                    line: {name for name in names if name in measured_tests.seconds}
                    for line, names in data.contexts_by_lineno(path).items()
                }
            return measured_tests

        return in_a_fork(measured)

    def exchanged(self, mutant: Mutant) -> bool:
        """Give the functions of the module their new code; whether that is all of the change."""
        tree, within = mutated_tree(mutant)
        if not within or mutant.module not in sys.modules:
            return False
        codes: dict[tuple[str, int], CodeType] = {}
        for code in _codes(compile(tree, mutant.path, "exec")):
            key = (code.co_qualname, code.co_firstlineno)
            if key in codes and "<lambda>" in code.co_qualname:
                return False
            codes[key] = code
        for function in self.functions.get(str(mutant.path), []):
            old = function.__code__
            new = codes.get((old.co_qualname, old.co_firstlineno))
            if new is None or new.co_freevars != old.co_freevars:
                return False
            function.__code__ = new
        return True


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def only_data_is_kept() -> None:
    """Let nothing that the changed code computes come from the cache, or get into it."""
    from pollbench import cache

    read_all, write_all = cache.read, cache.write

    def read(kind: str, key: str) -> bytes | None:
        return read_all(kind, key) if kind in KINDS_OF_DATA else None

    def write(kind: str, key: str, content: bytes) -> None:
        if kind in KINDS_OF_DATA:
            write_all(kind, key, content)

    cache.read, cache.write = read, write


def verdict(judge: Callable[[], int], seconds: int) -> int:
    """What ``judge`` says of a mutant in a fork: KILLED, SURVIVES or ANEW; a fork that dies is a kill."""
    child = os.fork()
    if child == 0:
        code = KILLED
        try:
            _quiet(seconds)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            code = judge()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else KILLED


def _quiet(seconds: int) -> None:
    """Print nothing, and end after so many seconds; after none, never."""
    os.setsid()
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        if "MUTANTS_SPEAK" not in os.environ:
            os.dup2(nowhere.fileno(), 2)
    signal.alarm(seconds)


def warm(campaign: Campaign, mutant: Mutant, covered: Covered) -> int:
    """The verdict on a mutant, by exchanging code in the warm process."""
    names = covered.tests_of(mutant)

    def judge() -> int:
        only_data_is_kept()
        if not campaign.exchanged(mutant):
            return ANEW
        if doctest.testmod(sys.modules[mutant.module]).failed:
            return KILLED
        return SURVIVES if campaign.passes(names) else KILLED

    return verdict(judge, covered.limit(names))


def anew(mutant: Mutant, covered: Covered) -> int:
    """The verdict on a mutant, by loading everything anew with the changed module in it."""
    names = covered.files_of(mutant)

    def judge() -> int:
        sys.meta_path.insert(0, Finder(mutant))
        only_data_is_kept()
        if doctest.testmod(importlib.import_module(mutant.module)).failed:
            return KILLED
        return SURVIVES if not names or collected(names, None, covered.broken) == 0 else KILLED

    return verdict(judge, covered.limit(names))


def collected(names: Sequence[str], campaign: Campaign | None, left_out: Sequence[str] = ()) -> int:
    """Collect tests, and run them or let a campaign do its work with them."""
    os.chdir(ROOT)
    words = ["-x", "-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not browser"]
    words += [word for name in left_out for word in ("--deselect", name)]
    paths = [str(ROOT / name) for name in names]
    return int(pytest.main([*words, *paths], plugins=[campaign] if campaign else []))
