"""The events that webhooks get, and the states of a delivery."""

from django.db.models import TextChoices


class WebhookEvent(TextChoices):
    """The type of a message, as the receiver sees it."""

    UPDATE_RELEASED = "update.released", "A force releases an update"
    CLOSURE_DECIDED = "closure.decided", "A closure is approved or not approved"
    RESPONSE_PUBLISHED = "response.published", "A response is published"
    PAPER_ISSUED = "paper.issued", "A paper is issued to a meeting"
    TEST = "test", "Test"


CHOSEN = tuple(each for each in WebhookEvent if each != WebhookEvent.TEST)


class WebhookSubject(TextChoices):
    """The record that an event is about."""

    ANSWER = "round_answer", "answer of a round"
    UPDATE = "force_update", "force update"
    CLOSURE = "closure", "closure"
    RESPONSE = "response", "response"
    PAPER = "paper", "paper"
    NONE = "none", "no record"


class DeliveryState(TextChoices):
    """The state of a delivery."""

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Not delivered, tried again"
    GIVEN_UP = "given_up", "Not delivered, given up"
    LEFT_OUT = "left_out", "Not sent: restricted or withdrawn"
