"""Conversion and the ownership cap: how many shares for how much money, and how many of them the holder may take."""

from fractions import Fraction

from attrs import evolve
from drawn import promise, values
from hypothesis import assume
from hypothesis import strategies as st
from properties.plain import CAPS, DAY, PATHS, ROUNDED, answer, capped, converting, decimal, levels, plain, quotes
from strategies import cases

from tenor.engine.exact.values import Refused

SOME = 1 / 3
UNITS = st.integers(1, 5_000).map(lambda units: Fraction(units, 10_000))  # prices
CENTS = st.integers(1, 100_000_00).map(lambda cents: Fraction(cents, 100))
OUTSTANDING = st.integers(1_000_000, 50_000_000)


def fixed(price, *fields):
    return converting(f"USD {decimal(price)} per share", *fields)


def conversions(case, day=DAY):
    """What each notice of conversion did: its shown figures, and the state after it."""
    history = case.at(day).history
    return [
        (each.change.shown, each.after.state, each.before.state) for each in history if each.event.kind == "conversion"
    ]


def money(amount):
    return f"USD {int(amount * 100) // 100:,}.{int(amount * 100) % 100:02}"


def issued(shown):
    return 0 if isinstance(shown["shares"].value, Refused) else shown["shares"].value


@promise(price=UNITS, amount=CENTS, rule=ROUNDED, fraction=st.sampled_from(("dropped", "kept on the note")))
def test_shares_are_the_amount_over_the_price_made_whole(price, amount, rule, fraction):
    """29. Down: N·p ≤ amount < (N+1)·p; up: (N−1)·p < amount ≤ N·p; nearest: within half a share; the rest as said."""
    lines = (*levels(10**9, 0), f"{DAY} convert {money(amount)}")
    case = plain(fixed(price, f"shares: {rule}", f"fraction: {fraction}"), lines=lines)
    ((shown, after, before),) = conversions(case)
    count = issued(shown)
    if rule == "rounded down":
        assert count * price <= amount < (count + 1) * price
    elif rule == "rounded up":
        assert (count - 1) * price < amount <= count * price
    else:
        assert abs(count * price - amount) <= price / 2
    retired = amount if fraction == "dropped" else min(amount, count * price)
    assert before["principal"].value - after["principal"].value == shown["retired"].value == retired


@promise(SOME, price=UNITS, pieces=st.lists(CENTS, min_size=2, max_size=5), rule=ROUNDED)
def test_pieces_of_a_conversion_are_worth_the_whole(price, pieces, rule):
    """30. Conversions in pieces at one price retire the same dollars; rounded down, a share a piece less at most."""
    total = sum(pieces)
    assume(total <= 100_000)
    clause = fixed(price, f"shares: {rule}")
    single = conversions(plain(clause, lines=(*levels(10**9, 0), f"{DAY} convert {money(total)}")))
    several = conversions(
        plain(clause, lines=(*levels(10**9, 0), *(f"{DAY} convert {money(each)}" for each in pieces)))
    )
    assert single[-1][1]["principal"].value == several[-1][1]["principal"].value
    shares = sum(issued(shown) for shown, _, _ in several)
    if rule == "rounded down":
        assert issued(single[0][0]) - (len(pieces) - 1) <= shares <= issued(single[0][0])


NOTICES = st.one_of(
    CENTS.map(lambda amount: f"convert {money(amount)}"),
    st.integers(1, 20_000_000).map(lambda count: f"convert {count:,} shares"),
    st.just("convert everything"),
    st.integers(1, 1_000_000).map(lambda count: f"sold {count:,} shares"),
)


@promise(
    price=UNITS,
    cap=CAPS,
    outstanding=OUTSTANDING,
    held=st.integers(0, 2_000_000),
    notices=st.lists(NOTICES, min_size=1, max_size=6),
    reached=st.sampled_from(("allowed", "refused")),
)
def test_the_cap_holds_after_any_sequence(price, cap, outstanding, held, notices, reached):
    """31. After each accepted conversion the holder is within the cap, its shares counted above and below the line."""
    assume(held <= outstanding)
    lines = (*levels(outstanding, held), *(f"{DAY} {notice}" for notice in notices))
    case = plain(fixed(price), capped(cap, reached), lines=lines)
    most = Fraction(cap.rstrip("%")) / 100
    for shown, after, before in conversions(case):
        if issued(shown):
            owned = after["held"].value / after["outstanding"].value
            assert owned < most or (owned == most and reached == "allowed")
        assert after["outstanding"].value - before["outstanding"].value == issued(shown)
        assert after["held"].value - before["held"].value == issued(shown)


@promise(
    price=UNITS,
    cap=CAPS,
    outstanding=OUTSTANDING,
    held=st.integers(0, 2_000_000),
    notice=NOTICES.filter(lambda notice: notice.startswith("convert")),
    rule=ROUNDED,
    fraction=st.sampled_from(("dropped", "kept on the note")),
)
def test_what_is_refused_alone_is_what_no_limit_leaves(price, cap, outstanding, held, notice, rule, fraction):
    """A notice that counts whole counts alike; of one that does not, as many shares count as are allowed, at the price.

    The least of the balance and the cap: a balance in whole leaves nothing of it, however many cents it makes.
    """
    assume(held <= outstanding)
    terms, lines = (f"shares: {rule}", f"fraction: {fraction}"), levels(outstanding, held)
    whole, part = (
        plain(fixed(price, *terms, f"excess: {excess}"), capped(cap), lines=(*lines, f"{DAY} {notice}"))
        for excess in ("refused with the notice", "refused alone")
    )
    ((shown, after, before),), ((shown_in_part, after_in_part, _),) = conversions(whole), conversions(part)
    if issued(shown) or not isinstance(shown["shares"].value, Refused):
        assert after["principal"].value == after_in_part["principal"].value
        assert issued(shown) == issued(shown_in_part)
        return
    most = answer(evolve(whole, lines=lines), "allowed_shares")
    all_of_it = answer(evolve(whole, lines=lines), "full_conversion_shares")
    assert issued(shown_in_part) == most
    retired = before["principal"].value - after_in_part["principal"].value
    in_full = most == all_of_it and fraction == "dropped" and not notice.endswith("shares")
    assert retired == (before["principal"].value if in_full else min(before["principal"].value, most * price))


@promise(
    cap=CAPS,
    outstanding=OUTSTANDING,
    held=st.integers(0, 3_000_000),
    reached=st.sampled_from(("allowed", "refused")),
    of=st.sampled_from(("after", "before")),
)
def test_the_cap_is_tight(cap, outstanding, held, reached, of):
    """32. The most allowed is accepted and one more share is refused; none is allowed only where one is too many."""
    case = plain(fixed(Fraction(1, 10_000)), capped(cap, reached, of), lines=levels(outstanding, held))
    most, ratio = answer(case, "allowed_shares"), Fraction(cap.rstrip("%")) / 100
    assume(answer(case, "binding_limit") == ("ownership cap",))

    def within(count):
        owned = Fraction(held + count, outstanding + (count if of == "after" else 0))
        return owned < ratio or (owned == ratio and reached == "allowed")

    assert not within(most + 1)
    assert within(most) or most == 0
    for count, accepted in ((int(most), True), (int(most) + 1, False)):
        if count:
            tried = evolve(case, lines=(*case.lines, f"{DAY} convert {count:,} shares"))
            ((shown, _, _),) = conversions(tried)
            assert (issued(shown) == count) == accepted


@promise(SOME, cap=CAPS, outstanding=OUTSTANDING, held=st.integers(0, 3_000_000), more=st.integers(1, 10_000_000))
def test_room_grows_with_the_outstanding_and_shrinks_with_the_held(cap, outstanding, held, more):
    """33. The cap's room rises with the shares outstanding and the cap, falls with those held; 0% leaves none."""

    def room(cap, outstanding, held):
        return answer(plain(fixed(Fraction(1, 10_000)), capped(cap), lines=levels(outstanding, held)), "allowed_shares")

    base = room(cap, outstanding, held)
    assert base <= room(cap, outstanding + more, held)
    assert base >= room(cap, outstanding, held + more)
    assert base <= room(f"{int(cap.rstrip('%')) + 1}%", outstanding, held)
    assert room("0%", outstanding, held) == 0


@promise(
    SOME,
    price=UNITS,
    cap=CAPS,
    outstanding=OUTSTANDING,
    pieces=st.lists(st.integers(1, 100), min_size=2, max_size=4),
    takes_all=st.booleans(),
)
def test_splitting_does_not_evade_the_cap(price, cap, outstanding, pieces, takes_all):
    """34. A conversion split in two or more on a day brings no share more than the first could have taken alone."""
    case = plain(fixed(price), capped(cap), lines=levels(outstanding, 0))
    most = int(answer(case, "allowed_shares"))
    assume(most >= len(pieces))
    counts = [max(1, most * part // sum(pieces)) for part in pieces]
    notices = [*counts[:-1], most - sum(counts[:-1])] if takes_all else [*counts, most]
    lines = tuple(f"{DAY} convert {count:,} shares" for count in notices if count > 0)
    total = sum(issued(shown) for shown, _, _ in conversions(evolve(case, lines=(*case.lines, *lines))))
    assert total <= most
    assert not takes_all or total == most
    more = (*case.lines, *lines, f"{DAY} convert {most - int(total) + 1:,} shares")
    assert sum(issued(shown) for shown, _, _ in conversions(evolve(case, lines=more))) == total


@promise(SOME, price=UNITS, cap=CAPS, outstanding=OUTSTANDING, held=st.integers(0, 1_000_000))
def test_the_lowest_limit_binds(price, cap, outstanding, held):
    """37. What is allowed is the least of the limits; the one named is such a one; a looser one changes nothing."""
    lines = levels(outstanding, held)
    case, free = plain(fixed(price), capped(cap), lines=lines), plain(fixed(price), lines=lines)
    allowed, full = answer(case, "allowed_shares"), answer(free, "allowed_shares")
    binding = answer(case, "binding_limit")
    assert allowed <= full == answer(case, "full_conversion_shares")
    if "the whole balance" in binding:
        assert allowed == full
    else:
        assert allowed < full
        assert binding == ("ownership cap",)


@promise(SOME, path=PATHS, amount=CENTS, percent=st.integers(30, 100))
def test_a_dollar_is_owed_or_converted_but_not_both(path, amount, percent):
    """49. What a conversion retires is not owed any more, and what it leaves is: their sum is what was owed."""
    clause = converting(f"{percent}% of lowest closing bid over the 5 trading days before conversion")
    case = plain(clause, lines=(*levels(10**9, 0), *quotes(path), f"{DAY} convert {money(amount)}"))
    ((shown, _, _),) = conversions(case)
    retired = shown["retired"].value
    assert answer(case, "owed") + retired == 100_000
    assert answer(case, "convertible") == answer(case, "owed")


@promise(SOME, case=cases())
def test_a_note_that_does_not_convert_refuses(case):
    """48. Where the note says that it does not convert, answers about shares are refused, and so is any notice."""
    case = evolve(case, lines=tuple(line for line in case.lines if " event " not in line))  # the clause may name it
    refusing = evolve(
        case.said(conversion="conversion: not allowed", amendment=None),
        lines=(*case.lines, *(f"{case.day} convert {what}" for what in ("everything", "1 share", "USD 1.00"))),
    )
    stated = refusing.at()
    for name in ("conversion_price", "convertible", "full_conversion_shares", "allowed_shares", "allowed_amount"):
        assert isinstance(stated[name].value.value, Refused)
    assert all(isinstance(shown["shares"].value, Refused) for shown, _, _ in conversions(refusing, case.day))
    without = evolve(refusing, lines=case.lines).at()
    balances = ("principal", "accrued_interest", "owed")
    assert [values(stated)[name] for name in balances] == [values(without)[name] for name in balances]
