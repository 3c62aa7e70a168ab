"""Sending webhook messages: over https, to an address that was resolved and checked, with a deadline.

No redirects, no proxies, and only the first line of the response is read.
"""

import datetime
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from recommendations import keys
from recommendations.domain.webhooks import deliveries, signing
from recommendations.domain.webhooks.addresses import HTTPS, NOT_OUTSIDE, IPAddress, is_let_through, read_ip
from recommendations.domain.webhooks.payload import body_of
from recommendations.domain.webhooks.webhooks import secrets_of
from recommendations.enums.webhooks import DeliveryState
from recommendations.models import WebhookDelivery
from recommendations.telemetry import emit

SECONDS = 10  # for a whole attempt: connecting, TLS, sending, and the first line of the response
AT_ONCE = 1_000  # messages in one run
MOST_READ = 1024  # bytes of a response
CANNOT_SIGN = "Its secret cannot be read with a known key. Make a new secret."


class NotTaken(Exception):
    """Raised if the receiver did not accept a message. `status` is the HTTP status, or None if it did not respond."""

    def __init__(self, problem: str, status: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.status = problem, status


class HttpsTarget(NamedTuple):
    """The parts of a webhook's URL that a request needs."""

    host: str
    port: int
    target: str

    @property
    def header(self) -> str:
        """The request's Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS else f"{host}:{self.port}"


def send_due(clock: Callable[[], datetime.datetime], *, most: int | None = None) -> Iterator[WebhookDelivery]:
    """Send the messages that are due, up to `most`, and yield each delivery afterwards.

    A webhook that fails is not tried again in this run. `clock` returns the current moment in UTC.
    """
    failed: set[int] = set()
    sent = 0
    for delivery in deliveries.due(clock())[:AT_ONCE]:
        if sent == most:
            return
        if delivery.webhook_id not in failed and send(delivery, clock):
            sent += 1
            if delivery.state != DeliveryState.DELIVERED:
                failed.add(delivery.webhook_id)
            yield delivery


def send(delivery: WebhookDelivery, clock: Callable[[], datetime.datetime]) -> bool:
    """Try once to send a message and record the outcome. False if another run has claimed it."""
    at = clock()
    if not deliveries.claim(delivery, at=at):
        return False
    body = body_of(delivery)
    if body is None:
        deliveries.mark_left_out(delivery, at=at)
        return True
    try:
        status = _post(delivery.webhook.url, body, _signed(delivery, body, at))
    except NotTaken as wrong:
        deliveries.mark_failed(delivery, wrong.problem, status=wrong.status, at=clock())
    else:
        deliveries.mark_delivered(delivery, status, at=clock())
    emit("webhook", outcome=delivery.state, of=delivery.event, attempts=delivery.attempts)
    return True


def _signed(delivery: WebhookDelivery, body: bytes, at: datetime.datetime) -> dict[str, str]:
    try:
        secrets = secrets_of(delivery.webhook, at)
    except keys.WrongKey:
        secrets = []
    if not secrets:
        raise NotTaken(CANNOT_SIGN)
    return signing.headers(body, message=delivery.message, timestamp=int(at.timestamp()), secrets=secrets)


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Post the message and return the response's status. Raises NotTaken unless it is a success."""
    ends = time.monotonic() + SECONDS
    place = _place(url)
    try:
        with _connected(place, ends) as connection:
            connection.settimeout(_left(ends))
            connection.sendall(_request(place, body, headers))
            status = _status(connection, ends)
    except TimeoutError:
        raise NotTaken(f"No answer within {SECONDS} seconds.") from None
    except ssl.SSLError as wrong:
        raise NotTaken(f"No secure connection: {wrong.reason or 'the connection was closed'}.") from None
    except OSError as wrong:
        raise NotTaken(f"It cannot be reached: {(wrong.strerror or type(wrong).__name__).lower()}.") from None
    return _success(status)


def _success(status: int) -> int:
    if 200 <= status < 300:
        return status
    if 300 <= status < 400:
        raise NotTaken(f"It answered {status}: it leads elsewhere, which is not followed.", status)
    raise NotTaken(f"It answered {status}.", status)


def _place(url: str) -> HttpsTarget:
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return HttpsTarget(parts.hostname or "", parts.port or HTTPS, f"{parts.path or '/'}{query}")


def _connected(place: HttpsTarget, ends: float) -> ssl.SSLSocket:
    """Connect to one of the host's addresses, resolved now. Raises NotTaken unless every address is allowed."""
    addresses = _looked_up(place)
    if not addresses or not all(map(is_let_through, addresses)):
        raise NotTaken(NOT_OUTSIDE)
    plain = _reached([str(each) for each in addresses], place.port, ends)
    try:
        plain.settimeout(_left(ends))
        return _tls().wrap_socket(plain, server_hostname=place.host)
    except BaseException:
        plain.close()
        raise


def _looked_up(place: HttpsTarget) -> list[IPAddress]:
    if (literal := read_ip(place.host)) is not None:
        return [literal]
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotTaken("No such host: its name leads to no address.") from None
    read = [read_ip(str(each[4][0]).partition("%")[0]) for each in found]
    return [each for each in dict.fromkeys(read) if each is not None]


def _reached(addresses: list[str], port: int, ends: float) -> socket.socket:
    """A connection to the first of the addresses that answers."""
    for place, address in enumerate(addresses, start=1):
        try:
            return socket.create_connection((address, port), timeout=_left(ends))
        except OSError:
            if place == len(addresses):
                raise
    raise AssertionError("there is an address")


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.WEBHOOK_CA_FILE:
        context.load_verify_locations(settings.WEBHOOK_CA_FILE)
    return context


def _request(place: HttpsTarget, body: bytes, headers: dict[str, str]) -> bytes:
    said = {
        "Host": place.header,
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "User-Agent": "Oversight",
        "Connection": "close",
        **headers,
    }
    lines = [f"POST {place.target} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items()), "", ""]
    return "\r\n".join(lines).encode("ascii") + body


def _status(connection: ssl.SSLSocket, ends: float) -> int:
    """The status from the response's first line, which must arrive whole before the deadline."""
    read = b""
    while b"\n" not in read and len(read) < MOST_READ:
        connection.settimeout(_left(ends))
        piece = connection.recv(MOST_READ)
        if not piece:
            break
        read += piece
    version, _, rest = read.partition(b"\n")[0].partition(b" ")
    if not version.startswith(b"HTTP/1.") or not rest[:3].isdigit():
        raise NotTaken("It closed the connection without an answer." if not read else "It did not answer in HTTP.")
    return int(rest[:3])


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
