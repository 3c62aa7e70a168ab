"""Setting up an office: what is asked, the database, the steps, and what systemd starts."""
