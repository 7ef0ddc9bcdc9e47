"""`terms verify`: the invariants of a note, tried on random markets and acts."""

import os
import shlex
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from time import monotonic

from ...engine.exact.dimensions import price
from ...engine.exact.quantities import Quantity, exact, given
from ...engine.meaning.model import Note
from ...engine.meaning.phrases import said
from ...grammar.diagnostics import NoteErrors
from ...grammar.parse import parse_value
from ..verify.invariants import applying
from ..verify.verifying import Verdict, Verified, facts_text, verified
from ..writing import write_atomically
from .asking import loaded
from .exits import DIFFERS, FINE, Misused
from .output import print_sheet
from .patience import patience
from .places import short
from .rows import Row, Section, Sheet

PAR = "0.0001"  # per share, in the note's currency: what most issuers of such notes state
LETTERS_MAX = 40


def run(arguments: Namespace, today: date) -> int:
    """Print what held and what broke, and write a ledger for each break; the code tells whether any did."""
    _check(arguments)
    with patience(arguments.note):
        note = loaded(arguments).note
        invariants = applying(note, _par(arguments.par, note))
    started = monotonic()
    with _progress(arguments.examples) as advance:
        found = verified(
            note,
            invariants,
            arguments.examples,
            arguments.seed,
            lambda: arguments.time is not None and monotonic() - started >= arguments.time,
            advance,
        )
    rows = tuple(_rows(found, arguments))
    print_sheet(Sheet(note.title, _heading(found, arguments), (Section("Invariants", rows, words=True),)))
    return DIFFERS if any(each.broken for each in found.verdicts) else FINE


def _check(arguments: Namespace) -> None:
    """What the options say of themselves."""
    if arguments.examples < 1:
        raise Misused(f"`--examples {arguments.examples}` is no number of ledgers", "write 1 or more")
    if arguments.time is not None and arguments.time < 1:
        raise Misused(f"`--time {arguments.time}` is no number of seconds", "write 1 or more")
    if arguments.out is not None and not os.path.isdir(arguments.out):
        raise Misused(
            f"`{arguments.out}` is not a folder", "`--out` names the folder for the ledgers that break something"
        )


def _par(written: str | None, note: Note) -> Quantity:
    """The par value of a share."""
    currency = note.versions[0].currency
    if written is None:
        return given(price(currency), exact(PAR), f"{currency} {PAR} per share")
    help = f'write it as in `--par "{currency} {PAR}"`'
    text = written if "per" in written else f"{written} per share"
    try:
        match = said(parse_value(text).tokens, ("{price}",)) if len(text) <= LETTERS_MAX else None
    except NoteErrors:
        match = None
    if match is None:
        raise Misused(f"`{written}` is no price, in `--par`", help)
    par: Quantity = match["price"]
    if par.dimension.currency != currency:
        raise Misused(f"`{written}` is in {par.dimension.currency}, and the note in {currency}", help)
    return par


def _heading(found: Verified, arguments: Namespace) -> tuple[str, ...]:
    drawn = f"{found.examples:,} random ledger{'' if found.examples == 1 else 's'} of seed {arguments.seed}"
    short_of = f", of {arguments.examples:,}: the time was over" if found.examples < arguments.examples else ""
    empty = f"; {found.empty:,} of them empty" if found.empty else ""
    return (f"Note {arguments.note}; {drawn}{short_of}{empty}",)


def _rows(found: Verified, arguments: Namespace) -> Iterator[Row]:
    broken = 0
    for each in found.verdicts:
        under: tuple[str, ...] = ()
        if each.broken is not None:
            broken += 1
            under = _told(each, _written(each, broken, arguments), arguments)
        clause = each.invariant.clause
        place = short(clause) if clause.span.start != clause.span.end else ""
        yield Row("broken" if under else "held", each.invariant.sentence, place, under, strong=bool(under))


def _told(verdict: Verdict, path: str, arguments: Namespace) -> tuple[str, ...]:
    assert verdict.broken is not None
    shown = shlex.join(("terms", "eval", arguments.note, "--facts", path, "--date", str(verdict.day)))
    return (f"on {verdict.day}: {verdict.broken.how}", *_clauses(verdict), f"see it: {shown}")


def _clauses(verdict: Verdict) -> Iterator[str]:
    assert verdict.broken is not None
    for clause in verdict.broken.clauses:
        if clause.span.start != clause.span.end:
            yield f"by `{clause.name}{': ' + clause.words if clause.words else ''}`, {clause.place}"


def _written(verdict: Verdict, number: int, arguments: Namespace) -> str:
    """The ledger that breaks it, beside the note or in the folder named."""
    assert verdict.broken is not None
    folder, name = os.path.split(arguments.note)
    path = os.path.join(
        folder if arguments.out is None else arguments.out, f"{os.path.splitext(name)[0]}.broken-{number}.facts"
    )
    heads = (
        f"Drawn by `terms verify` with seed {arguments.seed}: no facts of the world.",
        f"It breaks: {verdict.invariant.sentence}.",
        f"On {verdict.day}: {verdict.broken.how}.",
        *_clauses(verdict),
    )
    write_atomically(path, facts_text(name, heads, verdict.lines).encode())
    return path


@contextmanager
def _progress(examples: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal; anywhere else, silence."""
    if sys.stderr.isatty():
        from .render_progress import bar

        with bar(examples, "ledgers") as advance:
            yield advance
    else:
        yield lambda more: None
