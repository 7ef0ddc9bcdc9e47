"""The terms: one file for each kind of clause, listed in `listed.py` and nowhere else.

`load` is the library's door: `load("gs-capital.terms").at("2019-08-26")`. `load_book` opens many at once.
Each name is imported when it is first asked for: a start pays for what it uses.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .listed import TERMS

__all__ = ["TERMS"]


def __getattr__(name: str) -> Any:
    if name == "TERMS":
        from . import listed

        return listed.TERMS
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
