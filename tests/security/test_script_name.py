"""SCRIPT_NAME, which says under which path of its host a program is: no client says so, to gunicorn or to the program.

Only a real server shows what becomes of a header, so gunicorn is asked over a port of loopback and over a unix socket,
the two of which it would believe one.
"""

import http.client
import socket
import sqlite3

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from recommendations.domain.people.api_tokens import make_token
from recommendations.enums.api import ApiScope
from tests.faults.installation import Installation, sign_in

pytestmark = pytest.mark.sqlite_only  # gunicorn reads a copy of the test's database


class SocketConnection(http.client.HTTPConnection):
    """HTTP over a unix socket."""

    def __init__(self, path):
        super().__init__("127.0.0.1")
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def statuses(server: Installation, address: str, headers: dict[str, str]) -> list[int]:
    """What a GET is answered with, over the port and over the socket."""
    found = []
    for asked in (http.client.HTTPConnection("127.0.0.1", server.port, timeout=60), SocketConnection(server.socket)):
        asked.request("GET", address, headers=headers)
        found.append(asked.getresponse().status)
        asked.close()
    return found


@pytest.fixture
def credentials(transactional_db, approver, tracked, tmp_path):
    """Headers of a token that reads papers only, and of a session, both of an approving officer; and their database."""
    now = timezone.now()
    made = make_token(name="Papers", scopes=[ApiScope.READ_PAPERS], last_day=now.date(), by=approver, at=now)
    session = sign_in(approver).headers
    with sqlite3.connect(tmp_path / "oversight.sqlite3") as copy:
        connection.connection.backup(copy)
    copy.close()
    return {"Authorization": f"Bearer {made.secret}"}, {"Cookie": session["Cookie"]}


@pytest.mark.parametrize(
    ("settings_of_gunicorn", "refused"),
    [
        pytest.param({}, {"/api/v1": 404, "/x": 404, "/": 200}, id="as we start it"),
        pytest.param(
            {"GUNICORN_CMD_ARGS": "--forwarder-headers SCRIPT_NAME"},
            {"/api/v1": 400, "/x": 400, "/": 400},
            marks=pytest.mark.soak,  # what the program refuses is asked below
            id="where somebody lets the header through",
        ),
    ],
)
def test_a_client_that_sends_script_name_opens_nothing(credentials, tmp_path, settings_of_gunicorn, refused):
    token, session = credentials
    database = f"sqlite:///{tmp_path / 'oversight.sqlite3'}"
    with Installation(database, settings_of_gunicorn, 1, tmp_path / "log", socket=tmp_path / "s.sock") as server:
        # Without the header each opens what is its own, and nothing else.
        assert statuses(server, "/api/v1/papers", token) == [200, 200]
        assert statuses(server, "/register/", token) == [302, 302]
        assert statuses(server, "/register/", session) == [200, 200]
        assert statuses(server, "/api/v1/register", session) == [401, 401]
        for path in ("/register/", "/redactions/", "/notes/", "/you/"):
            sent = token | {"SCRIPT_NAME": "/api/v1"}
            assert statuses(server, f"/api/v1{path}", sent) == [refused["/api/v1"]] * 2
        assert statuses(server, "/x/api/v1/register", session | {"SCRIPT_NAME": "/x"}) == [refused["/x"]] * 2
        assert statuses(server, "/x/register/", token | {"SCRIPT_NAME": "/x"}) == [refused["/x"]] * 2
        assert statuses(server, "/register/", session | {"SCRIPT_NAME": "/"}) == [refused["/"]] * 2


@pytest.mark.parametrize("name", ["/api/v1", "/x", "/", "//evil.example"])
def test_the_program_refuses_it_whoever_set_it(approver, settings, name):
    settings.DEMO = True
    client = Client()
    client.force_login(approver, backend="recommendations.sign_in.EmailBackend")
    assert client.get("/register/").status_code == 200
    for address in ("/register/", "/published/", "/api/v1/register"):
        assert client.get(address, SCRIPT_NAME=name).status_code == 400
