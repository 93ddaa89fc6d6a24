"""What the sentences about the campaign, the flows between the rounds and pushes must say."""

from __future__ import annotations

from statistics import median

import recomputed as again
import recomputed_pushes as pushes
import recomputed_time as time
import recomputed_transfers as flows
from readers import Numbers, reader


def rounded(value: float) -> float:
    """To two significant digits and no decimals, as costs are printed."""
    return float(round(float(f"{value:.2g}")))


@reader("coverage_matrix")
def _coverage() -> tuple[Numbers, list[str]]:
    rows = time.releases()
    totals = rows.groupby("forecaster_id").release_id.nunique()
    return [rows[rows.days_before < 7].forecaster_id.nunique(), len(totals), int((totals == 1).sum())], []


@reader("distance_by_day")
def _distance() -> tuple[Numbers, list[str]]:
    rows = time.distances()
    polls, buzz = again.polls(rows), rows[rows.family == "buzz"]
    first = polls[polls.days_before > polls.days_before.max() - 14].distance.median()
    last, others = (each[each.days_before <= 7].distance.median() for each in (polls, buzz))
    assert last < first
    return [first, last, others], []


@reader("closest_by_day")
def _closest() -> tuple[Numbers, list[str]]:
    days = time.closest_days()
    contested, alone = days[days.field > 1], days[days.field == 1]
    most = contested.name.value_counts()
    assert most.iloc[0] > most.iloc[1]
    last = contested.iloc[-1]
    assert alone.name.nunique() == 1
    numbers = [int(most.iloc[0]), len(contested), len(alone), float(last.distance)]
    return numbers, [str(most.index[0]), str(alone.name.iloc[0]).split(" (")[0], last["name"]]


@reader("probabilities_by_date")
def _probabilities() -> tuple[Numbers, list[str]]:
    judged = time.last_favourites()
    return [int(judged.right.sum()), len(judged)], sorted(set(judged.name[~judged.right]))


@reader("house_effects")
def _houses() -> tuple[Numbers, list[str]]:
    effects = time.house_effects()
    largest = effects.loc[effects[effects.clear].effect.abs().idxmax()]
    assert (largest.house, largest.candidate_id) == ("opinionway", "fillon")
    assert largest.effect > 0
    return [float(largest.effect), int(effects.clear.sum()), len(effects)], ["OpinionWay", "Fillon"]


@reader("transfer_matrix")
def _transfers() -> tuple[Numbers, list[str]]:
    cells = flows.cells()
    meet = (cells.poll_low <= cells.high) & (cells.poll_high >= cells.low)
    assert cells[~meet][["start", "goal"]].to_numpy().tolist() == [["fillon", "le-pen"]]
    return [int(meet.sum()), len(cells), len(cells) / 10], ["Fillon", "Le Pen"]


@reader("shift_by_budget")
def _shifts() -> tuple[Numbers, list[str]]:
    ways: dict[str, list[float]] = {}
    for each in pushes.pushed():
        ways.setdefault(each.mechanism, []).append(each.moved(1000))
    middle = {way: median(moved) for way, moved in ways.items()}
    assert max(middle, key=lambda way: middle[way]) == "daily_rating"
    assert min(middle, key=lambda way: middle[way]) == "phone_quota"
    assert middle["phone_quota"] < 0.05
    return [1000, middle["daily_rating"], 0.1], ["Fillon"]


@reader("live_accounts")
def _accounts() -> tuple[Numbers, list[str]]:
    known = pushes.pushed()
    panel = min((each for each in known if each.mechanism == "panel_quota"), key=lambda each: each.name)
    shown = [each for each in known if each.family == "buzz"] + [panel]
    most = sorted(shown, key=lambda each: -each.moved(1000))[:3]
    return [1000, *(each.moved(1000) for each in most)], [each.name.split(" (")[0] for each in most]


@reader("break_even")
@reader("rigged.answer")
def _costs() -> tuple[Numbers, list[str]]:
    known = pushes.pushed()
    cheapest = min(known, key=lambda each: each.cost())
    panels = [each for each in known if each.family == "poll" and each.mechanism == "panel_quota"]
    ends = [cheapest.cost(), cheapest.cost(0, 2), cheapest.cost(2, 0)]
    ends.append(float(median(each.cost() for each in panels)))
    ends += [min(each.cost(0, 2) for each in panels), max(each.cost(2, 0) for each in panels)]
    return [rounded(each) for each in ends], ["Fillon", cheapest.name.split(" (")[0]]


@reader("rigged.happened")
def _operations() -> tuple[Numbers, list[str]]:
    reported, documented, concerned = pushes.operations()
    assert not concerned
    return [reported, documented], []


@reader("rigged.proves")
def _widths() -> tuple[Numbers, list[str]]:
    known = pushes.pushed()
    factors = {each.name.split(" (")[0]: each.cost(2, 0) / each.cost(0, 2) for each in known}
    widest = max(factors, key=lambda name: factors[name])
    wide = sum(factor > 10 for factor in factors.values())
    return [wide, len(factors), 10, rounded(factors[widest])], [widest]


@reader("assumption_tornado")
def _assumptions() -> tuple[Numbers, list[str]]:
    worst = {
        (-factor, each.name, name): each
        for each in pushes.pushed()
        for name, factor in each.factors().items()
    }
    (factor, name, assumption), one = min(worst.items(), key=lambda item: item[0])
    assert assumption == "messages_per_attacker_day"
    low, middle, high = one.mass[assumption]
    ends = [one.cost() * middle / high, one.cost() * middle / low]
    return [rounded(-factor), *(rounded(each) for each in ends)], [name.split(" (")[0]]


@reader("robust_rank")
def _ranks() -> tuple[Numbers, list[str]]:
    budget, name, moved, number = pushes.boards_pushed(10_000)
    return [rounded(budget), 10_000, moved, number], [name]


@reader("detection_power")
def _noticed() -> tuple[Numbers, list[str]]:
    return [pushes.unnoticed_in_the_app(), pushes.unnoticed_in_polls()], []


@reader("defence_value")
def _defences() -> tuple[Numbers, list[str]]:
    helped, holding, number = pushes.defences()
    assert not holding
    return [helped, number], []
