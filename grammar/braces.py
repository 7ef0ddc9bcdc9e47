"""Cutting a file into pieces, and braces that do not match.

A piece starts in column 1 with anything but a closing brace. A missing `}` is reported at its `{`: where
the count is wrong, a closing brace that starts its line is taken to close the block whose line is indented
as much as it is. The pieces that come out are balanced, so that one lost brace hides no other mistake.
"""

from bisect import bisect_left
from itertools import pairwise

from .classes import evolve, field, frozen
from .diagnostics import Diagnostic
from .lexer import Words
from .machine import tables
from .source import Span
from .tree import Token


@frozen
class Part:
    """A run of tokens to be read as one clause, field or value: their symbols' numbers, and themselves."""

    kinds: list[int]
    tokens: list[Token]


@frozen
class _Slip:
    """A brace without its partner. `before` is the index of the token that a missing one belongs before."""

    piece: int
    at: int
    token: Token
    missing: bool
    before: int = 0
    last_line: int = field(default=0)


def balance(words: Words) -> tuple[list[Part], list[Diagnostic]]:
    """The pieces of a file, each with as many closing as opening braces, and what was wrong with them."""
    number = tables().number
    opening, closing = number["LBRACE"], number["RBRACE"]
    cuts = [at for at in words.firsts if words.kinds[at] != closing]
    if words.tokens and (not cuts or cuts[0] != 0):
        cuts.insert(0, 0)
    braces = [at for at, kind in enumerate(words.kinds) if kind in (opening, closing)]
    parts: list[Part] = []
    slips: list[_Slip] = []
    for piece, (start, end) in enumerate(pairwise((*cuts, len(words.tokens)))):
        own = braces[bisect_left(braces, start) : bisect_left(braces, end)]
        found = _slips(words, piece, own, end)
        slips += found
        part = Part(words.kinds[start:end], words.tokens[start:end])
        parts.append(_mended(part, found, start, closing) if found else part)
    # What was nothing but a stray brace is told as that, and there is nothing left of it to read.
    return [part for part in parts if part.tokens], [*_findings(slips, words, cuts), *_indented(words)]


def _slips(words: Words, piece: int, braces: list[int], end: int) -> list[_Slip]:
    plainly = _match(words, piece, braces, end, by_column=False)
    if not plainly:
        return plainly
    by_column = _match(words, piece, braces, end, by_column=True)
    return by_column if len(by_column) <= len(plainly) else plainly


def _match(words: Words, piece: int, braces: list[int], end: int, *, by_column: bool) -> list[_Slip]:
    open_ones: list[int] = []
    slips: list[_Slip] = []

    def missing(opened: int, before: int) -> _Slip:
        last_line = words.tokens[before - 1].span.line
        return _Slip(piece, opened, words.tokens[opened], True, before, last_line)

    for at in braces:
        token = words.tokens[at]
        if token.text == "{":
            open_ones.append(at)
            continue
        if not open_ones:
            slips.append(_Slip(piece, at, token, missing=False))
            continue
        partner = open_ones[-1]
        if by_column and first_on_line(token):
            partner = next(
                (each for each in reversed(open_ones) if _indent(words.tokens[each]) == token.span.column),
                partner,
            )
        while open_ones[-1] != partner:
            slips.append(missing(open_ones.pop(), at))
        open_ones.pop()
    return slips + [missing(opened, end) for opened in reversed(open_ones)]


def first_on_line(token: Token) -> bool:
    """Whether nothing but blanks stands before the token on its line."""
    source, before = token.span.source, token.span.start
    line_start = source.line_starts[token.span.line - source.first_line]
    while before > line_start and source.text[before - 1] in " \t":
        before -= 1
    return before == line_start


def _indent(token: Token) -> int:
    text = token.span.source.line_text(token.span.line)
    return len(text) - len(text.lstrip(" \t")) + 1


def _mended(part: Part, slips: list[_Slip], start: int, closing: int) -> Part:
    kinds, tokens = list(part.kinds), list(part.tokens)
    for slip in sorted(slips, key=lambda each: each.before or each.at, reverse=True):
        if slip.missing:
            end = tokens[slip.before - start - 1].span.end
            span = Span(slip.token.span.source, end, end)
            kinds.insert(slip.before - start, closing)
            tokens.insert(slip.before - start, evolve(slip.token, text="}", span=span))
        else:
            del kinds[slip.at - start], tokens[slip.at - start]
    return Part(kinds, tokens)


def _findings(slips: list[_Slip], words: Words, cuts: list[int]) -> list[Diagnostic]:
    """One finding a mistake: fields in column 1 part both braces from each other, and are one mistake."""
    findings: list[Diagnostic] = []
    open_ones: list[_Slip] = []
    for slip in slips:
        if slip.missing:
            open_ones.append(slip)
        elif open_ones and open_ones[-1].piece < slip.piece:
            opened = open_ones.pop()
            findings.append(_in_column_1(opened, words.tokens[cuts[opened.piece + 1]]))
        else:
            help = "delete it, or open the block with `{`"
            findings.append(Diagnostic("E007", "`}` closes nothing", slip.token.span, help))
    for slip in open_ones:
        help = f"write `}}` after line {slip.last_line}"
        findings.append(Diagnostic("E006", "`{` is never closed", slip.token.span, help))
    return findings


def _in_column_1(opened: _Slip, word: Token) -> Diagnostic:
    message = f"`{word.text}` stands in column 1, inside a block"
    related = ((opened.token.span, "the block opens here"),)
    return Diagnostic("E016", message, word.span, "indent the fields of a block by two blanks", related)


def _indented(words: Words) -> list[Diagnostic]:
    if not words.tokens or words.firsts[:1] == [0]:
        return []
    return [indented(words.tokens[0])]


def indented(word: Token) -> Diagnostic:
    """A clause that does not start where clauses start."""
    message = f"`{word.text}` does not start in column 1"
    return Diagnostic("E015", message, word.span, f"start the line with `{word.text}`, or put it into a block")
