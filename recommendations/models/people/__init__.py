"""Accounts and what belongs to them."""
