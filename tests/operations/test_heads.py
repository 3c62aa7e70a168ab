"""The head of the trail goes elsewhere each day, and the one of before is looked for."""

import http.server
import json
import threading

import pytest
from django.core import mail
from django.db.models import QuerySet

from oversight.operations.heads import SentHead, send_head
from recommendations import trail
from recommendations.models import TrailEntry, TrailHead
from tests.conftest import AT, make_tracked


class Hook(http.server.BaseHTTPRequestHandler):
    """A web address that takes what is posted, or answers something else."""

    taken: list = []
    answer = 204

    def do_POST(self):
        self.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.answer)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def hook():
    Hook.taken, Hook.answer = [], 204
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    server.server_close()


@pytest.fixture
def send(tmp_path):
    def send(*places, **how):
        return send_head(places=places, office="main", state=tmp_path / "last-head.json", at=AT, **how)

    return send


def test_each_place_is_given_the_head(tracked, send, hook, tmp_path):
    elsewhere = str(tmp_path / "heads")
    done = send("mailto:auditor@example.org", hook, elsewhere)
    entries, head = trail.head()
    sent = {"office": "main", "at": "2026-11-07T10:00:00+00:00", "entries": entries, "head": head, "stands": True}
    assert (done.sent, done.missing, done.failed) == (SentHead(**sent), [], [])
    assert Hook.taken == [sent]
    assert json.loads((tmp_path / "heads").read_text()) == sent
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["auditor@example.org"], "Oversight: Head of the trail, main")
    ]
    assert f"verify_audit --head {head} --count {entries}" in mail.outbox[0].body


def test_a_trail_that_goes_on_has_the_head_of_before(tracked, inspection, send):
    first = send()
    make_tracked(inspection, number="2")
    second = send()
    assert (first.compared, second.compared, second.missing) == ([], [first.sent], [])


def written_again(entries: int) -> None:
    """The last entry as somebody would write it again who can write to the database."""
    QuerySet(TrailEntry).filter(sequence=entries).update(hash="f" * 64)
    TrailHead.objects.update(hash="f" * 64)


def cut_off(entries: int) -> None:
    """The trail without its last entry, with a head that agrees."""
    QuerySet(TrailEntry).filter(sequence=entries)._raw_delete("default")
    before = TrailEntry.objects.get(sequence=entries - 1)
    TrailHead.objects.update(count=before.sequence, hash=before.hash)


@pytest.mark.parametrize("tamper", [written_again, cut_off])
def test_a_trail_that_was_changed_is_told_to_every_place_every_day(tracked, send, tmp_path, tamper):
    elsewhere = str(tmp_path / "heads")
    first = send(elsewhere)
    tamper(first.sent.entries)
    for _ in range(2):
        done = send("mailto:auditor@example.org", elsewhere)
        assert (done.missing, done.sent.stands) == ([first.sent], False)
    assert {each.subject for each in mail.outbox} == {"Oversight: THE TRAIL WAS CHANGED, main"}
    assert first.sent.head in mail.outbox[0].body
    again = send(elsewhere, begin_again=True)
    assert (again.missing, again.sent.stands) == ([], True)
    assert send(elsewhere).missing == []


def test_a_file_elsewhere_is_believed_where_ours_was_lost(tracked, send, tmp_path):
    elsewhere = str(tmp_path / "heads")
    first = send(elsewhere)
    (tmp_path / "last-head.json").unlink()
    written_again(first.sent.entries)
    assert send(elsewhere).missing == [first.sent]


@pytest.mark.parametrize("answer", [302, 403, 500])
def test_a_place_that_does_not_take_it_is_named_without_what_lets_somebody_in(tracked, send, hook, tmp_path, answer):
    Hook.answer = answer
    done = send(hook, str(tmp_path / "no/such/folder"), "mailto:auditor@example.org")
    assert len(done.failed) == 2
    assert (len(mail.outbox), "/hook" in " ".join(done.failed)) == (1, False)


def test_an_empty_trail_has_no_head_yet(db, send):
    assert (send().sent.entries, send().missing) == (0, [])
