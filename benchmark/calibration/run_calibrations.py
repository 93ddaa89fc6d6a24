"""Re-run every simulation that the package's inferences rest on, and say which hold what they state.

Run ``make calibration`` or ``python benchmark/calibration/run_calibrations.py`` (a number behind it replaces the 400 trials).
Every module ``calibrate_*.py`` of this folder takes part; the exit code is 1 where a method that is used does not hold.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from calibration import SEED, Calibration, as_text

TRIALS = 400


def main(trials: int) -> int:
    """Print the figures of all simulations; 1 if one of the methods used does not hold, else 0."""
    print(f"seed {SEED}, {trials} trials (some simulations take a multiple of it)")
    rows: list[Calibration] = []
    for path in sorted(Path(__file__).parent.glob("calibrate_*.py")):
        calibrations = import_module(path.stem).calibrations(trials)
        print(f"\n{path.stem}\n{as_text(calibrations)}", flush=True)
        rows += calibrations
    failed = [row for row in rows if not row.holds]
    print(f"\n{sum(row.used for row in rows)} figures of methods used, {len(failed)} outside their bounds")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else TRIALS))
