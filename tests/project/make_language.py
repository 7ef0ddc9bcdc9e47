"""The reference part of `docs/language.md`, made from what the terms declare.

python tests/project/make_language.py --write
"""

import sys
from pathlib import Path

from tenor.engine.meaning.shapes import described
from tenor.engine.time.calendars import CALENDARS
from tenor.engine.time.same_day import SAME_DAY
from tenor.engine.time.schedules import FREQUENCIES
from tenor.engine.world.facts import ENGINE_FACTS
from tenor.terms import TERMS

PAGE = Path(__file__).parents[2] / "docs/language.md"
MARKS = ("<!-- reference -->", "<!-- /reference -->")


def page() -> str:
    """The page with its reference part made anew."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    return f"{before}{MARKS[0]}\n\n{reference()}\n{MARKS[1]}{after}"


def reference() -> str:
    """Each kind of clause, then the lines of a ledger."""
    clauses = [clause(term) for term in TERMS]
    facts = [fact for term in TERMS for fact in term.facts] + list(ENGINE_FACTS)
    rows = "\n".join(f"| `{fact.pattern}` | {fact.doc} |" for fact in facts)
    lines = ["### Lines of a ledger\n", "| after the date | meaning |", "|---|---|", rows, ""]
    return "\n".join([*clauses, *lines, *words()])


def words() -> list[str]:
    """What may stand in some of the braces."""

    def listed(names) -> str:
        return ", ".join(f"`{name}`" for name in names)

    calendars = [
        f"| `{each.name}` | {each.description} | {reach(each)} | {each.source} |" for each in CALENDARS.values()
    ]
    return [
        "### What stands in braces\n",
        f"`{{frequency}}` is one of {listed(FREQUENCIES)}.\n",
        f"The kinds of `{{kind}} before {{later}}` are, in the order of a day: {listed(SAME_DAY)}.\n",
        "`{calendar}` is one of these:\n",
        "| calendar | its days | known | source |",
        "|---|---|---|---|",
        *calendars,
        "",
    ]


def reach(calendar) -> str:
    """From when to when the days of a calendar are known."""
    return "always" if not calendar.closures else f"{calendar.first} to {calendar.last}"


def clause(term) -> str:
    """One kind of clause: what it is, how contracts say it, its fields."""
    lines = [
        f"### `{term.keyword}`\n",
        f"{term.doc}",
        f"Contract words: “{term.words}”.\n",
        f"```\n{term.example}\n```\n",
    ]
    fields = [field for field in (term.value, *term.fields) if field is not None]
    if fields:
        lines += ["| field | says | written as | where the note is silent |", "|---|---|---|---|"]
        lines += [row(field) for field in fields]
        lines.append("")
    if term.conditions:
        lines.append("Conditions: " + ", ".join(f"`{condition.pattern}`" for condition in term.conditions) + ".\n")
    return "\n".join(lines)


def row(field) -> str:
    """One field of a clause."""
    name = "its value" if field.name == "value" else f"`{field.name}`"
    silent = "an error" if field.required else (f"`{field.default}`, listed" if field.default else "nothing follows")
    doc = field.doc + " No amendment changes it." * bool(field.lasting)
    return f"| {name} | {doc} | {described(field.shape)} | {silent} |"


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    sys.exit(page() != PAGE.read_text(encoding="utf-8"))
