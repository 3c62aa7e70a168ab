"""Errors to an email and to a Sentry: what they say, how often, and what they never say."""

import gzip
import http.server
import json
import logging
import os
import subprocess
import sys
import threading
from contextlib import contextmanager

import brotli
import pytest

from oversight.logs import Line
from oversight.watch.error_mail import MailErrors
from recommendations.telemetry import request_id
from tests.test_setup import ROOT

CANARY = "Zebedee"


def fail():
    typed = CANARY  # a local variable
    raise ValueError(f"{typed} is no number")


def log_error(handler: MailErrors) -> None:
    """Log one error as Django does that of a request, to this handler alone."""
    logger = logging.Logger("django.request")
    logger.addHandler(handler)
    try:
        fail()
    except ValueError:
        logger.exception("Internal Server Error")
    for each in threading.enumerate():
        if each.name == "error mail":
            each.join()


@pytest.fixture
def handler():
    handler = MailErrors(["operator@marches.example"], every=600)
    handler.setFormatter(Line())
    return handler


def test_the_first_error_is_mailed_and_the_rest_counted(handler, mailoutbox):
    request_id.set("0123456789abcdef")
    for _ in range(3):
        log_error(handler)
    handler.sent_at -= 600
    log_error(handler)
    first, second = mailoutbox
    assert (first.to, first.subject) == (["operator@marches.example"], "Oversight: an error")
    assert ["request=0123456789abcdef" in each.body for each in mailoutbox] == [True, True]
    assert "in fail" in first.body
    assert ["builtins.ValueError" in each.body for each in mailoutbox] == [True, True]
    assert ["there were 2 more errors" in each.body for each in mailoutbox] == [False, True]
    assert CANARY not in first.body.replace("typed = CANARY", "")
    assert "Traceback" in second.body


def test_a_mail_server_that_is_down_is_a_warning_and_no_other_error(handler, settings, caplog):
    settings.MAILERS = {
        "default": {"BACKEND": "recommendations.emails.backend.Courier", "OPTIONS": {"host": "127.0.0.1", "port": 9}}
    }
    log_error(handler)
    told = [(each.levelname, each.getMessage()) for each in caplog.records if each.name.endswith("error_mail")]
    assert told == [("WARNING", "The email about an error could not be sent: ConnectionRefusedError")]


class Sentry(http.server.BaseHTTPRequestHandler):
    """A stand-in that keeps what it is sent."""

    got: list[bytes] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append({"gzip": gzip, "br": brotli}[self.headers["Content-Encoding"]].decompress(body))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *said):
        pass


@contextmanager
def sentry():
    Sentry.got = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sentry) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://key@127.0.0.1:{server.server_port}/1"
        server.shutdown()


FAILING = """
import sys, django; django.setup()
from django.test import Client
from recommendations.views.site import pages

def broken(request, *args, **kwargs):
    typed = "Zebedee"
    raise ValueError(f"{typed} is no number")

from django.urls import resolve
import recommendations.urls.site as site
for each in site.urlpatterns:
    if each.name == "accessibility":
        broken.login_required = False
        each.callback = broken
answer = Client(raise_request_exception=False).post(
    "/accessibility/?q=Zebedee",
    {"name": "Zebedee"},
    headers={"cookie": "a=Zebedee", "referer": "Zebedee", "host": "127.0.0.1"},
)
print(answer["X-Request-ID"], answer.status_code)
"""


def test_an_error_goes_to_a_sentry_without_the_request_and_without_what_was_typed(tmp_path):
    with sentry() as dsn:
        environment = os.environ | {
            "SENTRY_DSN": dsn,
            "ERROR_MAIL": "operator@marches.example",
            "EMAIL_URL": "smtp://127.0.0.1:9",
            "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3",
            "DJANGO_SETTINGS_MODULE": "oversight.settings",
        }
        ended = subprocess.run(
            [sys.executable, "-c", FAILING, CANARY],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    number, status = ended.stdout.split()
    [event] = [json.loads(line) for line in b"\n".join(Sentry.got).splitlines() if b'"exception"' in line]
    [trouble] = event["exception"]["values"]
    assert (status, event["tags"], trouble["type"], trouble["value"]) == (
        "500",
        {"request_id": number},
        "ValueError",
        "",
    )
    assert trouble["stacktrace"]["frames"][-1]["function"] == "broken"
    assert {"request", "user", "breadcrumbs", "extra", "server_name", "modules"} & {*event} == set()
    for frame in trouble["stacktrace"]["frames"]:  # of the program's source, which here names it
        [frame.pop(name, None) for name in ("context_line", "pre_context", "post_context")]
    assert CANARY not in json.dumps(event)
    assert "The email about an error could not be sent: ConnectionRefusedError" in ended.stderr
    assert CANARY not in ended.stderr.replace('typed = "Zebedee"', "")
