"""What a file may be: UTF-8 text, and nothing that shows other than it reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.grammar.diagnostics import NoteErrors
from tenor.grammar.parse import parse
from tenor.grammar.reading import BYTES_MAX, read_source


def said(data: bytes) -> list[str]:
    with pytest.raises(NoteErrors) as raised:
        read_source("note.terms", data)
    return [str(each) for each in raised.value.diagnostics]


def test_a_byte_order_mark_is_dropped() -> None:
    assert read_source("x", b"\xef\xbb\xbfa: 5").text == "a: 5"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(end: str) -> None:
    """The tree is the same, and lines are counted alike."""
    text = end.join(("a: 5", '  cite "x"', "b: 6 # c", "2019-01-01 pay USD 5", ""))
    document = parse(read_source("x", text.encode()))
    assert document == parse(read_source("x", text.replace(end, "\n").encode()))
    assert [piece.span.line for piece in document.pieces] == [1, 3, 4]


def test_utf_16_is_not_utf_8() -> None:
    assert said("a: 5".encode("utf-16")) == [
        "error[E001]: byte `0xff` is not UTF-8: the file seems to be in UTF-16\n"
        "  --> note.terms:1:1\n"
        "1 | ��a\\u0000:\\u0000 \\u00005\\u0000\n"
        "  | ^\n"
        "  help: save the file as UTF-8"
    ]


def test_another_encoding_is_shown_where_it_breaks() -> None:
    assert said("a: 5\nb: “x”".encode("cp1252")) == [
        "error[E001]: byte `0x93` is not UTF-8: the file seems to be in another encoding\n"
        "  --> note.terms:2:4\n"
        "2 | b: �x�\n"
        "  |    ^\n"
        "  help: save the file as UTF-8"
    ]


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x7f", "\x85", "\u202e", "\u2066", "\u200f", "\u2028", "\ufeff"])
def test_characters_that_hide_are_refused_everywhere(char: str) -> None:
    """In a comment or a string too: what is seen is what is read."""
    for text in (f"a: 5{char}", f"# x{char}\na: 5", f'a: "x{char}y"'):
        [finding] = said(text.encode())
        assert f"`U+{ord(char):04X}` is not allowed" in finding


def test_a_file_has_a_size() -> None:
    """The limit is a million bytes, and the message names it."""
    assert read_source("x", b"#" * BYTES_MAX).text
    [finding] = said(b"#" * (BYTES_MAX + 1))
    assert finding == (
        "error[E002]: the file has 1,000,001 bytes; the limit is 1,000,000\n"
        "  --> note.terms\n"
        "  help: split it, or keep prices in a CSV file"
    )


def outcome(data: bytes) -> list[str]:
    """What is said of a file; nothing if it is read."""
    try:
        parse(read_source("x", data))
    except NoteErrors as errors:
        return [str(each) for each in errors.diagnostics]
    return []


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing but NoteErrors comes out, and what comes out can be shown."""
    assert all(outcome(data))


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert all(outcome(text.encode()))
