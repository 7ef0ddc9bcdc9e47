"""Text to tree and back: the language of notes and ledgers. Knows no finance."""
