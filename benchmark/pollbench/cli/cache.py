"""``pollbench cache``: what is kept between runs, and how to clear it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Action(StrEnum):
    """What to do with the cache."""

    show = "show"
    clear = "clear"


def cache_(
    action: Annotated[
        Action, typer.Argument(help="show: where it is and what it holds; clear: remove all of it.")
    ] = Action.show,
) -> None:
    """Show or clear what is kept between runs: databases, tables, scores, draws, drawings, pictures, scripts.

    POLLBENCH_CACHE names its folder, or is off.
    """
    from pollbench import cache

    folder = cache.folder()
    if folder is None:
        typer.echo(f"No cache: {cache.VARIABLE} is {cache.OFF}, or there is no home folder.")
    elif action is Action.clear:
        typer.echo(f"{folder}: {cache.clear()} entries removed.")
    else:
        sizes: dict[str, list[int]] = {}
        for path in cache.entries():
            sizes.setdefault(path.parent.name, []).append(path.stat().st_size)
        for kind, listed in sizes.items():
            typer.echo(
                f"{kind:12} {len(listed):6,} {'entry' if len(listed) == 1 else 'entries':8} {sum(listed) / 1e6:10,.1f} MB"
            )
        typer.echo(f"{folder}: {sum(map(len, sizes.values()))} entries.")
