"""Heads of the trail that are kept elsewhere: whether the trail still has them."""

from recommendations.models import TrailEntry, TrailHead


def still_stands(*, entries: int, head: str) -> bool:
    """Whether the trail has this head at this number: nothing up to there was cut off or written again.

    Holds one entry against the head. That each entry follows from the one before is verify_audit's question.
    """
    if not entries:
        return True
    is_long_enough = TrailHead.objects.filter(count__gte=entries).exists()
    return is_long_enough and TrailEntry.objects.filter(sequence=entries, hash=head).exists()
