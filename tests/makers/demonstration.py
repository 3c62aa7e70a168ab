"""The demonstration as `manage.py load_demo` loads it, at one moment, for the tests that read it.

A process of its own loads it into a file (`tests.database.sqlite_demonstration`), once for all of a run.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from recommendations.documents.pdf import render
from tests.per_module import QUICK

# The Sunday on which the clocks go forward.
LOADED_AT = datetime.datetime(2027, 3, 28, 1, 30, tzinfo=datetime.UTC)


def load_demonstration(at: datetime.datetime = LOADED_AT) -> None:
    """Run load_demo at a moment, in a database that is empty."""
    with pytest.MonkeyPatch.context() as patch, one_pdf_for_all(), override_settings(**QUICK):
        patch.setattr(timezone, "now", lambda: at)
        call_command("load_demo")


@contextmanager
def one_pdf_for_all() -> Iterator[None]:
    """The first paper is made, and its bytes are those of all: nine PDFs take as long as half of the demonstration."""
    press, made = render._render_in_child, []

    def pressed(*work):
        if not made:
            made.append(press(*work))
        return made[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "_render_in_child", pressed)
        yield
