"""Work on a shared list: the result is the same in every process, and so is the error."""

import os
import sys

import pytest

from pollbench.errors import NothingToCompare
from pollbench.outputs.table_tasks import make_there, tasks
from pollbench.outputs.tables import TABLES
from pollbench.selection.policy import Policy
from pollbench.workers import Workers


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
