"""What the second reckoning of tests/oracle found: one row for each thing the engine had wrong.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to Thursday 2020-01-02 (conftest.py): USD 110,000.00 is due.
"""

from fractions import Fraction

from tenor.engine.exact.spelling import spelt

DAILY = Fraction(10_000, 365)  # interest of a day at 10%


def test_two_defaults_may_bring_one_rate(asked) -> None:
    """Two events of default that bring the same rate agree, however it is spelt: 100 days at 10%, 100 at 20%."""
    defaults = (
        'default "report" { when: event "late report"  rate: 20% per year }',
        'default "chill" { when: event "DTC chill"  rate: 20.0% per year }',
    )
    lines = ['2019-04-12 event "late report"', '2019-05-12 event "DTC chill"']
    assert asked("2019-07-21", *defaults, lines=lines)["accrued_interest"].value.value == (100 + 2 * 100) * DAILY


def test_the_last_quote_of_a_window_needs_no_other(asked) -> None:
    """`last closing bid over the 5 trading days` is the fifth, whatever became of the four before it."""
    price = "last closing bid over the 5 trading days before conversion"
    conversion = f"conversion {{ by: holder at any time  price: {price} }}"
    stated = asked("2019-03-11", conversion, lines=["2019-03-08 closing bid USD 0.011 per share"])
    assert spelt(stated["conversion_price"].value) == "USD 0.011 per share"
    assert asked("2019-03-11", conversion)["conversion_price"].value.value.needs == ("closing bid for 2019-03-08",)
