"""Bytes to a source: what a file must be before anyone reads its words.

UTF-8, with or without a byte-order mark, any line ends, at most 1 MB; no control characters, and none that
cannot be seen or that turn the direction of text, so that what a lawyer sees on the screen is what the engine
reads.
"""

import re

from .diagnostics import Diagnostic, NoteErrors
from .source import Source, Span

BYTES_MAX = 1_000_000

# C0 and C1 controls but for tab and line ends; the marks, embeddings, overrides and isolates that turn text;
# the two Unicode line separators, which some editors show as line ends; what Unicode calls ignorable by default
# (soft hyphens, joiners, fillers, variation selectors, tags and the byte-order mark), and notes between lines.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SHOWN = 20  # findings of one kind in one file; a binary file is wrong once


def read_source(name: str, data: bytes) -> Source:
    """The source in `data`; raises NoteErrors. `name` is the path as the reader gave it."""
    if len(data) > BYTES_MAX:
        message = f"the file has {len(data):,} bytes; the limit is {BYTES_MAX:,}"
        raise NoteErrors((Diagnostic("E002", message, help="split it, or keep prices in a CSV file", file=name),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoteErrors((_not_utf8(name, data, error.start),)) from None
    source = Source(name, text)
    findings = [_forbidden(source, match) for match in _FORBIDDEN.finditer(text)]
    if findings:
        raise NoteErrors(tuple(findings[:_SHOWN]))
    return source


def _not_utf8(name: str, data: bytes, at: int) -> Diagnostic:
    shown = Source(name, data.decode("utf-8", errors="replace"))
    start = len(data[:at].decode("utf-8", errors="replace"))
    guess = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4] else "another encoding"
    message = f"byte `0x{data[at]:02x}` is not UTF-8: the file seems to be in {guess}"
    return Diagnostic("E001", message, Span(shown, start, start + 1), help="save the file as UTF-8")


def _forbidden(source: Source, match: re.Match[str]) -> Diagnostic:
    kind = "control character" if ord(match.group()) < 0xA0 else "invisible character"
    message = f"{kind} `U+{ord(match.group()):04X}` is not allowed"
    return Diagnostic("E003", message, Span(source, *match.span()), help="delete it")
