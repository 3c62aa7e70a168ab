"""Scrutiny reports and what committees ask for."""
