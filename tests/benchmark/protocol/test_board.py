"""What was handed in is scored on the result: ranks, the hidden commitment as the worst, what has no rank."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from handed_in import SALT, written
from pollbench.cli import app
from pollbench.data.store import load
from pollbench.errors import NothingToCompare
from pollbench.protocol.board import sealed_board
from pollbench.protocol.intake import receive, receive_seal, reveal
from pollbench.protocol.ledger import LEDGER, LedgerError
from pollbench.protocol.rules import Protocol, load_protocol
from pollbench.protocol.seals import seal_of

R1 = "fr-pres-2017-r1"
IN_TIME, AFTER = "2017-04-20T18:00:00+02:00", "2017-04-23T20:30:00+02:00"
RESULT = {"macron": 24.01, "le-pen": 21.30, "fillon": 20.01, "melenchon": 19.58}


@pytest.fixture(scope="module")
def rules() -> Protocol:
    """The rules of 2027 for the first round of 2017, whose result is known."""
    protocol = load_protocol("fr-pres-2027")
    first = replace(
        protocol.contests[0],
        contest_id=R1,
        day=datetime(2017, 4, 23).date(),
        closes=datetime.fromisoformat("2017-04-23T20:00:00+02:00"),
    )
    opens = datetime.fromisoformat("2017-01-01T00:00:00+01:00")
    return replace(protocol, election_id="fr-pres-2017", opens=opens, contests=(first,), collected=())


def file_of(folder: Path, forecaster: str, shares: dict[str, float], claim: str = "forecast") -> Path:
    common = {
        "forecaster": forecaster, "contest": R1, "target": "vote_share", "output_type": "share", "level": "",
        "made_at": "2017-04-20T12:00:00+02:00", "inputs_polls": "no", "inputs_markets": "no", "claim": claim,
        "licence": "CC0-1.0",
    }  # fmt: skip
    cells = [{**common, "candidate": name, "value": f"{value:g}"} for name, value in shares.items()]
    return written(folder / f"{forecaster}.csv", cells)


def moved(points: float) -> dict[str, float]:
    return {
        name: value + (points if number % 2 else -points)
        for number, (name, value) in enumerate(RESULT.items())
    }


@pytest.fixture
def ledger(tmp_path: Path, rules: Protocol) -> Path:
    folder, who = tmp_path / "ledger", set(RESULT)
    for name, shares, claim in (
        ("ipsos", moved(1.0), "forecast"),
        ("filteris", moved(2.0), "forecast"),
        ("brand-analytics", moved(5.0), "index"),
        ("vigiglobe", {"macron": 24.0, "le-pen": 21.0}, "forecast"),
    ):
        receive(folder, rules, file_of(tmp_path, name, shares, claim), IN_TIME, who)
    sealed = file_of(tmp_path, "elabe", moved(0.5))
    receive_seal(folder, rules, seal_of(sealed.read_bytes(), SALT), "elabe", R1, IN_TIME)
    receive_seal(folder, rules, seal_of(b"never opened", SALT), "bva", R1, IN_TIME)
    reveal(folder, rules, sealed, SALT, AFTER, who)
    return folder


def test_live_commitments_are_ranked_on_the_result(ledger, rules):
    with load("fr-pres-2017") as bench:
        board = sealed_board(bench, rules, ledger)
    rows = board.set_index("forecaster_id")
    # Every figure of a file is off by as many points: so is its mean absolute error, but for the rounding of the result.
    assert rows.value[["elabe", "ipsos", "filteris", "brand-analytics"]].tolist() == pytest.approx(
        [0.5, 1.0, 2.0, 5.0], abs=0.005
    )
    assert rows["rank"][["elabe", "ipsos", "filteris"]].tolist() == [1, 2, 4]
    assert set(board.rung) == {1}


def test_what_stayed_sealed_is_the_worst_of_its_family_and_an_index_is_not_ranked(ledger, rules):
    with load("fr-pres-2017") as bench:
        rows = sealed_board(bench, rules, ledger).set_index("forecaster_id")
    hidden = rows.loc["bva"]
    assert (hidden.unrevealed, hidden.family, hidden.value, hidden["rank"]) == (
        True, "poll", rows.value["ipsos"], 2,
    )  # fmt: skip
    assert rows.not_ranked[["brand-analytics", "vigiglobe"]].tolist() == [
        "an index claims nothing",
        "does not name fillon, melenchon",
    ]
    assert rows["rank"][["brand-analytics", "vigiglobe"]].isna().all()


def test_nothing_is_scored_of_a_ledger_that_does_not_fit(ledger, rules):
    path = ledger / LEDGER
    path.write_text(path.read_text("utf-8").replace("ipsos", "ifop"), encoding="utf-8")
    with load("fr-pres-2017") as bench, pytest.raises(LedgerError, match="Nothing is scored"):
        sealed_board(bench, rules, ledger)


def test_before_the_vote_there_is_no_board(tmp_path):
    rules = load_protocol("fr-pres-2027")
    with load("fr-pres-2027") as bench, pytest.raises(NothingToCompare, match="nobody has voted yet"):
        sealed_board(bench, rules, tmp_path)
    answer = CliRunner().invoke(app, ["protocol", "score", "--ledger", str(tmp_path)])
    assert isinstance(answer.exception, NothingToCompare)


def test_the_program_prints_the_board_and_writes_all_of_its_columns(ledger, rules, tmp_path, monkeypatch):
    monkeypatch.setattr("pollbench.protocol.rules.load_protocol", lambda _: rules)
    words = ["protocol", "score", "--ledger", str(ledger)]
    printed = CliRunner().invoke(app, words)
    assert printed.exit_code == 0, printed.output
    head, columns, first, *_ = printed.stdout.splitlines()
    assert head == f"mae, points; protocol {rules.protocol_id[:12]}…"
    assert "protocol_id" not in columns
    assert "elabe" in first
    written_to = tmp_path / "board.csv"
    assert CliRunner().invoke(app, [*words, "--format", "csv", "-o", str(written_to)]).stdout == ""
    assert set(pd.read_csv(written_to).protocol_id) == {rules.protocol_id}


def test_an_empty_ledger_gives_an_empty_board(tmp_path, rules):
    with load("fr-pres-2017") as bench:
        assert sealed_board(bench, rules, tmp_path).empty


def test_probabilities_alone_are_no_vote_shares_and_have_no_error(tmp_path, rules, bench):
    cells = [
        {
            "forecaster": "filteris", "contest": R1, "target": "leader", "output_type": "probability", "level": "",
            "candidate": name, "value": "25", "made_at": "2017-04-20T12:00:00+02:00", "inputs_polls": "no",
            "inputs_markets": "no", "claim": "forecast", "licence": "CC0-1.0",
        }
        for name in RESULT
    ]  # fmt: skip
    folder = tmp_path / "ledger"
    receive(folder, rules, written(tmp_path / "x.csv", cells), IN_TIME, set(RESULT))
    row = sealed_board(bench, rules, folder).iloc[0]
    assert (row.forecaster_id, row.not_ranked) == ("filteris", "no vote shares")
    assert pd.isna(row.value)
