"""How a file is sent to clamd, and what each answer means: a scanner on this machine answers as clamd does."""

import io
import socketserver
import threading
import time

import pytest

from recommendations.exchange.readers import scanner
from recommendations.exchange.readers.scanner import CHUNK, INFECTED, SILENT, Scan, scan
from tests.exchange.readers.clamd import EICAR, Clamd, serving

INFECTED_FILE = Scan(refusal=INFECTED.format(found="Eicar-Test-Signature"))
NOT_SCANNED = Scan(refusal=SILENT, is_silent=True)


@pytest.fixture
def clamd(settings):
    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd)) as server:
        settings.CLAMD = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server


@pytest.mark.parametrize(("content", "said"), [(b"clean", Scan()), (b"", Scan()), (EICAR, INFECTED_FILE)])
def test_a_file_is_clean_or_infected(clamd, content, said):
    assert [scan(content), scan(io.BytesIO(content))] == [said, said]


def test_a_socket_of_this_machine_will_do(tmp_path, settings):
    with serving(socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd.ctl"), Clamd)):
        settings.CLAMD = f"unix:{tmp_path}/clamd.ctl"
        assert [scan(b"clean"), scan(EICAR)] == [Scan(), INFECTED_FILE]


def test_a_large_file_is_sent_in_chunks_and_whole(clamd):
    content = b"x" * (CHUNK * 2) + EICAR
    assert scan(content) == INFECTED_FILE
    assert clamd.streams == [[content[:CHUNK], content[CHUNK : CHUNK * 2], EICAR]]


@pytest.mark.parametrize(
    "answer",
    [
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: Can't allocate memory ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"stream: OK and more\0",
        b"stream: OK\0stream: Eicar FOUND\0",
        b"\xff" * 5000,
        b"",
    ],
)
def test_with_any_other_answer_the_file_is_not_scanned(clamd, answer):
    clamd.answer = answer
    assert scan(b"clean") == NOT_SCANNED


def test_an_answer_that_comes_in_pieces_is_read_whole(clamd, monkeypatch):
    def handle(self):
        while size := int.from_bytes(self.rfile.read(14 if not self.server.streams else 4)[-4:], "big"):
            self.server.streams.append(self.rfile.read(size))
        for piece in (b"stream: Eicar-Test", b"-Signature FOU", b"ND\0"):
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(0.02)

    monkeypatch.setattr(Clamd, "handle", handle)
    assert scan(b"x") == INFECTED_FILE


@pytest.mark.parametrize("content", [b"clean", b"x" * 40 * CHUNK])
def test_a_connection_that_is_closed_is_no_answer(clamd, monkeypatch, content):
    """As clamd does in the middle of a file that is too large for it."""
    monkeypatch.setattr(Clamd, "handle", lambda self: self.rfile.read(4))
    assert scan(content) == NOT_SCANNED


@pytest.mark.parametrize("drips", [False, True])
def test_the_whole_scan_ends_after_its_seconds(clamd, monkeypatch, drips):
    """Also where clamd keeps on answering a byte at a time."""
    ended = threading.Event()

    def handle(self):
        while not ended.wait(0.05):
            if drips:
                self.wfile.write(b"s")

    monkeypatch.setattr(Clamd, "handle", handle)
    monkeypatch.setattr(scanner, "SECONDS", 0.3)
    began = time.monotonic()
    said = scan(b"clean")
    ended.set()
    assert (said, time.monotonic() - began < 5) == (NOT_SCANNED, True)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "tcp://127.0.0.1:99999", "unix:/nowhere/clamd.ctl"])
def test_where_nothing_listens_the_file_is_not_scanned(settings, address):
    settings.CLAMD = address
    assert scan(b"clean") == NOT_SCANNED


def test_without_a_scanner_nothing_is_refused(settings):
    settings.CLAMD = ""
    assert scan(EICAR) == Scan()
