"""Who may import whom: a room imports the rooms below it and nothing above, lazily or not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: Files that every room may use; among themselves they form one floor.
GROUND = {
    "pollbench": (
        "errors",
        "arguments",
        "version",
        "files",
        "temporary",
        "workers",
        "progress",
        "cache",
        "registry",
        "randomness",
        "language",
    ),
    "pollbench_dashboards": ("code",),
}

#: The rooms of each package from the bottom to the top. Rooms of one line do not know each other. A folder inside
#: a room is a room of its own where it is named: the ideas of manipulation are pure, their study needs the data.
ROOMS = {
    "pollbench": (
        ("measures", "inference", "ecological", "manipulation"),
        ("data",),
        ("selection", "attribution", "flows"),
        ("baselines",),
        ("scoring",),
        ("history",),
        ("campaign", "manipulation.study", "ranking", "statements"),
        ("records", "intake", "protocol"),
        ("outputs",),
        ("cli",),
    ),
    "pollbench_dashboards": (
        ("language",),
        ("drawing", "frames"),
        ("charts",),
        ("pages",),
        ("site",),
    ),
}
FOLDERS = {
    "pollbench": ROOT / "benchmark" / "pollbench",
    "pollbench_dashboards": ROOT / "dashboards" / "pollbench_dashboards",
}
#: Floors of the core, counted with the ground.
MOST_FLOORS = 11

Sources = dict[str, str]


def sources(package: str) -> Sources:
    """Dotted name -> text of every module of a package."""
    folder = FOLDERS[package]
    texts = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        texts[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text(encoding="utf-8")
    return texts


@cache
def named_in(text: str) -> frozenset[tuple[str, ...]]:
    """What a text imports when it runs, inside functions too: (module,), or (module, name) for a name out of it."""
    names: set[tuple[str, ...]] = set()

    def walk(node: ast.AST) -> Iterator[ast.AST]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            yield child
            yield from walk(child)

    for node in walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {(alias.name,) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {(node.module, alias.name) for alias in node.names}
    return frozenset(names)


def imported(text: str, *, known: Mapping[str, str]) -> set[str]:
    """The modules of ours that a text imports."""
    full = {name if (name := ".".join(names)) in known else names[0] for names in named_in(text)}
    return {name for name in full if name in known}


def floor_of(module: str) -> int:
    """The floor of a module; 0 is the ground, the face of a package is above all."""
    package, _, rest = module.partition(".")
    room = _room(package, rest)
    if room in GROUND[package]:
        return 0
    for floor, rooms in enumerate(ROOMS[package], start=1):
        if room in rooms:
            return floor
    if room in ("", "__main__"):
        return len(ROOMS[package]) + 1
    pytest.fail(f"{module} stands in no room: name its room in tests/craft/test_layers.py")


def room_of(module: str) -> str:
    package, _, rest = module.partition(".")
    return f"{package}.{_room(package, rest)}"


def _room(package: str, rest: str) -> str:
    """The longest name of a room with which the path of a module begins."""
    inner = ".".join(rest.split(".")[:2])
    return inner if any(inner in floor for floor in ROOMS[package]) else rest.partition(".")[0]


def wrong_imports(package: str, texts: Sources) -> list[str]:
    """Imports that run upwards or sideways into another room of the same floor."""
    wrong = []
    for module, text in texts.items():
        for name in sorted(imported(text, known=texts)):
            same_room = room_of(name) == room_of(module)
            upwards = floor_of(name) >= floor_of(module) and not same_room
            if upwards and not (floor_of(name) == floor_of(module) == 0):
                wrong.append(f"{module} imports {name}")
    return wrong


def circles(texts: Sources) -> list[str]:
    """Modules that reach themselves through what they import."""
    edges = {module: imported(text, known=texts) - {module} for module, text in texts.items()}
    # The face of a folder imports its modules; a module names its folder only by ``from folder import module``.
    done: set[str] = set()
    found: list[str] = []

    def visit(module: str, path: tuple[str, ...]) -> None:
        if module in path:
            found.append(" -> ".join((*path[path.index(module) :], module)))
            return
        if module in done:
            return
        for name in sorted(edges[module]):
            visit(name, (*path, module))
        done.add(module)

    for module in sorted(edges):
        visit(module, ())
    return found


@pytest.mark.parametrize("package", ROOMS)
def test_no_import_runs_upwards(package):
    assert wrong_imports(package, sources(package)) == []


@pytest.mark.parametrize("package", ROOMS)
def test_no_circle(package):
    assert circles(sources(package)) == []


def test_the_core_has_at_most_eleven_floors():
    assert len(ROOMS["pollbench"]) + 1 <= MOST_FLOORS


@pytest.mark.parametrize("package", ROOMS)
def test_every_room_has_one_sentence(package):
    for floor in ROOMS[package]:
        for room in floor:
            path = FOLDERS[package].joinpath(*room.split("."), "__init__.py")
            if path.exists():
                words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
                assert words, path
                assert "and also" not in words, path


def test_the_readme_is_the_map():
    """Every room stands in the map of the README, in the order of the floors."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    drawn = readme.partition("## How it is built")[2].partition("```\n")[2].partition("```")[0]
    core, _, pages = drawn.partition("dashboards/pollbench_dashboards/")
    for package, text in (("pollbench", core), ("pollbench_dashboards", pages)):
        names = [
            word
            for line in text.splitlines()
            if line.startswith("  ")
            for word in re.split(r" {3,}", line.strip())[0].split()
        ]
        positions = {
            word.rstrip("/").removesuffix(".py").replace("/", "."): index for index, word in enumerate(names)
        }
        rooms = [room for floor in ROOMS[package] for room in floor]
        assert set(rooms) <= set(positions), package
        assert set(GROUND[package]) <= set(positions), package
        floors = [floor_of(f"{package}.{room}") for room in sorted(rooms, key=positions.get)]
        assert floors == sorted(floors), package


ABOVE = [
    (package, room, higher)
    for package, floors in ROOMS.items()
    for index, floor in enumerate(floors)
    for room in floor
    for higher in [
        next((other for other in floor if other != room), None)
        or (floors[index + 1][0] if index + 1 < len(floors) else None)
    ]
    if higher and room != "site"
]


@pytest.mark.parametrize(("package", "room", "higher"), ABOVE)
@pytest.mark.parametrize("lazy", [False, True])
def test_a_planted_wrong_import_is_seen_in_every_room(package, room, higher, lazy):
    texts = sources(package)
    module = f"{package}.{room}.planted"
    target = f"{package}.{higher}"
    *parents, name = target.split(".")
    line = f"from {'.'.join(parents)} import {name}"
    texts.setdefault(target, "")
    texts[module] = f"def late():\n    {line}\n" if lazy else f"{line}\n"
    assert f"{module} imports {target}" in wrong_imports(package, texts)


def test_a_planted_circle_is_seen():
    texts = {"pollbench.data.a": "import pollbench.data.b", "pollbench.data.b": "import pollbench.data.a"}
    assert circles(texts) == ["pollbench.data.a -> pollbench.data.b -> pollbench.data.a"]
