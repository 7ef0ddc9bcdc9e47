"""The summary at the end of a book: what was asked, what is known, and why the rest is not."""

from collections.abc import Iterable, Iterator
from typing import Any

from .rows import Row, Section, Sheet

THOUSAND = 1_000


def summary_sheet(question: Any, written: Any, notices: Iterable[str] = ()) -> Sheet:
    """The counts of a run; `question` and `written` are those of `terms.book`, notices tell what was not used."""
    tally = written.tally
    took = max(1, written.milliseconds)
    lines = (
        f"{_counted(tally.notes, 'note')} on {_counted(len(question.dates), 'date')}, {_days(question.dates)}: "
        f"{_counted(tally.rows, 'row')}",
        f"{_seconds(took)}, {_counted(tally.rows * THOUSAND // took, 'row')} a second",
        *_history(written),
    )
    sections = (
        Section("Answers", tuple(_answers(question, tally))),
        Section("Notes that failed", tuple(_failed(tally)), words=True),
        Section("Notes through the exact path", tuple(_exact_path(tally))),
        Section("Left out", tuple(Row(each) for each in notices), words=True),
    )
    return Sheet(written.out, lines, tuple(each for each in sections if each.rows))


def _history(written: Any) -> Iterator[str]:
    if written.kept:
        yield f"{written.kept:,} of {_counted(written.parts, 'part')} were done by an earlier run"
    if written.dropped:
        yield f"parts of an earlier run were dropped: it asked otherwise ({written.dropped})"


def _answers(question: Any, tally: Any) -> Iterator[Row]:
    for name in question.ask:
        reasons = tally.reasons.get(name, {})
        known = tally.rows - sum(reasons.values())
        yield Row(name, f"{known:,} known", under=tuple(f"{code}: {_counted(n, 'row')}" for code, n in reasons.items()))


def _failed(tally: Any) -> Iterator[Row]:
    if tally.failed:
        told = "" if len(tally.found) == tally.failed else f"; the first {len(tally.found)} are told above"
        yield Row(f"{_counted(tally.failed, 'note')}: their rows have no answers, and the reason `failed: …`{told}")


def _exact_path(tally: Any) -> Iterator[Row]:
    for why, notes in tally.exact_path.items():
        yield Row(why, f"{_counted(notes, 'note')}")


def _seconds(milliseconds: int) -> str:
    """To a tenth of a second; of less than one, to a thousandth."""
    whole, part = divmod(milliseconds, THOUSAND)
    return f"{whole}.{part // 100 if whole else f'{part:03}'} seconds"


def _days(dates: Any) -> str:
    return f"{dates[0]} to {dates[-1]}" if len(dates) > 1 else str(dates[0])


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
