"""The product as it is run, asked over HTTP: gunicorn with two workers that answer one request at a time, and beside it
the worker that makes files. Nothing is kept by accident: whoever answers may not have been asked before.
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.people.api_tokens import make_token
from recommendations.enums.api import ApiScope
from recommendations.periods import london_day
from tests.bench.costs import TICKS
from tests.bench.statements import COST

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds that the server has to start
TOKEN = "bench" * 6 + "ab"  # against forged forms: the same in cookie and form


class Answer(NamedTuple):
    """What came back: milliseconds by the clock, those in the database, of the worker's processor, and of that and the
    database's together; statements."""

    milliseconds: float
    database: float
    processor: float
    processors: float
    statements: int
    body: bytes
    location: str


@dataclass
class Server:
    """The web server, by its main process, and beside it whoever makes files, `builder`."""

    port: int
    pid: int
    builder: int

    def workers(self) -> list[int]:
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def forget_peak(self) -> None:
        """Count the workers' peaks of memory from here."""
        for pid in (*self.workers(), self.builder):
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def peak(self) -> float:
        """The highest peak of a worker, in megabytes."""
        return max(map(_peak, self.workers()))

    def builder_peak(self) -> float:
        """The peak of whoever makes files, in megabytes."""
        return _peak(self.builder)

    def builder_seconds(self) -> float:
        """What whoever makes files has taken of a processor, with the children that have ended."""
        fields = Path(f"/proc/{self.builder}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICKS


def _peak(pid: int) -> float:
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


class Browser:
    """A browser in which a person is signed in; in that of nobody, None is."""

    def __init__(self, server: Server, person=None) -> None:
        self.server, client = server, Client()
        if person:
            client.force_login(person, backend="recommendations.sign_in.EmailBackend")
        cookies = {"csrftoken": TOKEN, **{name: each.value for name, each in client.cookies.items()}}
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def ask(self, address: str, typed: dict | None = None, **headers: str) -> Answer:
        """Ask for a page, or send a form, which must lead on."""
        method, wanted = ("GET", 200) if typed is None else ("POST", 302)
        sent = None if typed is None else urlencode(typed | {"csrfmiddlewaretoken": TOKEN}, doseq=True)
        headers |= {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port)
        connection.request(method, address, sent, headers)
        response = connection.getresponse()
        body = response.read()
        milliseconds = (time.perf_counter() - start) * 1000
        connection.close()
        if response.status != wanted:
            raise SystemExit(
                f"{method} {address} answers {response.status}. {response.headers['Location'] or _told(body)}"
            )
        statements, *costs = json.loads(response.headers[COST])
        return Answer(milliseconds, *costs, statements, body, response.headers["Location"] or "")


class Program(Browser):
    """A program of a person, which asks with a token and no cookie."""

    def __init__(self, server: Server, person) -> None:
        super().__init__(server)
        now = timezone.now()
        made = make_token(name="Bench", scopes=[ApiScope.READ_REGISTER], last_day=london_day(now), by=person, at=now)
        self.secret = made.secret

    def ask(self, address: str, typed: dict | None = None, **headers: str) -> Answer:
        return super().ask(address, typed, Authorization=f"Bearer {self.secret}", **headers)


def form_of(body: bytes, selector: str) -> dict[str, str]:
    """What the form of a page is filled in with."""
    form = LexborHTMLParser(body.decode()).css_first(selector)
    if form is None:
        raise SystemExit(f"There is no {selector}.")
    fields = {each.attributes["name"]: each.attributes.get("value") or "" for each in form.css("input[name]")}
    fields |= {each.attributes["name"]: each.text() for each in form.css("textarea[name]")}
    chosen = form.css("select[name] option[selected]")
    return fields | {each.parent.attributes["name"]: each.attributes["value"] or "" for each in chosen}


def _told(body: bytes) -> str:
    return "\n".join(each.text(strip=True) for each in LexborHTMLParser(body.decode()).css("[class*=error], h1"))


@contextmanager
def serving() -> Iterator[Server]:
    """Start it with the settings of the bench, and stop it."""
    port = _free_port()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.bench.served"}
    gunicorn = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "1", "--no-control-socket"]
    commands = [[*gunicorn, "--log-level", "warning"], ["manage.py", "build_papers", "--wait"]]
    started = [
        subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        for command in commands
    ]
    try:
        _wait_for(port)
        yield Server(port, *(process.pid for process in started))
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")
