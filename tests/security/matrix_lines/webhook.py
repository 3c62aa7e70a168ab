"""The addresses of webhooks: administrators' alone, but for the words of records, which approving officers confirm."""

from tests.security.line import MISSING, Line


def webhooks(world) -> list[Line]:
    """The list, adding one, the page of one, what its buttons do, and its words of records."""
    approver, administrator = frozenset({"approver"}), frozenset({"administrator"})
    found = {world.webhook.pk: administrator, MISSING: frozenset()}
    return [
        Line("webhooks", post=405),
        Line("add_webhook", post=422),
        *(Line("webhook", (pk,), seen_by, post=422) for pk, seen_by in found.items()),
        Line("webhook_words", (world.wordy_webhook.pk,), approver, post=422),
        Line("webhook_words", (world.webhook.pk,), approver, post=422),
        Line("webhook_words", (MISSING,), frozenset()),
        *(Line("act_on_webhook", (pk,), seen_by, get=405, post=302) for pk, seen_by in found.items()),
        Line("send_webhook_again", (world.webhook_message.pk,), administrator, get=405, post=302),
        Line("send_webhook_again", (MISSING,), frozenset(), get=405),
    ]
