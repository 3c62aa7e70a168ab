"""Setting up an office: the questions, the database, the steps, and the systemd units."""
