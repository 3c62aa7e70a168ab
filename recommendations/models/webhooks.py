"""Webhooks: addresses of other systems, the secrets that sign messages to them, and the ledger of these messages."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations.enums.webhooks import DeliveryState, WebhookEvent, WebhookSubject
from recommendations.models.base import Record, RecordQuerySet


class WebhookQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All that are not removed, for administrators and for approving officers, who confirm words; else none."""
        may = user.has_perm("administer") or user.has_perm("finalise_paper")
        return self.filter(removed_at__isnull=True) if may else self.none()

    def listening(self):
        """Webhooks that get events: switched on and not removed."""
        return self.filter(is_on=True, removed_at__isnull=True)

    def with_unconfirmed_words(self):
        """Webhooks that are to send words of records, which no approving officer has confirmed."""
        return self.filter(with_text=True, words_confirmed_at__isnull=True, removed_at__isnull=True)


class Webhook(Record):
    """A URL of another system, and the events that it gets.

    `with_text` asks for texts of unrestricted records too: they are sent once an approving officer has confirmed the
    name, address and events (`sends_words`).
    """

    name = models.CharField(max_length=80)
    url = models.URLField("address", max_length=500)
    events = models.JSONField(default=list)
    is_on = models.BooleanField("switched on", default=True)
    with_text = models.BooleanField("asks for words of records", default=False)
    words_asked_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="words asked for by"
    )
    words_confirmed_at = models.DateTimeField("words confirmed", null=True, blank=True)
    words_confirmed_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="words confirmed by"
    )
    # of its secrets, which the trail answers for by it (domain/webhooks/verification.py); "" for those of before
    secrets_digest = models.CharField(max_length=32, blank=True, editable=False)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    last_state: str | None  # of its last delivery, if queried by views/webhooks/webhooks.py

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(removed_at__isnull=True),
                name="webhook_name_once",
                violation_error_message="Another webhook has this name.",
            ),
            models.CheckConstraint(name="webhook_has_name_and_address", condition=~Q(name="") & ~Q(url="")),
            models.CheckConstraint(name="webhook_https_only", condition=Q(url__startswith="https://")),
            models.CheckConstraint(
                name="webhook_removed_is_off", condition=Q(removed_at__isnull=True) | Q(is_on=False)
            ),
            models.CheckConstraint(
                name="webhook_words_confirmed_by_another",
                condition=Q(words_confirmed_at__isnull=True, words_confirmed_by__isnull=True)
                | (
                    Q(with_text=True, words_confirmed_at__isnull=False, words_confirmed_by__isnull=False)
                    & (Q(words_asked_by__isnull=True) | ~Q(words_asked_by=F("words_confirmed_by")))
                ),
            ),
        ]

    def __str__(self):
        return f"Webhook {self.name}"

    def get_absolute_url(self):
        return reverse("webhook", args=[self.pk])

    def get_words_url(self):
        return reverse("webhook_words", args=[self.pk])

    @property
    def sends_words(self) -> bool:
        """Whether its messages have words of records: asked for, and confirmed."""
        return self.with_text and self.words_confirmed_at is not None

    @property
    def event_words(self) -> list[str]:
        """The events that it gets, in words."""
        return [each.label for each in WebhookEvent if each in self.events]


class WebhookSecret(models.Model):
    """A key that signs a webhook's messages, stored encrypted (keys.py). Not a record; its changes are in the trail.

    A replaced secret signs beside the new one until `ends_at`.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="secrets")
    encrypted = models.TextField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["webhook", "-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook"], condition=Q(ends_at__isnull=True), name="webhooksecret_one_current"
            )
        ]

    def __str__(self):
        return f"Secret of {self.webhook}"


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for administrators, none for others."""
        return self if user.has_perm("administer") else self.none()


class WebhookDelivery(models.Model):
    """One message to one webhook: a ledger row, not a record. It holds no text of any record.

    `message` is the id that the receiver gets with every attempt. The body is built at each attempt from the record
    that it names, so what was restricted or redacted meanwhile is not sent.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    message = models.CharField(max_length=40, unique=True)
    event = models.CharField(max_length=20, choices=WebhookEvent)
    event_at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=WebhookSubject)
    record = models.PositiveBigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField("last answer", null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-event_at", "-id"]
        verbose_name_plural = "webhook deliveries"
        constraints = [
            models.CheckConstraint(name="webhookdelivery_state_known", condition=Q(state__in=DeliveryState.values)),
            models.CheckConstraint(name="webhookdelivery_event_known", condition=Q(event__in=WebhookEvent.values)),
            models.CheckConstraint(
                name="webhookdelivery_names_its_record",
                condition=Q(kind=WebhookSubject.NONE, record__isnull=True)
                | (~Q(kind=WebhookSubject.NONE) & Q(record__isnull=False)),
            ),
            models.CheckConstraint(
                name="webhookdelivery_ended_at",
                condition=Q(
                    state__in=[DeliveryState.DELIVERED, DeliveryState.GIVEN_UP, DeliveryState.LEFT_OUT],
                    ended_at__isnull=False,
                )
                | Q(
                    state__in=[DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.FAILED],
                    ended_at__isnull=True,
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=Q(state__in=[DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.FAILED]),
                name="webhookdelivery_due",
            )
        ]

    def __str__(self):
        return f"{self.message} to {self.webhook}"

    @property
    def can_be_sent_again(self) -> bool:
        """Whether an administrator can request one more attempt."""
        return self.state in (DeliveryState.DELIVERED, DeliveryState.FAILED, DeliveryState.GIVEN_UP)
