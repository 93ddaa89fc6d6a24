"""Counter-measures, each with the attack that adapts to it: one file a defence.

Only pairs that mean something are listed (``Defence.mechanisms``). Secrecy of the rule is not a defence:
it makes a number unknown, never robust.
"""

from __future__ import annotations

from pollbench.manipulation.defences import (
    account_age,
    daily_median,
    identity_check,
    new_account_weight,
    one_vote_per_window,
    post_stratification,
    quota_caps,
    trimmed_mean,
)
from pollbench.manipulation.model import DEFENCES

__all__ = [
    "DEFENCES",
    "account_age",
    "daily_median",
    "identity_check",
    "new_account_weight",
    "one_vote_per_window",
    "post_stratification",
    "quota_caps",
    "trimmed_mean",
]
