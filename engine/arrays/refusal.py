"""What arrays leave to the exact path."""


class NotOverArrays(Exception):
    """What a note asks is not to be had over arrays; the message says what, in the words of a summary."""
