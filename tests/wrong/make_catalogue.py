"""The wrong files, what is said of each, and the catalogue of errors made from them.

    python tests/wrong/make_catalogue.py            writes docs/errors.md
    python tests/wrong/make_catalogue.py --check    fails where the page is not what it would write

A wrong file is `CODE-what-is-wrong.terms`, or a folder of that name with a note, its ledger and its price table, or
with a book: `notes.csv`, `notes.parquet` or a folder `notes`, and perhaps `facts`, under the note in `right`. Beside
it, in `.expected`, stands all that is said of it, word for word. A few files too large to keep are made here.
"""

import contextlib
import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from tenor.engine.exact.budgets import TooSlow, spent
from tenor.grammar.diagnostics import NoteErrors
from tenor.terms.book.members import Failed, open_members
from tenor.terms.cli import main
from tenor.terms.codes import CODES
from tenor.terms.door import load

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs/errors.md"

RIGHT = (HERE / "right/crlf-and-byte-order-mark.terms").read_text(encoding="utf-8-sig")
MADE = {
    "E002-too-large": "#" * 1_000_001,
    "E012-too-many-words": RIGHT + "default " * 100_001,
    "E027-too-many-mistakes": RIGHT + "ranking unsecured\n" * 500,
    "E507-conditions-joined": RIGHT + f'default "any" {{ when: {"bankruptcy or " * 1_000}insolvency }}\n',
    "E510-too-many-clauses": RIGHT + "".join(f'default "{n}" {{ when: bankruptcy }}\n' for n in range(500)),
    "E510-too-many-exceptions": RIGHT + "".join(f'interest "{n}": 9% per year when event "{n}"\n' for n in range(101)),
    "E510-too-many-versions": RIGHT
    + "".join(f"define P{n}: USD 1 per share\n" for n in range(500))
    + "".join(f'amendment "{n}" {{ effective: 2019-03-{n:02} maturity: 2020-03-01 }}\n' for n in range(1, 21)),
    "E503-too-many-acts": 'note "note.terms"\n' + "2019-08-26 pay USD 0.01\n" * 10_001,
}
# Wrong only on some day, or of the ledger beside the note: what is said when the note is asked about it.
ASKED = {
    "E406-ledger-of-another-note": "2019-08-26",
    "E501-numbers-grow": "2022-01-03",
    "E505-watched-too-long": "2999-01-02",
}
# No file shows these alike on every machine: what is said of the time and the memory that are spent.
SPENT = {
    "E508-too-much-work": TooSlow("this takes longer than 1.25 seconds of work"),
    "E509-too-much-memory": MemoryError(),
}

# Tables with columns that no text file has.
TYPED = {
    "E606-inexact-numbers": ("principal [USD]", [75000.0, 50000.1]),
    "E607-not-read": ("principal", [True, False]),
}
TEMPLATE = "right/crlf-and-byte-order-mark.terms"
BOOK = ("notes.csv", "notes.parquet", "notes")

GROUPS = {
    "E0": "The text of a file",
    "E1": "What clauses and fields mean",
    "E2": "Whether it can be reckoned",
    "E3": "Ledgers and price tables",
    "E4": "Other files",
    "E5": "Budgets",
    "E6": "Books",
}
HEAD = """# Errors

Every finding has a code, the reader's own words with the place underlined, and one next step.
`terms explain E104` prints what is said here of one code.
Each message below is what `terms check` says of a wrong file in `tests/wrong/`, of the same name.

<!-- Made by `python tests/wrong/make_catalogue.py`: change the files there, or `terms/codes.py`. -->
"""


def cases() -> list[str]:
    """The names of all wrong files."""
    kept = {path.stem for path in HERE.glob("*.terms")} | {path.name for path in HERE.iterdir() if path.is_dir()}
    return sorted({name for name in kept | set(MADE) | set(SPENT) | set(TYPED) if name not in ("right", "__pycache__")})


def said_of(name: str) -> str:
    """All that is said of a wrong file, as the program prints it."""
    if name in SPENT:
        return f"{spent(SPENT[name], f'{name}.terms')}\n"
    with _folder(name):
        if name in ASKED:
            note = f"{name}.terms" if Path(f"{name}.terms").exists() else f"{name}/note.terms"
            try:
                load(note).at(ASKED[name])
            except NoteErrors as errors:
                return f"{errors}\n"
            return ""
        if any(Path(name, each).exists() for each in BOOK):
            return said_of_book(name)
        path = f"{name}.terms" if Path(f"{name}.terms").exists() else f"{name}/note.facts"
        told = io.StringIO()
        with contextlib.redirect_stderr(told), contextlib.redirect_stdout(io.StringIO()):
            code = main(["check", path])
        assert (code != 0) == bool(told.getvalue()), f"exit code {code} for {name}"
        return of_code(told.getvalue(), name[:4]) if name in MADE else told.getvalue()


def said_of_book(name: str) -> str:
    """All that is said of a book, as the library says it."""
    paths = [str(Path(name, each)) for each in BOOK if Path(name, each).exists()]
    template = None if name == "E602-table-without-a-template" else TEMPLATE
    try:
        members = open_members(paths, template, f"{name}/facts" if Path(name, "facts").exists() else None)
    except NoteErrors as errors:
        return f"{errors}\n"
    failed = [each for each in members.block(0, len(members)) if isinstance(each, Failed)]
    return "\n\n".join(str(problem) for each in failed for problem in each.diagnostics) + "\n"


def of_code(said: str, code: str) -> str:
    """The findings of one code: where a file has hundreds of others, they are told elsewhere."""
    return "\n\n".join(each for each in said.rstrip("\n").split("\n\n") if each.startswith(f"error[{code}]")) + "\n"


def expected(name: str) -> str:
    return (HERE / f"{name}.expected").read_text(encoding="utf-8")


@contextlib.contextmanager
def _folder(name: str) -> Iterator[None]:
    """The folder to read a wrong file in: its own, or a passing one where it is made."""
    if name not in MADE and name not in TYPED:
        with contextlib.chdir(HERE):
            yield
        return
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        if name in TYPED:
            column, cells = TYPED[name]
            for folder in (name, Path(TEMPLATE).parent):
                Path(folder).mkdir()
            Path(TEMPLATE).write_text(RIGHT, encoding="utf-8")
            parquet.write_table(pa.table({"note": ["A", "B"], column: cells}), f"{name}/notes.parquet")
        elif MADE[name].startswith('note "note.terms"'):
            Path(name).mkdir()
            Path(name, "note.terms").write_text(RIGHT, encoding="utf-8")
            Path(name, "note.facts").write_text(MADE[name], encoding="utf-8")
        else:
            Path(f"{name}.terms").write_text(MADE[name], encoding="utf-8")
        yield


def page() -> str:
    """The catalogue."""
    parts = [HEAD]
    for code, (title, explanation) in CODES.items():
        if code[:2] in GROUPS and f"## {GROUPS[code[:2]]}\n" not in parts:
            parts.append(f"## {GROUPS[code[:2]]}\n")
        parts.append(f"### {code}: {title}\n\n{_by_sentence(explanation)}\n")
        messages = [expected(name) for name in cases() if name.startswith(code)]
        parts += [f"```\n{_short(message)}```\n" for message in messages]
    return "\n".join(parts)


def _by_sentence(words: str) -> str:
    return words.replace(". ", ".\n")


def _short(message: str) -> str:
    """The first three findings of a file."""
    findings = message.split("\n\n")
    more = f"\n\n… and {len(findings) - 3} more\n" if len(findings) > 3 else ""
    return "\n\n".join(findings[:3]) + more


if __name__ == "__main__":
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    sys.exit(page() != PAGE.read_text(encoding="utf-8"))
