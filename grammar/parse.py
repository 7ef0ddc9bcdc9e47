"""Parsing: from a source to its tree, with every mistake of the file.

The file is cut where a line starts in column 1 with anything but a closing brace, and each piece is read
alone, so that one broken clause hides no other. What a broken piece is cut into is the business of
recovery.py.
"""

from .braces import Part, balance
from .build import actions_for
from .comments import attach
from .diagnostics import FINDINGS_MAX, Diagnostic, NoteErrors
from .lexer import Words, words_of
from .machine import Stopped, run
from .recovery import Reader, too_deep, why
from .source import Source
from .tree import Document, Entry, Item, Value

WORDS_MAX = 100_000


def parse(source: Source) -> Document:
    """The tree of a file; raises NoteErrors with everything that is wrong in it."""
    document, findings = parse_partly(source)
    if findings:
        raise NoteErrors(findings)
    return document


def parse_partly(source: Source) -> tuple[Document, tuple[Diagnostic, ...]]:
    """The tree of what is right in a file, and what is wrong with the rest, in the order of the text."""
    words = words_of(source, WORDS_MAX)
    if len(words.tokens) > WORDS_MAX:
        return Document((), source=source), (_too_many(words),)
    reader = Reader(actions_for(words.tokens))
    parts, findings = balance(words)
    pieces: list[Item | Entry] = []
    for part in parts:
        if len(findings) > FINDINGS_MAX:
            break
        right, wrong = reader.piece(part)
        pieces += right
        findings += wrong
    findings.sort(key=lambda each: each.span.start if each.span else 0)
    if len(findings) > FINDINGS_MAX:
        findings[FINDINGS_MAX:] = [no_more(findings[FINDINGS_MAX])]
    done, after = attach(pieces, words)
    return Document(done, after, source=source), tuple(findings)


def no_more(next_one: Diagnostic) -> Diagnostic:
    """What stands in the place of a finding, and of all after it, where there are too many."""
    message = f"more than {FINDINGS_MAX} mistakes; what follows is not read"
    help = "mend those above first, or see whether this is a note at all"
    return Diagnostic("E027", message, next_one.span, help, file=next_one.file)


def parse_value(text: str) -> Value:
    """A value alone, as it stands after a colon; raises NoteErrors."""
    words = words_of(Source("value", text), WORDS_MAX)
    part = Part(words.kinds, words.tokens)
    finding = too_deep(part)
    if finding is None:
        try:
            value: Value = run("value", part.kinds, part.tokens, actions_for(words.tokens))
            return value
        except Stopped as stopped:
            finding = why(part, stopped, "value")
    raise NoteErrors((finding,))


def _too_many(words: Words) -> Diagnostic:
    message = f"the file has more than {WORDS_MAX:,} words and signs"
    return Diagnostic("E012", message, words.tokens[-1].span, help="split it into several files")
