"""Whoever recommends, and by which law."""
