"""A case in the language: the text of its note and of its ledger, for the engine to read."""

from fractions import Fraction
from typing import Any

from .description import Amendment, Cap, Case, Conversion, Default, Exception_, Fact, Interest, Lookback, Note


def note_text(note: Note) -> str:
    """The `.terms` file."""
    fields = [
        'issuer: "Drawn, Inc."',
        'holder: "Oracle Fund LP"',
        *said("calendar", note.calendar),
        *said("missing_quote", note.missing_quote),
        *said("fixed_prices", note.fixed_prices),
        *said("same_day", note.same_day and " before ".join(note.same_day)),
    ]
    maturity = [
        *said("business_day", note.business_day),
        *said("calendar", note.maturity_calendar),
        *said("interest_runs", note.interest_runs),
        *said("after_maturity", note.after_maturity),
    ]
    pieces = [
        'note "Drawn"' + block(fields),
        f"issued: {note.issued}",
        f"principal: {money(note.principal)}",
        f"maturity: {note.maturity}" + block(maturity),
    ]
    if note.interest is not None:
        pieces += interest(note.interest)
    if note.order is not None:
        pieces.append("payment: principal and interest at maturity" + block([f"order: {', '.join(note.order)}"]))
    if isinstance(note.conversion, str):
        pieces.append(f"conversion: {note.conversion}")
    elif note.conversion is not None:
        pieces.append("conversion" + block(conversion(note.conversion)))
    if note.cap is not None:
        pieces += cap(note.cap)
    pieces += [f'default "{each.label}"' + block(default(each)) for each in note.defaults]
    pieces += [amendment(place, each, note) for place, each in enumerate(note.amendments)]
    return "\n".join(pieces) + "\n"


def ledger_text(facts: tuple[Fact, ...]) -> str:
    """The `.facts` file."""
    return "".join(f"{fact.day} {line(fact)}{known(fact)}\n" for fact in facts)


def known(fact: Fact) -> str:
    return "" if fact.known is None else f" known {fact.known}"


def case_text(case: Case) -> str:
    """Both files and the dates asked, ready to be copied out."""
    dates = " ".join(map(str, case.days))
    dates += f", as known on {case.known}" * (case.known is not None) + ", before the day's acts" * case.opened
    return f"# drawn.terms\n{note_text(case.note)}\n# drawn.facts\n{ledger_text(case.facts)}\n# asked on {dates}\n"


def said(field: str, value: str | None) -> list[str]:
    return [] if value is None else [f"{field}: {value}"]


def block(fields: list[str]) -> str:
    return " {\n" + "".join(f"  {field}\n" for field in fields) + "}" if fields else ""


def excepted(field: str, exceptions: tuple[Exception_, ...], spell: Any) -> list[str]:
    """The exceptions to a field, each over all before it."""
    lines = []
    for place, each in enumerate(exceptions):
        over = ", ".join(f'"{other.label}"' for other in exceptions[:place])
        text = f'{field} "{each.label}": {spell(each.value)} when {condition(each.when)}'
        lines.append(text + (f" over {over}" if over else ""))
    return lines


def interest(said_: Interest) -> list[str]:
    fields = [
        *said("method", said_.method),
        *said("day_count", said_.day_count),
        *said("accrues_from", said_.accrues_from and str(said_.accrues_from)),
        *said("days_counted", said_.days_counted),
        *said("frequency", said_.frequency),
        *said("anchor", said_.anchor and str(said_.anchor)),
    ]
    return [f"interest: {yearly(said_.rate)}" + block(fields), *excepted("interest", said_.exceptions, yearly)]


def conversion(said_: Conversion) -> list[str]:
    return [
        f"by: {by(said_.by, said_.moment)}",
        *excepted("by", said_.by_exceptions, by),
        *said("amount", said_.amount),
        *said("retires", said_.retires),
        f"price: {price(said_.price)}",
        *excepted("price", said_.price_exceptions, price),
        *said("shares", said_.shares),
        *said("fraction", said_.fraction),
        *said("excess", said_.excess),
        *said("market_quote", said_.market_quote),
    ]


def by(words: str, moment: Any = None) -> str:
    if words == "nobody":
        return words
    words = "at any time until fully paid" if words == "until fully paid" else words
    if isinstance(moment, tuple):
        return f"holder {words} {period(moment)} after issue"
    return f"holder {words}" + (f" {moment}" if moment is not None else "")


def cap(said_: Cap) -> list[str]:
    fields = [f"counts: {counts(True)}"] if said_.rights else []
    fields += said("at_the_cap", said_.at_the_cap)
    return [
        f"ownership_cap: {whole((said_.ratio, said_.of))}" + block(fields),
        *excepted("ownership_cap", said_.exceptions, whole),
    ]


def whole(written: tuple[Fraction, str]) -> str:
    """A cap, and the shares that it is a part of."""
    ratio, of = written
    return f"{percent(ratio)} of outstanding shares {of} conversion"


def counts(rights: bool) -> str:
    return "holder and affiliates" + " and exercisable rights" * rights


def default(said_: Default) -> list[str]:
    return [
        f"when: {condition(said_.when)}",
        *said("grace", said_.grace and period(said_.grace)),
        *said("cure", said_.cure and f"{period(said_.cure)} after notice"),
        *said("then", said_.then),
        *said("rate", said_.rate and yearly(said_.rate)),
    ]


def amendment(place: int, said_: Amendment, note: Note) -> str:
    fields = [
        f"effective: {said_.effective}",
        *said("maturity", said_.maturity and str(said_.maturity)),
        *said("maturity.business_day", said_.business_day),
        *said("maturity.calendar", said_.maturity_calendar),
        *said("maturity.after_maturity", said_.after_maturity),
        *said("maturity.interest_runs", said_.interest_runs),
        *said("interest", None if said_.rate is None else yearly(said_.rate)),
        *excepted("interest", said_.rate_exceptions, yearly),
        *said("interest.day_count", said_.day_count),
        *said("interest.method", said_.method),
        *said("interest.days_counted", said_.days_counted),
        *said("interest.anchor", said_.anchor and str(said_.anchor)),
        *said("payment.order", said_.order and ", ".join(said_.order)),
        *said("conversion.price", said_.price and price(said_.price)),
        *excepted("conversion.price", said_.price_exceptions, price),
        *said("conversion.by", said_.by and by(said_.by)),
        *excepted("conversion.by", said_.by_exceptions, by),
        *said("conversion.amount", said_.amount),
        *said("conversion.retires", said_.retires),
        *said("conversion.shares", said_.shares),
        *said("conversion.fraction", said_.fraction),
        *said("conversion.excess", said_.excess),
        *said("conversion.market_quote", said_.market_quote),
        *said("ownership_cap", said_.cap and whole((said_.cap, "after"))),
        *excepted("ownership_cap", said_.cap_exceptions, whole),
        *said("ownership_cap.counts", None if said_.rights is None else counts(said_.rights)),
        *said("ownership_cap.at_the_cap", said_.at_the_cap),
    ]
    event = [
        *said("when", said_.when and condition(said_.when)),
        *said("grace", said_.grace and period(said_.grace)),
        *said("cure", said_.cure and f"{period(said_.cure)} after notice"),
        *said("then", said_.then),
        *said("rate", said_.default_rate and yearly(said_.default_rate)),
    ]
    if event:
        fields.append(f'default "{note.defaults[0].label}" {{ {"  ".join(event)} }}')
    return f'amendment "Amendment {place + 1}"' + block(fields)


def condition(written: Any) -> str:
    match written:
        case ("in default",) | ("bankruptcy",) | ("insolvency",):
            return str(written[0])
        case ("event", label):
            return f'event "{label}"'
        case ("late", None):
            return "payment is late"
        case ("late", by_):
            return f"payment is late by {period(by_)}"
        case ("watched", order, (_, level, *_), count):
            return f"closing bid {order} USD {decimal(level)} per share for {count} trading days"
        case ("compared", Lookback() as look, order, (_, level, *_)):
            return f"{looked_back(look)} {order} USD {decimal(level)} per share"
        case ("compared", what, order, amount):
            return f"{what} {order} {money(amount)}"
        case ("not", item):
            return f"not {condition(item)}" if item[0] not in ("and", "or") else f"not ({condition(item)})"
        case ("and" | "or" as word, *items):
            return f" {word} ".join(f"({condition(i)})" if i[0] in ("and", "or") else condition(i) for i in items)
    raise AssertionError(written)


def price(written: Any) -> str:
    match written:
        case ("fixed", amount):
            return f"USD {decimal(amount)} per share"
        case ("percent", ratio, of):
            return f"{percent(ratio)} of {grouped(of)}"
        case ("lookback", look):
            return looked_back(look)
        case ("lesser" | "greater" as which, first, second):
            return f"{which} of {grouped(first)} and {grouped(second)}"
        case ("minus", first, second):
            return f"{grouped(first)} - {grouped(second)}"
        case ("otherwise",):
            return "otherwise"
    raise AssertionError(written)


def grouped(written: Any) -> str:
    """A price within a price; what could bind another way stands in brackets."""
    return f"({price(written)})" if written[0] in ("lesser", "greater", "minus") else price(written)


def looked_back(look: Lookback) -> str:
    if look.among:
        what = f"average of the {look.count} {look.among} {look.series}s"
    else:
        what = f"{look.statistic} {look.series}"
    return f"{what} over the {look.length} {look.unit} {look.edge} {look.anchor or 'conversion'}"


def line(fact: Fact) -> str:
    match fact.what:
        case "pay":
            return f"pay {money(fact.amount)}"
        case "convert money":
            return f"convert {money(fact.amount)}"
        case "convert shares":
            return f"convert {fact.amount:,} shares"
        case "outstanding" | "held" | "exercisable" | "sold":
            return f"{fact.what} {fact.amount:,} shares"
        case "split":
            return f"split {fact.amount} for {fact.old}"
        case "event" | "notice" | "cured" | "waived":
            return f'{fact.what} "{fact.label}"'
        case "quote":
            return f"{fact.label} USD {decimal(fact.amount)} per share"
    return fact.what  # convert everything, bankruptcy, insolvency, acceleration


def decimal(number: Any) -> str:
    """A number of up to eight decimals, in full."""
    scaled = Fraction(number) * 10**8
    assert scaled.denominator == 1, number
    whole, rest = divmod(int(scaled), 10**8)
    return f"{whole:,}" + (f".{rest:08}".rstrip("0") if rest else "")


def money(number: Any) -> str:
    cents = Fraction(number) * 100
    assert cents.denominator == 1, number
    return f"USD {int(cents) // 100:,}.{int(cents) % 100:02}"


def percent(ratio: Fraction) -> str:
    return f"{decimal(ratio * 100)}%"


def yearly(rate: Fraction) -> str:
    return f"{percent(rate)} per year"


def period(written: tuple[int, str]) -> str:
    count, unit = written
    return f"{count} {unit[:-1] if count == 1 else unit}"
