"""A receiver of webhooks on this machine, over TLS, that does what a test asks: refuses, redirects, hangs up."""

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OK = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
ELSEWHERE = b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:1/\r\n\r\n"
BROKEN = b"HTTP/1.1 500 Internal Server Error\r\n\r\n"
HANG_UP, STALL, DRIP, DRIP_LATER = b"", b"stall", b"drip", b"drip later"


class Received(NamedTuple):
    """A message that arrived whole."""

    headers: dict[str, str]
    body: bytes


def certificate(folder) -> tuple[str, str]:
    """A certificate for 127.0.0.1 that signs itself, and its key: two files."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("receiver.example.org")]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form, no = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, form, no))
    return str(files[0]), str(files[1])


class Receiver:
    """Answers each message with the next of `answers`, and with OK when there are none."""

    def __init__(self, files: tuple[str, str]):
        self.received: list[Received] = []
        self.answers: list[bytes] = []
        self.names: list[str | None] = []  # the server names that were asked for
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*files)
        self.context.sni_callback = lambda _, name, __: self.names.append(name)

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.listener.getsockname()[1]}/hook?from=oversight"

    @property
    def messages(self) -> list[str]:
        """The identifiers that arrived, in their order."""
        return [each.headers["webhook-id"] for each in self.received]

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(plain,), daemon=True).start()

    def _answer(self, plain: socket.socket) -> None:
        try:
            with self.context.wrap_socket(plain, server_side=True) as connection:
                self.received.append(_read(connection))
                self._say(connection, self.answers.pop(0) if self.answers else OK)
        except OSError:
            return

    def _say(self, connection: ssl.SSLSocket, answer: bytes) -> None:
        if answer == STALL:
            time.sleep(2)
        elif answer in (DRIP, DRIP_LATER):
            first = b"HTTP/1.1 204 No Content\r\n" if answer == DRIP_LATER else b""
            connection.sendall(first)
            for each in OK[:20]:
                connection.sendall(bytes([each]))
                time.sleep(0.2)
        else:
            connection.sendall(answer)


def _read(connection: ssl.SSLSocket) -> Received:
    read = b""
    while b"\r\n\r\n" not in read:
        read += connection.recv(4096)
    head, _, body = read.partition(b"\r\n\r\n")
    lines = [line.partition(": ") for line in head.decode().split("\r\n")]
    headers = {name.lower(): value for name, _, value in lines[1:]} | {"": lines[0][0]}
    while len(body) < int(headers["content-length"]):
        body += connection.recv(4096)
    return Received(headers, body)
