"""The table of invariants: each is held by a test that is there, or says why it is pending."""

import ast
import csv
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NUMBERS = range(1, 53)
PENDING = "pending: "


def rows():
    with open(HERE / "invariants.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_invariant_is_in_the_table():
    """All 52, in their order."""
    numbers = [int(row["number"]) for row in rows()]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(NUMBERS)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['number']} {row['words']}")
def test_every_row_has_its_test_or_says_why_not(row):
    """A test in the file that is named, with the invariant's number in its docstring where it is one of ours."""
    if row["test"].startswith(PENDING):
        assert len(row["test"]) > len(PENDING)
        return
    file, _, name = row["test"].partition("::")
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    if name.startswith("Test"):  # the cases of a machine
        (machine,) = (each.value.value.id for each in tree.body if isinstance(each, ast.Assign) and _named(each, name))
        name = machine
    (test,) = (each for each in tree.body if getattr(each, "name", "") == name)
    if "/" not in file:
        numbers = ast.get_docstring(test).split(".")[0].split(", ")
        assert row["number"] in numbers


def _named(assignment, name):
    return isinstance(assignment.targets[0], ast.Name) and assignment.targets[0].id == name


def test_what_is_pending(capsys):
    """The invariants that nothing holds yet are shown, each with its reason."""
    pending = [row for row in rows() if row["test"].startswith(PENDING)]
    with capsys.disabled():
        print(f"\n{len(pending)} rows of invariants.csv are pending:")
        for row in pending:
            print(f"  {row['number']:>2} {row['words']}: {row['test'].removeprefix(PENDING)}")
    held = {row["number"] for row in rows()} - {row["number"] for row in pending}
    assert {row["number"] for row in pending} | held == {str(number) for number in NUMBERS}
