"""Comments find their clause.

A comment on a line of its own belongs to what comes below it; at the end of a line, or in the middle of a
clause, to that clause; before a closing brace, to the block. None is lost.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TypeVar

from .classes import evolve, frozen
from .lexer import Words
from .tree import Comment, Comments, Entry, Item

Piece = TypeVar("Piece", Item, Entry, Item | Entry)


@frozen
class _Braces:
    """Where every block's opening brace ends, and where every closing one starts."""

    openings: list[int]
    closings: list[int]


def attach(pieces: Sequence[Item | Entry], words: Words) -> tuple[tuple[Item | Entry, ...], tuple[Comment, ...]]:
    """The pieces with their comments, and the comments after the last piece."""
    if not words.comments:
        return tuple(pieces), ()
    signs = [token for token in words.tokens if token.kind == "SIGN"]
    braces = _Braces(
        [sign.span.end for sign in signs if sign.text == "{"],
        [sign.span.start for sign in signs if sign.text == "}"],
    )
    return _share_out(pieces, words.comments, braces)


def _share_out(
    pieces: Sequence[Piece], comments: Sequence[Comment], braces: _Braces
) -> tuple[tuple[Piece, ...], tuple[Comment, ...]]:
    """The pieces with those of the comments that are theirs, and those after the last."""
    starts = [piece.span.start for piece in pieces]
    own: list[list[Comment]] = [[] for _ in pieces]
    above: list[list[Comment]] = [[] for _ in range(len(pieces) + 1)]
    for comment in comments:
        at = bisect_right(starts, comment.span.start) - 1
        if at >= 0 and _touches(pieces[at], comment):
            own[at].append(comment)
        else:
            above[at + 1].append(comment)
    done = tuple(_dress(piece, above[at], own[at], braces) for at, piece in enumerate(pieces))
    return done, tuple(above[-1])


def _touches(piece: Item | Entry, comment: Comment) -> bool:
    """Whether a comment that starts after a piece does lies in it, or after it on its last line."""
    text, end = comment.span.source.text, piece.span.end
    return comment.span.start < end or not text[end : comment.span.start].strip(" \t")


def _dress(piece: Piece, above: list[Comment], own: list[Comment], braces: _Braces) -> Piece:
    if not above and not own:
        return piece
    if isinstance(piece, Entry) or not piece.has_block or not own:
        return evolve(piece, comments=Comments(tuple(above), tuple(own)))
    beside, inside = _sides(piece, own, braces)
    items, within = _share_out(piece.items, inside, braces)
    return evolve(piece, items=items, comments=Comments(tuple(above), tuple(beside), within))


def _sides(item: Item, own: list[Comment], braces: _Braces) -> tuple[list[Comment], list[Comment]]:
    """The comments beside a clause with a block, and those among the items of the block.

    Beside are those before the brace or on its line, among the marks that come first, and after the block.
    """
    opening = braces.openings[bisect_right(braces.openings, item.span.start)]
    after = bisect_left(braces.closings, item.items[-1].span.end if item.items else opening)
    closing = braces.closings[after] if after < len(braces.closings) else item.span.end
    marks = [mark.span.start for mark in item.marks if mark.span.start < closing]
    first = item.items[0].span.start if item.items else closing
    beside: list[Comment] = []
    inside: list[Comment] = []
    for comment in own:
        at = comment.span.start
        among_marks = bool(marks) and at < marks[-1]
        head = at < opening or (at < first and (among_marks or not _first_on_line(comment)))
        (beside if head or at > closing else inside).append(comment)
    return beside, inside


def _first_on_line(comment: Comment) -> bool:
    return not comment.span.source.line_text(comment.span.line)[: comment.span.column - 1].strip(" \t")
