"""The entries on a record's page that a user may withdraw: what the panel shows of one, and where it is sent."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from recommendations.domain.register.entries import TARGET, VOICES, VoiceEntry, person
from recommendations.domain.register.rechecks.rechecks import DECIDED
from recommendations.domain.register.timeline import TimelineEvent
from recommendations.domain.register.voices import may_withdraw
from recommendations.models import Recheck, User
from recommendations.permissions import May

TWICE = "This entry is withdrawn already."


@dataclass(frozen=True)
class EntryToWithdraw:
    """The entry that the panel withdraws. `why_not` is why it can't be, or ""; `target` is the day that it set."""

    on: datetime.date
    who: str
    text: str
    url: str
    why_not: str
    target: datetime.date | None = None


def voice_to_withdraw(entry: VoiceEntry) -> EntryToWithdraw:
    url = reverse("withdraw", args=[entry.tracked, entry.voice, entry.id])
    target = entry.date if entry.voice == TARGET else None
    return EntryToWithdraw(entry.on, entry.who, entry.text, url, TWICE if entry.withdrawn_at else "", target)


def recheck_to_withdraw(row: Recheck) -> EntryToWithdraw:
    who = person(row.recorded_by.name, row.recorded_by.role) if row.recorded_by else ""
    url = reverse("withdraw_recheck", args=[row.tracked_id, row.pk])
    why_not = TWICE if row.withdrawn_at else "" if row.agreed is None else DECIDED
    return EntryToWithdraw(row.effective_on, who, row.saw or row.held_if, url, why_not)


def withdraw_url(event: TimelineEvent, user: User) -> str:
    """The page that withdraws an event's entry, or "" if it is withdrawn or decided, or if this user may not."""
    said, look = event.said, event.look
    if said and may_withdraw(user, VOICES[said.voice], said.force, said.stage):
        entry = voice_to_withdraw(said)
    elif look and user.has_perm(May.REOPEN):
        entry = recheck_to_withdraw(look)
    else:
        return ""
    return "" if entry.why_not else entry.url
