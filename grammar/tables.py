"""The LALR tables: made here from note.lark, shipped as tables.json, run by the driver.

The only importer of Lark, and never imported by the program: `python -m tenor.grammar.tables` writes the
tables anew after a change of the grammar, and a test compares what is shipped with what would be written.
"""

import json
from pathlib import Path
from typing import Any

from lark import Lark
from lark.grammar import Rule
from lark.parsers.lalr_analysis import Shift

from .machine import STARTS

FOLDER = Path(__file__).parent


def main() -> None:
    """Write tables.json beside the grammar."""
    (FOLDER / "tables.json").write_text(tables_text(), encoding="utf-8")


def tables_text() -> str:
    """The tables as they are shipped: one line for each state, so that a change can be read."""
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {_lines(value)}" for key, value in tables().items()) + "\n}\n"


def build_lark() -> Lark:
    """The grammar as Lark compiles it; a conflict or two terminals that can match alike are errors."""
    grammar = (FOLDER / "note.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", start=list(STARTS), strict=True, maybe_placeholders=False)


def tables() -> dict[str, list[Any]]:
    """Terminals in the order they are tried, symbols, rules, start states and the states' moves.

    A rule is its symbol, its length and its action's name. A state's moves are a flat list of symbol, move;
    a move to a state is that state, a reduction is -1 - its rule.
    """
    lark = build_lark()
    table = lark.parser.parser._parse_table
    terminals = [[each.name, each.pattern.to_regexp()] for each in lark.parser.lexer.terminals]
    symbols = ["$END", *(name for name, _ in terminals), *sorted({rule.origin.name for rule in lark.rules})]
    number = {name: index for index, name in enumerate(symbols)}
    rules = {rule: index for index, rule in enumerate(lark.rules)}
    states = [table.start_states[start] for start in STARTS]  # in the order met: Lark's own changes from run to run
    rows: list[list[int]] = []
    for state in states:  # grows as it is walked
        row: list[int] = []
        for symbol, (action, target) in sorted(table.states[state].items(), key=lambda move: number[move[0]]):
            if action is Shift and target not in states:
                states.append(target)
            row += [number[symbol], states.index(target) if action is Shift else -1 - rules[target]]
        rows.append(row)
    return {
        "terminals": terminals,
        "symbols": symbols,
        "rules": [[number[rule.origin.name], len(rule.expansion), action_of(rule)] for rule in lark.rules],
        "starts": [[start, index] for index, start in enumerate(STARTS)],
        "ends": sorted(states.index(state) for state in table.end_states.values()),
        "states": rows,
    }


def action_of(rule: Rule) -> str:
    """The name of what builds the node: a rule of one symbol and no name of its own builds nothing."""
    if rule.alias:
        return rule.alias
    assert len(rule.expansion) == 1, f"{rule} needs a name"
    return ""


def _lines(rows: list[Any]) -> str:
    if rows and isinstance(rows[0], list):
        return "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]"
    return json.dumps(rows, separators=(",", ":"))


if __name__ == "__main__":
    main()
