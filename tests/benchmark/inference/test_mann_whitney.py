"""The Mann-Whitney test of many subsets against scipy, one by one, to the last digit."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from pollbench.inference.mann_whitney import EXACT, mann_whitney, mann_whitney_of_subsets


@pytest.mark.parametrize("decimals", [0, 1, 12])
@pytest.mark.parametrize(("many", "few"), [(30, 13), (20, EXACT + 1), (17, EXACT), (6, 3), (2, 2), (1, 1)])
def test_every_subset_has_the_p_of_scipy(decimals: int, many: int, few: int) -> None:
    generator = np.random.default_rng(many * 100 + few + decimals)
    # Whole numbers are often tied, numbers of twelve decimals never.
    first, second = (generator.normal(5, 3, size).round(decimals) for size in (many, few))
    of_first, of_second = generator.random((12, many)) < 0.8, generator.random((12, few)) < 0.8
    ours = mann_whitney_of_subsets(first, second, of_first, of_second)
    for p, one, two in zip(ours, of_first, of_second, strict=True):
        if one.any() and two.any():
            with np.errstate(divide="ignore", invalid="ignore"):
                theirs = float(mannwhitneyu(first[one], second[two]).pvalue)
            assert p == theirs or (p != p and theirs != theirs)
        else:
            assert np.isnan(p)


def test_two_whole_samples_and_an_empty_one() -> None:
    first, second = np.array([5.0, 6, 7, 9]), np.array([1.0, 2, 3, 8])
    assert mann_whitney(first, second) == float(mannwhitneyu(first, second).pvalue)
    assert mann_whitney(first, second[:0]) is None
