"""The command `terms`, and `python -m tenor`."""

import gc
import os
import sys
from contextlib import suppress
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any, NoReturn


def _implementation() -> str:
    return {"cpython": "CPython", "pypy": "PyPy"}.get(sys.implementation.name, sys.implementation.name)


# What attrs loads for uses that are none of ours, and that together take a tenth of a start. Each runs when something
# of it is first wanted; of one, attrs wants a word that is known without it.
LATER: dict[str, dict[str, Any]] = {
    "inspect": {},
    "tokenize": {},
    "platform": {"python_implementation": _implementation},
    "attr.validators": {},
}


INTERRUPTED = 130  # as a shell says it; `terms.cli.exits` has it too, and may not be loaded yet


def program() -> NoReturn:
    """Run the command line that the process was started with, and end the process.

    It ends there and then: to take apart what was loaded, object by object, takes a twelfth of a short run, and what
    libraries keep threads for may not survive it.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # it is told already, or nobody listens
            stream.flush()
    os._exit(code)


def main() -> int:
    """Run the command line that the process was started with; the answer is the exit code."""
    try:
        return _run()
    except KeyboardInterrupt:  # while the program loads; from then on the command line answers for it
        return INTERRUPTED


def _run() -> int:
    for name, known in LATER.items():
        _load_later(name, known)
    # What a start makes, it keeps. To search all of it for garbage each time 700 more objects are there takes a tenth
    # of a start.
    gc.set_threshold(100_000)
    from .terms.cli import main as command

    return command()


def _load_later(name: str, known: dict[str, Any]) -> None:
    package, _, _ = name.rpartition(".")
    folder = PathFinder.find_spec(package) if package else None
    spec = PathFinder.find_spec(name, folder.submodule_search_locations if folder else None)
    if name not in sys.modules and spec is not None and spec.loader is not None:
        sys.modules[name] = _Later(spec, known)


class _Later(ModuleType):
    """A module that runs when something is first looked up in it.

    Not `importlib.util.LazyLoader`: that runs it on the next `import`, whether or not anything is looked up.
    """

    def __init__(self, spec: ModuleSpec, known: dict[str, Any]) -> None:
        super().__init__(spec.name)
        self.__dict__.update(known)
        self.__spec__, self.__loader__, self.__package__ = spec, spec.loader, spec.parent
        self.__file__ = spec.origin

    def __getattr__(self, name: str) -> Any:
        self.__class__ = ModuleType  # type: ignore[assignment]  # an ordinary module from here on
        loader: Any = self.__loader__
        loader.exec_module(self)
        return getattr(self, name)


if __name__ == "__main__":
    program()
