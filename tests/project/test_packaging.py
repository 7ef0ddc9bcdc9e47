"""What is installed is what the folders hold, under the names the layout promises."""

import ast
import re
import sys
import tomllib
from fnmatch import fnmatch
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest

import tenor

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]
REQUIRED = PROJECT["project"]["dependencies"]
TEST = PROJECT["project"]["optional-dependencies"]["test"]
BENCHMARK = PROJECT["project"]["optional-dependencies"]["benchmark"]
FUZZ = PROJECT["project"]["optional-dependencies"]["fuzz"]


def folder_of(package: str) -> Path:
    """The folder, from the root, that a package installs from: by `package-dir`, or below its parent's."""
    placed = SETUPTOOLS["package-dir"]
    if package in placed:
        return Path(placed[package])
    parent, _, name = package.rpartition(".")
    return folder_of(parent) / name


def distribution(requirement: str) -> str:
    """`exchange_calendars>=4.5` is `exchange-calendars`: spelling and version do not matter."""
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def content() -> list[Path]:
    """Every file below the three folders, from the root, but for what Python itself leaves there."""
    found = (path for folder in ("grammar", "engine", "terms") for path in (ROOT / folder).rglob("*"))
    return [path.relative_to(ROOT) for path in found if path.is_file() and "__pycache__" not in path.parts]


def test_every_folder_is_a_listed_package():
    """A folder left out of pyproject.toml works from the sources and is missing once installed."""
    folders = {str(path.parent) for path in content()}
    assert folders == {str(folder_of(package)) for package in SETUPTOOLS["packages"]}


def test_every_file_of_data_is_installed():
    """Each file is Python or fits a pattern of `package-data`."""
    patterns = ["*.py", *SETUPTOOLS["package-data"]["*"]]
    missing = [str(path) for path in content() if not any(fnmatch(path.name, pattern) for pattern in patterns)]
    assert missing == []


def test_only_three_packages_are_required():
    """Each further dependency is a stranger's code in every reader's installation."""
    assert {distribution(each) for each in REQUIRED} == {"lark", "attrs", "rich"}


def test_tests_import_only_what_the_test_extra_installs():
    """`pip install tenor[test]` is enough to run them; benchmarks and searches may leave out what is missing."""
    tests = {path for path in (ROOT / "tests").rglob("*.py") if "typetree" not in path.parts}
    benchmarks = {path for path in tests if "benchmarks" in path.parts and not path.name.startswith("test_")}
    search = ROOT / "tests/fuzz/search.py"
    assert outside(tests - benchmarks - {search}) - {distribution(each) for each in [*REQUIRED, *TEST]} == set()
    assert outside({search}) - {distribution(each) for each in [*REQUIRED, *FUZZ]} == set()
    assert outside(benchmarks) - {distribution(each) for each in [*REQUIRED, *BENCHMARK]} == set()


def outside(paths: set[Path]) -> set[str]:
    """What the files import that is neither ours nor Python's own, by the names of distributions."""
    imported = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:
                case ast.Import(names=names):
                    imported |= {alias.name.split(".")[0] for alias in names}
                case ast.ImportFrom(module=str(module), level=0):
                    imported.add(module.split(".")[0])
    ours = {"tenor", *(path.stem for path in (ROOT / "tests").iterdir())}
    return {distribution(name) for name in imported - sys.stdlib_module_names - ours}


def test_constraints_pin_every_direct_dependency():
    """The constraints are plain `name==version` lines: any installer reads them, and no host is named."""
    lines = (ROOT / ".ci" / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    direct = [*REQUIRED, *TEST, *BENCHMARK, *FUZZ]
    assert {distribution(each) for each in direct} <= {distribution(line) for line in pins}


def test_installed_version_is_the_written_one():
    """`tenor.__version__` is the only place that states it."""
    assert version("tenor") == tenor.__version__


def test_load_is_found_when_it_is_asked_for():
    """`tenor.load` and `from tenor.terms import load` are one function."""
    assert tenor.load is import_module("tenor.terms").load
    assert dir(tenor) == sorted(tenor.__all__)
    with pytest.raises(AttributeError, match="`laod`"):
        getattr(tenor, "laod")  # noqa: B009 - written as an attribute, the type checker would refuse it


@pytest.mark.parametrize("package", SETUPTOOLS["packages"])
def test_packages_are_found_under_their_names(package: str):
    """Data are read through the package, wherever it was installed."""
    written = {path.name for path in content() if path.parent == folder_of(package)}
    assert written <= {resource.name for resource in files(package).iterdir()}


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("__init__.py", "terms/_root/__init__.py"),
        ("__main__.py", "terms/_root/__main__.py"),
        ("py.typed", "terms/_root/py.typed"),
        ("grammar", "grammar"),
        ("engine", "engine"),
        ("terms", "terms"),
    ],
)
def test_type_checkers_see_the_sources_under_the_installed_name(link: str, target: str):
    """An editable install hides the sources from them, so relative links stand in for it."""
    path = ROOT / "tests" / "typetree" / "tenor" / link
    assert not path.readlink().is_absolute()
    assert path.resolve() == (ROOT / target).resolve()
