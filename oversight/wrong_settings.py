"""Wrong settings are answered with one sentence and no traceback: by manage.py and by the server's start."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from environs import EnvError


@contextmanager
def exit_with_one_sentence() -> Iterator[None]:
    """End the process with a sentence if what runs inside finds that a setting is wrong."""
    try:
        yield
    except (ImproperlyConfigured, EnvError) as wrong:
        sys.exit(f"oversight: {wrong}")
