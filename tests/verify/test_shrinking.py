"""What is left of a ledger is small, and still breaks what it broke."""

from datetime import date

from tenor.engine.time.calendars import NYSE
from tenor.terms.verify.drawing import Line
from tenor.terms.verify.shrinking import Shrinking

ISSUED = date(2019, 2, 22)


def smallest(lines, day, breaks):
    return Shrinking(tuple(lines), day, breaks, NYSE, ISSUED).smallest()


def texts(lines):
    return [line.words for line in lines]


def test_lines_that_do_not_count_are_dropped():
    """Of forty lines the one that breaks it is left."""
    lines = [Line(date(2019, 3, 1), f"pay USD {cents}.00") for cents in range(40)]
    left, _ = smallest(lines, date(2019, 3, 1), lambda lines, day: any("USD 23." in each for each in texts(lines)))
    assert texts(left) == ["pay USD 23.00"]


def test_two_lines_that_count_together_stay():
    """Halves that hold but one of the two do not break it."""
    lines = [Line(date(2019, 3, 1), f"sold {count} shares") for count in range(1, 31)]
    wanted = {"sold 3 shares", "sold 29 shares"}
    left, _ = smallest(lines, date(2019, 3, 1), lambda lines, day: wanted <= set(texts(lines)))
    assert set(texts(left)) == wanted


def test_figures_lose_their_digits():
    """The least power of ten that still breaks it: 10,000.00 is the first that is not below 5,000."""

    def breaks(lines, day):
        return any(float(each.words.split()[-1].replace(",", "")) >= 5_000 for each in lines)

    left, _ = smallest([Line(ISSUED, "convert USD 23,456.78")], ISSUED, breaks)
    assert texts(left) == ["convert USD 10,000.00"]


def test_quotes_become_one_price_of_one_digit():
    """Ten prices below a cent: each as low as a ledger writes it."""
    days = NYSE.sessions_before(ISSUED, 3)
    lines = [Line(day, f"closing bid USD 0.00{at} per share") for day, at in zip(days, (37, 52, 81), strict=True)]
    left, _ = smallest(lines, ISSUED, lambda lines, day: len(lines) == 3)
    assert texts(left) == ["closing bid USD 0.0001 per share"] * 3


def test_everything_moves_to_the_issue():
    """By sessions, so that a quote stays on one; what stands on the issue date stays there."""
    day = date(2019, 8, 26)
    lines = [Line(ISSUED, "held 0 shares"), Line(NYSE.sessions_before(day, 1)[0], "closing bid USD 1 per share")]
    left, last = smallest(lines, day, lambda lines, day: len(lines) == 2 and lines[0].day >= ISSUED)
    assert last == ISSUED
    assert sorted(each.day for each in left) == [NYSE.sessions_before(ISSUED, 1)[0], ISSUED]


def test_later_lines_are_no_part_of_a_break():
    """Unless they are what breaks it."""
    later = Line(date(2019, 5, 1), "bankruptcy")
    left, _ = smallest([Line(ISSUED, "held 0 shares"), later], ISSUED, lambda lines, day: True)
    assert left == ()
    left, _ = smallest([later], ISSUED, lambda lines, day: bool(lines))
    assert texts(left) == ["bankruptcy"]


def test_a_day_past_the_end_of_the_calendar_stays():
    """Its sessions cannot be counted, so that nothing is moved."""
    day = date(2040, 1, 3)
    left, last = smallest([Line(day, "bankruptcy")], day, lambda lines, day: bool(lines))
    assert (left, last) == ((Line(day, "bankruptcy"),), day)


def test_a_break_is_made_smaller_in_three_rounds():
    """In each, alike lines lose a figure's digit and then each line does: three rounds bring down six of nine."""
    line = Line(ISSUED, " ".join(["12"] * 9))
    left, _ = smallest([line], ISSUED, lambda lines, day: len(lines) == 1)
    assert texts(left)[0].split() == ["1"] * 6 + ["12"] * 3
