"""What a screen asks of whoever opens it: how many links, buttons, fields and words it shows, for whom.

`python -m tests.screens` prints it for the demonstration, beside what was kept (kept.tsv) and what is aimed at.
"""
