"""The log: one line for each request and event, found by the id that error pages show; nothing that people wrote."""

import logging
import re
import secrets
from contextlib import nullcontext

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy

from oversight.logs import JsonLine, Line, Unexpected, configuration, frames_of
from recommendations.domain.people.sessions import BEGUN
from recommendations.emails.backend import Courier, Unanswered
from recommendations.telemetry import emit, request_id
from tests.conftest import TODAY
from tests.operations.lines import log_lines
from tests.security.door import sign_in

CANARY = "Zebedee"
TIMES = ("time", "ms", "database_ms", "wait_ms", "hold_ms", "statements", "number", "entry", "traceback")


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


@pytest.fixture
def client(officer):
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


def plain(line: dict) -> dict:
    """A line without what differs at each run."""
    return {name: value for name, value in line.items() if name not in TIMES}


def test_a_request_is_one_line_by_the_id_that_its_answer_has(client, officer):
    with log_lines() as lines:
        answer = client.get(reverse("register"), {"q": CANARY})
    assert [plain(line) for line in lines] == [
        {
            "level": "INFO",
            "event": "request",
            "request": answer["X-Request-ID"],
            "method": "GET",
            "route": "register",
            "status": 200,
            "user": officer.pk,
        }
    ]
    assert re.fullmatch("[0-9a-f]{16}", answer["X-Request-ID"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", lines[0]["time"])
    assert 0 < lines[0]["database_ms"] < lines[0]["ms"]


def test_the_proxys_id_is_taken_and_a_visitors_is_not(db, settings):
    for behind, given, taken in ((True, "a1b2c3d4-e5", True), (True, "x\ny" * 5, False), (False, "a1b2c3d4-e5", False)):
        settings.BEHIND_PROXY = behind
        answer = Client().get("/nothing-here", HTTP_X_REQUEST_ID=given)
        assert (answer["X-Request-ID"] == given) is taken


def test_as_many_statements_are_asked_as_the_line_says(client):
    with log_lines() as lines, CaptureQueriesContext(connection) as asked:
        client.get(reverse("account"))
    assert lines[0]["statements"] == len(asked.captured_queries)


def test_a_save_is_a_line_with_the_lock_of_the_trail(client, tracked, officer, django_capture_on_commit_callbacks):
    sent = {"version": tracked.version, "once": secrets.token_urlsafe(16), "done": CANARY, "effective_on": "6/11/2026"}
    with log_lines() as lines, django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("log_force_update", args=[tracked.pk]), sent)
    request, saved = lines  # a test's own transaction: what is committed is told after it
    assert plain(saved) == {
        "level": "INFO",
        "event": "entry",
        "request": request["request"],
        "verb": "log_force_update",
        "of": "recommendations.trackedrecommendation",
        "pk": tracked.pk,
        "user": officer.pk,
    }
    assert min(saved["wait_ms"], saved["hold_ms"]) > 0


@pytest.mark.parametrize(
    ("path", "status", "route"),
    [
        ("/nothing-here/Zebedee?q=Zebedee", 404, "none"),
        (f"/calendar/{'ab' * 44}.ics", 404, "calendar_feed"),
        (f"{reverse_lazy('people_access')}?q=Zebedee", 403, "people_access"),
    ],
)
def test_what_is_refused_is_one_line_without_its_address(client, path, status, route):
    with log_lines() as lines:
        answer = client.get(path)
    assert [(line["event"], line["status"], line["route"]) for line in lines] == [("request", status, route)]
    assert (answer.status_code, CANARY in str(lines), "abab" in str(lines)) == (status, False, False)
    is_page = answer["Content-Type"].startswith("text/html")  # a calendar’s answer is for a program
    assert (f"give the reference {answer['X-Request-ID']}" in answer.content.decode()) is is_page


def test_a_host_that_is_not_ours_is_a_warning_without_it_and_no_e_mail(client):
    with log_lines() as lines:
        answer = client.get("/", HTTP_HOST=f"{CANARY}.example")
    assert [(line["event"], line["level"], line.get("message"), line.get("status")) for line in lines] == [
        ("django.security.DisallowedHost", "WARNING", "Refused", None),
        ("request", "INFO", None, 400),
    ]
    assert not Unexpected().filter(logging.LogRecord("django.security.DisallowedHost", 40, "", 0, "", (), None))
    assert f"give the reference {answer['X-Request-ID']}" in answer.content.decode()


def broken(execute, sql, *asked):
    if "trackedrecommendation" not in sql:
        return execute(sql, *asked)
    raise IntegrityError(f"duplicate key: ({CANARY}) exists\nDETAIL: {CANARY}")


def test_an_error_is_a_line_with_its_frames_and_without_what_was_typed(client, tracked):
    with log_lines() as lines, connection.execute_wrapper(broken):
        answer = client.post(reverse("set_target", args=[tracked.pk]), {"reason": CANARY})
    error, request = lines
    assert (answer.status_code, request["status"], request["level"]) == (500, 500, "INFO")
    assert (error["level"], error["event"], error["message"]) == ("ERROR", "django.request", "Internal Server Error")
    assert error["traceback"][-1] == "django.db.utils.IntegrityError"
    assert any("in broken" in line for line in error["traceback"])
    assert CANARY not in str(lines)
    assert f"give the reference {request['request']}" in answer.content.decode()


def test_errors_with_words_of_their_own_say_them():
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as behind:
            raise OperationalError("the server is away\nDETAIL: x") from behind
    except OperationalError as trouble:
        lines = frames_of(trouble)
    assert [line for line in lines if not line.startswith((" ", "Traceback"))] == [
        "builtins.KeyError",
        "django.db.utils.OperationalError: the server is away",
    ]


def test_a_plain_line_stays_one_line_whatever_is_in_it():
    with log_lines(Line) as lines:
        logging.getLogger("x").warning("one\ntwo=%s", 'a "b"')
    assert [line.split("message=")[1] for line in lines] == [r'"one\ntwo=a \"b\""']


@pytest.mark.parametrize("formatter", [Line, JsonLine])
def test_nothing_that_people_typed_or_are_called_is_in_the_log(formatter, officer, tracked, settings):
    """A whole session: signing in wrongly and rightly, searching, saving, being refused, and an error."""
    client, password = Client(raise_request_exception=False), "a long enough password"
    with log_lines(formatter) as lines:
        sign_in(officer.email, CANARY, client=client)
        sign_in(officer.email, client=client)
        client.get(reverse("register"), {"q": CANARY}, HTTP_REFERER=CANARY, HTTP_USER_AGENT=CANARY)
        client.post(reverse("log_force_update", args=[tracked.pk]), {"done": CANARY, "as_at": TODAY})
        client.post(reverse("set_target", args=[tracked.pk]), {"reason": CANARY, "target_on": CANARY})
        client.get("/account/password/reset/", {"next": CANARY})
    text = str(lines)
    words = (CANARY, officer.name, officer.email, password, client.session.session_key, "Bells", str(tracked))
    assert [word for word in words if word in text] == []
    assert client.session[BEGUN]


@pytest.mark.parametrize(
    ("trouble", "outcome", "level"),
    [(None, "sent", "INFO"), (Unanswered("x"), "not_known", "WARNING"), (OSError(CANARY), "failed", "WARNING")],
)
def test_an_e_mail_is_a_line_without_an_address(monkeypatch, trouble, outcome, level):
    def send(self, messages):
        if trouble:
            raise trouble
        return len(messages)

    monkeypatch.setattr("django.core.mail.backends.smtp.EmailBackend.send_messages", send)
    request_id.set("0123456789abcdef")
    with log_lines() as lines, pytest.raises(type(trouble)) if trouble else nullcontext():
        Courier.send_messages(object.__new__(Courier), [CANARY])
    assert [(line["event"], line["outcome"], line["level"]) for line in lines] == [("mail", outcome, level)]
    assert CANARY not in str(lines)


def test_outside_a_request_a_command_says_itself_what_it_did():
    token = request_id.set("")
    with log_lines() as lines:
        emit("mail", outcome="failed")
        emit("build", outcome="failed", kind="finalise")
    request_id.reset(token)
    assert [(line["event"], line["level"], line["kind"]) for line in lines] == [("build", "WARNING", "finalise")]


def test_a_format_that_there_is_not_is_refused():
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT be one of plain, json"):
        configuration(kind="xml", level="INFO", mail_to=[], mail_every=600)
