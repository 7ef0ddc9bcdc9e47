"""Layout: the author's lines, the columns that fit, and comments in the midst of a clause.

The formatter keeps three choices of the author: a blank line, a block on one line, and marks beside a clause
rather than below it. A tree that was drawn rather than read has no text to look at, and gets none of them.
"""

from collections.abc import Iterable

from .classes import field, frozen
from .source import Span
from .tree import Comment, Item, Mark

WIDTH = 128  # no line is filled beyond it; a longer literal or quotation stays whole
STOPS = range(32, 10_000, 14)  # the columns that marks can stand in beside their clauses
LEDGER_STOPS = range(0, 10_000, 10)  # and what follows the words of ledger lines
GAP = 2  # the fewest blanks before either


def stop_after(texts: Iterable[str], stops: range) -> int:
    """The first column that leaves a gap after all of the texts."""
    widest = max(map(len, texts), default=0)
    return next(stop for stop in stops if stop >= widest + GAP)


def blank_above(span: Span) -> bool:
    """Whether the author left a blank line above."""
    text, start = span.source.text, span.start
    while start > 0 and text[start - 1] in " \t\r\n":
        start -= 1
    gap = text[start : span.start].replace("\r\n", "\n").replace("\r", "\n")
    return gap.count("\n") > 1


def together(left: Span, right: Span) -> bool:
    """Whether the author wrote both on one line."""
    between = left.source.text[left.end : right.start]
    return bool(left.source.text) and "\n" not in between and "\r" not in between


@frozen
class Piece:
    """A part of a clause that may have a line of its own, and the comments that follow it there.

    `mark` is None for the head: its name, what it says, and the exceptions it prevails over.
    """

    span: Span
    mark: Mark | None
    beside: list[Comment] = field(factory=list)
    below: list[Comment] = field(factory=list)


@frozen
class Pieces:
    """A clause in pieces. Comments from the midst of the head are `lifted` above the clause."""

    head: Piece
    marks: list[Piece]
    lifted: list[Comment]
    closing: list[Comment]

    @property
    def is_plain(self) -> bool:
        """Whether no comment stands between the pieces."""
        *inner, last = [self.head, *self.marks]
        return not any(piece.beside or piece.below for piece in inner) and not last.below


def prevailing(item: Item) -> int:
    """How many of the marks are read with the value, as in `… when in default over "chill"`."""
    kinds = [mark.kind for mark in item.marks]
    return next((at for at, kind in enumerate(kinds) if kind != "over"), len(kinds))


def pieces_of(item: Item) -> Pieces:
    """The clause cut into pieces, each with its comments, in the order of the text."""
    said = item.condition or item.value
    bare = not item.marks and not item.has_block
    end = said.span.end if said else item.span.end if bare else item.name_span.end
    joined = item.marks[: prevailing(item)]
    head = Span(item.span.source, item.span.start, joined[-1].span.end if joined else end)
    marks = [Piece(mark.span, mark) for mark in item.marks[len(joined) :]]
    pieces = Pieces(Piece(head, None), marks, [], [])
    brace_is_last = item.has_block and not (item.marks and item.marks[-1].span.end == item.span.end)
    for comment in item.comments.beside:
        if brace_is_last and comment.span.start >= item.span.end:
            pieces.closing.append(comment)
        else:
            _place(comment, pieces)
    return pieces


def _place(comment: Comment, pieces: Pieces) -> None:
    """Behind the piece that the comment follows; from the midst of a piece, to the end of the one before."""
    at = comment.span.start
    before = [pieces.head, *(piece for piece in pieces.marks if piece.span.start <= at)]
    last = before[-1]
    if at < last.span.end:
        (before[-2].below if len(before) > 1 else pieces.lifted).append(comment)
    elif not last.beside and not last.below and _on_line(last.span, comment):
        last.beside.append(comment)
    else:
        last.below.append(comment)


def _on_line(span: Span, comment: Comment) -> bool:
    between = span.source.text[span.end : comment.span.start]
    return "\n" not in between and "\r" not in between
