"""The registry: who committed how often, how much of it was revealed, and what becomes of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.protocol.ledger import Receipt

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str, int]


def live_receipts(receipts: tuple[Receipt, ...]) -> dict[Key, Receipt]:
    """The one live commitment of every forecaster, contest and rung: the last one received."""
    return {
        (receipt.forecaster, receipt.contest_id, receipt.rung): receipt
        for receipt in receipts
        if receipt.kind != "reveal"
    }


def registry_table(receipts: tuple[Receipt, ...]) -> pd.DataFrame:
    """One row per forecaster and contest, sorted: commitments, replaced ones, sealed ones, revealed ones.

    Returns
    -------
    DataFrame with forecaster_id, contest_id, committed (what was handed in, open or sealed), replaced, sealed,
    revealed, unrevealed (sealed, live and not opened), collected (public figures that were written down).

    Examples
    --------
    >>> registry_table(()).columns.tolist()
    ['forecaster_id', 'contest_id', 'committed', 'replaced', 'sealed', 'revealed', 'unrevealed', 'collected']
    """
    import pandas as pd

    live = {receipt.number for receipt in live_receipts(receipts).values()}
    opened = {int(receipt.concerns) for receipt in receipts if receipt.kind == "reveal"}
    rows = [
        {
            "forecaster_id": receipt.forecaster,
            "contest_id": receipt.contest_id,
            "committed": int(receipt.kind != "collected"),
            "replaced": int(receipt.number not in live),
            "sealed": int(receipt.kind == "sealed"),
            "revealed": int(receipt.number in opened),
            "unrevealed": int(
                receipt.kind == "sealed" and receipt.number in live and receipt.number not in opened
            ),
            "collected": int(receipt.kind == "collected"),
        }
        for receipt in receipts
        if receipt.kind != "reveal"
    ]
    columns = [
        "forecaster_id", "contest_id", "committed", "replaced", "sealed", "revealed", "unrevealed", "collected",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    table = table.groupby(["forecaster_id", "contest_id"], as_index=False, sort=True).sum()
    return table.astype(dict.fromkeys(columns[2:], int))


def with_unrevealed(
    scores: pd.DataFrame, receipts: tuple[Receipt, ...], families: dict[str, str]
) -> pd.DataFrame:
    """Scores with one row for every sealed commitment that was never opened: the worst of its family.

    Parameters
    ----------
    scores : one row per forecast: forecaster_id, contest_id, rung, family, value (lower is better).
    receipts : the ledger.
    families : family by forecaster.

    Returns
    -------
    DataFrame with the same columns and ``unrevealed`` (bool). A family without a revealed forecast in that
    contest and rung takes the worst of all families; where nothing was revealed at all there is no row.
    """
    import pandas as pd

    opened = {int(receipt.concerns) for receipt in receipts if receipt.kind == "reveal"}
    added = []
    for (forecaster, contest_id, rung), receipt in sorted(live_receipts(receipts).items()):
        if receipt.kind != "sealed" or receipt.number in opened:
            continue
        family = families[forecaster]
        beside = scores[(scores.contest_id == contest_id) & (scores.rung == rung)]
        same = beside[beside.family == family]
        worst = (same if len(same) else beside).value.max()
        if pd.notna(worst):
            added.append(
                {
                    "forecaster_id": forecaster,
                    "contest_id": contest_id,
                    "rung": rung,
                    "family": family,
                    "value": worst,
                    "unrevealed": True,
                }
            )
    known = scores.assign(unrevealed=False)
    return (
        pd.concat([known, pd.DataFrame(added, columns=known.columns)], ignore_index=True) if added else known
    )
