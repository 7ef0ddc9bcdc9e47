"""The sheet on a terminal, in colour. The only file of the command line that imports Rich."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .sheet import Row, Section, Sheet

FIGURES = {"unknown": "yellow", "refused": "red", "missing": "yellow"}


def show(sheet: Sheet, console: Console | None = None) -> None:
    """Print the sheet."""
    out = console or Console(highlight=False)
    out.print(Text(sheet.title, style="bold"))
    for line in sheet.lines:
        out.print(Text(line, style="dim"))
    for section in sheet.sections:
        out.print()
        out.print(Text(section.title, style="bold cyan"))
        if section.tree:
            _tree(out, section)
        else:
            _table(out, section)
        for paragraph in section.texts:
            out.print(Text(paragraph))


def _table(out: Console, section: Section) -> None:
    """Rows with figures share a grid; a row of words alone, and details, run the whole width."""
    label = max([28, *(len(row.label) for row in section.rows if row.figure)])
    figure = max([24, *(len(row.figure) for row in section.rows)])
    for row in section.rows:
        if row.figure:
            grid = Table.grid(padding=(0, 1))
            grid.add_column(width=min(label, 44))
            grid.add_column(justify="left" if section.words else "right", width=min(figure, 60), overflow="fold")
            grid.add_column(width=1)
            grid.add_column(style="dim", overflow="fold")
            style = "bold" if row.strong else ""
            grid.add_row(
                Text(row.label, style), Text(row.figure, _style(row)), Text(row.mark, "green"), Text(row.place)
            )
            out.print(grid)
        else:
            out.print(Text.assemble(row.label, ("  " + row.place if row.place else "", "dim")))
        for each in row.under:
            out.print(Padding(Text(each, style="dim"), (0, 0, 0, 6)))


def _tree(out: Console, section: Section) -> None:
    for row in section.rows:
        out.print(Text.assemble((f"{row.mark:>4} ", "dim"), row.label), soft_wrap=True)
        for each in row.under:
            out.print(Text(f"     {each}", style="dim"), soft_wrap=True)


def _style(row: Row) -> str:
    colour = FIGURES.get(row.figure, "")
    return f"bold {colour}".strip() if row.strong else colour
