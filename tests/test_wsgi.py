"""The door for a WSGI server."""

import runpy
from io import BytesIO

import pytest
from django.db import connection

from oversight import wsgi
from tests.test_setup import ROOT


def test_it_answers(db, monkeypatch):
    # As the tests' client has it: a request of its own closes no connection that a test's transaction is on.
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    said = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/accessibility/", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80"}
    answer = wsgi.application(environ | {"wsgi.input": BytesIO()}, lambda status, headers: said.append(status))
    answer.close()
    assert said == ["200 OK"]


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
