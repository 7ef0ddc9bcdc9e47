"""What a command line asks: the note, the day, the facts and the readings that are meant."""

import os
from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import date

from ...engine.exact.budgets import BUDGETS, spent
from ...engine.meaning.model import Note
from ...engine.meaning.phrases import calendar_day
from ...engine.running.statement import Statement, statement
from ...engine.time.calendars import EARLIEST, LATEST
from ...grammar.diagnostics import NoteErrors
from ...grammar.suggest import nearest
from ..door import LoadedNote, load
from .exits import Misused

ISO_LENGTH = len("2019-08-26")


def loaded(arguments: Namespace) -> LoadedNote:
    """The note under the readings asked for."""
    for folder in arguments.sources:
        if not os.path.isdir(folder):
            raise Misused(f"`{folder}` is not a folder", "`--sources` names a folder with the texts that notes quote")
    note = load(arguments.note, arguments.sources)
    readings = _readings(note.note, arguments.reading)
    return note.read_as(readings) if readings else note


def asked(arguments: Namespace, note: LoadedNote, today: date) -> Statement:
    """The statement that is meant."""
    day = the_day(arguments.date, "--date") or today
    known = the_day(arguments.known, "--known")
    facts = None if arguments.facts == "none" else arguments.facts
    ledger = note.facts(facts)
    try:
        return statement(note.note, ledger, day, known, arguments.open)
    except BUDGETS as error:
        raise NoteErrors((spent(error, ledger.name or note.path),)) from None


def the_day(text: str | None, option: str) -> date | None:
    """The day that an option names, if it is given."""
    if text is None:
        return None
    day = calendar_day(text) if len(text) == ISO_LENGTH else None
    if day is None:
        raise Misused(f"`{text}` is no day, in `{option}`", _day_help(text))
    if not EARLIEST <= day <= LATEST:
        raise Misused(f"`{text}` lies outside the years {EARLIEST.year} to {LATEST.year}")
    return day


def _day_help(text: str) -> str:
    """The nearest day: the last of a month that has fewer, or what single digits stand for."""
    parts = text.replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        year, month, number = (int(part) for part in parts)
        for last in range(min(number, 31), 0, -1):
            day = calendar_day(f"{year:04d}-{month:02d}-{last:02d}")
            if day is not None and day.year >= EARLIEST.year:
                return f"did you mean `{day}`?"
    return "write the year, month and day, as in `2019-08-26`"


def one_of(name: str, names: Sequence[str], what: str) -> str:
    """The name, if it is one of these."""
    if name in names:
        return name
    like = nearest(name, names)
    raise Misused(f"`{name}` is no {what}", f"did you mean `{like}`?" if like else _all(what, names))


def _all(what: str, names: Iterable[str]) -> str:
    return f"write one of {', '.join(names)}" if names else f"there is no {what} in this note"


def _settled(note: Note, name: str) -> str:
    """What a field of the note says; empty where it has none of this name."""
    settings = (each for model in note.versions for clause in model.clauses for each in clause.settings.values())
    return next((each.origin.words for each in settings if each.name == name and each.value is not None), "")


def _readings(note: Note, wanted: Sequence[str]) -> dict[str, str]:
    """Field -> reading, each checked against what the note leaves open; what the note says already changes nothing."""
    said: dict[str, set[str]] = {}  # by the name of a field: what the note says of it
    others: dict[str, dict[str, None]] = {}
    for names, left in note.left_open():
        for name in names:
            said.setdefault(name, set()).add(left.origin.words)
            others.setdefault(name, {}).update(dict.fromkeys(left.readings))
    chosen = {}
    for each in wanted:
        field, equals, reading = each.partition("=")
        if not equals:
            raise Misused(f"`{each}` is not a reading", "write it as in `--reading interest.day_count=actual/360`")
        name = field.strip()
        if name not in others and (words := _settled(note, name)):
            help = "write another value in the note" + (f", or ask for one of {', '.join(others)}" if others else "")
            raise Misused(f"`{name}` is `{words}`, and has no other reading", help)
        name = one_of(name, tuple(others), "field that the note leaves open")
        choice = one_of(reading.strip(), (*others[name], *sorted(said[name])), f"reading of `{name}`")
        if choice in others[name]:
            chosen[name] = choice
    return chosen
