"""Figures nobody writes: exponents, thousands of digits, days that are none, windows without end, circles."""

from .cases import Case, changed, ledger, more

SPELT = {
    "an exponent": ("USD 100,000.00", "USD 1e99999999", "E018"),
    "a great exponent": ("USD 100,000.00", "USD 1E5", "E018"),
    "5,000 digits": ("100,000.00", "9" * 5_000, "E013"),
    "100,000 digits": ("100,000.00", "9" * 100_000, "E013"),
    "31 digits": ("100,000.00", "9" * 31, "E013"),
    "31 digits after the point": ("100,000.00", "0." + "1" * 31, "E013"),
    "31 digits of a percentage": ("8%", "9" * 31 + "%", "E013"),
    "30 digits": ("100,000.00", "9" * 30, ""),
    "blanks of Python": ("100,000.00", "100_000.00", "E018"),
    "no number": ("100,000.00", "NaN", "E107"),
    "infinity": ("100,000.00", "Infinity", "E107"),
    "a hexadecimal": ("100,000.00", "0x10", "E018"),
    "an octal": ("100,000.00", "0o17", "E018"),
    "two points": ("100,000.00", "1.0.0", "E018"),
    "commas anywhere": ("100,000.00", "1,0,0,0", "E018"),
    "nothing but a comma": ("100,000.00", ",", "E010"),
    "a negative sum": ("USD 100", "USD -100", "E107"),
    "another currency": ("USD 100,000.00", "EUR 1 + USD 1", "E107"),
    "a fraction": ("8% per year", "8/0% per year", "E018"),
    "a rate of nothing": ("8% per year", "0% per year", ""),
    "a rate beyond belief": ("8% per year", "999999999999999999999999999999% per year", ""),
    "a division by nothing": ("65% of Market Price", "USD 1 per share / 0", "E208"),
    "a price of nothing": ("65% of Market Price", "USD 0 per share", "E208"),
    "a price as small as can be": ("65% of Market Price", "USD 0.00000000000000000000000000001 per share", ""),
    "a price multiplied by itself": ("65% of Market Price", "Market Price * Market Price", "E202"),
}

DAYS = {
    "the year 1": ("0001-01-01", "E203"),
    "the year 0": ("0000-01-01", "E203"),
    "the year 1899": ("1899-12-31", "E203"),
    "the year 3000": ("3000-01-01", "E203"),
    "the year 9999": ("9999-12-31", "E203"),
    "the year 10000": ("10000-01-01", "E018"),
    "30 February": ("2020-02-30", "E203"),
    "29 February of 1900": ("1900-02-29", "E203"),
    "month 13": ("2020-13-01", "E203"),
    "day 0": ("2020-01-00", "E203"),
    "a day without noughts": ("2020-1-1", "E017"),
    "a day with a time": ("2020-02-21T24:00:00Z", "E017"),
    "a day before the issue": ("1950-01-01", "E206"),
    "the last day there is": ("2999-12-31", ""),
    "a day past the end": ("9999999999999 months after issue", "E504"),
    "days past the end": ("999999999999999999999999999999 days after issue", "E504"),
    "trading days past the end": ("99999999 trading days after issue", "E506"),
    "a day reckoned from itself": ("1 day after maturity", "E207"),
    "a day reckoned from nowhere": ("1 day after doomsday", "E117"),
}

WINDOWS = {
    "a window of a thousand million days": ("5 trading days", "1000000000 trading days", "E505"),
    "a window of thirty digits": ("5 trading days", "9" * 30 + " trading days", "E505"),
    "a window of no days": ("5 trading days", "0 trading days", "E208"),
    "a window of half a day": ("5 trading days", "0.5 trading days", "E201"),
    "a window of years": ("5 trading days", "5 years", "E202"),
    "the longest window": ("5 trading days", "10,000 trading days", ""),
    "a hundred of five": ("lowest closing bid", "average of the 100 lowest closing bids", "E208"),
    "nothing of five": ("lowest closing bid", "average of the 0 lowest closing bids", "E208"),
}

CIRCLES = {
    "a definition of itself": Case(lambda: more("define Price A: Price A\n"), "E207"),
    "two definitions of each other": Case(lambda: more("define Price A: Price B\ndefine Price B: Price A\n"), "E207"),
    "a circle of a thousand": Case(
        lambda: more("".join(f"define P{n}: P{(n + 1) % 1_000}\n" for n in range(1_000))), "E507"
    ),
    "thirty doublings": Case(
        lambda: more(
            "define P0: USD 1 per share\n" + "".join(f"define P{n}: P{n - 1} + P{n - 1}\n" for n in range(1, 31))
        ),
        "E507",
    ),
    "thirty squarings": Case(
        lambda: more("define P0: 2\n" + "".join(f"define P{n}: P{n - 1} * P{n - 1}\n" for n in range(1, 31))), "E507"
    ),
    "squarings that just fit": Case(
        lambda: more("define P0: 3\n" + "".join(f"define P{n}: P{n - 1} * P{n - 1}\n" for n in range(1, 16))), "E501"
    ),
    "a chain of 2,000 definitions": Case(
        lambda: more("define P0: USD 1 per share\n" + "".join(f"define P{n}: P{n - 1}\n" for n in range(1, 2_000))),
        "E507",
    ),
    "a chain written from its end": Case(
        lambda: more("".join(f"define P{n}: P{n - 1}\n" for n in range(2_000, 0, -1)) + "define P0: 1\n"), "E507"
    ),
    "exceptions in a circle": Case(
        lambda: changed(
            "  price: 65% of Market Price\n",
            '  price: 65% of Market Price\n  price "a": otherwise when event "x" over "b"\n'
            '  price "b": otherwise when event "y" over "a"\n',
        ),
        "E114",
    ),
}

CASES = {
    **{name: Case(lambda old=old, new=new: changed(old, new), code) for name, (old, new, code) in SPELT.items()},
    **{name: Case(lambda day=day: changed("2020-02-21", day), code) for name, (day, code) in DAYS.items()},
    **{
        f"{name}, in a ledger": Case(lambda day=day: ledger(f"{day} pay USD 1.00\n"), "E203")
        for name, (day, code) in DAYS.items()
        if code == "E203"
    },
    **{name: Case(lambda old=old, new=new: changed(old, new), code) for name, (old, new, code) in WINDOWS.items()},
    **CIRCLES,
}
