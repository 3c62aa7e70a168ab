"""Emails: the SMTP backend, delivery from the ledgers, and a module for each subject that has any.

Their words are in templates/emails.
"""
