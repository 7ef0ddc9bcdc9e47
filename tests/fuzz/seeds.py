"""Where a search begins: the kept corpus, and the notes, ledgers and tables that lie in the repository anyway."""

import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CORPUS = HERE / "corpus"
PARTS = b"\n====\n"  # between a note, its ledger and its price table, in one input
SIZE_MAX = 6_000  # a longer input takes time and shows nothing more

WORD = re.compile(rb'"[^"\n]{0,40}"|[A-Z]{3} [0-9][0-9,.]*|[0-9][0-9,.%/-]*|[A-Za-z_]+|[^\w\s]')


def seeds(target: str) -> dict[str, bytes]:
    """Name and bytes of each input that a target starts from, the kept ones first."""
    kept = {path.name: path.read_bytes() for path in sorted((CORPUS / target).glob("*"))}
    found = {name: data for name, data in _written(target) if len(data) <= SIZE_MAX}
    return {**kept, **found}


def words() -> list[bytes]:
    """The words, signs and figures of all notes and ledgers, each once."""
    texts = [path.read_bytes() for path in (*_files("*.terms"), *_files("*.facts"))]
    return sorted({word for text in texts for word in WORD.findall(text)})


def _written(target: str) -> Iterator[tuple[str, bytes]]:
    match target:
        case "prices":
            for path in (*_files("*.csv"), *(ROOT / "tests/wrong").glob("*/*.csv")):
                yield path.name, path.read_bytes()[: SIZE_MAX // 2]
        case "evaluation":
            table = (ROOT / "examples/asti-2019.csv").read_bytes()
            for path in _files("*.terms"):
                facts = path.with_suffix(".facts")
                lines = facts.read_bytes() if facts.exists() else b""
                yield path.name, PARTS.join([_bare(path.read_bytes()), lines, table if b"\nseries" in lines else b""])
        case _:
            for path in (*_files("*.terms"), *(ROOT / "tests/wrong").glob("*.terms")):
                yield path.name, path.read_bytes()
            if target == "parser":
                for path in _files("*.facts"):
                    yield path.name, path.read_bytes()


def _files(pattern: str) -> list[Path]:
    return sorted([*(ROOT / "examples").glob(pattern), *(ROOT / "tests/cases").glob(pattern)])


def _bare(note: bytes) -> bytes:
    """A note without what is for readers only, so that it and its facts are one small input."""
    return re.sub(rb'(?m)^\s*#.*\n|\s+cite "[^"\n]*"', b"", note)
