"""The library's door to books: many notes, asked on many dates.

book = load_book("notes/", facts="facts/")
book.at("2019-01-02..2019-12-31", ask=["owed", "allowed_shares"])   # a pyarrow.Table
book.write("book.parquet", "2019-01-02..2019-12-31", ask=["owed"])
"""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import pyarrow as pa

from ...engine.time.calendars import CALENDARS, Calendar
from ...grammar.classes import field, frozen
from .dates import dates_of, days_of
from .evaluators import EXACT, FAST, PATHS, evaluator
from .kinds import kinds_of
from .members import Failed, Member, Members
from .question import ROWS_MAX, ROWS_MAX_EXACT, Inputs, Question
from .running import Written, write_book
from .schema import schema_of
from .stretch import stretch
from .tables import table
from .trouble import Unaskable

Path = str | os.PathLike[str]
Dates = str | date | Iterable[object]  # days as texts, dates, or the times at midnight of pandas and NumPy


@frozen
class Book:
    """Many notes with their facts. Nothing of them is read before it is asked about, and then block by block."""

    inputs: Inputs
    members: Members = field(repr=False)

    def __len__(self) -> int:
        return len(self.members)

    def at(self, dates: Dates, ask: str | Iterable[str], exact: bool = False, wide: bool = False) -> pa.Table:
        """The answers as an Arrow table: a row for each note and date, all dates of the first note first.

        `dates` are days, or one text such as `2019-01-02..2019-12-31` for the sessions of the notes' calendar; `ask`
        are names of answers, or one text with commas between them.
        Beside each answer stands `….reason`, null where the answer is known; money is rounded half up to the cent,
        prices and rates to 10 decimals. `exact` adds numerators and denominators, `wide` has room for 38 digits.
        Raises Unaskable for a question that cannot be meant, and Misfit for a figure that has no room.
        """
        question = self.question(dates, ask, exact=exact, wide=wide)
        asked = evaluator(question.path, exact)
        notes = (stretch(question, self.members, each, asked) for each in question.parts(self.members))
        made = [table(question, each)[0] for each in notes]
        return pa.concat_tables(made).unify_dictionaries() if made else schema_of(question).empty_table()

    def write(
        self,
        out: Path,
        dates: Dates,
        ask: str | Iterable[str],
        exact: bool = False,
        wide: bool = False,
        processes: int = 1,
        on: str | None = None,
    ) -> Written:
        """Write what `at` answers to a file, Parquet, Arrow or CSV by the end of its name, whatever the size.

        A run that was stopped goes on where it was. `processes` beside this one are started afresh, and load nothing
        of the user's; `on` is `dask://` and the address of a scheduler, or `dask` for a cluster of this machine.
        Raises what `at` raises, and KeyboardInterrupt.
        """
        question = self.question(dates, ask, exact=exact, wide=wide)
        return write_book(question, os.fspath(out), self.members, _counted(processes), on)

    def question(
        self,
        dates: Dates,
        ask: str | Iterable[str],
        path: str = FAST,
        exact: bool = False,
        wide: bool = False,
        calendar: str = "",
    ) -> Question:
        """What is asked, as plain data; `calendar` names the one whose sessions are meant, else the first note's."""
        if path not in PATHS:
            raise Unaskable(f"`{path}` is no path", f"write one of {', '.join(PATHS)}")
        days = dates_of(dates, self._calendar(calendar)) if isinstance(dates, str) else days_of(dates)
        names = _names(ask)
        if not days or not names:
            raise Unaskable("nothing is asked", "name a date and an answer, as in `2019-08-26` and `owed`")
        kinds = kinds_of(names, self.members, days)
        rows_max = ROWS_MAX_EXACT if path == EXACT else ROWS_MAX
        return Question(self.inputs, days, names, kinds, path, exact, wide, rows_max)

    def _calendar(self, name: str) -> Callable[[], Calendar]:
        if name and name not in CALENDARS:
            raise Unaskable(f"`{name}` is no calendar", f"write one of {', '.join(CALENDARS)}")
        return lambda: CALENDARS[name] if name else first_readable(self.members).note.versions[0].calendar


def _names(ask: object) -> tuple[str, ...]:
    """Answers by their names; raises Unaskable for what is no name."""
    given = ask.split(",") if isinstance(ask, str) else ask
    names = tuple(given) if isinstance(given, Iterable) else (given,)
    for name in names:
        if not isinstance(name, str):
            raise Unaskable(f"`{name}` is no answer", 'name answers as in `ask=["owed", "status"]`')
    return tuple(name.strip() for name in names if name.strip())


def _counted(processes: object) -> int:
    """How many; raises Unaskable for what is no number of processes."""
    if not isinstance(processes, int) or processes < 0:
        raise Unaskable(f"`{processes}` is no number of processes", "write 1 or more")
    return processes


def first_readable(members: Members) -> Member:
    """The first note that can be read; raises Unaskable where there is none."""
    for place in range(len(members)):
        for each in members.block(place, place + 1):
            if not isinstance(each, Failed):
                return each
    raise Unaskable("no note of the book can be read", "run `terms check` on it")


def load_book(
    notes: Path | Sequence[Path], template: Path | None = None, facts: Path | None = None, sources: Sequence[Path] = ()
) -> Book:
    """A book: folders and files of notes, or tables of parameters for the note `template`, or both.

    `facts` is a folder or a file; left out, the ledger beside each note. `sources` are further folders for what the
    notes quote. Raises NoteErrors for what is wrong with the whole book; a note that is wrong by itself is told
    when it is asked.
    """
    inputs = inputs_of(notes, template, facts, sources)
    return Book(inputs, inputs.members())


def inputs_of(
    notes: Path | Sequence[Path], template: Path | None = None, facts: Path | None = None, sources: Sequence[Path] = ()
) -> Inputs:
    """What `load_book` opens, as plain data."""
    paths = (notes,) if isinstance(notes, str | os.PathLike) else notes
    return Inputs(
        tuple(os.fspath(each) for each in paths),
        None if template is None else os.fspath(template),
        None if facts is None else os.fspath(facts),
        tuple(os.fspath(each) for each in sources),
    )
