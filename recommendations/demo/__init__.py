"""The demonstration: a fictional office, its two forces and fire service, and eighteen months of their work."""
