"""Which libraries stand where; who may import whom within the packages is in test_layers.py."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "benchmark" / "pollbench"
DASHBOARDS = ROOT / "dashboards" / "pollbench_dashboards"
FILES = sorted([*CORE.rglob("*.py"), *DASHBOARDS.rglob("*.py")])


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path, runtime_only: bool = False) -> frozenset[str]:
    body = parsed(path).body
    if runtime_only:
        body = [
            node
            for node in body
            if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
        ]
    found: set[str] = set()
    for node in ast.walk(ast.Module(body=body, type_ignores=[])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def uses(path: Path, package: str, runtime_only: bool = False) -> bool:
    return any(name == package or name.startswith(f"{package}.") for name in imports(path, runtime_only))


def test_only_one_module_imports_duckdb():
    assert [path.name for path in FILES if uses(path, "duckdb")] == ["connection.py"]


def test_only_the_dashboards_import_altair():
    assert all(DASHBOARDS in path.parents for path in FILES if uses(path, "altair"))


def test_the_dashboards_do_not_import_the_command_line():
    for path in DASHBOARDS.rglob("*.py"):
        assert not uses(path, "pollbench.cli"), path


def test_the_core_does_not_know_the_dashboards():
    for path in CORE.rglob("*.py"):
        if "cli" not in path.parts:
            assert not uses(path, "pollbench_dashboards"), path


PURE = {
    "measures": ("measures",),
    "inference": ("inference", "measures"),
    "ecological": ("ecological",),
    "manipulation": ("manipulation",),
}


@pytest.mark.parametrize("room", PURE)
def test_the_pure_core_knows_no_file_no_database_and_no_chart(room):
    allowed = (
        "pollbench.errors",
        "pollbench.registry",
        "pollbench.randomness",
        *(f"pollbench.{name}" for name in PURE[room]),
    )
    for path in (CORE / room).rglob("*.py"):
        if "study" in path.parts:
            continue
        ours = {name for name in imports(path, runtime_only=True) if name.startswith("pollbench.")}
        assert all(name.startswith(allowed) for name in ours), (path, ours)


def test_heavy_libraries_are_not_imported_at_the_top():
    heavy = ("statsmodels", "sklearn", "scipy", "dask", "joblib")
    for path in FILES:
        top = ast.Module(
            body=[node for node in parsed(path).body if isinstance(node, (ast.Import, ast.ImportFrom))],
            type_ignores=[],
        )
        names = {alias.name for node in ast.walk(top) if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module or "" for node in ast.walk(top) if isinstance(node, ast.ImportFrom)}
        assert not {name for name in names if name.split(".")[0] in heavy}, path


def test_no_root_package_shadows_another_library():
    for name in ("benchmark", "datasets", "dashboards", "tests"):
        assert not (ROOT / name / "__init__.py").exists()


def test_nothing_reads_the_clock():
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        for call in ("date.today(", "datetime.now(", "time.time(", "utcnow("):
            assert call not in text, path


#: Modules that add whole numbers or decimals (`Decimal`) with the built-in sum.
ADD_EXACTLY = {
    "pollbench.cache",
    "pollbench.cli.cache",
    "pollbench.data.checksums",
    "pollbench.flows.unit_files",
    "pollbench.inference.ties",
    "pollbench.intake.importers.hubverse",
    "pollbench.intake.importers.wide",
    "pollbench.intake.lineups",
    "pollbench.intake.questions",
    "pollbench.intake.screening",
    "pollbench.intake.tables",
    "pollbench.protocol.submission",
    "pollbench.records.calls",
    "pollbench.scoring.out_of_core",
    "pollbench_dashboards.drawing.free_spot",
    "pollbench_dashboards.pages.legal_mentions",
}


def test_floats_are_added_exactly() -> None:
    """From Python 3.12 on the built-in sum of floats is compensated: another last digit than 3.11; math.fsum is one for all."""
    adding = set()
    for folder in (ROOT / "benchmark" / "pollbench", ROOT / "dashboards" / "pollbench_dashboards"):
        for path in sorted(folder.rglob("*.py")):
            calls = (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))
            if any(isinstance(call.func, ast.Name) and call.func.id == "sum" for call in calls):
                adding.add(".".join(path.relative_to(folder.parent).with_suffix("").parts))
    assert adding <= ADD_EXACTLY, "whole numbers? Then name the module above; else use math.fsum"
