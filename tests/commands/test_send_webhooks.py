"""`send_webhooks` and the worker that makes files: both send what is due, and say what was not taken."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from recommendations.domain.register import voices
from recommendations.domain.webhooks import webhooks
from recommendations.enums.webhooks import CHOSEN, DeliveryState
from recommendations.management.commands import build_papers
from recommendations.models import WebhookDelivery
from tests.conftest import AT
from tests.per_module import per_module


@per_module
def waiting(administrator, tracked, force_lead):
    """Two messages about updates for a name that leads nowhere."""
    webhooks.add_webhook(name="Tracker", url="https://nobody.invalid/", events=CHOSEN, by=administrator, at=AT)
    for done in ("Bells are tested.", "Again."):
        voices.log_force_update(tracked=tracked, done=done, by=force_lead, at=AT)


def states() -> list[str]:
    return list(WebhookDelivery.objects.order_by("pk").values_list("state", flat=True))


def test_what_was_not_taken_is_said_and_waits(waiting):
    out = StringIO()
    with pytest.raises(CommandError) as wrong:
        call_command("send_webhooks", stdout=out)
    assert (out.getvalue(), str(wrong.value)) == (
        "0 messages delivered.\n",
        "Tracker: No such host: its name leads to no address.",
    )
    assert states() == [DeliveryState.FAILED, DeliveryState.WAITING]


def test_the_worker_sends_one_and_looks_again_after_some_seconds(waiting):
    worker = build_papers.Command()
    assert [worker.webhooks(), worker.webhooks()] == [True, False]
    assert states() == [DeliveryState.FAILED, DeliveryState.WAITING]
