"""Invariants: conditions that a note states of itself, and that no day is to break.

They are read as the conditions of exceptions are, with the names of answers and of the ledger's levels besides;
`terms verify` tries them on random markets and acts.
"""

from collections.abc import Sequence

from ...grammar.classes import evolve
from ...grammar.tree import Item
from ..meaning.model import Invariant, Model
from ..running.standing import LEVEL_NOUNS, Standing
from ..running.statement import answers_of
from .clauses import clause_origin
from .findings import Findings
from .read_conditions import condition
from .reader import Reader, Unreadable
from .sense import check_compared, open_view

INVARIANTS_MAX = 100  # each is held against every answer that is drawn
EXAMPLE = 'invariant "the price stays above par": conversion_price at least USD 0.0001 per share'


def invariants(items: Sequence[Item], model: Model, reader: Reader, found: Findings) -> tuple[Invariant, ...]:
    """What the clauses say must hold, by the first version of the terms; what is wrong with them is noted."""
    if len(items) > INVARIANTS_MAX:
        message = f"the note has {len(items):,} invariants; the limit is {INVARIANTS_MAX}"
        found.add("E510", message, items[INVARIANTS_MAX].name_span, "join their conditions with `and`")
        return ()
    names = {name for _, table in model.signed("answers") for name in table} | {"owed"}
    wide = evolve(reader, nouns=reader.nouns | names | set(LEVEL_NOUNS), found=Findings())
    read = [invariant for item in items if (invariant := _invariant(item, wide)) is not None]
    _labels(items, found)
    found += wide.found
    return () if wide.found else _sensible(read, model, found)


def _invariant(item: Item, reader: Reader) -> Invariant | None:
    label = item.label or ""
    for mark in item.marks:
        if mark.kind != "cite":
            help = "take it out: an invariant may only quote, with `cite`"
            reader.problem("E112", f"`{mark.kind}` does not belong here", mark.span, help)
    if item.value is None:
        what = f'`invariant "{label}"` has no value' if label else "`invariant` has no value"
        reader.problem("E109", what, item.name_span, f"write it as in `{EXAMPLE}`")
        return None
    try:
        return Invariant(label, condition(reader, item.value.tree), clause_origin(f'invariant "{label}"', item))
    except Unreadable:
        return None


def _labels(items: Sequence[Item], found: Findings) -> None:
    seen: set[str] = set()
    for item in items:
        if item.label and item.label in seen:
            found.add("E103", f'`invariant "{item.label}"` is written twice', item.name_span, "give each its own label")
        seen.add(item.label or "")


def _sensible(read: Sequence[Invariant], model: Model, found: Findings) -> tuple[Invariant, ...]:
    """The invariants whose figures may meet, which is learnt from the note's own answers on open leaves."""
    if not read:
        return ()
    view = open_view(model)
    scope = Standing(view, {name: answer.value for name, answer in answers_of(view).items()})
    before = len(found)
    for each in read:
        check_compared(each.condition, each.origin, scope, model, found)
    return tuple(read) if len(found) == before else ()
