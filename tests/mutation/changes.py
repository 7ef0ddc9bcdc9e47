"""The mutants of a file: each says one thing otherwise, in a way that a slip of the pen might.

Words that only people read (labels, messages, documentation) stay as they are, and so do assertions and types.
"""

import ast
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

ORDERED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),  # the boundary, and the opposite
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
}
OPPOSITES = {
    one: other
    for pair in (
        ("lowest", "highest"),
        ("min", "max"),
        ("every", "some"),
        ("all", "any"),
        ("DOWN", "UP"),
        ("is_leap", "is_month_end"),
        ("sessions_through", "sessions_before"),
    )
    for one, other in (pair, pair[::-1])
}
# Of these calls one argument may be left out, and all still has a meaning.
VARIADIC = frozenset({"lowest", "highest", "every", "some", "min", "max"})
# What is said to people: the words among these calls' own arguments.
SAID_TO_PEOPLE = frozenset({"named", "finding", "Reason", "never", "whole_shares", "ratio", "TooLong", "TooBig"})
DECLARED = frozenset({"Term"})  # what a clause declares is held by the tests of the language


Called = tuple[str, int]  # a function by its name and its first line


@dataclass(frozen=True)
class Mutant:
    """A file with one change. `function` is where it stands, empty where importing the file runs it."""

    file: str
    line: int
    text: str  # the line, as it is
    before: str
    after: str
    function: str
    within: tuple[Called, ...] = ()  # the functions around it
    at_import: bool = False
    number: int = 1  # of those with the same line, change and function
    tree: ast.Module = field(repr=False, compare=False, default_factory=lambda: ast.Module([], []))
    exchange: Callable[[bool], None] = field(repr=False, compare=False, default=lambda there: None)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is known by when lines above it come or go."""
        change = f"{self.before} → {self.after}" + (f" ({self.number})" if self.number > 1 else "")
        return self.file, self.function, self.text, change

    @contextmanager
    def put(self) -> Iterator[None]:
        """Within, `tree` is the mutant; before and after, the file as it is."""
        self.exchange(True)
        try:
            yield
        finally:
            self.exchange(False)


def mutants(root: Path, file: str) -> list[Mutant]:
    """Every mutant of a file, in the order of its lines."""
    source = (root / file).read_text("utf-8")
    tree = ast.parse(source)
    lines = source.splitlines()
    seen: dict[tuple[str, str, str, str], int] = {}
    found = []
    for parent, name, index, node, within, at_import in _places(tree):
        for new in _others(node, parent):
            ast.copy_location(new, node)
            ast.fix_missing_locations(new)
            function = ".".join(each for each, _ in within)
            before, after = _short(node), _short(new)
            key = (function, lines[node.lineno - 1].strip(), before, after)
            seen[key] = seen.get(key, 0) + 1
            found.append(
                Mutant(
                    file,
                    node.lineno,
                    key[1],
                    before,
                    after,
                    function,
                    within,
                    at_import,
                    seen[key],
                    tree,
                    _putting(parent, name, index, node, new),
                )
            )
    return sorted(found, key=lambda each: each.line)


def sampled(found: list[Mutant], most: int) -> list[Mutant]:
    """Not more than so many, the same ones for the same file."""
    if len(found) <= most:
        return found
    chosen = random.Random(found[0].file).sample(range(len(found)), most)
    return [found[place] for place in sorted(chosen)]


def _putting(parent: ast.AST, name: str, index: int | None, old: ast.AST, new: ast.AST) -> Callable[[bool], None]:
    def put(there: bool) -> None:
        node = new if there else old
        if index is None:
            setattr(parent, name, node)
        else:
            getattr(parent, name)[index] = node

    return put


Place = tuple[ast.AST, str, int | None, ast.stmt | ast.expr, tuple[Called, ...], bool]


def _places(tree: ast.Module) -> Iterator[Place]:
    """Every node that may be said otherwise, and where it stands."""

    def below(parent: ast.AST, within: tuple[Called, ...], at_import: bool) -> Iterator[Place]:
        for name, value in ast.iter_fields(parent):
            if name in ("annotation", "returns", "decorator_list", "ctx"):
                continue
            inner, when = within, at_import
            if isinstance(parent, ast.FunctionDef | ast.Lambda) and name == "body":
                inner, when = (*within, called(parent)), False
            for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(node, ast.AST) and not _stays(node, parent):
                    if isinstance(node, ast.stmt | ast.expr):
                        yield parent, name, index, node, inner, when
                    yield from below(node, inner, when)

    yield from below(tree, (), True)


def called(node: ast.FunctionDef | ast.Lambda) -> Called:
    """What the code of a function is known by."""
    if isinstance(node, ast.Lambda):
        return "<lambda>", node.lineno
    return node.name, min([node.lineno, *(each.lineno for each in node.decorator_list)])


def _stays(node: ast.AST, parent: ast.AST) -> bool:
    match node:
        case ast.Assert() | ast.Import() | ast.ImportFrom() | ast.JoinedStr() | ast.Raise() | ast.AnnAssign(value=None):
            return True
        case ast.Expr(value=ast.Constant()):  # documentation
            return True
        case ast.Assign(value=ast.Call(func=ast.Name(id=name))) if name in DECLARED:
            return True
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript()) if name[:1].isupper():  # a type's name
            return True
        case ast.Constant(value=str()) if isinstance(parent, ast.Call) and _name(parent) in SAID_TO_PEOPLE:
            return True
        case ast.keyword(arg="label" | "doc" | "repr" | "eq"):
            return True
    return False


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _others(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """What may stand in place of a node."""
    match node:
        case ast.Compare(ops=ops):
            for place, operator in enumerate(ops):
                for other in ORDERED[type(operator)]:
                    yield _with(node, ops=[*ops[:place], other(), *ops[place + 1 :]])
        case ast.BinOp(op=operator) if type(operator) in ARITHMETIC:
            yield _with(node, op=ARITHMETIC[type(operator)]())
        case ast.BinOp(op=ast.BitOr() | ast.BitAnd(), left=left):
            yield copy(left)
        case ast.AugAssign(op=operator) if type(operator) in ARITHMETIC:
            yield _with(node, op=ARITHMETIC[type(operator)]())
        case ast.AugAssign() | ast.Continue() | ast.Break() | ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.BoolOp(op=operator):
            yield _with(node, op=ast.Or() if isinstance(operator, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.Invert() | ast.USub(), operand=operand):
            yield copy(operand)
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield _with(node, value=ast.Constant(None))
        case ast.Constant():
            yield from _constants(node, parent)
        case ast.Call():
            yield from _calls(node)
        case ast.Name(id=name) if name in OPPOSITES:
            yield _with(node, id=OPPOSITES[name])
        case ast.Attribute(attr=name) if name in OPPOSITES:
            yield _with(node, attr=OPPOSITES[name])
        case ast.Subscript(slice=ast.Slice(), value=value):
            yield copy(value)
    # A comparison and a `not` have their opposites already.
    plain = not isinstance(node, ast.Compare | ast.UnaryOp)
    if plain and isinstance(parent, ast.If | ast.IfExp | ast.While) and node is parent.test:
        yield ast.UnaryOp(ast.Not(), node)
    if isinstance(parent, ast.comprehension) and node in parent.ifs:
        yield ast.Constant(True)


def _constants(node: ast.Constant, parent: ast.AST) -> Iterator[ast.AST]:
    match node.value:
        case bool():
            yield _with(node, value=not node.value)
        case int():
            yield _with(node, value=node.value + 1)
            yield _with(node, value=node.value - 1)
        case str() if node.value:
            yield _with(node, value=f"{node.value} otherwise")


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    name, arguments = _name(node), node.args
    if name == "choose":
        condition, first, second = arguments
        yield _with(node, args=[condition, second, first])
    if name == "citing" or (name == "named" and len(arguments) > 1):
        if isinstance(node.func, ast.Attribute):  # without its sources
            yield copy(node.func.value)
    elif name in VARIADIC and len(arguments) > 1:
        for place in range(len(arguments)):
            yield _with(node, args=[*arguments[:place], *arguments[place + 1 :]])


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())
