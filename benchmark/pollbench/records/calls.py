"""Whom a release had in front, who led, and the chance of picking blind: plain dictionaries in, one call out."""

from __future__ import annotations

from typing import Any

#: A release that names no leader, or whose vote has no known result.
NOTHING: dict[str, Any] = {"leader": None, "winner": None, "leader_right": None, "blind_chance": None}


def of_two_answers(
    printed: dict[str, float], shares: dict[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    """One printed share of a referendum with the other answer beside it, and the result of the two answers."""
    [(answer, value)] = printed.items()
    if answer not in shares:
        return printed, shares
    others = [option for option in shares if option != answer]
    other = others[0] if len(others) == 1 else f"not {answer}"
    return {answer: value, other: 100 - value}, {answer: shares[answer], other: 100 - shares[answer]}


def leader_call(
    printed: dict[str, float], result: dict[str, float], names: dict[str, str], *, whole: bool = True
) -> dict[str, Any]:
    """Whom the figures had in front, who led the result, and the chance of picking blind among the names printed.

    Parameters
    ----------
    printed : option -> figure, in any unit.
    result : option -> share, seats or 1 for the winner.
    names : option -> name.
    whole : the leader of the whole result counts; else that of the printed options alone.

    Returns
    -------
    leader, winner, leader_right (0 to 1), blind_chance. A blind pick is taken to have the leader among the names printed.

    Examples
    --------
    >>> leader_call({"a": 40.0, "b": 20.0}, {"a": 45.0, "b": 55.0}, {"a": "Ann", "b": "Bob"})
    {'leader': 'Ann', 'winner': 'Bob', 'leader_right': 0.0, 'blind_chance': 0.5}
    """
    common = {option: result[option] for option in printed if option in result}
    if len(printed) < 2 or not common:
        return dict(NOTHING)
    leaders, winners = _first(printed), _first(result if whole else common)
    return {
        "leader": ", ".join(names.get(option, option) for option in leaders),
        "winner": ", ".join(names.get(option, option) for option in winners),
        "leader_right": sum(option in winners for option in leaders) / len(leaders),
        "blind_chance": 1 / len(printed),
    }


def beside(
    printed: dict[str, float], result: dict[str, float], alliances: dict[str, str]
) -> dict[str, float]:
    """The result of the whole vote without options that share votes with a printed one, as an alliance and its parties do.

    Examples
    --------
    >>> beside({"party": 30.0}, {"party": 20.0, "alliance": 40.0, "others": 35.0}, {"party": "alliance"})
    {'party': 20.0, 'others': 35.0}
    """
    above = {alliances[option] for option in printed if option in alliances}
    return {
        option: value
        for option, value in result.items()
        if option in printed or (option not in above and alliances.get(option) not in printed)
    }


def named_winner(
    figures: list[dict[Any, Any]], result: dict[str, float], names: dict[str, str]
) -> dict[str, Any]:
    """A winner that is named without figures, beside who won or led; picking blind is one of the listed options.

    Examples
    --------
    >>> named_winner([{"candidate_id": "a", "unit_printed": "winner"}], {"a": 45.0, "b": 55.0}, {"a": "Ann"})["leader_right"]
    0.0
    """
    named = [row["candidate_id"] for row in figures if row["unit_printed"] == "winner"]
    if len(named) != 1 or not result:
        return dict(NOTHING)
    winners = _first(result)
    return {
        "leader": names[named[0]],
        "winner": ", ".join(names.get(option, option) for option in winners),
        "leader_right": float(named[0] in winners),
        "blind_chance": 1 / max(2, len(result)),
    }


def _first(values: dict[str, float]) -> list[str]:
    most = max(values.values())
    return [option for option, value in values.items() if value == most]
