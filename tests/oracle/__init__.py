"""The oracle: notes reckoned a second time, day by day, from the contract's words and not from the engine.

It knows dates, whole numbers and Fractions, and imports nothing of what it judges. Only `judging.py` and the tests
beside it know both. Run `python -m oracle --help` from `tests/` for a long comparison.
"""
