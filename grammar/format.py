"""Formatting: tree to canonical text.

One way to lay out a note, whoever wrote it: what comes out parses to the same tree, formats to itself, and
keeps every literal, quotation and comment byte for byte. The look is that of the first note in the
reference: clauses in column 1 with their marks below them; in a block its own marks first, then its fields,
values in one column, marks beside them in another where they fit. Fields that follow one another without a
blank line share their columns.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from .classes import frozen
from .layout import (
    LEDGER_STOPS,
    STOPS,
    WIDTH,
    Piece,
    Pieces,
    blank_above,
    pieces_of,
    prevailing,
    stop_after,
    together,
)
from .spelling import entry_text, mark_parts, mark_text, name_text, said_text
from .tree import Comment, Document, Entry, Item, Mark


def format_document(document: Document) -> str:
    """The canonical text of a document."""
    lines = _siblings(document.pieces, 0)
    lines += _comment_lines(document.comments, "")
    if lines and not lines[0]:
        del lines[0]
    return "".join(f"{line}\n" for line in lines)


@frozen
class _Row:
    """A clause on its way to lines. What varies with its neighbours is not yet decided."""

    item: Item
    indent: str
    name: str
    said: str
    inner: str  # its block, if that may be on one line
    marks: str  # its marks, if they may be beside it
    pieces: Pieces

    @property
    def is_field(self) -> bool:
        """Whether its value stands in a column with others."""
        return bool(self.indent) and self.item.label is None and self.item.value is not None


@frozen
class _Columns:
    """What a run of rows shares: whose block is on one line, whose marks are beside, and the columns."""

    inline: frozenset[int]
    beside: frozenset[int]
    lefts: tuple[str, ...]
    column: int


def _siblings(pieces: Sequence[Item | Entry], depth: int) -> list[str]:
    """The lines of clauses or fields that follow one another; an empty one where a blank line was left."""
    lines: list[str] = []
    for run in _runs(pieces):
        entries = [piece for piece in run if isinstance(piece, Entry)]
        items = [piece for piece in run if isinstance(piece, Item)]
        lines += _entries(entries) if entries else _items(items, "  " * depth, depth)
    return lines


def _runs(pieces: Sequence[Item | Entry]) -> Iterator[list[Item | Entry]]:
    """Clauses, or ledger lines, with no blank line between them."""
    run: list[Item | Entry] = []
    for piece in pieces:
        starts = [*(comment.span for comment in piece.comments.above), piece.span]
        if run and (isinstance(piece, Entry) != isinstance(run[-1], Entry) or any(map(blank_above, starts))):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


# ---- ledger lines ----------------------------------------------------------------------------------------


def _entries(entries: Sequence[Entry]) -> list[str]:
    rows: list[tuple[Entry, str, str]] = []
    for entry in entries:
        known = f"known {entry.known.text}" if entry.known else ""
        after = [comment.text for comment in entry.comments.beside if comment.span.start >= entry.span.end]
        tail = "  ".join(part for part in (known, *map(mark_text, entry.marks), *after) if part)
        rows.append((entry, entry_text(entry), tail))
    column = stop_after((text for _, text, tail in rows if tail), LEDGER_STOPS)
    lines: list[str] = []
    for entry, text, tail in rows:
        inside = [comment for comment in entry.comments.beside if comment.span.start < entry.span.end]
        lines += _above(entry, inside, "")
        lines.append(f"{text:{column}}{tail}" if tail else text)
    return lines


# ---- clauses and fields ----------------------------------------------------------------------------------


def _items(items: Sequence[Item], indent: str, depth: int) -> list[str]:
    rows = [_row(item, indent, depth) for item in items]
    columns = _columns(rows)
    lines: list[str] = []
    for at, row in enumerate(rows):
        lines += _above(row.item, row.pieces.lifted, indent)
        left = columns.lefts[at]
        last = row.pieces.marks[-1] if row.pieces.marks else row.pieces.head
        if at in columns.beside:
            lines.append(_with(f"{left:{columns.column}}{row.marks}", last.beside))
        elif row.item.has_block and at not in columns.inline:
            lines += _block(row, left, depth)
        else:
            lines.append(_with(left, row.pieces.closing or row.pieces.head.beside))
            lines += _piece_lines(row.pieces, indent + "  ")
    return lines


def _row(item: Item, indent: str, depth: int) -> _Row:
    pieces = pieces_of(item)
    prevails = [mark_text(mark) for mark in item.marks[: prevailing(item)]]
    said = " ".join([said_text(item), *prevails]).strip()
    marks = "  ".join(mark_text(piece.mark) for piece in pieces.marks if piece.mark)
    before = item.items[-1].span if item.items else pieces.head.span
    wanted = bool(depth) or (bool(pieces.marks) and together(before, pieces.marks[0].span))
    inner = _inner(item, pieces)
    if not (pieces.is_plain and wanted and (inner or not item.has_block)):
        marks = ""
    if pieces.marks and not marks:
        inner = ""
    return _Row(item, indent, name_text(item), said, inner, marks, pieces)


def _inner(item: Item, pieces: Pieces) -> str:
    """The block of a clause as it reads on one line; empty where it must not or was not written so."""
    if not pieces.is_plain or item.comments.within or pieces.head.beside:
        return ""
    if not item.items:
        return "{}" if item.has_block and not pieces.marks else ""
    only = item.items[0]
    comments = only.comments
    plain = not (only.has_block or only.marks or comments.above or comments.beside)
    if len(item.items) > 1 or not plain or not together(item.name_span, only.span):
        return ""
    return " ".join(part for part in ("{", name_text(only), said_text(only), "}") if part)


def _columns(rows: Sequence[_Row]) -> _Columns:
    """The columns of a run. What does not fit beside its neighbours goes below, until all the rest fits.

    INVARIANT: what is decided here is decided again alike when the result is formatted: blocks that lose
    their one line, and marks of clauses that lose theirs, are never candidates again; marks of fields
    always are.
    """
    inline = frozenset(at for at, row in enumerate(rows) if row.inner)
    chosen = frozenset(at for at, row in enumerate(rows) if row.marks and not row.indent)
    while True:
        lefts = _lefts(rows, inline)
        beside = chosen | {at for at, row in enumerate(rows) if row.marks and row.indent}
        beside -= {at for at in beside if rows[at].item.has_block and at not in inline}
        while True:
            column = stop_after((lefts[at] for at in beside), STOPS)
            wide = {at for at in beside if column + len(rows[at].marks) > WIDTH}
            if not wide - inline - chosen:
                break
            beside -= wide - inline - chosen
        wide |= {at for at in inline if len(lefts[at]) > WIDTH}
        if not wide:
            return _Columns(inline, beside, lefts, column)
        inline, chosen = inline - wide, chosen - wide


def _lefts(rows: Sequence[_Row], inline: frozenset[int]) -> tuple[str, ...]:
    """What stands left of the marks: values of a block in one column, and so blocks on one line."""
    name_width = max((len(row.name) for row in rows if row.is_field), default=0)
    names = [row.name.ljust(name_width if row.is_field else 0) for row in rows]
    heads = [row.indent + (f"{name} {row.said}" if row.said else name) for name, row in zip(names, rows, strict=True)]
    lefts: list[str] = []
    for is_inline, group in groupby(range(len(rows)), key=lambda at: at in inline):
        ats = list(group)
        width = max(len(heads[at]) for at in ats) if is_inline else 0
        lefts += [f"{heads[at].ljust(width)} {rows[at].inner}" if is_inline else heads[at] for at in ats]
    return tuple(lefts)


def _block(row: _Row, left: str, depth: int) -> list[str]:
    """A clause with its block on lines of its own: the clause's marks, then its fields."""
    inner = row.indent + "  "
    inside = [
        *_piece_lines(row.pieces, inner),
        *_siblings(row.item.items, depth + 1),
        *_comment_lines(row.item.comments.within, inner),
    ]
    if inside and not inside[0]:
        del inside[0]
    return [
        _with(f"{left} {{", row.pieces.head.beside),
        *inside,
        _with(f"{row.indent}}}", row.pieces.closing),
    ]


# ---- marks and comments ----------------------------------------------------------------------------------


def _piece_lines(pieces: Pieces, indent: str) -> list[str]:
    """The marks of a clause below its head, with the comments that lie between them."""
    lines = _own_lines(pieces.head.below, indent)
    for piece in pieces.marks:
        lines += _mark_lines(piece, indent)
    return lines


def _mark_lines(piece: Piece, indent: str) -> list[str]:
    assert piece.mark is not None
    mark: Mark = piece.mark
    first, *rest = mark_parts(mark)
    if len(indent + mark_text(mark)) <= WIDTH:
        lines = [indent + mark_text(mark)]
    else:
        lines = [indent + first, *(" " * (len(indent) + len(mark.kind) + 1) + part for part in rest)]
    lines[-1] = _with(lines[-1], piece.beside)
    return lines + _own_lines(piece.below, indent)


def _with(line: str, comments: Iterable[Comment]) -> str:
    return "  ".join([line, *(comment.text for comment in comments)])


def _own_lines(comments: Iterable[Comment], indent: str) -> list[str]:
    return [indent + comment.text for comment in comments]


def _above(piece: Item | Entry, lifted: Sequence[Comment], indent: str) -> list[str]:
    """What stands on lines of its own above a clause."""
    blank = [""] if blank_above(piece.span) else []
    return [*_comment_lines(piece.comments.above, indent), *blank, *_own_lines(lifted, indent)]


def _comment_lines(comments: Iterable[Comment], indent: str) -> list[str]:
    lines: list[str] = []
    for comment in comments:
        lines += [""] if blank_above(comment.span) else []
        lines.append(indent + comment.text)
    return lines
