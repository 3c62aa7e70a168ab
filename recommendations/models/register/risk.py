"""The office's risk assessment of an open recommendation, and why it is late, with the mitigation.

Dated rows, as for the voices: added, never overwritten, and withdrawn if wrong.
"""

from collections.abc import Iterable, Mapping

from django.db import models
from django.db.models import Q

from recommendations.models.base import DatedQuerySet, DatedRow, latest_index
from recommendations.periods import say

MOST_THEMES = 20  # of one recommendation: no more fit the column


def pack(themes: Iterable[str]) -> str:
    """Theme keys as stored, each between commas, so that one can be searched for: ",custody,data,"."""
    keys = sorted(set(themes))
    return f",{','.join(keys)}," if keys else ""


def unpack(column: str) -> tuple[str, ...]:
    """The theme keys in a stored column, in order."""
    return tuple(filter(None, column.split(",")))


def theme_words(column: str, words: Mapping[str, str]) -> list[str]:
    """The themes of a stored column in the office's words (key → words), in the order of `words`."""
    keys = unpack(column)
    return [words[key] for key in words if key in keys] + [key for key in keys if key not in words]


class Weight(DatedRow):
    """The office's assessment: the risk while it is open, why, and its themes.

    A row with the same risk as the one before is a review that confirms it.
    """

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="weights")
    risk = models.CharField(max_length=40, blank=True)
    why = models.TextField("why", blank=True)
    themes = models.CharField(
        max_length=1000, blank=True, help_text="Keys of the office’s themes, each between commas."
    )

    objects = DatedQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = verbose_name_plural = "risk and themes"
        indexes = [latest_index("weight", "risk")]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="weight_says_why", condition=Q(risk="") | ~Q(why="")),
        ]

    def __str__(self):
        return f"Risk of {self.tracked}, {say(self.effective_on)}"


class Delay(DatedRow):
    """The force's voice: why it is late, and how the public is protected meanwhile. Both empty: no longer late."""

    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="delays")
    cause = models.CharField("cause of delay", max_length=40, blank=True)
    words = models.TextField("why it is late", blank=True)
    mitigation = models.TextField("mitigation", blank=True)
    said_by = models.CharField("said by", max_length=120, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        verbose_name, verbose_name_plural = "cause of delay", "causes of delay"
        indexes = [latest_index("delay", "cause")]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="delay_words_have_a_cause", condition=Q(words="") | ~Q(cause="")),
        ]

    def __str__(self):
        return f"Delay of {self.tracked}, {say(self.effective_on)}"
