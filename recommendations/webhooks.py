"""Sending webhook messages: over https, to an address that was resolved and checked, with a deadline.

urllib3 connects to the checked address itself and verifies the certificate for the host name. It follows no redirect,
uses no proxy, and does not read the body of the response.
"""

import datetime
import http.client
import socket
import ssl
import time
from collections.abc import Buffer, Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from urllib3 import HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError, NewConnectionError

from recommendations import keys
from recommendations.domain.webhooks import deliveries, signing
from recommendations.domain.webhooks.addresses import HTTPS, NOT_OUTSIDE, IPAddress, is_let_through, read_ip
from recommendations.domain.webhooks.payload import body_of
from recommendations.domain.webhooks.webhooks import secrets_of
from recommendations.enums.webhooks import DeliveryState
from recommendations.models import WebhookDelivery
from recommendations.telemetry import emit

SECONDS = 10  # for a whole attempt: connecting, TLS, sending, and the head of the response
AT_ONCE = 1_000  # messages in one run
LONGEST_HEAD = 16_384  # bytes of a response before its body, which is not read
CANNOT_SIGN = "Its secret cannot be read with a known key. Make a new secret."


class NotTaken(Exception):
    """Raised if the receiver did not accept a message. `status` is the HTTP status, or None if it did not respond."""

    def __init__(self, problem: str, status: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.status = problem, status


def send_due(clock: Callable[[], datetime.datetime], *, most: int | None = None) -> Iterator[WebhookDelivery]:
    """Send the messages that are due, up to `most`, and yield each delivery afterwards.

    A webhook that fails is not tried again in this run. `clock` returns the current moment in UTC.
    """
    failed: set[int] = set()
    sent = 0
    for delivery in deliveries.due_deliveries(clock())[:AT_ONCE]:
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
        status = _post(delivery.webhook.url, body, _signed_headers(delivery, body, at))
    except NotTaken as wrong:
        deliveries.mark_failed(delivery, wrong.problem, status=wrong.status, at=clock())
    else:
        deliveries.mark_delivered(delivery, status, at=clock())
    emit("webhook", outcome=delivery.state, of=delivery.event, attempts=delivery.attempts)
    return True


def _signed_headers(delivery: WebhookDelivery, body: bytes, at: datetime.datetime) -> dict[str, str]:
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
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or HTTPS
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers |= {"Host": parts.netloc, "Content-Type": "application/json", "User-Agent": "Oversight"}
    options: dict[str, Any] = {"retries": False, "preload_content": False}  # retries=False follows no redirect either
    problem = ""
    for address in _resolved(host, port):
        pool = HTTPSConnectionPool(str(address), port, ssl_context=_tls(ends), server_hostname=host)
        try:
            with pool.urlopen("POST", target, body, headers, timeout=Timeout(_time_left(ends)), **options) as answer:
                return _success(answer.status)
        except NewConnectionError as wrong:  # the next address may answer
            problem = _problem(wrong)
        except (HTTPError, TimeoutError) as wrong:
            raise NotTaken(_problem(wrong)) from None
    raise NotTaken(problem)


def _success(status: int) -> int:
    if 200 <= status < 300:
        return status
    if 300 <= status < 400:
        raise NotTaken(f"It answered {status}: it leads elsewhere, which is not followed.", status)
    raise NotTaken(f"It answered {status}.", status)


def _problem(wrong: HTTPError | TimeoutError) -> str:
    """Why there was no response, in words."""
    match cause := wrong.__cause__ or (wrong.args[-1] if wrong.args else None):
        case ssl.SSLError():
            return f"No secure connection: {cause.reason or 'the connection was closed'}."
        case http.client.RemoteDisconnected():
            return "It closed the connection without an answer."
        case http.client.HTTPException():
            return "It did not answer in HTTP."
        case OSError() if not isinstance(cause, TimeoutError):
            return f"It cannot be reached: {(cause.strerror or type(cause).__name__).lower()}."
    return f"No answer within {SECONDS} seconds."


def _resolved(host: str, port: int) -> list[IPAddress]:
    """A host's addresses, resolved now. Raises NotTaken if there is none, or if one of them is not allowed."""
    literal = read_ip(host)
    try:
        answers = [] if literal else socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotTaken("No such host: its name leads to no address.") from None
    read = [literal, *(read_ip(str(each[4][0]).partition("%")[0]) for each in answers)]
    addresses = [each for each in dict.fromkeys(read) if each is not None]
    if not addresses or not all(map(is_let_through, addresses)):
        raise NotTaken(NOT_OUTSIDE)
    return addresses


def _tls(ends: float) -> ssl.SSLContext:
    """The trusted certificates, and sockets that keep to the deadline and to the limit of the response.

    urllib3's time-outs are for each read: a receiver that answers byte by byte would never exceed them.
    """

    class LimitedSocket(ssl.SSLSocket):
        received = 0

        def do_handshake(self, block: bool = False) -> None:
            self.settimeout(_time_left(ends))
            super().do_handshake(block)

        def recv_into(self, buffer: Buffer, nbytes: int | None = None, flags: int = 0) -> int:
            self.settimeout(_time_left(ends))
            number = super().recv_into(buffer, nbytes, flags)
            self.received += number
            if self.received > LONGEST_HEAD:
                raise NotTaken("Its answer is too long.")
            return number

    context = ssl.create_default_context()
    context.sslsocket_class = LimitedSocket
    if settings.WEBHOOK_CA_FILE:
        context.load_verify_locations(settings.WEBHOOK_CA_FILE)
    return context


def _time_left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
