"""Reminders other than those of update rounds: what is due, to whom, by which rule, and the record of emails."""
