"""Conversion: the price with its window, the shares with every limit; and what payments and conversions did."""

from collections.abc import Iterable
from itertools import groupby

from ...engine.formulas import SHOWN_MAX, bare, chosen, formula, is_reckoned
from ...engine.quantities import Quantity
from ...engine.run import Applied
from ...engine.spelling import spelt
from ...engine.statement import Statement
from ...engine.trace import walk
from ...engine.values import Refused, Unknown
from .needed import needs_words
from .owing import reckoning
from .places import short
from .sheet import Row, Section, answer_row

NAMES = {
    "conversion_price": "Conversion price",
    "convertible": "Convertible",
    "full_conversion_shares": "Shares for all of it",
    "allowed_shares": "Shares allowed",
    "binding_limit": "What binds",
    "allowed_amount": "Worth, at the price",
    "market_value": "Worth, at the quote",
}
WINDOW_MAX = 40  # a longer window shows only what was chosen of it


def conversion_section(said: Statement) -> Section:
    """The price and its window, what may be converted, and what limits it; one row where all is refused alike."""
    refusals = {name: said[name].value.value for name in NAMES}
    first = refusals["conversion_price"]
    if isinstance(first, Refused) and all(each == first for each in refusals.values()):
        return Section("Conversion", (answer_row(said, "conversion_price", "Conversion"),))
    price = said["conversion_price"].value
    rows = [answer_row(said, "conversion_price", "Conversion price", reckoning(price, 1))]
    rows += window_rows(price)
    rows.append(answer_row(said, "convertible", NAMES["convertible"], reckoning(said["convertible"].value)))
    rows += _limits(said)
    rows.append(answer_row(said, "allowed_shares", NAMES["allowed_shares"], strong=True))
    rows += [answer_row(said, name, NAMES[name]) for name in ("binding_limit", "allowed_amount", "market_value")]
    return Section("Conversion", tuple(_needs_said_once(rows)))


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
            place = short(each.cites[0]) if each.cites and quote != "missing" else ""
            rows.append(Row(f"    {each.label or 'quote'}", quote, place, mark="*" if id(each) in kept else ""))
    return rows


def _limits(said: Statement) -> list[Row]:
    """Every limit on the shares with its figure and its arithmetic."""
    binding = next((step for step in walk([said["binding_limit"].value]) if step.operation == "binding"), None)
    if binding is None:
        return [answer_row(said, "full_conversion_shares", NAMES["full_conversion_shares"])]
    rows = []
    for label, limit in zip(binding.detail, binding.arguments, strict=True):
        figure = "unknown" if isinstance(limit.value, Unknown) else spelt(limit)
        clause = next((each for each in limit.cites[::-1]), None)
        if isinstance(limit.value, Unknown):
            under: tuple[str, ...] = (f"needs {needs_words(said, limit.value.needs)}",)
        else:
            under = (f"= {formula(limit, 1).text}",) if is_reckoned(limit) else ()
        rows.append(Row(f"Limit: {label}", figure, short(clause), under))
    return rows


def _needs_said_once(rows: Iterable[Row]) -> list[Row]:
    """Rows that wait for the same facts say so once."""
    from attrs import evolve

    told: set[str] = set()
    kept = []
    for row in rows:
        under = tuple(each for each in row.under if not (each.startswith("needs ") and each in told))
        told.update(row.under)
        kept.append(evolve(row, under=under))
    return kept


def history_section(said: Statement) -> Section:
    """What payments, conversions and capitalisations did, with the balances immediately before and after."""
    rows = []
    for _, group in groupby(said.history, key=lambda each: (each.event.date, each.event.kind, each.event.order)):
        for each in group:
            rows += _applied(said, each)
    return Section("What has happened", tuple(rows))


def _applied(said: Statement, each: Applied) -> list[Row]:
    origin = each.event.origin
    words = getattr(origin, "words", "") or f"{each.event.date} {each.event.kind}"
    shown = {name: figure for name, figure in each.change.shown.items() if name != "possible"}
    refusal = next((figure.value for figure in shown.values() if isinstance(figure.value, Refused)), None)
    unknown = next((figure.value for figure in shown.values() if isinstance(figure.value, Unknown)), None)
    under = []
    if refusal is not None:
        under.append("refused, and nothing has changed:")
        under += [f"  {reason}" for reason in refusal.reasons]
    elif unknown is not None:
        under.append(f"unknown whether or how it counts: needs {needs_words(said, unknown.needs)}")
    figures = [
        f"{name.replace('_', ' ')} {spelt(figure)}"
        for name, figure in shown.items()
        if not isinstance(figure.value, Refused | Unknown)
    ]
    under += [", ".join(figures)] if figures else []
    rows = [Row(words, "refused" if refusal else "", short(origin), tuple(under))]
    before, after = each.before.balances(), each.after.balances()
    for name in before:
        rows.append(Row(f"    {name}", f"{_balance(before[name])} → {_balance(after[name])}"))
    return rows


def _balance(figure: Quantity) -> str:
    return "unknown" if isinstance(figure.value, Unknown) else spelt(figure)
