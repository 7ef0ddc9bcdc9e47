"""Exact quantities: what may meet what, what each operation does, and the trace that an answer is."""
