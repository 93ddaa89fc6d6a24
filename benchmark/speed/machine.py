"""The machine that a measurement was made on, in one line: ``python benchmark/speed/machine.py``."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path


def machine() -> str:
    """Processor, number of processors, how busy they are, system, Python and the libraries that matter."""
    described = Path("/proc/cpuinfo")
    lines = described.read_text().splitlines() if described.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    busy = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "pandas", "duckdb"))
    return (
        f"{names[0] if names else platform.processor() or platform.machine()}, {os.cpu_count()} processors, {busy}, "
        f"{platform.system()}, Python {platform.python_version()}, {libraries}"
    )


if __name__ == "__main__":
    print(machine())
