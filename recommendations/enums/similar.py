"""What was decided of two recommendations that say much the same. Pure."""

from django.db.models import TextChoices


class SimilarVerdict(TextChoices):
    """What a person decided of a pair."""

    LINKED = "linked", "Linked"
    DECLINED = "declined", "Not alike"


# What is done with pairs, in the words of a history.
SIMILAR_VERBS = {
    "log_linked_update": "Force update added, to linked ones too",
    "link_similar": "Linked with one that asks much the same",
    "decline_similar": "Found not to be like another",
    "end_links": "Links ended",
}
