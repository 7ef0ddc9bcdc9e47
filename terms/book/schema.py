"""The schema of a book's table: the same whatever the format, and for every part of it.

Money, prices and rates are decimals, shares whole numbers, dates dates: nothing is ever a float. Beside each
answer stands the reason where there is none. 18 digits are stored as one whole number of 64 bits.
"""

import pyarrow as pa

from ... import __version__
from ...engine.arrays.columns import DECIMALS
from .question import Question

NOTE, DATE, CURRENCY = "note", "date", "currency"
REASON, NUMERATOR, DENOMINATOR = ".reason", ".numerator", ".denominator"
NARROW, WIDE = 18, 38  # digits of a decimal
LISTED = pa.dictionary(pa.int16(), pa.string())
NOTES = pa.dictionary(pa.int32(), pa.string())
IN_CURRENCY = ("money", "price")

_UNITS = {
    "money": "the currency of the row",
    "price": "the currency of the row, a share",
    "shares": "shares",
    "rate": "a year: 0.08 is 8%",
    "years": "years",
    "days": "days",
}


def schema_of(question: Question) -> pa.Schema:
    """The columns of the answer to a question: note, date, the currency where one is needed, and the answers."""
    fields = [pa.field(NOTE, NOTES, nullable=False), pa.field(DATE, pa.date32(), nullable=False)]
    if has_currency(question):
        fields.append(pa.field(CURRENCY, LISTED))
    for name, kind in zip(question.ask, question.kinds, strict=True):
        fields.append(pa.field(name, type_of(kind, question.wide), metadata=_metadata(kind)))
        fields.append(pa.field(name + REASON, LISTED))
        if question.exact and kind in DECIMALS:
            fields += [pa.field(name + part, pa.string()) for part in (NUMERATOR, DENOMINATOR)]
    return pa.schema(fields, metadata={"tenor": __version__})


def has_currency(question: Question) -> bool:
    """Whether any answer is in a currency."""
    return any(kind in IN_CURRENCY for kind in question.kinds)


def type_of(kind: str, wide: bool) -> pa.DataType:
    """How figures of a dimension are stored; `wide` has room for 38 digits."""
    match kind:
        case "date":
            return pa.date32()
        case "truth":
            return pa.bool_()
        case "word":
            return LISTED
        case "shares" | "days" if not wide:
            return pa.int64()
    decimals = DECIMALS.get(kind, 0)
    return pa.decimal128(WIDE, decimals) if wide else pa.decimal64(NARROW, decimals)


def _metadata(kind: str) -> dict[str, str]:
    told = {"kind": kind}
    if kind in _UNITS:
        told["unit"] = _UNITS[kind]
    if kind in DECIMALS:
        decimals = DECIMALS[kind]
        told["rounding"] = f"half up, away from zero, to {decimals} decimals" if decimals else "half up to the whole"
    return told
