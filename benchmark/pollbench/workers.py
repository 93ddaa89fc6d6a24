"""Other processes that take work from the list of this one, where the machine has processors for it.

Nothing depends on who does what: a task is a function of its arguments, made by the process that is free.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")

#: Of so many new objects garbage is looked for, rather than of 700: a run makes millions that stay, and little garbage
#: that holds itself.
NEW_OBJECTS = 50_000
#: Each worker imports the libraries anew (two seconds) and may hold a drawing engine (some hundred megabytes):
#: beyond a few of them nothing is gained on a job of half a minute.
MOST_WORKERS = 3


class Task(Generic[Made]):
    """Work that a worker may have begun."""

    def __init__(self, here: Callable[[], Made], there: Future[Made] | None) -> None:
        self._here, self._there = here, there

    def begun(self) -> bool:
        """Whether a worker has it in hand or has done it."""
        return self._there is not None and (self._there.running() or self._there.done())

    def result(self) -> Made:
        """What the task makes; made here and now if no worker has begun it."""
        if self._there is None or self._there.cancel():
            return self._here()
        try:
            return self._there.result()
        except BrokenProcessPool:
            # A worker was killed, for want of memory as a rule: nothing is lost, it is made here.
            return self._here()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """A process started in here leaves ^C to the one that started it, from its first moment on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


def look_rarely_for_garbage() -> None:
    """Leave in memory what a process of a minute would otherwise spend a tenth of its time to look through."""
    gc.set_threshold(NEW_OBJECTS)


def _begin(parent: int) -> None:
    look_rarely_for_garbage()
    _end_with(parent)


def _end_with(parent: int) -> None:
    """End this process when the one that started it ends, however it ends: a thread looks every second."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _import(modules: tuple[str, ...]) -> None:
    for name in modules:
        import_module(name)


class _RememberingContext(SpawnContext):
    """Starts processes and remembers them: until Python 3.14 an executor has no public way to end its own."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[BaseProcess] = []

    def Process(self, *arguments: Any, **options: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        """Make a process that can be ended later."""
        process = SpawnProcess(*arguments, **options)
        self.started.append(process)
        return process


class Workers:
    """The other processes; on a machine with one processor there are none, and all is done here.

    Examples
    --------
    >>> with Workers(0) as workers:
    ...     workers.give(round, 2.4).result()
    2
    """

    def __init__(self, count: int | None = None) -> None:
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        wanted = min(processors - 1, MOST_WORKERS) if count is None else count
        self._count = max(wanted, 0)
        # Not forked: a database and a drawing engine do not survive that.
        self._context = _RememberingContext()
        self._pool = (
            ProcessPoolExecutor(wanted, self._context, initializer=_begin, initargs=(os.getpid(),))
            if wanted > 0
            else None
        )

    def prepare(self, *modules: str) -> None:
        """Start all of them now, and let each import what the work will need: while others do something else."""
        for _ in range(self._count if self._pool else 0):
            self.give(_import, modules)

    def give(
        self, function: Callable[..., Made], *arguments: Any, here: Callable[[], Made] | None = None
    ) -> Task[Made]:
        """Put ``function(*arguments)`` on the list; ``here`` does the same with what this process has at hand."""
        there = None
        if self._pool:
            # After a worker was killed the pool takes nothing more.
            with _deaf_to_interrupts(), suppress(BrokenProcessPool):
                there = self._pool.submit(function, *arguments)
        return Task(here or (lambda: function(*arguments)), there)

    def __enter__(self) -> Workers:
        """Enter a ``with`` block."""
        return self

    def __exit__(self, error: object, *_: object) -> None:
        """Leave a ``with`` block: what no worker has begun is dropped; after an error, what is begun as well."""
        if not self._pool:
            return
        if error is not None:
            for process in self._context.started:
                process.terminate()
        self._pool.shutdown(cancel_futures=True)
