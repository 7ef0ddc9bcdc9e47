"""Books: many notes asked on many dates, and the tables that their answers make.

NumPy and PyArrow are imported below here and in `engine/arrays`, and nowhere else: `pip install 'tenor[book]'`.
"""
