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
    def handle(self):
        self.rfile.readline() if self.rfile.peek(1)[:1] == b"n" else self.rfile.read(len(b"zINSTREAM\0"))
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\n" if finds(content) else b"stream: OK\n")


@contextmanager
def running():
    """Its address while it runs."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
