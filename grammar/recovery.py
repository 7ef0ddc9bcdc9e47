"""Reading a piece, and going on when it is broken.

A piece that does not fit is cut once more: clauses that begin in the middle of it, and the fields of its
block. Each part is read alone and gives one finding, so five mistakes give five. Nothing here knows why a
part is wrong: that is told in mistakes.py.
"""

from typing import Any

from .braces import Part, first_on_line, indented
from .classes import evolve, frozen
from .diagnostics import Diagnostic
from .lexer import BAD, HEADS
from .machine import Action, Stopped, run, tables
from .tree import Entry, Item

DEPTH_MAX = 200
_OPENERS = ("LBRACE", "LPAR", "LSQB")
_CLOSERS = ("RBRACE", "RPAR", "RSQB")
_BEFORE_VALUES = ("COLON", "WHEN", "AND", "OR", "NOT")  # after these a value has to come, and no field
_NESTING = ("OF", "NOT", "SIGN", "TIMES")  # each can put one expression inside another without a bracket


@frozen
class Reader:
    """Reads parts of one file with the file's actions."""

    actions: list[Action | None]

    def piece(self, part: Part) -> tuple[list[Item | Entry], list[Diagnostic]]:
        """The clause or ledger line that a piece is, or what is right and what is wrong in it."""
        if len(part.tokens) > DEPTH_MAX and (deep := too_deep(part)):
            return [], [deep]
        try:
            return [run("piece", part.kinds, part.tokens, self.actions)], []
        except Stopped as stopped:
            nodes: list[Item | Entry] = []
            findings: list[Diagnostic] = []
            parts = _clauses(part)
            for each in parts:
                if each is not parts[0]:
                    findings.append(indented(each.tokens[0]))
                node, wrong = self.item("piece", each)
                findings += wrong
                nodes += [node] if node else []
            return nodes, findings or [why(part, stopped, "piece")]

    def item(self, start: str, part: Part) -> tuple[Any, list[Diagnostic]]:
        """The clause or field that a part is, None if its own words are wrong, and all that is wrong."""
        try:
            return run(start, part.kinds, part.tokens, self.actions), []
        except Stopped as stopped:
            outside, fields = _fields(part)
            if not fields:
                return None, [why(part, stopped, start)]
            node, findings = self.item(start, outside)
            items: list[Item] = []
            for each in fields:
                item, wrong = self.item("item", each)
                findings += wrong
                items += [item] if item else []
            return evolve(node, items=tuple(items)) if node else None, findings or [why(part, stopped, start)]


def why(part: Part, stopped: Stopped, start: str) -> Diagnostic:
    """What a part that is no `start` most likely meant. What knows that is loaded where something is wrong."""
    from .mistakes import explain

    return explain(part, stopped, start)


def too_deep(part: Part) -> Diagnostic | None:
    """A finding where more than DEPTH_MAX expressions can lie in one another.

    Counted from the words that nest, before anything is built: a bound on the depth of the tree.
    """
    names = tables().symbols
    depth, outside = 0, [0]
    for kind, token in zip(part.kinds, part.tokens, strict=True):
        name = names[kind] if kind != BAD else ""
        if name in _OPENERS:
            outside.append(depth)
        if name in _OPENERS or name in _NESTING:
            depth += 1
        elif name in _CLOSERS and len(outside) > 1:
            depth = outside.pop()
        elif name in HEADS or name == "COLON":
            depth = outside[-1] + 1
        if depth > DEPTH_MAX:
            message = f"values and blocks lie more than {DEPTH_MAX} deep in one another"
            return Diagnostic("E011", message, token.span, "give a part of it a name with `define`")
    return None


def _clauses(part: Part) -> list[Part]:
    """The part cut where a line outside every block starts as a clause does."""
    cuts, depth = [0], 0
    for at, token in enumerate(part.tokens):
        if token.kind == "SIGN":
            depth += (token.text == "{") - (token.text == "}")
        elif at and depth == 0 and part.tokens[0].kind != "DATE" and _starts_item(part, at) and first_on_line(token):
            cuts.append(at)
    ends = [*cuts[1:], len(part.tokens)]
    return [Part(part.kinds[start:end], part.tokens[start:end]) for start, end in zip(cuts, ends, strict=True)]


def _fields(part: Part) -> tuple[Part, list[Part]]:
    """The part without the fields of its first block, and those fields."""
    outside, fields = Part([], []), list[Part]()
    into, depth, brackets, done = outside, 0, 0, False
    for at, (kind, token) in enumerate(zip(part.kinds, part.tokens, strict=True)):
        sign = token.text if token.kind == "SIGN" else ""
        depth += (sign == "{") - (sign == "}")
        brackets += (sign in ("(", "[")) - (sign in (")", "]"))
        if sign == "}" and depth == 0:
            into, done = outside, True
        elif depth == 1 and not done and _starts_item(part, at) and (not brackets or first_on_line(token)):
            into, brackets = Part([], []), 0
            fields.append(into)
        into.kinds.append(kind)
        into.tokens.append(token)
    return outside, fields


def _is_of_value(part: Part, at: int) -> bool:
    """Whether a word before a string was meant as a value, and as no field of its own: `when: notice "x"`."""
    before = part.kinds[at - 1] if at else BAD
    symbols = tables().symbols
    return before != BAD and symbols[part.kinds[at]] == "LABELLED" and symbols[before] in _BEFORE_VALUES


def _starts_item(part: Part, at: int) -> bool:
    """Whether a field starts here, or what was meant as one: `Price: …`, `price = …`, `dayCount: …`."""
    token = part.tokens[at]
    if part.kinds[at] == BAD:
        return token.text[:1].isalpha() and first_on_line(token)
    if tables().symbols[part.kinds[at]] in HEADS:
        return first_on_line(token) or not _is_of_value(part, at)
    if token.kind not in ("WORD", "NAME") or not first_on_line(token):
        return False
    after = at + 1
    while after < len(part.tokens) and part.tokens[after].kind in ("WORD", "NAME") and after < at + 4:
        after += 1
    return after < len(part.tokens) and part.tokens[after].text[:1] in (":", "=")
