"""Helpers: a process that makes parts for the program that started it, until their connection ends.

It is told what to open, and then what is asked, where the parts go, and which notes make each.
"""

import traceback
from contextlib import suppress
from multiprocessing.connection import Connection

from ...grammar.diagnostics import NoteErrors
from .claims import taken
from .saving import saving
from .trouble import Stopped, Unaskable
from .work import work_on


def main(descriptor: int, reader: int) -> None:
    """What a process does that was started to help, with these ends of a connection and of the claims."""
    help_on(Connection(descriptor), reader)


def help_on(connection: Connection, reader: int) -> None:
    """Make the parts that it takes from the claims, tell of each, and in the end that there are no more.

    What goes wrong is told in the place of a part.
    """
    try:
        members = connection.recv().members()
        question, parts, notes = connection.recv()
        work = work_on(question, parts.suffix, members)
        with saving(work, parts, lambda index, tally: connection.send((index, tally))) as save:
            for index in taken(reader):
                if connection.poll():
                    return  # nothing more is said to it: the program that started it has ended
                save(index, *work.part(notes[index]))
        connection.send(None)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except NoteErrors as errors:
        _send(connection, Stopped(str(errors)))  # what could be read when the run began can be read no more
    except (OSError, Unaskable) as error:
        _send(connection, error)
    except Exception as error:
        fault = RuntimeError(f"{type(error).__name__}: {error}")
        fault.add_note(traceback.format_exc())
        _send(connection, fault)


def _send(connection: Connection, error: Exception) -> None:
    with suppress(OSError):  # where nobody is left to hear it
        connection.send(error)
