"""The demonstration: a fictional office, two forces and eighteen months of their work, dated from today."""
