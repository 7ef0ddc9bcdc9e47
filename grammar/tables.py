"""The LALR tables: made here from note.lark, shipped as tables.txt, run by the driver.

The only importer of Lark, and never imported by the program: `python -m tenor.grammar.tables` writes the
tables anew after a change of the grammar, and a test compares what is shipped with what would be written.
"""

from pathlib import Path
from typing import Any

from lark import Lark
from lark.grammar import Rule
from lark.parsers.lalr_analysis import Shift

from .machine import KEYWORDS, STARTS

WORD_END = "(?!-?[A-Za-z0-9]|_)"  # as the grammar has it
FOLDER = Path(__file__).parent


def main() -> None:
    """Write tables.txt beside the grammar."""
    (FOLDER / "tables.txt").write_text(tables_text(), encoding="utf-8")


def tables_text() -> str:
    """The tables as they are shipped: a heading and the number of its lines, then a line for each row.

    Words and numbers stand between blanks, so that reading them takes no parser; a terminal's expression has no
    line end in it and comes last.
    """
    sections = tables().items()
    return "".join(f"{name} {len(rows)}\n" + "".join(f"{_line(row)}\n" for row in rows) for name, rows in sections)


def build_lark() -> Lark:
    """The grammar as Lark compiles it; a conflict or two terminals that can match alike are errors."""
    grammar = (FOLDER / "note.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", start=list(STARTS), strict=True, maybe_placeholders=False)


def tables() -> dict[str, list[Any]]:
    """Terminals in the order they are tried, keywords, symbols, rules, start states and the states' moves.

    A rule is its symbol, its length and its action's name. A state's moves are a flat list of symbol, move;
    a move to a state is that state, a reduction is -1 - its rule.
    """
    lark = build_lark()
    table = lark.parser.parser._parse_table
    terminals = [(each.name, _on_one_line(each.pattern.to_regexp())) for each in lark.parser.lexer.terminals]
    tried, keywords = _tried(terminals)
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
        "terminals": tried,
        "keywords": keywords,
        "symbols": symbols,
        "rules": [[number[rule.origin.name], len(rule.expansion), action_of(rule)] for rule in lark.rules],
        "starts": [[start, index] for index, start in enumerate(STARTS)],
        "ends": sorted(states.index(state) for state in table.end_states.values()),
        "states": rows,
    }


def _tried(terminals: list[tuple[str, str]]) -> tuple[list[list[str]], list[list[str]]]:
    """The terminals as they are tried, and which one each keyword is.

    Terminals that are plain words are tried as one, where the first of them would be: those that come before a
    field's name together, and those that come after it. No two of them begin alike, so that their order is all one.
    """
    tried: dict[str, str] = {}
    keywords: list[list[str]] = []
    group = KEYWORDS[0]
    for name, regexp in terminals:
        words, end, rest = regexp.partition(WORD_END)
        if end and not rest and words.strip("(?:)").replace("|", "").isalpha():
            found = words.removeprefix("(?:").removesuffix(")")
            tried[group] = f"{tried[group]}|{found}" if group in tried else found
            keywords += [[word, name] for word in found.split("|")]
        else:
            tried[name] = regexp
            group = KEYWORDS[1] if name == "FIELD" else group
    return [[name, f"(?:{each}){WORD_END}" if name in KEYWORDS else each] for name, each in tried.items()], keywords


def action_of(rule: Rule) -> str:
    """The name of what builds the node: a rule of one symbol and no name of its own builds nothing."""
    if rule.alias:
        return rule.alias
    assert len(rule.expansion) == 1, f"{rule} needs a name"
    return ""


def _on_one_line(regexp: str) -> str:
    return regexp.replace("\n", r"\n").replace("\r", r"\r").replace("\t", r"\t")


def _line(row: Any) -> str:
    words = row if isinstance(row, list) else [row]
    assert not any("\n" in str(word) for word in words), f"{row} would not stay on its line"
    return " ".join(map(str, words))


if __name__ == "__main__":
    main()
