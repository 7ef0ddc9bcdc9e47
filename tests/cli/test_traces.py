"""Every figure of every answer can be unfolded, in words and as data, whatever kind of step it was made by."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tenor.engine.running.explanation import unfolded
from tenor.engine.running.statement import quantities_named
from tenor.terms import load
from tenor.terms.export.answers import plain_statement

STATEMENT = Draft202012Validator(json.loads((files("tenor.terms.export") / "statement.schema.json").read_text("utf-8")))
NOTE = """note "Traces" {{ issuer: "Example, Inc."  holder: "Example Fund LP"  calendar: NYSE }}
issued: 2019-01-02
principal: USD 100,000.00
maturity: 12 months after issue {{ business_day: modified following }}
interest: 8% per year {{ {interest} }}
define Market Price: {statistic} over the 3 trading days before conversion
conversion {{ by: holder at any time  price: lesser of USD 0.50 per share and 65% of Market Price }}
ownership_cap: 4.99% of outstanding shares after conversion
default "payment" {{ when: payment is late  grace: 5 business days  rate: 18% per year }}
default "price" {{ when: closing bid below USD 0.40 per share for 2 trading days }}
"""
SESSIONS = (12, 13, 14, 15, 18)
LEDGER = "\n".join(
    [
        *("2019-01-02 outstanding 1,000,000 shares", "2019-01-02 held 0 shares"),
        *(f"2019-03-{day} closing bid USD 0.{57 - day} per share" for day in SESSIONS),  # 0.39 on the 18th
        *(f"2019-03-{day} volume {day}00 shares" for day in SESSIONS),
        *("2019-03-15 convert USD 4,000.00", "2019-03-18 pay USD 10.00", ""),
    ]
)
INTERESTS = [
    "day_count: actual/365",
    "day_count: actual/actual ICMA  method: compounded quarterly",
    "day_count: 30E/360 ISDA",
    "day_count: business/252",
]
STATISTICS = ["volume-weighted average closing bid", "average of the 2 lowest closing bids", "median closing bid"]


@pytest.mark.parametrize("interest", INTERESTS)
@pytest.mark.parametrize("statistic", STATISTICS)
def test_every_figure_unfolds_in_words_and_as_data(tmp_path: Path, interest: str, statistic: str):
    """Each step has a title and a value, and nothing it rests on is left out; the data keep their schema."""
    note = tmp_path / "note.terms"
    note.write_text(NOTE.format(interest=interest, statistic=statistic), "utf-8")
    (tmp_path / "note.facts").write_text(LEDGER, "utf-8")
    for day in ("2019-03-15", "2019-03-19", "2020-03-02"):
        said = load(str(note)).at(day)
        STATEMENT.validate(json.loads(json.dumps(plain_statement(said, (), trace=True))))
        for name, figure in quantities_named(said.answers).items():
            lines = list(unfolded(figure, name))
            assert lines[0].title == name
            assert all(line.title and line.value for line in lines)
