"""Measures: figures that lack their unit, or have something else in its place."""

import re

from .braces import first_on_line
from .diagnostics import Diagnostic
from .mishap import Mishap, shown

PER = {"PERCENT": "year", "MONEY": "share"}  # what most often follows a figure of the kind


def unit_wanted(mishap: Mishap, at: int) -> str:
    """What a help adds about a number that is all of a value, which no field takes without a unit; else nothing."""
    tokens = mishap.part.tokens
    if at >= len(tokens) or not re.fullmatch("[0-9][0-9.,_']*([a-z]{1,2}[0-9]*)?", tokens[at].text):
        return ""
    before = [token.text for token in tokens[max(0, at - 2) : at] if token.text not in ("+", "-")]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    alone = before[-1:] == [":"] and (after is None or after.text in ("{", "}") or first_on_line(after))
    return "; give it its unit as well, as in `USD 75,000` or `8%`" if alone else ""


def after_figure(mishap: Mishap) -> Diagnostic | None:
    """`8% annually`, `100,000 USD`, `8 per year`"""
    before, token = mishap.before, mishap.token
    if before is None or token is None:
        return None
    message = f"`{shown(token)}` cannot stand after `{shown(before)}`"
    if before.kind == "NUMBER" and token.kind == "NAME" and re.fullmatch("[A-Z]{3}", token.text):
        return Diagnostic("E008", message, token.span, f"write `{token.text} {before.text}`")
    if before.kind in PER and token.kind == "WORD" and token.text != "per" and "PER" in mishap.expected:
        help = f"say per what, as in `{before.text} per {PER[before.kind]}`, or delete it"
        return Diagnostic("E008", message, token.span, help)
    return None


def after_statistic(mishap: Mishap) -> Diagnostic | None:
    """`average of the closing bids`"""
    if mishap.expected != {"NUMBER"} or mishap.before is None or mishap.before.text != "of" or mishap.token is None:
        return None
    which = mishap.part.tokens[mishap.at - 2].text
    help = f"take out `of`, or say of how many, as in `{which} of the 3 lowest closing bids`"
    return Diagnostic("E008", f"`{shown(mishap.token)}` cannot stand after `{which} of`", mishap.span, help)


def unit_lacking(mishap: Mishap) -> str:
    """What to do about `per` or `of` after a figure that it does not go with; empty where that is not what is wrong."""
    before, word = mishap.before, mishap.token
    if before is None or word is None or word.text not in ("per", "of"):
        return ""
    if before.kind == "NUMBER":
        return (
            f"give `{before.text}` its unit first, as in `{before.text}% {'of …' if word.text == 'of' else 'per year'}`"
        )
    if before.kind in PER and word.text == "per":
        return "before it stand words and a figure: join them with a sign such as `+`, or with `below` or `above`"
    return ""
