"""Where an event of default stands, as tests compare it."""

from tenor.engine.exact.spelling import spelt
from tenor.engine.running.statement import Statement


def standing(stated: Statement) -> list[str]:
    """Where the first written event of default stands, and since when it is a default, or last was one."""
    _, row = stated["defaults"].rows[0]
    return [spelt(row["state"]), spelt(row["default_since"])]
