"""Plain text: a sheet for files, pipes and printers, figures in one column to the right."""

from textwrap import wrap

from .rows import Row, Section, Sheet

WIDTH = 100
LABEL_MIN, WORDS_MIN, FIGURE_MIN = 28, 12, 24
LABEL_MAX, FIGURE_MAX = 44, 64


def text(sheet: Sheet) -> str:
    """The whole sheet, ending with a line end."""
    lines = [sheet.title, "=" * len(sheet.title), *sheet.lines]
    for section in sheet.sections:
        lines += ["", section.title, "-" * len(section.title)]
        lines += _tree(section) if section.tree else _table(section)
        for paragraph in section.texts:
            lines += wrap(paragraph, WIDTH)
        if section.note:
            lines += ["", f"Files: {section.note}"]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _table(section: Section) -> list[str]:
    least = WORDS_MIN if section.words else LABEL_MIN
    label = widest([row.label for row in section.rows if row.figure], least, LABEL_MAX)
    figure = widest([row.figure for row in section.rows], FIGURE_MIN, FIGURE_MAX)
    lines = []
    for row in section.rows:
        lines += _row(row, label, figure, section.words)
    return lines


def _row(row: Row, label: int, figure: int, words: bool) -> list[str]:
    if not row.figure:
        lines = wrap(row.label, WIDTH, initial_indent=_indent(row.label), subsequent_indent=_indent(row.label) + "  ")
        lines[-1] += f"  {row.place}" if row.place else ""
    else:
        shown = row.figure.ljust(figure) if words else row.figure.rjust(figure)
        lines = [f"{row.label.ljust(label)}  {shown} {row.mark or ' '} {row.place}"]
    for each in row.under:
        lines += wrap(each.strip(), WIDTH, initial_indent="      " + _indent(each), subsequent_indent="        ")
    return lines


def _indent(text: str) -> str:
    return " " * (len(text) - len(text.lstrip(" ")))


def _tree(section: Section) -> list[str]:
    lines = []
    for row in section.rows:
        lines.append(f"{row.mark:>4} {row.label}")
        lines += [f"     {each}" for each in row.under]
    return lines


def widest(texts: list[str], least: int, most: int) -> int:
    """How wide a column of these is, between two bounds."""
    return min(most, max([least, *map(len, texts)]))
