"""Quotations: whether a source says what a clause quotes.

White space, curly and straight quotes, and escapes such as `\\$` are equal; everything else is exact.
"""

import re
from collections.abc import Iterator, Mapping

from ...grammar.diagnostics import Diagnostic
from ...grammar.tree import Document, Entry, Item, Mark

_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})
_ESCAPE = re.compile(r"\\([^\w\s])")
_BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """The text as quotations are compared."""
    return _BLANKS.sub(" ", _ESCAPE.sub(r"\1", text.translate(_CURLY))).strip()


def check_quotations(document: Document, sources: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """A finding for each quotation that none of the sources' texts holds; `sources` is label -> text."""
    texts = [plain(text) for text in dict.fromkeys(sources.values())]
    quoted: dict[str, bool] = {}
    found = []
    for mark in quotations(document):
        words = plain(mark.text)
        if words not in quoted:
            quoted[words] = any(words in text for text in texts)
        if not words:
            found.append(
                Diagnostic(
                    "E403",
                    "this quotation is empty",
                    mark.span,
                    "quote the contract's words, or take `cite` out",
                )
            )
        elif not quoted[words]:
            where = ", ".join(f'"{label}"' for label in sources)
            help = 'copy the words exactly, or add the source that has them, as in `source "…" { file: "…" }`'
            found.append(Diagnostic("E401", f"these words are not in {where}", mark.span, help))
    return tuple(found)


def quotations(document: Document) -> Iterator[Mark]:
    """Every `cite` of the document, in order."""
    stack: list[Item | Entry] = list(reversed(document.pieces))
    while stack:
        piece = stack.pop()
        yield from (mark for mark in piece.marks if mark.kind == "cite")
        if isinstance(piece, Item):
            stack.extend(reversed(piece.items))
