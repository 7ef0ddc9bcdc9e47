"""The tree: a note or a ledger as it was written, with the place of every word.

Nothing is interpreted here: numbers keep their spelling, names are not resolved, units are words.
A value is kept twice, as its tokens and as an expression, because a field reads some values as a
phrase (`principal and interest at maturity`) and others as arithmetic (`65% of Market Price`).
Spans and comments take no part in equality.
"""

from .classes import field, made_often
from .source import Source, Span


@made_often
class Token:
    """One word, literal or sign of a value.

    `kind` is one of WORD (lower case, keywords too), NAME (Title Case), SLASHED (`actual/365`), ORDINAL,
    NUMBER, MONEY, PERCENT, DATE, STRING, SIGN (any punctuation). `text` is as spelt, a string's without its
    quotes.
    """

    kind: str
    text: str
    span: Span = field(eq=False, repr=False)


@made_often
class Number:
    """`10 trading days`, `1,000,000 shares`, `3`: digits as spelt and the words of the unit."""

    digits: str
    unit: str = ""
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Money:
    """`USD 75,000.00`, `$75,000`, `USD 0.05 per share`: currency as spelt, digits, words after `per`."""

    currency: str
    digits: str
    per: str = ""
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Percent:
    """`65%`, `8% per year`: digits without the sign, and the word after `per`."""

    digits: str
    per: str = ""
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Date:
    """`2019-02-22`, as spelt: not yet known to be a day of the calendar."""

    text: str
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Text:
    """`"the exact words"`, without the quotes."""

    text: str
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Phrase:
    """Words without brackets; what they mean is the field's business."""

    tokens: tuple[Token, ...]
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Arithmetic:
    """`left + right`, with `+`, `-`, `*` or `/`."""

    operator: str
    left: "Expr"
    right: "Expr"
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Share:
    """`65% of X`."""

    percent: Percent
    of: "Expr"
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Choice:
    """`lesser of A and B`, `greater of A, B and C`; `which` is the first word."""

    which: str
    items: tuple["Expr", ...]
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Offset:
    """`180 days after issue`: edge (`before`, `after`, `through`, `ending on`) and anchor."""

    count: Number
    edge: str
    anchor: "Expr"
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class LookBack:
    """`average of the 3 lowest closing bids over the 10 trading days before conversion`.

    `statistic` is the first word or words (`average`, `lowest`, `volume-weighted average`); where one of
    several is meant, `count` and `among` hold the rest (`3`, `lowest`).
    """

    statistic: str
    series: Phrase
    window: Offset
    count: Number | None = None
    among: str = ""
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Comparison:
    """`closing bid below USD 0.01 for 10 days`; `operator` is `below`, `above`, `at least` or `at most`."""

    operator: str
    left: "Expr"
    right: "Expr"
    duration: Number | None = None
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Logic:
    """`A and B`, `A or B`: also how a list of nouns is written. Flat: `A and B and C` has three items."""

    operator: str
    items: tuple["Expr", ...]
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Not:
    """`not A`."""

    item: "Expr"
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Event:
    """`event "DTC chill"`."""

    label: str
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Otherwise:
    """`otherwise`: the value had this exception not held."""

    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Row:
    """`days 0..30: 115%`: unit, both ends as spelt, value. An open end is empty; `otherwise:` has none."""

    unit: str
    low: str
    high: str
    value: "Expr"
    otherwise: bool = False
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Table:
    """`[days 0..30: 115%, days 31..60: 120%]`."""

    rows: tuple[Row, ...]
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Sequence:
    """`A, B, C`: members of a list."""

    items: tuple["Expr", ...]
    span: Span = field(eq=False, repr=False, kw_only=True)


Expr = (
    Number | Money | Percent | Date | Text | Phrase | Arithmetic | Share | Choice | Offset | LookBack
    | Comparison | Logic | Not | Event | Otherwise | Table | Sequence
)  # fmt: skip


@made_often
class Value:
    """What stands after a colon, `when` or `else`: its tokens and the expression they make."""

    tokens: tuple[Token, ...]
    tree: Expr
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Mark:
    """`cite "…"`, `assumed "…" else other, other`, `over "label"` or `because "…"`.

    `texts` are the strings as written, one for each pair of quotes; joined by a blank they are the quotation.
    """

    kind: str
    texts: tuple[str, ...]
    others: tuple[Value, ...] = ()
    span: Span = field(eq=False, repr=False, kw_only=True)

    @property
    def text(self) -> str:
        """The words, whole."""
        return " ".join(self.texts)


@made_often
class Comment:
    """`# …`, from the sign to the end of its line, byte for byte."""

    text: str
    span: Span = field(eq=False, repr=False)


@made_often
class Comments:
    """The comments that belong to a clause: on lines of their own above it, and beside or in it."""

    above: tuple[Comment, ...] = ()
    beside: tuple[Comment, ...] = ()
    within: tuple[Comment, ...] = ()  # the last ones of its block, before the closing brace


@made_often
class Item:
    """A clause, or a field of one: `name "label": value when condition { marks items }`.

    `name` is the word it starts with; `label` the string after it; `subject` what else may stand there: the
    Title Case name after `define`, the date after `on`. Marks written after the value, first in the block
    or after the block are all in `marks`, in that order.
    """

    name: str
    label: str | None = None
    subject: str = ""
    value: Value | None = None
    condition: Value | None = None
    marks: tuple[Mark, ...] = ()
    items: tuple["Item", ...] = ()
    has_block: bool = False
    comments: Comments = field(default=Comments(), eq=False, repr=False, kw_only=True)
    name_span: Span = field(eq=False, repr=False, kw_only=True)
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Entry:
    """A line of a ledger: `2019-08-26 convert USD 25,000.00 known 2019-08-28`, `series bid from "a.csv"`.

    `tokens` are its words and literals after the date, before `known` and the marks.
    """

    date: Date | None
    tokens: tuple[Token, ...]
    known: Date | None = None
    marks: tuple[Mark, ...] = ()
    comments: Comments = field(default=Comments(), eq=False, repr=False, kw_only=True)
    span: Span = field(eq=False, repr=False, kw_only=True)


@made_often
class Document:
    """A whole file: its clauses and ledger lines in the order written, and the comments after the last."""

    pieces: tuple[Item | Entry, ...]
    comments: tuple[Comment, ...] = field(default=(), eq=False, repr=False)
    source: Source = field(eq=False, repr=False, kw_only=True)
