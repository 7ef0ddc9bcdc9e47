"""What is kept of the judging: two tables, and the page made of them."""

import csv
import platform
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from .changes import Mutant
from .judging import KILLED, SURVIVED, TIMED_OUT

HERE = Path(__file__).parent
COUNTS, SURVIVORS, PAGE = HERE / "counts.csv", HERE / "survivors.csv", HERE / "report.md"
COUNTED = ("file", "possible", "made", KILLED, TIMED_OUT, SURVIVED)
KEY = ("file", "function", "text", "change")
Key = tuple[str, str, str, str]
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines())) if path.exists() else []


def survivors() -> dict[Key, Row]:
    """The kept survivors by what they are known by, each with its line and why it lives."""
    return {(row["file"], row["function"], row["text"], row["change"]): row for row in read(SURVIVORS)}


def keep(possible: dict[str, int], verdicts: list[tuple[Mutant, str]], again: bool) -> None:
    """Put the verdicts on some files in the place of those kept; `again`, of kept survivors alone."""
    counts, kept = {row["file"]: row for row in read(COUNTS)}, survivors()
    living = {key: row for key, row in kept.items() if key[0] not in possible}
    for file in possible:
        found = Counter(verdict for mutant, verdict in verdicts if mutant.file == file)
        if again:
            row = counts[file]
            row[KILLED] = str(int(row[KILLED]) + found[KILLED])
            row[TIMED_OUT] = str(int(row[TIMED_OUT]) + found[TIMED_OUT])
            row[SURVIVED] = str(found[SURVIVED])
            row["made"] = str(sum(int(row[each]) for each in (KILLED, TIMED_OUT, SURVIVED)))
        else:
            figures = (possible[file], found.total(), found[KILLED], found[TIMED_OUT], found[SURVIVED])
            counts[file] = dict(zip(COUNTED, (file, *map(str, figures)), strict=True))
    for mutant, verdict in verdicts:
        if verdict == SURVIVED:
            known = kept.get(mutant.key, {"why": ""})
            living[mutant.key] = {
                **dict(zip(KEY, mutant.key, strict=True)),
                "line": str(mutant.line),
                "why": known["why"],
            }
    write(COUNTS, COUNTED, sorted(counts.values(), key=lambda row: row["file"]))
    ordered = sorted(living.values(), key=lambda row: (row["file"], int(row["line"]), row["change"]))
    write(SURVIVORS, ("file", "line", "function", "text", "change", "why"), ordered)
    PAGE.write_text(page(), "utf-8")


def write(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, tuple(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def page() -> str:
    """The report, of the two tables."""
    counts = read(COUNTS)
    sums = {name: sum(int(row[name]) for row in counts) for name in COUNTED[1:]}
    rate = 100 * (sums["made"] - sums[SURVIVED]) / sums["made"]
    lines = [
        "# Mutation testing",
        "",
        "Made by `cd tests && python -m mutation --write`; with `--survivors` those that lived are judged again, with",
        "`--module FILE` one file. Each mutant says one thing of a file otherwise; it is killed where a test that",
        "calls the changed function fails, and timed out where a test does not end, which counts as killed.",
        "Of a file with more mutants than are judged a seeded sample is drawn, the same one for the same file.",
        "",
        f"Python {platform.python_version()}, pytest {version('pytest')}, hypothesis {version('hypothesis')}.",
        "",
        f"**{sums['made']} mutants, {sums[SURVIVED]} survive: {rate:.1f} % killed.**",
        "",
        "| file | possible | judged | killed | timed out | survived |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    lines += ["| " + " | ".join([f"`{row['file']}`", *(row[name] for name in COUNTED[1:])]) + " |" for row in counts]
    lines += ["| all | " + " | ".join(str(sums[name]) for name in COUNTED[1:]) + " |", ""]
    lines += ["## Survivors", "", "| where | change | why it lives |", "|---|---|---|"]
    for row in read(SURVIVORS):
        where = f"`{row['file']}:{row['line']}` {row['function']}"
        lines.append(f"| {where} | {_cell(row['change'])} | {row['why'] or 'not explained yet'} |")
    return "\n".join(lines) + "\n"


def _cell(change: str) -> str:
    return f"`{change.replace('|', chr(92) + '|')}`"
