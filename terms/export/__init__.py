"""Exports: statements and explanations as plain data for other programs, with the schema that says so."""
