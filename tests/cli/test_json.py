"""Answers as data: they keep the schema that ships with them, and can be reckoned again from their leaves."""

import json
from datetime import date
from fractions import Fraction
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

SCHEMA = json.loads((files("tenor.terms.export") / "statement.schema.json").read_text("utf-8"))
STATEMENT = Draft202012Validator(SCHEMA)
EXPLANATION = Draft202012Validator({"$ref": "#/$defs/explanation", "$defs": SCHEMA["$defs"]})
NOTE = "examples/gs-capital.terms"

ASKED = [
    ("gs-capital", "2019-08-26", ()),
    ("gs-capital", "2019-08-26", ("--facts", "none")),
    ("gs-capital", "2019-02-01", ()),
    ("gs-capital", "2020-04-01", ("--known", "2019-09-01")),
    ("widjaja", "2019-07-20", ()),
    ("baybridge", "2019-02-01", ()),
    ("baybridge-exhibit", "2018-12-31", ()),
]


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(("note", "day", "options"), ASKED)
@pytest.mark.parametrize("trace", [(), ("--trace",)])
def test_statements_keep_the_schema(terms, note, day, options, trace):
    """Values, refusals and unknowns alike; one line end, and every number a string."""
    ran = terms("eval", f"examples/{note}.terms", "--date", day, *options, *trace, "--json")
    STATEMENT.validate(ran.json)
    assert ran.out.endswith("}\n")
    assert not any(isinstance(each, int | float) and not isinstance(each, bool) for each in leaves(ran.json))


@pytest.mark.parametrize("answer", ["owed", "allowed_shares", "status", "prepayment", "next_dates", "market_value"])
def test_explanations_keep_the_schema(terms, answer):
    EXPLANATION.validate(terms("explain", NOTE, answer, "--date", "2019-08-26", "--json").json)


def leaves(data):
    """Everything in the data that holds nothing else."""
    if isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from leaves(each)
    else:
        yield data


YEARS = {"actual/365": 365}

# What each operation means, written again from its name: the other half of the claim.
RECKON = {
    "add": lambda _, a, b: a + b,
    "subtract": lambda _, a, b: a - b,
    "multiply": lambda _, a, b: a * b,
    "divide": lambda _, a, b: a / b,
    "below": lambda _, a, b: a < b,
    "at most": lambda _, a, b: a <= b,
    "equal": lambda _, a, b: a == b,
    "not": lambda _, a: not a,
    "and": lambda _, *all_: all(all_),
    "or": lambda _, *any_: any(any_),
    "choose": lambda detail, _, taken: taken,
    "lowest": lambda _, *items: min(items),
    "highest": lambda _, *items: max(items),
    "permitted": lambda _, value, *given: value,
    "binding": lambda detail, *items: [
        label for label, each in zip(detail["labels"], items, strict=True) if each == min(items)
    ],
    "days between": lambda _, start, end: Fraction(end - start),
    "year fraction": lambda detail, start, end: Fraction(
        max(0, end - start), {"actual/365": 365}[detail["convention"]]
    ),
    "statistic": lambda detail, *items: average(sorted(items)[: int(detail["count"])]),
}


def average(items):
    return sum(items) / len(items)


def rounded(detail, value):
    unit = 10 ** int(detail["decimals"])
    scaled = value * unit
    whole = {"down": scaled // 1, "up": -(-scaled // 1), "to the nearest": (2 * scaled + 1) // 2}
    return Fraction(whole[detail["rule"]], unit)


def read(node):
    """The value of a node as it is written."""
    value = node["value"]
    if node["dimension"] == "date":
        return date.max.toordinal() if value == "never" else date.fromisoformat(value).toordinal()
    if node["dimension"] == "truth":
        return value == "true"
    return value if node["dimension"] == "word" else Fraction(value)


@pytest.mark.parametrize("answer", ["owed", "due_at_maturity", "conversion_price", "allowed_shares", "binding_limit"])
@pytest.mark.parametrize("facts", ["examples/gs-capital.facts"])
def test_a_figure_can_be_reckoned_again_from_its_leaves(terms, answer, facts):
    """Leaves are believed, each step is done anew, and the last one is the figure that was printed."""
    said = terms("explain", NOTE, answer, "--date", "2019-08-26", "--facts", facts, "--json").json
    nodes = {node["id"]: node for node in said["nodes"]}
    known = {}

    def value(name):
        if name not in known:
            node = nodes[name]
            operation = {**RECKON, "round": rounded}.get(node["operation"])
            known[name] = operation(node["detail"], *map(value, node["arguments"])) if operation else read(node)
        return known[name]

    assert value(said["root"]) == read(nodes[said["root"]])
    assert {name: value(name) for name in nodes} == {name: read(node) for name, node in nodes.items()}


def test_a_trace_ties_each_answer_to_its_step(terms):
    """And without `--trace` there is none."""
    words = ("eval", NOTE, "--date", "2019-08-26", "--json")
    assert terms(*words).json["trace"] is None
    trace = terms(*words, "--trace").json["trace"]
    ids = {node["id"] for node in trace["nodes"]}
    assert set(trace["answers"].values()) <= ids
    assert all(set(node["arguments"]) <= ids for node in trace["nodes"])
