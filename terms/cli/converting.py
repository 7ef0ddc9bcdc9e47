"""Conversion: the price with its window, and the shares with every limit."""

from ...engine.exact.quantities import Quantity
from ...engine.exact.spelling import spelt
from ...engine.exact.trace import walk
from ...engine.exact.values import Refused, Unknown
from ...engine.running.formulas import bare, chosen, formula, is_reckoned
from ...engine.running.statement import Statement
from .needed import needs_words
from .owing import reckoning
from .places import short
from .rows import Row, Section, answer_row

NAMES = {
    "conversion_price": "Conversion price",
    "convertible": "Convertible",
    "full_conversion_shares": "Shares for all of it",
    "allowed_shares": "Shares allowed",
    "binding_limit": "What binds",
    "allowed_amount": "Worth, at the price",
    "market_value": "Worth, at the quote",
}
LAST = ("binding_limit", "allowed_amount", "market_value")
WINDOW_MAX = 40  # a longer window shows only what was chosen of it


def conversion_section(said: Statement) -> Section:
    """The price and its window, what may be converted, and what limits it; one row where all is refused alike."""
    refusals = {name: said[name].value.value for name in NAMES}
    first = refusals["conversion_price"]
    if isinstance(first, Refused) and all(each == first for each in refusals.values()):
        return Section("Conversion", (answer_row(said, "conversion_price", "Conversion"),))
    price = said["conversion_price"].value
    told: set[str] = set()
    rows = [answer_row(said, "conversion_price", "Conversion price", reckoning(price, 1), told=told)]
    rows += window_rows(price)
    rows.append(answer_row(said, "convertible", NAMES["convertible"], reckoning(said["convertible"].value), told=told))
    rows += _limits(said, told)
    rows.append(answer_row(said, "allowed_shares", NAMES["allowed_shares"], strong=True, told=told))
    rows += [answer_row(said, name, NAMES[name], told=told) for name in LAST]
    return Section("Conversion", tuple(rows))


def window_rows(price: Quantity) -> list[Row]:
    """The quotes of each look-back under a price, those marked that its result comes from."""
    rows = []
    for step in walk([price]):
        if step.operation != "statistic":
            continue
        missing = [each for each in step.arguments if isinstance(each.value, Unknown)]
        kept = {id(each) for each in (() if missing else chosen(step))}
        shown = [each for each in step.arguments if len(step.arguments) <= WINDOW_MAX or id(each) in kept]
        rows.append(Row(f"  {step.label or 'window'}", mark="", under=()))
        for each in shown:
            quote = "missing" if isinstance(each.value, Unknown) else bare(each)
            written, restated = _as_written(each)
            place = short(written.cites[0]) if written.cites and quote != "missing" else ""
            rows.append(Row(f"    {written.label}{restated}", quote, place, mark="*" if id(each) in kept else ""))
    return rows


def _as_written(quote: Quantity) -> tuple[Quantity, str]:
    """A quote as it is written, and whether splits have restated it since: each is one factor more."""
    written = quote
    while not written.label and written.arguments:
        written = written.arguments[0]
    return written, "" if written is quote else ", restated"


def _limits(said: Statement, told: set[str]) -> list[Row]:
    """Every limit on the shares with its figure and its arithmetic."""
    binding = next((step for step in walk([said["binding_limit"].value]) if step.operation == "binding"), None)
    if binding is None:
        return [answer_row(said, "full_conversion_shares", NAMES["full_conversion_shares"], told=told)]
    rows = []
    for label, limit in zip(binding.detail, binding.arguments, strict=True):
        place = short(next(iter(limit.cites[::-1]), None))
        under: tuple[str, ...] = (f"= {formula(limit, 1).text}",) if is_reckoned(limit) else ()
        if isinstance(limit.value, Unknown):
            new = [need for need in limit.value.needs if need not in told]
            told.update(new)
            under = (f"needs {needs_words(said, new)}",) if new else ()
        rows.append(Row(f"Limit: {label}", plain_figure(limit), place, under))
    return rows


def plain_figure(figure: Quantity) -> str:
    """A figure, or that it is unknown."""
    return "unknown" if isinstance(figure.value, Unknown) else spelt(figure)
