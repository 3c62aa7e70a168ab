"""The forms for a webhook: its address and its events."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.webhooks.addresses import LONGEST
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.webhooks import CHOSEN
from recommendations.forms.site.base import Form, OfRecord, VerbForm
from recommendations.models import Webhook


class WebhookFields(Form):
    """The fields for adding and changing."""

    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="Of the system that is notified, such as “Force’s action tracker”.",
        error_messages={"required": "Enter a name."},
    )
    url = forms.CharField(
        label="Address",
        max_length=LONGEST,
        help_text="It begins with https://.",
        error_messages={"required": "Enter the address."},
    )
    events = forms.MultipleChoiceField(
        label="Notify it when",
        choices=[(each.value, each.label) for each in CHOSEN],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one event or more."},
    )
    with_text = forms.BooleanField(
        label="Send words of records too",
        required=False,
        help_text="Without this a message has identifiers, a day and a link. With it, what the force said and why a "
        "closure was decided leave this office. What is restricted is never sent. An approving officer confirms it "
        "first, and again when the address or the events change. Until then messages go without words.",
    )


class AddWebhookForm(VerbForm, WebhookFields):
    """A new webhook."""


class ChangeWebhookForm(OfRecord, WebhookFields):
    """An existing webhook, and whether it is switched on."""

    is_on = forms.BooleanField(
        label="Switched on",
        required=False,
        help_text="While it is off, nothing new is recorded for it. What waits is sent when it is on again.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, record: Webhook, **kwargs: Any) -> None:
        names = ("name", "url", "events", "with_text", "is_on")
        super().__init__(data, record=record, initial={name: getattr(record, name) for name in names}, **kwargs)
        self.fields["url"].help_text = "It begins with https://. Another address gets a new secret."

    def refuse(self, refusal: Refusal) -> None:
        super(OfRecord, self).refuse(refusal)


class WebhookWordsForm(OfRecord):
    """An approving officer's decision whether a webhook sends words of records."""

    read_again = "Someone else changed this webhook. Read it again, then decide."
    send = forms.TypedChoiceField(
        label="May words of records be sent to this address?",
        choices=[("yes", "Yes, send them"), ("no", "No, send messages without words")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether words may be sent."},
    )


class WebhookActForm(VerbForm):
    """A button of the webhook's page; nothing to fill in."""
