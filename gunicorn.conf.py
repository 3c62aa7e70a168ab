"""How gunicorn serves Oversight. It reads this file by itself where it is started: `.venv/bin/gunicorn --bind …`."""

wsgi_app = "oversight.wsgi"
workers, threads = 2, 4
preload_app = True  # loaded once, before the workers are forked: no request waits for it, and its memory is shared


def on_starting(server):
    """Once it is loaded, and before there are workers: the database has to be of this version."""
    from oversight.database_version import refuse_another_version

    refuse_another_version()
