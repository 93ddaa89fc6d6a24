"""``pollbench compare``: two forecasters, houses or families, over the votes they share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pollbench.cli._options import Elections, Format, MoreElections, Output, TableFormat, asked_for


class By(StrEnum):
    """What two names are the names of."""

    forecaster = "forecaster"
    house = "house"
    family = "family"


def compare_(
    first: Annotated[str, typer.Argument(help="A forecaster, house or family, such as ifop.")],
    second: Annotated[str, typer.Argument(help="Another one, such as bva.")],
    elections: Elections = None,
    election: MoreElections = None,
    by: Annotated[
        By, typer.Option(help="What the two are: forecasters, houses or families.")
    ] = By.forecaster,
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """Compare the errors of two forecasters, houses or families over all votes that both forecast."""
    from pollbench.cli._output import show
    from pollbench.data.store import load
    from pollbench.history import pooled_board as pooling
    from pollbench.history.between_rounds import between_rounds
    from pollbench.history.last_errors import errors_table

    columns: dict[By, pooling.By] = {
        By.forecaster: "forecaster_id",
        By.house: "house",
        By.family: "family",
    }
    with load(*asked_for(elections, election, ())) as bench:
        errors = errors_table(bench)
    paired = pooling.paired_comparison(errors, first, second, columns[by])
    rounds = between_rounds(errors) if paired.test is not None else None
    show(paired.contests, form, output)
    if form is Format.table and output is None:
        typer.echo(f"\n{paired.sentence}")
        if rounds is not None:
            typer.echo(rounds.sentence)
        typer.echo(
            "Mean absolute error of the last figures on the main candidates, points; a negative difference: the first was closer."
        )
