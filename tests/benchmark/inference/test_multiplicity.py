"""Holm's correction, against the definition of an independent hand and with its invariants."""

import gc

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


def test_the_collector_is_left_as_it_was():
    for before in (gc.unfreeze, gc.freeze):
        before()
        frozen = gc.get_freeze_count()
        holm([0.5, 0.1])
        assert (gc.get_freeze_count() > 0) == (frozen > 0)
        assert gc.isenabled()
    gc.unfreeze()
