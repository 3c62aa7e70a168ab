"""Panels, their meetings, and custody visiting."""
