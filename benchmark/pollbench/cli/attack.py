"""``pollbench attack``: how many fake users does it take?"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pollbench.cli._options import (
    Contest,
    FewElections,
    Format,
    MoreElections,
    Output,
    Scenarios,
    TableFormat,
    asked_for,
)

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

#: Columns of the overview, and what a reader of a terminal needs of the shifts.
OVERVIEW = ("contest_id", "forecaster_id", "target", "figure_pct")
SHORT = (
    "contest_id", "forecaster_id", "target", "defence_id", "budget", "accounts", "figure_pct", "shift_pp",
    "sampling_low", "sampling_high", "assumption_low", "assumption_high", "worst_pp", "certified_pp", "p_lead",
    "p_top2", "power_fpr01", "evidence_class", "params_id",
)  # fmt: skip


def attack_(
    elections: FewElections = None,
    election: MoreElections = None,
    forecaster: Annotated[
        list[str] | None,
        typer.Option(help="A forecaster, such as gov; may be repeated; all if none is named."),
    ] = None,
    target: Annotated[str, typer.Option(help="A candidate, or all main ones: fillon, all.")] = "all",
    attack: Annotated[str, typer.Option(help="See 'pollbench list attacks': push, nuke, ...")] = "push",
    budget: Annotated[
        list[float] | None,
        typer.Option(help="A budget on the axis; may be repeated. None: what would suffice."),
    ] = None,
    axis: Annotated[str, typer.Option(help="mass_pct, mass, accounts, person_days, eur.")] = "accounts",
    defence: Annotated[
        list[str] | None, typer.Option(help="A defence beside none; may be repeated; needs a budget.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="A threat model of threat_models.toml.")] = None,
    assume: Annotated[
        list[str] | None, typer.Option(help="Override: gov.votes_per_question=6000; may be repeated.")
    ] = None,
    contest: Contest = None,
    scenario: Scenarios = None,
    assumptions: Annotated[
        bool, typer.Option("--assumptions", help="List the assumptions and leave.")
    ] = False,
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """Say what would move a forecaster's figures, and on which assumptions; never that it happened."""
    named = asked_for(elections, election)

    def say() -> None:
        from pollbench.cli._output import show
        from pollbench.data.store import load
        from pollbench.errors import PolicyError
        from pollbench.manipulation.study.assumptions import Assumptions, parse_overrides
        from pollbench.manipulation.study.break_even import break_even
        from pollbench.manipulation.study.stress import NO_DEFENCE, stress

        overrides = parse_overrides(assume or [])
        if defence and not budget:
            message = "A defence is judged at a budget: name one with --budget, such as --budget 1000."
            raise PolicyError(message)
        chosen: dict[str, Any] = {
            "forecaster": forecaster,
            "contest_id": contest,
            "model": model,
            "assume": overrides,
        }
        with load(*named, scenarios=scenario or ()) as bench:
            if assumptions:
                show(Assumptions(bench, overrides).rows, form, output, {"value": 4, "low": 4, "high": 4})
                return
            if budget:
                moved = stress(
                    bench,
                    attack=attack,
                    target=target,
                    axis=axis,
                    budgets=budget,
                    defences=(NO_DEFENCE, *(defence or ())),
                    **chosen,
                )
                plain = form is Format.table and output is None
                show(moved[list(SHORT)] if plain else moved, form, output)
                if plain:
                    _explain(bench, moved, target, chosen)
                return
            if form is not Format.table or output is not None or attack == "push_and_nuke" or target == "all":
                costs = break_even(bench, target=target, attack=attack, **chosen)
                if form is not Format.table or output is not None:
                    show(costs, form, output)
                else:
                    show(_overview(costs), form, output, {"figure_pct": 1})
                    _explain(bench, costs, target, chosen)
                return
            _tell(bench, target, attack, chosen)

    if output is not None or form is Format.parquet:
        say()
        return
    from pollbench.cli._answers import answered

    listed = (forecaster, budget, defence, assume, scenario)
    options = (target, attack, axis, model, contest, assumptions, form.value, *map(repr, listed))
    answered(("attack", *options), named, say)


def _tell(bench: Bench, target: str, attack: str, chosen: dict[str, Any]) -> None:
    """Print three sentences a figure, and the reasons for the forecasters without one."""
    from pollbench.manipulation.study.attackable import chosen_figures
    from pollbench.manipulation.study.narrative import NEVER, stories

    texts = stories(bench, target=target, attack=attack, **chosen)
    _, unanswered = chosen_figures(bench, chosen["forecaster"], chosen["contest_id"], target)
    typer.echo("\n\n".join(texts) if texts else f"No figure for {target} can be attacked here.")
    _reasons(unanswered.to_dict(orient="records"))
    typer.echo(f"\n{NEVER}")


def _overview(costs: pd.DataFrame) -> pd.DataFrame:
    """One row per figure and target: what would suffice for one point more, the lead and the first two."""
    from pollbench.manipulation.study.narrative import spanned, whole

    table = costs[costs.goal == "plus_1"][list(OVERVIEW)].reset_index(drop=True)
    for goal, title in (("plus_1", "one_point"), ("lead", "lead"), ("top_two", "first_two")):
        words = []
        for row in costs[costs.goal == goal].to_dict(orient="records"):
            if "a tie" in row["flag"]:
                words.append("1 (a tie)")
            elif "already" in row["flag"]:
                words.append("already")
            elif not isnan(row["accounts"]):
                words.append(spanned(row["accounts"], row["accounts_low"], row["accounts_high"], whole))
            else:
                words.append("" if isnan(row["mass_pct"]) else "unknown")
        table[f"accounts_for_{title}"] = words
    return table


def _explain(bench: Bench, table: pd.DataFrame, target: str, chosen: dict[str, Any]) -> None:
    """Print under a table its threat model, its parameters and who is missing."""
    from pollbench.manipulation.study.attackable import chosen_figures
    from pollbench.manipulation.study.cost_model import parameter_sets
    from pollbench.manipulation.study.narrative import NEVER, parameter_line
    from pollbench.manipulation.study.threat_models import threat_model

    names = sorted(set(table.threat_model_id))
    typer.echo(f"\nThreat model: {', '.join(names)}.")
    sets = parameter_sets(bench, [threat_model(name) for name in names], chosen["assume"])
    parameters = {key: sets[key] for key in dict.fromkeys(table.params_id)}
    lines = {parameter_line(parameter) for used in parameters.values() for parameter in used}
    typer.echo("Assumptions (central value, range; class; sources):")
    for line in sorted(lines):
        typer.echo(f"  {line}")
    _, unanswered = chosen_figures(bench, chosen["forecaster"], chosen["contest_id"], target)
    _reasons(unanswered.to_dict(orient="records"))
    typer.echo(f"\n{NEVER}")


def _reasons(unanswered: list[dict[Any, Any]]) -> None:
    """Print why each forecaster without an answer has none; unknown is not robust."""
    if not unanswered:
        return
    typer.echo("\nNo answer (unknown, which is not robust):")
    grouped: dict[str, list[str]] = {}
    for row in unanswered:
        where = f" ({row['contest_id']})" if row["contest_id"] else ""
        grouped.setdefault(row["reason"], []).append(f"{row['forecaster_id']}{where}")
    for reason, names in grouped.items():
        typer.echo(f"  {', '.join(names)}: {reason}.")
