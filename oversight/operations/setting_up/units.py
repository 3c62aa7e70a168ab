"""What systemd starts for an office. On a machine or in a container without systemd there is nothing to start."""

import subprocess
from pathlib import Path

from oversight.operations.offices import Trouble

RUNS = Path("/run/systemd/system")  # there exactly where systemd is what started this machine
TARGET = "oversight@{}.target"


def is_there() -> bool:
    """Whether systemd runs here and knows the units of the package."""
    if not RUNS.is_dir():
        return False
    known = subprocess.run(["systemctl", "cat", TARGET.format("main")], capture_output=True, check=False)
    return known.returncode == 0


def start(office: str) -> None:
    """Start the server, the worker and the timers of an office, now and whenever the machine starts."""
    done = subprocess.run(
        ["systemctl", "enable", "--now", TARGET.format(office)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Trouble(f"systemd didn't start it: {done.stderr.strip()}")
