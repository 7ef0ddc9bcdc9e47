"""The door of the library: `tenor.load` reads a note, `tenor.load_book` many.

Importing `tenor` loads nothing else: what a name needs is imported when the name is first asked for.
The repository's folders `grammar`, `engine` and `terms` are installed as `tenor.grammar` and so on.
"""

TYPE_CHECKING = False  # the constant of `typing`, which costs more to import than this file
if TYPE_CHECKING:
    from .terms import load, load_book

__all__ = ["__version__", "load", "load_book"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name in ("load", "load_book"):
        from . import terms

        return getattr(terms, name)
    raise AttributeError(f"module `tenor` has no attribute `{name}`")


def __dir__() -> list[str]:
    return sorted(__all__)
