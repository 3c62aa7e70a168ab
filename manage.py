#!/usr/bin/env python
"""Run a management command of Oversight."""

import os
import secrets
import sys

from django.core.management import execute_from_command_line

from oversight.operations.command_line import needs_no_settings
from oversight.version import version_and_commit

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
    if sys.argv[1:] in (["version"], ["--version"]):
        sys.exit(print(f"Oversight {version_and_commit()}"))
    if needs_no_settings(sys.argv[1:]):
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))  # of this process alone: it opens nothing
    execute_from_command_line(sys.argv)
