"""The answer to "how many fake users?" in three sentences, with the assumptions under them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pollbench.language.texts import SOURCE_LOCALE
from pollbench.language.words import Words
from pollbench.manipulation.study.assumptions import Assumptions, Parameter
from pollbench.manipulation.study.attackable import AttackedFigure, chosen_figures
from pollbench.manipulation.study.break_even import break_even
from pollbench.manipulation.study.cost_model import parameter_sets
from pollbench.manipulation.study.stress import stress
from pollbench.manipulation.study.threat_models import resolved, threat_model
from pollbench.randomness import SEED

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

#: Accounts of the second sentence: a round number that a small campaign can gather.
ACCOUNTS = 1000
ENGLISH = Words(SOURCE_LOCALE)
NEVER = ENGLISH("attack.never")


def number(value: float, words: Words = ENGLISH) -> str:
    """A number for a sentence: two significant digits, or one decimal below ten.

    Examples
    --------
    >>> [number(value) for value in (0, 0.034, 5.521, 161.1, 2311.07, float("inf"))]
    ['0', '0.03', '5.5', '160', '2,300', 'no number of']
    """
    if math.isinf(value):
        return words("attack.no_number")
    if value == 0:
        return "0"
    if abs(value) < 0.1:
        return words.number(value, 2)
    return words.number(value) if abs(value) < 10 else words.rounded(value)


def whole(value: float, words: Words = ENGLISH) -> str:
    """A count for a sentence: rounded up to a whole, two significant digits."""
    if not math.isfinite(value):
        return number(value, words)
    return words.rounded(math.ceil(value - 1e-9))


def spanned(
    value: float,
    low: float,
    high: float,
    show: Callable[[float, Words], str] = number,
    words: Words = ENGLISH,
) -> str:
    """A number with its range, if it has one.

    Examples
    --------
    >>> spanned(5.52, 3.93, 7.64), spanned(5.52, 5.52, 5.52)
    ('5.5 (3.9 to 7.6)', '5.5')
    """
    middle, least, most = (show(end, words) for end in (value, low, high))
    return middle if least == most else words("attack.span", value=middle, low=least, high=most)


def plain(value: float, words: Words = ENGLISH) -> str:
    """A parameter as it stands in the data, a mean of a range to four digits.

    Examples
    --------
    >>> [plain(value) for value in (547722.5575, 4319600.0, 0.95)]
    ['547,700', '4,319,600', '0.95']
    """
    if value == round(value):
        return words.count(value)
    return words.significant(value, 4) if abs(value) < 1000 else words.rounded(value, 4)


def parameter_line(parameter: Parameter, words: Words = ENGLISH) -> str:
    """One assumption as a line: name, value, range, class, sources.

    Examples
    --------
    >>> parameter_line(Parameter("relative_activity", "panel_quota", "x", 3.0, 1.0, 20.0, "ratio", "A", "method:assumption"))
    'panel_quota.relative_activity = 3 (1 to 20) ratio; assumption; method:assumption'
    >>> parameter_line(Parameter("price_account", "general", "x", 0.10583, 0.08, 0.14, "USD", "F", "study:x"))
    'general.price_account = 0.1058 (0.08 to 0.14) USD; derived: geometric mean of a declared range; study:x'
    """
    low, high = plain(parameter.low, words), plain(parameter.high, words)
    return words(
        "attack.parameter",
        name=f"{parameter.subject}.{parameter.name}",
        value=plain(parameter.value, words),
        span=words("attack.parameter_span", low=low, high=high) if parameter.varies else "",
        unit=words.translated(parameter.unit, "data"),
        certainty=certainty(parameter, words),
        sources=parameter.sources,
    )


def certainty(parameter: Parameter, words: Words = ENGLISH) -> str:
    """The class of a value in words; a fact that varies was declared as a range, so its value is no fact."""
    if parameter.evidence_class == "F" and parameter.varies:
        return words("attack.certainty.read_off_range")
    return words(f"attack.certainty.{parameter.evidence_class}")


def _first(
    figure: AttackedFigure, person: str, cost: Any, base: tuple[float, float, float] | None, words: Words
) -> str:
    """Where the figure stood, where an attacker enters, and what is in the way."""
    # Counts of messages are printed to three digits: their shares have no more.
    digits = 3 if figure.quantity == "message_volume" else 4
    persons = words.count(figure.persons) if figure.persons else ""
    unit = words.translated(figure.mechanism.unit, "data")
    return words(
        "attack.showed",
        name=figure.name,
        forecast=figure.forecast_id,
        person=person,
        share=words.significant(cost.figure_pct, digits),
        noun=words(f"attack.noun.{figure.quantity}"),
        sample=words("attack.sample", persons=persons) if persons else "",
        enters=words.translated(first_clause(figure.mechanism.enters), "data"),
        against=words.translated(first_clause(figure.mechanism.base), "data"),
        size=words("attack.size_unknown")
        if base is None
        else words("attack.size", size=spanned(*base, words=words), unit=unit),
    )


def first_clause(text: str) -> str:
    """What stands before the first colon or semicolon.

    Examples
    --------
    >>> first_clause("the members of the panel, not the sample: an attacker joins the panel")
    'the members of the panel, not the sample'
    """
    return text.split(":")[0].split(";")[0]


def _second(figure: AttackedFigure, point: Any, moved: Any, actor: str, words: Words) -> str:
    """What one point more would take, and what a thousand accounts would do."""
    if math.isnan(point.accounts):
        return words(
            "attack.mass",
            share=number(point.mass_pct, words),
            base=words.translated(figure.mechanism.base_in_words, "data"),
            give=words("attack.give", missing=point.missing) if point.missing else "",
            without=words.translated(figure.mechanism.without_accounts, "data"),
        )
    sampled = moved.sampling_low == moved.sampling_low
    noise = {end: words.number(getattr(moved, f"sampling_{end}"), 2) for end in ("low", "high")}
    return words(
        "attack.suffice",
        number=spanned(point.accounts, point.accounts_low, point.accounts_high, whole, words),
        actor=words(f"attack.actor.{actor}"),
        drawn=words("attack.drawn", records=whole(point.records, words))
        if point.records == point.records
        else "",
        accounts=words.count(ACCOUNTS),
        effect=spanned(moved.shift_pp, moved.assumption_low, moved.assumption_high, words=words),
        noise=words("attack.noise", **noise) if sampled else "",
    )


def _third(person: str, costs: Mapping[str, Any], whole_base: str, words: Words) -> str:
    """What the lead and a place among the first two would take."""

    def needed(goal: str, where: str) -> str:
        row = costs.get(goal)
        if row is None or math.isnan(row.mass_pct):
            return ""
        if row.gap_pp < 0:
            return words("attack.already", where=where, points=number(-row.gap_pp, words))
        mass = words(
            "attack.need_mass",
            where=where,
            share=number(row.mass_pct, words),
            base=words.translated(whole_base, "data"),
        )
        if math.isnan(row.accounts):
            return mass
        accounts = spanned(row.accounts, row.accounts_low, row.accounts_high, whole, words)
        return words("attack.need_accounts", mass=mass, accounts=accounts)

    lead, second = needed("lead", words("attack.lead")), needed("top_two", words("attack.top_two"))
    if not lead and not second:
        return words("attack.positions_unknown", person=person)
    leads = lead and costs["lead"].gap_pp < 0
    if lead and second and not leads:
        return words("attack.positions_both", person=person, lead=lead, second=second)
    return words("attack.positions", person=person, lead=lead or second)


def stories(
    bench: Bench,
    *,
    target: str,
    attack: str = "push",
    forecaster: str | None = None,
    contest_id: str | None = None,
    model: str | None = None,
    assume: Mapping[str, float] | None = None,
    seed: int = SEED,
    locale: str = SOURCE_LOCALE,
) -> list[str]:
    """One text per figure that can be attacked for the target: three sentences, then the assumptions.

    Parameters
    ----------
    as of :func:`pollbench.manipulation.study.break_even`; and
    locale : of the sentences. What a mechanism says of itself stays English where it has no translation.
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
    parameters = parameter_sets(bench, [resolved(attack, model)], assume)
    words = Words(locale)
    texts = []
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
        actor = threat_model(point.threat_model_id).actor
        lines = [
            _first(figure, person, point, base, words),
            _second(figure, point, moved, actor, words),
            _third(
                person,
                {goal: rows.loc[goal] for goal in ("lead", "top_two")},
                figure.mechanism.base_in_words,
                words,
            ),
        ]
        notes = [parameter_line(parameter, words) for parameter in parameters[point.params_id]]
        notes += _unused(assumptions, figure, words)
        if not figure.certifiable:
            notes.append(words("attack.secret_rule"))
        if point.unreliable and figure.certifiable:
            notes.append(words("attack.unreliable"))
        lines.append(words("attack.heading", model=point.threat_model_id, parameters=point.params_id))
        lines += [f"  {note}" for note in notes or [words("attack.no_parameter")]]
        texts.append("\n".join(lines))
    return texts


def _unused(assumptions: Assumptions, figure: AttackedFigure, words: Words) -> list[str]:
    """Rows about the forecaster that cannot be verified: shown, not used."""
    rows = assumptions.rows
    rows = rows[(rows.subject == figure.forecaster_id) & (rows.evidence_class == "U")]
    shown = []
    for row in rows.to_dict(orient="records"):
        key = f"{row['subject']}.{row['parameter']}"
        if key in assumptions.overrides:
            continue
        ends = [plain(row[end], words) for end in ("low", "high") if not math.isnan(row[end])]
        span = words("attack.range", low=ends[0], high=ends[1]) if len(ends) == 2 else "".join(ends)
        value = (
            (span or words("attack.no_figure")) if math.isnan(row["value"]) else plain(row["value"], words)
        )
        unit = words.translated(row["unit"], "data")
        shown.append(words("attack.unused", name=key, value=value, unit=unit, sources=row["sources"]))
    return shown
