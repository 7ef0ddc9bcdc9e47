"""`terms show`: the stages of reading a note, for whoever wants to see what the engine makes of it."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from typing import Any

from ...engine.exact.origins import Clause, Default
from ...engine.exact.spelling import spelt
from ...engine.exact.values import Refused, Unknown
from ...engine.meaning.model import Model, Note
from ...engine.meaning.settings import Setting
from ...engine.running.run import Applied
from ...engine.running.statement import Statement
from ...engine.running.timeline import Event, in_order, scheduled
from ...grammar.parse import parse
from ...grammar.source import Span
from ...grammar.tree import Comments
from ..files import read_given
from .asking import asked, loaded
from .exits import FINE
from .patience import patient


@patient
def run(arguments: Namespace, today: date) -> int:
    """Print one stage."""
    if arguments.stage == "tree":
        document = parse(read_given(arguments.note))  # shown even where the note means nothing yet
        for piece in document.pieces:
            print("\n".join(_tree(piece, 0)))
        return FINE
    note = loaded(arguments)
    if arguments.stage == "model":
        print("\n".join(_note(note.note)))
    else:
        print("\n".join(_timeline(asked(arguments, note, today))))
    return FINE


def _tree(node: Any, depth: int, name: str = "") -> Iterator[str]:
    """A node with its place, then what it holds; words of a value are on one line."""
    head = "  " * depth + (f"{name}: " if name else "")
    if isinstance(node, tuple):
        for each in node:
            yield from _tree(each, depth, name)
        return
    plain = [(key, value) for key, value in _held(node) if isinstance(value, str | bool) and value]
    words = ", ".join(f"{key} {value}" if value is not True else key for key, value in plain)
    yield f"{head}{type(node).__name__}{' ' + words if words else ''}{_line(node)}"
    for key, value in _held(node):
        if key == "tokens":
            yield "  " * (depth + 1) + "words: " + " | ".join(f"{each.kind} {each.text}" for each in value)
        elif isinstance(value, tuple) and value and all(isinstance(each, str) for each in value):
            yield "  " * (depth + 1) + f"{key}: " + " | ".join(value)
        elif value is not None and not isinstance(value, str | bool):
            yield from _tree(value, depth + 1, key)


def _held(node: Any) -> list[tuple[str, Any]]:
    names = [each.name for each in node.__attrs_attrs__]
    held = [(name, getattr(node, name)) for name in names if "span" not in name and name != "source"]
    return [(name, value) for name, value in held if name != "comments" or value not in (Comments(), ())]


def _line(node: Any) -> str:
    span = getattr(node, "span", None)
    return f"  [{span.line}:{span.column}]" if isinstance(span, Span) else ""


def _note(note: Note) -> Iterator[str]:
    for number, model in enumerate(note.versions):
        yield f"version {number + 1}, from {'the issue' if not number else model.effective}"
        yield from _model(model)


def _model(model: Model) -> Iterator[str]:
    yield f"  calendar {model.calendar.name}, currency {model.currency}"
    for name, (_, origin) in model.definitions.items():
        yield f"  define {name}: {origin.words}  [{origin.place}]"
    for clause in model.clauses:
        yield f"  {clause.name}  [{clause.origin.place}]"
        for key, setting in clause.settings.items():
            yield f"    {key}: {_setting(setting)}"
            for each in setting.exceptions:
                over = f" over {', '.join(each.over)}" if each.over else ""
                yield f"      except {each.label}{over}  [{each.origin.place}]"


def _setting(setting: Setting) -> str:
    origin = setting.origin
    words = getattr(origin, "words", "")
    place = origin.place if isinstance(origin, Clause) else "default"
    why = origin.assumed if isinstance(origin, Clause) else getattr(origin, "why", "")
    others = f"; else {', '.join(setting.readings)}" if setting.readings else ""
    assumed = f" assumed: {why}{others}" if why and (others or not isinstance(origin, Default)) else ""
    return f"{words or '(the clause)'}  [{place}]{assumed}"


def _timeline(said: Statement) -> Iterator[str]:
    outcome = said.outcome
    if outcome is None:
        yield f"the note is not issued until {said.note.issued}"
        return
    for applied in outcome.history:
        brought = list(_brought(applied))
        if brought or applied.event.origin is not None:  # not each day on which the engine looked, and nothing happened
            yield _event(applied.event)
            yield from brought
    yield f"-- {said.date} --"
    for event in in_order(scheduled(said.note, outcome.visible, said.date, date.max)):
        yield _event(event)


def _brought(applied: Applied) -> Iterator[str]:
    for name, figure in applied.change.shown.items():
        yield f"      {name}: {spelt(figure)}"
    for name, after in applied.change.state.items():
        before = applied.before.state.get(name)
        if before is None or _differs(before.value, after.value):
            yield f"      {name} → {spelt(after)}"


def _differs(before: Any, after: Any) -> bool:
    return bool(before != after) and not (isinstance(before, Unknown | Refused) and type(before) is type(after))


def _event(event: Event) -> str:
    words = getattr(event.origin, "words", "") if event.origin else ""
    place = f"  [{event.origin.place}]" if event.origin else ""
    subject = f" {event.subject}" if event.subject else ""
    return f"{event.date} {event.kind}{subject}{': ' + words if words else ''}{place}"
