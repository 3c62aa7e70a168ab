"""Backups in an S3-compatible store: one on this machine that speaks as much of S3 as is asked of it."""

import http.server
import re
import threading
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest

from oversight.operations.backups import BackupFailed
from oversight.operations.backups.making import make_backup
from oversight.operations.backups.retention import Keep
from oversight.operations.backups.stores import store_of
from oversight.operations.backups.verifying import take_apart
from tests.operations.conftest import AT
from tests.operations.test_backup import DAY

ENTRY = (
    "<Contents><Key>{}</Key><Size>{}</Size><ETag>x</ETag><LastModified>2026-11-28T03:15:00Z</LastModified></Contents>"
)
IN_PARTS = "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>"
COMPLETED = "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>"


class Speaks(http.server.BaseHTTPRequestHandler):
    """Put, whole or in parts, get, head, list and delete.

    `objects` are its files; `refuses` is what it answers everything with.
    """

    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes] = {}
    parts: dict[int, bytes] = {}
    refuses = 0

    def answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(self.refuses or status)
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", "Sat, 28 Nov 2026 03:15:00 GMT")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if part := parse_qs(urlsplit(self.path).query).get("partNumber"):
            self.parts[int(part[0])] = body
        elif not self.refuses:
            self.objects[self.key] = body
        self.answer(200)

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            return self.answer(200, self.listed(query.get("prefix", [""])[0]).encode())
        found = self.objects.get(self.key)
        return self.answer(404) if found is None else self.answer(200, found)

    def do_HEAD(self):
        found = self.objects.get(self.key)
        self.answer(404) if found is None else self.answer(200, found)

    def listed(self, prefix: str) -> str:
        names = {key.removeprefix("/bucket/"): len(content) for key, content in self.objects.items()}
        there = "".join(ENTRY.format(escape(name), size) for name, size in names.items() if name.startswith(prefix))
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{there}</ListBucketResult>"

    def do_DELETE(self):
        self.objects.pop(self.key, None)
        self.answer(204)

    def do_POST(self):
        """Several deleted at once, or a file in parts: begun and completed."""
        query = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if "uploads" in query:
            self.parts.clear()
            return self.answer(200, IN_PARTS.encode())
        if "uploadId" in query:
            self.objects[self.key] = b"".join(self.parts[number] for number in sorted(self.parts))
            return self.answer(200, COMPLETED.encode())
        names = re.findall("<Key>(.*?)</Key>", body)
        for name in names:
            self.objects.pop(f"/bucket/{name}", None)
        gone = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in names)
        return self.answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def endpoint(monkeypatch):
    Speaks.objects, Speaks.refuses = {"/bucket/main/notes.txt": b"notes"}, 0
    for name, value in (("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_REGION", "eu-west-2")):
        monkeypatch.setenv(name, value)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Speaks)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def to_bucket(plan, endpoint):
    return replace(plan, store=store_of("s3://bucket/main", endpoint, plan.work), keep=Keep(days=1))


def test_a_backup_goes_there_as_a_whole_and_older_ones_go(to_bucket, tmp_path):
    first, second = make_backup(to_bucket, at=AT), make_backup(to_bucket, at=AT + DAY)
    assert second.removed == [first.name]
    assert to_bucket.store.names() == ["notes.txt", second.name]
    assert [each.name for each in to_bucket.work.iterdir()] == ["lock"]
    brought = to_bucket.store.fetch(second.name, tmp_path)
    (tmp_path / "parts").mkdir()
    assert take_apart(brought, tmp_path / "parts", None) == second.manifest


def test_a_store_that_refuses_is_named(to_bucket):
    Speaks.refuses = 403
    with pytest.raises(BackupFailed, match=r"s3://bucket/main refused or does not answer"):
        make_backup(to_bucket, at=AT)
    assert list(Speaks.objects) == ["/bucket/main/notes.txt"]
