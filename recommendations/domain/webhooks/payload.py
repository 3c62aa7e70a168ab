"""The content of a message: identifiers, a kind, a day and a link. Text from records only where that is confirmed.

It is built at each attempt from the record's current state: if the record has become restricted, nothing is sent; if it
was withdrawn, its text is left out.
"""

import datetime
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

from recommendations.enums.webhooks import WebhookEvent, WebhookSubject
from recommendations.models import (
    Closure,
    ForceUpdate,
    PaperIssue,
    ResponseVersion,
    RoundAnswer,
    Standing,
    TrackedRecommendation,
    WebhookDelivery,
)
from recommendations.periods import london_day

type Facts = dict[str, Any]


def body_of(delivery: WebhookDelivery) -> bytes | None:
    """Return a message's body as JSON, or None if its record may not be sent."""
    data: Facts | None = {"record": WebhookSubject.NONE.value}
    if delivery.event != WebhookEvent.TEST:
        assert delivery.record is not None  # webhookdelivery_names_its_record
        data = FACTS_OF[WebhookSubject(delivery.kind)](delivery.record, delivery.webhook.sends_words)
    if data is None:
        return None
    at = delivery.event_at.astimezone(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    day = london_day(delivery.event_at).isoformat()
    said = {"type": delivery.event, "timestamp": at, "data": {**data, "day": day}}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _link(path: str) -> str:
    return f"{settings.ORIGIN}{path}"


def _tracked_facts(kind: WebhookSubject, pk: int, tracked: TrackedRecommendation) -> Facts | None:
    """Return the identifiers of a record about a recommendation, or None if that is restricted or withdrawn."""
    stands = Standing.objects.now().filter(tracked=tracked.pk).values_list("restricted", flat=True)
    if list(stands) != [False]:
        return None
    return {
        "record": kind.value,
        "id": pk,
        "recommendation": {"id": tracked.pk, "reference": tracked.reference},
        "force": tracked.force.slug,
        "link": _link(reverse("tracked", args=[tracked.pk])),
    }


def _answer(pk: int, with_text: bool) -> Facts | None:
    answer = RoundAnswer.objects.select_related("line__tracked__force").get(pk=pk)
    data = _tracked_facts(WebhookSubject.ANSWER, pk, answer.line.tracked)
    return data and data | {"round": answer.line.round_id} | _text(with_text, done=answer.done)


def _update(pk: int, with_text: bool) -> Facts | None:
    update = ForceUpdate.objects.select_related("tracked__force").get(pk=pk)
    data = _tracked_facts(WebhookSubject.UPDATE, pk, update.tracked)
    return data and data | _text(with_text and update.withdrawn_at is None, done=update.done)


def _closure(pk: int, with_text: bool) -> Facts | None:
    closure = Closure.objects.select_related("tracked__force").get(pk=pk)
    data = _tracked_facts(WebhookSubject.CLOSURE, pk, closure.tracked)
    words = {"outcome": closure.get_outcome_display(), "reason": closure.decision_reason}
    return data and data | {"approved": closure.closed_on is not None} | _text(with_text, **words)


def _version(pk: int, with_text: bool) -> Facts | None:
    version = ResponseVersion.objects.select_related("response").get(pk=pk)
    path = version.response.get_public_url() if version.response.slug else version.response.get_absolute_url()
    data = {"record": WebhookSubject.RESPONSE.value, "id": version.response_id, "version": version.number}
    return data | {"link": _link(path)} | _text(with_text, title=version.response.title)


def _issue(pk: int, with_text: bool) -> Facts | None:
    issue = PaperIssue.on_file.select_related("paper__force", "panel").defer("paper__figures").get(pk=pk)
    if issue.paper.closed or issue.withdrawn_at:
        return None
    data = {"record": WebhookSubject.PAPER.value, "id": issue.paper_id, "meeting_on": issue.meeting_on.isoformat()}
    force = issue.paper.force.slug if issue.paper.force else None
    data |= {"force": force, "link": _link(issue.paper.get_absolute_url())}
    return data | _text(with_text, committee=str(issue.panel))


def _text(with_text: bool, **words: str) -> Facts:
    return {"text": words} if with_text else {}


FACTS_OF: dict[WebhookSubject, Callable[[int, bool], Facts | None]] = {
    WebhookSubject.ANSWER: _answer,
    WebhookSubject.UPDATE: _update,
    WebhookSubject.CLOSURE: _closure,
    WebhookSubject.RESPONSE: _version,
    WebhookSubject.PAPER: _issue,
}
