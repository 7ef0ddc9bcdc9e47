"""The program `terms`: reads the command line, runs one command, and says in its exit code how it went.

No command shows a traceback for what a file or a command line says. The clock is read here and nowhere else.
"""

import os
import sys
from collections.abc import Sequence

from .exits import FAULT, FINDINGS, INTERRUPTED, PIPE_CLOSED, USAGE, Misused, told


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line; the answer is the exit code."""
    from datetime import date

    from .arguments import parser

    _speak_any_letter()
    file = ""
    try:
        argv = sys.argv[1:] if argv is None else argv
        arguments = parser(argv).parse_args(argv)
        file = getattr(arguments, "note", "")
        code = int(arguments.run(arguments, date.today()))
        sys.stdout.flush()
        return code
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else USAGE
    except Misused as misuse:
        print(f"terms: {misuse}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        print(f"terms: {told(error)}", file=sys.stderr)
        return USAGE
    except Exception as error:
        return _found(error, file)


def _found(error: Exception, file: str) -> int:
    """What is wrong in the files, said as findings; anything else is a fault of the program, and says so."""
    from .findings import diagnostics, tell

    found = diagnostics(error, file)
    if not found and "TENOR_TRACEBACK" in os.environ:
        raise error
    if not found:
        print(f"terms: a fault of the program, not of your files: {type(error).__name__}: {error}", file=sys.stderr)
        print("  help: run it again with TENOR_TRACEBACK=1 and send what it prints to the developers", file=sys.stderr)
        return FAULT
    tell(found)
    return USAGE if all(each.code == "E402" and each.span is None for each in found) else FINDINGS


def _speak_any_letter() -> None:
    """Output that cannot show `×` shows something in its place, and does not fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
