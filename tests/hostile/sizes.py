"""Too deep, too many, too long: files that are made to be large, none of them kept."""

from datetime import date, timedelta

from .cases import RIGHT, Case, changed, more, note

DEEP = {
    "parentheses": ("(", "8%", ")"),
    "brackets": ("[5: ", "8%", "]"),
    "not": ("not ", "8%", ""),
    "shares of shares": ("5% of ", "8%", ""),
    "choices": ("lesser of 8% and ", "8%", ""),
    "sums": ("8% + ", "8%", ""),
    "exceptions to exceptions": ("otherwise - ", "8%", ""),
}

LONG = {
    "a line of a megabyte": Case(lambda: more("#" + "x" * 990_000)),
    "a file of 100 MB in one line": Case(lambda: note(b"x" * 100_000_000), "E002"),
    "a file of one byte too many": Case(lambda: note(RIGHT + "#" * (1_000_001 - len(RIGHT))), "E002"),
    "a file of just as many bytes": Case(lambda: note(RIGHT + "#" * (1_000_000 - len(RIGHT)))),
    "a label of a megabyte": Case(lambda: changed('"payment"', '"' + "x" * 990_000 + '"')),
    "a label of a megabyte, twice": Case(
        lambda: more(2 * f'default "{"x" * 490_000}" {{ when: bankruptcy }}\n'), "E103"
    ),
    "a name of a megabyte": Case(lambda: more("x" * 990_000 + ": 1\n"), "E101"),
    "a field of a megabyte": Case(lambda: changed("  by:   ", "  " + "x" * 990_000 + ":"), "E104"),
    "a defined name of a megabyte": Case(lambda: more("define X" + "x" * 990_000 + ": 1\n")),
    "a title of a megabyte": Case(lambda: changed("Example note", "x" * 990_000)),
    "a quotation of a megabyte": Case(lambda: more('ranking: unsecured cite "' + "x" * 990_000 + '"\n')),
    "a megabyte of blanks": Case(lambda: more(" " * 990_000)),
    "a megabyte of line ends": Case(lambda: more("\n" * 990_000)),
    "a megabyte of open strings": Case(lambda: more('"\n' * 99_000), "E027"),
    "a megabyte of open braces": Case(lambda: more("a {" * 30_000), "E027"),
    "a megabyte of closing braces": Case(lambda: more("}" * 99_000), "E027"),
    "a megabyte of marks": Case(lambda: more("ranking: unsecured\n" + '  cite "x"\n' * 49_000)),
    "a megabyte of `else`": Case(
        lambda: changed("8% per year", '8% per year assumed "x" else ' + "9% per year, " * 20_000 + "9% per year")
    ),
    "a megabyte of one phrase": Case(lambda: changed("holder at any time", "holder " * 90_000), "E107"),
    "a megabyte of `and`": Case(lambda: changed("payment is late", "bankruptcy and " * 30_000 + "bankruptcy"), "E507"),
    "a megabyte of `or`": Case(
        lambda: changed("payment is late", "payment is late or " * 20_000 + "bankruptcy"), "E507"
    ),
    "a megabyte of a sum": Case(lambda: changed("65% of", "65% * 1 " + "* 1 " * 40_000 + "*"), "E011"),
    "a megabyte of a list": Case(
        lambda: changed("  by:", "  counts: " + "holder, " * 40_000 + "holder\n  by:"), "E104"
    ),
    "a choice of 30,000": Case(
        lambda: changed(
            "65% of Market Price", "lesser of " + ", ".join(["Market Price"] * 30_000) + " and Market Price"
        ),
        "E507",
    ),
    "a table of 9,000 rows": Case(
        lambda: changed("8% per year", "[" + ", ".join(f"days {n}..{n}: 8%" for n in range(9_000)) + "]"), "E107"
    ),
}

MANY = {
    "500 clauses too many": Case(
        lambda: more("".join(f'default "{n}" {{ when: bankruptcy }}\n' for n in range(1_000))), "E510"
    ),
    "12,000 clauses": Case(
        lambda: more("".join(f'default "{n}" {{ when: bankruptcy }}\n' for n in range(12_000))), "E510"
    ),
    "495 events of default": Case(
        lambda: more(
            "".join(f'default "{n}" {{ when: payment is late grace: 5 days then: acceleration }}\n' for n in range(490))
        )
    ),
    "5,000 fields of no clause": Case(
        lambda: changed("  by:", "".join(f"  field_{n}: 1\n" for n in range(5_000)) + "  by:"), "E104"
    ),
    "5,000 times one field": Case(lambda: changed("  by:", "  by: nobody\n" * 5_000 + "  by:"), "E106"),
    "5,000 exceptions": Case(
        lambda: changed(
            "  by:", "".join(f'  price "{n}": 50% of Market Price when event "{n}"\n' for n in range(5_000)) + "  by:"
        ),
        "E510",
    ),
    "100 exceptions, each over all before it": Case(
        lambda: changed(
            "\n}\ndefault",
            "\n"
            + "".join(
                f'  price "{n}": 50% of Market Price when event "{n}"'
                + "".join(f' over "{m}"' for m in range(n))
                + "\n"
                for n in range(100)
            )
            + "}\ndefault",
        )
    ),
    "5,000 amendments": Case(
        lambda: more(
            "".join(
                f'amendment "{n}" {{ effective: {date(2019, 3, 1) + timedelta(days=n)} maturity: 2020-03-01 }}\n'
                for n in range(5_000)
            )
        ),
        "E503",
    ),
    "100 amendments of 480 clauses": Case(
        lambda: more(
            "".join(f'default "{n}" {{ when: bankruptcy }}\n' for n in range(480))
            + "".join(
                f'amendment "{n}" {{ effective: {date(2019, 3, 1) + timedelta(days=n)} maturity: 2020-03-01 }}\n'
                for n in range(100)
            )
        ),
        "E510",
    ),
    "5,000 amendments on one day": Case(
        lambda: more(
            "".join(f'amendment "{n}" {{ effective: 2019-03-01 maturity: 2020-03-01 }}\n' for n in range(5_000))
        ),
        "E210",
    ),
    "8,000 definitions": Case(lambda: more("".join(f"define P{n}: USD 1 per share\n" for n in range(8_000)))),
    "8,000 times one definition": Case(lambda: more("define Price A: USD 1 per share\n" * 8_000), "E103"),
    "10,000 clauses that are none": Case(lambda: more("".join(f"clause_{n}: 1\n" for n in range(10_000))), "E101"),
    "10,000 mistakes": Case(lambda: more("principal principal\n" * 10_000), "E027"),
    "10,000 sources without a file": Case(
        lambda: more("".join(f'source "{n}" {{ file: none }}\n' for n in range(10_000)))
    ),
    "10,000 remarks": Case(lambda: more("".join(f'unmodelled "{n}" because "x"\n' for n in range(10_000)))),
    "21 conditions that watch prices": Case(
        lambda: more(
            "".join(
                f'default "{n}" {{ when: closing bid below USD 0.0{n + 1} per share for 10 trading days }}\n'
                for n in range(21)
            )
        ),
        "E503",
    ),
    "interest every day for a thousand years": Case(
        lambda: note(
            RIGHT.replace("2019-02-22", "1900-02-22")
            .replace("2020-02-21", "2999-02-21")
            .replace("8% per year", "8% per year { method: compounded daily }")
        ),
        "E503",
    ),
    "interest every month for a thousand years": Case(
        lambda: note(
            RIGHT.replace("2019-02-22", "1900-02-22")
            .replace("2020-02-21", "2999-02-21")
            .replace("8% per year", "8.123457% per year { method: compounded monthly }")
        ),
        "",
        "E501",
        "2999-12-31",
    ),
    "a thousand years of simple interest": Case(
        lambda: note(RIGHT.replace("2019-02-22", "1900-02-22").replace("2020-02-21", "2999-02-21")), day="2999-12-31"
    ),
    "expectations on 5,000 days": Case(
        lambda: more(
            "".join(f"expect on {date(2019, 3, 1) + timedelta(days=n)} {{ owed: USD 1 }}\n" for n in range(5_000))
        )
    ),
}

# What makes an expression of `re` try every way there is, if it was written carelessly.
TRAPS = {
    "hyphens": ("a-" * 490_000, "E010"),
    "dots": ("a." * 490_000, "E005"),
    "slashes": ("a/" * 490_000, "E012"),
    "thousands": ("1,000" * 190_000, "E013"),
    "dates": ("2019-" * 190_000, "E018"),
    "signs": ("!@$%^&*" * 14_000, "E005"),
    "quotation marks": ("\u201c" * 300_000, "E020"),
    "backslashes": ('"' + "\\ " * 490_000 + '"', "E107"),
    "blanks and letters": (" a" * 49_000 + "!", "E005"),
    "`the`": ("the " * 240_000 + "8% per year", ""),
    "`not`": ("not " * 49_000, "E011"),
    "`lesser of`": ("lesser of " * 40_000, "E011"),
}


def nested(before: str, core: str, after: str, depth: int) -> str:
    return before * depth + core + after * depth


CASES = {
    **{
        f"{name}, {depth:,} deep": Case(
            lambda parts=parts, depth=depth: changed("8% per year", nested(*parts, depth)), "E011"
        )
        for name, parts in DEEP.items()
        for depth in (201, 20_000)
    },
    "blocks, 9,000 deep": Case(lambda: more("a { x: 5 " + "b: 5 { " * 9_000 + "}" * 9_000 + "}\n"), "E011"),
    **{
        f"a trap of {name}": Case(lambda text=text: changed("8% per year", text), code)
        for name, (text, code) in TRAPS.items()
    },
    **LONG,
    **MANY,
}
