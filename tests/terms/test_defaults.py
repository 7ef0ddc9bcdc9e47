"""Events of default: when they trip, what mends them, and what they bring.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to Thursday 2020-01-02 (conftest.py): USD 110,000.00 is due.
"""

from fractions import Fraction

import pytest
from standing import standing

from tenor.engine.exact.spelling import spelt
from tenor.grammar.diagnostics import NoteErrors

DAILY = Fraction(10_000, 365)  # interest of a day at 10%

# ---- late payment ------------------------------------------------------------------------------------------------

LATE = (
    # The day after the due date, whatever the clause does not grant.
    ('default "payment" { when: payment is late }', "2020-01-02", "2020-01-03"),
    # Five days of grace are 3 to 7 January.
    ('default "payment" { when: payment is late  grace: 5 days }', "2020-01-07", "2020-01-08"),
    # Five business days are Friday 3, then 6 to 9 January.
    ('default "payment" { when: payment is late  grace: 5 business days }', "2020-01-09", "2020-01-10"),
    ('default "payment" { when: payment is late by 5 business days }', "2020-01-09", "2020-01-10"),
    # Both: 9 January, and two days more.
    ('default "payment" { when: payment is late by 5 business days  grace: 2 days }', "2020-01-11", "2020-01-12"),
    ('default "payment" { when: payment is late  grace: 1 month }', "2020-02-02", "2020-02-03"),
)


@pytest.mark.parametrize(("default", "last_day", "since"), LATE)
def test_late_payment(asked, default: str, last_day: str, since: str) -> None:
    """What is unpaid is late from the day after its date, and a default from the day after the last day of grace."""
    before, after = asked(last_day, default), asked(since, default)
    assert spelt(before["status"].value) != "in default"
    assert spelt(after["status"].value) == "in default"
    assert ["default continuing", since] == standing(after)


def test_grace_is_said_while_it_runs(asked) -> None:
    """Between the due date and the last day of grace the event is neither tripped nor untouched."""
    default = 'default "payment" { when: payment is late  grace: 5 days }'
    assert standing(asked("2020-01-02", default)) == ["not tripped", "never"]
    assert standing(asked("2020-01-03", default)) == ["grace running", "never"]
    assert spelt(asked("2020-01-03", default)["status"].value) == "past due"


@pytest.mark.parametrize("default", [default for default, _, _ in LATE])
def test_paid_on_the_last_day_of_grace(asked, default: str) -> None:
    """A payment of what fell due, on the last day, cures: the test of a day comes after its payments."""
    (last_day,) = (last for each, last, _ in LATE if each == default)
    stated = asked("2020-06-30", default, lines=[f"{last_day} pay USD 110,000.00"])
    assert standing(stated)[0] == "not tripped"


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        (["2020-01-07 pay USD 109,999.99"], "default continuing"),  # a cent short
        (["2020-01-08 pay USD 110,000.00"], "default continuing"),  # a day late
        (["2020-01-06 pay USD 60,000.00", "2020-01-07 pay USD 50,000.00"], "not tripped"),  # in two payments
        (["2020-01-02 pay USD 110,000.00"], "not tripped"),
        (["2019-07-01 pay USD 115,000.00"], "not tripped"),  # all of it, long before
    ],
)
def test_payment_and_grace(asked, lines: list[str], state: str) -> None:
    """The whole of what fell due is to be paid by the last of five days of grace."""
    stated = asked("2020-02-03", 'default "payment" { when: payment is late  grace: 5 days }', lines=lines)
    assert state == standing(stated)[0]


def test_due_date_on_a_saturday_is_late_from_tuesday(asked) -> None:
    """Maturity on Saturday 2020-01-04 is paid on Monday 2020-01-06, and late from the day after."""
    clauses = ("maturity: 2020-01-04", 'default "payment" { when: payment is late }')
    assert spelt(asked("2020-01-06", *clauses)["status"].value) == "due"
    assert standing(asked("2020-01-07", *clauses)) == ["default continuing", "2020-01-07"]


# ---- outside events ----------------------------------------------------------------------------------------------

INSOLVENCY = 'default "insolvency" { when: bankruptcy or insolvency }'
FILED = ["2019-06-03 bankruptcy known 2019-06-10"]


@pytest.mark.parametrize(
    ("day", "known", "status"),
    [
        ("2019-06-02", None, "outstanding"),
        ("2019-06-03", None, "in default"),  # all facts dated by then count
        ("2019-06-05", "2019-06-05", "outstanding"),  # not yet known
        ("2019-06-05", "2019-06-10", "in default"),  # known later, and true on the day
        ("2019-06-10", "2019-06-10", "in default"),
    ],
)
def test_bankruptcy_and_what_was_known(asked, day: str, known: str | None, status: str) -> None:
    """A bankruptcy is a default from its own date, for those who knew of it."""
    assert status == spelt(asked(day, INSOLVENCY, lines=FILED, known=known)["status"].value)


def test_bankruptcy_learned_late_defaults_from_its_date(asked) -> None:
    """Knowledge decides whether it counts, not since when."""
    assert standing(asked("2019-06-20", INSOLVENCY, lines=FILED)) == ["default continuing", "2019-06-03"]


def test_first_of_two_events_stands(asked) -> None:
    """`bankruptcy or insolvency` holds from the earlier of the two, however they are written."""
    lines = ["2019-07-01 insolvency", "2019-06-03 bankruptcy"]
    assert standing(asked("2019-08-01", INSOLVENCY, lines=lines)) == ["default continuing", "2019-06-03"]


def test_both_of_two_events(asked) -> None:
    """`and` holds from the later of the two."""
    default = 'default "chill" { when: event "DTC chill" and event "delisting" }'
    lines = ['2019-06-03 event "DTC chill"', '2019-07-01 event "delisting"']
    assert standing(asked("2019-06-30", default, lines=lines)) == ["not tripped", "never"]
    assert standing(asked("2019-07-01", default, lines=lines)) == ["default continuing", "2019-07-01"]


# ---- prices ------------------------------------------------------------------------------------------------------

PENNY = 'default "price" { when: closing bid below USD 0.01 per share for 10 trading days }'
# The second session is the first below: the tenth in a row is Wednesday 2019-01-16.
SESSIONS = ("02", "03", "04", "07", "08", "09", "10", "11", "14", "15", "16", "17")


def january(**others: str) -> list[str]:
    """Closing bids of January 2019: 0.02 on the first session, 0.009 on the others; `d08="0.01"` for another."""
    bids = dict.fromkeys(SESSIONS, "0.009") | {"02": "0.02"} | {name[1:]: bid for name, bid in others.items()}
    return [f"2019-01-{day} closing bid USD {bid} per share" for day, bid in bids.items() if bid]


def test_price_below_for_ten_days(asked) -> None:
    """The tenth session in a row below a cent is the date of default."""
    assert standing(asked("2019-01-15", PENNY, lines=january())) == ["not tripped", "never"]
    assert standing(asked("2019-01-16", PENNY, lines=january())) == ["default continuing", "2019-01-16"]


def test_price_at_the_level_is_not_below_it(asked) -> None:
    """A bid of just a cent on the eighth starts the count anew."""
    stated = asked("2019-01-17", PENNY, lines=january(d08="0.01"))
    assert standing(stated) == ["not tripped", "never"]


def test_price_missing_inside_the_run_is_named(asked) -> None:
    """Whether ten in a row were below hangs on the bid that is not there; what is owed does not."""
    stated = asked("2019-01-16", PENNY, lines=january(d08=""))
    assert stated.needs["status"] == ("closing bid for 2019-01-08",)
    assert stated["owed"].value.value == 100_000 + 14 * DAILY


def test_price_missing_where_it_cannot_matter(asked) -> None:
    """With a bid above the level between, no run of ten can have been complete, whatever the missing bid was."""
    stated = asked("2019-01-16", PENNY, lines=january(d08="", d10="0.02"))
    assert spelt(stated["status"].value) == "outstanding"


# ---- consequences ------------------------------------------------------------------------------------------------

REPORTING = 'default "reporting" {{ when: event "late report"  {more} }}'
ON_THE_100TH_DAY = '2019-04-12 event "late report"'  # 31 + 28 + 31 + 10 = 100 days after 2 January
DAY_200 = "2019-07-21"


def test_default_rate(asked) -> None:
    """100 days at 10%, then 100 days at 20%, on the principal."""
    stated = asked(DAY_200, REPORTING.format(more="rate: 20% per year"), lines=[ON_THE_100TH_DAY])
    assert stated["accrued_interest"].value.value == 100 * DAILY + 100 * 2 * DAILY
    assert spelt(stated["interest_rate"].value) == "20% per year"


def test_consequence_that_is_not_written_does_not_exist(asked) -> None:
    """A default without a rate or acceleration changes nothing that is owed."""
    stated = asked(DAY_200, REPORTING.format(more=""), lines=[ON_THE_100TH_DAY])
    assert spelt(stated["status"].value) == "in default"
    assert stated["accrued_interest"].value.value == 200 * DAILY


@pytest.mark.parametrize("how", ["waived", "cured"])
def test_mended_default_ends_its_rate(asked, how: str) -> None:
    """Ten days at 20%, then 10% again from the day of the waiver or cure."""
    lines = [ON_THE_100TH_DAY, f'2019-04-22 {how} "reporting"']
    stated = asked(DAY_200, REPORTING.format(more="rate: 20% per year"), lines=lines)
    assert stated["accrued_interest"].value.value == (100 + 2 * 10 + 90) * DAILY
    assert [how, "2019-04-12"] == standing(stated)
    assert spelt(stated["status"].value) == "outstanding"


def test_cured_within_its_grace(asked) -> None:
    """What is cured on the tenth of ten days never became a default."""
    default = REPORTING.format(more="grace: 10 days  rate: 20% per year")
    cured = asked(DAY_200, default, lines=[ON_THE_100TH_DAY, '2019-04-22 cured "reporting"'])
    assert cured["accrued_interest"].value.value == 200 * DAILY
    assert spelt(cured["status"].value) == "outstanding"
    # Grace ends with the 22nd, so that the default is of the 23rd; cured on the 24th it cost one day at 20%.
    late = asked(DAY_200, default, lines=[ON_THE_100TH_DAY, '2019-04-24 cured "reporting"'])
    assert late["accrued_interest"].value.value == (200 + 1) * DAILY


def test_acceleration(asked) -> None:
    """At once: everything owed falls due on the day of default."""
    stated = asked("2019-04-12", REPORTING.format(more="then: acceleration"), lines=[ON_THE_100TH_DAY])
    assert spelt(stated["status"].value) == "accelerated"
    assert standing(stated) == ["accelerated", "2019-04-12"]
    assert stated["owed"].value.value == 100_000 + 100 * DAILY


def test_acceleration_and_default_rate(asked) -> None:
    """The default rate runs on from the acceleration."""
    more = "then: acceleration  rate: 20% per year"
    stated = asked(DAY_200, REPORTING.format(more=more), lines=[ON_THE_100TH_DAY])
    assert stated["owed"].value.value == 100_000 + 300 * DAILY


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([], "in default"),
        (["2019-05-02 acceleration"], "accelerated"),
        (['2019-04-20 waived "reporting"', "2019-05-02 acceleration"], "outstanding"),  # nothing left to notify
    ],
)
def test_acceleration_on_notice(asked, lines: list[str], status: str) -> None:
    """Without the holder's notice there is none, and a notice accelerates a default that continues."""
    default = REPORTING.format(more="then: acceleration on notice")
    assert spelt(asked("2019-04-19", default, lines=[ON_THE_100TH_DAY, *lines])["status"].value) == "in default"
    assert status == spelt(asked("2019-05-02", default, lines=[ON_THE_100TH_DAY, *lines])["status"].value)


def test_accelerated_note_is_repaid(asked) -> None:
    """A payment of what was accelerated, to the cent, leaves nothing."""
    # 100,000 + 100 x 10,000 / 365 = 102,739.726
    lines = [ON_THE_100TH_DAY, "2019-04-12 pay USD 102,739.73"]
    stated = asked(DAY_200, REPORTING.format(more="then: acceleration"), lines=lines)
    assert Fraction(0) == stated["owed"].value.value


def test_less_than_half_a_cent_falls_not_due(asked) -> None:
    """On 2020-01-01 109,972.60273… is owed; 36,657,534 shares at 0.003 leave 0.0007 of it, which nobody can pay."""
    clauses = (
        "conversion { by: holder at any time  price: USD 0.003 per share }",
        'default "payment" { when: payment is late  then: acceleration }',
        'default "report" { when: event "late report"  then: acceleration }',
    )
    lines = ["2020-01-01 convert 36,657,534 shares", '2020-02-03 event "late report"']
    for day, status in (("2020-01-02", "outstanding"), ("2020-01-03", "outstanding"), ("2020-02-10", "accelerated")):
        stated = asked(day, *clauses, lines=lines)
        assert spelt(stated["status"].value) == status
        assert stated["due_at_maturity"].value.value == 0
        assert 0 < stated["owed"].value.value < Fraction(1, 200)
        assert standing(stated) == ["not tripped", "never"]


# ---- the list ----------------------------------------------------------------------------------------------------

TWO = ('default "payment" { when: payment is late }', INSOLVENCY)


def test_nothing_tripped_on_a_list_that_is_not_exhaustive(asked) -> None:
    """Nothing that is written has tripped: that is all that can be said."""
    assert (
        spelt(asked("2019-06-03", *TWO, "defaults: among others")["defaults"].value) == "none of the 2 written events"
    )


def test_default_needs_a_date(asked) -> None:
    """A condition that has no first day cannot be an event of default."""
    with pytest.raises(NoteErrors) as raised:
        asked("2019-06-03", 'default "size" { when: principal above USD 50,000.00 }')
    assert [each.code for each in raised.value.diagnostics] == ["E211"]


# ---- cure after notice -------------------------------------------------------------------------------------------

CURABLE = 'default "report" { when: event "late report"  cure: 10 days after notice }'
LATE_REPORT = '2019-04-01 event "late report"'
NOTICE = '2019-05-06 notice "report"'  # the tenth day after it is 16 May


@pytest.mark.parametrize(
    ("day", "lines", "state"),
    [
        ("2019-06-30", [LATE_REPORT], "notice awaited"),
        ("2019-05-06", [LATE_REPORT, NOTICE], "cure running"),
        ("2019-05-16", [LATE_REPORT, NOTICE], "cure running"),
        ("2019-05-17", [LATE_REPORT, NOTICE], "default continuing"),
        ("2019-05-17", [LATE_REPORT, NOTICE, '2019-05-16 cured "report"'], "not tripped"),
        ("2019-05-18", [LATE_REPORT, NOTICE, '2019-05-17 cured "report"'], "cured"),
        ("2019-05-17", ['2019-03-01 notice "report"', LATE_REPORT], "notice awaited"),  # of what had not happened
        ("2019-05-17", ['2019-03-01 notice "report"', LATE_REPORT, NOTICE], "default continuing"),
    ],
)
def test_cure_runs_from_the_notice(asked, day: str, lines: list[str], state: str) -> None:
    """An event becomes a default when the days after the holder's notice of it have gone by without a cure."""
    ((_, row),) = asked(day, CURABLE, lines=lines)["defaults"].rows
    assert state == spelt(row["state"])


def test_late_payment_is_cured_by_paying_within_the_notice(asked) -> None:
    """Due on 2020-01-02, noticed on the 3rd: a payment on the 13th is the last that mends it."""
    default = 'default "payment" { when: payment is late  cure: 10 days after notice }'
    noticed = '2020-01-03 notice "payment"'
    late = asked("2020-01-14", default, lines=[noticed])["defaults"]
    assert spelt(late.rows[0][1]["since"]) == "2020-01-14"
    owed = "2020-01-13 pay USD 110,301.37"  # 110,000 and 11 days at 10% of 100,000: 301.37
    assert spelt(asked("2020-01-14", default, lines=[noticed, owed])["status"].value) == "repaid"
