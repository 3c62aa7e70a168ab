"""Runs of `send_reminders` in processes of their own, which can be killed while they talk to a mail server."""

import datetime
import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from tests.faults.mail_server import MailServer

ROOT = Path(__file__).resolve().parents[2]


def use(settings, port: int) -> None:
    """Send to this port of this machine."""
    options = {"host": "127.0.0.1", "port": port, "timeout": 1}
    settings.MAILERS = {"default": {"BACKEND": "recommendations.emails.Courier", "OPTIONS": options}}


class Run:
    """The command in a process of its own, which can be killed."""

    def __init__(self, server: MailServer, on: datetime.date):
        settings = connection.settings_dict
        database = f"sqlite:///{settings['NAME']}"
        if connection.vendor == "postgresql":
            database = f"postgres://{settings['USER']}@{quote(settings['HOST'], safe='')}/{settings['NAME']}"
        given = {"DATABASE_URL": database, "EMAIL_URL": server.url, "SECRET_KEY": secrets.token_urlsafe(60)}
        command = [sys.executable, ROOT / "manage.py", "send_reminders", "--on", on.isoformat()]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | given, **pipes)

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)

    def end(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


def killed_at(stage: str, server: MailServer, on: datetime.date, nth: int = 1) -> bool:
    """Start a run and kill it when the server comes to this stage for the nth time; whether it came to that."""
    count = iter(range(1, 100))

    def strike(_):
        if next(count) == nth:
            started.kill()
            started.process.wait()

    server.does = {stage: strike}
    started = Run(server, on)
    code, _, _ = started.end()
    server.does = {}
    return code == -signal.SIGKILL
