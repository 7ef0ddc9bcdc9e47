"""The shape of the house: who may import whom, and where exact numbers and outside packages live."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Imports go one way. The program is whatever composes terms: the command line, exports, editor support.
MAY_IMPORT = {
    "grammar": {"grammar"},
    "engine": {"grammar", "engine"},
    "term": {"grammar", "engine"},  # and so no term imports another
    "program": {"grammar", "engine", "term", "program", "root"},
    "root": {"program"},
}

# Files directly in terms/ that are not terms, so that every other file there is one.
PROGRAM = {"__init__", "codes", "door", "endings", "files", "listed", "notebook", "writing"}

# Outside packages, and the files that may import them.
OUTSIDE = {
    "attr": ("grammar/classes.py",),  # the same package as attrs, without the names it has besides
    # What a start of the program reads takes its classes from there, where they cost less to make.
    "attrs": ("grammar/classes.py", "engine/arrays/*", "engine/compiled/*", "terms/book/*"),
    "lark": ("grammar/tables.py",),  # compiling the grammar takes longer than all the rest of a start
    "rich": ("terms/cli/render*.py", "terms/notebook.py"),  # nobody who pipes an answer pays for it
    "numpy": ("engine/arrays/*", "terms/book/*"),  # an extra, for books alone
    "pyarrow": ("terms/book/*",),
    "distributed": ("terms/book/cluster.py",),
}

# Where the exact number type is at home; everywhere else works on quantities.
EXACT = {
    "engine/exact/quantities.py",
    "engine/exact/operations.py",  # what quantities do to the numbers inside them
}

LINES_MAX = 350

# Loaded only inside the command that needs it: each costs a start more than the rest of it together.
HEAVY = {"dask", "distributed", "hypothesis", "lark", "numpy", "pandas", "pyarrow", "rich"}


def sources(*folders: str) -> list[Path]:
    """Python files, without `tests/typetree`, which is the sources again through symbolic links."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "typetree" not in path.parts)


PRODUCT = {path.relative_to(ROOT): ast.parse(path.read_bytes()) for path in sources("grammar", "engine", "terms")}


def module_of(path: Path) -> str:
    """The name a file installs under: `terms/cli/render.py` is `tenor.terms.cli.render`."""
    parts = ["tenor", *path.with_suffix("").parts]
    return ".".join(parts).replace("tenor.terms._root", "tenor").removesuffix(".__init__")


def imports(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything imported, at the top or inside a function."""
    package = module_of(path).split(".")
    if path.name != "__init__.py":
        package.pop()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = [*above, *([node.module] if node.module else [])]
            yield from ((node.lineno, ".".join([*source, alias.name])) for alias in node.names)


def room(name: str) -> str:
    """The room of the house a dotted name of ours belongs to."""
    match name.split("."):
        case [_, "grammar" | "engine" as folder, *_]:
            return folder
        case [_, "terms", file, *_] if file not in PROGRAM and (ROOT / "terms" / f"{file}.py").exists():
            return "term"
        case [_, "terms", *_]:
            return "program"
        case _:
            return "root"


def test_imports_go_one_way():
    """grammar ← engine ← each term ← the program; no term imports another."""
    wrong = [
        f"{path}:{line} imports {name}"
        for path, tree in PRODUCT.items()
        for line, name in imports(path, tree)
        if name.split(".")[0] == "tenor" and room(name) not in MAY_IMPORT[room(module_of(path))]
    ]
    assert wrong == []


ENGINE_ROOMS = (
    "time",
    "exact",
    "meaning",
    "world",
    "running",
    "compiled",
    "arrays",
    "checking",
)  # each may import those before it


def test_engine_rooms_rest_on_those_before_them():
    """time ← exact ← meaning ← world ← running ← compiled ← arrays ← checking; no room but these and `reference`."""
    wrong = []
    for path, tree in PRODUCT.items():
        match path.parts:
            case ("engine", here, _) if here in ENGINE_ROOMS:
                for line, name in imports(path, tree):
                    match name.split("."):
                        case ["tenor", "engine", there, *_] if there in ENGINE_ROOMS:
                            if ENGINE_ROOMS.index(there) > ENGINE_ROOMS.index(here):
                                wrong.append(f"{path}:{line} imports {name}")
    assert wrong == []
    assert {path.parts[1] for path in PRODUCT if path.parts[0] == "engine" and len(path.parts) > 2} == set(ENGINE_ROOMS)


def test_outside_packages_stay_in_their_files():
    """What is neither ours nor Python's own is imported only where the table says."""
    wrong = [
        f"{path}:{line} imports {name}"
        for path, tree in PRODUCT.items()
        for line, name in imports(path, tree)
        if (package := name.split(".")[0]) != "tenor" and package not in sys.stdlib_module_names
        if not any(fnmatch(path.as_posix(), pattern) for pattern in OUTSIDE.get(package, ()))
    ]
    assert wrong == []


def test_exact_numbers_live_where_quantities_are_made():
    """No other file imports `fractions` or `decimal`, or writes a number such as 0.5."""
    wrong = []
    for path, tree in PRODUCT.items():
        if path.as_posix() in EXACT:
            continue
        wrong += [
            f"{path}:{line} imports {name}"
            for line, name in imports(path, tree)
            if name.split(".")[0] in {"fractions", "decimal"}
        ]
        wrong += [
            f"{path}:{node.lineno} writes {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
        ]
    assert wrong == []


def test_nothing_else_names_a_kind_of_number():
    """Outside those files nothing says `float`, `Fraction` or `Decimal`, and nothing rounds."""
    wrong = [
        f"{path}:{node.lineno} says {node.id}"
        for path, tree in PRODUCT.items()
        if path.as_posix() not in EXACT
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id in {"float", "Fraction", "Decimal", "round"}
    ]
    assert wrong == []


def test_no_file_is_longer_than_a_reader_can_hold():
    """At 350 lines a file has a second noun in it."""
    lengths = {
        path.relative_to(ROOT): len(path.read_text("utf-8").splitlines())
        for path in sources("grammar", "engine", "terms", "tests")
    }
    assert {str(path): lines for path, lines in lengths.items() if lines > LINES_MAX} == {}


def test_no_file_names_a_place_on_one_machine():
    """Paths are relative to the file or come in as arguments."""
    place = re.compile(r"(?<![\w.])/(?:home|mnt|opt|root|tmp|work|Users)/")
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources("grammar", "engine", "terms", "tests")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if place.search(line)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("tenor", HEAVY | {"argparse", "attr", "attrs", "json", "typing"}),
        ("tenor.terms.cli", HEAVY | {"attr", "json"}),
    ],
)
def test_importing_loads_little(module: str, unwanted: set[str]):
    """What a module loads is counted in a fresh interpreter, less what that had loaded by itself."""
    code = f"import sys; before = set(sys.modules); import {module}; print(*set(sys.modules) - before)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in run.stdout.split()}
    assert module.split(".")[0] in loaded
    assert loaded & unwanted == set()
