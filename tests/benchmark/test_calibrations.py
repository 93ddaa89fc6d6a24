"""The simulations that inferences rest on: one command runs them all; the cheap ones hold here too."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
import run_calibrations

FOLDER = Path(run_calibrations.__file__).parent
#: What a published level rests on: each has a module that the command runs.
INFERENCES = ("common_error", "detection", "effective_sample", "herding", "houses", "ties")
#: Those that take a second here; houses, herding and ties are held by the tests of their rooms.
CHEAP = ("common_error", "detection", "effective_sample")


def test_one_command_runs_the_simulations_of_all_inferences() -> None:
    names = tuple(sorted(path.stem.removeprefix("calibrate_") for path in FOLDER.glob("calibrate_*.py")))
    assert names == INFERENCES
    for name in names:
        assert callable(import_module(f"calibrate_{name}").calibrations)


@pytest.mark.parametrize("name", CHEAP)
def test_methods_in_use_hold_their_levels_and_the_others_do_not(name: str) -> None:
    rows = import_module(f"calibrate_{name}").calibrations(100)
    assert [row for row in rows if not row.holds] == []
    for row in rows:
        if not row.used:
            # What stands there for comparison misses what it states, beyond the chance of the simulation.
            assert abs(row.measured - row.stated) > 0.3, row


def test_figures_of_the_tests_of_an_operator() -> None:
    from calibrate_detection import NORMAL, burst_sounds, composition_sounds

    assert 100 * burst_sounds(0.0, 1, NORMAL, 20_000) == pytest.approx(1.6, abs=0.3)
    assert 100 * composition_sounds(0.0, 20_000, exact=False, believed=True) == pytest.approx(18.5, abs=1)


def test_figures_of_the_effective_sample() -> None:
    from calibrate_effective_sample import harmonic_mean, held, sizes

    assert 100 * held(1000, 20_000, 0.5) == pytest.approx(95, abs=1)
    # The mean of n_eff itself is about twice the sample: one lucky poll counts for many.
    assert harmonic_mean(1000, 20_000) == pytest.approx(1, abs=0.02)
    assert sizes(1000, 20_000, 0.0).mean() > 1800


def test_a_level_that_is_missed_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    from calibration import Calibration

    class Missed:
        @staticmethod
        def calibrations(trials: int) -> list[Calibration]:
            return [Calibration("false alarms", "one that sounds too often", 5, 30, trials, True, 4, 6)]

    monkeypatch.setattr(run_calibrations, "import_module", lambda name: Missed)
    assert run_calibrations.main(400) == 1
    assert "NOT 4 to 6" in capsys.readouterr().out
