"""Measures on the lead against two American sources: FiveThirtyEight's file and Fordham's ranking."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.measures.events import leader_called
from pollbench.measures.lead import absolute_margin_error, half_margin_error, margin_error
from pollbench.measures.point import absolute_error, bias
from pollbench.measures.predictive_accuracy import accuracy_a

# fivethirtyeight/data, pollster-ratings/raw-polls.csv (CC BY 4.0), by pollno: cand1_pct, cand2_pct,
# cand1_actual, cand2_actual; then the columns error, bias and rightcall of the same row.
RAW_POLLS = {
    5380001: ((44, 42), (44.73, 55.27), 12.54, 12.54, 0),
    5380004: ((49, 44), (47.88, 47.78), 4.9, 4.9, 1),
    5380005: ((44, 52), (54.62, 44.08), 18.54, -18.54, 0),
    5380017: ((21, 53), (33.2, 54.3), 10.9, -10.9, 1),
    5380020: ((47, 47), (46.42, 47.99), 1.57, 1.57, 0.5),
    5380023: ((46, 44), (50.55, 48.4), 0.15, -0.15, 1),
    5380031: ((67, 26), (70.5, 29.5), 0.0, 0.0, 1),
    5380080: ((37, 55), (35.01, 62.47), 9.46, 9.46, 1),
}


@pytest.mark.parametrize("number", RAW_POLLS)
def test_error_bias_and_right_call_are_those_of_the_file(number):
    poll, actual, error, bias, right_call = RAW_POLLS[number]
    forecast, result = np.array(poll, dtype=float), np.array(actual)
    assert absolute_margin_error(forecast, result) == pytest.approx(error, abs=1e-9)
    assert half_margin_error(forecast, result) == pytest.approx(error / 2, abs=1e-9)
    # Their bias favours the first named, ours the one who won.
    winner = 1 if result[0] > result[1] else -1
    assert margin_error(forecast, result) == pytest.approx(winner * bias, abs=1e-9)
    assert leader_called(forecast, result) == right_call


# Panagopoulos, Fordham University, Poll Accuracy in the 2012 Presidential Election, initial report updated
# 7 November 2012 (https://www.scribd.com/doc/112583303/Reuters-ranked-1-in-poll-accuracy): Obama 50.3, Romney 48.1;
# ranked by A of Martin, Traugott and Kennedy. The polls' figures:
# https://www.dailykos.com/stories/2012/11/10/1160222/-Updated-most-accurate-pollster-list-Angus-Reid-1
# A star in the report marks those that overestimated Obama.
FORDHAM = [
    ("Ipsos/Reuters", 48, 46, False),
    ("YouGov", 49, 47, False),
    ("PPP", 50, 48, False),
    ("Angus-Reid", 51, 48, True),
    ("ABC/WP", 50, 47, True),
    ("Hartford Courant/UConn", 48, 45, True),
    ("Purple Strategies", 47, 46, False),
    ("NBC/WSJ", 48, 47, False),
    ("UPI/CVOTER", 49, 48, False),
    ("IBD/TIPP", 50, 49, False),
]


def test_the_ranking_of_2012_by_predictive_accuracy_is_that_of_the_report():
    polls = np.array([[obama, romney] for _, obama, romney, _ in FORDHAM], dtype=float)
    values = accuracy_a(polls, np.array([50.3, 48.1]))
    assert (np.diff(abs(values)) > 0).all()
    assert (values > 0).tolist() == [starred for *_, starred in FORDHAM]


def test_errors_of_gallup_on_single_candidates_are_those_printed():
    """https://rangevoting.org/PollAccurRecord.html: Clinton 1992, Perot 1992, Reagan 1980."""
    prediction, actual = np.array([49.0, 14.0, 47.0]), np.array([43.3, 18.9, 50.8])
    np.testing.assert_allclose(absolute_error(prediction, actual), [5.7, 4.9, 3.8])
    np.testing.assert_allclose(bias(prediction, actual), [5.7, -4.9, -3.8])
