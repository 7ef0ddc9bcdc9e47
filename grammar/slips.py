"""Slips of the pen: words that no terminal matches, and how what they most likely mean is written here.

One small function for each kind, tried in the order of SLIPS. Each takes the misspelt token and returns a
finding, or None where the slip is another.
"""

import re

from .diagnostics import Diagnostic
from .lexer import DIGITS_MAX
from .source import Span
from .tree import Token

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CURRENCIES = {"€": "EUR", "£": "GBP", "¥": "JPY"}
ORDERS = {"<": "below", ">": "above", "<=": "at most", "≤": "at most", ">=": "at least", "≥": "at least"}
CURLY = "“”„«»‘’‚`'"  # noqa: RUF001 - quotation marks of all kinds, as strangers type them

_NUMERIC_DATE = re.compile(r"([0-9]{1,4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,4})(?![0-9])")
_MONTH_FIRST = re.compile(r"([A-Z][a-z]{2,8})\.?[ \t]+([0-9]{1,2})(?:st|nd|rd|th)?,?[ \t]+([0-9]{4})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ \t]+([A-Z][a-z]{2,8})\.?,?[ \t]+([0-9]{4})")
_NUMBER = re.compile(r"([0-9][0-9.,']*+|\.[0-9]++)(.*)", re.DOTALL)
_AMOUNT = re.compile(r"(US\$|[A-Z]{3}|[€£¥$])[ \t]*+([0-9][0-9.,]*+)")
_CURRENCY_AND_MORE = re.compile(r"([A-Z]{3})[ \t]++([^\s\"{}#]++)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*+")


def misspelt(token: Token) -> Diagnostic:
    """Why the token fits nowhere."""
    for slip in SLIPS:
        finding = slip(token)
        if finding is not None:
            return finding
    message = f"`{_short(token)}` is no word, number or sign of the language"
    return Diagnostic("E005", message, token.span, "delete it, or put it into a string or a comment")


def written_date(token: Token) -> Diagnostic | None:
    """A finding where a date in words or with slashes begins: `Feb 22, 2019`, `22 Feb 2019`, `02/22/2019`."""
    line = token.span.source.line_text(token.span.line)
    rest = line[token.span.column - 1 :]
    if match := _NUMERIC_DATE.match(rest):
        return _not_a_date(token, match, _meanings(*match.groups()))
    if match := _MONTH_FIRST.match(rest):
        month, day, year = match.groups()
    elif match := _DAY_FIRST.match(rest):
        day, month, year = match.groups()
    else:
        return None
    if month[:3].lower() not in MONTHS:
        return None
    return _not_a_date(token, match, [_iso(year, MONTHS.index(month[:3].lower()) + 1, int(day))])


def snake(words: str) -> str:
    """`Day Count`, `dayCount` or `day-count` as a field's name is written: `day_count`."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", words.strip("_"))
    return re.sub(r"[^a-z0-9.]+", "_", split.lower()).strip("_.")


def _not_a_date(token: Token, match: re.Match[str], choices: list[str]) -> Diagnostic:
    start, written = token.span.start, match.group()
    if written in choices and token.text != written:  # a day, and more against it: `2019-02-22T12:00`
        written = token.text
    help = " or ".join(f"`{choice}`" for choice in choices) or "year, month, day, as in `2019-02-22`"
    message = f"`{written}` is not how a date is written here"
    return Diagnostic("E017", message, Span(token.span.source, start, start + len(written)), f"write {help}")


def _meanings(first: str, second: str, third: str) -> list[str]:
    """What the three numbers of a date can mean, the American order first."""
    if len(first) == 4:
        orders = [(first, second, third)]
    elif len(third) == 4:
        orders = [(third, first, second), (third, second, first)]
    else:
        return []
    right = [order for order in orders if 0 < int(order[1]) < 13 and 0 < int(order[2]) < 32]
    return list(dict.fromkeys(_iso(year, int(month), int(day)) for year, month, day in right))


def _iso(year: str, month: int, day: int) -> str:
    return f"{year}-{month:02}-{day:02}"


def _string(token: Token) -> Diagnostic | None:
    if token.text[0] != '"':
        return None
    help = 'write `"` after the last word; a long quotation may be several strings on several lines'
    return Diagnostic("E004", "this string does not end on its line", token.span, help)


def _possessive(token: Token) -> Diagnostic | None:
    if token.text not in ("'s", "’s", "'", "’"):
        return None
    help = "say it without an apostrophe, as in `option of the holder`"
    return Diagnostic("E005", f"`{token.text}` cannot end a word", token.span, help)


def _quotes(token: Token) -> Diagnostic | None:
    if token.text[0] not in CURLY:
        return None
    message = f"`{token.text[0]}` does not open a string"
    return Diagnostic("E020", message, token.span, 'write straight double quotation marks, as in `"the words"`')


def _invisible(token: Token) -> Diagnostic | None:
    hidden = next((char for char in token.text if not char.isprintable()), None)
    if hidden is None:
        return None
    message = f"invisible character `U+{ord(hidden):04X}` outside a string"
    return Diagnostic("E003", message, token.span, "write an ordinary blank instead")


def _too_long(token: Token) -> Diagnostic | None:
    digits = sum(char in "0123456789" for char in token.text)
    if digits <= DIGITS_MAX or token.text.strip("0123456789,.%$ABCDEFGHIJKLMNOPQRSTUVWXYZ sthndr"):
        return None
    message = f"a number of {digits:,} digits; the limit is {DIGITS_MAX}"
    return Diagnostic("E013", message, token.span, "round it to what the contract says")


def _percent(token: Token) -> Diagnostic | None:
    if token.text == "%":
        help = "write it behind its number without a blank, as in `8%`"
        return Diagnostic("E018", "`%` stands alone", token.span, help)
    match = re.fullmatch(r"%([0-9][0-9.,]*+)", token.text)
    if match is None:
        return None
    return Diagnostic("E018", f"`{token.text}` has its sign in front", token.span, f"write `{match[1]}%`")


def _minus(token: Token) -> Diagnostic | None:
    """`−5`, with the sign of print."""
    if token.text[0] not in "−–" or not token.text[1:2].isdecimal():
        return None
    help = "write the amount without a sign; whose it is follows from the clause"
    return Diagnostic("E014", f"`{_short(token)}`: there are no negative numbers", token.span, help)


def _amount(token: Token) -> Diagnostic | None:
    """`USD 1e9`: a currency that is no name, because a number that is none follows."""
    line, start = token.span.source.line_text(token.span.line), token.span.start
    match = _CURRENCY_AND_MORE.match(line, token.span.column - 1)
    if match is None or match[1] != token.text:
        return None
    span = Span(token.span.source, start, start + len(match.group()))
    negative = _minus(Token("BAD", match[2], span))
    if negative is not None or not match[2][0].isdecimal():
        return negative
    message = f"`{token.text} {_cut(match[2])}` is not how money is written here"
    return Diagnostic("E018", message, span, f"write all digits, as in `{token.text} 75,000.00`")


def _ordering(token: Token) -> Diagnostic | None:
    """`<`, `>=`"""
    sign = re.match("[<>=≤≥]+", token.text)
    words = ORDERS.get(sign.group()) if sign else None
    if words is None:
        return None
    message = f"`{_short(token)}` is no word, number or sign of the language"
    return Diagnostic("E005", message, token.span, f"write `{words}` for it")


def _currency(token: Token) -> Diagnostic | None:
    text = token.text
    if text == "$":
        help = "write `$75,000` without a blank, or `USD 75,000`"
        return Diagnostic("E018", "`$` stands alone", token.span, help)
    match = _AMOUNT.fullmatch(text)
    if match is None and text[0] not in CURRENCIES:
        return None
    sign, digits = (match[1], match[2]) if match else (text[0], "75,000")
    code = CURRENCIES.get(sign, "USD" if "$" in sign else sign)
    message = f"`{_short(token)}` is not how money is written here"
    return Diagnostic("E018", message, token.span, f"write `{code} {meant(digits)}`")


def _number(token: Token) -> Diagnostic | None:
    text = _short(token)
    match = _NUMBER.match(text)
    if match is None:
        return None
    digits, rest = match.groups()
    if rest[:1] in ("-", "/", "*", "+"):
        help = f"put blanks round `{rest[0]}`, or between a number and its unit, as in `90 days`"
        return Diagnostic("E018", f"`{text}` runs together", token.span, help)
    if rest not in ("", "%"):
        help = "write all digits, and a blank before a word, as in `90 days`"
        if re.fullmatch("[A-Z]{3}", rest):
            help = f"write `{rest} {meant(digits)}`"
        elif rest.isalpha() and len(rest) > 2:
            help = f"write `{meant(digits)} {rest}`, with a blank between"
    else:
        help = f"write `{meant(digits)}{rest}`: a dot before decimals, commas only between groups of three"
    return Diagnostic("E018", f"`{text}` is not how a number is written here", token.span, help)


def meant(text: str) -> str:
    """The number most likely meant: its last dot or comma is the decimal sign unless three digits follow."""
    whole, decimals = text.rstrip(".,"), ""
    cut = max(whole.rfind("."), whole.rfind(","))
    if cut >= 0 and (len(whole) - cut - 1 != 3 or cut == 0):
        whole, decimals = whole[:cut], "." + whole[cut + 1 :]
    digits = re.sub("[^0-9]", "", whole) or "0"
    first = len(digits) % 3 or 3
    groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
    return ",".join(groups) + decimals


def _name(token: Token) -> Diagnostic | None:
    match = _NAME.match(token.text)
    if match is None:
        return None
    help = f"names are lower-case words joined by `_`: write `{snake(match.group())}`"
    return Diagnostic("E019", f"`{_short(token)}` is no name", token.span, help)


# Dates before numbers, since they begin with digits; money before names, since it begins with letters.
SLIPS = (
    _string,
    _possessive,
    _quotes,
    _invisible,
    _too_long,
    written_date,
    _percent,
    _minus,
    _ordering,
    _amount,
    _currency,
    _number,
    _name,
)


def _short(token: Token) -> str:
    """The word, cut where it is long."""
    return _cut(token.text.rstrip(":;")) or token.text


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
