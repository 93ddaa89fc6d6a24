"""``pollbench protocol``: show, template, candidates, schema, freeze, seal, receive, collect, reveal, verify, score, rehearse."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pollbench.cli._options import Format, Output, TableFormat

if TYPE_CHECKING:
    from pollbench.protocol.ledger import Receipt
    from pollbench.protocol.rules import Protocol


class Action(StrEnum):
    """What to do with a protocol."""

    show = "show"
    template = "template"
    candidates = "candidates"
    schema = "schema"
    freeze = "freeze"
    seal = "seal"
    receive = "receive"
    collect = "collect"
    reveal = "reveal"
    verify = "verify"
    score = "score"
    rehearse = "rehearse"


def protocol_(
    action: Annotated[Action, typer.Argument(help="What to do.")] = Action.show,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="The submission, for seal, receive and reveal; for collect, the figures as read."
        ),
    ] = None,
    protocol: Annotated[
        str, typer.Option("--protocol", "-p", help="Name of a shipped protocol, or its TOML file.")
    ] = "fr-pres-2027",
    folder: Annotated[
        Path | None, typer.Option("--ledger", help="Folder of the ledger; the shipped one if left out.")
    ] = None,
    at: Annotated[
        str,
        typer.Option(
            "--at", help="Moment of receipt or of reading, or day of freezing: 2027-04-16T18:00:00+02:00."
        ),
    ] = "",
    salt: Annotated[str, typer.Option("--salt", help="The salt of a seal, 16 characters or more.")] = "",
    seal: Annotated[
        str,
        typer.Option("--seal", help="receive: a seal in place of a file, with --forecaster and --contest."),
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", help="template: polling-house, market, model or chatbot.")
    ] = "model",
    head: Annotated[
        str, typer.Option("--head", help="verify: digest of a line, as a receipt or a page printed it.")
    ] = "",
    page: Annotated[
        Path | None, typer.Option("--page", help="collect: the copy of the page; its digest is recorded.")
    ] = None,
    source: Annotated[str, typer.Option("--source", help="collect: the address of the page.")] = "",
    collector: Annotated[str, typer.Option("--collector", help="collect: who read it.")] = "",
    forecaster: Annotated[str, typer.Option("--forecaster", help="Whose seal.")] = "",
    contest: Annotated[str, typer.Option("--contest", help="About which contest.")] = "",
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """Hand in before the vote: show the rules, seal, receive, collect and reveal forecasts, verify and score the ledger, rehearse."""
    from pollbench.protocol.rules import load_protocol, protocol_folder

    rules = load_protocol(protocol)
    target = folder or protocol_folder(rules.name)
    if action is Action.show:
        _show(rules, target)
    elif action is Action.template:
        _template(rules, kind)
    elif action is Action.candidates:
        for candidate, name in _candidates(rules).items():
            typer.echo(f"{candidate}  {name}")
    elif action is Action.schema:
        _schema(rules)
    elif action is Action.freeze:
        _freeze(rules, target, at)
    elif action is Action.seal:
        _seal(_required(file, "seal"), salt)
    elif action is Action.verify:
        _verify(rules, target, head)
    elif action is Action.score:
        _score(rules, target, form, output)
    elif action is Action.rehearse:
        _rehearse(rules, form, output)
    elif action is Action.receive and seal:
        from pollbench.protocol.intake import receive_seal

        _print_receipt(receive_seal(target, rules, seal, forecaster, contest, at))
    elif action is Action.receive:
        from pollbench.protocol.intake import receive

        _print_receipt(receive(target, rules, _required(file, "receive"), at, _candidates(rules)))
    elif action is Action.collect:
        from pollbench.protocol.collection import collect

        receipt = collect(
            target,
            rules,
            _required(file, "collect"),
            _required(page, "collect FILE --page"),
            source=source,
            collector=collector,
            seen_at=at,
            candidates=_candidates(rules),
        )
        _print_receipt(receipt)
    else:
        from pollbench.protocol.intake import reveal

        _print_receipt(reveal(target, rules, _required(file, "reveal"), salt, at, _candidates(rules)))


def _required(file: Path | None, action: str) -> Path:
    if file is None:
        message = f"Name the file: pollbench protocol {action} FILE"
        raise typer.BadParameter(message)
    return file


def _candidates(rules: Protocol) -> dict[str, str]:
    """Whom a submission may name: id -> name."""
    from pollbench.data.store import load
    from pollbench.protocol.named import may_be_named

    with load(rules.election_id) as bench:
        return may_be_named(bench, rules.election_id)


def _show(rules: Protocol, folder: Path) -> None:
    from pollbench.protocol.collection import collection_table
    from pollbench.protocol.ledger import read_ledger
    from pollbench.protocol.proofs import frozen_record, proofs_beside
    from pollbench.protocol.registry import registry_table

    record = frozen_record(folder)
    state = f"frozen on {record['frozen_on']}" if record else "not frozen yet: the rules may still change"
    typer.echo(f"{rules.titles['en']}\nprotocol id {rules.protocol_id}\nversion {rules.version}, {state}")
    typer.echo(f"proofs of time beside it: {', '.join(proofs_beside(folder)) or 'none yet'}")
    typer.echo(f"open from {rules.opens.isoformat()}")
    for contest in rules.contests:
        deadlines = ", ".join(f"{rung} d: {contest.deadline(rung):%Y-%m-%d %H:%M}" for rung in contest.rungs)
        typer.echo(f"{contest.contest_id}: vote on {contest.day}; deadlines {deadlines}")
    typer.echo(
        f"headline: {rules.headline}; candidates of {rules.threshold_pct:g} % or more; "
        f"baselines {', '.join(rules.baselines)}"
    )
    for name, rule in rules.rules["en"].items():
        typer.echo(f"- {name.replace('_', ' ')}: {rule}")
    receipts = read_ledger(folder)
    for listed in rules.collected:
        asked = f', asked: "{listed.question}"' if listed.question else ""
        typer.echo(f"collected: {listed.forecaster} ({listed.family}) from {listed.page}{asked}")
    readings = collection_table(rules, receipts)
    typer.echo(f"readings: {int((readings.receipt != '').sum())} of {len(readings)} deadlines")
    table = registry_table(receipts)
    committed, revealed = int(table.committed.sum()), int(table.revealed.sum())
    typer.echo(
        f"ledger: committed {committed}, sealed {int(table.sealed.sum())}, revealed {revealed}, "
        f"collected {int(table.collected.sum())}"
    )
    if len(table):
        typer.echo(table.to_string(index=False))


def _template(rules: Protocol, kind: str) -> None:
    from pollbench.errors import UnknownName
    from pollbench.protocol.template import EXAMPLES, example

    if kind not in EXAMPLES:
        raise UnknownName.of(kind="kind of example", name=kind, known=EXAMPLES)
    typer.echo(example(rules, kind), nl=False)


def _schema(rules: Protocol) -> None:
    import json

    from pollbench.protocol.template import json_schema

    typer.echo(json.dumps(json_schema(rules), indent=2, ensure_ascii=False))


def _freeze(rules: Protocol, folder: Path, day: str) -> None:
    from pollbench.protocol.proofs import commands, freeze

    typer.echo(f"{freeze(folder, rules, day)}: {rules.protocol_id}\nProve the time with public tools:")
    for command in commands(rules):
        typer.echo(f"  {command}")


def _seal(file: Path, salt: str) -> None:
    from pollbench.errors import DataError
    from pollbench.protocol.seals import seal_of

    try:
        content = file.read_bytes()
    except OSError as error:
        rule = f"cannot be read ({error.strerror or error})."
        raise DataError(file, rule=rule, remedy="Check the path and its rights.") from None
    typer.echo(seal_of(content, salt))


def _rehearse(rules: Protocol, form: Format, output: Path | None) -> None:
    """The board at every deadline of the elections that the protocol names, one below the other."""
    import pandas as pd

    from pollbench.cli._output import show
    from pollbench.data.store import load
    from pollbench.protocol.rehearsal import rehearsal_table

    tables = []
    for election in rules.rehearsals:
        with load(election) as bench:
            tables.append(rehearsal_table(bench, rules))
    table = pd.concat(tables, ignore_index=True)
    if form is Format.table and output is None:
        table = table.drop(columns=["protocol_id", "measure", "name"])
        typer.echo(f"{rules.headline}, points; protocol {rules.protocol_id[:12]}…")
    show(table, form, output)


def _score(rules: Protocol, folder: Path, form: Format, output: Path | None) -> None:
    """The board of the live commitments, once there is a result."""
    from pollbench.cli._output import show
    from pollbench.data.store import load
    from pollbench.protocol.board import sealed_board

    with load(rules.election_id) as bench:
        table = sealed_board(bench, rules, folder)
    if form is Format.table and output is None:
        table = table.drop(columns=["protocol_id", "measure"])
        typer.echo(f"{rules.headline}, points; protocol {rules.protocol_id[:12]}…")
    show(table, form, output)


def _verify(rules: Protocol, folder: Path, head: str) -> None:
    from pollbench.protocol.ledger import read_ledger
    from pollbench.protocol.verification import verify

    offences = verify(folder, rules, head=head)
    for offence in offences:
        typer.echo(offence)
    count = len(read_ledger(folder))
    typer.echo(f"{count} receipt{'' if count == 1 else 's'}, protocol {rules.protocol_id[:12]}…: ", nl=False)
    typer.echo("all fits." if not offences else f"{len(offences)} do not fit.")
    if offences:
        raise typer.Exit(1)


def _print_receipt(receipt: Receipt) -> None:
    typer.echo(
        f"Receipt {receipt.number} ({receipt.kind}): {receipt.forecaster} on {receipt.contest_id}, rung "
        f"{receipt.rung}, received at {receipt.received_at}"
    )
    if receipt.concerns:
        typer.echo(f"{'opens' if receipt.kind == 'reveal' else 'replaces'} receipt {receipt.concerns}")
    if receipt.source:
        typer.echo(
            f"read on {receipt.source} by {receipt.collector}; digest of the copy {receipt.page_digest}"
        )
    typer.echo(f"digest {receipt.digest}\nline {receipt.own_digest}")
