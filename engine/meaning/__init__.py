"""What a checked note is: expressions, settings, clauses, terms and the model they make."""
