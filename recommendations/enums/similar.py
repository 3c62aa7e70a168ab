"""Decisions on two similar recommendations. Pure."""

from django.db.models import TextChoices


class SimilarVerdict(TextChoices):
    """A person's decision on a pair."""

    LINKED = "linked", "Linked"
    DECLINED = "declined", "Not alike"


# The verbs on pairs, in the words of a history.
SIMILAR_VERBS = {
    "log_linked_update": "Force update added, to linked recommendations too",
    "link_similar": "Linked with one that asks much the same",
    "decline_similar": "Found not to be like another",
    "end_links": "Links ended",
}
