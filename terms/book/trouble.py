"""Trouble: why a book is not written, in words for the person who asked."""


class Unaskable(Exception):
    """A question that cannot be meant, and what to write instead."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message, help)  # both, so that it crosses from one process to another
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return f"{self.message}\n  help: {self.help}" if self.help else self.message


class Stopped(Unaskable):
    """A run that could not go on. What is done is kept, and the same command goes on from there."""


class Misfit(Stopped):
    """A figure that has no room in its column, named by its note and date."""
