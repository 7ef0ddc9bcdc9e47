"""Putting other code in the place of a file's own: in this process only, the file on the disk stays.

A change inside a function is put into the functions that live already, each of which gets its new code. What
importing the file runs is changed where the file is imported, by its loader.
"""

import ast
import builtins
import gc
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from .changes import Called, Mutant, called

NOTE = "__note_a_call__"  # the function among the builtins that noted code tells of its calls


def module_of(file: str) -> str:
    """`terms/default.py` is installed as `tenor.terms.default`."""
    return "tenor." + file.removesuffix(".py").replace("/", ".")


def load_otherwise(others: dict[str, ast.Module]) -> None:
    """Let these files be imported as these trees."""
    trees = {module_of(file): tree for file, tree in others.items()}
    assert not trees.keys() & sys.modules.keys(), "what is imported already cannot be another"
    original = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, fullname: str) -> Any:
        if fullname in trees:
            return compile(trees[fullname], str(self.get_filename(fullname)), "exec", dont_inherit=True)
        return original(self, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]


def living(file: str) -> list[FunctionType]:
    """The functions of a file that are in memory, lambdas and closures too."""
    path = Path(str(sys.modules[module_of(file)].__file__)).resolve()
    functions = [each for each in gc.get_objects() if type(each) is FunctionType]
    paths = {each.__code__.co_filename for each in functions}
    here = {each for each in paths if each.endswith(path.name) and Path(each).resolve() == path}
    return [each for each in functions if each.__code__.co_filename in here]


def exchange(mutant: Mutant, functions: list[FunctionType]) -> None:
    """Give those of the functions that the mutant says otherwise their new code."""
    with mutant.put():
        code = compile(mutant.tree, "mutant", "exec", dont_inherit=True)
    changed = {_called(each): each for each in _all_code(code)}
    outdated = [each for each in functions if _called(each.__code__) in mutant.within]
    assert outdated, f"nothing in memory runs {mutant.key}"
    for function in outdated:
        function.__code__ = changed[_called(function.__code__)]


def _all_code(code: CodeType) -> list[CodeType]:
    within = [each for each in code.co_consts if isinstance(each, CodeType)]
    return [code, *(found for each in within for found in _all_code(each))]


def _called(code: CodeType) -> Called:
    return code.co_name, code.co_firstlineno


def noting(root: Path, files: list[str], calls: set[tuple[str, Called]]) -> dict[str, ast.Module]:
    """The files as trees that add each call of their functions to a set."""
    setattr(builtins, NOTE, calls.add)
    return {file: _Noting(file).visit(ast.parse((root / file).read_text("utf-8"))) for file in files}


class _Noting(ast.NodeTransformer):
    def __init__(self, file: str) -> None:
        self.file = file

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        after_words = 1 if ast.get_docstring(node) else 0
        node.body.insert(after_words, ast.Expr(self.note(node)))
        return ast.fix_missing_locations(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self.generic_visit(node)
        node.body = ast.BoolOp(ast.Or(), [self.note(node), node.body])  # to note gives None
        return ast.fix_missing_locations(node)

    def note(self, node: ast.FunctionDef | ast.Lambda) -> ast.expr:
        call: ast.expr = ast.parse(f"{NOTE}({(self.file, called(node))!r})", mode="eval").body
        for each in ast.walk(call):
            ast.copy_location(each, node)
        return call
