"""Mutation testing: whether the tests notice when a line that decides about money says something else.

    cd tests
    python -m mutation                                        # every file of `FILES`, a sample of each
    python -m mutation --module terms/default.py --write      # one file, and its figures into the report
    python -m mutation --survivors --write                    # only those that lived the last time

`changes` makes mutants of a file: one comparison, number, word, condition, branch or argument said otherwise.
`judging` runs the tests that call the changed function, the quickest first, until one fails; each mutant in a
process of its own, so that the files on the disk are never touched. `keeping` holds what is kept: `counts.csv` and
`survivors.csv`, where each survivor has its reason, and the page made of them, `report.md`.
"""
