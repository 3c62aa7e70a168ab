"""How gunicorn serves Oversight. It reads this file by itself where it is started: `.venv/bin/gunicorn --bind …`."""

import os
import shutil
import tempfile

wsgi_app = "oversight.wsgi"
workers, threads = 2, 4
preload_app = True  # loaded once, before the workers are forked: no request waits for it, and its memory is shared
secure_scheme_headers = {}  # BEHIND_PROXY alone says whether a proxy is believed (oversight/settings.py)
# What it says itself goes where Oversight's lines go, in their form (oversight/logs.py).
logconfig_dict = {
    "root": {"level": "INFO", "handlers": []},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
}
accesslog = None  # Oversight logs each request itself, without addresses that are secrets

# Where the workers share what they count (docs/adr/0024). In memory: a write to a mapped file ends a worker where the
# disk is full.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
if os.environ.get("METRICS_TOKEN") and SHARED not in os.environ:
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    os.environ[SHARED] = tempfile.mkdtemp(prefix="oversight-metrics-", dir=memory)


def on_starting(server):
    """Once it is loaded, and before there are workers: the database has to be of this version."""
    from oversight.database_version import refuse_another_version

    refuse_another_version()


def on_exit(server):
    """What the workers counted goes with them: Prometheus knows that a count begins again."""
    if SHARED in os.environ:
        shutil.rmtree(os.environ[SHARED], ignore_errors=True)


def post_worker_init(worker):
    """A file of SQLite stays open in each worker, so that a full disk stops no reading."""
    from django.db import connection

    from oversight.held_open import hold_open

    if connection.vendor == "sqlite":
        hold_open(connection.settings_dict["NAME"])
