"""Findings: what is wrong in a file, where, and what to do next.

A finding is a value; stages collect them in lists and the door raises `NoteErrors` once, with all of
them. The plain rendering here is the form that tests pin; colour is the command line's business.
"""

from .classes import frozen
from .printable import printable
from .source import Span

FINDINGS_MAX = 200  # whoever meets more has the wrong file


@frozen
class Diagnostic:
    """One finding: a stable code, a lower-case message, the words it is about, and the next step."""

    code: str
    message: str
    span: Span | None = None
    help: str = ""
    related: tuple[tuple[Span, str], ...] = ()
    file: str = ""  # where there is no text to point into, the file's name

    def __str__(self) -> str:
        return render(self)


class NoteErrors(Exception):
    """Everything found wrong, in the order of the files."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n\n".join(render(each) for each in diagnostics))
        self.diagnostics = diagnostics

    def __reduce__(self) -> tuple[type["NoteErrors"], tuple[tuple[Diagnostic, ...]]]:
        """So it goes from one process to another."""
        return type(self), (self.diagnostics,)


def render(diagnostic: Diagnostic) -> str:
    """The finding as plain text, with the reader's line underlined."""
    lines = [f"error[{diagnostic.code}]: {_short(diagnostic.message)}"]
    if diagnostic.span is not None:
        lines += _excerpt(diagnostic.span, "-->", "")
    elif diagnostic.file:
        lines.append(f"  --> {printable(diagnostic.file)}")
    for span, words in diagnostic.related:
        lines += _excerpt(span, "   ", words)
    if diagnostic.help:
        lines.append(f"  help: {_short(diagnostic.help)}")
    return "\n".join(lines)


_LONGEST = 1_000  # characters of a message: a label may have a million
_WIDEST = 160  # a longer line is shown around its span only


def _short(text: str) -> str:
    """The text as far as anyone reads it, with nothing in it that a terminal obeys."""
    return printable(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")


def _excerpt(span: Span, arrow: str, words: str) -> list[str]:
    number = str(span.line)
    shown = span.source.line_text(span.line)
    start = span.column - 1
    length = max(1, min(span.end - span.start, len(shown) - start))
    if len(shown) > _WIDEST:
        cut = max(0, start - _WIDEST // 2)
        shown, start, length = shown[cut : cut + _WIDEST], start - cut, min(length, _WIDEST // 2)
    margin = " " * len(number)
    underline = "".join("\t" if char == "\t" else " " for char in shown[:start]) + "^" * length
    return [
        f"  {arrow} {printable(span.source.name)}:{span.line}:{span.column}",
        f"{number} | {printable(shown)}",
        f"{margin} | {underline}{' ' + words if words else ''}",
    ]
