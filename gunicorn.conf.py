"""How gunicorn serves Oversight. It reads this file by itself where it is started: `.venv/bin/gunicorn --bind …`."""

wsgi_app = "oversight.wsgi"
workers, threads = 2, 4
preload_app = True  # loaded once, before the workers are forked: no request waits for it, and its memory is shared


def on_starting(server):
    """Once it is loaded, and before there are workers: the database has to be of this version."""
    from oversight.database_version import refuse_another_version

    refuse_another_version()


def post_worker_init(worker):
    """A file of SQLite stays open in each worker, so that a full disk stops no reading."""
    from django.db import connection

    from oversight.held_open import hold_open

    if connection.vendor == "sqlite":
        hold_open(connection.settings_dict["NAME"])
