"""Amendments: the note written again with their clauses in their places, in force from their dates.

Nothing in an amendment is silent: what it writes twice, what no amendment changes, and what is no clause of a
note is told where it stands.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from ...grammar.classes import evolve
from ...grammar.tree import Item
from ..meaning.phrases import no_day, said, text_of
from ..meaning.term import Field, Term
from .findings import Findings

EFFECTIVE = "effective"  # the date of an amendment, among the clauses that it changes
AMENDMENTS_MAX = 100  # each is the whole note once more

Place = tuple[str, str | None, bool]


def dated_amendments(items: Sequence[Item], found: Findings) -> list[tuple[date, Item]]:
    """The amendments with the days on which they take effect, in that order."""
    dated: list[tuple[date, Item]] = []
    for item in items:
        day = _effective(item, found)
        same = next((other for other_day, other in dated if other_day == day), None)
        if same is not None:
            message, other = f"two amendments take effect on {day}", (same.name_span, "and this one as well")
            found.add("E210", message, item.name_span, "write them as one, or correct a date", other)
        elif day is not None:
            dated.append((day, item))
    if len(dated) > AMENDMENTS_MAX:
        message = f"{len(dated)} amendments; the limit is {AMENDMENTS_MAX}"
        found.add("E503", message, dated[AMENDMENTS_MAX][1].name_span, "write the later terms as a note of their own")
        return []
    return sorted(dated, key=lambda pair: pair[0])


def _effective(item: Item, found: Findings) -> date | None:
    written = next((each for each in item.items if each.name == EFFECTIVE), None)
    if written is None or written.value is None:
        span = (written or item).name_span
        found.add("E105", f"the amendment has no `{EFFECTIVE}` date", span, "add `effective: 2020-01-15`")
        return None
    match = said(written.value.tokens, ("{date}",))
    if match is None:
        message, help = no_day(text_of(written.value.tokens))
        found.add("E203", message, written.value.span, help)
        return None
    day: date = match["date"]
    return day


def amended(clauses: Iterable[Item], amendment: Item, terms: Mapping[str, Term]) -> tuple[Item, ...]:
    """The clauses with the amendment's in their places; what it does not mention stays."""
    changed = list(clauses)
    for change in _changes(amendment):
        at = _in_place_of(change, changed, terms)
        if at is None:
            changed.append(change)
        else:
            changed[at] = _amended(changed[at], change)
    return tuple(changed)


def check_amendment(clauses: Sequence[Item], amendment: Item, terms: Mapping[str, Term], found: Findings) -> bool:
    """Whether each thing is written once, and is one that an amendment may change; a finding for each other."""
    before = len(found)
    written: set[tuple[Place, Place | None]] = set()
    for name, keys, item in _written(amendment):
        if keys in written:
            found.add("E106", f"`{name}` is written twice in the amendment", item.name_span, "keep one")
        written.add(keys)
    for change in _changes(amendment):
        at, term = _in_place_of(change, clauses, terms), terms.get(change.name)
        if term is None:
            continue
        if at is not None and change.label not in (None, clauses[at].label):
            message, help = f"no amendment changes the title of `{change.name}`", f'take out `"{change.label}"`'
            found.add("E119", message, change.name_span, help)
        for field, item in _fields(change, term):
            # A clause that an amendment brings may say from when it holds; what it is for was settled with the issue.
            if field.lasting and (at is not None or item is change):
                name = change.name if item is change else f"{change.name}.{item.name}"
                found.add("E119", f"no amendment changes `{name}`", item.name_span, field.lasting)
    return len(found) == before


def _changes(amendment: Item) -> Iterator[Item]:
    """What it writes, `conversion.price: …` as the clause with that field and nothing else."""
    for change in amendment.items:
        keyword, dot, field = change.name.partition(".")
        if dot:
            inner = evolve(change, name=field)
            yield Item(keyword, items=(inner,), has_block=True, name_span=change.name_span, span=change.span)
        elif change.name != EFFECTIVE:
            yield change


def _written(amendment: Item) -> Iterator[tuple[str, tuple[Place, Place | None], Item]]:
    """Each value that it writes: its name, its place in the note, and the words."""
    dates = [each for each in amendment.items if each.name == EFFECTIVE]
    yield from ((EFFECTIVE, (_place(each), None), each) for each in dates)
    for change in _changes(amendment):
        if change.value is not None:
            yield change.name, (_place(change), None), change
        for each in change.items:
            yield f"{change.name}.{each.name}", (_place(change), _place(each)), each


def _fields(change: Item, term: Term) -> Iterator[tuple[Field, Item]]:
    """The fields of a clause that a change of it writes."""
    if term.value is not None and change.value is not None:
        yield term.value, change
    fields = {each.name: each for each in term.fields}
    yield from ((fields[each.name], each) for each in change.items if each.name in fields)


def _in_place_of(change: Item, clauses: Sequence[Item], terms: Mapping[str, Term]) -> int | None:
    """Which of the clauses is changed; a clause of which there is one is known without its title, too."""
    term = terms.get(change.name)
    alone = term is not None and not term.many and change.condition is None
    for at, item in enumerate(clauses):
        if _place(item) == _place(change):
            return at
        if alone and item.name == change.name and item.condition is None and (item.label or not change.label):
            return at
    return None


def _amended(item: Item, change: Item) -> Item:
    replaced = {_place(each): each for each in change.items}
    kept = [replaced.pop(_place(each), each) for each in item.items]
    return evolve(
        item if change.value is None else change,
        value=change.value or item.value,
        items=(*kept, *replaced.values()),
        marks=change.marks if change.value is not None else (*item.marks, *change.marks),
    )


def _place(item: Item) -> Place:
    """What an amendment must write alike to replace a clause or a field: an exception replaces no base."""
    return item.name, item.label, item.condition is not None
