"""E-mails that are sent once."""
