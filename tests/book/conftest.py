"""Books without NumPy and PyArrow are no books: these tests are skipped where the extra is not installed."""

import pytest

pytest.importorskip("numpy")
pytest.importorskip("pyarrow")
