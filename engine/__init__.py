"""What things mean: quantities, time, facts, questions, running a note through time. Names no term."""
