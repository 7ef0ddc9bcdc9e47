"""Reasons: each wording of a need, and of a refusal, has one short code."""

from datetime import date

import pytest

from tenor.engine.exact.reasons import kind_of_need, reason_code
from tenor.engine.exact.values import Reason, Refused, Unknown
from tenor.engine.time.calendars import NYSE, OutsideCalendar
from tenor.engine.world.facts import LEVELS, unknown_level
from tenor.engine.world.series import SERIES


@pytest.mark.parametrize("series", SERIES)
def test_quotes_are_one_kind_whatever_the_day(series: str):
    assert kind_of_need(f"{series} for 2019-08-12") == series


@pytest.mark.parametrize("level", LEVELS)
def test_levels_are_named_without_their_explanation(level: str):
    assert reason_code(unknown_level(level).value) == f"unknown: {level}"


def test_calendars_are_named_without_the_day():
    outside = OutsideCalendar("NYSE", date(2028, 1, 3), NYSE.first, NYSE.last)
    assert kind_of_need(outside.need) == "calendar NYSE"
    assert kind_of_need(str(outside)) == "calendar NYSE"


@pytest.mark.parametrize("need", ["a divisor that is not zero", "a window with a session in it", "a reason for that"])
def test_other_needs_stand_as_they_are_worded(need: str):
    assert kind_of_need(need) == need


def test_codes_are_sorted_and_each_once():
    """Ten missing bids are one reason; two refusals read the same in any order."""
    bids = tuple(f"closing bid for 2019-08-{day}" for day in range(12, 22))
    assert reason_code(Unknown((*bids, "a divisor that is not zero"))) == (
        "unknown: a divisor that is not zero, closing bid"
    )
    no_room, window = Reason("no-room", "no room"), Reason("window", "too early")
    assert reason_code(Refused((window, no_room, window))) == "refused: no-room, window"


@pytest.mark.parametrize("value", [0, False, "repaid", ("ownership cap",)])
def test_what_is_known_has_no_code(value: object):
    assert reason_code(value) == ""
