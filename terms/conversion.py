"""Conversion: from money owed to shares, at a price.

Contract words: "Investor shall have the option to convert all or any portion of the Note into shares of the
Company's Common Stock". Asks for limits and permissions without knowing who sets them.
"""

from collections.abc import Iterator
from typing import Any

from ..engine.checking.findings import finding
from ..engine.exact.dimensions import SHARES, price
from ..engine.exact.origins import Clause
from ..engine.exact.quantities import (
    Quantity,
    binding,
    choose,
    every,
    given,
    lowest,
    nothing,
    permitted,
    rounded,
    some,
)
from ..engine.exact.rounding import DOWN, NEAREST, UP
from ..engine.exact.values import Reason, Refused
from ..engine.meaning.expressions import constants, is_above_zero
from ..engine.meaning.model import Model
from ..engine.meaning.settings import CheckedClause
from ..engine.meaning.shapes import Figure, OneOf, Phrases
from ..engine.meaning.term import Change, FactKind, Field, NounKind, Term
from ..engine.running.openings import days_to_come, openings, windows
from ..engine.running.view import View
from ..engine.world.series import SERIES, VOLUMES

ALLOWED, NOT_CONVERTIBLE = "allowed", "not allowed"
ROUNDED = {"rounded down": DOWN, "rounded up": UP, "rounded to the nearest": NEAREST}
ISSUED = "shares issued"
WHOLE = "the whole balance"
PRICES = tuple(series for series in SERIES if series not in VOLUMES)


def state(clause: CheckedClause, model: Model) -> dict[str, Quantity]:
    return {ISSUED: nothing(SHARES)}


def conversion_price(clause: CheckedClause, view: View) -> Quantity:
    """The price today, whether or not the window is open."""
    if _forbidden(clause):
        return given(price(view.model.currency), _refusal(clause), "conversion price", clause.origin)
    return view.figure(clause["price"]).named("conversion price")


def convertible(clause: CheckedClause, view: View) -> Quantity:
    """The money that the clause opens to conversion, before any limit on shares."""
    return permitted(view.once(_opened, clause), view.once(_permissions, clause))


def full_conversion_shares(clause: CheckedClause, view: View) -> Quantity:
    return permitted(view.once(_full, clause), view.once(_permissions, clause))


def allowed_shares(clause: CheckedClause, view: View) -> Quantity:
    """The least of the whole balance and every limit."""
    return permitted(lowest(*view.once(_limits, clause).values()), view.once(_permissions, clause)).named(
        "allowed shares"
    )


def binding_limit(clause: CheckedClause, view: View) -> Quantity:
    return permitted(binding(view.once(_limits, clause)), view.once(_permissions, clause))


def allowed_amount(clause: CheckedClause, view: View) -> Quantity:
    return view.once(allowed_shares, clause) * view.once(conversion_price, clause)


def market_value(clause: CheckedClause, view: View) -> Quantity:
    series = clause["market_quote"]
    quote = view.readings.quote(series.value, view.day).citing(series.origin, *view.model.calendar_cites)
    return view.once(allowed_shares, clause) * quote


def convert(clause: CheckedClause, view: View) -> Change:
    """A notice of conversion: refused with the reasons, or carried out, whole or as far as every limit leaves."""
    asked, at = _asked(clause, view), view.once(conversion_price, clause)
    # A notice in shares is for so many, whatever the price: the cap may refuse it before the price is known.
    wanted = _whole(clause, view.event["amount"] if view.subject == "shares" else asked / at)
    refusals = [*view.once(_permissions, clause), *_beyond(clause, view, asked, wanted)]
    allowed = every(*(given_ for given_, _ in refusals))
    shares = lowest(wanted, *_limits(clause, view).values()) if _in_part(clause) else wanted
    counts = _counts(clause, view, asked, wanted, shares)
    retired = counts if clause["fraction"].is_("dropped") else lowest(counts, shares * at)
    issued = choose(allowed, shares, nothing(SHARES)).named("shares issued in this conversion")
    cites = tuple(clause[name].origin for name in _deciding(clause, view))
    changes = {
        name: choose(allowed, new, view.state[name]).named(name).citing(*cites)
        for name, new in view.discharge(retired, _order(clause)).items()
    }
    changes |= {name: view.state[name] + issued for name in (ISSUED, "outstanding", "held")}
    shown = {
        "asked": asked,
        "price": at,
        "shares": permitted(shares, refusals),
        "retired": permitted(retired, refusals),
        "allowed_shares": view.once(allowed_shares, clause),
        "binding_limit": view.once(binding_limit, clause),
    }
    if _in_part(clause):
        excess = wanted - shares if view.subject == "shares" else asked - counts
        shown["excess"] = permitted(excess, refusals)
    # What is refused for good must not make the balances refused with it.
    return Change({} if _forbidden(clause) else changes, shown)


def _deciding(clause: CheckedClause, view: View) -> tuple[str, ...]:
    """The fields that say what a notice retires: of shares no fraction is left, and principal alone has no order."""
    fraction = () if view.subject == "shares" else ("fraction",)
    return ("amount", "excess", *fraction, *(("retires",) if len(_order(clause)) > 1 else ()))


def _beyond(clause: CheckedClause, view: View, asked: Quantity, wanted: Quantity) -> Iterator[tuple[Quantity, Reason]]:
    """What refuses a notice for more than may be converted; where the excess alone is refused, only a limit of none."""

    def within(fits: Quantity, room: Quantity) -> Quantity:
        return some(fits, room > nothing(room.dimension)) if _in_part(clause) else fits

    # A notice of all the shares that the balance makes is within it, where the last of them is rounded up too.
    of_shares = view.subject == "shares"
    asks, most = (wanted, view.once(_full, clause)) if of_shares else (asked, view.once(_opened, clause))
    more = "more is asked than the note opens to conversion"
    yield within(asks <= most, most), Reason("more-than-convertible", more, clause.origin.place)
    for name, limit in view.ask("conversion_limit").items():
        more = f"more shares than the {name} leaves"
        yield within(wanted <= limit, limit), Reason("limit", more, _place_of(limit, clause))


def _counts(clause: CheckedClause, view: View, asked: Quantity, wanted: Quantity, shares: Quantity) -> Quantity:
    """The money of the notice that counts: so many shares at their price, or all of it that no limit cuts off."""
    opened, at = view.once(_opened, clause), view.once(conversion_price, clause)
    if view.subject == "shares":
        return lowest(shares * at, opened)
    if not (_in_part(clause) and view.ask("conversion_limit")):
        return lowest(asked, opened)
    return choose(shares < lowest(wanted, view.once(_full, clause)), shares * at, lowest(asked, opened))


def _in_part(clause: CheckedClause) -> bool:
    return clause["excess"].is_("refused alone")


def _asked(clause: CheckedClause, view: View) -> Quantity:
    """The money of the notice; a sum equal to the balance to the cent is the balance."""
    opened = view.once(_opened, clause)
    match view.subject:
        case "everything":
            return opened
        case "shares":
            return view.event["amount"] * view.once(conversion_price, clause)
    amount = view.event["amount"]
    return choose(amount.same_as(rounded(opened, NEAREST, 2)), opened, amount)


def _forbidden(clause: CheckedClause) -> bool:
    return clause.value.is_(NOT_CONVERTIBLE)


def _refusal(clause: CheckedClause) -> Refused:
    return Refused(
        (Reason("not-convertible", clause.origin.quotation or "the note is not convertible", clause.origin.place),)
    )


def _place_of(limit: Quantity, clause: CheckedClause) -> str:
    """Where a limit is written, whichever clause sets it."""
    return next((each.place for each in limit.cites if isinstance(each, Clause)), clause.origin.place)


def _opened(clause: CheckedClause, view: View) -> Quantity:
    balances, what = view.balances(), clause["amount"]
    if _forbidden(clause):
        return given(view.owed().dimension, _refusal(clause), "convertible", clause.origin)
    opened = balances["principal"]
    if not what.is_("principal") and "interest" in balances:  # a note may bear none
        opened = opened + balances["interest"]
    return opened.named("convertible", what.origin)


def _full(clause: CheckedClause, view: View) -> Quantity:
    return _whole(clause, view.once(_opened, clause) / view.once(conversion_price, clause))


def _whole(clause: CheckedClause, shares: Quantity) -> Quantity:
    how = clause["shares"]
    return rounded(shares, ROUNDED[how.value.pattern]).citing(how.origin)


def _limits(clause: CheckedClause, view: View) -> dict[str, Quantity]:
    return {WHOLE: view.once(_full, clause), **view.ask("conversion_limit")}


def _permissions(clause: CheckedClause, view: View) -> list[tuple[Quantity, Reason]]:
    if _forbidden(clause):
        return []
    opened = openings(clause["by"], view, clause.origin.place)
    return [*opened, *_above_zero(clause, view), *view.ask("conversion_permission")]


def _above_zero(clause: CheckedClause, view: View) -> Iterator[tuple[Quantity, Reason]]:
    """That the price is above zero, where what it is made of does not make it so."""
    if not all(map(is_above_zero, clause["price"].values)):
        at = view.once(conversion_price, clause)
        words = "the conversion price is not above zero"
        yield at > nothing(at.dimension), Reason("no-price", words, clause["price"].origin.place)


def _order(clause: CheckedClause) -> tuple[str, ...]:
    if clause["amount"].is_("principal"):
        return ("principal",)
    return ("interest", "principal") if clause["retires"].is_("interest first") else ("principal", "interest")


def next_dates(clause: CheckedClause, view: View) -> list[tuple[Quantity, str]]:
    return days_to_come(clause["by"], view, "conversion")


def check(clause: CheckedClause, model: Model) -> list[object]:
    if _forbidden(clause):
        return _written_in_vain(clause, model)
    lacking = [name for name in ("by", "price") if clause[name].value is None]
    if not lacking and any(each.value <= 0 for written in clause["price"].values for each in constants(written)):
        message, help = "a price of nothing makes no number of shares", "write figures above zero"
        return [finding("E208", message, clause["price"].origin, help)]
    help = f"add `{{}}: …`, or say `conversion: {NOT_CONVERTIBLE}`"
    return [finding("E105", f"`conversion` has no `{each}`", clause.origin, help.format(each)) for each in lacking]


def _written_in_vain(clause: CheckedClause, model: Model) -> list[object]:
    """What is written of a conversion that is not allowed; what stood there before it ceased to be is not told."""
    before = None if model.follows is None else next(iter(model.follows.all_of(clause.keyword)), None)
    written = [
        setting
        for name, setting in clause.settings.items()
        if name != "value" and isinstance(setting.origin, Clause)
        if before is None or before[name].origin != setting.origin
    ]
    return [
        finding(
            "E215",
            f"`{setting.name}` is written of a note that does not convert",
            setting.origin,
            f"take it out; or write `conversion: {ALLOWED}` before it, if the note converts from here on",
        )
        for setting in written[:1]
    ]


def _read(subject: str, hole: str = "") -> Any:
    return lambda said: (subject, {"amount": said[hole]} if hole else {})


CONVERSION = Term(
    keyword="conversion",
    doc="Whether, when and at what price the note converts into shares.",
    words="the option to convert all or any portion of the Note into shares",
    example="conversion { by: holder at any time  price: 65% of Market Price }",
    value=Field(
        "value",
        Phrases((ALLOWED, NOT_CONVERTIBLE)),
        "Said where the note does not convert, or does so by an amendment.",
    ),
    fields=(
        Field("by", Phrases(windows("holder")), "Who may convert, and when.", exceptional=True),
        Field(
            "amount",
            Phrases(("principal and interest", "principal")),
            "What may be converted.",
            default="principal and interest",
            others=("principal",),
        ),
        Field(
            "retires",
            Phrases(("interest first", "principal first")),
            "Which dollars a conversion retires first.",
            default="interest first",
            others=("principal first",),
        ),
        Field("price", Figure("price"), "What one share costs.", exceptional=True),
        Field(
            "shares",
            Phrases(tuple(ROUNDED)),
            "How a number of shares becomes whole.",
            default="rounded down",
            others=("rounded up", "rounded to the nearest"),
        ),
        Field(
            "fraction",
            Phrases(("dropped", "kept on the note")),
            "What becomes of the money for the fraction of a share.",
            default="dropped",
            others=("kept on the note",),
        ),
        Field(
            "excess",
            Phrases(("refused with the notice", "refused alone")),
            "What becomes of a notice for more than the balance makes or a limit leaves.",
            default="refused with the notice",
            others=("refused alone",),
        ),
        Field("market_quote", OneOf(PRICES), "The quote that `market_value` uses.", default="closing bid"),
    ),
    anchors=("conversion", "conversion date"),
    facts=(
        FactKind("convert {money}", "conversion", _read("", "money"), "the holder gave notice to convert this much"),
        FactKind(
            "convert everything",
            "conversion",
            _read("everything"),
            "the holder gave notice to convert all that is convertible",
        ),
        FactKind(
            "convert {shares}",
            "conversion",
            _read("shares", "shares"),
            "the holder gave notice to convert into so many shares",
        ),
    ),
    state=state,
    steps={"conversion": convert},
    nouns=(NounKind("conversion price", conversion_price, "The price of one share on conversion.", of_market=True),),
    questions={"next_dates": next_dates},
    answers={
        "conversion_price": conversion_price,
        "convertible": convertible,
        "full_conversion_shares": full_conversion_shares,
        "allowed_shares": allowed_shares,
        "binding_limit": binding_limit,
        "allowed_amount": allowed_amount,
        "market_value": market_value,
    },
    check=check,
)
