"""How gunicorn serves Oversight. It reads this file by itself where it is started: `.venv/bin/gunicorn --bind …`.

BIND, WEB_WORKERS and WEB_THREADS are an office's to choose; where systemd hands over a socket, BIND is not looked at.
"""

import os
import shutil
import sys
import tempfile

sys.path.append(os.path.dirname(os.path.abspath(__file__)))  # wherever it is started from

from oversight.server_settings import read_server
from oversight.wrong_settings import exit_with_one_sentence

wsgi_app = "oversight.wsgi"
with exit_with_one_sentence():
    bind, workers, threads = read_server(os.environ)
preload_app = True  # loaded once, before the workers are forked: no request waits for it, and its memory is shared
secure_scheme_headers = {}  # BEHIND_PROXY alone says whether a proxy is believed (oversight/settings.py)
forwarder_headers = ""  # no header becomes SCRIPT_NAME: gunicorn would take that from loopback and from any unix socket
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

timeout = 120  # a large spreadsheet is read and brought in within one request
graceful_timeout = 60  # requests that are being answered end before a worker stops
keepalive = 75  # longer than the proxy keeps a connection: it never sends a request into one that is being closed
max_requests, max_requests_jitter = 4000, 800  # a worker is followed by a new one, never both at once
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a sign of life never waits for a disk
control_socket_disable = True  # nothing else is listened to


def on_starting(server):
    """Once it is loaded, and before there are workers: the database has to go with it."""
    from django.utils import timezone

    from oversight.starting import check_before_start

    with exit_with_one_sentence():
        check_before_start(at=timezone.now())


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
