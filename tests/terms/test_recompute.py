"""A stranger's program: it reads the explanation of a statement and reckons each figure again from its leaves.

It knows JSON, fractions and what the operations are called, and imports nothing of the engine but the note.
"""

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest
from drawing import drawn_lines, ledger_of

from tenor.engine.running.statement import quantities_named, statement
from tenor.terms import load
from tenor.terms.export import steps

NOTES = ("gs-capital", "widjaja", "baybridge", "baybridge-exhibit")
END_OF_TIME = date.max


# One such argument decides, whatever the others would be.
DECIDED_BY = {"and": (False, False), "or": (True, True), "multiply": (0, Fraction(0)), "lowest": (0, Fraction(0))}


def value_of(written, dimension):
    """A leaf's value, from its text."""
    if not isinstance(written, str):
        return None  # unknown or refused: what rests on it has no figure to reckon
    match dimension:
        case "date":
            return END_OF_TIME if written == "never" else date.fromisoformat(written)
        case "truth":
            return written == "true"
        case "word":
            return written
    return Fraction(written)


def days_30_360_us(start, end):
    first, last = start, end
    end_of_february = (first + timedelta(days=1)).month == 3 and first.month == 2
    d1 = 30 if end_of_february or first.day == 31 else first.day
    last_of_february = (last + timedelta(days=1)).month == 3 and last.month == 2
    d2 = 30 if end_of_february and last_of_february else last.day
    d2 = 30 if d2 == 31 and d1 == 30 else d2
    return 360 * (last.year - first.year) + 30 * (last.month - first.month) + d2 - d1


YEARS = {
    "actual/365": lambda start, end: Fraction((end - start).days, 365),
    "actual/360": lambda start, end: Fraction((end - start).days, 360),
    "30/360 US": lambda start, end: Fraction(days_30_360_us(start, end), 360),
}


def rounded(value, rule, decimals):
    scale = 10 ** int(decimals)
    shifted = value * scale
    low = shifted.numerator // shifted.denominator
    up = {"down": False, "up": shifted != low, "to the nearest": shifted - low >= Fraction(1, 2)}[rule]
    return Fraction(low + up, scale)


def statistic(values, detail):
    count = int(detail["count"])
    chosen = sorted(values, reverse=detail["among"] == "highest")[:count] if detail["among"] else values
    return {"lowest": min, "highest": max, "average": lambda some: sum(some) / len(some)}[detail["name"]](chosen)


def reckoned(node, values):
    """The value of one step from those of its arguments; None where the engine has none either."""
    operation, detail = node["operation"], node["detail"]
    if operation in ("given", "input"):
        return value_of(node["value"], node["dimension"])
    if operation == "choose" and detail["taken"]:
        return values[-1]
    if operation == "choose":
        return values[1] if values[1] == values[2] else None  # an open choice between equals is no choice
    if operation == "divide" and values[0] == 0 and values[1] is None:
        return Fraction(0)  # nothing, at whatever price
    if operation == "binding" and 0 in values:
        values = [value if value == 0 else Fraction(1) for value in values]  # no limit is below none
    decided = DECIDED_BY.get(operation)
    if decided and any(value is not None and value == decided[0] for value in values):
        return decided[1]
    if any(value is None for value in values):
        return None
    match operation:
        case "add":
            return values[0] + values[1]
        case "subtract":
            return values[0] - values[1]
        case "multiply":
            return values[0] * values[1]
        case "divide":
            return values[0] / values[1]
        case "below":
            return values[0] < values[1]
        case "at most":
            return values[0] <= values[1]
        case "equal":
            return values[0] == values[1]
        case "not":
            return not values[0]
        case "and":
            return all(values)
        case "or":
            return any(values)
        case "lowest":
            return min(values)
        case "highest":
            return max(values)
        case "permitted":
            return None if detail["denied"] else values[0]
        case "round":
            return rounded(values[0], detail["rule"], detail["decimals"])
        case "statistic":
            return statistic(values, detail)
        case "year fraction":
            return YEARS[detail["convention"]](*values) if values[1] > values[0] else Fraction(0)
        case "shift":
            count, unit = detail["period"].split(" ", 1)
            assert unit in ("day", "days")
            return values[0] + timedelta(days=int(count) + int(detail["extra_days"]))
        case "binding":
            least = min(values)
            return [label for label, value in zip(detail["labels"], values, strict=True) if value == least]
    raise AssertionError(operation)


@pytest.mark.parametrize("name", NOTES)
def test_every_figure_can_be_reckoned_from_its_leaves(name):
    """Fifty statements on random days with random ledgers; each step of each explanation is reckoned again."""
    note = load(f"examples/{name}.terms").note
    draw = random.Random(name)
    for _ in range(50):
        day = note.issued + timedelta(days=draw.randrange(500))
        named = quantities_named(statement(note, ledger_of(note, drawn_lines(draw, note.issued)), day).answers)
        nodes, _ = steps.nodes(named.values())
        found = {}
        for node in in_order(nodes):
            found[node["id"]] = reckoned(node, [found[each] for each in node["arguments"]])
            if not isinstance(node["value"], dict):
                assert found[node["id"]] == told(node), node


def told(node):
    return node["value"] if isinstance(node["value"], list) else value_of(node["value"], node["dimension"])


def in_order(nodes):
    """Arguments before what rests on them."""
    by_id, done, ordered = {node["id"]: node for node in nodes}, set(), []
    stack = [(node["id"], False) for node in nodes]
    while stack:
        name, entered = stack.pop()
        if entered:
            ordered.append(by_id[name])
        elif name not in done:
            done.add(name)
            stack.append((name, True))
            stack += [(each, False) for each in by_id[name]["arguments"]]
    return ordered
