"""`terms explain`: one answer unfolded into its steps, or what an error code means."""

import re
from argparse import Namespace
from datetime import date

from .exits import FINE, UNKNOWN, Misused
from .output import print_json, print_sheet
from .patience import patient

CODE = re.compile(r"[Ee][0-9]{1,4}")


@patient
def run(arguments: Namespace, today: date) -> int:
    """Print the explanation."""
    if arguments.answer is None:
        if CODE.fullmatch(arguments.note):
            return _explain_code(arguments.note.upper())
        raise Misused("which answer is to be explained?", f"as in `terms explain {arguments.note} owed`")
    from ...engine.exact.values import Unknown
    from ...engine.running.statement import quantities_named
    from .asking import asked, loaded, one_of

    said = asked(arguments, loaded(arguments), today)
    figures = quantities_named(said.answers)  # `owed`, `owed.interest`, `defaults[payment].since`
    inside = "." in arguments.answer or "[" in arguments.answer
    name = one_of(arguments.answer, tuple(figures if inside else said.answers), "answer")
    if arguments.json:
        from ..export.answers import plain_explanation

        print_json(plain_explanation(name, figures[name], said))
    else:
        from .unfolding import explanation_sheet

        print_sheet(explanation_sheet(said, name))
    return UNKNOWN if isinstance(figures[name].value, Unknown) else FINE


def _explain_code(code: str) -> int:
    from ..codes import CODES

    if code not in CODES:
        alike = [each for each in CODES if each[:2] == code[:2].upper()] or [*CODES]
        raise Misused(f"unknown code `{code}`", f"write one of {alike[0]} to {alike[-1]}, as a message has it")
    title, words = CODES[code]
    print(f"{code}: {title}\n\n{words.strip()}")
    return FINE
