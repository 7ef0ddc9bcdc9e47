"""The sheet on a terminal, in colour. The only file of the command line that imports Rich."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .plain import FIGURE_MAX, FIGURE_MIN, LABEL_MAX, LABEL_MIN, WORDS_MIN, widest
from .rows import Row, Section, Sheet

FIGURES = {"unknown": "yellow", "refused": "red", "missing": "yellow"}


def show(sheet: Sheet) -> None:
    """Print the sheet."""
    Console(highlight=False).print(rendered(sheet), soft_wrap=any(section.tree for section in sheet.sections))


def rendered(sheet: Sheet) -> RenderableType:
    """The sheet as something a Rich console prints."""
    return Group(*_pieces(sheet))


def _pieces(sheet: Sheet) -> Iterator[RenderableType]:
    yield Text(sheet.title, style="bold")
    for line in sheet.lines:
        yield Text(line, style="dim")
    for section in sheet.sections:
        yield Text(f"\n{section.title}", style="bold cyan")
        yield from _tree(section) if section.tree else _table(section)
        for paragraph in section.texts:
            yield Text(paragraph)
        if section.note:
            yield Text(f"\nFiles: {section.note}", style="dim")


def _table(section: Section) -> Iterator[RenderableType]:
    """Rows with figures share their columns; a row of words alone, and details, run the whole width."""
    least = WORDS_MIN if section.words else LABEL_MIN
    label = widest([row.label for row in section.rows if row.figure], least, LABEL_MAX)
    figure = widest([row.figure for row in section.rows], FIGURE_MIN, FIGURE_MAX)
    for row in section.rows:
        if row.figure:
            yield _figures(row, label, figure, section.words)
        else:
            yield Text.assemble(row.label, (f"  {row.place}" if row.place else "", "dim"))
        for each in row.under:
            yield Padding(Text(each, style="dim"), (0, 0, 0, 6))


def _figures(row: Row, label: int, figure: int, words: bool) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=label)
    grid.add_column(justify="left" if words else "right", width=figure, overflow="fold")
    if not words:
        grid.add_column(width=1)
    grid.add_column(style="dim", overflow="fold")
    weight = "bold" if row.strong else ""
    style = f"{weight} {FIGURES.get(row.figure, '')}".strip()
    mark = [] if words else [Text(row.mark, "green")]
    grid.add_row(Text(row.label, weight), Text(row.figure, style), *mark, Text(row.place))
    return grid


def _tree(section: Section) -> Iterator[RenderableType]:
    for row in section.rows:
        yield Text.assemble((f"{row.mark:>4} ", "dim"), row.label)
        for each in row.under:
            yield Text(f"     {each}", style="dim")
