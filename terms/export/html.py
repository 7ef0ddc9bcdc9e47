"""A sheet as a piece of HTML, for notebooks."""

from html import escape
from typing import Any


def html(sheet: Any) -> str:
    """The sheet as a piece of HTML; all that files say in it is escaped."""
    parts = [f"<h3>{escape(sheet.title)}</h3>", *(f"<div>{escape(line)}</div>" for line in sheet.lines)]
    for section in sheet.sections:
        rows = "".join(_row(row, "left" if section.words else "right") for row in section.rows)
        parts.append(f"<h4>{escape(section.title)}</h4><table>{rows}</table>")
        parts += [f"<p>{escape(text)}</p>" for text in section.texts]
    return f"<div>{''.join(parts)}</div>"


def _row(row: Any, side: str) -> str:
    indent = len(row.label) - len(row.label.lstrip(" "))
    weight = "bold" if row.strong else "normal"
    label = f'<td style="text-align:left;padding-left:{indent}ch;font-weight:{weight}">{escape(row.label)}</td>'
    figure = f'<td style="text-align:{side};font-weight:{weight}">{escape(row.figure)} {escape(row.mark)}</td>'
    place = f'<td style="text-align:left;opacity:0.6">{escape(row.place)}</td>'
    under = "".join(
        f'<tr><td colspan="3" style="text-align:left;padding-left:4ch;opacity:0.7">{escape(line)}</td></tr>'
        for line in row.under
    )
    return f"<tr>{label}{figure}{place}</tr>{under}"
