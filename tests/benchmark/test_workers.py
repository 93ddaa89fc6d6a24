"""Work on a shared list: the result is the same in every process, and so is the error."""

import os
import signal
import sys
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from pollbench import workers
from pollbench.errors import NothingToCompare
from pollbench.outputs.table_tasks import make_there, opened, tasks
from pollbench.outputs.tables import TABLES
from pollbench.selection.policy import Policy
from pollbench.workers import Task, Workers


def fail(sentence: str) -> None:
    raise NothingToCompare(sentence)


@pytest.fixture(scope="module")
def one_worker():
    with Workers(1) as workers:
        yield workers


def test_without_workers_everything_is_made_here():
    with Workers(0) as workers:
        assert workers.give(os.getpid).result() == os.getpid()


def test_what_a_worker_has_begun_is_made_there(one_worker):
    task = one_worker.give(os.getpid)
    while not task.begun():
        pass
    assert task.result() != os.getpid()


def whether_loaded(module: str) -> tuple[int, bool]:
    return os.getpid(), module in sys.modules


def test_a_prepared_worker_has_imported_what_the_work_needs():
    with Workers(1) as workers:
        workers.prepare("wave")
        task = workers.give(whether_loaded, "wave")
        while not task.begun():
            pass
        process, loaded = task.result()
    assert process != os.getpid()
    assert loaded


def test_nobody_is_prepared_where_there_is_nobody():
    with Workers(0) as workers:
        workers.prepare("no such module")
        assert workers.give(round, 2.4).result() == 2


def test_what_nobody_has_begun_is_made_here(one_worker):
    tasks_given = [one_worker.give(sum, range(10**7)) for _ in range(6)]
    last = one_worker.give(pow, 2, 10, here=lambda: "made here")
    assert last.result() == "made here"
    assert {task.result() for task in tasks_given} == {sum(range(10**7))}


def test_an_error_of_a_worker_arrives_with_its_sentence(one_worker):
    task = one_worker.give(fail, "No polls.")
    while not task.begun():
        pass
    with pytest.raises(NothingToCompare, match=r"^No polls\.$"):
        task.result()


def test_tables_are_the_same_whoever_makes_them(bench, one_worker):
    policy = Policy(missing="drop")
    task = one_worker.give(make_there, bench.path, "herding", policy, here=pytest.fail)
    while not task.begun():
        pass
    table, _ = task.result()
    assert table.to_csv() == TABLES["herding"].make(bench, policy).to_csv()


def test_every_table_is_given_once(bench):
    with Workers(0) as workers:
        names = [name for name, _ in tasks(bench, Policy(missing="drop"), workers)]
    assert sorted(names) == sorted(TABLES)


def test_the_work_of_a_worker_that_was_killed_is_made_here():
    killed: Future[str] = Future()
    killed.set_running_or_notify_cancel()
    task = Task(lambda: "made here", killed)
    assert task.begun()
    killed.set_exception(BrokenProcessPool())
    assert task.begun()
    assert task.result() == "made here"


def test_after_a_worker_was_killed_all_further_work_is_made_here(monkeypatch):
    def broken(*_):
        raise BrokenProcessPool

    monkeypatch.setattr(ProcessPoolExecutor, "submit", broken)
    with Workers(1) as some:
        task = some.give(os.getpid)
        assert not task.begun()
        assert task.result() == os.getpid()


def test_work_may_be_given_from_a_thread_which_changes_no_signal():
    seen = []

    def look():
        with workers._deaf_to_interrupts():
            seen.append(signal.getsignal(signal.SIGINT))

    usual = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [usual]
    with workers._deaf_to_interrupts():
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    assert signal.getsignal(signal.SIGINT) == usual


def test_a_worker_ends_when_the_process_that_started_it_has_ended(monkeypatch):
    ended = threading.Event()
    parents = iter([7, 7, 1])
    codes, thresholds = [], []
    monkeypatch.setattr(workers.gc, "set_threshold", thresholds.append)
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    monkeypatch.setattr(workers.time, "sleep", lambda _: None)
    monkeypatch.setattr(os, "_exit", lambda code: (codes.append(code), ended.set()))
    workers._begin(7)
    assert thresholds == [workers.NEW_OBJECTS]
    assert ended.wait(10)
    assert codes == [1]
    assert next(parents, None) is None


def test_what_a_worker_will_need_is_imported_by_its_name(monkeypatch):
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    workers._import(("wave",))
    assert "wave" in sys.modules


def test_after_an_error_the_processes_that_were_started_are_ended():
    class Process:
        ended = False

        def terminate(self):
            self.ended = True

    some, process = Workers(1), Process()
    some._context.started.append(process)
    with some:
        pass
    assert not process.ended
    with pytest.raises(KeyError), some:
        raise KeyError
    assert process.ended


@pytest.mark.parametrize(("processors", "count"), [(None, 0), (1, 0), (2, 1), (64, workers.MOST_WORKERS)])
def test_one_processor_stays_with_this_process_and_no_more_than_a_few_are_started(
    monkeypatch, processors, count
):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    with Workers() as some:
        assert some._count == count
        assert (some._pool is None) == (count == 0)
    with Workers(-1) as none:
        assert none._pool is None


def test_a_table_of_a_worker_comes_with_all_that_was_asked_for_it(bench):
    policy = Policy(missing="drop")
    there, asked = make_there(bench.path, "herding", policy)
    assert opened(bench.path) is opened(bench.path)
    assert asked
    with Workers(0) as some:
        here = dict(tasks(bench, policy, some))["herding"]()
    assert there.to_csv() == here.to_csv()
