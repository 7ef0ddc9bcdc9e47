"""Binary tables are read in stretches, however their row groups were cut."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tenor.terms.book.inputs import binary


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4, 5], [5, 0, 1, 4, 3, 2]])
def test_row_groups_longer_than_a_stretch_follow_each_other(tmp_path, monkeypatch, order):
    """Three groups of five rows in stretches of three: each stretch has its rows, in whatever order they are read."""
    monkeypatch.setattr(binary, "STRETCH_ROWS", 3)
    pq.write_table(pa.table({"row": range(15)}), tmp_path / "t.parquet", row_group_size=5)
    with open(tmp_path / "t.parquet", "rb") as file:
        table = binary.open_parquet(file, "t.parquet")
        read = {stretch: table.read(stretch, ["row"])[0].to_pylist() for stretch in order}
    assert [read[stretch] for stretch in range(6)] == [[0, 1, 2], [3, 4], [5, 6, 7], [8, 9], [10, 11, 12], [13, 14]]
