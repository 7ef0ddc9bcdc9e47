"""Kinds: the dimension of each answer asked for, known before the first row, since a file has one schema."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from itertools import islice

from ...engine.exact.budgets import BUDGETS
from ...engine.exact.quantities import Quantity
from ...engine.running.statement import CORE, statement
from ...grammar.suggest import nearest
from ..listed import TERMS
from .exact import figure
from .member import Member
from .members import Members
from .trouble import Unaskable

# Of the core answers, which every note has or refuses. Those of single terms are looked up in the book.
KINDS = {
    "status": "word",
    "principal": "money",
    "accrued_interest": "money",
    "owed": "money",
    "due_at_maturity": "money",
    "prepayment": "money",
    "conversion_price": "price",
    "convertible": "money",
    "full_conversion_shares": "shares",
    "allowed_shares": "shares",
    "binding_limit": "word",
    "allowed_amount": "money",
    "market_value": "money",
    "defaults": "word",
    "next_dates": "date",
}
LOOKED_AT_MAX = 1_000  # notes of different forms


def kinds_of(ask: Sequence[str], members: Members, dates: Sequence[date]) -> tuple[str, ...]:
    """The dimension of each; raises Unaskable for a name that is no answer, or a part that no note has."""
    names = tuple(dict.fromkeys((*CORE, *(name for term in TERMS for name in term.answers))))
    for name in ask:
        head, dot, part = name.partition(".")
        if head not in names:
            like = nearest(head, names)
            help = f"did you mean `{like}`?" if like else f"write some of {', '.join(names)}"
            raise Unaskable(f"`{head}` is no answer", help)
        if dot and not part:
            raise _of_no_note(name)
        if ask.count(name) > 1:
            raise Unaskable(f"`{name}` is asked for twice", "name each answer once")
    found = {name: KINDS[name] for name in ask if name in KINDS}
    if any(name not in found for name in ask):
        for member in islice(members.unlike(), LOOKED_AT_MAX):
            unknown = [name for name in ask if name not in found]
            if not unknown:
                break
            found |= _looked_up(member, unknown, dates)
    for name in ask:
        if name not in found:
            raise _of_no_note(name)
    return tuple(found[name] for name in ask)


def _of_no_note(name: str) -> Unaskable:
    return Unaskable(f"no note of the book answers `{name}`", "leave it out of `--ask`")


def _looked_up(member: Member, names: Sequence[str], dates: Sequence[date]) -> dict[str, str]:
    """As each version of the terms answers, on its first day, and on the first and the last day asked about."""
    note = member.note
    days = {note.issued, *(model.effective for model in note.versions[1:]), dates[0], dates[-1]}
    found: dict[str, str] = {}
    for day in sorted(day for day in days if day >= note.issued):
        with suppress(*BUDGETS):
            said = statement(note, member.ledger, day)
            figures = {name: figure(said, name) for name in names}
            found |= {name: each.dimension.name for name, each in figures.items() if isinstance(each, Quantity)}
    return found
