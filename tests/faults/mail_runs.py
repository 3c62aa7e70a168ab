"""Runs of `send_reminders` in processes of their own, which can be killed while they talk to a mail server."""

import datetime
import signal

from tests.faults.mail_server import MailServer
from tests.faults.processes import Command


def mailers(port: int) -> dict:
    """Who sends to this port of this machine."""
    options = {"host": "127.0.0.1", "port": port, "timeout": 1}
    return {"default": {"BACKEND": "recommendations.emails.backend.Courier", "OPTIONS": options}}


def use(settings, port: int) -> None:
    settings.MAILERS = mailers(port)


def start(server: MailServer, on: datetime.date) -> Command:
    return Command("send_reminders", "--on", on.isoformat(), mailers=mailers(server.port))


def killed_at(stage: str, server: MailServer, on: datetime.date, nth: int = 1) -> bool:
    """Start a run and kill it when the server comes to this stage for the nth time; whether it came to that."""
    count = iter(range(1, 100))

    def strike(_):
        if next(count) == nth:
            started.kill()

    server.does = {stage: strike}
    started = start(server, on)
    code, _, _ = started.end()
    server.does = {}
    return code == -signal.SIGKILL
