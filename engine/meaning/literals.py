"""Literals: the figures and dates that a note writes, by name, and the same note with others.

A note without its literals is its shape: notes of one shape run the same steps. `principal` is the figure
of that clause, `conversion.price` of that field, `conversion.price "chill"` of an exception to it,
`default "payment".rate` of a labelled clause, `Market Price` of a definition; where a value writes several
they are `conversion.price.1`, `conversion.price.2`. Periods, counts and words are not literals: they decide
which steps there are.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from ...grammar.classes import evolve
from ..exact.dimensions import DimensionError
from ..exact.origins import Origin
from ..exact.quantities import Quantity, day_of, open_leaf
from .expressions import AllOf, AnyOf, Choice, Compared, Constant, Expression, Named, NotSo, Operation, Stated
from .model import Model, Note
from .phrases import Moment, Said
from .settings import CheckedClause, Exception_, Setting

Literal = Quantity | date
Take = Callable[[str, Literal], Literal]  # (name, what is written) -> what is to stand there


def literals(note: Note) -> dict[str, Literal]:
    """Every figure and date that the first version of the note writes, by name."""
    return of_model(note.versions[0])


def of_model(model: Model) -> dict[str, Literal]:
    """Every figure and date of these terms, by name."""
    return {name: literal for name, (literal, _) in _written(model).items()}


def with_literals(note: Note, values: Mapping[str, Literal]) -> Note:
    """The same note with other figures and dates in its first version, and wherever an amendment left them standing.

    Raises KeyError for a name that the note has not, DimensionError for a figure of another kind.
    """
    known = literals(note)
    for name, value in values.items():
        _same_kind(name, known[name], value)

    def changed(model: Model) -> Model:
        standing = left_standing(note.versions[0], model) & values.keys()
        return rewritten(model, lambda name, literal: values[name] if name in standing else literal)

    return note.with_versions(changed)


def left_standing(first: Model, model: Model) -> frozenset[str]:
    """The literals of the first terms, by name, that these terms take from the same place of the file."""
    old = _written(first)
    return frozenset(name for name, (_, origin) in _written(model).items() if name in old and old[name][1] == origin)


LITERAL, DATED, OLD = "literal", "date", "old "  # what the inputs of a recording are called
OF_VERSION = ": "


def opened_terms(model: Model, before: str = "") -> Model:
    """The terms with every literal left open, and so their shape; dates that they settle are inputs too."""

    def left_open(name: str, literal: Literal) -> Literal:
        return open_leaf(literal.dimension, (before + LITERAL, name)) if isinstance(literal, Quantity) else literal

    follows = None if model.follows is None or before else opened_terms(model.follows, OLD)
    return evolve(rewritten(model, left_open), opened=before + DATED, follows=follows)


def opened_start(model: Model) -> Model:
    """The terms opened for the state before anything has happened, which rests on every version: inputs say which."""
    return opened_terms(model, f"{_version(model)}{OF_VERSION}")


def of_start(kind: str) -> tuple[int, str]:
    """Of an input of the start, the version whose terms give it, and what it is there."""
    version, _, kind = kind.partition(OF_VERSION)
    return int(version), kind


def _version(model: Model) -> int:
    """How many versions of the terms there are before this one."""
    return 0 if model.follows is None else _version(model.follows) + 1


def given_value(model: Model, kind: str, name: Any) -> Any:
    """What these terms give for an input of a recording that was made of `opened_terms`."""
    if kind.startswith(OLD) and model.follows is not None:
        return given_value(model.follows, kind.removeprefix(OLD), name)
    if kind == DATED:
        return _given_date(model, name)
    literal = of_model(model)[name]
    assert isinstance(literal, Quantity), f"`{name}` is a date"
    return literal.value


def _given_date(model: Model, name: Any) -> Any:
    if isinstance(name, str):
        return model.dated(name).value
    place, moment = name
    anchor = moment.anchor or _written_in(model, place)
    return model.date_of(evolve(moment, anchor=anchor)).toordinal()


def _same_kind(name: str, written: Literal, value: Literal) -> None:
    if isinstance(written, Quantity) and isinstance(value, Quantity):
        if written.dimension != value.dimension:
            raise DimensionError(f"`{name}` is {written.dimension}, not {value.dimension}")
    elif isinstance(written, Quantity) or isinstance(value, Quantity):
        wanted = written.dimension if isinstance(written, Quantity) else day_of(written).dimension
        raise DimensionError(f"`{name}` is {wanted}")


def rewritten(model: Model, take: Take) -> Model:
    """The terms with each literal replaced by what `take` gives for it."""
    defined = _defining(take)
    pairs = zip(model.clauses, _writing(model), strict=True)
    clauses = tuple(_clause(clause, fields, take, defined) for clause, fields in pairs)
    named = {name: (defined(name, each), origin) for name, (each, origin) in model.definitions.items()}
    if all(new is old for new, old in zip(clauses, model.clauses, strict=True)):
        clauses = model.clauses
    return evolve(model, clauses=clauses, definitions=named)


def rewritten_setting(clause: CheckedClause, field: str, take: Take) -> Setting:
    """One field of a clause with its literals, and those of the definitions that it names, replaced."""
    return _setting(_place_of(clause, field), clause[field], take, _defining(take))


Defined = Callable[[str, Expression], Expression]


def _defining(take: Take) -> Defined:
    """Definitions with their literals replaced, each once."""
    definitions: dict[str, Expression] = {}

    def defined(name: str, expression: Expression) -> Expression:
        if name not in definitions:
            definitions[name] = _place(name, expression, take, defined)
        return definitions[name]

    return defined


def _written(model: Model) -> Mapping[str, tuple[Literal, Origin]]:
    """Every literal of these terms by name, with the place that writes it."""
    found: Mapping[str, tuple[Literal, Origin]] = model.once("literals", lambda: dict(_found(model)))
    return found


def _found(model: Model) -> Iterator[tuple[str, tuple[Literal, Origin]]]:
    for name, (expression, origin) in model.definitions.items():
        yield from _under(origin, _place, name, expression)
    for clause, fields in zip(model.clauses, _writing(model), strict=True):
        for field in fields:
            name, setting = _place_of(clause, field), clause[field]
            yield from _under(setting.origin, _place, name, setting.value)
            for each in setting.exceptions:
                yield from _under(each.origin, _exception, name, each)


def _written_in(model: Model, place: str) -> Literal:
    """The one literal of a place, asked for now; at what stands in other fields nobody looks."""
    found: dict[str, Literal] = {}
    for clause, fields in zip(model.clauses, _writing(model), strict=True):
        for name, field in ((_place_of(clause, field), field) for field in fields):
            if place == name or place.startswith(f'{name} "'):
                _setting(name, clause[field], found.setdefault, _as_it_is)
    return found[place]


def _under(
    origin: Origin, rewrite: Callable[..., Any], name: str, value: Any
) -> list[tuple[str, tuple[Literal, Origin]]]:
    """What a rewriting comes across, all of it written at one place."""
    found: list[tuple[str, tuple[Literal, Origin]]] = []

    def keep(name: str, literal: Literal) -> Literal:
        found.append((name, (literal, origin)))
        return literal

    rewrite(name, value, keep, _as_it_is)
    return found


def _as_it_is(name: str, expression: Expression) -> Expression:
    return expression


def _writing(model: Model) -> tuple[tuple[str, ...], ...]:
    """For each clause the fields that write a literal, or name a definition that may."""
    fields: tuple[tuple[str, ...], ...] = model.once(
        "writing",
        lambda: tuple(
            tuple(field for field, setting in clause.settings.items() if any(map(_writes, _places(setting))))
            for clause in model.clauses
        ),
    )
    return fields


def _places(setting: Setting) -> Iterator[Any]:
    yield setting.value
    for each in setting.exceptions:
        yield each.value
        yield each.condition


def _writes(value: Any) -> bool:
    return _names(value) or any(True for _ in _literals(value))


def _place_of(clause: CheckedClause, field: str) -> str:
    owner = f'{clause.keyword} "{clause.label}"' if clause.name != clause.keyword else clause.keyword
    return owner if field == "value" else f"{owner}.{field}"


def _clause(clause: CheckedClause, fields: tuple[str, ...], take: Take, defined: Defined) -> CheckedClause:
    changed = {}
    for field in fields:
        setting = clause.settings[field]
        new = _setting(_place_of(clause, field), setting, take, defined)
        if new is not setting:
            changed[field] = new
    return evolve(clause, settings={**clause.settings, **changed}) if changed else clause


def _setting(name: str, setting: Setting, take: Take, defined: Defined) -> Setting:
    value = _place(name, setting.value, take, defined)
    exceptions = tuple(_exception(name, each, take, defined) for each in setting.exceptions)
    same = value is setting.value and all(new is old for new, old in zip(exceptions, setting.exceptions, strict=True))
    return setting if same else evolve(setting, value=value, exceptions=exceptions)


def _exception(name: str, exception: Exception_, take: Take, defined: Defined) -> Exception_:
    place = f'{name} "{exception.label}"'
    value = _place(place, exception.value, take, defined)
    condition = _place(f"{place} when", exception.condition, take, defined)
    same = value is exception.value and condition is exception.condition
    return exception if same else evolve(exception, value=value, condition=condition)


def _place(name: str, value: Any, take: Take, defined: Defined) -> Any:
    """What is written in one place, each of its literals taken by its name."""
    count = sum(1 for _ in _literals(value))
    if not count:
        return _mapped(value, lambda literal: literal, defined) if _names(value) else value
    names = iter([name] if count == 1 else [f"{name}.{place}" for place in range(1, count + 1)])
    return _mapped(value, lambda literal: take(next(names), literal), defined)


def _literals(value: Any) -> Iterator[Literal]:
    """The literals of a value in the order in which `_mapped` comes to them, definitions left out."""
    found: list[Literal] = []

    def keep(literal: Literal) -> Literal:
        found.append(literal)
        return literal

    _mapped(value, keep, _as_it_is)
    return iter(found)


def _names(value: Any) -> bool:
    found: list[str] = []

    def keep(name: str, expression: Expression) -> Expression:
        found.append(name)
        return expression

    _mapped(value, lambda literal: literal, keep)
    return bool(found)


def _mapped(value: Any, literal: Callable[[Literal], Literal], defined: Defined) -> Any:
    """The value with its literals replaced; the same object where nothing is."""
    match value:
        case Constant(quantity):
            new = literal(quantity)
            return value if new is quantity else Constant(new)  # type: ignore[arg-type]
        case Named(name, expression):
            inner = defined(name, expression)
            return value if inner is expression else evolve(value, expression=inner)
        case Operation() | Compared():
            left, right = _mapped(value.left, literal, defined), _mapped(value.right, literal, defined)
            return value if left is value.left and right is value.right else evolve(value, left=left, right=right)
        case Choice(_, items) | AllOf(items) | AnyOf(items):
            new_items = tuple(_mapped(item, literal, defined) for item in items)
            same = all(new is old for new, old in zip(new_items, items, strict=True))
            return value if same else evolve(value, items=new_items)  # type: ignore[arg-type]  # of whichever it is
        case NotSo(item):
            new_item = _mapped(item, literal, defined)
            return value if new_item is item else NotSo(new_item)
        case Stated(said):
            new_said = _mapped(said, literal, defined)
            return value if new_said is said else Stated(new_said)
        case Said(_, holes, _):
            new_holes = {hole: _hole(held, literal) for hole, held in holes.items()}
            return value if all(new_holes[hole] is holes[hole] for hole in holes) else evolve(value, holes=new_holes)
    return value


def _hole(held: Any, literal: Callable[[Literal], Literal]) -> Any:
    match held:
        case Quantity() | date():
            return literal(held)
        case Moment(anchor, _, _) if isinstance(anchor, date):
            new = literal(anchor)
            return held if new is anchor else evolve(held, anchor=new)  # type: ignore[arg-type]  # a date
    return held
