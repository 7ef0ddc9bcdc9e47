"""Verifying: a note tried on random markets and acts, for what would break its invariants."""
