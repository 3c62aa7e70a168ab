"""The door for a WSGI server: it answers, and with room on Python's stack for whatever a page calls."""

import resource
import runpy
from io import BytesIO
from threading import Thread

import pytest
from django.db import connection

from oversight import wsgi
from tests.test_setup import ROOT

FRAMES = 700  # from somewhere among so many, a call is on another piece of the stack


def leaf(value):
    return value


def deeper(frames: int):
    """Call a function a thousand times from each depth up to this: from one of them, at the end of a piece."""
    for _ in range(1_000):
        leaf(frames)
    if frames:
        deeper(frames - 1)


def faults(call, *args) -> int:
    """How many pages of memory the system gave while it was called, in a thread: it has a stack of its own."""
    found = []

    def counted() -> None:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        call(*args)
        found.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)

    thread = Thread(target=counted)
    thread.start()
    thread.join()
    return found[0]


def test_it_answers_with_room_on_the_stack(db, monkeypatch):
    # As the tests' client has it: a request of its own closes no connection that a test's transaction is on.
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    said = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/accessibility/", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80"}
    answer = wsgi.application(environ | {"wsgi.input": BytesIO()}, lambda status, headers: said.append(status))
    answer.close()
    assert said == ["200 OK"]
    monkeypatch.setattr(wsgi, "django", lambda *_: deeper(FRAMES))
    deeper(FRAMES)  # what else it needs of memory
    assert faults(wsgi.application, None, None) < 500 < faults(deeper, FRAMES)


@pytest.mark.parametrize("address", ["/account/login/", "/accessibility/", "/healthz", "/no-such-thing/"])
def test_a_head_is_answered_with_the_headers_of_a_get_and_without_a_body(db, monkeypatch, address):
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    answers = {}
    for method in ("GET", "HEAD"):
        environ = {"REQUEST_METHOD": method, "PATH_INFO": address, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80"}
        headers = []
        answer = wsgi.application(
            environ | {"wsgi.input": BytesIO()}, lambda status, given, to=headers: to.extend(given)
        )
        answers[method] = (dict(headers)["Content-Length"], len(b"".join(answer)))
        answer.close()
    (length, content), (length_of_head, content_of_head) = answers["GET"], answers["HEAD"]
    assert (int(length), content_of_head) == (content, 0)
    assert int(length_of_head) > 0


@pytest.mark.parametrize(
    ("address", "seconds", "is_checked"),
    [("postgres://oversight@host/oversight", 600, True), ("sqlite:////tmp/oversight.sqlite3", 0, False)],
)
def test_a_connection_is_kept_for_the_next_request_on_postgresql_alone(monkeypatch, address, seconds, is_checked):
    monkeypatch.setenv("DATABASE_URL", address)
    database = runpy.run_path(str(ROOT / "oversight/settings.py"))["DATABASES"]["default"]
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (seconds, is_checked)
