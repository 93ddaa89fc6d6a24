"""The main job: from the data files to tables, a database, a page and a manifest of it all."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pollbench.cli._unchanged import CHECKSUMS, MADE_FROM, SUMMARY, checksums, made_from
from pollbench.data.checksums import file_hash
from pollbench.errors import NoSuchVote, NothingToCompare, set_apart
from pollbench.files import MANIFEST, csv_text, replaced_folder, write_text
from pollbench.outputs.datapackage import DATAPACKAGE, of_run
from pollbench.outputs.table_tasks import tasks
from pollbench.outputs.tables import SEED, TABLES
from pollbench.progress import Progress
from pollbench.selection.policy import Policy
from pollbench.version import __version__
from pollbench.workers import Workers, look_rarely_for_garbage

if TYPE_CHECKING:
    import pandas as pd

    from pollbench_dashboards.pages.settings import Settings
    from pollbench_dashboards.pages.silence import Silenced

#: The election whose first round stands in the summary, if it is among those run.
SHOWN_CONTEST = "fr-pres-2017-r1"
#: Libraries whose version may move a figure or a chart.
LIBRARIES = (
    "altair",
    "duckdb",
    "numpy",
    "pandas",
    "scikit-learn",
    "scipy",
    "statsmodels",
    "vl-convert-python",
)
#: What every table and chart imports, kept or not; the others import what they need when they are made.
LIBRARIES_OF_WORK = ("pandas", "duckdb", "altair")


@dataclass(frozen=True)
class Outcome:
    """What a run made, for the verb that prints it.

    Attributes
    ----------
    leaderboard : None if there is nothing to rank: nobody has voted yet, or nothing was published.
    unread : files and keys of own folders that nothing was made of, each as one warning.
    not_made : table -> why the data hold nothing to make it of.
    open_contests : those in which nobody has voted yet.
    failed : table, chart or page that could not be made, though the data may allow it -> what went wrong.
    not_asked : those of ``not_made`` about kinds of votes that the data do not hold: nothing is missing.
    """

    policy: Policy
    leaderboard: pd.DataFrame | None
    unread: list[str]
    not_made: dict[str, str]
    open_contests: list[str]
    failed: dict[str, str] = field(default_factory=dict)
    not_asked: frozenset[str] = frozenset()


def run(
    output: Path,
    elections: tuple[str, ...] = (),
    scenarios: tuple[str, ...] = (),
    *,
    silenced: Silenced | None = None,
    settings: Settings | None = None,
    progress: bool = False,
) -> Outcome:
    """Do the main job and write everything into the folder ``output``.

    The folder is written aside and takes the place of an earlier run when it is whole:
    ``pollbench.duckdb``, ``tables/*.csv``, ``site/``, ``manifest.json`` (versions, revisions,
    policy, seed, SHA-256 of every table, and which tables there was nothing to make of), ``summary.txt``
    (what the program prints), ``datapackage.json`` (every column of the tables) and ``checksums.txt`` (SHA-256 of every file). An election whose vote is
    still to come gets everything that needs no result.

    Parameters
    ----------
    elections : ids or folders; all shipped elections if none is named.
    scenarios : line-ups that stand in for ballots that are not known; see ``pollbench.load``.
    silenced : elections left out by their legal silence at a moment; the site says so.
    settings : who publishes the site and where; without, every page says that none is named.
    progress : show a bar, if standard error is a terminal.

    Raises
    ------
    ChecksumError, CheckFailed, OutputError, UnknownName : as the steps say.
    """
    from pollbench.data.bench import open_database
    from pollbench.data.store import build
    from pollbench_dashboards.pages.settings import Settings
    from pollbench_dashboards.site import NONE_SILENT, build_site

    look_rarely_for_garbage()
    policy = Policy(missing="drop")
    frames: dict[str, pd.DataFrame] = {}
    not_made: dict[str, str] = {}
    not_asked: set[str] = set()
    failed: dict[str, str] = {}
    # Before anything is read: what is edited meanwhile makes the next run compute again.
    origin = made_from(elections, scenarios, silenced.as_of if silenced else "", repr(settings or Settings()))
    with Workers() as workers:
        workers.prepare(*LIBRARIES_OF_WORK)
        # Within the folder once more: they end before what they write into is removed.
        with replaced_folder(output) as folder, workers:
            database = folder / "pollbench.duckdb"
            report = build(database, *elections, scenarios=scenarios)
            with open_database(database) as bench:
                with Progress("tables", wanted=progress) as advance:
                    for done, (name, make) in enumerate(tasks(bench, policy, workers)):
                        advance(done, len(TABLES))
                        with set_apart(failed, f"table {name}"):
                            try:
                                frames[name] = make()
                            except NothingToCompare as error:
                                not_made[name] = str(error)
                                not_asked |= {name} if isinstance(error, NoSuchVote) else set()
                        if name in frames:
                            write_text(folder / "tables" / f"{name}.csv", csv_text(frames[name]))
                site = build_site(
                    bench,
                    folder / "site",
                    progress=progress,
                    workers=workers,
                    silenced=silenced or NONE_SILENT,
                    settings=settings or Settings(),
                )
                failed |= site.failed
                revisions, open_contests = bench.revisions, bench.open_contests
            hashes = {name: file_hash(folder / "tables" / f"{name}.csv") for name in sorted(frames)}
            manifest = {
                "pollbench": __version__,
                "python": ".".join(map(str, sys.version_info[:3])),
                "libraries": {name: version(name) for name in LIBRARIES},
                "dataset_revisions": revisions,
                "policy": {
                    "policy_id": policy.policy_id,
                    "changed": policy.changed(),
                    "words": policy.describe(),
                },
                "seed": SEED,
                MADE_FROM: origin,
                "checks": report.summary(),
                "tables": {f"{name}.csv": digest for name, digest in hashes.items()},
                "not_made": {f"{name}.csv": not_made[name] for name in sorted(not_made)},
                "failed": dict(sorted(failed.items())),
            }
            write_text(folder / MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
            write_text(folder / DATAPACKAGE, json.dumps(of_run(hashes), indent=1, ensure_ascii=False) + "\n")
            unread = [str(finding) for finding in report.unread]
            outcome = Outcome(
                policy,
                frames.get("leaderboard"),
                unread,
                not_made,
                open_contests,
                failed,
                frozenset(not_asked),
            )
            write_text(folder / SUMMARY, summary(outcome))
            if not failed:
                # Without them the next run tries again.
                write_text(folder / CHECKSUMS, checksums(folder))
    return outcome


def summary(outcome: Outcome) -> str:
    """The outcome in words: the leaderboard of the shown contest, what was not made and why, the policy."""
    from pollbench.cli.leaderboard import board_text

    lines = list(outcome.unread)
    board = outcome.leaderboard
    if board is not None:
        shown = board[board.contest_id == SHOWN_CONTEST]
        lines.append(board_text(shown if len(shown) else board))
    if outcome.open_contests:
        lines.append(
            f"Nobody has voted yet in {', '.join(outcome.open_contests)}: what needs no result is written."
        )
    for why in dict.fromkeys(outcome.not_made.values()):
        tables = [name for name, given in outcome.not_made.items() if given == why]
        missed = [name for name in tables if name not in outcome.not_asked]
        lines += [f"Not written: {', '.join(missed)}. {why}"] if missed else []
    lines += [f"Failed: {name}. {why}" for name, why in outcome.failed.items()]
    lines.append(f"Policy {outcome.policy.policy_id}: {outcome.policy.describe()}.")
    if board is not None:
        lines.append(
            "One vote: the order is what happened, not what it proves. Digital weights are not vote shares."
        )
    return "\n".join(lines) + "\n"
