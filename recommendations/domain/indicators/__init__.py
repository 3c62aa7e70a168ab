"""Indicators: numbers that show whether the work helped."""
