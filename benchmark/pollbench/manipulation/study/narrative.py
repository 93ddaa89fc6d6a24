"""The answer to "how many fake users?" in three sentences, with the assumptions under them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pollbench.manipulation.study.assumptions import Assumptions, Parameter
from pollbench.manipulation.study.attackable import AttackedFigure, chosen_figures
from pollbench.manipulation.study.break_even import break_even
from pollbench.manipulation.study.stress import stress
from pollbench.manipulation.study.threat_models import threat_model

if TYPE_CHECKING:
    from pollbench.data.store import Bench

#: Accounts whose effect is told: a round number that a small campaign can gather.
ACCOUNTS = 1000
#: What the figure of each quantity is called.
NOUNS = {
    "vote_share": "of the vote",
    "digital_share": "of its digital weight (not a vote share)",
    "share_of_voice": "of the messages",
    "message_volume": "of the messages it counted",
    "approval": "of approval among those who rated",
    "win_probability": "as the price of a win",
    "runoff_probability": "as the price of a place in the run-off",
}
#: What counts as one more record for the attacker.
ACTORS = {
    "mobilised": "people with one account each",
    "multi_account": "accounts",
    "bot": "automated accounts",
}
CLASSES = {"F": "fact", "D": "derived", "A": "assumption", "U": "unverified"}
#: A source gave no value, only how far it reaches: the value that is used is our own reading of that.
READ_OFF_RANGE = "derived: geometric mean of a declared range"
NEVER = "A budget would suffice; nothing here says that anybody ever spent it."


def number(value: float) -> str:
    """A number for a sentence: two significant digits, or one decimal below ten.

    Examples
    --------
    >>> [number(each) for each in (0, 0.034, 5.521, 161.1, 2311.07, float("inf"))]
    ['0', '0.03', '5.5', '160', '2,300', 'no number of']
    """
    if math.isinf(value):
        return "no number of"
    if value == 0:
        return "0"
    if abs(value) < 0.1:
        return f"{value:.2f}"
    if abs(value) < 10:
        return f"{value:.1f}"
    digits = 1 - math.floor(math.log10(abs(value)))
    return f"{round(value, digits):,.0f}"


def whole(value: float) -> str:
    """A count for a sentence: rounded up to a whole, two significant digits."""
    return (
        number(float(math.ceil(value - 1e-9))).removesuffix(".0") if math.isfinite(value) else number(value)
    )


def spanned(value: float, low: float, high: float, show: Any = number) -> str:
    """A number with its range, if it has one.

    Examples
    --------
    >>> spanned(5.52, 3.93, 7.64), spanned(5.52, 5.52, 5.52)
    ('5.5 (3.9 to 7.6)', '5.5')
    """
    return show(value) if show(low) == show(high) else f"{show(value)} ({show(low)} to {show(high)})"


def plain(value: float) -> str:
    """A parameter as it stands in the data, a mean of a range to four digits.

    Examples
    --------
    >>> [plain(each) for each in (547722.5575, 4319600.0, 0.95)]
    ['547,700', '4,319,600', '0.95']
    """
    if value == round(value):
        return f"{value:,.0f}"
    return f"{value:,.4g}" if abs(value) < 1000 else f"{float(f'{value:.4g}'):,.0f}"


def parameter_line(parameter: Parameter) -> str:
    """One assumption as a line: name, value, range, class, sources.

    Examples
    --------
    >>> parameter_line(Parameter("relative_activity", "panel_quota", "x", 3.0, 1.0, 20.0, "ratio", "A", "method:assumption"))
    'panel_quota.relative_activity = 3 (1 to 20) ratio; assumption; method:assumption'
    >>> parameter_line(Parameter("price_account", "general", "x", 0.10583, 0.08, 0.14, "USD", "F", "study:x"))
    'general.price_account = 0.1058 (0.08 to 0.14) USD; derived: geometric mean of a declared range; study:x'
    """
    span = f" ({plain(parameter.low)} to {plain(parameter.high)})" if parameter.varies else ""
    return (
        f"{parameter.subject}.{parameter.name} = {plain(parameter.value)}{span} {parameter.unit}; "
        f"{certainty(parameter)}; {parameter.sources}"
    )


def certainty(parameter: Parameter) -> str:
    """The class of a value in words; a fact that varies was declared as a range, so its value is no fact."""
    declared_range = parameter.evidence_class == "F" and parameter.varies
    return READ_OFF_RANGE if declared_range else CLASSES[parameter.evidence_class]


def _first(figure: AttackedFigure, person: str, cost: Any, base: tuple[float, float, float] | None) -> str:
    """Where the figure stood, where an attacker enters, and what is in the way."""
    # Counts of messages are printed to three digits: their shares have no more.
    digits = 3 if figure.quantity == "message_volume" else 4
    share = f"{cost.figure_pct:.{digits}g} %"
    sample = f", on {figure.persons:,} answers" if figure.persons else ""
    said = f"{figure.name} ({figure.forecast_id}) showed {person} at {share} {NOUNS[figure.quantity]}{sample}"
    enters = first_clause(figure.mechanism.enters)
    against = first_clause(figure.mechanism.base)
    size = "of unknown size" if base is None else f"{spanned(*base)} {figure.mechanism.unit}"
    return f"{said}; an attacker enters {enters}, and competes with {against}: {size}."


def first_clause(text: str) -> str:
    """What stands before the first colon or semicolon.

    Examples
    --------
    >>> first_clause("the members of the panel, not the sample: an attacker joins the panel")
    'the members of the panel, not the sample'
    """
    return text.split(":")[0].split(";")[0]


def _second(figure: AttackedFigure, point: Any, moved: Any, actor: str) -> str:
    if math.isnan(point.accounts):
        return (
            f"One point more would take attackers worth {number(point.mass_pct)} % of {figure.mechanism.base_in_words}"
            f"{_give(point.missing)}; {figure.mechanism.without_accounts}"
        )
    suffice = spanned(point.accounts, point.accounts_low, point.accounts_high, whole)
    drawn = (
        f" ({whole(point.records)} invented answers in the sample)" if point.records == point.records else ""
    )
    effect = spanned(moved.shift_pp, moved.assumption_low, moved.assumption_high)
    noise = (
        f" (95 % from the sampling of the honest alone: {moved.sampling_low:.2f} to {moved.sampling_high:.2f})"
        if moved.sampling_low == moved.sampling_low
        else ""
    )
    return f"For one point more {suffice} {actor} would suffice{drawn}; {ACCOUNTS:,} of them would move it by {effect} points{noise}."


def _give(missing: str) -> str:
    """What a user may give so that accounts can be counted."""
    return f" (give {missing} with --assume)" if missing else ""


def _third(person: str, places: dict[str, Any], whole_base: str) -> str:
    def place(goal: str, words: str) -> str:
        row = places.get(goal)
        if row is None or math.isnan(row.mass_pct):
            return ""
        if row.gap_pp < 0:
            return f"stands {words} already, by {number(-row.gap_pp)} points"
        need = f"would stand {words} for {number(row.mass_pct)} % of {whole_base}"
        if math.isnan(row.accounts):
            return need
        return f"{need}, {spanned(row.accounts, row.accounts_low, row.accounts_high, whole)} accounts"

    lead, second = place("lead", "first"), place("top_two", "among the first two")
    told = lead if lead.startswith("stands") or not second else f"{lead}; {second}" if lead else second
    return (
        f"{person} {told}."
        if told
        else f"Too few candidates have a figure to speak of the place of {person}."
    )


def stories(
    bench: Bench,
    *,
    target: str,
    attack: str = "push",
    forecaster: str | None = None,
    contest_id: str | None = None,
    model: str | None = None,
    assume: Mapping[str, float] | None = None,
    seed: int = 20170423,
) -> list[str]:
    """One text a figure that can be attacked for the target: three sentences, then the assumptions.

    Parameters
    ----------
    as of :func:`pollbench.manipulation.study.break_even`.
    """
    chosen: dict[str, Any] = {
        "target": target,
        "attack": attack,
        "forecaster": forecaster,
        "contest_id": contest_id,
        "model": model,
        "assume": assume,
        "seed": seed,
    }
    costs = break_even(bench, **chosen)
    shifts = stress(bench, axis="accounts", budgets=[ACCOUNTS], **chosen)
    shifts = shifts[shifts.budget > 0]
    figures, _ = chosen_figures(bench, forecaster, contest_id, target)
    people = bench.frame("SELECT candidate_id, name FROM person")
    names = dict(zip(people.candidate_id, people.name, strict=True))
    assumptions = Assumptions(bench, assume)
    parameters: dict[str, tuple[Parameter, ...]] = costs.attrs["parameters"]
    told = []
    for figure in figures:
        rows = costs[costs.forecast_id == figure.forecast_id].set_index("goal", drop=False)
        if rows.empty:
            continue
        moved: Any = shifts[shifts.forecast_id == figure.forecast_id].iloc[0]
        point: Any = rows.loc["plus_1"]
        person = names[target]
        # At the level of one per cent the base reads off the cost.
        base = None
        if not math.isnan(point.mass) and point.mass_pct:
            middle, small, large = (
                100.0 * point[end] / point.mass_pct for end in ("mass", "mass_low", "mass_high")
            )
            base = (middle, small, large)
        actor = ACTORS[threat_model(point.threat_model_id).actor]
        lines = [
            _first(figure, person, point, base),
            _second(figure, point, moved, actor),
            _third(
                person,
                {goal: rows.loc[goal] for goal in ("lead", "top_two")},
                figure.mechanism.base_in_words,
            ),
        ]
        notes = [f"  {parameter_line(each)}" for each in parameters[point.params_id]]
        notes += [f"  {line}" for line in _unused(assumptions, figure)]
        if not figure.certifiable:
            notes.append("  the rule behind the figure is not disclosed: robustness is unknown, not proved")
        if point.unreliable and figure.certifiable:
            notes.append("  unreliable: the base is known only within a factor above ten")
        heading = (
            f"Threat model {point.threat_model_id}, parameters {point.params_id} "
            "(a range without a printed value is taken at its geometric mean):"
        )
        told.append("\n".join([*lines, heading, *(notes or ["  no parameter of this mechanism is known"])]))
    return told


def _unused(assumptions: Assumptions, figure: AttackedFigure) -> list[str]:
    """Rows about the forecaster that cannot be verified: shown, not used."""
    rows = assumptions.rows
    rows = rows[(rows.subject == figure.forecaster_id) & (rows.evidence_class == "U")]
    shown = []
    for row in rows.to_dict(orient="records"):
        key = f"{row['subject']}.{row['parameter']}"
        if key in assumptions.overrides:
            continue
        span = " to ".join(plain(row[end]) for end in ("low", "high") if not math.isnan(row[end]))
        value = (span or "no figure") if math.isnan(row["value"]) else plain(row["value"])
        shown.append(f"shown, not used: {key} {value} {row['unit']}; unverified; {row['sources']}")
    return shown
