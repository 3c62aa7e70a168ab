"""Checking heads of the trail that were kept elsewhere."""

from recommendations.models import TrailEntry, TrailHead


def still_stands(*, entries: int, head: str) -> bool:
    """Whether the trail still has this head at this number: nothing up to there was cut off or rewritten.

    It checks only that one entry. That each entry follows from the one before is for verify_audit.
    """
    if not entries:
        return True
    is_long_enough = TrailHead.objects.filter(count__gte=entries).exists()
    return is_long_enough and TrailEntry.objects.filter(sequence=entries, hash=head).exists()
