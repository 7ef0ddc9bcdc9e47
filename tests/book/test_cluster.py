"""Clusters: the bytes of one machine, also when a worker is lost half-way."""

import os
import signal
from pathlib import Path

import pytest
from attrs import evolve
from book.written import write_folder

from tenor.terms import load_book
from tenor.terms.book.running import write_book
from tenor.terms.book.trouble import Stopped

distributed = pytest.importorskip("distributed")

ASK = ("owed", "conversion_price", "allowed_shares")
DAYS = ["2019-03-04", "2019-03-05"]
NOTES = 40

pytestmark = pytest.mark.filterwarnings("ignore")  # those of the cluster's own programs


@pytest.fixture(scope="module")
def cluster():
    """Two workers, each a process of its own."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as two_workers:
        yield two_workers


def address(cluster) -> str:
    return cluster.scheduler_address.replace("tcp://", "dask://")


def test_a_worker_killed_half_way_changes_no_byte(cluster, tmp_path: Path):
    """Its parts are made again by the other one, and nothing is made twice into the file."""
    book = load_book(write_folder(tmp_path / "notes", NOTES))
    question = evolve(book.question(DAYS, ASK), rows_max=2 * len(DAYS))
    alone, together = tmp_path / "alone.parquet", tmp_path / "together.parquet"
    write_book(question, str(alone), book.members)
    pids = [worker.pid for worker in cluster.workers.values()]
    made: list[int] = []

    def half_way(notes: int) -> None:
        made.append(notes)
        if sum(made) == NOTES // 2:
            os.kill(pids[0], signal.SIGKILL)

    done = write_book(question, str(together), book.members, on=address(cluster), progress=half_way)
    assert sum(made) == done.tally.notes == NOTES
    assert together.read_bytes() == alone.read_bytes()


def test_workers_that_see_other_files_are_told(cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The same paths may hold something else on another machine: that is no book to answer."""
    book = load_book(write_folder(tmp_path / "notes", 2))
    monkeypatch.setattr("tenor.terms.book.cluster.seen_here", lambda question: "what this machine sees")
    with pytest.raises(Stopped, match="a worker sees other notes or facts"):
        book.write(tmp_path / "book.parquet", DAYS, ASK, on=address(cluster))


def test_a_cluster_of_this_machine_may_be_made_for_the_run(tmp_path: Path):
    """`--on dask`: the workers are gone afterwards, and the bytes are the same."""
    book = load_book(write_folder(tmp_path / "notes", 4))
    book.write(tmp_path / "alone.csv", DAYS, ASK)
    book.write(tmp_path / "together.csv", DAYS, ASK, on="dask", processes=2)
    assert (tmp_path / "together.csv").read_bytes() == (tmp_path / "alone.csv").read_bytes()


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    book = load_book(write_folder(tmp_path / "notes", 2))
    monkeypatch.setattr("tenor.terms.book.cluster.PATIENCE", "1s")
    with pytest.raises(Stopped, match="no scheduler answers"):
        book.write(tmp_path / "book.parquet", DAYS, ASK, on="dask://127.0.0.1:1")
    assert not (tmp_path / "book.parquet").exists()


def test_a_part_that_no_worker_survives_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The scheduler gives it up, here with the first worker that it kills; the words say what to do."""
    book = load_book(write_folder(tmp_path / "notes", 2))
    dask = pytest.importorskip("dask")
    monkeypatch.setattr("tenor.terms.book.cluster._part", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50) as one,
        pytest.raises(Stopped, match="a part of the book was lost with one worker after the other"),
    ):
        book.write(tmp_path / "book.parquet", DAYS, ASK, on=address(one))
    assert not (tmp_path / "book.parquet").exists()
