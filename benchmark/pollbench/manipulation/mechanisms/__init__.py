"""How forecasters turn people or messages into figures: one file a mechanism."""

from __future__ import annotations

from pollbench.manipulation.mechanisms import (
    daily_rating,
    market_lmsr,
    net_sentiment,
    optin_ballot,
    panel_quota,
    phone_quota,
    poll_average,
    share_of_voice,
    tone_share,
)
from pollbench.manipulation.model import MECHANISMS

__all__ = [
    "MECHANISMS",
    "daily_rating",
    "market_lmsr",
    "net_sentiment",
    "optin_ballot",
    "panel_quota",
    "phone_quota",
    "poll_average",
    "share_of_voice",
    "tone_share",
]
