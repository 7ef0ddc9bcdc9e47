"""Mistakes: what a piece that does not fit most likely meant, and one step that mends it.

The machine says where it stopped and what could have gone on. From there each function here looks for one
kind of mistake, in the order of MISTAKES, and the first that recognises it tells. The last resort names the
word.
"""

import re

from .braces import Part, first_on_line
from .classes import evolve
from .diagnostics import Diagnostic
from .lexer import HEADS
from .machine import Stopped
from .measures import after_figure, after_statistic, unit_lacking, unit_wanted
from .mishap import Mishap, is_literal, leading, shown
from .slips import misspelt, snake, written_date
from .tree import Token

_BLOCK = re.compile(r"\s*+\{\s*+([a-z_]++)\s*+:")
_DOTTED = re.compile(r"\.([a-z_]++):?")
OPENERS = {"(": ")", "[": "]"}
MARKS = ("cite", "assumed", "because")
DEFINE = "define"  # after which a name in Title Case stands

# Where a reserved word may stand, for those who wrote it elsewhere.
RESERVED = {
    "for": "`for` follows a comparison, as in `below USD 0.01 for 10 trading days`; here use another word",
    "per": "`per` follows an amount or a percentage, as in `8% per year`; here use another word",
    "of": "`of` follows a word or a percentage, as in `65% of Market Price`",
    "when": "a value has one condition: join two with `and`",
    "over": "`over` follows the series of a look-back, as in `lowest closing bid over the 5 trading days …`",
    "else": '`else` follows the reason of `assumed`, as in `assumed "not stated" else …`',
    "otherwise": "`otherwise` stands for the value had this exception not held; here use another word",
    "lesser": "write `lesser of A and B`, in parentheses where it is part of a sum or a product",
    "greater": "write `greater of A and B`, in parentheses where it is part of a sum or a product",
    "below": "write one comparison, and join several with `and`",
    "above": "write one comparison, and join several with `and`",
    "at": "write one comparison, and join several with `and`",
    "not": "`not` stands before a whole condition; here use another word",
    "and": "`and` joins two values",
    "or": "`or` joins two values",
}


def explain(part: Part, stopped: Stopped, start: str) -> Diagnostic:
    """Why the part is no `start`."""
    if not part.tokens:
        return Diagnostic("E010", "there is no value", help="write one, as in `USD 75,000`")
    mishap = Mishap(part, stopped.at, stopped.expected, start)
    for mistake in MISTAKES:
        finding = mistake(mishap)
        if finding is not None:
            return finding
    return _unexpected(mishap)


def _equals(mishap: Mishap) -> Diagnostic | None:
    """`price = 65%`"""
    words = leading(mishap.part, ("WORD", "NAME", "STRING"))
    rest = mishap.part.tokens[len(words) : len(words) + 1]
    if not words or not rest or rest[0].kind != "BAD" or rest[0].text[0] != "=":
        return None
    name = snake(" ".join(word.text for word in words if word.kind != "STRING"))
    label = "".join(f" {shown(word)}" for word in words if word.kind == "STRING")
    return Diagnostic("E009", "`=` stands where a colon belongs", rest[0].span, f"write `{name}{label}: …`")


def _dotted(mishap: Mishap) -> Diagnostic | None:
    """`default "payment".grace: 10 days`"""
    label, token = mishap.before, mishap.token
    if label is None or token is None or label.kind != "STRING" or not (field := _DOTTED.fullmatch(token.text)):
        return None
    head = " ".join(shown(each) for each in mishap.part.tokens[: mishap.at])
    value = _beginning([each for each in mishap.part.tokens[mishap.at + 1 :] if each.text != ":"])
    message = f"`.{field[1]}` cannot stand after `{shown(label)}`"
    return Diagnostic("E008", message, token.span, f"write `{head} {{ {field[1]}: {value} }}`")


def _misspelt(mishap: Mishap) -> Diagnostic | None:
    """`75000,00`, `“words”`, `dayCount`"""
    if mishap.token is None or mishap.token.kind != "BAD":
        return None
    finding = misspelt(mishap.token)
    return (
        evolve(finding, help=f"{finding.help}{unit_wanted(mishap, mishap.at)}") if finding.code == "E018" else finding
    )


def _date(mishap: Mishap) -> Diagnostic | None:
    """`22 Feb 2019`"""
    for token in (mishap.before, mishap.token):
        if token and token.kind in ("NUMBER", "ORDINAL") and (finding := written_date(token)):
            return finding
    return None


def _heading(mishap: Mishap) -> Diagnostic | None:
    """`Principal: USD 5`, `day-count: 30/360`"""
    words = leading(mishap.part, ("WORD", "NAME"))
    rest = mishap.part.tokens[len(words) : len(words) + 1]
    if not words or mishap.at > len(words):
        return None
    colon = bool(rest) and rest[0].text == ":"
    if words[0].text in MARKS:
        help = f'indent it below the value it belongs to, and write `{words[0].text} "…"`'
        return Diagnostic("E025", f"`{words[0].text}` belongs to no value", words[0].span, help)
    if words[0].kind == "WORD" and not colon:
        return None
    name = " ".join(word.text for word in words)
    title = " ".join(word.text[:1].upper() + word.text[1:] for word in words[1:])
    if words[0].text.lower() == DEFINE and title and mishap.start == "piece":
        help = f"what is defined is named in Title Case: write `{DEFINE} {title}: …`"
        return Diagnostic("E019", f"`{name}` defines no name", words[0].span.to(words[-1].span), help)
    help = f"names are lower-case words joined by `_`: write `{snake(name)}: …`"
    if words[0].kind == "WORD" and mishap.start == "item":
        help += f", or `{name}: …` outside every block, at the start of a line"
    return Diagnostic("E019", f"`{name}` is no name of a clause or a field", words[0].span.to(words[-1].span), help)


def _block(mishap: Mishap) -> Diagnostic | None:
    """`conversion { price: … }` in a block"""
    token = mishap.token
    if token is None or token.kind != "WORD" or mishap.at == 0:
        return None
    inside = _BLOCK.match(token.span.source.text, token.span.end)
    if inside is None:
        return None
    help = f"write each of its fields by itself, as in `{token.text}.{inside[1]}: …`"
    return Diagnostic("E008", f"`{token.text}` opens no block in another", token.span, help)


def _mark_colon(mishap: Mishap) -> Diagnostic | None:
    """`cite: "words"`"""
    if mishap.symbol != "COLON" or mishap.before is None or mishap.before.text not in MARKS:
        return None
    word = mishap.before.text
    return Diagnostic("E008", f"`{word}` takes no colon", mishap.span, f'write `{word} "…"`')


def _unquoted(mishap: Mishap) -> Diagnostic | None:
    """`cite On February 22`"""
    if mishap.expected != {"STRING"} or mishap.before is None:
        return None
    word = mishap.before.text
    return Diagnostic(
        "E021", f"the words after `{word}` stand in no quotation marks", mishap.span, f'write `{word} "…"`'
    )


def _inner_quote(mishap: Mishap) -> Diagnostic | None:
    """`cite "the "Note" shall"`"""
    before, token = mishap.before, mishap.token
    if (
        before is None
        or token is None
        or "STRING" not in (before.kind, token.kind)
        or before.span.end != token.span.start
    ):
        return None
    string = before if before.kind == "STRING" else token
    help = "inside a string write `“…”`, which counts as the same in a quotation"
    return Diagnostic("E022", "a quotation mark inside a string ends it", string.span, help)


def _colon(mishap: Mishap) -> Diagnostic | None:
    """`principal USD 5`, `price "default price" 50%`"""
    tokens = mishap.part.tokens
    words = leading(mishap.part, ("WORD", "STRING"))
    if mishap.start == "value" or mishap.at == 0 or tokens[0].kind != "WORD" or mishap.before is None:
        return None
    if "COLON" in mishap.expected:  # after a label, a Title Case name or the date of `on`
        head = tokens[: mishap.at] if is_literal(mishap.token) or mishap.symbol == "WORD" else []
    elif mishap.at <= len(words) + 1 and (mishap.token is None or is_literal(mishap.token)):  # words without a date
        head = tokens[:1] if mishap.before.text != "on" and mishap.before.kind == "WORD" else []
    else:
        head = []
    if not head or any(token.text == ":" for token in tokens[: mishap.at]):
        return None
    name = " ".join(shown(word) for word in head)
    help = f"write `{name}: {_beginning(tokens[len(head) :])}`"
    return Diagnostic("E009", f"no colon after `{name}`", head[0].span.to(head[-1].span), help)


def _beginning(tokens: list[Token]) -> str:
    """A value as a help repeats it: its first words."""
    return " ".join(shown(token) for token in tokens[:3]) + (" …" if len(tokens) > 3 else "")


def _negative(mishap: Mishap) -> Diagnostic | None:
    """`principal: -5`"""
    owed = mishap.part.tokens[0].kind == "DATE" and mishap.span.text == "-"  # in a line of a ledger
    if mishap.symbol != "SIGN" or not (mishap.wants_value or owed):
        return None
    message = f"`{shown(mishap.part.tokens[mishap.at])}` has nothing on its left: there are no negative numbers"
    help = "write the amount without a sign; whose it is follows from the clause"
    return Diagnostic("E014", message, mishap.span, help + unit_wanted(mishap, mishap.at + 1))


def _no_value(mishap: Mishap) -> Diagnostic | None:
    """`price:` and nothing, `65% of`, `A and`"""
    if not mishap.wants_value or mishap.before is None or is_literal(mishap.token) or mishap.symbol in ("LPAR", "LSQB"):
        return None
    tokens, before = mishap.part.tokens, mishap.before
    if before.text == ":" and mishap.at > 1:
        name = shown(tokens[mishap.at - 2])
        span = tokens[mishap.at - 2].span.to(before.span)
        delete = "the colon" if mishap.symbol == "LBRACE" else f"`{name}:`"
        return Diagnostic("E010", f"`{name}` has no value", span, f"write one after the colon, or delete {delete}")
    return Diagnostic(
        "E010", f"no value after `{shown(before)}`", before.span, f"write one, or delete `{shown(before)}`"
    )


def _open_bracket(mishap: Mishap) -> Diagnostic | None:
    """`(A + B` and no end; `A)` and no beginning"""
    opened: list[Token] = []
    for token in mishap.part.tokens[: mishap.at]:
        if token.kind == "SIGN" and token.text in OPENERS:
            opened.append(token)
        elif token.kind == "SIGN" and token.text in OPENERS.values() and opened:
            opened.pop()
    if mishap.symbol in ("RPAR", "RSQB") and not opened:
        return Diagnostic("E023", f"`{shown(mishap.part.tokens[mishap.at])}` closes nothing", mishap.span, "delete it")
    if not opened or not (mishap.token is None or mishap.symbol in ("LBRACE", "RBRACE", *HEADS, "CITE", "ASSUMED")):
        return None
    sign = opened[-1].text
    last = mishap.before
    help = f"write `{OPENERS[sign]}` after `{shown(last)}`" if last else ""
    return Diagnostic("E023", f"`{sign}` is never closed", opened[-1].span, help)


def _labelled(mishap: Mishap) -> Diagnostic | None:
    """`when: notice "x"`"""
    token = mishap.token
    if token is None or mishap.symbol != "LABELLED" or not mishap.wants_value or first_on_line(token):
        return None
    label = shown(mishap.part.tokens[mishap.at + 1])
    message = f"`{token.text} {label}` is no value: a word before a string names a clause or a field"
    return Diagnostic("E008", message, token.span, f"name what happened as in `event {label}`, or write other words")


def _second_clause(mishap: Mishap) -> Diagnostic | None:
    """`principal: USD 5 issued: 2019-02-22`"""
    if mishap.symbol not in HEADS or mishap.token is None or mishap.at == 0:
        return None
    if mishap.part.tokens[0].kind == "DATE":
        help = "a ledger line is a date and words: `2019-08-26 convert USD 25,000.00`"
        return Diagnostic("E008", "a ledger line has no fields", mishap.span, help)
    if mishap.start != "piece" or first_on_line(mishap.token):
        return None
    message = f"`{mishap.token.text}` starts in the middle of a line"
    return Diagnostic("E015", message, mishap.span, f"start a line with `{mishap.token.text}`, or put it into a block")


def _reserved(mishap: Mishap) -> Diagnostic | None:
    """`counts for the holder`"""
    token = mishap.token
    if token is None or token.kind != "WORD" or token.text not in RESERVED or mishap.symbol == "WORD":
        return None
    help = unit_lacking(mishap) or RESERVED[token.text]
    if token.text == "when" and all(each.text != "when" for each in mishap.part.tokens[: mishap.at]):
        valued = any(each.text == ":" for each in mishap.part.tokens[: mishap.at])
        help = "write `when …` right after the value" if valued else "take `when …` out: it stands after a value"
    return Diagnostic("E024", f"`{token.text}` cannot stand here: it is a reserved word", token.span, help)


def _choice(mishap: Mishap) -> Diagnostic | None:
    """`lesser of A and B - C`"""
    words = [token.text for token in mishap.part.tokens[: mishap.at] if token.kind == "WORD"]
    which = next((word for word in reversed(words) if word in ("lesser", "greater")), None)
    if which is None or mishap.symbol not in ("SIGN", "TIMES"):
        return None
    sign = shown(mishap.part.tokens[mishap.at])
    help = f"put `{which} of …`, or the sum inside it, in parentheses"
    return Diagnostic("E008", f"`{sign}` after `{which} of` can be read two ways", mishap.span, help)


MISTAKES = (
    _equals,
    _date,
    _dotted,
    _misspelt,
    _heading,
    _block,
    _mark_colon,
    _unquoted,
    _inner_quote,
    _open_bracket,
    _labelled,
    _second_clause,
    _colon,
    _negative,
    _no_value,
    _choice,
    after_figure,
    after_statistic,
    _reserved,
)


def _unexpected(mishap: Mishap) -> Diagnostic:
    before = f" after `{shown(mishap.before)}`" if mishap.before else ""
    wanted = _wanted(mishap.expected)
    help = f"write {wanted}" if wanted else "delete it, or start a new clause with a name and a colon"
    if mishap.token is None:
        return Diagnostic("E026", f"more is needed{before}", mishap.span, help)
    return Diagnostic("E008", f"`{shown(mishap.token)}` cannot stand{before or ' here'}", mishap.span, help)


# What can be asked for by name, most helpful first; what is not here is asked for by nobody.
_ASKED = {
    "LPAR": "a value",
    "FIELD": "a name and a colon",
    "STRING": "a string in quotation marks",
    "DATE": "a date, as in `2019-02-22`",
    "WORD": "words, as in `conversion`",
    "COLON": "`:`",
    "AND": "`and` and one more value",
    "OF": "`of`",
    "RPAR": "`)`",
    "RSQB": "`]`",
    "OVER": "`over`",
    "NUMBER": "a number",
    "ON": "`on`",
}


def _wanted(expected: frozenset[str]) -> str:
    """What could have stood instead, if that is little enough to say."""
    if {"EVENT", "STRING", "PERCENT", "LABELLED"} <= expected:
        return "a date, then words and amounts, as in `2019-08-26 convert USD 25,000.00`"
    if "CITE" in expected:
        return ""  # all that was needed is there
    named = [words for symbol, words in _ASKED.items() if symbol in expected]
    return named[0] if expected & {"LPAR", "FIELD"} else " or ".join(named[:2])
