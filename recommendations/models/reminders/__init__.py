"""Emails that are sent once."""
