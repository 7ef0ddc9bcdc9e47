"""Smaller cases: what can be left out of one, a piece at a time, with the difference still there."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from .description import Case

TRIES = 2_000


def shrunk(case: Case, still: Callable[[Case], bool]) -> Case:
    """The smallest case found for which `still` holds; it holds for the case given."""
    tries = 0
    smaller = True
    while smaller:
        smaller = False
        for candidate in simpler(case):
            tries += 1
            if tries > TRIES:
                return case
            if fails_well(candidate, still):
                case, smaller = candidate, True
                break
    return case


def fails_well(candidate: Case, still: Callable[[Case], bool]) -> bool:
    """Whether a candidate shows the difference; one that makes no sense does not."""
    try:
        return still(candidate)
    except (AttributeError, AssertionError, IndexError, KeyError, TypeError, ValueError, StopIteration):
        return False


def simpler(case: Case) -> Iterator[Case]:
    """Cases with something left out: days and facts by halves, then one by one, then pieces of the note."""
    for days in fewer(case.days):
        if days:
            yield replace(case, days=days)
    for facts in fewer(case.facts):
        yield replace(case, facts=facts)
    if case.known is not None:
        yield replace(case, known=None)
    if case.opened:
        yield replace(case, opened=False)
    for note in simplified(case.note):
        yield replace(case, note=note)
    for place, fact in enumerate(case.facts):
        if fact.what in ("pay", "convert money", "convert shares") and fact.amount != 1:
            facts = list(case.facts)
            facts[place] = replace(fact, amount=type(fact.amount)(1))
            yield replace(case, facts=tuple(facts))
        if fact.known is not None:
            yield replace(case, facts=(*case.facts[:place], replace(fact, known=None), *case.facts[place + 1 :]))


def fewer(items: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    size = len(items) // 2
    while size:
        for start in range(0, len(items), size):
            yield items[:start] + items[start + size :]
        size //= 2
    if len(items) == 1:
        yield ()


def simplified(thing: Any) -> Iterator[Any]:
    """A description with one of its pieces at rest, gone, or itself simplified."""
    for each in fields(thing):
        value = getattr(thing, each.name)
        if value != each.default and (value is None or each.default is None or isinstance(each.default, tuple | bool)):
            yield replace(thing, **{each.name: each.default})
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            for rest in fewer(value):
                yield replace(thing, **{each.name: rest})
            for place, item in enumerate(value):
                for other in simplified(item):
                    yield replace(thing, **{each.name: (*value[:place], other, *value[place + 1 :])})
        elif is_dataclass(value):
            for other in simplified(value):
                yield replace(thing, **{each.name: other})
        elif each.name in ("when", "price", "value") and isinstance(value, tuple):
            for item in value[1:]:
                if isinstance(item, tuple) and item and isinstance(item[0], str):
                    yield replace(thing, **{each.name: item})
