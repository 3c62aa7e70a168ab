"""Recommendations as they are followed."""
