"""Write what the communes of France say of the transfers of 2017, from public files of results.

``python benchmark/calibration/communes.py FIRST SECOND --output datasets/pollbench_datasets/transfers/communes_2017.csv``

FIRST and SECOND are the results of the two rounds by commune, in the ministry's layout or the plain one (unit, registered,
abstentions, blank, null_votes, one column per candidate); towns that stand twice are refused. All methods; half a
minute and 600 MB.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pollbench.data.store import load
from pollbench.flows.table import transfers
from pollbench.flows.unit_files import from_files

ELECTION = "fr-pres-2017"


def main() -> int:
    """Read both files, run every method, write one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    with load(ELECTION) as bench:
        units = from_files(bench, ELECTION, options.first, options.second)
        table = transfers(bench, ELECTION, units=units)
    shown = table.drop(columns=["polls", "poll_low", "poll_high", "polls_inside"]).round(2)
    shown = shown.sort_values(["from_option", "to_option", "method", "interval_kind"])
    shown.to_csv(options.output, index=False, lineterminator="\n")
    print(f"{len(units.first):,} units, {units.first.sum():,.0f} electors, {units.left_out} left out")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
