"""Reading conditions: what must have happened, or hold on a day."""

from ...grammar import tree
from ...grammar.classes import evolve
from ...grammar.suggest import nearest
from ..exact.dimensions import PRICE_NAME
from ..meaning.expressions import AllOf, AnyOf, Compared, Condition, Constant, Happened, NotSo, Run, Stated, leaves
from ..meaning.phrases import nearest_pattern, said, text_of
from ..meaning.shapes import meant
from ..time.periods import Period
from ..world.series import SERIES, VOLUMES, series_named
from .read_expressions import WINDOW_MAX, expression, period, series
from .reader import Reader

CONDITIONS_MAX = 1_000  # joined in one


def condition(reader: Reader, written: tree.Expr) -> Condition:
    """The condition, its sentences found among those that terms declare, and as large as can be reckoned."""
    found = _condition(reader, written)
    count = sum(1 for _ in leaves(found))
    if count > CONDITIONS_MAX:
        message = f"this joins {count:,} conditions; the limit is {CONDITIONS_MAX:,}"
        raise reader.fail("E507", message, written.span, "take out those that another one implies")
    return found


def _condition(reader: Reader, written: tree.Expr) -> Condition:
    match written:
        case tree.Logic("and", items):
            return AllOf(tuple(_condition(reader, item) for item in items))
        case tree.Logic("or", items):
            return AnyOf(tuple(_condition(reader, item) for item in items))
        case tree.Not(item):
            return NotSo(_condition(reader, item))
        case tree.Event(label):
            return Happened(f'event "{label}"')
        case tree.Comparison(operator, left, right, duration):
            return _comparison(reader, operator, left, right, duration)
        case tree.Phrase(tokens, span=span):
            if text_of(tokens) in reader.occurrences:
                return Happened(text_of(tokens))
            found = said(tokens, reader.conditions)
            if found is not None:
                return Stated(found)
            like = nearest_pattern(tokens, (*reader.conditions, *sorted(reader.occurrences)))
            raise reader.fail(
                "E107",
                f"`{text_of(tokens)}` is not a condition that is understood",
                span,
                meant(like) if like else 'name it as an event: `event "…"`',
            )
    raise reader.fail(
        "E107",
        f"`{written.span.text}` is not a condition",
        written.span,
        f"write `event {written.span.text}`"
        if isinstance(written, tree.Text)
        else "write what must have happened, as in `payment is late`",
    )


def _of_series(written: tree.Expr) -> bool:
    return isinstance(written, tree.Phrase) and series_named(text_of(written.tokens)) is not None


def _no_series(reader: Reader, operator: str, left: tree.Expr, right: tree.Expr) -> None:
    """What is compared is no series, and is not nearly one either."""
    if _of_series(right):
        turned = {"below": "above", "above": "below", "at least": "at most", "at most": "at least"}[operator]
        help = f"write the prices first: `{right.span.text} {turned} {left.span.text}`"
        raise reader.fail("E111", f"`{right.span.text}` is watched, and stands first", right.span, help)
    text = text_of(left.tokens) if isinstance(left, tree.Phrase) else ""
    known = (*SERIES, *reader.nouns, *reader.definitions)
    like = nearest(text, known) if text not in known else None
    if like in SERIES:
        raise reader.fail("E111", f"`{text}` is not a series of prices", left.span, f"did you mean `{like}`?")


def _comparison(
    reader: Reader, operator: str, left: tree.Expr, right: tree.Expr, duration: tree.Number | None
) -> Condition:
    if not _of_series(left):
        _no_series(reader, operator, left, right)
    if duration is None and not _of_series(left):
        return Compared(operator, expression(reader, left), expression(reader, right))
    watched = series(reader, left)
    if watched in VOLUMES:
        message = f"`{watched}` is not watched: prices alone are"
        raise reader.fail("E202", message, left.span, 'name it as an event: `event "…"`')
    sessions = period(reader, duration) if duration is not None else Period(1, "trading days")
    if sessions.unit != "trading days" or not 1 <= sessions.count <= WINDOW_MAX:
        span = duration.span if duration is not None else left.span
        raise reader.fail(
            "E208",
            f"`{span.text}` cannot be watched for",
            span,
            f"write 1 to {WINDOW_MAX:,} trading days",
        )
    if isinstance(right, tree.Money) and not right.per:
        right = evolve(right, per="share")  # what is compared with a quote can only be a price
    level = expression(reader, right)
    if not isinstance(level, Constant) or level.quantity.dimension.name != PRICE_NAME:
        raise reader.fail(
            "E202",
            f"`{right.span.text}` is not a price",
            right.span,
            f"write a price in figures, as in `{reader.currency} 0.01 per share`",
        )
    return Run(watched, operator, level.quantity, sessions.count)
