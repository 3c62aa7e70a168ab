"""The demonstration: a fictional office, its two forces and fire service, and eighteen months of their work."""

LOADED = "load_demo"  # the verb of the entry that marks a database as the demonstration's
