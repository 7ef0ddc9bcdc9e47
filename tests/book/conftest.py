"""Books without NumPy and PyArrow are no books: these tests are skipped where the extra is not installed."""

from pathlib import Path

import pytest

pytest.importorskip("numpy")
pytest.importorskip("pyarrow")

from book.in_parts import NOTES, write
from book.written import write_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("notes"), NOTES)


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a run that nothing disturbed."""
    out = tmp_path_factory.mktemp("whole") / "book.parquet"
    write(folder, out)
    return out.read_bytes()
