"""Printable: text that was not written here, as it may stand in a message."""


def printable(text: str) -> str:
    """The text with control and direction-changing characters made visible."""
    return "".join(char if char.isprintable() or char == "\t" else f"\\u{ord(char):04x}" for char in text)
