"""Properties of the transfer methods: accounting, bounds, recovery of a known table, refusals."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given, settings
from hypothesis import strategies as st

from pollbench import ecological
from pollbench.ecological import registered, row_shares
from pollbench.ecological.bootstrap import bootstrap
from pollbench.ecological.goodman_simplex import simplex_least_squares
from pollbench.ecological.local_step import tables_of_units
from pollbench.ecological.lphom import least_absolute_discrepancy
from pollbench.ecological.margins import balanced, fitted
from pollbench.errors import DomainError, UnknownName
from pollbench.registry import Registry

TABLES = [name for name, method in registered().items() if method.kind == "table"]
#: Methods that put together a table of every unit; what they return lies within the bounds always.
BY_UNIT = ["independence", "local_step"]
#: Methods for which one table shared by all units is found again.
RECOVERS = ["goodman_free", "goodman_simplex", "local_step", "lphom"]


def electorate(seed: int, units: int, options: int, columns: int, unlike: float) -> np.ndarray:
    """True tables (units, options, columns): a common table and, by ``unlike``, one for the unit."""
    generator = np.random.default_rng(seed)
    common = generator.dirichlet(np.full(columns, 0.5), options)
    own = generator.dirichlet(np.full(columns, 0.5), (units, options))
    first = generator.integers(20, 500, (units, options)).astype(float)
    return first[:, :, None] * ((1 - unlike) * common + unlike * own)


ELECTORATES = st.builds(
    electorate,
    seed=st.integers(0, 10**6),
    units=st.integers(8, 25),
    options=st.integers(2, 5),
    columns=st.integers(2, 4),
    unlike=st.sampled_from([0.0, 0.1, 0.5]),
)


@pytest.mark.parametrize("name", TABLES)
@given(tables=ELECTORATES)
@settings(max_examples=25, deadline=None)
def test_rows_are_the_first_vote_and_columns_the_second(name, tables):
    first, second = tables.sum(axis=2), tables.sum(axis=1)
    table = ecological.named(name)(first, second)
    size = first.sum()
    assert table.shape == tables.shape[1:]
    assert np.abs(table.sum(axis=1) - first.sum(axis=0)).max() < 1e-7 * size
    assert np.abs(table.sum(axis=0) - second.sum(axis=0)).max() < 1e-7 * size
    assert np.allclose(row_shares(table).sum(axis=1), 100)


@pytest.mark.parametrize("name", [name for name in TABLES if name != "goodman_free"])
@given(tables=ELECTORATES)
@settings(max_examples=25, deadline=None)
def test_no_cell_is_negative(name, tables):
    assert ecological.named(name)(tables.sum(axis=2), tables.sum(axis=1)).min() >= 0


@given(tables=ELECTORATES)
@settings(max_examples=50, deadline=None)
def test_bounds_hold_the_truth_and_the_tables_of_the_units(tables):
    first, second = tables.sum(axis=2), tables.sum(axis=1)
    low, high = ecological.named("bounds")(first, second)
    for table in [tables.sum(axis=0), *(ecological.named(name)(first, second) for name in BY_UNIT)]:
        assert (table >= low - 1e-6).all()
        assert (table <= high + 1e-6).all()


def test_bounds_are_reached_by_some_electorate():
    first, second = np.array([[7.0, 3.0], [2.0, 8.0]]), np.array([[6.0, 4.0], [5.0, 5.0]])
    low, high = ecological.named("bounds")(first, second)
    cells = [
        sum(chosen)
        for chosen in itertools.product(
            *(
                [value for value in range(11) if 0 <= x[0] - value <= y[1] and value <= min(x[0], y[0])]
                for x, y in zip(first, second, strict=True)
            )
        )
    ]
    assert (low[0, 0], high[0, 0]) == (min(cells), max(cells))


@pytest.mark.parametrize("name", RECOVERS)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_a_table_shared_by_all_units_is_found(name, seed):
    tables = electorate(seed, units=15, options=4, columns=3, unlike=0)
    table = ecological.named(name)(tables.sum(axis=2), tables.sum(axis=1))
    assert ecological.index_of_error(table, tables.sum(axis=0)) < 0.05


def test_independence_does_not_find_it():
    tables = electorate(1, units=15, options=4, columns=3, unlike=0)
    table = ecological.named("independence")(tables.sum(axis=2), tables.sum(axis=1))
    assert ecological.index_of_error(table, tables.sum(axis=0)) > 5


@pytest.mark.parametrize("name", TABLES)
def test_the_order_of_units_and_options_does_not_matter(name):
    tables = electorate(3, units=12, options=4, columns=3, unlike=0.3)
    method = ecological.named(name)
    table = method(tables.sum(axis=2), tables.sum(axis=1))
    turned = tables[::-1][:, ::-1][:, :, ::-1]
    again = method(turned.sum(axis=2), turned.sum(axis=1))[::-1, ::-1]
    assert np.allclose(table, again, atol=1e-4 * table.sum())


@pytest.mark.parametrize("seed", range(5))
def test_the_dual_of_lphom_reaches_the_optimum_of_the_programme_written_out(seed):
    """Independent implementation: the primal with both discrepancies as variables, dense."""
    from scipy.optimize import linprog

    tables = electorate(seed, units=10, options=3, columns=3, unlike=0.4)
    first, second = tables.sum(axis=2), tables.sum(axis=1)
    units, options, columns = tables.shape
    cells, gaps = options * columns, units * columns
    equations, goal = [], []
    for unit, column in itertools.product(range(units), range(columns)):
        row = np.zeros(cells + 2 * gaps)
        row[column:cells:columns] = first[unit]
        row[cells + unit * columns + column], row[cells + gaps + unit * columns + column] = -1, 1
        equations.append(row)
        goal.append(second[unit, column])
    for option in range(options):
        row = np.zeros(cells + 2 * gaps)
        row[option * columns : (option + 1) * columns] = 1
        equations.append(row)
        goal.append(1)
    for column in range(columns - 1):
        row = np.zeros(cells + 2 * gaps)
        row[column:cells:columns] = first.sum(axis=0)
        equations.append(row)
        goal.append(second[:, column].sum())
    cost = np.r_[np.zeros(cells), np.ones(2 * gaps)]
    written_out = linprog(cost, A_eq=np.array(equations), b_eq=goal, method="highs")
    shares = least_absolute_discrepancy(first, second)
    assert np.abs(second - first @ shares).sum() == pytest.approx(written_out.fun, rel=1e-7)
    assert ecological.heterogeneity(first, second, first.sum(axis=0)[:, None] * shares) == pytest.approx(
        50 * written_out.fun / first.sum(), rel=1e-7
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_regression_on_the_simplex_is_an_optimum(seed):
    """No small step within the simplex that keeps the margins makes the squares smaller."""
    tables = electorate(seed, units=12, options=3, columns=3, unlike=0.4)
    first, second = tables.sum(axis=2), tables.sum(axis=1)
    weights = 1 / np.sqrt(first.sum(axis=1, keepdims=True))
    rows = first.sum(axis=0)
    table = ecological.named("goodman_simplex")(first, second)

    def squares(votes):
        return (((second - first @ (votes / rows[:, None])) * weights) ** 2).sum()

    step = 1e-3 * first.sum()
    for a, b in itertools.combinations(range(3), 2):
        for c, d in itertools.permutations(range(3), 2):
            moved = table.copy()
            size = min(step, moved[a, c], moved[b, d])
            moved[[a, b], [c, d]] -= size
            moved[[a, b], [d, c]] += size
            assert squares(moved) >= squares(table) - 1e-3


def test_least_squares_on_the_simplex_without_margins_projects():
    table = simplex_least_squares(np.eye(2), np.array([[1.2, -0.2], [0.3, 0.7]]))
    assert table == pytest.approx(np.array([[1, 0], [0.3, 0.7]]), abs=1e-6)
    # The solver meets the sums to 2e-9; what is returned meets them to the last digits.
    assert np.abs(table.sum(axis=1) - 1).max() < 1e-12


@given(tables=ELECTORATES)
@settings(max_examples=25, deadline=None)
def test_the_tables_of_the_units_have_their_margins_and_are_nearest(tables):
    first, second = tables.sum(axis=2), tables.sum(axis=1)
    shares = np.full(tables.shape[1:], 1 / tables.shape[2])
    result = tables_of_units(first, second, shares)
    assert np.allclose(result.sum(axis=2), first)
    assert np.allclose(result.sum(axis=1), second)
    assert result.min() >= -1e-9
    common = first[:, :, None] * shares
    moved = np.abs(result - common).sum(axis=(1, 2))
    assert np.allclose(moved, np.abs(second - common.sum(axis=1)).sum(axis=1))


GOOD = (np.array([[60.0, 40], [20, 80], [50, 50]]), np.array([[70.0, 30], [40, 60], [60, 40]]))
BAD = [
    ((GOOD[0][:1], GOOD[1][:1]), "there is 1 unit", False),
    ((GOOD[0] * [[1], [0], [1]], GOOD[1] * [[1], [0], [1]]), "unit 1 has no voter at the first vote", True),
    ((GOOD[0], GOOD[1] + [[0, 0], [0, 3], [0, 0]]), "the margins do not meet: unit 1 has 100 voters", True),
    ((np.c_[GOOD[0], np.zeros(3)], GOOD[1]), "no voter chose option 2 at the first vote", True),
    ((GOOD[0], np.c_[GOOD[1], np.zeros(3)]), "no voter chose option 2 at the second vote", True),
    ((GOOD[0], GOOD[1][:2]), "3 units voted first and 2 second", True),
    ((GOOD[0] * [[1, 1], [1, -1], [1, 1]], GOOD[1]), "unit 1 has -80.0 votes for option 1", True),
    ((GOOD[0] * np.nan, GOOD[1]), "unit 0 has nan votes for option 0", True),
    ((GOOD[0][0], GOOD[1]), "the votes of the first vote have the shape", True),
]


@pytest.mark.parametrize(("margins", "words", "bounds_too"), BAD)
@pytest.mark.parametrize("name", registered())
def test_degenerate_margins_are_refused_in_one_sentence(name, margins, words, bounds_too):
    method = ecological.named(name)
    if not bounds_too and name in ("bounds", "independence"):
        assert np.isfinite(method(*margins)).all()
        return
    with pytest.raises(DomainError, match=words) as caught:
        method(*margins)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["goodman_free", "goodman_simplex"])
def test_a_regression_on_too_few_units_is_refused(name):
    first = np.array([[60.0, 30, 10], [20, 30, 50]])
    with pytest.raises(DomainError, match="2 units tell 2 options of the first vote apart, and there are 3"):
        ecological.named(name)(first, first)


def test_registers_are_balanced_in_every_unit():
    first, second = GOOD[0], GOOD[1] * 1.01
    result = ecological.balanced(first, second)
    assert np.allclose(result.sum(axis=1), first.sum(axis=1))
    assert np.allclose(result[:, 0] / result[:, 1], second[:, 0] / second[:, 1])
    assert ecological.imbalance_pct(first, second) == pytest.approx(1)


def test_registers_of_two_electorates_are_refused():
    with pytest.raises(DomainError, match=r"differ by 10\.0 per cent"):
        ecological.balanced(GOOD[0], GOOD[1] * 1.1)
    with pytest.raises(DomainError, match="unit 1 has no voter at the second vote"):
        ecological.balanced(GOOD[0], GOOD[1] * [[1], [0], [1]])


def test_zeros_that_leave_no_way_are_refused():
    with pytest.raises(DomainError, match="zeros of the table leave no way"):
        fitted(np.eye(2), np.array([3.0, 1.0]), np.array([2.0, 2.0]))


def test_the_bootstrap_is_reproducible_and_moves_with_the_seed():
    tables = electorate(5, units=20, options=3, columns=3, unlike=0.3)
    margins = tables.sum(axis=2), tables.sum(axis=1)
    method = ecological.named("goodman_free")
    one = ecological.bootstrap(method, *margins, replicates=40, seed=7)
    assert (one == ecological.bootstrap(method, *margins, replicates=40, seed=7)).all()
    assert (one != ecological.bootstrap(method, *margins, replicates=40, seed=8)).any()
    assert (one[0] <= one[1]).all()


def test_the_bootstrap_refuses_units_that_can_hardly_be_drawn_anew():
    first = np.array([[60.0, 30, 10], [20, 30, 50], [30, 30, 40]])
    with pytest.raises(DomainError, match=r"accepts \d+ of 50 draws of the 3 units"):
        ecological.bootstrap(ecological.named("goodman_free"), first, first, replicates=50, seed=1)


def test_the_index_of_error_needs_tables_of_one_shape():
    with pytest.raises(DomainError, match="do not meet"):
        ecological.index_of_error(np.ones((2, 2)), np.ones((2, 3)))


@pytest.mark.parametrize("name", registered())
def test_every_method_says_what_it_assumes_and_what_it_may_return(name):
    method = ecological.named(name)
    for sentence in (method.assumes, method.may_return):
        assert sentence.endswith(".")
        assert sentence[0].isupper()
    assert method.reference
    assert method.title.casefold().split(" (")[0] in " ".join(method.function.__doc__.split()).casefold()


def test_an_unknown_method_is_answered_with_names():
    with pytest.raises(UnknownName, match="Did you mean 'lphom'"):
        ecological.named("lphon")


def test_a_method_is_added_from_outside(monkeypatch):
    from pollbench.ecological import _method

    methods = Registry("transfer method")
    methods.update(_method._METHODS)
    monkeypatch.setattr(_method, "_METHODS", methods)

    @_method.transfer_method(
        title="all stay", assumes="None.", may_return="None.", reference="test", version=1
    )
    def all_stay(first, second):
        return np.diag(first.sum(axis=0))

    assert "all_stay" in registered()
    for method in (ecological.named("all_stay"), all_stay):
        assert method(*GOOD).tolist() == [[130, 0], [0, 170]]


def test_the_ends_of_a_bootstrap_leave_as_many_draws_below_as_above():
    first = np.arange(1.0, 41.0)[:, None]
    drawn = bootstrap(
        lambda one, _: one, first, first, replicates=200, seed=3, read=lambda units: units.mean(axis=0)
    )
    generator = np.random.default_rng(3)
    means = np.sort([first[generator.integers(40, size=40)].mean() for _ in range(200)])
    assert drawn[:, 0] == pytest.approx(np.quantile(means, [0.05, 0.95]))
    assert 8 <= (means < drawn[0, 0]).sum() <= 12
    assert 8 <= (means > drawn[1, 0]).sum() <= 12


def test_registers_may_differ_by_two_per_cent_and_no_more():
    first = np.array([[600.0, 400.0]])
    assert balanced(first, np.array([[510.0, 510.0]])).sum() == pytest.approx(1000)
    with pytest.raises(DomainError, match=r"differ by 2\.1 per cent"):
        balanced(first, np.array([[510.0, 511.0]]))


@pytest.mark.parametrize(("refused", "enough"), [(10, True), (11, False)])
def test_the_bootstrap_needs_four_draws_of_five(refused, enough):
    draws = itertools.count()

    def method(first, second):
        if next(draws) < refused:
            message = "a draw that the method does not accept"
            raise DomainError(message)
        return np.eye(2)

    units = np.array([[60.0, 40.0], [20.0, 80.0], [50.0, 50.0]])
    if enough:
        assert bootstrap(method, units, units, replicates=50, seed=1)[0].tolist() == [[100, 0], [0, 100]]
    else:
        with pytest.raises(DomainError, match="accepts 39 of 50 draws"):
            bootstrap(method, units, units, replicates=50, seed=1)


@pytest.mark.parametrize(
    ("name", "solver", "answer", "words"),
    [
        ("goodman_simplex", "nnls", RuntimeError("too many iterations"), "did not settle"),
        (
            "lphom",
            "linprog",
            SimpleNamespace(x=None, message="infeasible"),
            r"has no solution \(infeasible\)",
        ),
    ],
)
def test_a_solver_that_gives_up_is_said_with_what_to_do(monkeypatch, name, solver, answer, words):
    def gives_up(*_, **__):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(scipy.optimize, solver, gives_up)
    with pytest.raises(DomainError, match=rf"{name}: .*{words}.* Merge options with few votes"):
        ecological.named(name)(*GOOD)


def test_registers_of_other_units_are_not_balanced():
    with pytest.raises(DomainError, match="3 units voted first and 2 second"):
        balanced(GOOD[0], GOOD[1][:2])
