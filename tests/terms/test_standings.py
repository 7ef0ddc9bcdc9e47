"""Where an event of default stands, and since when; labels that look alike; notices of what is over.

The plain note is USD 100,000.00 at 10% from 2019-01-02 to Thursday 2020-01-02 (conftest.py).
"""

import pytest

from tenor.engine.exact.spelling import spelt
from tenor.engine.running.statement import Statement

CHILL = 'default "chill" { when: event "DTC chill"  grace: 3 days  rate: 18% per year }'
TWICE = ['2019-08-01 event "DTC chill"', '2019-08-20 waived "chill"', '2019-09-10 event "DTC chill"']


def rows(stated: Statement) -> dict[str, list[str]]:
    """Each event: where it stands, since when, and since when it is a default or last was one."""
    figures = stated["defaults"].rows
    return {label: [spelt(row[name]) for name in ("state", "since", "default_since")] for label, row in figures}


@pytest.mark.parametrize(
    ("day", "state", "since", "default_since"),
    [
        ("2019-07-31", "not tripped", "never", "never"),
        # The days of grace are 2 to 4 August, so that it is a default from the 5th.
        ("2019-08-04", "grace running", "2019-08-01", "never"),
        ("2019-08-05", "default continuing", "2019-08-05", "2019-08-05"),
        ("2019-08-25", "waived", "2019-08-20", "2019-08-05"),
        ("2019-09-11", "grace running", "2019-09-10", "2019-08-05"),
        ("2019-09-14", "default continuing", "2019-09-14", "2019-09-14"),
    ],
)
def test_each_standing_has_its_own_date(asked, day: str, state: str, since: str, default_since: str) -> None:
    assert rows(asked(day, CHILL, lines=TWICE)) == {"chill": [state, since, default_since]}


@pytest.mark.parametrize(
    ("day", "state", "since"),
    [
        ("2019-08-05", "notice awaited", "2019-08-05"),
        ("2019-08-07", "cure running", "2019-08-06"),
        ("2019-08-16", "cure running", "2019-08-06"),  # the tenth day after the notice
        ("2019-08-17", "default continuing", "2019-08-17"),
    ],
)
def test_a_cure_stands_since_its_notice(asked, day: str, state: str, since: str) -> None:
    clause = CHILL.replace("rate:", "cure: 10 days after notice  rate:")
    lines = ['2019-08-01 event "DTC chill"', '2019-08-06 notice "chill"']
    assert rows(asked(day, clause, lines=lines))["chill"][:2] == [state, since]


def test_an_acceleration_stands_since_its_notice_and_is_not_dated_anew(asked) -> None:
    """What was accelerated and not undone stays accelerated from its first day, also where the event comes back."""
    clause = CHILL.replace("rate: 18% per year", "then: acceleration on notice")
    lines = [*TWICE, "2019-08-10 acceleration", "2019-09-20 acceleration"]
    for day, default_since in (("2019-08-10", "2019-08-05"), ("2019-09-30", "2019-09-14")):
        assert rows(asked(day, clause, lines=lines))["chill"] == ["accelerated", "2019-08-10", default_since]


def test_a_notice_of_what_is_over_starts_no_cure_of_what_comes_later(asked) -> None:
    """Late on 3 January 2020, noticed, and extended to 2 June: late again, of which nobody gave notice."""
    clauses = (
        'default "payment" { when: payment is late  cure: 5 days after notice }',
        'amendment "First" { effective: 2020-01-07  maturity: 2020-06-02 }',
    )
    lines = ['2020-01-06 notice "payment"']
    assert rows(asked("2020-01-06", *clauses, lines=lines))["payment"][:2] == ["cure running", "2020-01-06"]
    assert rows(asked("2020-06-20", *clauses, lines=lines))["payment"][:2] == ["notice awaited", "2020-06-03"]
    again = [*lines, '2020-06-10 notice "payment"']
    assert rows(asked("2020-06-15", *clauses, lines=again))["payment"][:2] == ["cure running", "2020-06-10"]
    assert rows(asked("2020-06-16", *clauses, lines=again))["payment"][:2] == ["default continuing", "2020-06-16"]


def test_an_event_may_have_any_label(asked) -> None:
    """No label is taken for another, nor for what is said of another."""
    labels = ("listing", "listing ended", "listing last", "cured/listing", "listing/waived", "a/b")
    clauses = [f'default "{label}" {{ when: event "{label}"  then: acceleration }}' for label in labels]
    for label in labels:
        tripped = [f'2019-08-01 event "{label}"']
        standing = {name: row[0] for name, row in rows(asked("2019-08-11", *clauses, lines=tripped)).items()}
        assert standing == {each: "accelerated" if each == label else "not tripped" for each in labels}
        waived = [*tripped, f'2019-08-10 waived "{label}"', f'2019-08-12 event "{label}"']
        plain = [clause.replace("  then: acceleration", "") for clause in clauses]
        for day, state in (("2019-08-11", "waived"), ("2019-08-12", "default continuing")):
            standing = {name: row[0] for name, row in rows(asked(day, *plain, lines=waived)).items()}
            assert standing == {each: state if each == label else "not tripped" for each in labels}


def test_a_standing_rests_on_its_clause(asked) -> None:
    (label, row), *_ = asked("2019-08-05", CHILL, lines=TWICE)["defaults"].rows
    assert f"default {label}" in [each.name for each in row["state"].cites]
