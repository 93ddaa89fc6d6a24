"""When attackers act: at the end, steadily, on days at random, or after registering long before."""

from __future__ import annotations

from pollbench.errors import UnknownName

#: Timings and what each means.
TIMINGS = {
    "burst_end": "all in the last day before publication, with new accounts",
    "drip": "the same number on every day of the window",
    "burst_random": "one day of the window, drawn at random",
    "pre_registered": "accounts made long before, acts as in a drip",
}


def attack_days(timing: str, window_days: int, active_days: int) -> int:
    """Days of the window on which attackers act.

    Examples
    --------
    >>> attack_days("burst_end", 10, 7), attack_days("drip", 10, 7)
    (1, 7)
    """
    if timing not in TIMINGS:
        raise UnknownName.of(kind="timing", name=timing, known=TIMINGS)
    return 1 if timing.startswith("burst") else max(1, min(window_days, active_days))


def preparation_days(timing: str, lead_days: float) -> float:
    """Days between the creation of the accounts and their first act.

    Examples
    --------
    >>> preparation_days("burst_end", 60.0), preparation_days("pre_registered", 60.0)
    (0.0, 60.0)
    """
    if timing not in TIMINGS:
        raise UnknownName.of(kind="timing", name=timing, known=TIMINGS)
    return lead_days if timing == "pre_registered" else 0.0


def days_of_sign_up(timing: str, days: int, lead_days: float) -> int:
    """Days over which the accounts are made: those of the attack, or those before it.

    Examples
    --------
    >>> days_of_sign_up("burst_end", 1, 60.0), days_of_sign_up("pre_registered", 2, 60.0)
    (1, 60)
    """
    return max(1, int(lead_days)) if timing == "pre_registered" else days
