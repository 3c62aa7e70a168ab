"""How webhooks are added, changed, given a new secret, tried and removed, and their words confirmed, once."""

from recommendations.domain.webhooks import webhooks
from tests.conftest import AT


def cases(world) -> dict:
    by = {"by": world.people["administrator"], "at": AT}
    facts = {"name": "Another", "url": "https://other.example.org/hook", "events": ["paper.issued"]}
    about = {"webhook": world.webhook, **by}
    return {
        "webhooks.add_webhook": lambda: webhooks.add_webhook(**facts, **by),
        "webhooks.change_webhook": lambda: webhooks.change_webhook(**facts, **about),
        "webhooks.decide_words": lambda: webhooks.decide_words(
            webhook=world.wordy_webhook, send=True, by=world.people["approver"], at=AT
        ),
        "webhooks.remove_webhook": lambda: webhooks.remove_webhook(**about),
        "webhooks.replace_secret": lambda: webhooks.replace_secret(**about),
        "webhooks.send_test": lambda: webhooks.send_test(**about),
        "webhooks.send_again": lambda: webhooks.send_again(delivery=world.webhook_message, **by),
    }
