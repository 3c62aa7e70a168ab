"""The systemd units of an office. Without systemd, as in some containers, there is nothing to start."""

import subprocess
from pathlib import Path

from oversight.operations.offices import Trouble

RUNS = Path("/run/systemd/system")  # exists only if systemd is the init system
TARGET = "oversight@{}.target"


def is_there() -> bool:
    """Whether systemd runs here and knows the package's units."""
    if not RUNS.is_dir():
        return False
    known = subprocess.run(["systemctl", "cat", TARGET.format("main")], capture_output=True, check=False)
    return known.returncode == 0


def start(office: str) -> None:
    """Start an office's server, worker and timers, now and on every boot."""
    done = subprocess.run(
        ["systemctl", "enable", "--now", TARGET.format(office)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Trouble(f"systemd didn't start it: {done.stderr.strip()}")
