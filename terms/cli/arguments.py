"""The command line: its commands and their options. What a command does is imported when it runs."""

import argparse
import os
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from typing import Any

from ...grammar.printable import printable

EPILOG = (
    "exit codes: 0 fine, 1 findings in the files, 2 usage, 3 an expectation failed or an invariant broke, "
    "4 an answer asked for by name is unknown"
)

WIDTH_MAX = 120


def parser(argv: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """All commands; of a command line that begins with one, that one alone."""
    whole = argparse.ArgumentParser(
        prog="terms",
        description="What a note owes on a date, and why.",
        epilog=EPILOG,
        allow_abbrev=False,
        formatter_class=_formatter,
    )
    from ... import __version__

    whole.add_argument("--version", action="version", version=f"tenor {__version__}")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")
    meant = [each for each in COMMANDS if argv and each[0] == argv[0]]
    for name, help, options in meant or COMMANDS:
        options(_command(commands, name, help))
    return whole


def _eval(evaluate: argparse.ArgumentParser) -> None:
    evaluate.add_argument("note", metavar="NOTE")
    _asked(evaluate)
    evaluate.add_argument("--ask", action="append", default=[], metavar="NAMES", help="only these answers, as in a,b")
    evaluate.add_argument("--trace", action="store_true", help="with --json: every step of every figure")


def _explain(explain: argparse.ArgumentParser) -> None:
    explain.add_argument("note", metavar="NOTE | CODE")
    explain.add_argument("answer", nargs="?", metavar="ANSWER")
    _asked(explain)


def _check(check: argparse.ArgumentParser) -> None:
    check.add_argument("paths", nargs="+", metavar="PATH")
    _sources(check)


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Help as wide as the terminal, up to a width that is read easily.

    Made for each option, and argparse would load `shutil` and the archives it knows to measure the terminal.
    """
    try:
        columns = os.get_terminal_size().columns
    except OSError:
        columns = WIDTH_MAX
    return argparse.HelpFormatter(prog, width=min(columns, WIDTH_MAX) - 2)


def _whole(written: str) -> int:
    """The type of options that count."""
    try:
        return int(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{printable(written)}` is no whole number: write digits, as in 4") from None


def _book(book: argparse.ArgumentParser) -> None:
    book.add_argument("paths", nargs="+", metavar="PATH", help="a folder of notes, a note, or a table of parameters")
    book.add_argument("--template", metavar="NOTE", help="the note whose parameters stand in the tables")
    book.add_argument("--facts", metavar="F", help="a folder or file of facts; left out, the ledger beside each note")
    book.add_argument(
        "--dates", required=True, metavar="D", help="A..B for every session, `A..B by month`, days as in A,B, or a file"
    )
    book.add_argument("--calendar", default="", metavar="NAME", help="whose sessions; left out, the first note's")
    book.add_argument("--ask", action="append", required=True, metavar="NAMES", help="the answers, as in a,b")
    book.add_argument("--out", required=True, metavar="FILE", help="ending in .parquet, .arrow or .csv")
    book.add_argument("--exact", action="store_true", help="the numerators and denominators before rounding, too")
    book.add_argument("--wide", action="store_true", help="room for 38 digits instead of 18")
    book.add_argument("--processes", type=_whole, default=0, metavar="N", help="left out, as many as the book is worth")
    book.add_argument("--on", metavar="dask[://HOST:PORT]", help="on a Dask cluster, or on one of this machine")
    book.add_argument("--path", default="fast", choices=("fast", "exact"), help="exact: one statement for each row")
    _sources(book)


def _fmt(layout: argparse.ArgumentParser) -> None:
    layout.add_argument("paths", nargs="+", metavar="PATH")
    layout.add_argument("--check", action="store_true", help="change nothing; name the files that would change")


def _test(test: argparse.ArgumentParser) -> None:
    test.add_argument("paths", nargs="+", metavar="PATH")
    test.add_argument("--update", action="store_true", help="rewrite the expectations that fail")
    _sources(test)


def _verify(verify: argparse.ArgumentParser) -> None:
    verify.add_argument("note", metavar="NOTE")
    verify.add_argument("--examples", type=_whole, default=200, metavar="N", help="ledgers to draw; left out, 200")
    verify.add_argument("--seed", type=_whole, default=0, metavar="S", help="the same seed draws the same; left out, 0")
    verify.add_argument("--time", type=_whole, metavar="SECONDS", help="draw no more once so many have passed")
    verify.add_argument("--par", metavar="PRICE", help="what a variable price must not fall below; left out, 0.0001")
    verify.add_argument("--out", metavar="FOLDER", help="for the ledgers that break something; left out, beside NOTE")
    verify.set_defaults(reading=[])
    _sources(verify)


def _show(show: argparse.ArgumentParser) -> None:
    show.add_argument("note", metavar="NOTE")
    stage = show.add_mutually_exclusive_group(required=True)
    for name, words in (
        ("tree", "what is written"),
        ("model", "what is meant, every default included"),
        ("timeline", "what happens, in order"),
    ):
        stage.add_argument(f"--{name}", dest="stage", action="store_const", const=name, help=words)
    _asked(show, json=False)


COMMANDS = (
    ("eval", "the statement of a note for a date", _eval),
    ("explain", "one answer with the steps it rests on, or an error code", _explain),
    ("check", "what is wrong in notes and ledgers", _check),
    ("book", "many notes asked on many dates, into one file", _book),
    ("fmt", "rewrite notes and ledgers in their canonical layout", _fmt),
    ("test", "run the expectations in notes and ledgers", _test),
    ("verify", "the invariants of a note, tried on random markets and acts", _verify),
    ("show", "the stages of reading a note", _show),
)


def _command(commands: Any, name: str, help: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help,
        description=help[0].upper() + help[1:] + ".",
        epilog=EPILOG,
        allow_abbrev=False,
        formatter_class=_formatter,
    )

    def run(arguments: argparse.Namespace, today: date) -> int:
        module = import_module(f".{name}_command", __package__)
        return int(module.run(arguments, today))

    made.set_defaults(run=run)
    return made


def _asked(command: argparse.ArgumentParser, json: bool = True) -> None:
    """The options that say which day, which facts and which readings are meant."""
    command.add_argument("--date", metavar="D", help="the day, as in 2019-08-26; left out, today")
    command.add_argument("--facts", default="", metavar="F", help="a ledger, or none; left out, the one beside NOTE")
    command.add_argument("--known", metavar="D", help="only facts that were known by then")
    command.add_argument("--open", action="store_true", help="before the day's payments, conversions and sales")
    command.add_argument(
        "--reading",
        action="append",
        default=[],
        metavar="FIELD=READING",
        help='another reading of what the note leaves open, as in conversion.retires="principal first"',
    )
    _sources(command)
    if json:
        command.add_argument("--json", action="store_true", help="for programs")


def _sources(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--sources", action="append", default=[], metavar="DIR", help="a further folder for the texts that notes quote"
    )
