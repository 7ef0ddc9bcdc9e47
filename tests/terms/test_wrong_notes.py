"""What a note may not say, one row for each: the code, and words of the message and of its help.

Each error has its file in `tests/wrong/`; here are its other causes.
"""

from datetime import date, timedelta

import pytest

from tenor.engine.checking.check import check, checked
from tenor.engine.checking.findings import Findings, finding, without_echoes
from tenor.engine.exact.origins import Default
from tenor.engine.exact.spelling import spelt
from tenor.engine.meaning.shapes import Figure
from tenor.grammar.classes import evolve
from tenor.grammar.diagnostics import Diagnostic, NoteErrors
from tenor.grammar.parse import parse
from tenor.grammar.source import Source
from tenor.terms import TERMS

PRICE = "conversion {{ by: holder at any time  price: {} }}"
WATCHED = 'default "price" {{ when: {} }}'

BARE = """\
note "Bare" { issuer: "Example, Inc."  holder: "Example Fund LP"  calendar: NYSE }
issued: 2019-01-02
principal: USD 100,000.00
maturity: 2020-01-02
interest: 8
"""

WRONG = [
    # -- figures without a unit, or with the wrong one
    ("principal: 100", "E201", "`100` has no unit", "write `USD 100`"),
    (PRICE.format("5"), "E201", "`5` has no unit", "write `USD 5 per share`"),
    (PRICE.format("$5"), "E201", "`$5` is an amount, not a price", "write `$5 per share`"),
    (PRICE.format("5 shares"), "E202", "shares", "price"),
    (
        f"define P0: {'9' * 30}\n" + "\n".join(f"define P{n}: P{n - 1} * P{n - 1}" for n in range(1, 10)),
        "E501",
        "",
        "digits",
    ),
    (
        "interest: 8% per share",
        "E202",
        "`per share` does not go with a percentage",
        "write `8% per year` or `8% per month`",
    ),
    (WATCHED.format("closing bid below 5% for 10 trading days"), "E202", "", "per share"),
    # -- look-backs
    (PRICE.format("lowest closing bid over the 3 months before conversion"), "E202", "counted in days", "trading days"),
    (PRICE.format("lowest closing bid over the 0 trading days before conversion"), "E208", "at least one day", "1 tr"),
    (PRICE.format("lowest closing bid over the 5 trading days after conversion"), "E107", "", "`before conversion`"),
    (PRICE.format("lowest closing bid over the 5 trading days before 2019-02-30"), "E203", "2019-02-30", "2019-02-28"),
    # -- exceptions and conditions where there can be none
    (PRICE.format("otherwise - USD 1 per share"), "E113", "`otherwise`", ""),
    (
        'interest "x": 12% per year when in default',
        "E113",
        "this exception to `interest` has nothing",
        "without `when`",
    ),
    ('conversion { by: holder at any time  price "x" }', "E109", "`price` has no value", "`USD 0.05 per share`"),
    ('source "8-K": file when in default', "E113", "`source` takes no `when`", "take out `when …`"),
    ('source "8-K" { file: none when in default }', "E113", "`file` in `source` takes no `when`", "take out `when …`"),
    (
        'amendment "A" { effective: 2019-05-05 when in default  interest: 9% per year }',
        "E113",
        "`effective` in `amendment` takes no `when`",
        "take out `when …`",
    ),
    (
        'conversion { by: holder at any time  price: $5 per share  price "x": $4 per share when in default over "x" }',
        "E114",
        "cannot prevail over itself",
        'take out `over "x"`',
    ),
    (
        'conversion { by: holder at any time  price: $5 per share  price "x": $4 per share when in default over "y" '
        'price "y": $3 per share when event "e" over "x" }',
        "E114",
        "each prevail over the other",
        "take out one `over`",
    ),
    # -- clauses of the whole file
    ('invariant "i": owed at least USD 0.00 assumed "x"', "E112", "`assumed` does not belong here", "`cite`"),
    ("expect { owed: USD 5 }", "E108", "`expect` has no date", "expect on 2020-02-24"),
    ("expect on 2019-02-30 { owed: USD 5 }", "E203", "there is no day `2019-02-30`", "did you mean `2019-02-28`?"),
]


def found(asked, *clauses: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(NoteErrors) as raised:
        asked("2019-03-16", *clauses)
    return raised.value.diagnostics


@pytest.mark.parametrize(("clause", "code", "message", "help"), WRONG)
def test_what_a_clause_may_not_say(asked, clause: str, code: str, message: str, help: str) -> None:
    """One finding at the clause, in the reader's words, with what to write instead."""
    [problem] = found(asked, clause)
    assert problem.code == code
    assert message in problem.message
    assert help in problem.help
    assert problem.span is not None


def test_two_rates_of_default(asked) -> None:
    """Two events may bring one rate; of two rates nothing says which it is while both continue."""
    one, same, another = (
        f'default "{label}" {{ when: event "{label}"  rate: {rate}% per year }}'
        for label, rate in (("a", 18), ("b", 18), ("b", 24))
    )
    lines = ['2019-01-04 event "a"', '2019-01-04 event "b"']
    assert spelt(asked("2019-01-10", one, same, lines=lines)["interest_rate"].value) == "18% per year"
    assert [each.code for each in found(asked, one, another)] == ["E210", "E210"]


def test_two_rates_of_default_of_which_one_moves_with_a_market(asked) -> None:
    """Nobody can tell whether they agree, so that both are told."""
    price = "define Market Price: lowest closing bid over the 5 trading days before conversion"
    moving = 'default "a" { when: event "a"  rate: 10% per year * Market Price / USD 1 per share }'
    fixed = 'default "b" { when: event "b"  rate: 12% per year }'
    assert [each.code for each in found(asked, price, moving, fixed)] == ["E210", "E210"]


def test_a_default_that_rests_on_what_is_wrong_is_not_told_too(asked) -> None:
    """The dates of compounding rest on the start of interest, which is where the mistake is."""
    [problem] = found(asked, "interest: 8% per year { accrues_from: 5 days after accrual start }")
    assert problem.message == "`interest.accrues_from` is reckoned from itself"
    assert problem.span is not None


def test_a_default_that_alone_is_wrong_is_named() -> None:
    """No line of the note writes it, so that its name is said instead of a place."""
    problem = finding("E504", "it is too late", Default("interest.anchor", "the start of interest"), "write it")
    assert without_echoes(Findings([problem])) == [problem]
    assert (problem.span, problem.message) == (None, "it is too late (default interest.anchor)")


LIMITS = [
    ([f"clause_{n}: 5" for n in range(250)], "E101", "unknown clause"),
    ([f'invariant "{n}": owed at least USD 0.00' for n in range(1_000)], "E510", "1,000 invariants"),
    (
        [
            f'amendment "{day}" {{ effective: {date(2019, 1, 3) + timedelta(day)}  interest: 9% per year }}'
            for day in range(1_000)
        ],
        "E503",
        "1000 amendments",
    ),
]


@pytest.mark.parametrize(("clauses", "code", "message"), LIMITS, ids=["clauses", "invariants", "amendments"])
def test_there_is_an_end_to_what_one_note_says(asked, clauses: list[str], code: str, message: str) -> None:
    """A note of thousands of such clauses was written by a machine, to keep another busy."""
    problem = next(each for each in found(asked, *clauses) if each.code == code)
    assert message in problem.message


def test_a_rate_may_be_stated_by_the_month(asked) -> None:
    """2 % a month is 24 % a year: USD 24,000.00 × 73 / 365 = USD 4,800.00 on USD 100,000.00."""
    said = asked("2019-03-16", "interest: 2% per month { day_count: actual/365 }")
    assert said["accrued_interest"].value.value == 4_800


def test_definitions_that_lie_deep_in_one_another_are_a_finding(asked) -> None:
    """However few figures each has."""
    names = [f"Price {chr(65 + place // 26)}{chr(65 + place % 26)}" for place in range(300)]
    chain = [
        f"define {name}: lesser of {below} and USD 1 per share" for name, below in zip(names[1:], names, strict=False)
    ]
    problems = found(asked, f"define {names[0]}: USD 2 per share", *chain, PRICE.format(names[-1]))
    assert {each.code for each in problems} == {"E507"}


def test_definitions_that_lie_deeper_than_can_be_read_are_a_finding(asked) -> None:
    """Each rests on the next one written; the first says it for all."""
    chain = [f"define P{n}: P{n - 1}" for n in range(2_000, 0, -1)]
    [problem] = found(asked, *chain, "define P0: 1")
    assert (problem.code, problem.message) == (
        "E507",
        "`P2000` rests on definitions that lie too deep in one another",
    )


def test_whoever_meets_hundreds_of_findings_has_the_wrong_file(asked) -> None:
    """200 are told and one more, of a note and of a ledger alike."""
    assert len(found(asked, *[f"clause_{n}: 5" for n in range(250)])) == 201
    with pytest.raises(NoteErrors) as raised:
        asked("2019-03-16", lines=["2019-02-30 pay USD 5.00"] * 250)
    assert len(raised.value.diagnostics) == 201


def test_a_bare_number_is_no_figure_of_any_kind() -> None:
    """Also in a field of terms yet to be written; each kind of figure has its own example."""
    interest = next(each for each in TERMS if each.keyword == "interest")
    for dimension, help in (("ratio", "write `8%`"), ("money", "write `USD 8`"), ("shares", "shares`")):
        other = evolve(interest, value=evolve(interest.value, shape=Figure(dimension)))
        terms = tuple(other if each is interest else each for each in TERMS)
        _, [problem] = check(parse(Source("note.terms", BARE)), terms)
        assert (problem.code, problem.message) == ("E201", "`8` has no unit")
        assert help in problem.help


def test_a_field_of_money_holds_an_amount() -> None:
    """And a percentage is none."""
    interest = next(each for each in TERMS if each.keyword == "interest")
    other = evolve(interest, value=evolve(interest.value, shape=Figure("money")))
    terms = tuple(other if each is interest else each for each in TERMS)
    _, [problem] = check(parse(Source("note.terms", BARE.replace("8", "8%"))), terms)
    assert (problem.code, problem.message) == (
        "E202",
        "`8%` is a percentage or plain number, where an amount in USD is wanted",
    )


def test_a_file_without_clauses_is_no_note() -> None:
    """Each clause that it needs is a finding of its own."""
    with pytest.raises(NoteErrors) as raised:
        checked(parse(Source("note.terms", "")), TERMS)
    assert {each.code for each in raised.value.diagnostics} == {"E102"}
