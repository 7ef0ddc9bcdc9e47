"""Whole notes, ledgers, price paths and dates as Hypothesis strategies, drawn from what the terms declare.

A new kind of clause joins by its declaration alone: each field is drawn by its shape, the holes of its phrases as in
`holes.py`. `SENSE` holds the few fields whose values must fit one another for a note to make sense.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import permutations

from attrs import evolve
from drawn import Case
from holes import FEW, LABELS, Sense, Texts, digits, money, phrase, prices, rates, ratios, shares
from hypothesis import assume
from hypothesis import strategies as st

from tenor.engine.meaning import shapes
from tenor.engine.meaning.term import Field, Term
from tenor.engine.time.calendars import CALENDARS, NYSE, Calendar
from tenor.engine.time.daycounts import DAY_COUNTS
from tenor.engine.time.same_day import SAME_DAY, out_of_turn, reordered
from tenor.engine.world.facts import ENGINE_FACTS
from tenor.engine.world.series import SERIES, VOLUMES
from tenor.terms import TERMS
from tenor.terms.conversion import NOT_CONVERTIBLE

EVENTS = ("DTC chill", "late report")


# ---- values by their shape -----------------------------------------------------------------------------------------


@st.composite
def lookbacks(draw: st.DrawFn, anchor: str = "conversion", series: str = "") -> str:
    """`average of the 3 lowest closing bids over the 10 trading days before conversion`."""
    name = series or draw(st.sampled_from(("closing bid", "closing bid", "closing price", "VWAP")))
    length = draw(st.integers(1, 8))
    statistic = draw(st.sampled_from(("lowest", "highest", "average", "median", "last", "volume-weighted average")))
    what = f"{statistic} {name}"
    if draw(st.booleans()):
        what = f"average of the {draw(st.integers(1, length))} {draw(st.sampled_from(('lowest', 'highest')))} {name}s"
    unit = draw(st.sampled_from(("trading days", "trading days", "days")))
    edge = draw(st.sampled_from(("before", "through", "ending on")))
    return f"{what} over the {length} {unit} {edge} {anchor}"


def figures(dimension: str, exceptional: bool) -> Texts:
    """An expression of the dimension; in an exception, of what it makes an exception to."""
    if dimension != "price":
        return {"money": money, "shares": shares, "rate": rates, "ratio": ratios}[dimension]
    percent = digits(3_000, 10_000, 2).map("{}%".format)
    discounted = st.builds("{} of {}".format, percent, lookbacks())
    variable = st.one_of(lookbacks(), discounted, discounted)
    kinds = [prices, variable, variable, st.builds("{} of {} and {}".format, bounds, prices, variable)]
    if exceptional:
        kinds += [percent.map("{} of otherwise".format), st.builds("{} of otherwise and {}".format, bounds, prices)]
    return st.one_of(kinds)


bounds = st.sampled_from(("lesser", "greater"))


def by_shape(shape: shapes.Shape, sense: Sense, exceptional: bool = False) -> Texts:
    """What a field of this shape may say."""
    match shape:
        case shapes.Phrases(patterns):
            return st.sampled_from(patterns).flatmap(lambda pattern: phrase(pattern, sense))
        case shapes.OneOf(names):
            return st.sampled_from(names)
        case shapes.Figure(dimension):
            return figures(dimension, exceptional)
        case shapes.Condition():
            return conditions(sense)
        case shapes.Quoted():
            return st.sampled_from(('"Drawn, Inc."', '"Example Fund LP"', '"Ünïcode & Söhne"'))
        case shapes.Listed(members):
            several = st.lists(st.sampled_from(members), min_size=1, max_size=len(members), unique=True)
            return several.map(", ".join)


def occurrences() -> list[str]:
    """What a ledger may record that a condition may name in the same words."""
    kinds = [kind for term in TERMS for kind in term.facts]
    return [kind.pattern for kind in kinds if kind.event == "occurrence" and "{" not in kind.pattern]


@st.composite
def conditions(draw: st.DrawFn, sense: Sense, dated: bool = False) -> str:
    """A condition; `dated` where it must hold from a date on, so that it can make an event of default."""
    kinds = [kind for term in TERMS for kind in term.conditions if kind.since is not None or not dated]
    stated = st.sampled_from([kind.pattern for kind in kinds]).flatmap(lambda pattern: phrase(pattern, sense))
    happened = st.one_of(st.sampled_from(EVENTS).map('event "{}"'.format), st.sampled_from(occurrences()))
    watched = st.builds("closing bid {} {} for {} trading days".format, sides, prices, st.integers(2, 5))
    compared = st.one_of(
        st.builds("principal {} {}".format, sides, money), st.builds("{} {} {}".format, lookbacks(), sides, prices)
    )
    daily = watched if dated else st.one_of(watched, compared)
    leaf = st.one_of(stated, happened, stated, happened, stated, happened, daily)
    first = draw(leaf)
    how = draw(st.sampled_from(("alone", "alone", "and", "or", *(() if dated else ("not",)))))
    if how == "not":
        return f"not ({first})"
    return first if how == "alone" else f"{first} {how} {draw(leaf)}"


sides = st.sampled_from(("below", "above", "at least", "at most"))

# Every other order of a day that a note may state.
OTHER_ORDERS = tuple(
    f"{kind} before {later}"
    for kind, later in permutations(SAME_DAY, 2)
    if out_of_turn(reordered(kind, later)) is None and reordered(kind, later) != SAME_DAY
)

# Fields whose values must fit the rest of the note, by clause and field.
SENSE: dict[tuple[str, str], Callable[[Sense], Texts]] = {
    ("note", "same_day"): lambda sense: st.sampled_from(OTHER_ORDERS),
    ("issued", "value"): lambda sense: st.just(str(sense.issued)),
    ("principal", "value"): lambda sense: digits(10_000_00, 300_000_00, 2).map("USD {}".format),
    ("maturity", "value"): lambda sense: st.just(str(sense.issued + timedelta(days=sense.term))),
    ("interest", "accrues_from"): lambda sense: sense.days(-40, 10).map(str),
    ("interest", "anchor"): lambda sense: st.one_of(sense.days(-40, 40).map(str), st.just("accrual start")),
    ("interest", "frequency"): lambda sense: st.sampled_from(FEW),
    ("default", "when"): lambda sense: conditions(sense, dated=True),
    ("default", "rate"): lambda sense: st.just(sense.default_rate),  # one for all, or they contradict each other
}
CHOSEN = {"conversion": ("by", "price")}  # fields that a clause wants unless it says that it does not convert


# ---- clauses and notes ---------------------------------------------------------------------------------------------


def said(term: Term, declared: Field, sense: Sense, exceptional: bool = False) -> Texts:
    """What one field of a clause says."""
    fitting = SENSE.get((term.keyword, declared.name))
    return fitting(sense) if fitting else by_shape(declared.shape, sense, exceptional)


@st.composite
def exceptions(draw: st.DrawFn, term: Term, declared: Field, sense: Sense) -> list[str]:
    """None, one or two, each over those before it."""
    labels = ("first", "second")[: draw(st.sampled_from((0, 0, 0, 1, 2))) if declared.exceptional else 0]
    name, written = term.keyword if declared.name == "value" else declared.name, []
    for place, label in enumerate(labels):
        over = "".join(f' over "{other}"' for other in labels[:place])
        value, when = draw(said(term, declared, sense, True)), draw(conditions(sense))
        written.append(f'{name} "{label}": {value} when {when}{over}')
    return written


@st.composite
def clauses(draw: st.DrawFn, term: Term, sense: Sense, label: str = "", exceptional: bool = True) -> list[str]:
    """A clause as its term declares it, and the exceptions to its value."""
    head, fields, after = term.keyword + (f' "{label}"' if label else ""), [], []
    often = 5 if term.keyword in CHOSEN else 1  # a note that says it does not convert has little else to say
    if term.value is not None and (term.value.required or draw(st.integers(0, often)) == often):
        head += f": {draw(said(term, term.value, sense))}"
        after = draw(exceptions(term, term.value, sense)) if exceptional else []
    if head.endswith(NOT_CONVERTIBLE):
        return [head]
    wanted = CHOSEN.get(term.keyword, ())
    for declared in term.fields:
        if declared.required or declared.name in wanted or draw(st.booleans()):
            fields.append(f"{declared.name}: {draw(said(term, declared, sense))}")
            fields += draw(exceptions(term, declared, sense)) if exceptional else []
    if term.keyword == "interest":
        fields = _with_its_frequency(fields)
    block = " {\n" + "".join(f"  {field}\n" for field in fields) + "}" if fields else ""
    return [head + block, *after] if ":" in head or block else []


def _with_its_frequency(fields: list[str]) -> list[str]:
    """A day count that looks at regular periods, of a note that has none, is given some."""
    written = dict(field.split(": ", 1) for field in fields)
    needs = "frequency" in DAY_COUNTS[written.get("day_count", "actual/365")].needs
    periodic = written.get("method", "").removeprefix("compounded ") in FEW
    return [*fields, "frequency: quarterly"] if needs and "frequency" not in written and not periodic else fields


@st.composite
def senses(draw: st.DrawFn, years: tuple[int, int] = (2004, 2023)) -> Sense:
    start = date(years[0], 1, 1)
    issued = start + timedelta(days=draw(st.integers(0, (date(years[1], 12, 31) - start).days)))
    return Sense(issued, draw(st.integers(20, 500)), draw(rates))


@st.composite
def written_notes(draw: st.DrawFn, sense: Sense) -> tuple[str, ...]:
    """The clauses of a whole note: those it must have and some of the others, and now and then an amendment."""
    written: list[str] = []
    default_rate = False
    for term in sorted(TERMS, key=lambda term: term.keyword != "default"):
        labels: tuple[str, ...] = ("drawn",) if term.label else ("",)
        if term.many:
            labels = LABELS[: draw(st.integers(0, len(LABELS)))]
        elif not term.required and not draw(st.integers(0, 3)):
            continue
        # A default rate and an exception to the rate could both hold, and nothing would say which prevails.
        exceptional = not (default_rate and term.keyword == "interest")
        for label in labels:
            written += draw(clauses(term, sense, label, exceptional))
        default_rate = default_rate or "rate:" in "".join(written)
    amended = draw(st.booleans())
    return (*written, *([draw(amendments(sense, tuple(written)))] if amended else []))


@st.composite
def amendments(draw: st.DrawFn, sense: Sense, written: tuple[str, ...]) -> str:
    """A change of fields of the clauses that the note has, of any that an amendment may change.

    A change with which the note would make no sense is left out; none is left of a note that makes none.
    """
    day = draw(st.integers(1, sense.term))
    later = evolve(sense, term=sense.term + day + draw(st.integers(0, 90)))
    effective = f"effective: {sense.issued + timedelta(days=day)}"
    fields: list[str] = []
    amendable = _amendable(written)
    for place in draw(st.lists(st.sampled_from(range(len(amendable))), min_size=1, max_size=4, unique=True)):
        term, label, declared = amendable[place]
        change = draw(changes(term, label, declared, later))
        if not Case((*written, _amendment(effective, *fields, *change))).wrong():
            fields += change
    return _amendment(effective, *fields)


def _amendment(*fields: str) -> str:
    return 'amendment "First" {\n' + "".join(f"  {each}\n" for each in fields) + "}"


def _amendable(written: tuple[str, ...]) -> list[tuple[Term, str, Field]]:
    """The fields of these clauses that an amendment may change, with the label of a clause that has one of its own."""
    heads = [found.groups() for each in written if (found := re.match(r'(\w+)(?: "(\w+)")?', each))]
    terms = [(term, label if term.many else "") for term in TERMS for name, label in heads if name == term.keyword]
    found = [(term, label, field) for term, label in terms for field in (term.value, *term.fields)]
    return [(term, label, field) for term, label, field in found if field is not None and not field.lasting]


@st.composite
def changes(draw: st.DrawFn, term: Term, label: str, declared: Field, sense: Sense) -> list[str]:
    """What an amendment writes to change one field, and exceptions to it or none."""
    value = f": {draw(said(term, declared, sense))}"
    excepting = draw(exceptions(term, declared, sense))
    if label:
        return [f'{term.keyword} "{label}" {{ {declared.name}{value} }}']
    if declared.name == "value":
        return [term.keyword + value, *excepting]
    return [f"{term.keyword}.{each}" for each in (declared.name + value, *excepting)]


# ---- ledgers -------------------------------------------------------------------------------------------------------


def sessions_about(day: date, calendar: Calendar = NYSE) -> tuple[date, ...]:
    return calendar.sessions_between(day - timedelta(days=16), day + timedelta(days=6))


def calendar_of(text: str) -> Calendar:
    """The calendar of a note that was drawn here."""
    named = re.search(r"^note [^}]*^  calendar: (.*)$", text, re.MULTILINE)
    return CALENDARS[named[1]] if named else NYSE


@st.composite
def price_paths(draw: st.DrawFn, series: str, days: tuple[date, ...], lacking: bool = True) -> list[str]:
    """Quotes of the days; a path repeats what is drawn of it, and may lack some."""
    path = draw(st.lists(shares if series in VOLUMES else prices, min_size=1, max_size=6))
    without = draw(st.sets(st.sampled_from(days), max_size=2)) if lacking and draw(st.booleans()) else ()
    return [f"{day} {series} {path[place % len(path)]}" for place, day in enumerate(days) if day not in without]


@st.composite
def ledgers(draw: st.DrawFn, sense: Sense, text: str, acts: int = 5) -> tuple[str, ...]:
    """Levels, quotes about the days on which something happens, and acts and events of every kind that is declared."""
    days = draw(st.lists(sense.days(0, sense.term + 60), min_size=1, max_size=acts))
    kinds = [kind for term in TERMS for kind in term.facts] + list(ENGINE_FACTS)
    lines = [f"{sense.issued} {level}" for level in draw(levels())]
    for day in days:
        kind = draw(st.sampled_from(kinds))
        labels = [label for label in LABELS if f'default "{label}"' in text] if kind.of_label else []
        if kind.event == "level" and any(line.startswith(f"{day} {kind.pattern.split()[0]} ") for line in lines):
            continue
        if kind.pattern == "event {text}":
            labels = [label for label in EVENTS if f'event "{label}"' in text]
        if "{text}" in kind.pattern:
            line = kind.pattern.replace("{text}", f'"{draw(st.sampled_from(labels))}"') if labels else ""
        else:
            line = draw(phrase(kind.pattern, sense))
        known = f" known {draw(st.integers(0, 30).map(lambda days, day=day: day + timedelta(days=days)))}"
        lines += [f"{day} {line}" + (known if draw(st.integers(0, 3)) == 0 else "")] if line else []
    quoted = [name for name in SERIES if name in text or (name == "volume" and "volume-weighted" in text)]
    for name in quoted:
        lines += draw(price_paths(name, sessions_about(days[0], calendar_of(text))))
    return tuple(sorted(dict.fromkeys(lines), key=lambda line: line[:10]))


@st.composite
def levels(draw: st.DrawFn) -> list[str]:
    """What is outstanding and held from the issue on; sometimes one of them is not recorded."""
    outstanding = draw(digits(10_000_000, 900_000_000, 0))
    held = draw(st.sampled_from(("0", "100,000", "499,000")))
    recorded = [f"outstanding {outstanding} shares", f"held {held} shares"]
    return recorded if draw(st.integers(0, 3)) else recorded[: draw(st.integers(0, 1))]


@st.composite
def cases(draw: st.DrawFn, acts: int = 5) -> Case:
    """A whole note, a ledger and a day of its life or soon after, on or beside a day on which something happens."""
    sense = draw(senses())
    case = Case(draw(written_notes(sense)))
    assume(not case.wrong())
    lines = draw(ledgers(sense, case.text, acts))
    happened = sorted({date.fromisoformat(line[:10]) for line in lines if " per share" not in line})
    about = [*happened, sense.issued + timedelta(days=sense.term)]
    day = draw(st.one_of(sense.days(0, sense.term + 90), st.sampled_from(about)))
    return Case(case.clauses, lines, day)
