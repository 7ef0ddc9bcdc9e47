"""Weaving: the facts of a block's notes put together from ledgers and tables, and checked against one another.

Acts of one kind on one day apply in their file's order, so that two files with such acts are an error. Facts that
an issuer's notes share may be older than a note: of levels the last one holds on its issue date, and a split from
before the issue leaves only the quotes since then, which are on the basis of the day of issue.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from ...engine.checking.entries import Vocabulary
from ...engine.checking.ledger import ACTS_MAX, no_price
from ...engine.exact.origins import Fact
from ...engine.time.calendars import Calendar
from ...engine.world.facts import LEVELS, Ledger, Quotes, Recorded
from ...grammar.classes import evolve, frozen
from ...grammar.diagnostics import Diagnostic, NoteErrors
from ...grammar.source import Source
from .facts import Facts
from .happenings import AS_COLUMNS, Told, misknown, told_in
from .inputs.fact_cells import FactReader
from .inputs.facts_table import NOTE, FactTable
from .inputs.gathering import Gathered, Stretches, gathered
from .inputs.names import places_of
from .inputs.written import units_of
from .merging import Merging, Part, Sessions
from .quotes import QuoteTable
from .world import World

FOUND_MAX = 20  # findings told of one note: whoever meets more mends these first


@frozen(eq=False)
class Asked:
    """The notes of a block for which the world is asked, and what they have in common."""

    places: Any  # in the book
    issuers: pa.Array
    issued: Any  # day numbers
    calendar: Calendar
    words: Vocabulary
    own: Callable[[int], Ledger | None] | None  # of a place in the block, if any note has one; raises NoteErrors


class Worlds:
    """The facts of a book, asked block by block."""

    def __init__(self, facts: Facts, names: pa.Array) -> None:
        self.facts = facts
        self._names = names
        self._kept = Stretches()
        self._where: dict[int, Any] = {}
        self._sessions: dict[str, Sessions] = {}
        self._readers: list[tuple[Vocabulary, FactReader]] = []

    def of(self, asked: Asked) -> World:
        """What is recorded for the notes asked about."""
        calendar = asked.calendar
        sessions = self._sessions.setdefault(calendar.name, Sessions(calendar))
        weaving = Weaving(asked, sessions, self._reader(asked.words))
        for number, table in enumerate(self.facts.tables):
            weaving.add_table(table, gathered(table, self._places(number, table, asked), self._kept), number)
        weaving.add_ledgers(len(self.facts.tables))
        return weaving.world(self.facts)

    def _places(self, number: int, table: FactTable, asked: Asked) -> Any:
        if table.by != NOTE:
            return places_of(asked.issuers, table.keys.names)
        if number not in self._where:
            self._where[number] = places_of(self._names, table.keys.names)
        return self._where[number][asked.places]

    def _reader(self, words: Vocabulary) -> FactReader:
        """What reads cells in these words, kept for the last few vocabularies."""
        for known, reader in self._readers:
            if known is words:
                return reader
        self._readers = [*self._readers[-7:], (words, FactReader(words))]
        return self._readers[-1][1]


class Weaving:
    """One block's facts as they come together."""

    def __init__(self, asked: Asked, sessions: Sessions, reader: FactReader) -> None:
        self._asked = asked
        self._reader = reader
        self._count = len(asked.issued)
        self._sessions = sessions
        self._parts: dict[str, list[Part]] = {}
        self._quoted: dict[str, list[tuple[int, Recorded]]] = {}
        self._told: list[Told] = []
        self._others: list[list[Recorded]] = [[] for _ in range(self._count)]
        self._seen: dict[tuple[Any, ...], tuple[int, Recorded]] = {}
        self._old_levels: dict[tuple[int, str], list[Recorded]] = {}  # those of the last day before the issue
        self._old_splits: dict[int, int] = {}
        self._ledgers: dict[int, Ledger] = {}
        self.wrong: dict[int, list[Diagnostic]] = {}

    def tell(self, place: int, problem: Diagnostic) -> None:
        told = self.wrong.setdefault(place, [])
        if len(told) < FOUND_MAX:
            told.append(problem)

    def add_table(self, table: FactTable, rows: Gathered, source: int) -> None:
        """What a table says of the notes."""
        bad = np.zeros(len(rows.rows) if rows.wrong else 0, bool)
        for place, column, (code, message, help) in rows.wrong:
            bad[place] = True
            owner, row = rows.owner(place), int(rows.rows[place])
            if len(self.wrong.get(owner, ())) < FOUND_MAX:
                span = table.table.span(row, [(column, table.cell(row, column))], 0)
                self.tell(owner, Diagnostic(code, message, span, help))
        for name, cells in rows.figures.items():
            kept = cells.present & ~bad if rows.wrong else cells.present
            part = Part(
                rows.starts, rows.days, cells.values, cells.decimals, rows.known, rows.rows, _origins(table, name)
            )
            part = part if kept.all() else part.where(kept)
            self._check_currency(table, name, part)
            self._parts.setdefault(name, []).append(part)
        said = np.flatnonzero([bool(text) for text in rows.lines or ()])
        said = said[~bad[said]] if rows.wrong else said
        if rows.lines is not None:
            origin = partial(_origin_of, table)
            told, said = told_in(rows, said, self._asked.issued, self._reader, source, origin)
            self._told.append(told)
        owners = np.searchsorted(rows.starts, said, side="right") - 1
        for place, owner in zip(said.tolist(), owners.tolist(), strict=True):
            self._line(table, rows, place, owner, source)

    def add_ledgers(self, source: int) -> None:
        """What each note's own ledger says."""
        if (find := self._asked.own) is None:
            return
        for place in range(self._count):
            try:
                own = find(place)
            except NoteErrors as errors:
                for problem in errors.diagnostics:
                    self.tell(place, problem)
                continue
            if own is not None:
                self._ledgers[place] = own
                for each in own.entries:
                    self._add(place, each, source)
                for series, quotes in own.quotes.items():
                    self._parts.setdefault(series, []).append(_part_of(self._count, place, quotes))

    def world(self, facts: Facts) -> World:
        """All of it together."""
        for series, quoted in self._quoted.items():
            self._parts.setdefault(series, []).append(_part_of_lines(self._count, quoted))
        # Not kept: it refers to this object, and what refers to itself holds its memory until it is looked for.
        merging = Merging(self._count, self._asked.issued, self._sessions, self.tell)
        quotes = {name: merging.quotes(name, parts) for name, parts in self._parts.items() if name not in LEVELS}
        levels = {name: merging.levels(name, parts) for name, parts in self._parts.items() if name in LEVELS}
        if self._old_splits:
            basis = np.zeros(self._count, np.int64)
            basis[list(self._old_splits)] = list(self._old_splits.values())
            quotes = {series: table.since(basis) for series, table in quotes.items()}
        told = Told.together(self._told)
        self._check_order(told)
        for place, each in enumerate(self._others):
            self._check_levels(place, each, levels)
        for (place, _), held in self._old_levels.items():
            self._check_levels(place, held, levels)
            issued = date.fromordinal(int(self._asked.issued[place]))
            self._others[place] += [evolve(each, date=issued, known=each.known_from) for each in held]
        others = [sorted(each, key=lambda one: (one.date, one.order)) if each else each for each in self._others]
        counts = np.array([len(each) for each in others], np.int64)
        counts += np.bincount(told.owners, minlength=self._count)
        for place in np.flatnonzero(counts > ACTS_MAX).tolist():
            every = [*told.of(place), *others[place]]
            message = f"{len(every):,} facts besides prices; the limit is {ACTS_MAX:,}"
            help = "begin a new note from a statement of this one"
            self.tell(place, Diagnostic("E503", message, every[ACTS_MAX].origin.span, help))
        name = facts.tables[0].table.path if facts.tables else ""
        return World(quotes, levels, told, others, self._asked.issued, self.wrong, self._ledgers, name)

    def _line(self, table: FactTable, rows: Gathered, place: int, owner: int, source: int) -> None:
        """A cell that says what a line of a ledger would."""
        text = rows.lines[place] if rows.lines is not None else ""
        row, day = int(rows.rows[place]), date.fromordinal(int(rows.days[place]))
        known = None if rows.known is None or not rows.known[place] else date.fromordinal(int(rows.known[place]))
        issued = date.fromordinal(int(self._asked.issued[owner]))
        assert text is not None
        origin = _origin_of(table, row, text, day)
        cell = self._reader.said(text)
        said = None if cell is None else cell.recorded(text, day, known, row, origin)
        if said is None or (day < issued and said.event != "quote" and table.by == NOTE):
            line = Source(table.table.path, f"{day} {text}", table.table.line_of(row))
            for problem in self._reader.wrong(text, day, issued, line):
                self.tell(owner, problem)
        elif cell is not None and (wrong := misknown(cell, day, known)) is not None:
            code, message, help = wrong
            self.tell(owner, Diagnostic(code, message, origin.span, help))
        elif said.event == "quote" and (wrong_price := no_price(said)) is not None:
            self.tell(owner, wrong_price)
        elif said.event == "quote":
            self._quoted.setdefault(said.subject, []).append((owner, said))
        elif day < issued:
            self._before_issue(owner, said)
        else:
            self._add(owner, said, source)

    def _before_issue(self, owner: int, said: Recorded) -> None:
        """What befell an issuer before the note: the last level holds, splits set a basis, the rest is not its own."""
        if said.event == "level":
            held = self._old_levels.setdefault((owner, said.subject), [said])
            if said.date > held[0].date:
                held[:] = [said]
            elif said.date == held[0].date and said is not held[0]:
                for other in held:
                    if other.known_from == said.known_from:
                        self._twice(owner, said, other)
                held.append(said)
        elif said.event == "split":
            self._old_splits[owner] = max(self._old_splits.get(owner, 0), said.date.toordinal())

    def _add(self, place: int, said: Recorded, source: int) -> None:
        """One fact; acts of one kind and day in two files have no order, and a level has one figure a day."""
        level = said.event == "level"
        key = (place, said.date, said.event, said.subject, said.known_from) if level else (place, said.date, said.event)
        first, other = self._seen.setdefault(key, (source, said))
        if level and other is not said:
            self._twice(place, said, other)
        elif not level and first != source:
            self._no_order(place, said, other)
        self._others[place].append(said)

    def _check_order(self, told: Told) -> None:
        """Acts of one kind and day that a table and another file tell; and splits that one table tells twice."""
        for place, other in told.same_splits():
            split, first = told.recorded(place), told.recorded(other)
            message, related = f"this split is written twice for {split.date}", ((first.origin.span, "the other"),)
            self.tell(int(told.owners[place]), Diagnostic("E317", message, split.origin.span, "keep one", related))
        for place, other in told.twice():
            self._no_order(int(told.owners[place]), told.recorded(place), told.recorded(other))
        for (note, day, event, *_), (source, said) in self._seen.items() if len(told.days) else ():
            for place in told.places(note) if event in AS_COLUMNS else ():
                same = told.days[place] == day.toordinal() and told.said[place].event == event
                if same and told.sources[place] != source:
                    pair = [told.recorded(place), said]
                    self._no_order(note, *(pair if told.sources[place] > source else reversed(pair)))

    def _no_order(self, place: int, said: Recorded, other: Recorded) -> None:
        message = f"two files have facts of this kind for {said.date}, and nothing says which comes first"
        help = "write them in one file, in their order"
        self.tell(place, Diagnostic("E614", message, said.origin.span, help, ((other.origin.span, "the other"),)))

    def _check_levels(self, place: int, acts: Sequence[Recorded], levels: Mapping[str, QuoteTable]) -> None:
        """A level that both a line and a column give for one day, known from one day."""
        for each in acts:
            if each.event == "level" and each.subject in levels:
                table = levels[each.subject]
                rows = slice(int(table.starts[place]), int(table.starts[place + 1]))
                same = table.days[rows] == each.date.toordinal()
                if table.known is not None:
                    same &= table.known[rows] == each.known_from.toordinal()
                elif each.known_from != each.date:
                    continue
                for row in np.flatnonzero(same).tolist():
                    at = rows.start + row
                    other = table.origin(each.subject, at, int(table.days[at]), int(table.values[at]))
                    self._twice(place, each, evolve(each, origin=other))

    def _twice(self, place: int, said: Recorded, other: Recorded) -> None:
        message = f"`{said.subject}` is given twice for {said.date}"
        help = "keep one, or say when each became known"
        related = ((other.origin.span, "the other"),)
        self.tell(place, Diagnostic("E313", message, said.origin.span, help, related))

    def _check_currency(self, table: FactTable, name: str, part: Part) -> None:
        column, ours = table.columns[name], self._asked.words.currency
        theirs = column.dimension.currency
        if theirs and theirs != ours:
            message = f"`{column.header.written}` is in {theirs}, and the note in {ours}"
            problem = table.table.about(column.header.written, "E314", message, f"give the prices in {ours}")
            for place in np.flatnonzero(np.diff(part.starts)).tolist():
                self.tell(place, problem)


def _origin_of(table: FactTable, row: int, text: str, day: date) -> Fact:
    """The cell that says what a line of a ledger would."""
    assert table.line is not None
    return Fact(f"{day} {text}", table.table.span(row, [(table.line, text)], 0))


def _origins(table: FactTable, name: str) -> Callable[[str, int, str, str], Fact]:
    written = table.columns[name].header.written
    return lambda series, row, words, figure: Fact(words, table.table.span(row, [(written, figure)], 0))


def _part_of(count: int, place: int, quotes: Quotes) -> Part:
    """The quotes of one note's ledger."""
    units = [units_of(value) for value in quotes.values]
    known = np.array(quotes.known, np.int32) if quotes.known else None
    return _part(count, [place] * len(units), list(quotes.days), units, known, quotes.origins)


def _part_of_lines(count: int, quoted: Sequence[tuple[int, Recorded]]) -> Part:
    """Quotes that cells of facts give."""
    quoted = sorted(quoted, key=lambda each: each[0])
    units = [units_of(each.fields["amount"].value) for _, each in quoted]
    days = [each.date.toordinal() for _, each in quoted]
    known = np.array([each.known_from.toordinal() for _, each in quoted], np.int32)
    return _part(count, [place for place, _ in quoted], days, units, known, [each.origin for _, each in quoted])


def _part(
    count: int, owners: list[int], days: list[int], units: list[tuple[int, int]], known: Any, origins: Sequence[Fact]
) -> Part:
    decimals = max((own for _, own in units), default=0)
    scaled: list[int] = [each * 10 ** (decimals - own) for each, own in units]
    wide = any(abs(each) >= 1 << 63 for each in scaled)
    return Part(
        np.searchsorted(owners, np.arange(count + 1)),
        np.array(days, np.int32),
        np.array(scaled, object if wide else np.int64),
        decimals,
        known,
        np.arange(len(owners)),
        lambda series, row, words, figure: origins[row],
    )
