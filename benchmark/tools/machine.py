"""The machine that a measurement was made on, in one line: ``python benchmark/tools/machine.py``."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

#: Libraries on which a time depends.
LIBRARIES = ("numpy", "pandas", "duckdb")


def machine(libraries: Sequence[str] = (), *, load: bool = False) -> str:
    """Processor, number of processors, how busy they are where a time is measured, system, Python and libraries."""
    described = Path("/proc/cpuinfo")
    lines = described.read_text(encoding="utf-8").splitlines() if described.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    said = [
        names[0] if names else platform.processor() or platform.machine(),
        f"{os.cpu_count()} processors",
        *(
            [f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"]
            if load
            else []
        ),
        f"{platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
        *(f"{name} {version(name)}" for name in libraries),
    ]
    return ", ".join(said)


if __name__ == "__main__":
    print(machine(LIBRARIES, load=True))
