"""Messages to a receiver that is down, slow, refuses, redirects or hangs up: none is lost, each has one identifier."""

import datetime
import ipaddress
import socket
import time

import pytest

from recommendations import webhooks as sending
from recommendations.domain.register import voices
from recommendations.domain.webhooks import deliveries, webhooks
from recommendations.domain.webhooks.addresses import NOT_OUTSIDE, read_ip
from recommendations.domain.webhooks.deliveries import PAUSES, STALE_AFTER
from recommendations.enums.webhooks import CHOSEN, DeliveryState
from recommendations.models import TrailEntry, WebhookDelivery
from recommendations.webhooks import send, send_due
from tests.conftest import AT
from tests.faults.mail_server import free_port
from tests.faults.webhook_receiver import (
    BROKEN,
    DRIP,
    DRIP_LATER,
    ELSEWHERE,
    HANG_UP,
    STALL,
    Receiver,
    certificate,
)

pytestmark = pytest.mark.sqlite_alone  # a network away: the ledger’s statements are those of emails
LATER = AT + datetime.timedelta(days=9)
NOWHERE = NOT_OUTSIDE


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def receiver(files, settings, monkeypatch):
    settings.WEBHOOK_NETWORKS = [ipaddress.ip_network("127.0.0.0/8")]
    settings.WEBHOOK_CA_FILE = files[0]
    monkeypatch.setattr(sending, "SECONDS", 0.7)
    with Receiver(files) as receiver:
        yield receiver


@pytest.fixture
def message(receiver, administrator, tracked, force_lead):
    """A message about an update that a force added, as it waits."""
    made = webhooks.add_webhook(name="Tracker", url=receiver.url, events=CHOSEN, by=administrator, at=AT)
    voices.log_force_update(tracked=tracked, done="Bells are tested.", by=force_lead, at=AT)
    return made.webhook.deliveries.get()


def run(at=AT) -> list[tuple[str, str]]:
    """What became of each message of a run."""
    return [(each.state, each.problem) for each in send_due(lambda: at)]


def test_a_message_arrives_once_signed_and_is_on_record(receiver, message):
    assert (run(), run(LATER)) == ([(DeliveryState.DELIVERED, "")], [])
    (received,) = receiver.received
    assert (received.headers["webhook-id"], received.headers["content-type"]) == (message.message, "application/json")
    assert received.headers[""] == "POST /hook?from=oversight HTTP/1.1"
    last = TrailEntry.objects.latest("sequence")
    assert (last.verb, last.about) == ("webhook_delivered", f"update.released to Tracker, {message.message}")


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (BROKEN, "It answered 500."),
        (ELSEWHERE, "It answered 302: it leads elsewhere, which is not followed."),
        (HANG_UP, "It closed the connection without an answer."),
        (b"220 smtp.example.org\r\n", "It did not answer in HTTP."),
        (STALL, "No answer within 0.7 seconds."),
        (DRIP, "No answer within 0.7 seconds."),
        (DRIP_LATER, "No answer within 0.7 seconds."),
        (b"HTTP/1.1 200 OK\r\n" + 90 * (b"X-Long: " + 1_000 * b"a" + b"\r\n") + b"\r\n", "Its answer is too long."),
        (b"HTTP/1.1 200 " + 100_000 * b"a", "Its answer is too long."),
        (10_000 * b"HTTP/1.1 100 Continue\r\n\r\n", "Its answer is too long."),
    ],
)
def test_what_is_not_taken_is_sent_again_with_the_same_identifier(receiver, message, answer, problem):
    receiver.answers = [answer]
    assert run() == [(DeliveryState.FAILED, problem)]
    assert run(AT + PAUSES[0] / 2) == []
    assert run(AT + PAUSES[0]) == [(DeliveryState.DELIVERED, "")]
    assert receiver.messages == [message.message] * 2
    assert WebhookDelivery.objects.get().attempts == 2


def test_while_the_receiver_is_down_nothing_is_lost_and_after_three_days_somebody_sends_it_again(
    receiver, message, administrator
):
    url, at, pauses = receiver.url, AT, []
    message.webhook.url = f"https://127.0.0.1:{free_port()}/"
    _change_address(message.webhook, administrator)
    for pause in PAUSES:
        assert run(at) == [(DeliveryState.FAILED, "It cannot be reached: connection refused.")]
        pauses.append(WebhookDelivery.objects.get().next_at - at)
        at += pause
    assert (pauses, run(at)) == ([*PAUSES], [(DeliveryState.GIVEN_UP, "It cannot be reached: connection refused.")])
    assert run(LATER) == []
    message.webhook.url = url
    _change_address(message.webhook, administrator)
    webhooks.send_again(delivery=WebhookDelivery.objects.get(), by=administrator, at=LATER)
    assert run(LATER) == [(DeliveryState.DELIVERED, "")]
    assert receiver.messages == [message.message]


def _change_address(webhook, administrator) -> None:
    facts = {"name": webhook.name, "url": webhook.url, "events": CHOSEN}
    webhooks.change_webhook(webhook=webhook, by=administrator, at=AT, **facts)


def test_a_run_that_was_stopped_midway_is_taken_up_again(receiver, message):
    assert deliveries.claim(message, at=AT)
    assert (run(AT + STALE_AFTER / 2), run(AT + STALE_AFTER)) == ([], [(DeliveryState.DELIVERED, "")])


def test_two_runs_at_once_send_a_message_once(receiver, message):
    first, second = (deliveries.due_deliveries(AT).get() for _ in range(2))
    assert (send(first, lambda: AT), send(second, lambda: AT)) == (True, False)
    assert receiver.messages == [message.message]


def test_a_receiver_that_fails_is_asked_once_in_a_run_and_holds_up_no_other(
    receiver, files, message, administrator, tracked, force_lead
):
    voices.log_force_update(tracked=tracked, done="Again.", by=force_lead, at=AT)
    receiver.answers = [BROKEN, BROKEN]
    with Receiver(files) as other:
        webhooks.add_webhook(name="Other", url=other.url, events=CHOSEN, by=administrator, at=AT)
        voices.log_force_update(tracked=tracked, done="Once more.", by=force_lead, at=AT)
        assert [state for state, _ in run()] == [DeliveryState.FAILED, DeliveryState.DELIVERED]
        voices.log_force_update(tracked=tracked, done="And again.", by=force_lead, at=AT)
        assert [state for state, _ in run()] == [DeliveryState.DELIVERED]
        assert (len(receiver.received), len(other.received)) == (1, 2)


def test_the_body_of_an_answer_is_not_read(receiver, message):
    receiver.answers = [b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n" + 1_000_000 * b"a"]
    assert run() == [(DeliveryState.DELIVERED, "")]


def test_a_redirect_into_this_network_is_not_followed(receiver, files, message):
    with Receiver(files) as other:
        to = other.url.encode()
        receiver.answers = [
            b"HTTP/1.1 %d Moved\r\nLocation: %s\r\n\r\n" % (status, to) for status in (301, 302, 303, 307, 308)
        ]
        for status in (301, 302, 303, 307, 308):
            delivery = webhooks.new_delivery(message.webhook, "test", AT)
            send(delivery, lambda: AT)
            assert (delivery.state, delivery.status) == (DeliveryState.GIVEN_UP, status)
        assert (len(receiver.received), other.received) == (5, [])


def test_a_server_that_accepts_and_says_nothing_is_left_at_the_deadline(receiver, message):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        message.webhook.url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        send(message, lambda: AT)
    assert (message.state, message.problem) == (DeliveryState.FAILED, "No answer within 0.7 seconds.")


def test_a_name_that_takes_too_long_to_look_up_leaves_the_message_for_later(receiver, message, monkeypatch):
    genuine = socket.getaddrinfo

    def getaddrinfo(host, *args, **kwargs):
        time.sleep(0.8)
        return genuine("127.0.0.1", *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    message.webhook.url = f"https://receiver.example.org:{receiver.listener.getsockname()[1]}/"
    send(message, lambda: AT)
    assert (message.state, message.problem) == (DeliveryState.FAILED, "No answer within 0.7 seconds.")
    assert receiver.received == []


def test_an_answer_that_cannot_be_parsed_puts_no_address_into_the_log(receiver, message, caplog):
    receiver.answers = [b"HTTP/1.1 200 OK\r\nThis is no header\r\n\r\n"]
    run()
    assert [each.getMessage() for each in caplog.records if each.name.startswith("urllib3")] == []


def test_no_proxy_of_the_environment_is_used(receiver, message, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    assert run() == [(DeliveryState.DELIVERED, "")]


@pytest.fixture
def resolve(receiver, monkeypatch):
    """Make names lead to these addresses, a list for each look-up and the last for all after it."""
    genuine = socket.getaddrinfo

    def resolve(*answers: list[str]) -> None:
        left = [*answers]

        def getaddrinfo(host, port, *args, **kwargs):
            if read_ip(host) is not None:
                return genuine(host, port, *args, **kwargs)
            addresses = left.pop(0) if len(left) > 1 else left[0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    return resolve


def send_to(host: str, receiver, message) -> tuple[str, str]:
    """Send a new message to the receiver's port at this host: its state and problem."""
    message.webhook.url = f"https://{host}:{receiver.listener.getsockname()[1]}/"
    delivery = webhooks.new_delivery(message.webhook, "test", AT)
    send(delivery, lambda: AT)
    return delivery.state, delivery.problem


def test_no_message_goes_into_a_private_network_whatever_its_name_leads_to(receiver, message, resolve):
    for addresses in (
        ["10.0.0.5"],
        ["93.184.216.34", "169.254.169.254"],
        ["127.0.0.1", "10.0.0.5"],
        ["::ffff:192.168.1.1"],
        ["64:ff9b::a00:5"],
        ["fec0::1"],
        ["::127.0.0.1"],
        ["fe80::1%eth0"],
    ):
        resolve(addresses)
        found = send_to("receiver.example.org", receiver, message)
        assert (addresses, found) == (addresses, (DeliveryState.GIVEN_UP, NOWHERE))
    assert receiver.received == []


def test_the_address_that_was_checked_is_the_one_connected_to(receiver, message, resolve):
    """A name that leads to another address the second time is looked up once."""
    resolve(["127.0.0.1"], ["10.0.0.5"])
    assert send_to("receiver.example.org", receiver, message) == (DeliveryState.DELIVERED, "")
    assert send_to("receiver.example.org", receiver, message) == (DeliveryState.GIVEN_UP, NOWHERE)
    (received,) = receiver.received
    port = receiver.listener.getsockname()[1]
    assert (received.headers["host"], receiver.names) == (f"receiver.example.org:{port}", ["receiver.example.org"])


def test_where_nothing_listens_the_next_address_is_tried(receiver, message, resolve):
    resolve(["127.0.0.2", "127.0.0.1"])
    assert send_to("receiver.example.org", receiver, message) == (DeliveryState.DELIVERED, "")


def test_a_certificate_for_another_name_gets_no_message(receiver, message, resolve):
    resolve(["127.0.0.1"])
    refused = (DeliveryState.GIVEN_UP, "No secure connection: CERTIFICATE_VERIFY_FAILED.")
    assert send_to("other.example.org", receiver, message) == refused
    assert receiver.received == []


def test_a_certificate_that_nobody_vouches_for_gets_no_message(receiver, message, settings):
    settings.WEBHOOK_CA_FILE = ""
    assert run() == [(DeliveryState.FAILED, "No secure connection: CERTIFICATE_VERIFY_FAILED.")]
    assert receiver.received == []
