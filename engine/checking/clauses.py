"""Clauses checked one by one: from an item of the tree to a clause with every field present.

What a term declares decides everything here; no kind of clause is named.
"""

from collections.abc import Iterable, Sequence

from ...grammar.classes import evolve
from ...grammar.parse import parse_value
from ...grammar.suggest import nearest
from ...grammar.tree import Item, Mark, Value
from ..exact.origins import Clause, Default
from ..meaning.settings import CheckedClause, Exception_, Setting
from ..meaning.shapes import in_currency, offered
from ..meaning.term import Field, Term
from .findings import LEFT_OUT
from .read_conditions import condition
from .read_values import read
from .reader import Reader, Unreadable

VALUE = "value"
EXCEPTION = ", or add `when …` to make it an exception"
NO_WHEN = "take out `when …`: the same holds for all days"
AMENDABLE = "an amendment can change it from a date on"
SHOWN_MAX = 3  # labels in a help
EXCEPTIONS_MAX = 100  # of one field: each is held against each other one


def checked_clause(item: Item, exceptions: Sequence[Item], term: Term, reader: Reader) -> CheckedClause:
    """The clause with all of its settings; findings go to the reader."""
    name = f"{term.keyword} {item.label}" if term.many and item.label else term.keyword
    _check_label(item, term, reader)
    settings = {}
    if term.value is not None:
        settings[VALUE] = _setting(term.keyword, term.value, [item] if item.value else [], exceptions, item, reader)
    elif item.value is not None:
        reader.problem("E109", f"`{term.keyword}` takes no value", item.value.span, f"write it as in `{term.example}`")
        _only_marks(item, ("cite", "assumed"), reader)
    misspelt = _unknown_fields(item, term, reader)
    for field in term.fields:
        written = [each for each in item.items if each.name == field.name]
        bases = [each for each in written if each.condition is None]
        for extra in bases[1:]:
            reader.problem(
                "E106",
                f"`{field.name}` is written twice in `{term.keyword}`",
                extra.name_span,
                keep_one(field),
            )
        others = [each for each in written if each.condition is not None]
        # What is there under a name that is none, or as an exception alone, is not missing.
        sought = evolve(field, required=False) if field.name in misspelt or others else field
        settings[field.name] = _setting(f"{term.keyword}.{field.name}", sought, bases[:1], others, item, reader)
    return CheckedClause(term.keyword, name, item.label or "", settings, clause_origin(name, item), span=item.name_span)


def keep_one(field: Field | None) -> str:
    """What to do with two values of a field, or with two clauses that have none of their own."""
    if field is None:
        return "keep one, with the fields of both"
    if field.exceptional:
        return f"keep one{EXCEPTION}"
    return "keep one" if field.lasting else f"keep one; {AMENDABLE}"


def _unknown_fields(item: Item, term: Term, reader: Reader) -> set[str]:
    """Notes what is no field of the clause; what those most likely were."""
    known = {field.name: field for field in term.fields}
    misspelt = set()
    for each in item.items:
        if each.name not in known:
            like = nearest(each.name, tuple(known))
            help = f"did you mean `{like}`?" if like else _fields_help(term)
            reader.problem("E104", f"unknown field `{each.name}` in `{term.keyword}`", each.name_span, help)
            misspelt.add(like or "")
        for inner in each.items:
            message = f"unknown field `{inner.name}` in `{term.keyword}.{each.name}`"
            reader.problem(
                "E104", message, inner.name_span, "a field has no fields: put it one level up, or take it out"
            )
    return misspelt


def clause_origin(name: str, item: Item) -> Clause:
    """The clause as a leaf of explanations: its place, its words, the contract's words."""
    assumed = next((mark.text for mark in item.marks if mark.kind == "assumed"), "")
    others = tuple(other.span.text for mark in item.marks if mark.kind == "assumed" for other in mark.others)
    words = item.value.span.text if item.value is not None else ""
    return Clause(name, item.span, words, quotation_of(item.marks), assumed, others)


def quotation_of(marks: Iterable[Mark]) -> str:
    """The contract's words that the marks quote."""
    return " … ".join(mark.text for mark in marks if mark.kind == "cite")


def _setting(
    name: str, field: Field, bases: Sequence[Item], exceptions: Sequence[Item], owner: Item, reader: Reader
) -> Setting:
    base = _base(name, field, bases, owner, reader)
    if len(exceptions) > EXCEPTIONS_MAX:
        message = f"`{name}` has {len(exceptions):,} exceptions; the limit is {EXCEPTIONS_MAX}"
        reader.problem("E510", message, exceptions[EXCEPTIONS_MAX].name_span, "join their conditions with `or`")
        exceptions = ()
    for each in exceptions if not field.exceptional else ():
        help = "keep one value for all days; " + ("what differs" + LEFT_OUT if field.lasting else AMENDABLE)
        span = each.condition.span if each.condition is not None else each.name_span
        reader.problem("E118", f"`{name}` takes no exception", span, help)
    if exceptions and base.value is None and not bases:
        reader.problem(
            "E113",
            f"this exception to `{field.name}` has nothing to be an exception to",
            exceptions[0].name_span,
            f"write `{field.name}: …` as well, without `when`" if field.exceptional else NO_WHEN,
        )
    excepting = [found for each in exceptions if (found := _exception(field, each, name, reader)) is not None]
    return Setting(name, base.value, base.origin, _by_precedence(name, excepting, reader), base.readings)


def _base(name: str, field: Field, bases: Sequence[Item], owner: Item, reader: Reader) -> Setting:
    if bases:
        item = bases[0]
        _only_marks(item, ("cite", "assumed"), reader, field.exceptional)
        if item.value is None:
            reader.problem("E109", f"`{field.name}` has no value", item.name_span, f"write {_wanted(field, reader)}")
            return Setting(name, None, clause_origin(name, item))
        readings = _readings(field, item, reader)
        return Setting(name, _read(field, item.value, reader), clause_origin(name, item), readings=readings)
    if field.required:
        what = f"`{owner.name}` has no `{field.name}`" if field.name != VALUE else f"`{owner.name}` has no value"
        reader.problem(
            "E105",
            what,
            owner.name_span,
            f"add `{field.name}: …` with {_wanted(field, reader)}"
            if field.name != VALUE
            else f"write {_wanted(field, reader)}",
        )
        return Setting(name, None, Default(name, ""))
    if not field.default:
        return Setting(name, None, Default(name, "nothing", "the note states none"))
    readings = {other: _read(field, parse_value(other), reader) for other in field.others}
    return Setting(
        name,
        _read(field, parse_value(field.default), reader),
        Default(name, field.default, field.why, field.others),
        readings=readings,
    )


def _readings(field: Field, item: Item, reader: Reader, exceptional: bool = False) -> dict[str, object]:
    """The other readings that the note names, by their words."""
    others = [other for mark in item.marks for other in mark.others]
    return {other.span.text: _read(field, other, reader, exceptional) for other in others}


def _wanted(field: Field, reader: Reader) -> str:
    """What a reader may write in a field."""
    return in_currency(offered(field.shape), reader.currency)


def _read(field: Field, value: Value, reader: Reader, exceptional: bool = False) -> object:
    try:
        return read(reader, field.shape, value, exceptional)
    except Unreadable:
        return None


def _exception(field: Field, item: Item, name: str, reader: Reader) -> Exception_ | None:
    _only_marks(item, ("cite", "assumed", "over"), reader)
    assert item.value is not None, "a condition stands after a value"
    assert item.condition is not None, "a condition stands after a value"
    value = _read(field, item.value, reader, exceptional=True)
    try:
        held = condition(reader, item.condition.tree)
    except Unreadable:
        return None
    over = tuple(text for mark in item.marks if mark.kind == "over" for text in mark.texts)
    origin = clause_origin(f"{name} {item.label}" if item.label else name, item)
    label = item.label or f"{field.name} when {item.condition.span.text}"
    return Exception_(label, value, held, over, origin, item.span, _readings(field, item, reader, exceptional=True))


def _only_marks(item: Item, allowed: tuple[str, ...], reader: Reader, exceptional: bool = False) -> None:
    for mark in item.marks:
        if mark.kind not in allowed:
            help = "take it out"
            if mark.kind == "because":
                help += ', or write `assumed "…"` where the contract is silent'
            elif exceptional:
                help += "; an exception, written beside this value, has it after its `when …`"
            reader.problem("E112", f"`{mark.kind}` does not belong here", mark.span, help)


def _check_label(item: Item, term: Term, reader: Reader) -> None:
    if item.subject:
        message = f"`{item.subject}` does not belong after `{term.keyword}`"
        reader.problem("E108", message, item.name_span, f"write it as in `{term.example}`")
    if term.label and not item.label:
        reader.problem("E108", f"`{term.keyword}` has no label", item.name_span, f"give it one, as in `{term.example}`")
    if item.label and not term.label:
        reader.problem(
            "E108",
            f"`{term.keyword}` takes no label",
            item.name_span,
            f'take out `"{item.label}"`' + (EXCEPTION if term.value and term.value.exceptional else ""),
        )


def _fields_help(term: Term) -> str:
    names = ", ".join(f"`{field.name}`" for field in term.fields)
    return f"its fields are {names}; what none of them says{LEFT_OUT}" if names else f"`{term.keyword}` has no fields"


def _by_precedence(name: str, exceptions: list[Exception_], reader: Reader) -> tuple[Exception_, ...]:
    """The exceptions, the weaker first; two that can hold on one day without an order are a finding."""
    labels = [exception.label for exception in exceptions]
    beats = {exception.label: _all_beaten(exception, exceptions) for exception in exceptions}
    for exception in exceptions:
        others = [each.label for each in exceptions if exception.label not in (each.label, *beats[each.label])]
        for label in exception.over:
            if label == exception.label:
                message = f'"{label}" cannot prevail over itself'
                reader.problem("E114", message, exception.span, _another(label, others))
            if label not in labels:
                message = f'no exception of `{name}` is called "{label}"'
                reader.problem("E114", message, exception.span, _another(label, others))
    for index, later in enumerate(exceptions):
        for earlier in exceptions[:index]:
            ordered = earlier.label in beats[later.label] or later.label in beats[earlier.label]
            if not ordered and not disjoint(earlier, later):
                reader.overlap(name, later, earlier)
            if earlier.label in beats[later.label] and later.label in beats[earlier.label]:
                reader.problem(
                    "E114",
                    f'"{later.label}" and "{earlier.label}" each prevail over the other',
                    later.span,
                    "take out one `over`",
                )
    return tuple(sorted(exceptions, key=lambda exception: len(beats[exception.label])))


def _another(label: str, others: Sequence[str]) -> str:
    """What to do about `over` that names no other exception of its field, by those over which this one may prevail."""
    like = nearest(label, others)
    if like:
        return f'did you mean `over "{like}"`?'
    offers = " or ".join(f'`over "{each}"`' for each in others[:SHOWN_MAX])
    return f"write {offers}" if offers else f'take out `over "{label}"`'


def _all_beaten(exception: Exception_, exceptions: Sequence[Exception_]) -> frozenset[str]:
    beaten: set[str] = set()
    ahead = list(exception.over)
    while ahead:
        label = ahead.pop()
        if label not in beaten:
            beaten.add(label)
            ahead += [each for other in exceptions if other.label == label for each in other.over]
    return frozenset(beaten)


def disjoint(one: Exception_, other: Exception_) -> bool:
    """Whether the two can be shown never to hold together: one says just what the other denies."""
    from ..meaning.expressions import NotSo

    return one.condition == NotSo(other.condition) or other.condition == NotSo(one.condition)
