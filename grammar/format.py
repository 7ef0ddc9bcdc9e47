"""Tree to canonical text: one way to lay out a note, whoever wrote it.

Only white space changes. What comes out reads as the same tree, formats to itself, and keeps every word, literal,
quotation and comment byte for byte; a blank line between clauses stays where the author left one or more.

    clauses in column 1, their marks below them, each on its own line, indented by two
    a block's own marks first in it; its fields indented by two, their values in one column
    a field's marks beside its value, in one column, where the line fits; else below it
    a block of one plain field stays on one line if it was written so and fits
    a ledger line with single blanks; comments after ledger lines that follow one another in one column
"""

from collections.abc import Sequence
from itertools import groupby

from attrs import field, frozen

from .lexer import words_of
from .spelling import Speller, spelt
from .tree import Comment, Document, Entry, Item, Mark

_BLOCK_WIDTH = 110  # a block on one line
_MARKS_WIDTH = 140  # a field with its marks on one line, and a quotation of several strings
_GAP = 5  # between the longest value and the marks beside it
_ENTRY_GAP = 3  # between the longest ledger line and the comments after it


def format_document(document: Document) -> str:
    """The canonical text of a parsed file."""
    source = document.source
    writer = _Writer(Speller(words_of(source, len(source.text))))
    lines = [*writer.pieces(document.pieces, 0), *writer.above(document.comments, 0)]
    if lines[:1] == [_BLANK]:
        del lines[0]
    return "".join(line + "\n" for line in _rendered(lines))


@frozen
class _Line:
    """A line without its comment, and the comment."""

    text: str
    comment: str = ""
    is_entry: bool = False


@frozen
class _Chunk:
    """A part of a clause that can fill a line: its head and value, or a mark. With the comments that follow it."""

    start: int
    end: int
    text: str
    beside: list[str] = field(factory=list)
    below: list[str] = field(factory=list)
    strings: int = 1


@frozen
class _Clause:
    """An item cut into chunks: its head and its marks, and the comments that find no place beside or below those."""

    item: Item
    head: _Chunk
    marks: list[_Chunk]
    brace: tuple[int, int] | None  # where a block that takes several lines starts and ends
    lifted: list[str] = field(factory=list)  # from the middle of the head: they move above it
    closing: list[str] = field(factory=list)  # after the closing brace


_BLANK = _Line("")


@frozen
class _Writer:
    """Lays out the pieces of one file."""

    speller: Speller

    def pieces(self, pieces: Sequence[Item | Entry], indent: int) -> list[_Line]:
        """The lines of clauses and ledger lines, or of the fields of a block."""
        clauses = [self._clause(piece) for piece in pieces if isinstance(piece, Item)]
        rows = iter(zip(clauses, *_columns(clauses, indent), strict=True))
        lines: list[_Line] = []
        for piece in pieces:
            if isinstance(piece, Entry):
                lines += self._entry(piece)
                continue
            clause, left, column = next(rows)
            lines += self._leading(piece, clause.lifted, indent)
            lines += self._open(clause, left, indent) if clause.brace else _closed(clause, left, column, indent)
        return lines

    def above(self, comments: Sequence[Comment], indent: int) -> list[_Line]:
        """Comments on lines of their own."""
        lines: list[_Line] = []
        for comment in comments:
            if self._blank_before(comment.span.start):
                lines.append(_BLANK)
            lines.append(_Line(" " * indent + comment.text))
        return lines

    def _leading(self, piece: Item | Entry, lifted: list[str], indent: int) -> list[_Line]:
        blank = [_BLANK] if self._blank_before(piece.span.start) else []
        return [*self.above(piece.comments.above, indent), *blank, *_own_lines(lifted, indent)]

    def _blank_before(self, start: int) -> bool:
        """Whether what starts here is first on its line, with a blank line above."""
        text, at = self.speller.words.source.text, start
        while at and text[at - 1] in " \t\r\n":
            at -= 1
        return len(text[at:start].splitlines()) > 1 + (text[start - 1 : start] not in ("\r", "\n"))

    def _entry(self, entry: Entry) -> list[_Line]:
        start, end = entry.span.start, entry.span.end
        text = spelt(self.speller.tokens(start, end))
        inside = [comment.text for comment in entry.comments.beside if comment.span.start < end]
        after = [comment.text for comment in entry.comments.beside if comment.span.start >= end]
        return [*self._leading(entry, inside, 0), _Line(text, "".join(after), is_entry=True)]

    def _open(self, clause: _Clause, left: str, indent: int) -> list[_Line]:
        """A clause whose block takes several lines, its marks first in it."""
        inner = indent + 2
        lines = [*_own_lines(clause.head.below, inner), *_marks_below(clause.marks, inner)]
        lines += [*self.pieces(clause.item.items, inner), *self.above(clause.item.comments.within, inner)]
        if lines[:1] == [_BLANK]:
            del lines[0]
        head = _Line(f"{left} {{", "".join(clause.head.beside))
        return [head, *lines, _Line(" " * indent + "}", "".join(clause.closing))]

    # ---- cutting an item into chunks -------------------------------------------------------------------------------

    def _clause(self, item: Item) -> _Clause:
        start, end = item.span.start, item.span.end
        brace = self._brace(item) if item.has_block else None
        stop = min([brace[0] if brace else end, *(mark.span.start for mark in item.marks[:1])])
        tokens = self.speller.tokens(start, stop)
        text, end = spelt(tokens), tokens[-1].span.end
        marks = [self._mark(mark) for mark in item.marks]
        # `over "…"` goes on with the sentence of the value, so it stays on its line.
        while marks and item.marks[-len(marks)].kind == "over":
            mark = marks.pop(0)
            text, end = f"{text} {mark.text}", mark.end
        if brace and (block := self._one_line_block(item, brace, len(text))):
            text, end, brace = f"{text} {block}", max(end, brace[1]), None
        clause = _Clause(item, _Chunk(start, end, text), marks, brace)
        for comment in item.comments.beside:
            self._place(comment, clause)
        return clause

    def _mark(self, mark: Mark) -> _Chunk:
        """A mark; with its strings below one another if there are several and they are too wide for a line."""
        span = mark.span
        tokens = self.speller.tokens(span.start, span.end)
        return _Chunk(span.start, span.end, spelt(tokens), strings=len(mark.texts))

    def _brace(self, item: Item) -> tuple[int, int]:
        opening = self.speller.sign("{", item.name_span.end).span
        last = item.items[-1].span.end if item.items else opening.end
        return opening.start, self.speller.sign("}", last).span.end

    def _one_line_block(self, item: Item, brace: tuple[int, int], width: int) -> str:
        """The block of one plain field as it stands on one line, empty where it may not."""
        text = self.speller.words.source.text[slice(*brace)]
        empty = not (item.items or item.marks or item.comments.within)
        if any(comment.span.start < brace[1] for comment in item.comments.beside) or "\n" in text or "\r" in text:
            return "{}" if empty and "#" not in text else ""
        if empty:
            return "{}"
        if len(item.items) != 1 or item.items[0].marks or item.items[0].has_block:
            return ""
        span = item.items[0].span
        block = f"{{ {spelt(self.speller.tokens(span.start, span.end))} }}"
        return block if width + 1 + len(block) <= _BLOCK_WIDTH else ""

    def _place(self, comment: Comment, clause: _Clause) -> None:
        """Give the comment to the chunk it follows; from the middle of a chunk it moves to the one before."""
        text, at = self.speller.words.source.text, comment.span.start
        if clause.brace and at >= clause.brace[1] and not text[clause.brace[1] : at].strip(" \t"):
            clause.closing.append(comment.text)
            return
        chunks = [clause.head, *(mark for mark in clause.marks if mark.start < at)]
        chunk = chunks[-1]
        if at < chunk.end:
            (chunks[-2].below if len(chunks) > 1 else clause.lifted).append(comment.text)
        elif chunk.beside or text[chunk.end : at].strip(" \t{"):
            chunk.below.append(comment.text)
        else:
            chunk.beside.append(comment.text)


def _own_lines(comments: Sequence[str], indent: int) -> list[_Line]:
    return [_Line(" " * indent + comment) for comment in comments]


def _columns(clauses: Sequence[_Clause], indent: int) -> tuple[list[str], list[int]]:
    """For each clause what stands left of its marks, and the column of its marks: 0 where they go below it."""
    if not indent:
        return [clause.head.text for clause in clauses], [0] * len(clauses)
    names = [_name_width(clause) for clause in clauses]
    widest = max(names, default=0)
    lefts = [
        " " * indent + clause.head.text[:name] + " " * (widest - name if name else 0) + clause.head.text[name:]
        for clause, name in zip(clauses, names, strict=True)
    ]
    beside = [at for at, clause in enumerate(clauses) if _can_stand_beside(clause)]
    column = 0
    while beside:
        column = max(len(lefts[at]) for at in beside) + _GAP
        fitting = [at for at in beside if column + len(_joined(clauses[at].marks)) <= _MARKS_WIDTH]
        if fitting == beside:
            break
        beside = fitting
    return lefts, [column if at in set(beside) else 0 for at in range(len(clauses))]


def _name_width(clause: _Clause) -> int:
    """The width of a plain field's name and colon; 0 for what has a label, or no value."""
    item = clause.item
    return clause.head.text.index(":") + 1 if item.label is None and item.value is not None else 0


def _can_stand_beside(clause: _Clause) -> bool:
    """Whether nothing but width keeps the marks from the line of the value: no comment, and no block below it."""
    chunks = [clause.head, *clause.marks]
    return bool(clause.marks) and not clause.brace and not any(each.beside or each.below for each in chunks[:-1])


def _joined(marks: Sequence[_Chunk]) -> str:
    return " ".join(mark.text for mark in marks)


def _closed(clause: _Clause, left: str, column: int, indent: int) -> list[_Line]:
    """A clause without a block, or with its block on one line."""
    if column:
        return [_Line(left.ljust(column) + _joined(clause.marks), "".join(clause.marks[-1].beside))]
    head = _Line(left, "".join(clause.head.beside))
    return [head, *_own_lines(clause.head.below, indent + 2), *_marks_below(clause.marks, indent + 2)]


def _marks_below(marks: Sequence[_Chunk], indent: int) -> list[_Line]:
    lines: list[_Line] = []
    for mark in marks:
        rows = _wrapped(mark, indent)
        lines += [_Line(row) for row in rows[:-1]]
        lines += [_Line(rows[-1], "".join(mark.beside)), *_own_lines(mark.below, indent)]
    return lines


def _wrapped(mark: _Chunk, indent: int) -> list[str]:
    """The line of a mark, or where it has several strings and is too wide, a line for each string."""
    text = " " * indent + mark.text
    if len(text) <= _MARKS_WIDTH or mark.strings == 1:
        return [text]
    word, *strings = mark.text.split('"')[: 2 * mark.strings]
    rest = mark.text[len(word) + sum(len(each) + 1 for each in strings) + 1 :]
    quoted = [f'"{each}"' for each in strings[::2]]
    quoted[-1] += rest
    return [" " * (indent + len(word)) + each if at else " " * indent + word + each for at, each in enumerate(quoted)]


def _rendered(lines: Sequence[_Line]) -> list[str]:
    """The lines as text: comments of ledger lines that follow one another stand in one column."""
    rendered: list[str] = []
    for is_entry, run in groupby(lines, key=lambda line: line.is_entry):
        rows = list(run)
        column = max((len(row.text) for row in rows if row.comment), default=0) + _ENTRY_GAP if is_entry else 0
        rendered += [f"{row.text}  ".ljust(column) + row.comment if row.comment else row.text for row in rows]
    return rendered
