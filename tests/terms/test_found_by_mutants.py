"""What no test had asked until a mutant lived: each of these kills one, or holds what was wrong beside it.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to 2020-01-02 (conftest.py). The calendar of New York is known
through 2027-12-31.
"""

import pytest

from tenor.engine.exact.spelling import spelt
from tenor.engine.exact.values import Unknown
from tenor.engine.running.statement import Statement

WATCHED = 'default "price" { when: closing bid below USD 0.01 per share for 3 trading days }'
LOW = [f"{day} closing bid USD 0.009 per share" for day in ("2019-01-02", "2019-01-03", "2019-01-04")]
PAST = "the calendar `NYSE` for 2028-01-01"

# ---- past the end of the calendar --------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2019-01-04", "2027-12-31", "2028-01-01", "2028-03-01"])
def test_a_default_stands_past_the_end_of_the_calendar(asked, day: str) -> None:
    """Three bids below a cent end on 2019-01-04, and that stays so however late one asks."""
    assert standing(asked(day, WATCHED, lines=LOW)) == ["default continuing", "2019-01-04"]


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


def standing(stated: Statement) -> list[str]:
    """Where the first written event of default stands, and since when it is one."""
    _, row = stated["defaults"].rows[0]
    return [spelt(row["state"]), spelt(row["since"])]
