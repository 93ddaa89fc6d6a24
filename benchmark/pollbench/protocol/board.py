"""The board of what was handed in: every live commitment of a ledger beside the result, deadline by deadline."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pollbench.errors import NothingToCompare
from pollbench.measures import named
from pollbench.protocol.ledger import FILES, LedgerError, Receipt, read_ledger
from pollbench.protocol.registry import live_receipts, with_unrevealed
from pollbench.protocol.submission import Submission, read_submission
from pollbench.protocol.verification import verify
from pollbench.selection.candidates import candidates_of

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.protocol.rules import Protocol

#: Columns of the board, in order.
COLUMNS = (
    "contest_id", "rung", "rank", "forecaster_id", "family", "kind", "claim", "measure", "value", "unrevealed",
    "not_ranked", "protocol_id",
)  # fmt: skip


def sealed_board(bench: Bench, protocol: Protocol, folder: Path) -> pd.DataFrame:
    """Score what a ledger holds by the headline measure of its protocol.

    Parameters
    ----------
    bench : the election of the protocol, with the result of a contest or more.
    protocol : the rules; the candidates scored are those of its policy.
    folder : the ledger and its files, which must fit: nothing is scored of a ledger that does not verify.

    Returns
    -------
    DataFrame, one row per contest with a result, rung (days before the vote) and forecaster, best first: rank
    (1 = best; equal values share the lower number), family (empty where neither the protocol nor the data
    name one), kind (open, sealed, collected), claim (forecast or index; empty where nothing was revealed),
    measure, value (in the unit of the headline: points of mean absolute error, 0 = perfect, for ``mae``; a
    forecast of quantiles is read at its median), unrevealed
    (scored as the worst of its family), not_ranked (why a row has no rank: an index, no vote shares, or the
    candidates that it does not name), protocol_id. No row where nothing was received.

    Raises
    ------
    LedgerError : the ledger does not verify.
    NothingToCompare : no contest of the protocol has a result yet.
    """
    import pandas as pd

    offences = verify(folder, protocol)
    if offences:
        message = f"{folder}: {offences[0]} Nothing is scored of a ledger that does not fit; run: pollbench protocol verify"
        raise LedgerError(message)
    results = {
        contest.contest_id: _result(bench, protocol, contest.contest_id)
        for contest in protocol.contests
        if contest.contest_id not in set(bench.open_contests)
    }
    if not results:
        message = (
            f"{protocol.election_id}: nobody has voted yet, so nothing that was handed in can be scored."
        )
        raise NothingToCompare(message)
    receipts = read_ledger(folder)
    families = _families(bench, protocol, receipts)
    rows = [
        _row(receipt, submission, results[receipt.contest_id], protocol, families)
        for receipt, submission in _opened(folder, protocol, receipts)
        if receipt.contest_id in results
    ]
    names = ["forecaster_id", "contest_id", "rung", "family", "kind", "claim", "value", "not_ranked"]
    scored = pd.DataFrame(rows, columns=names).astype({"value": float})
    ranked = scored.not_ranked == ""
    # The worst is that of the forecasts that count: an index claims nothing.
    whole = with_unrevealed(scored[ranked], _of_contests(receipts, set(results)), families)
    board = pd.concat([whole, scored[~ranked].assign(unrevealed=False)], ignore_index=True)
    hidden = board.unrevealed.astype(bool)
    board = board.assign(
        kind=board.kind.where(~hidden, "sealed"),
        claim=board.claim.where(~hidden, ""),
        not_ranked=board.not_ranked.where(~hidden, ""),
        measure=protocol.headline,
        protocol_id=protocol.protocol_id,
        unrevealed=hidden,
    )
    counted = board.value.where(board.not_ranked == "")
    board["rank"] = counted.groupby([board.contest_id, board.rung]).rank(method="min").astype("Int64")
    order = {contest.contest_id: number for number, contest in enumerate(protocol.contests)}
    return board.sort_values(
        ["contest_id", "rung", "rank", "forecaster_id"],
        key=lambda column: column.map(order) if column.name == "contest_id" else column,
        ignore_index=True,
    )[list(COLUMNS)]


def _result(bench: Bench, protocol: Protocol, contest_id: str) -> pd.Series:
    """Shares of the candidates scored, in the order of the result."""
    oracle: Any = bench.frame("SELECT contest_id, candidate_id, share_pct FROM oracle")
    shares = oracle[oracle.contest_id == contest_id].set_index("candidate_id").share_pct
    return shares.loc[list(candidates_of(bench, contest_id, protocol.policy.candidates))]  # type: ignore[no-any-return]


def _families(bench: Bench, protocol: Protocol, receipts: tuple[Receipt, ...]) -> dict[str, str]:
    """Family by forecaster: as the protocol names it, else as the data do, else empty."""
    known = bench.table("forecaster").set_index("forecaster_id").family.to_dict()
    known |= {listed.forecaster: listed.family for listed in protocol.collected}
    return {receipt.forecaster: str(known.get(receipt.forecaster, "")) for receipt in receipts}


def _opened(
    folder: Path, protocol: Protocol, receipts: tuple[Receipt, ...]
) -> list[tuple[Receipt, Submission]]:
    """The live commitments whose file is there, each with what the file says."""
    opened = {receipt.concerns: receipt.number for receipt in receipts if receipt.kind == "reveal"}
    read = []
    for receipt in live_receipts(receipts).values():
        number = opened.get(str(receipt.number)) if receipt.kind == "sealed" else receipt.number
        if number is not None:
            path = folder / FILES / f"{number:06}.csv"
            with path.open(encoding="utf-8", newline="") as file:
                candidates = {row["candidate"] for row in csv.DictReader(file)}
            # Names were checked against the ballot when the file was received.
            collected = receipt.kind == "collected"
            read.append((receipt, read_submission(path, protocol, candidates, collected=collected)))
    return read


def _of_contests(receipts: tuple[Receipt, ...], contests: set[str]) -> tuple[Receipt, ...]:
    return tuple(receipt for receipt in receipts if receipt.contest_id in contests)


def _row(
    receipt: Receipt,
    submission: Submission,
    result: pd.Series,
    protocol: Protocol,
    families: dict[str, str],
) -> dict[str, Any]:
    """One commitment with its score, or why it has none."""
    shares = {
        row.candidate: float(row.value)
        for row in submission.rows
        if row.target == "vote_share" and (row.output_type == "share" or row.level == "0.5")
    }
    lacking = [candidate for candidate in result.index if candidate not in shares]
    value = float("nan")
    if not shares:
        reason = "no vote shares"
    elif lacking:
        reason = f"does not name {', '.join(lacking)}"
    else:
        value = float(
            named(protocol.headline)([shares[candidate] for candidate in result.index], result.tolist())
        )
        reason = "" if submission.claim == "forecast" else "an index claims nothing"
    return {
        "forecaster_id": receipt.forecaster,
        "contest_id": receipt.contest_id,
        "rung": receipt.rung,
        "family": families[receipt.forecaster],
        "kind": receipt.kind,
        "claim": submission.claim,
        "value": value,
        "not_ranked": reason,
    }
