"""Messages to a receiver that is down, slow, refuses, redirects or hangs up: none is lost, each has one identifier."""

import datetime
import ipaddress
import socket

import pytest

from recommendations import webhooks as sending
from recommendations.domain.register import voices
from recommendations.domain.webhooks import deliveries, webhooks
from recommendations.domain.webhooks.deliveries import PAUSES, STALE_AFTER
from recommendations.enums.webhooks import CHOSEN, DeliveryState
from recommendations.models import TrailEntry, WebhookDelivery
from recommendations.webhooks import send, send_due
from tests.conftest import AT
from tests.faults.mail_server import free_port
from tests.faults.webhook_receiver import BROKEN, DRIP, ELSEWHERE, HANG_UP, STALL, Receiver, certificate

pytestmark = pytest.mark.sqlite_alone  # a network away: the ledger’s statements are those of e-mails
LATER = AT + datetime.timedelta(days=9)
NOWHERE = "This address is inside a private network. Enter one that is reached over the internet."


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
    first, second = (deliveries.due(AT).get() for _ in range(2))
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


def test_no_message_goes_into_a_private_network_whatever_its_name_leads_to(receiver, message, settings, monkeypatch):
    """The name is looked up for each try, and what was looked up is what is connected to."""
    port = int(receiver.url.rsplit(":")[-1].partition("/")[0])
    webhook = message.webhook
    webhook.url = f"https://receiver.example.org:{port}/"
    for addresses, problem in (
        (["10.0.0.5"], NOWHERE),
        (["93.184.216.34", "169.254.169.254"], NOWHERE),
        (["::ffff:192.168.1.1"], NOWHERE),
        (["64:ff9b::a00:5"], NOWHERE),
        (["127.0.0.1"], ""),
    ):
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, found=found, **__: found)
        delivery = webhooks.new_delivery(webhook, "test", AT)
        send(delivery, lambda: AT)
        assert (addresses, delivery.problem) == (addresses, problem)
    assert [each.headers["host"] for each in receiver.received] == [f"receiver.example.org:{port}"]


def test_a_certificate_that_nobody_vouches_for_gets_no_message(receiver, message, settings):
    settings.WEBHOOK_CA_FILE = ""
    assert run() == [(DeliveryState.FAILED, "No secure connection: CERTIFICATE_VERIFY_FAILED.")]
    assert receiver.received == []
