"""Events of default of which an amendment writes the condition anew: what happened before it, and what was waived.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to 2020-01-02 (conftest.py).
"""

from datetime import date

import pytest
from standing import standing

from tenor.engine.running.statement import Statement
from tenor.engine.time.calendars import NYSE

EVENT = 'default "trouble" { when: payment is late }'
FROM_JUNE = 'amendment "First" { effective: 2019-06-03  default "trouble" { when: bankruptcy } }'


def told(stated: Statement) -> str:
    """Where the only event stands."""
    assert len(stated["defaults"].rows) == 1
    return " since ".join(standing(stated))


@pytest.mark.parametrize(
    ("lines", "standings"),
    [
        # it is an event from the amendment on, dated as it happened
        ([], {"2019-06-02": "not tripped since never", "2019-06-03": "default continuing since 2019-03-04"}),
        # of what has not begun a waiver says nothing
        (['2019-04-01 waived "trouble"'], {"2019-06-03": "default continuing since 2019-03-04"}),
    ],
)
def test_what_happened_before_an_amendment_counts(asked, lines: list[str], standings: dict[str, str]) -> None:
    for day, expected in standings.items():
        assert told(asked(day, EVENT, FROM_JUNE, lines=["2019-03-04 bankruptcy", *lines])) == expected


INSOLVENT = 'default "trouble" { when: insolvency }'


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ([], "waived since 2019-02-01"),
        (["2019-05-01 bankruptcy"], "default continuing since 2019-05-01"),
    ],
)
def test_an_amendment_brings_back_nothing_from_before_a_waiver(asked, later: list[str], expected: str) -> None:
    """The waiver ended the event; what befell the issuer before it makes no default of the amended one."""
    lines = ["2019-02-01 insolvency", "2019-03-04 bankruptcy", '2019-04-01 waived "trouble"', *later]
    assert told(asked("2019-06-03", INSOLVENT, FROM_JUNE, lines=lines)) == expected


@pytest.mark.parametrize(
    ("low_again", "expected"),
    [
        ((), "waived since 2019-01-09"),
        (("01-22", "01-23"), "default continuing since 2019-01-23"),
    ],
)
def test_a_waived_price_is_watched_anew_at_another_level(asked, low_again: tuple[str, ...], expected: str) -> None:
    """Low on 8 and 9 January, and waived; the amendment of February lowers the level, and not below those bids."""
    days = NYSE.sessions_between(date(2018, 12, 17), date(2019, 3, 1))
    low = ("01-08", "01-09", *low_again)
    lines = [f"{day} closing bid USD {0.004 if str(day)[5:] in low else 0.02} per share" for day in days]
    event = 'default "trouble" { when: closing bid below USD 0.01 per share for 2 trading days }'
    lower = "closing bid below USD 0.005 per share for 2 trading days"
    amendment = f'amendment "First" {{ effective: 2019-02-01  default "trouble" {{ when: {lower} }} }}'
    stated = asked("2019-02-08", event, amendment, lines=[*lines, '2019-01-14 waived "trouble"'])
    assert told(stated) == expected


def test_a_waived_price_is_watched_anew_for_another_time(asked) -> None:
    """Low from 8 to 10 January, and waived: three days in a row that the amendment makes an event are from before."""
    days = NYSE.sessions_between(date(2018, 12, 17), date(2019, 3, 1))
    low = ("2019-01-08", "2019-01-09", "2019-01-10")
    lines = [f"{day} closing bid USD {0.004 if str(day) in low else 0.02} per share" for day in days]
    event = 'default "trouble" { when: closing bid below USD 0.01 per share for 2 trading days }'
    longer = event.replace("for 2", "for 3")
    amendment = f'amendment "First" {{ effective: 2019-02-01  {longer} }}'
    assert told(asked("2019-02-08", event, amendment, lines=lines)) == "default continuing since 2019-01-09"
    stated = asked("2019-02-08", event, amendment, lines=[*lines, '2019-01-14 waived "trouble"'])
    assert told(stated) == "waived since 2019-01-09"
