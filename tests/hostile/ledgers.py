"""Ledgers: lines that are none, on days that are none, of other notes, and far too many of them.

`SLOW` stands where a machine may be fast enough: then there is an answer, and else the finding of the time.
"""

from datetime import date

from .cases import RIGHT, Case, daily, ledger, quoted_daily
from .tables import priced

LONG = RIGHT.replace("2020-02-21", "2049-12-31")
CAPPED = LONG + "ownership_cap: 5.99% of outstanding shares after conversion\n"
WIDE = LONG.replace("5 trading days", "10,000 trading days")
WATCHING = LONG + "".join(
    f'default "{n}" {{ when: closing bid below USD 0.0{n} per share for 10 trading days }}\n' for n in range(1, 20)
)
LAST_BEFORE = WATCHING.replace("calendar: weekdays", "calendar: weekdays\n  missing_quote: last quote before")
SLOW = "E508"
END = "2049-12-31"

LINES = {
    "nothing": ("", ""),
    "the note twice": ('note "note.terms"\n', "E103"),
    "another note, by a path": ('note "../note.terms"\n', "E103"),
    "another note, anywhere": ('note "/etc/passwd"\n', "E103"),
    "a whole note": (RIGHT, "E310"),
    "a line without a date": ("pay USD 1.00\n", "E310"),
    "a line of a date": ("2019-08-26\n", "E026"),
    "a date and no fact": ("2019-08-26 explode\n", "E311"),
    "a payment without a sum": ("2019-08-26 pay\n", "E311"),
    "a payment of nothing": ("2019-08-26 pay USD 0.00\n", "E319"),
    "a payment of less than nothing": ("2019-08-26 pay USD -1.00\n", "E014"),
    "a payment in another currency": ("2019-08-26 pay EUR 1.00\n", "E314"),
    "a payment of 30 digits": ("2019-08-26 pay USD " + "9" * 30 + "\n", ""),
    "a payment of 5,000 digits": ("2019-08-26 pay USD " + "9" * 5_000 + "\n", "E013"),
    "a payment of not a number": ("2019-08-26 pay USD nan\n", "E311"),
    "a payment with an exponent": ("2019-08-26 pay USD 1e308\n", "E018"),
    "a payment before the issue": ("2019-02-21 pay USD 1.00\n", "E312"),
    "a payment in the year 2999": ("2999-12-31 pay USD 1.00\n", ""),
    "known on no day": ("2019-08-26 pay USD 1.00 known 2019-02-30\n", "E203"),
    "known in the year 1": ("2019-08-26 pay USD 1.00 known 0001-01-01\n", "E203"),
    "a split for nothing": ("2019-08-26 split 1 for 0\n", "E316"),
    "a split of nothing": ("2019-08-26 split 0 for 1\n", "E316"),
    "a split of thirty digits": ("2019-08-26 split 1 for " + "9" * 30 + "\n", ""),
    "shares of nothing": ("2019-08-26 outstanding 0 shares\n", ""),
    "half a share": ("2019-08-26 outstanding 0.5 shares\n", "E311"),
    "more is sold than held": ("2019-08-26 held 1 shares\n2019-08-26 sold 9,999 shares\n", ""),
    "a notice of nothing": ('2020-03-01 notice ""\n', "E315"),
    "a label of a megabyte": ('2020-03-01 notice "' + "x" * 990_000 + '"\n', "E315"),
    "an answer that is none": ("2019-08-26 expect owd USD 1.00\n", "E116"),
    "an expectation of nothing": ("2019-08-26 expect\n", "E109"),
    "a series of nothing": ('series  from "prices.csv"\n', "E311"),
    "a series without a file": ("series closing bid\n", "E311"),
    "a series from itself": ('series closing bid from "note.facts"\n', "E320"),
    "a series from the note": ('series closing bid from "note.terms"\n', "E320"),
    "a thousand series": ('series closing bid from "no.csv"\n' * 1_000, "E402"),
    "a bid twice": ("2019-08-26 closing bid USD 0.01 per share\n" * 2, "E324"),
    "a bid on Sunday": ("2019-08-25 closing bid USD 0.01 per share\n", "E325"),
    "20,000 lines": ("2019-08-26 pay USD 0.01\n" * 20_000, "E503"),
    "20,000 wrong lines": ("2019-08-26 pay\n" * 20_000, "E027"),
    "20,000 lines on no day": ("2019-02-30 pay USD 1.00\n" * 20_000, "E027"),
    "a level 2,000 times": ("2019-08-26 held 1 shares\n" * 2_000, "E313"),
    "a NUL byte": ("2019-08-26 pay USD 1\x00.00\n", "E003"),
    "text turned round": ("2019-08-26 pay USD 1.00 # \u202e\n", "E003"),
    "a megabyte of one line": ("2019-08-26 " + "pay " * 90_000 + "\n", "E311"),
}

# What a machine is kept busy with: note, ledger, the day that is asked about, and perhaps a price table.
BUSY = {
    "9,999 payments": (LONG, lambda: daily(9_999, lambda n: "pay USD 0.01"), SLOW),
    "9,999 conversions without prices": (CAPPED, lambda: daily(9_999, lambda n: "convert USD 0.01"), SLOW),
    "9,999 notices": (
        LONG + 'default "x" { when: bankruptcy cure: 5 days after notice then: acceleration }\n',
        lambda: daily(9_999, lambda n: 'notice "x"'),
        SLOW,
    ),
    "9,999 levels": (CAPPED, lambda: daily(9_999, lambda n: f"outstanding {n + 1} shares"), SLOW),
    "5,000 splits in a thousand": (CAPPED, lambda: daily(5_000, lambda n: "split 1,000 for 1"), "E501"),
    "5,000 splits of one for one": (CAPPED, lambda: daily(5_000, lambda n: "split 1 for 1"), SLOW),
    "a split by 30 digits, four hundred times": (
        CAPPED,
        lambda: "2019-02-22 held 7 shares\n" + daily(400, lambda n: f"split {10**29 + n} for {10**29 - n - 1}"),
        "E501",
    ),
}
WINDOWS = {
    "2,000 conversions over the longest window": (
        WIDE,
        lambda: daily(2_000, lambda n: "convert USD 0.01", date(2024, 1, 1)),
        SLOW,
    ),
    "2,000 splits within the longest window": (
        WIDE,
        lambda: daily(2_000, lambda n: "split 1 for 1", date(2024, 1, 1)),
        SLOW,
    ),
    "twenty watches of ten thousand days": (WATCHING, lambda: "", SLOW),
    "twenty watches, each day the last quote before": (LAST_BEFORE, lambda: "", SLOW),
}

CASES = {
    **{f"a ledger: {name}": Case(lambda text=text: ledger(text), code) for name, (text, code) in LINES.items()},
    **{
        f"a ledger: {name}": Case(lambda right=right, make=make: ledger(make(), right), "", asked, END)
        for name, (right, make, asked) in BUSY.items()
    },
    **{
        f"a ledger: {name}": Case(
            lambda right=right, make=make: priced(quoted_daily(18_000), make(), right), "", asked, END
        )
        for name, (right, make, asked) in WINDOWS.items()
    },
}
