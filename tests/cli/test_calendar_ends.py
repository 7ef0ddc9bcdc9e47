"""Drawn notes at the end of what the calendar knows: whatever is unknown there, each command answers."""

import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from oracle.drawing import drawn_case
from oracle.writing import ledger_text, note_text
from program import Run

from tenor.engine.time.calendars import NYSE

NOTES = 60
BESIDE = (-3, -1, 0, 1, 2, 60, 400)  # days after the last that the calendar knows
DAY = re.compile(r"\b(19|20)\d\d-\d\d-\d\d\b")
COMMANDS = (["eval"], ["eval", "--json", "--trace"], ["eval", "--open"], ["show", "--timeline"], ["explain"])


def moved(text: str, time: timedelta) -> str:
    """The same with every date so much later."""
    return DAY.sub(lambda found: str(date.fromisoformat(found[0]) + time), text)


@pytest.mark.parametrize("number", range(NOTES))
def test_each_command_answers_where_a_calendar_ends(terms: Run, tmp_path: Path, number: int) -> None:
    """Prices are left out, since they would fall on days without a session."""
    chance = random.Random(number)
    case = drawn_case(f"calendar ends/{number}", 1)
    later = NYSE.last - timedelta(chance.randint(1, 500)) - case.note.issued
    lines = [line for line in ledger_text(case.facts).splitlines() if " per share" not in line]
    note = tmp_path / "drawn.terms"
    note.write_text(moved(note_text(case.note), later), "utf-8")
    (tmp_path / "drawn.facts").write_text(moved("\n".join(lines), later) + "\n", "utf-8")
    day = NYSE.last + timedelta(chance.choice(BESIDE))
    for command, *options in COMMANDS:
        asked = ["owed"] if command == "explain" else []
        ran = terms(command, str(note), *asked, *options, "--date", str(day))
        assert (ran.code in (0, 4), ran.err) == (True, "")
