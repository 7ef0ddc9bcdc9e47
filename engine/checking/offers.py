"""Offers: which of the names that a note knows can be written in the place in hand, for the helps of findings."""

from collections.abc import Iterable

from ...grammar.suggest import nearest
from ..meaning.phrases import MOMENT_WORDS
from ..world.series import series_named
from .reader import Reader

PER = ("share", "year", "annum", "month")  # what a sum or a percentage is told per
STATISTICS = ("lowest", "highest", "average", "median", "last")


def another_date(reader: Reader, name: str, bare: bool) -> str:
    """What to write for a name that is no date; `bare` where no time before or after it is named."""
    known = sorted(_dates(reader, bare))
    like = nearest(name, known)
    if like:
        return f"did you mean `{like}`?"
    if not known:
        return "write a day, or reckon it, as in `9 months after issue`"
    return f"in place of `{name}` write a day, or one of {listed(known)}"


def another_figure(reader: Reader, name: str, defined: bool) -> str:
    """What to write for a name that is no figure; `defined` where it is spelt as a definition's is."""
    own = {noun.words for noun in reader.term.nouns} if reader.term is not None else set()
    like = nearest(name, (*reader.definitions, *sorted(reader.nouns - own)))
    if like:
        return f"did you mean `{like}`?"
    if quoted := _quoted(name):
        return f"say of which days, as in `{quoted} over the 5 trading days before conversion`"
    if name in PER:
        figure = "USD 0.05" if name == "share" else "8%"
        return f"write `per` for the sign, as in `{figure} per {name}`"
    for keyword, term in reader.terms.items():
        if any(noun.words == name for noun in term.nouns):
            return f"write a figure, or add a clause `{keyword}`, which gives it"
    if defined:
        return f"add `define {name}: …`"
    title = " ".join(word.capitalize() for word in name.replace("_", " ").split())
    return f"write a figure, or a name in Title Case and what it stands for, as in `define {title}: …`"


def listed(names: Iterable[str]) -> str:
    """The names as a help lists them."""
    return ", ".join(f"`{name}`" for name in names)


def _dates(reader: Reader, bare: bool) -> set[str]:
    """The dates to reckon the value in hand from: none that rests on it or comes after it, or for itself before it."""
    own = set(reader.term.dates) if reader.term is not None else set()
    order = [each for term in reader.terms.values() for each in term.in_order]
    barred = own | {each.second for each in order if each.first in own}
    if bare:
        barred |= {each.first for each in order if each.second in own}
    same = {name for term in reader.terms.values() if barred & set(term.dates) for name in term.dates}
    return {name for name in reader.dates - same if len(name.split()) <= MOMENT_WORDS}


def _quoted(name: str) -> str:
    """A statistic of a series, where the words name a series; empty where they do not."""
    words = name.partition(" on ")[0].split()
    statistic = words.pop(0) if words[0] in STATISTICS else "lowest"
    series = series_named(" ".join(words))
    return f"{statistic} {series}" if series else ""
