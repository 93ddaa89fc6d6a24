"""Data and a policy make a comparison: forecasts beside the result, on the same candidates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.selection.policy import Policy


@dataclass(frozen=True)
class Comparison:
    """Forecasts of one contest beside its result.

    Attributes
    ----------
    contest_id : the contest.
    candidates : in the order of the result, K of them.
    forecast : array (F, K), in the unit of the quantity (per cent for shares; ranks are negated, so
        that more is better in every quantity).
    result : array (K,), share of the valid votes in per cent, all digits.
    forecasts : one row per forecast, F of them, in the order of ``forecast``.
    frame : one row per forecast and candidate: forecast, result, error (forecast - result), flag.
    left_out : forecasters whose figures the policy leaves out, with the reason and the age.
    samples : samples of the day of a chosen poll that stand in another one's place or mean, with the reason.
    policy : the policy.
    """

    contest_id: str
    candidates: tuple[str, ...]
    forecast: np.ndarray
    result: np.ndarray
    forecasts: pd.DataFrame
    frame: pd.DataFrame
    left_out: pd.DataFrame
    samples: pd.DataFrame
    policy: Policy

    def of(self, selected: np.ndarray) -> Comparison:
        """The same comparison with the forecasts for which the mask ``selected`` holds."""
        forecasts = self.forecasts[selected].reset_index(drop=True)
        frame = self.frame[self.frame.forecast_id.isin(set(forecasts.forecast_id))].reset_index(drop=True)
        return replace(self, forecast=self.forecast[selected], forecasts=forecasts, frame=frame)
