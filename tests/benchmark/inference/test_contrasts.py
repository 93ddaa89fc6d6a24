"""Contrasts of least squares: variance and degrees of freedom against other routes."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.inference.contrasts import Contrasts, contrasts


def data(seed=1, count=24):
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(count), rng.normal(size=count), np.arange(count) % 3 == 0])
    return design @ [1.0, 2.0, -1.0] + rng.normal(size=count) * (1 + design[:, 2]), design


def test_variance_is_hc2_of_statsmodels():
    from statsmodels.regression.linear_model import OLS

    response, design = data()
    fitted = OLS(response, design).fit(cov_type="HC2")
    found = contrasts(response, design, np.eye(3))
    assert found.estimate == pytest.approx(fitted.params)
    assert found.spread == pytest.approx(fitted.bse)


def test_two_groups_give_the_test_of_welch():
    """Degrees of freedom of Bell and McCaffrey suppose equal variances: of two equal groups they are n - 2."""
    from scipy.stats import ttest_ind

    rng = np.random.default_rng(3)
    first, second = rng.normal(size=8), rng.normal(1, 3, size=8)
    design = np.kron(np.eye(2), np.ones((8, 1)))
    found = contrasts(np.concatenate([first, second]), design, [[1.0, -1.0]])
    welch = ttest_ind(first, second, equal_var=False)
    assert found.estimate[0] / found.spread[0] == pytest.approx(welch.statistic)
    assert found.freedom[0] == pytest.approx(14)


def test_few_observations_leave_few_degrees_of_freedom():
    groups = np.repeat([0, 1], [3, 40])
    found = contrasts(np.arange(43.0), np.eye(2)[groups], [[1.0, -1.0]])
    assert 2 <= found.freedom[0] < 2.5


def test_an_observation_fitted_exactly_leaves_no_standard_error_to_what_rests_on_it():
    design = np.column_stack([np.ones(6), [0, 0, 0, 0, 0, 1.0]])
    found = contrasts([1.0, 2.0, 3.0, 2.0, 1.0, 9.0], design, [[1.0, 0.0], [0.0, 1.0]])
    assert np.isfinite(found.spread[0])
    assert np.isnan(found.spread[1])
    assert np.isnan(found.p_values()[1])


def test_interval_and_p_value_agree():
    response, design = data(5)
    found = contrasts(response, design, np.eye(3))
    low, high = found.interval()
    assert ((low > 0) | (high < 0)).tolist() == (found.p_values() < 0.05).tolist()


@pytest.mark.parametrize("design", [np.eye(3), np.ones((4, 2))])
def test_terms_that_nothing_is_left_for_are_refused(design):
    with pytest.raises(DomainError, match="cannot carry"):
        contrasts(np.arange(float(len(design))), design, np.eye(design.shape[1]))


def test_interval_and_p_value_of_two_degrees_of_freedom():
    """A t of 2 degrees of freedom has a closed form: p = 1 - t / sqrt(t^2 + 2); its quantiles stand in any table."""
    found = contrasts([1.0, 3.0, 6.0, 8.0], np.kron(np.eye(2), np.ones((2, 1))), [[-1.0, 1.0]])
    for level, quantile in ((0.95, 4.302653), (0.90, 2.919986)):
        low, high = found.interval(level)
        assert low[0] == pytest.approx(5 - quantile * np.sqrt(2), abs=1e-5)
        assert high[0] == pytest.approx(5 + quantile * np.sqrt(2), abs=1e-5)
    ratio = 5 / np.sqrt(2)
    assert found.p_values()[0] == pytest.approx(1 - ratio / np.sqrt(ratio**2 + 2))


def test_without_a_spread_there_is_no_p_value():
    assert np.isnan(Contrasts(np.ones(1), np.zeros(1), np.full(1, 2.0)).p_values()[0])
