"""Recordings made fast: the steps of terms as straight-line integer arithmetic, for one note or for many."""
