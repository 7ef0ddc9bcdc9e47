"""The reference part of `docs/language.md`, made from what the terms declare.

python tests/project/make_language.py --write
"""

import sys
from pathlib import Path

from tenor.engine.meaning.shapes import described
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
    return "\n".join([*clauses, "### Lines of a ledger\n", "| after the date | meaning |", "|---|---|", rows, ""])


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
