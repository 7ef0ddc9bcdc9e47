"""Series: the daily figures of a market that notes name, and their spelling.

A quotation is a price for one session; a volume is a number of shares. Nothing here is a price itself.
"""

# name: what it is. Contracts say "closing bid price", "lowest trading price" and the like.
SERIES = {
    "closing bid": "the last bid of the session",
    "closing price": "the price of the last trade of the session",
    "closing ask": "the last offer of the session",
    "trading price": "the lowest price of any trade of the session",
    "high price": "the highest price of any trade of the session",
    "VWAP": "the volume-weighted average price of the session",
    "volume": "the shares traded in the session",
}
_SPELT = {
    "closing bid price": "closing bid",
    "vwap": "VWAP",
    "volume-weighted average price": "VWAP",
    "last trade": "closing price",
}


def series_named(words: str) -> str | None:
    """The series that these words name, in the singular or the plural, or None."""
    for text in (words, words.removesuffix("s")):
        name = _SPELT.get(text, text)
        if name in SERIES:
            return name
    return None


VOLUMES = frozenset({"volume"})  # counted in shares, not in money
