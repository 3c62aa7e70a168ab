"""Accountability meetings as a program reads them."""

from typing import Any

from django.db.models import Prefetch

from recommendations.models import MeetingRelease
from recommendations.models.accountability import AccountabilityQuerySet


def accountability_meetings(rows: AccountabilityQuerySet) -> AccountabilityQuerySet:
    """Select meetings with what is public of each, the newest first."""
    released = MeetingRelease.objects.released().select_related("force").order_by("number")
    found = rows.select_related("force").prefetch_related(Prefetch("releases", released, to_attr="public"))
    return found.order_by("-on", "-pk")


def accountability_meeting(row: Any) -> dict[str, Any]:
    """Return a meeting: when, where, how far it is, and the address of what the public reads, or ""."""
    names = ("title", "on", "place", "in_public", "state")
    return {
        "id": row.pk,
        "force": row.force.slug,
        "time": row.time_words,
        **{name: getattr(row, name) for name in names},
        "address": row.public[-1].get_public_url() if row.public else "",
    }
