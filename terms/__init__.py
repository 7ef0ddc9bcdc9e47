"""The terms: one file for each kind of clause, listed here and nowhere else.

`load` is the library's door: `load("gs-capital.terms").at("2019-08-26")`. `load_book` opens many at once.
"""

from typing import Any

from ..engine.meaning.term import Term
from .conversion import CONVERSION
from .default import DEFAULT
from .defaults import DEFAULTS
from .interest import INTEREST
from .issued import ISSUED
from .maturity import MATURITY
from .note import NOTE
from .ownership_cap import OWNERSHIP_CAP
from .payment import PAYMENT
from .principal import PRINCIPAL
from .purchase_price import PURCHASE_PRICE
from .ranking import RANKING

TERMS: tuple[Term, ...] = (
    NOTE,
    ISSUED,
    PRINCIPAL,
    PURCHASE_PRICE,
    MATURITY,
    INTEREST,
    PAYMENT,
    CONVERSION,
    OWNERSHIP_CAP,
    DEFAULT,
    DEFAULTS,
    RANKING,
)


def __getattr__(name: str) -> Any:
    """The doors and what they return, imported when first asked for: a start does not pay for them."""
    if name in ("load", "LoadedNote"):
        from . import door

        return getattr(door, name)
    if name in ("load_book", "Book"):
        return getattr(_books(), name)
    raise AttributeError(name)


def _books() -> Any:
    from .book.extras import install

    try:
        from .book import door
    except ModuleNotFoundError as missing:
        help = install(missing)
        raise ImportError(f"books need `{missing.name}`: {help}") if help else missing from None
    return door
