"""The settings of gunicorn, parsed and checked: gunicorn.conf.py uses them, and `check` looks at them."""

import re
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

LISTENS_AT = re.compile(r"unix:/\S+|fd://\d+|(\S+:)?\d{1,5}")


def read_server(environ: Mapping[str, str]) -> tuple[str, int, int]:
    """Where the server listens, and its numbers of processes and threads."""
    bind = environ.get("BIND", "127.0.0.1:8000")
    if not LISTENS_AT.fullmatch(bind):
        raise ImproperlyConfigured("Let BIND be a host and a port (127.0.0.1:8000) or unix: and the path of a socket.")
    numbers = {"WEB_WORKERS": environ.get("WEB_WORKERS", "2"), "WEB_THREADS": environ.get("WEB_THREADS", "4")}
    for name, value in numbers.items():
        if not re.fullmatch(r"[1-9]\d{0,2}", value):
            raise ImproperlyConfigured(f"Let {name} be a whole number, 1 or more.")
    return bind, int(numbers["WEB_WORKERS"]), int(numbers["WEB_THREADS"])
