"""A scanner that speaks clamd's protocol (INSTREAM) and finds the EICAR test file, plain or in a zip file."""

import io
import socketserver
import struct
import threading
import zipfile
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def finds(content: bytes) -> bool:
    if EICAR in content:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return any(finds(package.read(name)) for name in package.namelist())
    except zipfile.BadZipFile:
        return False


class Clamd(socketserver.StreamRequestHandler):
    """Answers with what it finds, or with `answer` of its server. `streams` are the chunks of each file."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        chunks = []
        self.server.streams.append(chunks)
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            chunks.append(self.rfile.read(size))
        found = b"stream: Eicar-Test-Signature FOUND\0" if finds(b"".join(chunks)) else b"stream: OK\0"
        self.wfile.write(found if self.server.answer is None else self.server.answer)


@contextmanager
def serving(server: socketserver.BaseServer):
    """Run it, with its streams and a fixed answer to set."""
    server.streams, server.answer, server.daemon_threads = [], None, True
    with server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@contextmanager
def running():
    """Its address while it runs."""
    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd)) as server:
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
