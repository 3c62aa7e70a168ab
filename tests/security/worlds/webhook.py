"""A webhook with a message to it that was given up, and one whose words of records wait to be confirmed."""

from recommendations.domain.webhooks import deliveries, webhooks
from recommendations.enums.webhooks import CHOSEN
from tests.conftest import AT


def build_webhook(world) -> None:
    """`world.webhook`, `world.webhook_message`, which can be sent again, and `world.wordy_webhook`."""
    by = {"by": world.people["administrator"], "at": AT}
    made = webhooks.add_webhook(name="Action tracker", url="https://tracker.example.org/hook", events=CHOSEN, **by)
    world.webhook = made.webhook
    world.webhook_message = webhooks.send_test(webhook=made.webhook, **by)
    world.webhook_message.message = "msg_5d2c1f0e8b7a4c3d9e6f1a2b3c4d5e6f"
    world.webhook_message.save()
    facts = {"name": "Data warehouse", "url": "https://warehouse.example.org/hook", "events": ["closure.decided"]}
    world.wordy_webhook = webhooks.add_webhook(**facts, with_text=True, **by).webhook
    deliveries.claim(world.webhook_message, at=AT)
    deliveries.mark_failed(world.webhook_message, "It answered 500.", status=500, at=AT)
