"""How gunicorn serves Oversight. It reads this file by itself where it is started: `.venv/bin/gunicorn --bind …`.

BIND, WEB_WORKERS and WEB_THREADS are an office's to choose; where systemd hands over a socket, BIND is not looked at.
"""

import os

wsgi_app = "oversight.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers, threads = int(os.environ.get("WEB_WORKERS", "2")), int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # loaded once, before the workers are forked: no request waits for it, and its memory is shared

timeout = 120  # a large spreadsheet is read and brought in within one request
graceful_timeout = 60  # requests that are being answered end before a worker stops
keepalive = 75  # longer than the proxy keeps a connection: it never sends a request into one that is being closed
max_requests, max_requests_jitter = 4000, 800  # a worker is followed by a new one, never both at once
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a sign of life never waits for a disk
control_socket_disable = True  # nothing else is listened to
accesslog = None  # the proxy writes it: docs/operations/install.md


def on_starting(server):
    """Once it is loaded, and before there are workers: the database has to be of this version."""
    from oversight.database_version import refuse_another_version

    refuse_another_version()
