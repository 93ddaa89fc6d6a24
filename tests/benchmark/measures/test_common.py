"""Properties of all measures: each is sorted into one set of every kind, and each set has its check.

In the manner of scikit-learn's common tests of metrics. A measure in no set, or in two that exclude
each other, fails; ``test_checks_can_fail.py`` shows broken measures to the checks.
"""

from __future__ import annotations

from inspect import signature

import numpy as np
import pytest

import measure_cases as cases
from measure_sets import (
    BEST,
    EXCHANGEABLE,
    FIXED_SCALE,
    IMPROVES,
    IMPROVES_ON_AVERAGE,
    INVARIANT,
    MOVES_WITH_CANDIDATES,
    NEVER_WORSENS,
    NOT_EXCHANGEABLE,
    ORDERED_CLASSES,
    SCALE_POWER,
    SIGNED,
    SORTINGS,
    TURNS_SIGN,
    YARDSTICK,
)
from pollbench.errors import DomainError
from pollbench.measures import named, registered


def require_sorted(names: set[str], sets: tuple[set[str], ...]) -> None:
    for name in sorted(names.union(*sets)):
        assert name in names, f"{name} is sorted but not registered"
        assert sum(name in each for each in sets) == 1, f"{name} must be in exactly one set"


@pytest.mark.parametrize("kind", SORTINGS)
def test_every_measure_is_in_exactly_one_set_of_each_kind(kind):
    require_sorted(set(registered()), SORTINGS[kind])


def test_a_measure_in_no_set_or_in_two_fails():
    with pytest.raises(AssertionError, match="new must be in exactly one"):
        require_sorted({"mae", "new"}, ({"mae"}, set()))
    with pytest.raises(AssertionError, match="mae must be in exactly one"):
        require_sorted({"mae"}, ({"mae"}, {"mae"}))
    with pytest.raises(AssertionError, match="not registered"):
        require_sorted({"mae"}, ({"mae", "gone"}, set()))


def test_sets_agree_with_the_declared_orientation():
    for name, measure in registered().items():
        expected = {"zero": SIGNED, "none": YARDSTICK}.get(
            measure.orientation, IMPROVES | IMPROVES_ON_AVERAGE | NEVER_WORSENS
        )
        assert name in expected, name


@pytest.mark.parametrize("name", sorted(BEST))
def test_a_perfect_forecast_is_best(name):
    cases.check_perfect_forecast_has(named(name), BEST[name])


@pytest.mark.parametrize("name", sorted(IMPROVES))
def test_moving_towards_the_result_improves(name):
    cases.check_moving_towards_the_result(named(name), "improves")


@pytest.mark.parametrize("name", sorted(IMPROVES_ON_AVERAGE))
def test_moving_towards_the_result_improves_on_average(name):
    cases.check_moving_towards_the_result(named(name), "improves on average")


@pytest.mark.parametrize("name", sorted(NEVER_WORSENS))
def test_moving_towards_the_result_never_worsens(name):
    cases.check_moving_towards_the_result(named(name), "never worsens")


@pytest.mark.parametrize("name", sorted(SIGNED))
def test_positive_means_overestimated(name):
    cases.check_positive_means_overestimated(named(name))


@pytest.mark.parametrize("name", sorted(INVARIANT))
def test_the_order_of_the_candidates_changes_nothing(name):
    cases.check_permuting_candidates(named(name), moves_with_them=False)


@pytest.mark.parametrize("name", sorted(MOVES_WITH_CANDIDATES))
def test_a_value_moves_with_its_candidate(name):
    cases.check_permuting_candidates(named(name), moves_with_them=True)


@pytest.mark.parametrize("name", sorted(ORDERED_CLASSES))
def test_the_order_of_the_classes_matters(name):
    with pytest.raises(AssertionError):
        cases.check_permuting_candidates(named(name), moves_with_them=False)


@pytest.mark.parametrize("name", sorted(EXCHANGEABLE))
def test_exchanging_forecast_and_result_changes_nothing(name):
    cases.check_exchange(named(name), 1.0)


@pytest.mark.parametrize("name", sorted(TURNS_SIGN))
def test_exchanging_forecast_and_result_turns_the_sign(name):
    cases.check_exchange(named(name), -1.0)


@pytest.mark.parametrize("name", sorted(NOT_EXCHANGEABLE))
def test_forecast_comes_first(name):
    cases.check_exchange_matters(named(name))


@pytest.mark.parametrize("name", sorted(SCALE_POWER))
def test_scale(name):
    cases.check_scale(named(name), SCALE_POWER[name])


@pytest.mark.parametrize("name", sorted(FIXED_SCALE))
def test_a_fixed_scale_shows(name):
    """Proportions instead of per cent are refused or give another value, at any power of the factor."""
    for power in (0, 1):
        with pytest.raises((AssertionError, DomainError)):
            cases.check_scale(named(name), power)


@pytest.mark.parametrize("name", registered())
def test_leading_axes_are_free(name):
    cases.check_leading_axes(named(name))


@pytest.mark.parametrize("name", registered())
def test_a_lazy_array_stays_lazy_and_computes_to_the_same(name):
    cases.check_lazy(named(name))


@pytest.mark.parametrize("side", ["forecast", "result"])
@pytest.mark.parametrize("wrong", [np.nan, np.inf])
@pytest.mark.parametrize("name", registered())
def test_what_was_not_published_is_refused(name, wrong, side):
    measure = named(name)
    case = cases.make(measure, 3)
    values = getattr(case, side).astype(float).copy()
    values[..., 1] = wrong
    with pytest.raises(DomainError, match=r"NaN|must"):
        case.on(measure, **{side: values})


@pytest.mark.parametrize("name", registered())
def test_negative_shares_and_probabilities_are_refused_and_negated_ranks_are_not(name):
    measure = named(name)
    case = cases.make(measure, 3)
    values = case.forecast.copy()
    values[..., 0] = -1.0
    if measure.inputs in ("shares", "probabilities") or (
        measure.inputs == "parameters" and not measure.needs
    ):
        with pytest.raises(DomainError):
            case.on(measure, forecast=values)
    else:
        case.on(measure, forecast=values)


@pytest.mark.parametrize("name", registered())
def test_arrays_that_hold_different_candidates_are_refused(name):
    measure = named(name)
    case = cases.make(measure, 3)
    with pytest.raises(DomainError, match="candidates"):
        case.on(measure, result=case.result[:-1])
    with pytest.raises(DomainError):
        measure.function(np.float64(1.0), np.float64(1.0), **case.options)


@pytest.mark.parametrize("name", [name for name, each in registered().items() if each.inputs == "shares"])
def test_the_declared_policy_on_zeros_is_the_behaviour(name):
    measure = named(name)
    case = cases.make(measure, 3)
    forecast, result = case.forecast.copy(), case.result.copy()
    smallest = int(result.argmin())
    forecast[..., smallest] = 0.0
    result[smallest] = 0.0
    in_forecast = measure.zeros.startswith("refused") and "in the result" not in measure.zeros
    in_result = measure.zeros.startswith("refused") and "in the forecast" not in measure.zeros
    if name == "accuracy_a" or "refused in the result" in measure.zeros:
        in_result = True
    for refused, change in ((in_forecast, {"forecast": forecast}), (in_result, {"result": result})):
        if refused:
            with pytest.raises(DomainError, match="share of 0"):
                case.on(measure, **change)
        else:
            value = np.asarray(case.on(measure, **change))
            assert not np.isnan(value).any() or measure.undefined


@pytest.mark.parametrize("name", [name for name, each in registered().items() if each.needs_n])
def test_a_size_is_required_and_must_be_above_zero(name):
    measure = named(name)
    case = cases.make(measure)
    with pytest.raises(DomainError, match="n must be above 0"):
        cases.Case(case.forecast, case.result, {**case.options, "n": 0}).on(measure)
    without = {key: value for key, value in case.options.items() if key != "n"}
    with pytest.raises(TypeError, match="'n'"):
        cases.Case(case.forecast, case.result, without).on(measure)


@pytest.mark.parametrize("name", [name for name, each in registered().items() if each.interval])
def test_an_interval_holds_its_value(name):
    measure = named(name)
    case = cases.make(measure, 6)
    taken = signature(measure.interval).parameters
    known = {**case.options, "n": np.full(6, 1000), "seed": 1}
    options = {key: each for key, each in known.items() if key in taken}
    low, high = measure.interval(case.forecast, case.result, **options)
    if measure.needs_n:
        case = cases.Case(case.forecast, case.result, {**case.options, "n": options["n"]})
    value = case.on(measure)
    assert np.shape(low) == np.shape(high) == np.shape(value)
    assert ((low < value) & (value < high)).all()


@pytest.mark.parametrize(
    "name", [name for name, each in registered().items() if each.inputs in ("shares", "order")]
)
def test_whole_numbers_are_taken_as_they_are(name):
    measure = named(name)
    case = cases.make(measure, 3)
    whole = np.round(case.forecast).astype(int) + 1
    np.testing.assert_allclose(case.on(measure, forecast=whole), case.on(measure, forecast=whole * 1.0))
