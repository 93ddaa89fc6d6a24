"""The command line: the top layer, which no other room imports.

One verb per file, the function called like the verb. The files import only typer and the
standard library at their top, so that ``pollbench --help`` answers at once.
"""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from typing import Annotated, NoReturn

import typer

from pollbench.errors import PollbenchError
from pollbench.version import __version__

#: Verbs in the order of the help: the main job first, then what a reader does, then upkeep.
VERBS = (
    "run",
    "leaderboard",
    "score",
    "compare",
    "list",
    "import",
    "init",
    "validate",
    "verdict",
    "transfers",
    "record",
    "check",
    "build",
    "attack",
    "chart",
    "dashboard",
    "notice",
    "cite",
    "protocol",
    "night",
    "cache",
)

app = typer.Typer(
    name="pollbench",
    help="Polls, buzz, markets and models against what voters then did: who was right, by how much, "
    "how surely, and how easily could each have been rigged?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Half a second of imports for boxes around the help, and around messages that should be one line.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pollbench {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and leave.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Options of the program itself."""


for _verb in VERBS:
    # "list" would shadow the builtin in its own module, so the function of a verb is looked up by name.
    app.command(name=_verb)(getattr(import_module(f"pollbench.cli.{_verb}"), f"{_verb}_"))


#: What a shell reports of a program that ^C, a request to end, or a closed terminal has stopped.
INTERRUPTED, ENDED, HUNG_UP = 130, 143, 129


def main() -> None:
    """Run the command line; a PollbenchError becomes one message and its exit code."""
    # An exception, unlike the end that a signal brings by itself, lets every step remove what it has begun.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))
    # A closed terminal, unless the user asked that the work outlives it (nohup).
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: sys.exit(HUNG_UP))
    try:
        app()
    except PollbenchError as error:
        typer.echo(f"pollbench: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"pollbench: {where}{error.strerror or error}.", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        _stop()
    except SystemExit as leaving:
        # Typer makes this of a KeyboardInterrupt, without a word.
        if leaving.code == INTERRUPTED:
            _stop()
        # And this, with the exit 1, of a reader of the pipe (head, less) that has left: what it wanted it has.
        if leaving.code == 1 and type(sys.stdout).__name__ == "PacifyFlushWrapper":
            sys.exit(0)
        raise
    except RuntimeError as error:
        # DuckDB makes this of one that comes while it works.
        if "Query interrupted" not in str(error):
            raise
        _stop()


def _stop() -> NoReturn:
    typer.echo("pollbench: stopped.", err=True)
    sys.exit(INTERRUPTED)
