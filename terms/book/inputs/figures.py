"""Figures: columns of whole numbers, decimals or plain digits, as integers of one scale."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ....engine.arrays.cells import times
from ....engine.checking.prices import plain_digits
from .cells import Cells, Problem, filled, kind_of, plain, present_in, texts
from .units import digits

DIGITS_MAX = 30  # of a number, as in the language
INT64_MAX = (1 << 63) - 1
PRECISION = 38  # digits of a decimal of 128 bits
TENS_MAX = 18  # the highest power of ten of 64 bits
LOOKED_AT = 256  # rows that tell how many decimals may be needless
_PLAIN = r"^[0-9]*\.?[0-9]+$"


def numbers(array: pa.Array) -> Cells:
    """The numbers of a column, without the zeros that all of them end in after the point."""
    if kind_of(array.type) == "text":
        return _digits(texts(array))
    array = plain(array)
    present = present_in(array)
    if pa.types.is_integer(array.type):
        if array.type != pa.uint64() or not len(array) or (pc.max(array).as_py() or 0) <= INT64_MAX:
            return Cells(np.asarray(filled(array)).astype(np.int64), present)
        array = array.cast(pa.decimal128(20, 0))
    values, wrong = _units(array)
    return Cells(*_shortened(values, present, array.type.scale), wrong)


def joined(parts: list[tuple[Any, int]]) -> tuple[Any, int]:
    """Values of different scales as one array, with the most decimals of any."""
    if len(parts) == 1:
        return parts[0]
    most = max((decimals for _, decimals in parts), default=0)
    arrays = [times(values, 10 ** (most - decimals)) for values, decimals in parts]
    if any(each.dtype == object for each in arrays):
        arrays = [each.astype(object) for each in arrays]
    return (np.concatenate(arrays) if arrays else np.zeros(0, np.int64)), most


def _digits(array: pa.Array) -> Cells:
    trimmed = pc.utf8_trim_whitespace(array).fill_null("")
    length = np.asarray(pc.utf8_length(trimmed))
    present = length > 0
    right = np.asarray(pc.match_substring_regex(trimmed, _PLAIN)) & (length <= DIGITS_MAX)
    wrong = {int(place): _no_digits(trimmed[place].as_py()) for place in np.flatnonzero(present & ~right)}
    spelt = pc.if_else(pa.array(right), trimmed, "0")
    point = np.asarray(pc.find_substring(spelt, "."))
    after = np.where(point >= 0, length - 1 - point, 0)
    before = np.where(right, length, 1) - after
    decimals = int(after.max(initial=0))
    if decimals + int(before.max(initial=0)) <= PRECISION:
        values, _ = _units(spelt.cast(pa.decimal128(PRECISION, decimals)))
    else:
        written = zip(pc.replace_substring(spelt, ".", "").to_pylist(), after.tolist(), strict=True)
        values = np.array([int(each) * 10 ** (decimals - own) for each, own in written], object)
    return Cells(*_shortened(values, present, decimals), wrong)


def _no_digits(text: str) -> Problem:
    if len(text) > DIGITS_MAX:
        return "E615", f"`{text[:DIGITS_MAX]}…` is too long for a number", f"write at most {DIGITS_MAX} digits"
    return "E615", f"`{text}` is not a plain number", f"write {plain_digits(text)}"


def _units(array: pa.Array) -> tuple[Any, dict[int, Problem]]:
    """Decimals as integers of their last place, taken from their bytes; 0 where none is."""
    if pa.types.is_decimal256(array.type) and array.type.precision > PRECISION:
        return _wide(array)
    if pa.types.is_decimal64(array.type):
        return np.asarray(filled(array.view(pa.int64()))), {}
    array = array.cast(pa.decimal128(PRECISION, array.type.scale)) if not pa.types.is_decimal128(array.type) else array
    halves = np.frombuffer(array.buffers()[1] or b"", np.int64).reshape(-1, 2)[array.offset : array.offset + len(array)]
    low, high = halves[:, 0].copy(), halves[:, 1].copy()
    if array.null_count:
        empty = np.asarray(array.is_null())
        low[empty] = high[empty] = 0
    if (high == low >> 63).all():
        return low, {}
    return _checked(high.astype(object) * (1 << 64) + low.view(np.uint64).astype(object), array.type.scale)


def _wide(array: pa.Array) -> tuple[Any, dict[int, Problem]]:
    """Decimals of up to 76 digits, which few files have: by their spelling."""
    spelt = [each.as_py() for each in array.cast(pa.string())]
    scale = array.type.scale
    return _checked(np.array([_whole(each, scale) if each else 0 for each in spelt], object), scale)


def _whole(spelt: str, scale: int) -> int:
    """`1.50` in hundredths is 150; Arrow may spell small ones with an exponent."""
    number, _, exponent = spelt.upper().partition("E")
    whole, _, part = number.partition(".")
    return int(int(whole + part) * 10 ** (scale - len(part) + int(exponent or 0)))


def _checked(values: Any, decimals: int) -> tuple[Any, dict[int, Problem]]:
    """Those with more digits than the language has are wrong; zeros at the end of the decimals are no digits."""
    long = [place for place, value in enumerate(values.tolist()) if _is_long(abs(value), decimals)]
    wrong = {place: _no_digits(_spelt(int(values[place]), decimals)) for place in long}
    values[long] = 0
    return values, wrong


def _spelt(value: int, decimals: int) -> str:
    return f"{'-' if value < 0 else ''}{digits(abs(value), decimals)}"


def _is_long(value: int, decimals: int) -> bool:
    limit = 10**DIGITS_MAX
    if value < limit:
        return False
    over = min(decimals, len(str(value)) - DIGITS_MAX)  # places that may be zeros
    return bool(value % 10**over or value >= limit * 10**over)


def _shortened(values: Any, present: Any, decimals: int) -> tuple[Any, Any, int]:
    """Without needless decimals; what then fits into 64 bits is so."""
    power = decimals if values.dtype == object else min(decimals, TENS_MAX)
    power = _needless(values[:LOOKED_AT], power)
    power = _needless(values, power)
    values = values // 10**power if power else values
    if values.dtype == object and all(-INT64_MAX <= each <= INT64_MAX for each in values.tolist()):
        values = values.astype(np.int64)
    return values, present, decimals - power


def _needless(values: Any, power: int) -> int:
    """How many zeros, at most so many, all of the values end in."""
    while power > 0 and (values % 10**power).any():
        power -= 1
    return power
