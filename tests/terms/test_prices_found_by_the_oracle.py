"""What the second reckoning of tests/oracle found in prices and conversions: one row for each.

The plain note is that of test_found_by_the_oracle.py.
"""

from tenor.engine.exact.spelling import spelt


def test_a_window_that_ended_long_ago_is_in_the_shares_of_the_day_asked(asked) -> None:
    """The lowest of a window before the issue, 0.009, is 0.09 after a split of 1 for 10."""
    price = "lowest closing bid over the 2 trading days ending on 2018-12-31"
    clause = f"conversion {{ by: holder at any time  price: {price} }}"
    lines = [
        "2018-12-28 closing bid USD 0.010 per share",
        "2018-12-31 closing bid USD 0.009 per share",
        "2019-03-01 split 1 for 10",
    ]
    assert spelt(asked("2019-02-28", clause, lines=lines)["conversion_price"].value) == "USD 0.009 per share"
    assert spelt(asked("2019-03-01", clause, lines=lines)["conversion_price"].value) == "USD 0.09 per share"


def test_a_split_on_the_issue_date_restates_no_price_of_the_note(asked) -> None:
    """A share is what it is after a split all day, so the price of that day is in those shares."""
    clause = "conversion { by: holder at any time  price: USD 0.01 per share }"
    stated = asked("2019-01-02", clause, lines=["2019-01-02 split 1 for 10"])
    assert spelt(stated["conversion_price"].value) == "USD 0.01 per share"


def test_a_notice_in_shares_over_the_cap_is_refused_at_any_price(asked) -> None:
    """9.99% x 10,000,000 / 90.01% = 1,109,876 shares: two million are too many, though no bid is known."""
    clauses = (
        "conversion { by: holder at any time  price: lowest closing bid over the 5 trading days before conversion }",
        "ownership_cap: 9.99% of outstanding shares after conversion",
    )
    lines = ["2019-01-02 outstanding 10,000,000 shares", "2019-01-02 held 0 shares"]
    stated = asked("2019-03-16", *clauses, lines=[*lines, "2019-03-16 convert 2,000,000 shares"])
    assert spelt(stated["principal"].value) == "USD 100,000.00"


def test_an_extended_note_is_accelerated_no_more(asked) -> None:
    """What was accelerated is not due once another date is agreed; the default continues, and a new one accelerates."""
    default = 'default "report" { when: event "late report"  then: acceleration }'
    extended = 'amendment "First" { effective: 2019-07-01  maturity: 2020-07-02 }'
    lines = ['2019-04-12 event "late report"']
    assert spelt(asked("2019-06-30", default, extended, lines=lines)["status"].value) == "accelerated"
    assert spelt(asked("2019-07-01", default, extended, lines=lines)["status"].value) == "in default"
    lines += ['2019-08-01 waived "report"', '2019-09-02 event "late report"']
    assert spelt(asked("2019-08-01", default, extended, lines=lines)["status"].value) == "outstanding"
    assert spelt(asked("2019-09-02", default, extended, lines=lines)["status"].value) == "accelerated"


def test_a_price_that_an_amendment_writes_is_in_the_shares_of_its_day(asked) -> None:
    """0.01 becomes 0.1 after a split of 1 for 10; amended to 0.05 after it, and 0.10 after another of 1 for 2."""
    clause = """conversion {
  by: holder at any time
  price: USD 0.01 per share
  price "chill": otherwise - USD 0.001 per share when event "DTC chill"
}"""
    cheaper = 'amendment "First" { effective: 2019-07-01  conversion.price: USD 0.05 per share }'
    lines = ["2019-03-01 split 1 for 10", '2019-10-01 event "DTC chill"', "2019-09-02 split 1 for 2"]
    prices = {
        "2019-02-28": "0.01",
        "2019-06-30": "0.1",
        "2019-07-01": "0.05",
        "2019-09-02": "0.1",
        "2019-10-01": "0.08",  # the exception is of the issue date still: 0.001 x 20
    }
    for day, price in prices.items():
        assert spelt(asked(day, clause, cheaper, lines=lines)["conversion_price"].value) == f"USD {price} per share"
