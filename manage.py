#!/usr/bin/env python
"""Run a management command of Oversight."""

import os
import secrets
import sys

from oversight.operations.command_line import needs_no_settings
from oversight.operations.commands import OfficeUtility
from oversight.version import version_and_commit
from oversight.wrong_settings import exit_with_one_sentence

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
    if sys.argv[1:] in (["version"], ["--version"]):
        sys.exit(print(f"Oversight {version_and_commit()}"))
    if needs_no_settings(sys.argv[1:]):
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))  # of this process alone: it opens nothing
    with exit_with_one_sentence():
        OfficeUtility(sys.argv).execute()
