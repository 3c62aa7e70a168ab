"""docs/states.md says what the guards do."""

import io
from pathlib import Path

from django.conf import settings
from django.core.management import call_command


def test_the_page_equals_the_tables():
    printed = io.StringIO()
    call_command("states", stdout=printed)
    assert printed.getvalue() == Path(settings.BASE_DIR, "docs", "states.md").read_text(encoding="utf-8")
