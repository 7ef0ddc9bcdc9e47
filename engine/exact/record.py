"""Recordings: term code run once on open quantities, kept as straight-line instructions.

A recording has inputs by name, instructions in order, and outputs by name. Replaying it runs the
operations of `operations.py` and nothing else, so it answers as the exact engine does, refusals and
unknowns included. Compilers to faster forms start here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from ...grammar.classes import field, frozen
from .operations import evaluate
from .quantities import Quantity
from .values import OPEN

Step = TypeVar("Step")


@frozen
class Instruction:
    """`register[i] = operation(registers...)`, with what was fixed when it was written."""

    operation: str
    detail: Any
    arguments: tuple[int, ...]


@frozen
class Record:
    """Registers hold the inputs first, then the constants, then one result an instruction.

    `kinds` are the dimensions of the inputs, `dimensions` those of the outputs.
    """

    inputs: tuple[Any, ...]
    constants: tuple[Any, ...]
    instructions: tuple[Instruction, ...]
    outputs: dict[str, int]
    kinds: tuple[str, ...] = ()
    dimensions: Mapping[str, str] = field(factory=dict)

    @property
    def named(self) -> list[tuple[Any, str]]:
        """The inputs, each with its dimension."""
        return list(zip(self.inputs, self.kinds, strict=True))


def record(outputs: Mapping[str, Quantity]) -> Record:
    """The steps that lead from the open leaves of the outputs to the outputs."""
    ordered = in_order(outputs.values(), _open_arguments)
    inputs = [node for node in ordered if node.operation == "input"]
    constants = [node for node in ordered if node.value is not OPEN]
    steps = [node for node in ordered if node.value is OPEN and node.operation != "input"]
    names = tuple(dict.fromkeys(node.detail for node in inputs))
    register = {id(node): names.index(node.detail) for node in inputs}
    for node in constants + steps:
        register[id(node)] = len(names) + len(register) - len(inputs)
    instructions = tuple(
        Instruction(node.operation, node.detail, tuple(register[id(a)] for a in node.arguments)) for node in steps
    )
    places = {name: register[id(node)] for name, node in outputs.items()}
    kinds = {node.detail: node.dimension.name for node in inputs}
    return Record(
        names,
        tuple(node.value for node in constants),
        instructions,
        places,
        tuple(kinds[name] for name in names),
        {name: node.dimension.name for name, node in outputs.items()},
    )


def replay(recording: Record, inputs: Mapping[Any, Any]) -> dict[str, Any]:
    """The values of the outputs for these values of the inputs; raises KeyError where one is not given."""
    registers = [inputs[name] for name in recording.inputs]
    registers.extend(recording.constants)
    for step in recording.instructions:
        registers.append(evaluate(step.operation, step.detail, tuple([registers[i] for i in step.arguments])))
    return {name: registers[place] for name, place in recording.outputs.items()}


def in_order(roots: Iterable[Step], arguments: Callable[[Step], Sequence[Step]]) -> list[Step]:
    """Every step under the roots once, its arguments before it."""
    ordered: list[Step] = []
    seen: set[int] = set()
    stack = [(root, False) for root in reversed(list(roots))]
    while stack:
        step, entered = stack.pop()
        if entered:
            ordered.append(step)
        elif id(step) not in seen:
            seen.add(id(step))
            stack.append((step, True))
            stack.extend((argument, False) for argument in reversed(arguments(step)))
    return ordered


def _open_arguments(node: Quantity) -> Sequence[Quantity]:
    """What an open step is made of; a known one is a constant, whatever it was made of."""
    return node.arguments if node.value is OPEN else ()
