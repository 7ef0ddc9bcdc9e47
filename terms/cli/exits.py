"""Exit codes, and the exception for a command line that cannot be meant."""

from ...grammar.printable import printable

FINE = 0
FINDINGS = 1  # something is wrong in the files
USAGE = 2  # something is wrong on the command line
DIFFERS = 3  # an expectation failed, or an invariant broke
UNKNOWN = 4  # an answer that was asked for by name waits for facts
FAULT = 70  # the program itself is wrong
INTERRUPTED = 130
TERMINATED = 143
PIPE_CLOSED = 141


def told(error: OSError) -> str:
    """Which file the system refused, and why."""
    return f"{printable(str(error.filename or 'the output'))}: {(error.strerror or str(error)).lower()}"


class Misused(Exception):
    """A command line that cannot be meant, and what to write instead."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__("\n".join(map(printable, (message, f"  help: {help}") if help else (message,))))
