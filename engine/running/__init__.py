"""A note run through time: views, questions, the timeline, the fold, and the statement of a day."""
