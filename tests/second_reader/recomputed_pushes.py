"""What would move the figures, by the published formulas and assumptions.csv alone.

A push of m records on a base of B moves a figure p by m / (B + m) (100 - p) points, and B d / (100 - p - d) records move
it by d points. The threat model: real persons, one account each, all on the last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from recomputed import DATA, FIRST, board, dated, figures_as_read, shares, table
from scipy.stats import chi2, ncx2, norm

TARGET = "fillon"
#: Published quantities that each way of making a figure speaks about, in the order in which they count.
SHARES = ("vote_share", "digital_share", "share_of_voice", "message_volume")
SPEAKS = {
    "panel_quota": ("vote_share",),
    "phone_quota": ("vote_share",),
    "poll_average": ("vote_share",),
    "share_of_voice": SHARES,
    "tone_share": SHARES,
    "optin_ballot": SHARES,
    "daily_rating": ("approval",),
}
#: All of them: of a forecaster that published several the first counts.
QUANTITIES = (*SHARES, "approval")
#: A range of a number: the low end, the central value, the high end.
Range = tuple[float, float, float]


@cache
def assumption(name: str, *subjects: str) -> Range | None:
    """The range of the latest row of the first subject that has a usable one; a fact with a value has no range."""
    shared = pd.read_csv(DATA / "assumptions.csv")
    rows = pd.concat([table("assumptions"), shared], ignore_index=True)
    rows = rows[(rows.parameter == name) & (rows.evidence_class != "U")]
    for subject in (*subjects, "general"):
        own = rows[(rows.subject == subject) & rows[["value", "low", "high"]].notna().any(axis=1)]
        if own.empty:
            continue
        row = own.sort_values("as_of", kind="stable").iloc[-1]
        ends = [each for each in (row.low, row.high) if not np.isnan(each)]
        middle = float(row.value) if not np.isnan(row.value) else float(np.sqrt(np.prod(ends)))
        fixed = len(ends) < 2 or (row.evidence_class == "F" and not np.isnan(row.value))
        return (middle, middle, middle) if fixed else (float(row.low), middle, float(row.high))
    return None


@dataclass(frozen=True)
class Pushed:
    """One published figure with what an attack on it has to reckon with."""

    forecaster_id: str
    name: str
    family: str
    mechanism: str
    figure: float
    persons: float
    forecast_id: str
    base: dict[str, Range]
    mass: dict[str, Range]

    def of_base(self, end: int) -> float:
        """The base at the low ends (0), the central values (1), the high ends (2)."""
        return float(np.prod([each[end] for each in self.base.values()]))

    def per_account(self, end: int) -> float:
        """Records of one account; further messages caused by a message add to it."""
        return float(np.prod([each[end] + (name == "amplification") for name, each in self.mass.items()]))

    def cost(self, base_end: int = 1, mass_end: int = 1) -> float:
        """Accounts for one point more."""
        return self.of_base(base_end) / (100.0 - self.figure - 1.0) / self.per_account(mass_end)

    def part(self, accounts: float) -> float:
        """Part of the records that are those of so many accounts."""
        mass = accounts * self.per_account(1)
        return mass / (self.of_base(1) + mass)

    def moved(self, accounts: float) -> float:
        """Points by which so many accounts move the figure."""
        return self.part(accounts) * (100.0 - self.figure)

    def ends(self, name: str) -> tuple[float, float]:
        """Accounts for one point at the two ends of an assumption, the fewest first."""
        low, middle, high = (each + (name == "amplification") for each in {**self.base, **self.mass}[name])
        factors = (low / middle, high / middle) if name in self.base else (middle / high, middle / low)
        return self.cost() * factors[0], self.cost() * factors[1]

    def factors(self) -> dict[str, float]:
        """By what factor each assumption alone moves the cost."""
        ends = {**self.base, **self.mass}
        return {
            name: (high + (name == "amplification")) / (low + (name == "amplification"))
            for name, (low, _, high) in ends.items()
            if low < high
        }


@cache
def published() -> pd.DataFrame:
    """The last figure before the vote of each forecaster and quantity, with the way in which it was made."""
    rows = dated().query("contest_id == @FIRST")
    rows = rows[(rows.public_on <= rows.day) & rows.condition.isna()]
    rows = rows[rows.survey.isna() | (rows.lineup == "final")]
    rows = rows.drop_duplicates(["forecaster_id", "quantity"], keep="last")
    return rows.assign(way=rows.own_mechanism.fillna(rows.mechanism))


@cache
def pushed() -> tuple[Pushed, ...]:
    """Every forecaster whose figure of the target can be counted in accounts."""
    printed = figures_as_read().set_index(["forecast_id", "candidate_id"]).value
    found = []
    for forecaster, rows in published().groupby("forecaster_id"):
        ranked = [
            QUANTITIES.index(row.quantity)
            if row.way in SPEAKS and row.quantity in SPEAKS[row.way] and row.forecast_id in printed
            else 99
            for row in rows.itertuples()
        ]
        row = rows.iloc[int(np.argmin(ranked))]
        if min(ranked) == 99 or (row.forecast_id, TARGET) not in printed:
            continue
        total = float(printed[row.forecast_id].sum())
        counts = row.quantity == "message_volume"
        figure = float(printed[row.forecast_id, TARGET])
        base, mass = _base(row, total), _mass(row.way, str(forecaster))
        if base is None or any(each is None for each in mass.values()):
            continue
        found.append(
            Pushed(
                str(forecaster), row["name"], row.family, row.way, 100 * figure / total if counts else figure,
                float(row.n), row.forecast_id, base, mass,
            )
        )  # fmt: skip
    return tuple(found)


def _base(row: pd.Series, total: float) -> dict[str, Range] | None:
    """What competes with an attacker, by the way in which the figure is made."""
    days = 1.0
    if pd.notna(row.measured_from) and pd.notna(row.measured_to):
        days = float((row.measured_to - row.measured_from).days + 1)
    if row.way == "phone_quota":
        return {"reachable_electorate": (row.registered,) * 3}
    if row.way == "share_of_voice" and row.quantity == "message_volume":
        return {"messages": (total,) * 3}
    names = {
        "panel_quota": [("panel_size", 1.0)],
        "poll_average": [("panel_size", 1.0)],
        "daily_rating": [("votes_per_question", 1.0), ("votes_per_question_day", 2.0)],
        "share_of_voice": [("messages", 1.0), ("messages_day", days)],
        "tone_share": [("positive_messages", 1.0)],
        "optin_ballot": [("ballots", 1.0)],
    }[row.way]
    shared = ("panel_quota",) if row.way == "poll_average" else ()
    for name, factor in names:
        known = assumption(name, row.forecaster_id, row.way, *shared)
        if known is not None:
            base = {name: tuple(factor * each for each in known)}
            return base | (_polls_averaged(row) if row.way == "poll_average" else {})
    return None


def _polls_averaged(row: pd.Series) -> dict[str, Range]:
    """Firms with a poll in the three weeks before an average: their panels count one by one."""
    polls = dated().query("contest_id == @FIRST")
    polls = polls[polls.survey.notna() & (polls.public_on <= row.public_on)]
    firms = polls[(row.public_on - polls.public_on).dt.days <= 21].forecaster_id.nunique()
    return {"polls_averaged": (float(firms),) * 3}


def _mass(way: str, forecaster: str) -> dict[str, Range]:
    """What one account adds on the last day; real persons pass every check."""
    names = {
        "panel_quota": ["relative_activity"],
        "poll_average": ["relative_activity", "panel_overlap"],
        "share_of_voice": ["messages_per_attacker_day", "amplification"],
        "tone_share": ["messages_per_attacker_day", "amplification", "classifier_recall"],
    }.get(way, [])
    shared = ("panel_quota",) if way == "poll_average" else ()
    return {name: assumption(name, forecaster, way, *shared) for name in names}


def operations() -> tuple[int, int, set[str]]:
    """Operations with a reported size, those of them that are documented, and the forecasters here that they concern."""
    rows = table("evidence")
    rows = rows[rows.quantity_reported.notna() & rows.operation.notna()]
    return (
        rows.operation.nunique(),
        rows[rows.grade == "documented"].operation.nunique(),
        set(rows.subject) & set(dated().query("contest_id == @FIRST").forecaster_id),
    )


@dataclass(frozen=True)
class Board:
    """The forecasters of the board that can be pushed, their printed figures, errors and the result, in one order."""

    known: tuple[Pushed, ...]
    printed: np.ndarray
    errors: np.ndarray
    votes: np.ndarray
    goal: np.ndarray

    def pushed(self, place: int, accounts: np.ndarray) -> np.ndarray:
        """Mean absolute error of one of them for each number of accounts."""
        part = np.array([self.known[place].part(each) for each in accounts])[:, None]
        moved: np.ndarray = np.abs((1 - part) * self.printed[place] + part * self.goal - self.votes)
        return moved.mean(axis=1)


@cache
def pushed_board() -> Board:
    """The board of errors of those that can be pushed."""
    rows = board(FIRST).set_index("forecaster_id")
    result = shares(FIRST).iloc[:4]
    wide = figures_as_read().pivot(index="forecast_id", columns="candidate_id", values="value")
    wide = wide.loc[rows.forecast_id, result.index].set_axis(rows.index)
    known = tuple(each for each in pushed() if each.forecaster_id in rows.index)
    names = [each.forecaster_id for each in known]
    clean = (wide - result).abs().mean(axis=1)[names]
    goal = np.array([100.0 if name == TARGET else 0.0 for name in result.index])
    return Board(known, wide.loc[names].to_numpy(), clean.to_numpy(), result.to_numpy(), goal)


def closest_pushed(accounts: float) -> tuple[Pushed, float]:
    """The closest forecaster where each is pushed by so many accounts, and its error."""
    all_of_them = pushed_board()
    errors = [
        float(all_of_them.pushed(place, np.array([accounts]))[0]) for place in range(len(all_of_them.known))
    ]
    first = int(np.argmin(errors))
    return all_of_them.known[first], errors[first]


def boards_pushed(most: float) -> tuple[float, str, int, int]:
    """Smallest number of accounts at one forecaster that changes the order, where, and how many move up to a number."""
    all_of_them = pushed_board()
    known, errors = all_of_them.known, all_of_them.errors

    def order(place: int, accounts: np.ndarray) -> np.ndarray:
        """Signs of the pushed error against those of all others, one row per number of accounts."""
        moved = all_of_them.pushed(place, accounts)
        return np.sign((moved[:, None] - np.delete(errors, place)[None, :]).round(12))

    grid = np.concatenate([[0.0], np.geomspace(0.1, 1e6, 1500)])
    first = {}
    for place, one in enumerate(known):
        signs = order(place, grid)
        changed = np.flatnonzero((signs != signs[0]).any(axis=1))
        if not len(changed):
            continue
        finer = np.linspace(grid[changed[0] - 1], grid[changed[0]], 400)
        first[one.name] = float(finer[np.flatnonzero((order(place, finer) != signs[0]).any(axis=1))[0]])
    easiest = min(first, key=lambda name: first[name])
    return first[easiest], easiest, sum(each <= most for each in first.values()), len(known)


def unnoticed_in_polls(rate: float = 0.01) -> float:
    """Median of the points that the test of the composition of a poll notices every other time.

    Against the poll before, of the same size: the test of homogeneity of two samples.
    """
    printed = figures_as_read().set_index("forecast_id")
    shifts = []
    for one in pushed():
        if one.family != "poll" or np.isnan(one.persons):
            continue
        own = printed.loc[[one.forecast_id]].set_index("candidate_id").value
        rest = 100.0 - own.sum()
        cells = own.to_numpy() / 100.0
        cells = np.append(cells, rest / 100.0) if rest > 0 else cells / cells.sum()
        said = np.zeros(len(cells))
        said[list(own.index).index(TARGET)] = 1.0
        present = cells > 0
        cells, said = cells[present], said[present]

        def power(
            part: float, cells: np.ndarray = cells, said: np.ndarray = said, n: float = one.persons
        ) -> float:
            after = (1 - part) * cells + part * said
            pooled = (cells + after) / 2
            centre = n * ((after - cells) ** 2 / pooled).sum() / 2
            limit = chi2.isf(rate, len(cells) - 1)
            return float(ncx2.sf(limit, len(cells) - 1, max(centre, 1e-12)))

        low, high = 0.0, 1.0
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if power(middle) < 0.5 else (low, middle)
        shifts.append(high * (100.0 - one.figure))
    return float(np.median(shifts))


def unnoticed_in_the_app(rate: float = 0.01, draws: int = 200_000) -> float:
    """Points that the best test of a rating app notices every other time: a burst of accounts, or of new ones."""
    return min(unnoticed_by_test(rate, draws))


@cache
def unnoticed_by_test(rate: float = 0.01, draws: int = 200_000) -> tuple[float, float]:
    """Points that each test of a rating app notices every other time: a burst of accounts, new ones among supporters."""
    one = next(each for each in pushed() if each.mechanism == "daily_rating")
    inflow = assumption("inflow_day", one.forecaster_id)
    spread = assumption("inflow_overdispersion", one.forecaster_id)
    users = assumption("registered_users", one.forecaster_id)
    return (
        one.moved(_burst(inflow[1], spread[1], rate, draws)),
        one.moved(_newcomers(one, 30 * inflow[1] / users[1], rate)),
    )


def _burst(mean: float, dispersion: float, rate: float, draws: int) -> float:
    """Accounts on the second of two days that the operator looks at, noticed every other time by simulation."""
    rng = np.random.default_rng(41)
    size = mean / (dispersion - 1)
    days = rng.negative_binomial(size, 1 / dispersion, size=(draws, 8)).astype(float)
    usual = days[:, :7].mean(axis=1)
    scale = np.sqrt(dispersion * np.maximum(usual, 1) * (1 + 1 / 7))
    excess = days[:, 7] - usual
    limit = np.quantile(excess / scale, (1 - rate) ** 0.5)
    needed = limit * scale - excess
    # Half of the time one of the two days sounds: the day of the attack, or the other one falsely.
    return float(np.quantile(needed, 1 - 0.5 / (1 - rate) ** 0.5))


def _newcomers(one: Pushed, new: float, rate: float) -> float:
    """Accounts that the test of the part of new ones among the target's voters notices every other time."""
    own, others = one.of_base(1) * one.figure / 100, one.of_base(1) * (1 - one.figure / 100)

    def power(accounts: float) -> float:
        total = own + accounts
        part = (own * new + accounts) / total
        pooled = (own * new + accounts + others * new) / (total + others)
        null = np.sqrt(pooled * (1 - pooled) * (1 / total + 1 / others))
        # Attackers are not random: only the honest newcomers vary.
        actual = np.sqrt(new * (1 - new) * (own / total**2 + 1 / others))
        return float(norm.sf((norm.isf(rate) * null - (part - new)) / actual))

    low, high = 0.0, one.of_base(1)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if power(middle) < 0.5 else (low, middle)
    return high


#: What is left of the mass of a push: (burst, drip) of attackers unaware of a defence, then of those who adapt.
Left = tuple[tuple[float, float], tuple[float, float]]


def _left() -> dict[str, Left]:
    """By hand, for a window of two days and a push of a tenth of the base of the app."""
    presence = assumption("honest_presence", "gov", "daily_rating")
    honest_days = max(1.0, presence[1] * 2)

    def confined(part: float) -> float:
        """Mass that counts if attackers fit into the groups that make up a quarter of the weight, base 1."""
        inside = 0.25 * part / (0.25 + part)
        return inside / (1 - inside) / part

    return {
        "account_age": ((0.0, 0.0), (1.0, 1.0)),
        "new_account_weight": ((0.1, 0.1), (1.0, 1.0)),
        "identity_check": ((1.0, 1.0), (1.0, 1.0)),
        "daily_median": ((1.0, 1.0), (1.0, 1.0)),
        "trimmed_mean": ((1.0, 1.0), (1.0, 1.0)),
        "one_vote_per_window": ((honest_days / 1, honest_days / 2), (honest_days / 1, honest_days / 2)),
        "post_stratification": ((confined(0.1), confined(0.1)), (1.0, 1.0)),
    }


def _part(mass: float) -> float:
    """Part of the records that are those of the push."""
    return 0.1 * mass / (1 + 0.1 * mass)


def defences() -> tuple[int, int, int]:
    """Defences that weaken a push of a tenth of the base of the app, those that weaken one that knows them, and all."""
    left = _left()
    helped = sum(min(map(_part, plain)) < 0.95 * _part(1.0) for plain, _ in left.values())
    holding = sum(max(map(_part, adapted)) < 0.95 * _part(1.0) for _, adapted in left.values())
    return helped, holding, len(left)


def left_by_defences() -> list[float]:
    """Points without a defence, then those that each leaves of an unaware and of an adapted push, burst and drip."""
    one = next(each for each in pushed() if each.mechanism == "daily_rating")
    points = [_part(1.0), _part(1.0)]
    for plain, adapted in _left().values():
        points += [_part(mass) for timing in zip(plain, adapted, strict=True) for mass in timing]
    return [part * (100.0 - one.figure) for part in points]
