"""Answered: the results of a compiled record for one note, as anyone may read them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import define, frozen

from ..exact.operations import NEVER
from ..exact.quantities import Exact
from ..exact.values import Refused, Unknown
from .causes import Causes
from .layout import Place


@frozen(eq=False)
class Reader:
    """What the results of a function mean: where they are, of which dimension, and what bits and words stand for."""

    places: Mapping[str, Place]
    dimensions: Mapping[str, str]
    causes: Causes
    words: Sequence[Any]

    def value(self, results: Sequence[Any], name: str) -> Any:
        """An answer: an exact number, a date (None for never), a truth, a word, Unknown or Refused."""
        place = self.places[name]
        if refused := results[place.refused]:
            return Refused(tuple(self.causes.reasons_of(refused)))
        if unknown := results[place.unknown]:
            return Unknown(tuple(sorted(self.causes.needs_of(unknown))))
        above = results[place.above] if place.above is not None else 0
        match self.dimensions[name]:
            case "truth":
                return bool(above)
            case "word":
                return self.words[above]
            case "date":
                return plain(above, "date")
        return Exact(above, results[place.below] if place.below is not None else 1)


def plain(value: Any, dimension: str) -> Any:
    """A value as people of Python write it: a day number is a date, and None where it never comes."""
    if dimension != "date" or isinstance(value, Unknown | Refused):
        return value
    return None if value >= NEVER else date.fromordinal(value)


@define(eq=False)
class Answers(Mapping[str, Any]):
    """The answers of a date; each is read out of the results when it is asked for."""

    reader: Reader
    results: Sequence[Any]

    def __getitem__(self, name: str) -> Any:
        return self.reader.value(self.results, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.reader.places)

    def __len__(self) -> int:
        return len(self.reader.places)
