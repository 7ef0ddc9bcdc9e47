"""Wrong files are read within the limit of time that a user has, in a process that has run many other tests."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def _alone() -> Iterator[None]:
    """What other tests left behind is not looked through again and again at the cost of these files."""
    gc.freeze()
    yield
    gc.unfreeze()
