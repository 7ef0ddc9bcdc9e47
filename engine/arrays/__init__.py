"""Books of notes over arrays: the records of terms, run over many notes and dates at once."""
