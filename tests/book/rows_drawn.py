"""Books that tests draw: rows of a template, the same notes written by hand, and their facts as lines or tables."""

import random
import re
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
from drawing import drawn_lines
from pyarrow import csv, ipc, parquet

from tenor.engine.exact.quantities import Quantity
from tenor.engine.meaning.literals import literals
from tenor.engine.meaning.model import Note
from tenor.engine.running.statement import statement
from tenor.engine.world.facts import Ledger
from tenor.terms.book.members import Failed, Member, Members

TEMPLATE = Path(__file__).parents[2] / "examples/gs-capital.terms"
AMENDMENT = 'amendment "First" {\n  effective: 2019-10-01\n  maturity: 2020-08-22\n}\n'
# The columns of a table, and how the template writes each of them.
LITERALS = {
    "issued": "2019-02-22",
    "principal": "USD 108,068.36",
    "maturity": "2020-02-22",
    "interest": "8% per year",
    "conversion.price": "65%",
    "ownership_cap": "5.99%",
}
DAYS = [date(2019, 2, 21), date(2019, 8, 26), date(2019, 12, 31), date(2020, 2, 24), date(2020, 9, 1)]


def template(folder: Path, amended: bool = False) -> str:
    """The template without what it quotes, which is not beside it here."""
    text = TEMPLATE.read_text("utf-8")
    start, end = text.index('source "'), text.index("issued:")
    path = folder / "template.terms"
    path.write_text(without_quotations(text[:start] + text[end:]) + (AMENDMENT if amended else ""), "utf-8")
    return str(path)


def without_quotations(text: str) -> str:
    kept = [line.partition("  cite ")[0] for line in text.splitlines() if not line.strip().startswith("cite ")]
    return "\n".join(kept) + "\n"


def written_out(text: str, row: dict[str, str]) -> str:
    """The note of a row, by hand: each figure put in the place of the template's."""
    for name, words_ in LITERALS.items():
        field = name.partition(".")[2] or name
        text, found = re.subn(rf"^( *{field}: +){re.escape(words_)}", rf"\g<1>{row[name]}", text, count=1, flags=re.M)
        assert found == 1, name
    return text


def drawn(draw: random.Random, notes: int) -> list[dict[str, str]]:
    """Rows as the language writes their cells."""
    rows = []
    for number in range(notes):
        issued = date(2019, 1, 2) + timedelta(days=draw.randrange(90))
        rows.append(
            {
                "note": f"N-{number}",
                "issued": issued.isoformat(),
                "principal": f"USD {draw.randrange(1_000_000, 20_000_000) / 100:,.2f}",
                "maturity": (issued + timedelta(days=draw.randrange(100, 500))).isoformat(),
                "interest": f"{draw.randrange(4, 25) / 2:g}% per year",
                "conversion.price": f"{draw.randrange(50, 90)}%",
                "ownership_cap": f"{draw.choice(('4.99', '5.99', '9.99'))}%",
            }
        )
    return rows


def table_of(rows: list[dict[str, str]], text: bool) -> pa.Table:
    """The rows with their units in every cell, or as decimals and dates with units in the header."""
    names = list(rows[0])
    if text:
        return pa.table({name: [row[name] for row in rows] for name in names})
    digits = {name: [re.sub(r"[^0-9.]", "", row[name]) for row in rows] for name in names}
    units = {"principal": "USD", "interest": "% per year", "conversion.price": "%", "ownership_cap": "%"}
    dates = {"issued", "maturity"}
    columns: dict[str, pa.Array] = {"note": pa.array([row["note"] for row in rows])}
    columns |= {name: pa.array([date.fromisoformat(row[name]) for row in rows]) for name in names if name in dates}
    columns |= {f"{n} [{u}]": pa.array(digits[n]).cast(pa.decimal128(18, 4)) for n, u in units.items()}
    return pa.table(columns)


def write(table: pa.Table, path: Path) -> str:
    match path.suffix:
        case ".parquet":
            parquet.write_table(table, path, row_group_size=4)
        case ".arrow":
            with ipc.new_file(path, table.schema) as file:
                file.write_table(table, max_chunksize=4)
        case _:
            csv.write_csv(table, path)
    return str(path)


def figures(note: Note, ledger: Ledger, day: date) -> dict[str, object]:
    return {name: answer.value.value for name, answer in statement(note, ledger, day).answers.items()}


def words(note: Note) -> dict[str, object]:
    """What the note writes, in its own words."""
    return {name: each.label if isinstance(each, Quantity) else each for name, each in literals(note).items()}


def told(ledger: Ledger) -> object:
    """All that a ledger says, but for where it is written."""
    facts = [
        (each.date, each.event, each.subject, {n: f.value for n, f in each.fields.items()}, each.known_from)
        for each in ledger.entries
    ]
    quotes = {
        series: [(day, each.values[place], (each.known or each.days)[place]) for place, day in enumerate(each.days)]
        for series, each in ledger.quotes.items()
    }
    return facts, quotes


def members_of(book: Members) -> list[Member]:
    found = book.block(0, len(book))
    assert [each for each in found if isinstance(each, Failed)] == []
    return [each for each in found if isinstance(each, Member)]


def facts_of(draw: random.Random, rows: list[dict[str, str]]) -> dict[str, list[str]]:
    """Lines of a ledger for each note, in the order of their days."""
    found = {}
    for row in rows:
        issued = date.fromisoformat(row["issued"])
        drawn_ = [each for each in drawn_lines(draw, issued) if not each.startswith("waived")]
        found[row["note"]] = sorted(drawn_, key=lambda line: line[:10])
    return found


def as_tables(facts: dict[str, list[str]], split: bool) -> dict[str, pa.Table]:
    """The same facts in tables: quotes and levels in columns of their own where `split`, all as lines else."""
    lines_: dict[str, list[str | None]] = {name: [] for name in ("note", "date", "fact")}
    quotes: dict[str, list[str]] = {name: [] for name in ("note", "date", "closing bid [USD per share]")}
    levels: dict[str, list[str | None]] = {n: [] for n in ("note", "date", "outstanding [shares]", "held [shares]")}
    for note, told_ in facts.items():
        for line in told_:
            day, _, words_ = line.partition(" ")
            kind = words_.split(" ")[0]
            if split and kind == "closing":
                _add(quotes, note, day, words_.split(" ")[3])
            elif split and kind in ("outstanding", "held"):
                count = words_.split(" ")[1].replace(",", "")
                _add(levels, note, day, *(count if kind == each else None for each in ("outstanding", "held")))
            else:
                _add(lines_, note, day, words_)
    tables = {"acts": lines_, "quotes": quotes, "levels": levels}
    return {
        name: pa.table({c: pa.array(v, pa.string()) for c, v in columns.items()})
        for name, columns in tables.items()
        if columns["note"]
    }


def _add(columns: dict, *cells: str | None) -> None:
    for column, cell in zip(columns.values(), cells, strict=True):
        column.append(cell)


def shown(each: Member | Failed) -> tuple[object, ...]:
    if isinstance(each, Failed):
        return each.name, each.place, [str(problem) for problem in each.diagnostics]
    return each.name, each.place, words(each.note), told(each.ledger)
