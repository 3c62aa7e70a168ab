"""Actions: the work between “the force should” and “closed”."""
