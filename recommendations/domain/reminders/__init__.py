"""Reminders that people need beside those of update rounds: what is due, to whom, by which rule, and their ledger."""
