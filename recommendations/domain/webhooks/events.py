"""The events that webhooks send: when a verb ends, a message for each webhook is queued in its transaction.

Nothing restricted and no closed paper causes an event. `recommendations/webhooks.py` sends the messages.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db import models

from recommendations import trail
from recommendations.domain.webhooks.webhooks import new_delivery
from recommendations.enums import ClosureState, LineState
from recommendations.enums.webhooks import WebhookEvent, WebhookSubject
from recommendations.models import (
    Closure,
    ForceUpdate,
    PaperIssue,
    ResponseVersion,
    RoundAnswer,
    Standing,
    Webhook,
)


class Happened(NamedTuple):
    """An event: its type, the record, and the id of the tracked recommendation concerned, if any."""

    event: WebhookEvent
    kind: WebhookSubject
    record: int
    tracked: int | None = None


def _answer(row: Any, is_new: bool) -> Happened | None:
    if not is_new or row.state != LineState.RELEASED:
        return None
    return Happened(WebhookEvent.UPDATE_RELEASED, WebhookSubject.ANSWER, row.pk, row.line.tracked_id)


def _update(row: Any, is_new: bool) -> Happened | None:
    """An update added by a user of the force. One that the office records or accepts is not an event."""
    act = trail.acting()
    if not is_new or act is None or act.by is None or not act.by.force_id:
        return None
    return Happened(WebhookEvent.UPDATE_RELEASED, WebhookSubject.UPDATE, row.pk, row.tracked_id)


def _closure(row: Any, is_new: bool) -> Happened | None:
    """A closure request that is decided, not a closure created by an import."""
    if is_new or row.state not in (ClosureState.CLOSED, ClosureState.DECLINED):
        return None
    return Happened(WebhookEvent.CLOSURE_DECIDED, WebhookSubject.CLOSURE, row.pk, row.tracked_id)


def _version(row: Any, is_new: bool) -> Happened | None:
    """A version written here, not an imported one."""
    if not is_new or row.submission_id is None:
        return None
    return Happened(WebhookEvent.RESPONSE_PUBLISHED, WebhookSubject.RESPONSE, row.pk)


def _issue(row: Any, is_new: bool) -> Happened | None:
    if not is_new or row.paper.closed:
        return None
    return Happened(WebhookEvent.PAPER_ISSUED, WebhookSubject.PAPER, row.pk)


TOLD_BY: dict[type[models.Model], Callable[[Any, bool], Happened | None]] = {
    RoundAnswer: _answer,
    ForceUpdate: _update,
    Closure: _closure,
    ResponseVersion: _version,
    PaperIssue: _issue,
}


@trail.follow
class WebhookEvents:
    """Collects the events of one verb."""

    def __init__(self) -> None:
        self.happened: list[Happened] = []

    def note(self, row: models.Model, changed: Iterable[str]) -> None:
        """Note that a row was saved. For an existing row only a decision counts."""
        tell = TOLD_BY.get(type(row))
        columns = set(changed)
        is_new = "id" in columns
        if tell is None or not (is_new or "decided_at" in columns):
            return
        if (found := tell(row, is_new)) is not None:
            self.happened.append(found)

    def finish(self) -> None:
        """Queue the messages. At most one query if there is no event, or no webhook is listening.

        None of a register that is taken over from another office: what came with it happened there.
        """
        act = trail.acting()
        if not self.happened or act is None or act.verb == "take_over":
            return
        listening = [*Webhook.objects.listening()]
        restricted = _restricted_ids(self.happened) if listening else set()
        for each in self.happened:
            for webhook in listening:
                if each.event in webhook.events and each.tracked not in restricted:
                    new_delivery(webhook, each.event, act.at, each.kind, each.record)


def _restricted_ids(happened: Iterable[Happened]) -> set[int]:
    tracked = {each.tracked for each in happened if each.tracked is not None}
    rows = Standing.objects.current().filter(tracked__in=tracked, restricted=True)
    return set(rows.values_list("tracked", flat=True))
