"""Holm's correction, against the definition of an independent hand and with its invariants."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pollbench.inference.multiplicity import holm

PROBABILITIES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_the_worked_example_of_r():
    # p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") of R 4.
    assert holm([0.01, 0.02, 0.03, 0.04, 0.05]).tolist() == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])


@given(PROBABILITIES)
@settings(max_examples=60, deadline=None)
def test_no_correction_lowers_or_reorders(p_values):
    corrected = holm(p_values)
    assert (corrected >= np.array(p_values) - 1e-12).all()
    assert (corrected <= 1).all()
    order = np.argsort(p_values, kind="stable")
    assert (np.diff(corrected[order]) >= -1e-12).all()


@given(PROBABILITIES)
@settings(max_examples=60, deadline=None)
def test_it_never_corrects_more_than_bonferroni(p_values):
    assert (holm(p_values) <= np.minimum(1, len(p_values) * np.array(p_values)) + 1e-12).all()


# Few calls: each one collects the garbage of the whole process.
@pytest.mark.parametrize("size", [1, 2, 7, 12])
def test_it_is_the_correction_of_statsmodels(size):
    from statsmodels.stats.multitest import multipletests

    p_values = np.random.default_rng(size).uniform(0, 0.2, size).round(2)
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1], abs=1e-15)


def test_no_test_needs_no_correction():
    assert holm([]).tolist() == []
