"""While the database cannot be used: 503 whatever layer asks it, what was typed is kept, and the log says it once."""

import errno
import logging
from contextlib import contextmanager

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from psycopg.errors import DiskFull

from recommendations.disk_space import is_full
from recommendations.middleware.bodies import TO_BE_KEPT
from recommendations.middleware.kept_forms import typed_by
from recommendations.models import ForceUpdate, TrailEntry
from recommendations.views.site import server_errors

PASSWORD = "a long enough password"
AWAY = "server closed the connection unexpectedly\n\tThis probably means the server terminated"


@contextmanager
def away(error=OperationalError):
    """No statement is answered, the sessions' and the person's own included."""

    def refuse(execute, sql, params, many, context):
        raise error(AWAY)

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def full_disk(trouble):
    """Nothing is written; the error comes as the database's driver or the system raises it."""

    def refuse(execute, sql, params, many, context):
        if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE")):
            raise OperationalError(str(trouble)) from trouble
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def signed_in(officer, settings):
    settings.DEMO = True
    client = Client(raise_request_exception=False)
    client.post(reverse("account_login"), {"login": officer.email, "password": PASSWORD})
    assert client.get(reverse("register")).status_code == 200
    return client


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_every_page_says_so_to_everybody(signed_in, tracked, error):
    pages = ["/", "/published/", tracked.get_absolute_url(), *map(reverse, ("register", "account_login", "account"))]
    stranger = Client(raise_request_exception=False)
    with away(error):
        answers = [signed_in.get(page) for page in pages]
        answers.append(stranger.get("/published/"))
    assert [(each.status_code, each["Retry-After"]) for each in answers] == [(503, "10")] * (len(pages) + 1)
    assert not any("server closed" in each.content.decode() for each in answers)
    assert signed_in.get(reverse("register")).status_code == 200, "it goes on by itself"


def test_what_was_typed_is_sent_again_from_the_page_and_saved_once(signed_in, officer, tracked):
    address, before = reverse("log_force_update", args=[tracked.pk]), TrailEntry.objects.count()
    sent = {
        "done": "Bells are <tested>.",
        "effective_on": "2026-11-02",
        "once": "a" * 32,
        "kept_for": typed_by(officer),
    }
    with away():
        answer = signed_in.post(address, sent | {"file": SimpleUploadedFile("dip sample.docx", b"x")})
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (503, "private, no-store")
    assert f'<form action="{address}" method="post">' in page
    assert '<input type="hidden" name="done" value="Bells are &lt;tested&gt;.">' in page
    assert "dip sample.docx" in page
    assert (ForceUpdate.objects.count(), TrailEntry.objects.count()) == (0, before)
    assert [signed_in.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert [each.done for each in ForceUpdate.objects.all()] == ["Bells are <tested>."]


def test_without_room_a_save_says_so_keeps_what_was_typed_and_pages_are_read(signed_in, officer, tracked):
    """SQLite's own error, and a real disk: tests/faults/test_full_disk.py."""
    address = reverse("log_force_update", args=[tracked.pk])
    with full_disk(DiskFull("could not extend file")):
        page = signed_in.get(reverse("register"), {"rag": "red"})  # its session remembers the filter, where it can
        answer = signed_in.post(address, {"done": "Bells.", "once": "a" * 32, "kept_for": typed_by(officer)})
    assert (page.status_code, answer.status_code, answer["Retry-After"]) == (200, 503, "10")
    # wording: which of two outages it is
    assert "There is no room to save anything</h1>" in answer.content.decode()
    assert '<input type="hidden" name="done" value="Bells.">' in answer.content.decode()


@pytest.mark.parametrize(("trouble", "full"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EACCES, False)])
def test_a_file_that_finds_no_room_is_told_from_other_trouble(trouble, full):
    assert is_full(OSError(trouble, "")) is full


def test_a_session_that_cannot_be_saved_for_another_reason_is_an_outage(signed_in):
    with full_disk(psycopg.OperationalError("the connection is lost")):
        answers = [signed_in.get(reverse("register"), {"rag": "red"}), signed_in.get(reverse("register"))]
    assert [each.status_code for each in answers] == [503, 200]


def test_nothing_is_repeated_of_a_strangers_form_or_a_large_one(signed_in, officer):
    login, secret = reverse("account_login"), {"login": officer.email, "password": "a secret of theirs"}
    large = {"done": "x" * TO_BE_KEPT, "kept_for": typed_by(officer)}
    with away():
        pages = [Client(raise_request_exception=False).post(login, secret), signed_in.post("/", large)]
    assert [(page.status_code, b"<form" in page.content) for page in pages] == [(503, False), (503, False)]


def test_an_outage_is_one_line_of_the_log(signed_in, caplog, monkeypatch):
    monkeypatch.setitem(server_errors._said, "at", -1e9)
    with caplog.at_level(logging.INFO), away():
        for page in ("/", "/published/", reverse("register")) * 5:
            signed_in.get(page)
    (line,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    words = "server closed the connection unexpectedly This probably means the server terminated"
    assert (line.getMessage().endswith(f": {words}"), line.exc_info) == (True, None)


def test_any_other_error_is_a_500_with_its_traceback_in_the_log(signed_in, caplog):
    with away(RuntimeError):
        answer = signed_in.get("/")
    assert (answer.status_code, answer.content.decode()) == (500, render_to_string("500.html"))
    assert {bool(each.exc_info) for each in caplog.records if each.levelno >= logging.ERROR} == {True}
