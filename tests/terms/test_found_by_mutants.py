"""What no test had asked until a mutant lived: each of these kills one, or holds what was wrong beside it.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to 2020-01-02 (conftest.py). The calendar of New York is known
through 2027-12-31.
"""

from fractions import Fraction

import pytest
from standing import standing

from tenor.engine.exact.origins import Clause, Default, Origin
from tenor.engine.exact.spelling import spelt
from tenor.engine.exact.trace import origins, walk
from tenor.engine.exact.values import Unknown
from tenor.engine.running.statement import Statement, quantities_of

WATCHED = 'default "price" { when: closing bid below USD 0.01 per share for 3 trading days }'
LOW = [f"{day} closing bid USD 0.009 per share" for day in ("2019-01-02", "2019-01-03", "2019-01-04")]
PAST = "the calendar `NYSE` for 2028-01-01"

# ---- past the end of the calendar --------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2019-01-04", "2027-12-31", "2028-01-01", "2028-03-01"])
def test_a_default_stands_past_the_end_of_the_calendar(asked, day: str) -> None:
    """Three bids below a cent end on 2019-01-04, and that stays so however late one asks."""
    assert standing(asked(day, WATCHED, lines=LOW)) == ["default continuing", "2019-01-04"]


def test_a_day_that_no_calendar_dates_is_told(asked) -> None:
    """Five business days after Thursday, 30 December 2027, end in a year that nobody knows; it comes last."""
    default = 'default "payment" { when: payment is late by 5 business days }'
    told = asked("2027-06-01", "maturity: 2027-12-30", default)["next_dates"]
    assert [(words, spelt(row["date"])) for words, row in told.rows] == [
        ("maturity", "2027-12-30"),
        ("payment date", "2027-12-30"),
        ("last day before default `payment`", f"unknown: needs {PAST}"),
    ]


@pytest.mark.parametrize("time", ["grace: 10 business days", "cure: 10 business days after notice"])
def test_grace_past_the_end_of_the_calendar(asked, time: str) -> None:
    """Ten business days from 28 December 2027 on end in a year that nobody knows: so is whether they are over."""
    clauses = (
        "maturity: 2028-06-30 { business_day: unadjusted }",
        f'default "report" {{ when: event "late report"  {time}  then: acceleration }}',
    )
    lines = ['2027-12-28 event "late report"', '2027-12-28 notice "report"']
    assert spelt(asked("2027-12-27", *clauses, lines=lines)["status"].value) == "outstanding"
    stated = asked("2028-02-01", *clauses, lines=lines)
    assert stated["status"].value.value == Unknown((PAST,))
    assert stated["principal"].value.value == 100_000


def test_watching_past_the_end_of_the_calendar(asked) -> None:
    """Four bids at two cents trip nothing; from 2028-01-01 on nobody knows which days have a session."""
    late = ["issued: 2027-12-28", "maturity: 2028-12-28", WATCHED]
    lines = [f"2027-12-{day} closing bid USD 0.02 per share" for day in (28, 29, 30, 31)]
    assert standing(asked("2027-12-31", *late, lines=lines)) == ["not tripped", "never"]
    for day in ("2028-01-01", "2028-03-01"):
        assert asked(day, *late, lines=lines)["defaults"].value.value == Unknown((PAST,))


def test_watching_from_past_the_end_of_the_calendar(asked) -> None:
    """A note of 2028 watches sessions that the calendar does not know from its first day on."""
    late = ["issued: 2028-03-01", "maturity: 2029-03-01", WATCHED]
    for day in ("2028-03-01", "2028-03-02"):
        assert asked(day, *late)["defaults"].value.value == Unknown(("the calendar `NYSE` for 2028-03-01",))


def test_a_window_past_the_end_of_the_calendar(asked) -> None:
    """Which five sessions come before 2028-03-01 nobody knows; before 2028-01-01 they are known, and their bids not."""
    price = "conversion { by: holder at any time  price: lowest closing bid over the 5 trading days before conversion }"
    waits = asked("2028-03-01", price, "maturity: 2029-01-02")["conversion_price"].value.value
    assert waits == Unknown(("the calendar `NYSE` for 2028-03-01",))
    waits = asked("2028-01-01", price, "maturity: 2029-01-02")["conversion_price"].value.value
    assert waits == Unknown(tuple(f"closing bid for 2027-12-{day}" for day in (27, 28, 29, 30, 31)))


def test_a_quote_past_the_end_of_the_calendar(asked) -> None:
    """Whether 2028-03-01 has a session is not known: its quote is missing, rather than refused."""
    clauses = ("conversion { by: holder at any time  price: USD 0.01 per share }", "maturity: 2029-01-02")
    waits = asked("2028-03-01", *clauses)["market_value"].value.value
    assert waits == Unknown(("closing bid for 2028-03-01",))


def test_bids_at_the_price_watched_for_hide_no_missing_one(asked) -> None:
    """Bids of just a cent are not below it; whether those of 7, 8 and 9 January were is not known."""
    lines = [line.replace("0.009", "0.01") for line in LOW]
    assert standing(asked("2019-01-08", WATCHED, lines=lines)) == ["not tripped", "never"]
    missing = tuple(f"closing bid for 2019-01-0{day}" for day in (7, 8, 9))
    assert asked("2019-01-09", WATCHED, lines=lines)["defaults"].value.value == Unknown(missing)


def test_watching_today_past_the_end_of_the_calendar(asked) -> None:
    """Which were the last three sessions before 2028-03-01 nobody knows, and so not whether the exception holds."""
    conversion = """conversion {
  by: holder at any time
  by "low": nobody when closing bid below USD 0.01 per share for 3 trading days
  price: USD 0.01 per share
}"""
    waits = asked("2028-03-01", conversion, "maturity: 2029-01-02")["allowed_shares"].value.value
    assert waits == Unknown(("the calendar `NYSE` for 2028-03-01",))


# ---- defaults ----------------------------------------------------------------------------------------------------


def test_a_run_that_ends_on_the_day_of_its_waiver_is_waived(asked) -> None:
    """What had begun by the day it was waived counts no more, so that no notice is awaited for it."""
    curable = WATCHED.replace(" }", "  cure: 10 days after notice }")
    assert standing(asked("2019-01-07", curable, lines=LOW)) == ["notice awaited", "never"]
    assert standing(asked("2019-01-07", curable, lines=[*LOW, '2019-01-04 waived "price"'])) == ["not tripped", "never"]


def test_a_notice_on_the_day_of_the_default_accelerates(asked) -> None:
    """On 2019-01-04 the event has happened by the close, and the notice of that day is of it; one of the 3rd is not."""
    noticed = WATCHED.replace(" }", "  then: acceleration on notice }")
    assert standing(asked("2019-01-04", noticed, lines=[*LOW, "2019-01-04 acceleration"]))[0] == "accelerated"
    assert standing(asked("2019-01-04", noticed, lines=[*LOW, "2019-01-03 acceleration"]))[0] == "default continuing"


def test_an_event_that_has_not_happened_is_cited_all_the_same(asked) -> None:
    """That nothing is in default rests on each written event, by its name."""
    status = asked("2019-01-03", WATCHED, lines=LOW)["status"].value
    assert "default price" in clauses_of(origins(status))
    assert "`price` continuing" in [each.label for each in walk((status,))]


def test_what_trips_and_is_paid_and_waived_on_one_day_was_waived(asked) -> None:
    """Late from the morning of 2020-01-03, the default had begun when it was waived, though all was paid before."""
    lines = ["2020-01-03 pay USD 110,000.00", '2020-01-03 waived "payment"']
    stated = asked("2020-01-03", 'default "payment" { when: payment is late }', lines=lines)
    assert standing(stated) == ["waived", "2020-01-03"]


def test_the_last_day_before_a_default_cites_the_event(asked) -> None:
    """What comes next rests on the written event that brings it."""
    coming = asked("2019-03-16", 'default "payment" { when: payment is late }')["next_dates"]
    assert "default payment" in clauses_of(origins(*quantities_of(coming)))


# ---- payments and conversions ------------------------------------------------------------------------------------


def test_a_payment_of_interest_alone_leaves_the_stretch_whole(asked) -> None:
    """From 30 April to 31 July is 90 days by 30/360 US, and 91 only if broken off at 10 June: USD 2,500 less 500."""
    clauses = ("issued: 2019-04-30", "maturity: 2020-04-30", "interest: 10% per year { day_count: 30/360 US }")
    stated = asked("2019-07-31", *clauses, lines=["2019-06-10 pay USD 500.00"])
    assert figures(stated, "principal", "accrued_interest") == [100_000, 2_000]


@pytest.mark.parametrize(
    ("principal", "paid", "status"),
    [
        ("USD 100,000.04", "USD 110,000.04", "outstanding"),  # due 110,000.044: 0.4 of a cent is left, and is nothing
        ("USD 100,000.06", "USD 110,000.06", "past due"),  # due 110,000.066: 0.6 of a cent is left
    ],
)
def test_less_than_half_a_cent_is_not_due(asked, principal: str, paid: str, status: str) -> None:
    """A payment some days late goes off what fell due; interest since is owed, and not yet due."""
    stated = asked("2020-01-06", f"principal: {principal}", lines=[f"2020-01-05 pay {paid}"])
    assert stated["status"].value.value == status


def test_a_conversion_shows_what_it_was_of(asked) -> None:
    """USD 1,000.00 at 3 cents: 33,333 whole shares, and the limit is the whole balance, 102,000 / 0.03."""
    conversion = "conversion { by: holder at any time  price: USD 0.03 per share }"
    shown = asked("2019-03-16", conversion, lines=["2019-03-16 convert USD 1,000.00"]).history[-1].change.shown
    assert {name: spelt(figure) for name, figure in shown.items()} == {
        "asked": "USD 1,000.00",
        "price": "USD 0.03 per share",
        "shares": "33,333 shares",
        "retired": "USD 1,000.00",
        "allowed_shares": "3,400,000 shares",
        "binding_limit": "the whole balance",
    }


def test_the_room_under_the_cap_cites_it(asked) -> None:
    """The limit is called by its name wherever it is shown, and rests on the clause that sets it and on whose count."""
    clauses = (
        "conversion { by: holder at any time  price: USD 0.03 per share }",
        "ownership_cap: 9.99% of outstanding shares after conversion { counts: holder and exercisable rights }",
    )
    counts = ("outstanding 10,000,000", "held 0", "exercisable 0")
    allowed = asked("2019-03-16", *clauses, lines=[f"2019-01-02 {each} shares" for each in counts])["allowed_shares"]
    (room,) = (each for each in walk((allowed.value,)) if each.label == "room under the ownership cap")
    assert "ownership_cap" in clauses_of(room.cites)
    assert {"ownership_cap.counts", "ownership_cap.at_the_cap"} <= clauses_of(origins(allowed.value))


# ---- events of default -------------------------------------------------------------------------------------------

REPORT = 'default "report" { when: event "late report"  cure: 10 days after notice  then: acceleration }'
NOTICED = '2019-03-01 notice "report"'


@pytest.mark.parametrize(("lines", "counts"), [([], False), (['2019-02-28 event "late report"'], True)])
def test_a_notice_says_whether_it_counts(asked, lines: list[str], counts: bool) -> None:
    """One of what has not happened does not."""
    (said,) = [each.change.shown for each in asked("2019-03-01", REPORT, lines=[*lines, NOTICED]).history[-1:]]
    assert {name: figure.value for name, figure in said.items()} == {"counts": counts}


def test_what_cannot_have_happened_is_no_default_though_half_of_it_is_unknown(asked) -> None:
    """The event has not; what the bids were, which nobody wrote, makes no difference."""
    both = REPORT.replace("when:", "when: closing bid below USD 0.01 per share for 3 trading days and")
    assert standing(asked("2019-06-03", both, lines=[NOTICED])) == ["not tripped", "never"]


def test_what_is_due_is_called_so_and_cites_the_maturity(asked) -> None:
    """100,000 and a year of interest at 10%."""
    due = asked("2020-01-02")["due_at_maturity"].value
    assert (due.value, due.label) == (110_000, "due")
    assert "maturity" in clauses_of(due.cites)


def test_what_happens_again_awaits_a_notice_of_its_own(asked) -> None:
    """The one of 1 March was of what was cured on the 5th."""
    report = 'event "late report"'
    lines = [f"2019-02-28 {report}", NOTICED, '2019-03-05 cured "report"', f"2019-04-01 {report}"]
    assert standing(asked("2019-05-01", REPORT, lines=lines))[0] == "notice awaited"


def test_a_notice_that_accelerated_does_so_once(asked) -> None:
    """Another maturity date undid it; the same event recorded again is no notice."""
    on_notice = 'default "report" { when: event "late report"  then: acceleration on notice }'
    extended = 'amendment "First" { effective: 2019-06-03  maturity: 2020-07-02 }'
    lines = ['2019-04-12 event "late report"', "2019-05-02 acceleration", '2019-07-01 event "late report"']
    statuses = {"2019-05-02": "accelerated", "2019-06-03": "in default", "2019-07-01": "in default"}
    for day, status in statuses.items():
        assert spelt(asked(day, on_notice, extended, lines=lines)["status"].value) == status


def test_grace_runs_from_the_first_time(asked) -> None:
    """Of an event of 1 March the fifth and last day of grace is the 6th, whatever the 4th brings."""
    default = 'default "report" { when: event "late report"  grace: 5 days }'
    lines = [f'2019-03-0{day} event "late report"' for day in (1, 4)]
    assert standing(asked("2019-03-07", default, lines=lines)) == ["default continuing", "2019-03-07"]


def test_the_next_compounding_is_told(asked) -> None:
    interest = "interest: 10% per year { method: compounded quarterly }"
    told = asked("2019-03-01", interest)["next_dates"].rows
    assert [(words, spelt(row["date"])) for words, row in told[:2]] == [
        ("interest is compounded", "2019-04-02"),
        ("interest is compounded", "2019-07-02"),
    ]


def test_a_second_notice_makes_no_more_due(asked) -> None:
    """Of the interest after maturity that of 18 days fell due with the first notice; the rest is owed, and not due."""
    default = 'default "ruin" { when: bankruptcy  then: acceleration on notice }'
    lines = ["2020-01-10 bankruptcy", "2020-01-20 acceleration", "2020-02-20 acceleration"]
    stated = asked("2020-03-01", default, lines=lines)
    assert stated["due_at_maturity"].value.value == 110_000 + 18 * Fraction(10_000, 365)


def test_a_maturity_that_is_payable_today_undoes_no_acceleration(asked) -> None:
    """It was due before, and still is; one of tomorrow undoes it."""
    default = 'default "ruin" { when: bankruptcy  then: acceleration }'
    for maturity, status in (("2019-06-28", "accelerated"), ("2019-07-01", "in default")):
        amendment = f'amendment "First" {{ effective: 2019-06-28  maturity: {maturity} }}'
        stated = asked("2019-06-28", default, amendment, lines=["2019-03-04 bankruptcy"])
        assert spelt(stated["status"].value) == status


def test_a_default_is_dated_by_its_name_and_accelerates_by_its_clause(asked) -> None:
    """Noticed on 1 March, it may be cured until the 11th."""
    stated = asked("2019-03-12", REPORT, lines=['2019-02-28 event "late report"', NOTICED])
    _, row = stated["defaults"].rows[0]
    assert (spelt(row["state"]), spelt(row["since"])) == ("accelerated", "2019-03-12")
    assert "`report` since" in {each.label for each in walk((row["since"],))}
    assert "default.then" in clauses_of(origins(row["state"]))


def clauses_of(cited: tuple[Origin, ...]) -> set[str]:
    """What is cited of the note, written or taken by default, by name."""
    return {origin.name for origin in cited if isinstance(origin, Clause | Default)}


def figures(stated: Statement, *names: str) -> list[object]:
    return [stated[name].value.value for name in names]
