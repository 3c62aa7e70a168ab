#!/usr/bin/env python
"""Run a management command of Oversight."""

import os
import sys

from django.core.management import execute_from_command_line

from oversight.version import version

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
    if sys.argv[1:] in (["version"], ["--version"]):
        sys.exit(print(f"Oversight {version()}"))
    execute_from_command_line(sys.argv)
