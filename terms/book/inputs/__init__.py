"""Inputs of a book: tables of notes and of facts, read in stretches, exact and located."""
