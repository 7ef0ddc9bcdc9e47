"""Drawing trees: documents as Hypothesis strategies, made of nodes rather than of text.

Nothing drawn has a place: spans lie in an empty source. Values are drawn in expressions.py.
"""

from hypothesis import strategies as st

from tenor.grammar import tree
from tenor.grammar.tree import Comment, Comments, Document, Entry, Item, Mark, Token

from .expressions import LITERALS, NOWHERE, dates, fields, names, plain_words, strings, tokens_of, values, word, words

# ---- clauses, ledger lines, documents ------------------------------------------------------------------------------


@st.composite
def marks(draw: st.DrawFn) -> Mark:
    kind = draw(st.sampled_from(("cite", "assumed", "over", "because")))
    said = draw(st.lists(strings, min_size=1, max_size=1 if kind == "over" else 3))
    others = draw(st.lists(values(lists=False), max_size=2)) if kind == "assumed" else []
    return Mark(kind, tuple(said), tuple(others), span=NOWHERE)


comment_texts = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=12)
own_comments = comment_texts.map(lambda text: Comment(f"#{text}", NOWHERE))


def comments_of(*, block: bool) -> st.SearchStrategy[Comments]:
    several = st.lists(own_comments, max_size=2).map(tuple)
    one = st.lists(own_comments, max_size=1).map(tuple)
    return st.builds(Comments, above=several, beside=one, within=several if block else st.just(()))


@st.composite
def items(draw: st.DrawFn, depth: int, *, top: bool = False) -> Item:
    """A clause; a field has a value or a label."""
    kind = draw(st.sampled_from(("field", "labelled", "bare", "named", "dated") if top else ("field", "labelled")))
    subject = {
        "named": st.lists(names, min_size=1, max_size=3).map(" ".join),
        "dated": dates,
    }.get(kind, st.just(""))
    has_value = kind == "field" or (kind != "bare" and draw(st.booleans()))
    has_block = depth > 0 and draw(st.booleans())
    inner = draw(st.lists(items(depth - 1), max_size=2)) if has_block else []
    return Item(
        draw(fields),
        draw(strings) if kind == "labelled" else None,
        draw(subject),
        draw(values()) if has_value else None,
        draw(values(lists=False)) if has_value and draw(st.booleans()) else None,
        tuple(draw(st.lists(marks(), max_size=2))),
        tuple(inner),
        has_block,
        comments=draw(comments_of(block=has_block)),
        name_span=NOWHERE,
        span=NOWHERE,
    )


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """A ledger line."""
    facts = st.one_of(
        tokens_of("WORD", words),
        st.sampled_from(("for", "of", "and", "or", "not", "per", "at", "least", "when", "before", "last")).map(word),
        *(tokens_of(kind, texts) for kind, texts in (*LITERALS.items(), ("STRING", strings))),
    )
    days = dates.map(lambda day: tree.Date(day, span=NOWHERE))
    own = tuple(draw(st.lists(marks(), max_size=1)))
    comments = draw(comments_of(block=False))
    if draw(st.booleans()):
        tokens = tuple(draw(st.lists(facts, min_size=1, max_size=5)))
        known = draw(st.none() | days)
        return Entry(draw(days), tokens, known, own, comments=comments, span=NOWHERE)
    first, last = draw(fields), draw(fields)
    middle = draw(st.lists(plain_words, max_size=2))
    tokens = (word(first), *middle, word(last), Token("STRING", draw(strings), NOWHERE))
    return Entry(None, tokens, marks=own, comments=comments, span=NOWHERE)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A note or a ledger, or something of both."""
    pieces = draw(st.lists(st.one_of(items(draw(st.integers(0, 2)), top=True), entries()), max_size=3))
    return Document(tuple(pieces), tuple(draw(st.lists(own_comments, max_size=2))), source=NOWHERE.source)


def comments_in(document: Document) -> list[str]:
    """The text of every comment, sorted: where each stands is for the formatter to say."""
    found = [*document.comments]
    pieces: list[Item | Entry] = [*document.pieces]
    while pieces:
        piece = pieces.pop()
        found += [*piece.comments.above, *piece.comments.beside, *piece.comments.within]
        pieces += piece.items if isinstance(piece, Item) else ()
    return sorted(comment.text for comment in found)
