"""The machine: the tables as loaded, and the shift/reduce loop that runs them.

It knows symbols and states only. What a reduction builds is the business of the actions it is given; what
an error means is the business of whoever called. Its stack is a list, so no nesting can overflow it.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

from .classes import frozen

KEYWORDS = ("KEYWORDS_FIRST", "KEYWORDS")  # what words are tried as before a field's name, and after it
STARTS = ("piece", "item", "value")  # what a run may begin with

Action = Callable[..., Any]


@frozen
class Tables:
    """The shipped tables: one pattern for all terminals, the rules, and each state's moves by symbol."""

    symbols: tuple[str, ...]
    pattern: str
    keywords: dict[str, str]
    number: dict[str, int]
    rules: tuple[tuple[int, int, str], ...]
    starts: dict[str, int]
    ends: frozenset[int]
    states: Mapping[int, dict[int, int]]


@frozen
class Stopped(Exception):
    """No move: the index of the token that fits nowhere, and the terminals that would have."""

    at: int
    expected: frozenset[str]


END = 0  # the number of the symbol after the last


@cache
def tables() -> Tables:
    """The tables, read once. They are part of the package: a missing file is a broken installation."""
    path = os.path.join(os.path.dirname(__file__), "tables.txt")
    with open(path, encoding="utf-8") as file:
        lines = iter(file.read().split("\n"))
    loaded = {}
    for heading in lines:
        if heading:
            name, _, count = heading.partition(" ")
            loaded[name] = list(islice(lines, int(count)))
    terminals = (line.split(" ", 1) for line in loaded["terminals"])
    return Tables(
        symbols=tuple(loaded["symbols"]),
        pattern="|".join([f"(?P<{name}>{regexp})" for name, regexp in terminals]),
        keywords={word: name for word, _, name in (line.partition(" ") for line in loaded["keywords"])},
        number={name: index for index, name in enumerate(loaded["symbols"])},
        rules=tuple([_rule(*line.split(" ")) for line in loaded["rules"]]),
        starts={name: int(state) for name, state in (line.split(" ") for line in loaded["starts"])},
        ends=frozenset(map(int, loaded["ends"])),
        states=_States(loaded["states"]),
    )


class _States(dict[int, dict[int, int]]):
    """Each state's moves, read from its line when the state is first come to: a note sees less than half of them."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self._lines = lines

    def __missing__(self, state: int) -> dict[int, int]:
        numbers = list(map(int, self._lines[state].split()))
        moves = self[state] = dict(zip(numbers[::2], numbers[1::2], strict=True))
        return moves


def _rule(symbol: str, length: str, action: str) -> tuple[int, int, str]:
    return int(symbol), int(length), action


def run(start: str, kinds: Sequence[int], values: Sequence[Any], actions: Sequence[Action | None]) -> Any:
    """What the symbols make, read as a `start`; raises Stopped at the first that fits nowhere.

    `values` are the terminals' values; `actions` has one function for each rule, None where a rule of one
    symbol passes its value on.
    """
    loaded = tables()
    states, rules = loaded.states, loaded.rules
    assert 0 not in loaded.ends  # no move leads to state 0, a start, so it can stand for no move at all
    path = [loaded.starts[start]]
    stack: list[Any] = []
    moves = states[path[-1]]
    for at, kind in enumerate((*kinds, END)):
        while (move := moves.get(kind, 0)) < 0:
            symbol, length, _ = rules[-1 - move]
            action = actions[-1 - move]
            if length == 0:
                assert action is not None
                stack.append(action())
            else:
                if action is not None:
                    stack[-length:] = (action(*stack[-length:]),)
                del path[-length:]
            path.append(states[path[-1]][symbol])
            moves = states[path[-1]]
        if not move:
            if kind == END and path[-1] in loaded.ends:
                break
            raise Stopped(at, frozenset(name for each in moves if (name := loaded.symbols[each]).isupper()))
        path.append(move)
        stack.append(values[at])
        moves = states[move]
    return stack[0]
