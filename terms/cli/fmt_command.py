"""`terms fmt`: notes and ledgers in their canonical layout."""

import sys
from argparse import Namespace
from datetime import date

from ...grammar.diagnostics import Diagnostic
from ...grammar.format import format_document
from ...grammar.parse import parse
from ..files import read_given
from ..writing import write_atomically
from .exits import FINDINGS, FINE, USAGE, told
from .findings import diagnostics, tell
from .paths import files_in
from .patience import patience


def run(arguments: Namespace, today: date) -> int:
    """Rewrite the files whose layout differs, or only name them; a file with findings is left as it is."""
    changed, wrong, unwritten = [], list[Diagnostic](), list[OSError]()
    for path in files_in(arguments.paths):
        try:
            with patience(path):
                source = read_given(path)
                text = format_document(parse(source))
        except Exception as error:
            found = diagnostics(error, path)
            if not found:
                raise
            wrong += found
            continue
        if text != source.text or _marked(path):
            try:
                if not arguments.check:
                    write_atomically(path, text.encode())
                changed.append(path)
            except OSError as error:
                unwritten.append(error)
    if wrong:
        tell(wrong)
    for each in unwritten:
        print(f"terms: {told(each)}", file=sys.stderr)
    for path in changed:
        print(f"{path}: {'would change' if arguments.check else 'rewritten'}")
    if unwritten:
        return USAGE
    return FINDINGS if wrong or (arguments.check and changed) else FINE


def _marked(path: str) -> bool:
    """Whether the file starts with a byte-order mark, which the source no longer shows."""
    with open(path, "rb") as file:
        return file.read(3) == b"\xef\xbb\xbf"
