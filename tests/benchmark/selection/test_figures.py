"""Figures over time: which candidates come first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pollbench.selection.figures import main_candidates


def test_candidates_stand_in_the_order_of_the_result_or_of_their_shares_before_it():
    frame = pd.DataFrame(
        [
            ("bob", 30.0, 10.0),
            ("dan", 20.0, 40.0),
            ("ann", 20.0, 12.0),
            ("cid", np.nan, 24.0),
            ("cid", np.nan, 26.0),
        ],
        columns=["candidate_id", "result", "share"],
    )
    assert main_candidates(frame) == ["bob", "cid", "ann", "dan"]
    assert main_candidates(frame, 2) == ["bob", "cid"]
