"""Kinds: the dimension of each answer asked for, known before the first row, since a file has one schema."""

from collections.abc import Sequence
from datetime import date

from ...engine.exact.budgets import BUDGETS
from ...engine.exact.quantities import Quantity
from ...engine.running.statement import CORE, statement
from ...grammar.suggest import nearest
from ..listed import TERMS
from .exact import figure
from .members import Member, Members
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
LOOKED_AT_MAX = 1_000  # notes


def kinds_of(ask: Sequence[str], members: Members, dates: Sequence[date]) -> tuple[str, ...]:
    """The dimension of each; raises Unaskable for a name that is no answer, or a part that no note has."""
    names = tuple(dict.fromkeys((*CORE, *(name for term in TERMS for name in term.answers))))
    for name in ask:
        head, _, _ = name.partition(".")
        if head not in names:
            like = nearest(head, names)
            help = f"did you mean `{like}`?" if like else f"write some of {', '.join(names)}"
            raise Unaskable(f"`{head}` is no answer", help)
        if ask.count(name) > 1:
            raise Unaskable(f"`{name}` is asked for twice", "name each answer once")
    found = {name: KINDS[name] for name in ask if name in KINDS}
    for place in range(min(len(members), LOOKED_AT_MAX)):
        unknown = [name for name in ask if name not in found]
        if not unknown:
            break
        for each in members.block(place, place + 1):
            if isinstance(each, Member):
                found |= _looked_up(each, unknown, dates)
    for name in ask:
        if name not in found:
            raise Unaskable(f"no note of the book answers `{name}`", "leave it out of `--ask`")
    return tuple(found[name] for name in ask)


def _looked_up(member: Member, names: Sequence[str], dates: Sequence[date]) -> dict[str, str]:
    day = next((day for day in dates if day >= member.note.issued), member.note.issued)
    try:
        said = statement(member.note, member.ledger, day)
    except BUDGETS:
        return {}
    figures = {name: figure(said, name) for name in names}
    return {name: each.dimension.name for name, each in figures.items() if isinstance(each, Quantity)}
