"""The dates of a force: whether it can have a paper for a period, and which force succeeded it."""

import datetime

from recommendations.models import Force, ForceSuccession
from recommendations.periods import say


def why_not_about(force: Force, start: datetime.date, end: datetime.date) -> str:
    """Return the reason why a force has no paper for a period (it began later or ended earlier), or ""."""
    if force.since and force.since > end:
        return f"{force} began on {say(force.since)}, after this period."
    if force.until is None or force.until >= start:
        return ""
    ended = f"{force} ended on {say(force.until)}, before this period."
    succession = ForceSuccession.objects.filter(force=force).select_related("successor").first()
    if succession is None:
        return ended
    return f"{ended} {succession.successor} succeeded it: choose that force."
