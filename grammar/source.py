"""Where text comes from: a source, and the spans of it that every later stage points back to.

A span is carried from the first token to the last figure, so that an error can underline the
reader's own words and an answer can name its clause.
"""

import re
from bisect import bisect_right
from functools import cached_property

from .classes import field, frozen, made_often

_LINE_END = re.compile(r"\r\n?+|\n")


@frozen(slots=False)
class Source:
    """One file's text. `name` is the path as the reader gave it; `text` has no byte-order mark.

    Of a row of a large table only that row is kept: `first_line` is then where it stands in the file.
    """

    name: str
    text: str = field(repr=False)
    first_line: int = 1

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line starts; lines end with CR LF, LF or CR."""
        return (0, *(match.end() for match in _LINE_END.finditer(self.text)))

    def line_text(self, line: int) -> str:
        """The text of a line (counted from 1), without its line end."""
        starts = self.line_starts
        line -= self.first_line - 1
        end = starts[line] if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end].rstrip("\r\n")


@made_often
class Span:
    """A stretch of a source, as offsets: from `start`, up to but not including `end`."""

    source: Source = field(eq=False, repr=False)
    start: int
    end: int

    @property
    def line(self) -> int:
        """The line of the first character, counted from 1."""
        return bisect_right(self.source.line_starts, self.start) + self.source.first_line - 1

    @property
    def column(self) -> int:
        """The column of the first character, counted from 1."""
        return self.start - self.source.line_starts[self.line - self.source.first_line] + 1

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.source.text[self.start : self.end]

    @property
    def place(self) -> str:
        """`file:line`, as a statement cites it."""
        return f"{self.source.name}:{self.line}"

    def to(self, other: "Span") -> "Span":
        """The span from the start of this one to the end of `other`."""
        return Span(self.source, self.start, other.end)
