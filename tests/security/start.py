"""Starts the program in a process of its own, with settings of the environment."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start(code: str = "import oversight.settings", **environment) -> tuple[int, str]:
    """Start with these settings, in a process of its own; return its status and the last line it says."""
    known = {"PATH": os.environ["PATH"], "DATABASE_URL": "sqlite://:memory:"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=known | environment, capture_output=True, text=True)
    return done.returncode, (done.stderr.strip().splitlines() or [""])[-1]
