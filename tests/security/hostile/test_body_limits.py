"""What anybody can make the server read: nothing of a stranger's gets to the disk, and no form takes without end."""

import io

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse

from recommendations.exchange.documents_in.lines import MOST_IN_PROCESS, lines_of_text
from recommendations.exchange.documents_in.plain_text import rows_of_text
from recommendations.exchange.readers import sandbox
from recommendations.forms.responses.draft_parts import LONGEST
from recommendations.middleware.bodies import FROM_PEOPLE, FROM_STRANGERS, TO_BE_KEPT
from tests.security.door import LOGIN, RESET
from tests.views.conftest import sign_in

__all__ = ["sign_in"]
KB, MB = 1024, 1024 * 1024


class NeverRead(io.RawIOBase):
    """A body that says how much of it was read."""

    def __init__(self):
        self.asked = 0

    def read(self, size=-1):
        self.asked += 1
        return b""


def post(client: Client, path: str, size: int, kind: str = "multipart/form-data; boundary=x") -> tuple[int, int]:
    """The status that so large a body gets, and how often the body was read."""
    body = NeverRead()
    answer = client.generic("POST", path, b"", kind, **{"wsgi.input": body, "CONTENT_LENGTH": str(size)})
    return answer.status_code, body.asked


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_of_what_a_stranger_sends_nothing_is_read_that_is_too_large(db, kind):
    for path in (LOGIN, RESET, reverse("mfa_authenticate")):
        assert post(Client(), path, FROM_STRANGERS + 1, kind) == (413, 0)
        assert post(Client(), path, 300 * MB, kind) == (413, 0)
    assert post(Client(), reverse("home"), TO_BE_KEPT + 1, kind) == (413, 0)


def test_of_what_is_sent_to_no_address_or_to_another_host_nothing_is_read(db):
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    assert post(client, "/no-such-thing/", 300 * MB) == (404, 0)
    client.defaults["HTTP_HOST"] = "other.example"
    assert post(client, LOGIN, 300 * MB) == (400, 0)


def test_a_length_that_is_none_is_refused(db):
    for size in ("-1", "1e3", " 5", "x"):
        assert Client().generic("POST", LOGIN, b"", CONTENT_LENGTH=size).status_code == 413


def test_what_fits_is_read_and_the_refusal_says_what_fits(db):
    sent = {"login": "somebody@example.org", "password": "x" * (FROM_STRANGERS - 2 * KB)}
    assert Client().post(LOGIN, sent).status_code == 200
    refused = Client().post(LOGIN, sent | {"password": "x" * FROM_STRANGERS})
    assert (refused.status_code, "64 KB at most" in refused.content.decode()) == (413, True)


def test_no_file_of_a_stranger_is_written_to_the_disk(db, monkeypatch):
    def written(*args, **kwargs):
        raise AssertionError("a file of a stranger was begun on the disk")

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", written)
    for path in (LOGIN, reverse("add_inspection")):
        for size in (KB, 100 * KB, 2 * MB, 13 * MB):
            Client().post(path, {"document": io.BytesIO(b"x" * size)})


def test_somebody_who_is_signed_in_has_a_limit_too(sign_in, officer):
    client = sign_in(officer)
    assert post(client, reverse("add_inspection"), FROM_PEOPLE + 1) == (413, 0)
    assert client.post(reverse("add_inspection"), {"title": "x" * MB}).status_code == 200


@pytest.mark.parametrize("sign", ["*", pytest.param("[", marks=pytest.mark.soak)])
def test_a_preview_takes_what_a_part_takes_and_no_more(sign_in, officer, sign):
    client, preview = sign_in(officer), reverse("preview_markdown")
    refused = client.post(preview, {"text": (sign * MB)[:MB]})
    assert (
        refused.status_code,
        "1,048,576 characters. Shorten it to 200,000 or fewer." in refused.content.decode(),
    ) == (200, True)
    shown = client.post(preview, {"text": (sign * LONGEST)[:LONGEST]})
    assert shown.status_code == 200


def test_a_long_text_is_taken_apart_in_a_child_process(monkeypatch):
    read, asked = sandbox.read, []
    monkeypatch.setattr(sandbox, "read", lambda *given, **more: asked.append(given[0]) or read(*given, **more))
    short, long = "A line.\n\n" * 10, "A line of it.\n\n" * (MOST_IN_PROCESS // 10)
    assert [line.text for line in lines_of_text(short)] == ["A line."] * 10
    assert asked == []
    assert len(lines_of_text(long)) == MOST_IN_PROCESS // 10
    assert asked == ["plain"]
    assert sandbox.read("plain", long.encode(), rows_of_text) == rows_of_text(long)
