"""Ecological regression against printed coefficients: France 1981, every fourth department.

Votes in thousands: ten candidates of the first round (A Mitterrand, B Giscard d'Estaing, ...), N the
difference of the numbers of voters of the two rounds; A2 Mitterrand at the second round. Printed in J. Faraway,
"Regression with bounded coefficients" (21 September 2020, julianfaraway.github.io/brinla/examples/frenchpres.html):
the free coefficients by ``lm(A2 ~ A+B+C+D+E+F+G+H+J+K+N-1)`` and those held between 0 and 1 by ``mgcv::pcls``.
The rows are those of the data set fpe of the same author.
"""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.ecological.goodman_free import goodman_free
from pollbench.ecological.goodman_simplex import simplex_least_squares

#: A, B, C, D, E, F, G, H, J, K, N, A2
FRANCE_1981 = np.array(
    [
        [51, 64, 36, 23, 9, 5, 4, 4, 3, 3, 17, 105],
        [14, 17, 9, 9, 3, 1, 2, 1, 1, 1, 5, 32],
        [27, 18, 13, 17, 2, 2, 2, 1, 1, 1, 6, 57],
        [191, 204, 119, 205, 29, 13, 13, 10, 10, 6, 30, 466],
        [71, 76, 47, 37, 8, 34, 5, 4, 4, 2, 17, 163],
        [93, 90, 57, 54, 13, 5, 9, 4, 3, 5, 15, 193],
        [57, 55, 31, 30, 10, 4, 5, 4, 3, 3, 13, 116],
        [132, 149, 95, 49, 21, 9, 11, 6, 5, 10, 21, 249],
        [195, 137, 98, 83, 20, 16, 13, 13, 8, 5, 29, 356],
        [34, 39, 28, 28, 4, 3, 4, 3, 2, 1, 8, 82],
        [62, 47, 31, 26, 5, 3, 3, 3, 2, 1, 8, 107],
        [149, 156, 94, 49, 23, 15, 13, 10, 7, 8, 25, 274],
        [10, 18, 9, 4, 2, 0, 1, 1, 1, 1, 2, 20],
        [32, 33, 20, 15, 4, 2, 3, 2, 2, 1, 8, 63],
        [86, 117, 65, 33, 14, 6, 8, 5, 4, 4, 10, 162],
        [87, 88, 59, 62, 13, 7, 10, 6, 5, 3, 12, 192],
        [90, 91, 66, 33, 12, 6, 6, 5, 4, 3, 17, 165],
        [75, 125, 58, 19, 17, 6, 8, 6, 6, 4, 18, 138],
        [72, 87, 49, 40, 10, 6, 8, 4, 3, 3, 12, 149],
        [171, 181, 91, 123, 24, 13, 18, 10, 7, 6, 23, 370],
        [54, 66, 34, 16, 8, 7, 5, 3, 4, 2, 7, 98],
        [111, 100, 74, 81, 22, 12, 10, 7, 7, 6, 14, 252],
        [61, 105, 59, 19, 10, 11, 6, 5, 4, 3, 8, 115],
        [44, 52, 31, 24, 7, 4, 4, 3, 3, 2, 8, 91],
    ],
    dtype=float,
)
FIRST = FRANCE_1981[:, :11]
SECOND = np.column_stack([FRANCE_1981[:, 11], FIRST.sum(axis=1) - FRANCE_1981[:, 11]])
FREE = [1.07515, -0.12456, 0.25745, 0.90454, 0.67068, 0.78253, 2.16566, -0.85429, 0.14442, 0.51813, 0.55827]
BETWEEN_0_AND_1 = [1.000, 0.000, 0.177, 0.938, 0.508, 0.777, 1.000, 0.787, 0.000, 1.000, 0.476]


def test_the_free_regression_gives_the_printed_coefficients():
    """The printed regression weighs departments by the square of their voters, ours by their voters.

    Votes multiplied by the voters of the department carry the printed weight.
    """
    voters = FIRST.sum(axis=1, keepdims=True)
    table = goodman_free(FIRST * voters, SECOND * voters)
    assert table[:, 0] / (FIRST * voters).sum(axis=0) == pytest.approx(FREE, abs=5.1e-6)


def test_the_regression_on_the_simplex_gives_the_printed_coefficients():
    """With two options at the second vote, rows that are shares are coefficients between 0 and 1."""
    assert simplex_least_squares(FIRST, SECOND)[:, 0] == pytest.approx(BETWEEN_0_AND_1, abs=5.1e-4)
