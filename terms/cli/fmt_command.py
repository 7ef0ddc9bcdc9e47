"""`terms fmt`: notes and ledgers in their canonical layout."""

from argparse import Namespace
from datetime import date

from ...grammar.diagnostics import Diagnostic
from ...grammar.format import format_document
from ...grammar.parse import parse
from ..files import read_given
from ..writing import write_atomically
from .exits import FINDINGS, FINE
from .findings import diagnostics, tell
from .paths import files_in


def run(arguments: Namespace, today: date) -> int:
    """Rewrite the files whose layout differs, or only name them; a file with findings is left as it is."""
    changed, wrong = [], list[Diagnostic]()
    for path in files_in(arguments.paths):
        try:
            source = read_given(path)
            text = format_document(parse(source))
        except Exception as error:
            found = diagnostics(error, path)
            if not found:
                raise
            wrong += found
            continue
        if text != source.text or _marked(path):
            changed.append(path)
            if not arguments.check:
                write_atomically(path, text.encode())
    if wrong:
        tell(wrong)
    for path in changed:
        print(f"{path}: {'would change' if arguments.check else 'rewritten'}")
    return FINDINGS if wrong or (arguments.check and changed) else FINE


def _marked(path: str) -> bool:
    """Whether the file starts with a byte-order mark, which the source no longer shows."""
    with open(path, "rb") as file:
        return file.read(3) == b"\xef\xbb\xbf"
