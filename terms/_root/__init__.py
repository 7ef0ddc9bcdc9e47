"""The door of the library: `tenor.load` reads a note.

Importing `tenor` loads nothing else: what a name needs is imported when the name is first asked for.
The repository's folders `grammar`, `engine` and `terms` are installed as `tenor.grammar` and so on.
"""

TYPE_CHECKING = False  # the constant of `typing`, which costs more to import than this file
if TYPE_CHECKING:
    from .terms import load

__all__ = ["__version__", "load"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name == "load":
        from .terms import load

        return load
    raise AttributeError(f"module `tenor` has no attribute `{name}`")


def __dir__() -> list[str]:
    return sorted(__all__)
