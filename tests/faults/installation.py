"""The product as it is run: gunicorn on a database, in processes that can be killed, and browsers that save over HTTP.

A save is acknowledged when its form was answered with a redirect to the record. Each carries a text of its own, so that
afterwards each acknowledged text can be looked for: once, and no more.
"""

import http.client
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from recommendations.middleware.kept_forms import typed_by
from tests.bench.memory import pss
from tests.faults.mail_server import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds
TOKEN = "faults" * 5 + "ab"  # against forged forms: the same in cookie and form
AWAY = 0  # the status of a request that nobody answered


class Answer(NamedTuple):
    status: int
    body: str
    location: str


@dataclass
class Installation:
    """gunicorn as its configuration has it, on a database, from `with` to its end; `settings` are further ones."""

    database: str
    settings: dict[str, str] = field(default_factory=dict)
    workers: int = 2
    log: Path | None = None
    port: int = field(default_factory=free_port)
    socket: Path | None = None  # listened to as well
    process: subprocess.Popen | None = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self) -> None:
        """Start it and wait until it listens."""
        given = ["--bind", f"127.0.0.1:{self.port}", "--no-control-socket", "--workers", str(self.workers)]
        given += ["--bind", f"unix:{self.socket}"] if self.socket else []
        own = {"DATABASE_URL": self.database, "DJANGO_SETTINGS_MODULE": "oversight.settings", "LOG_LEVEL": "WARNING"}
        with (self.log or Path(os.devnull)).open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *given, "--log-level", "warning"],
                cwd=ROOT,
                env=os.environ | own | self.settings,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(lambda: self.ask("GET", "/published/").status != AWAY)

    def kill(self) -> None:
        """Kill the master and its workers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_worker(self) -> None:
        """Kill one worker; the master starts another."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        with suppress(IndexError, ProcessLookupError):
            os.kill(int(children[0]), signal.SIGKILL)

    def memory(self) -> list[float]:
        """What its main process and each worker take of memory, in megabytes; what they share in equal parts."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [pss(pid) for pid in (self.process.pid, *map(int, children))]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def ask(self, method: str, address: str, body: str | None = None, headers: dict | None = None) -> Answer:
        """What is answered; AWAY where nobody does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, address, body, headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.read().decode(), response.headers["Location"] or "")
        except (OSError, http.client.HTTPException):
            return Answer(AWAY, "", "")
        finally:
            connection.close()


class Browser(NamedTuple):
    """Where somebody is signed in. It is made of texts alone, so that another process can have it."""

    session: str
    mark: str

    @property
    def headers(self) -> dict[str, str]:
        cookies = f"sessionid={self.session}; csrftoken={TOKEN}"
        return {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}

    def get(self, server: Installation, address: str) -> Answer:
        return server.ask("GET", address, None, self.headers)

    def post(self, server: Installation, address: str, **typed: str) -> Answer:
        """Send a form."""
        return server.ask("POST", address, urlencode(typed | {"csrfmiddlewaretoken": TOKEN}), self.headers)

    def update(self, server: Installation, tracked: int, text: str) -> Answer:
        """Send a force's update, whose text is the mark of its form too: sent again, it is the same form."""
        address = reverse("log_force_update", args=[tracked])
        return self.post(server, address, done=text, once=text, kept_for=self.mark)


NOBODY = Browser("", "")


def sign_in(person) -> Browser:
    """A session of a person who has a second factor, made in the database."""
    Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client = Client()
    client.force_login(person, backend="recommendations.sign_in.EmailBackend")
    return Browser(client.cookies["sessionid"].value, typed_by(person))


def is_acknowledged(answer: Answer) -> bool:
    return answer.status == 302 and answer.location.startswith("/recommendations/")


def new_text() -> str:
    return uuid.uuid4().hex


def until(holds: Callable[[], bool], patience: float = PATIENCE) -> float:
    """Wait until something holds, and say for how many seconds. Raises TimeoutError where it does not come to hold."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > patience:
            raise TimeoutError(f"not within {patience} seconds")
        time.sleep(0.05)
    return time.monotonic() - began
