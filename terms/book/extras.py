"""Extras: what is not installed with the program itself, and how to install it."""

EXTRAS = {"numpy": "book", "pyarrow": "book", "dask": "dask", "distributed": "dask"}


def install(missing: ModuleNotFoundError) -> str:
    """What to type for a package of an extra that is not there; empty where the module is none of these."""
    extra = EXTRAS.get((missing.name or "").partition(".")[0], "")
    return extra and f"pip install 'tenor[{extra}]'"
