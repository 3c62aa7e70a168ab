"""Responses to reports."""
