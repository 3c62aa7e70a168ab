"""What a person is still writing: a response with its parts, comments, a form of a record. No records: what is saved
or submitted is one.

Each part of a response has a version of its own, so two people can write in two parts at once, and in one part neither
overwrites the other.
"""

from django.db import models
from django.db.models import Q

from recommendations.enums import ActionKind, Every, Marking
from recommendations.models.responses import ResponseSubmission

NARRATIVE, REPLY, CORRECTION = "narrative", "reply", "correction"


class DraftPart(models.Model):
    """One part of a draft: the narrative, the reply to the chief officer, or what is said to one recommendation.

    Where a published response is corrected, what is corrected is a part too. `with_part` is the part whose comment
    answers this recommendation too; then `text` is empty. A part that nobody wrote yet has version 0.
    """

    response = models.ForeignKey("Response", on_delete=models.CASCADE, related_name="parts")
    recommendation = models.ForeignKey(
        "Recommendation", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(
        max_length=12, blank=True, help_text="narrative, reply or correction; empty for a recommendation."
    )
    text = models.TextField(blank=True)
    action = models.CharField(max_length=10, choices=ActionKind, blank=True)
    reason = models.TextField(blank=True)
    with_part = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="answered_too")
    marking = models.CharField(max_length=10, choices=Marking, default=Marking.OFFICIAL)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    dropped: ResponseSubmission | None  # what the save dropped, where domain/responses/draft/parts.py saved it

    class Meta:
        ordering = ["response", "recommendation__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "name"], condition=Q(recommendation__isnull=True), name="draftpart_name_once"
            ),
            models.UniqueConstraint(
                fields=["response", "recommendation"],
                condition=Q(recommendation__isnull=False),
                name="draftpart_recommendation_once",
            ),
            models.CheckConstraint(name="draftpart_marking_known", condition=Q(marking__in=Marking.values)),
            models.CheckConstraint(
                name="draftpart_is_one_or_the_other",
                condition=Q(recommendation__isnull=False, name="")
                | Q(recommendation__isnull=True, name__in=[NARRATIVE, REPLY, CORRECTION]),
            ),
        ]

    def __str__(self):
        return f"{self.name or self.recommendation} of {self.response}"

    @property
    def key(self) -> str:
        """Its name in forms and addresses, which it has before anybody wrote it: narrative, recommendation-12."""
        return self.name or f"recommendation-{self.recommendation_id}"


class DraftCommitment(models.Model):
    """A sentence of a draft that was marked as a commitment, or of which somebody said that it is none."""

    part = models.ForeignKey(DraftPart, on_delete=models.CASCADE, related_name="commitments")
    quote = models.TextField()
    declined = models.BooleanField(default=False)
    keeper = models.CharField(max_length=120, blank=True)
    check_on = models.DateField(null=True, blank=True)
    every = models.CharField(max_length=10, choices=Every, default=Every.ONCE)

    class Meta:
        ordering = ["part", "id"]
        constraints = [
            models.CheckConstraint(
                name="draftcommitment_is_whole",
                condition=Q(declined=True) | (Q(check_on__isnull=False) & ~Q(keeper="")),
            ),
            models.CheckConstraint(name="draftcommitment_every_known", condition=Q(every__in=Every.values)),
        ]

    def __str__(self):
        return self.quote


class CommentsDraft(models.Model):
    """What a force is writing as its chief officer's comments. It stays inside the force until it is submitted.

    The day is kept as it was typed, so that nothing that a person wrote is lost.
    """

    invitation = models.OneToOneField("Invitation", on_delete=models.CASCADE, related_name="draft")
    text = models.TextField(blank=True)
    signed_by = models.CharField(max_length=120, blank=True)
    signed_as = models.CharField(max_length=120, blank=True)
    dated = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self):
        return f"Draft of comments: {self.invitation}"


class FileDraft(models.Model):
    """A file with a chief officer's comments on its way in: its bytes, and the words that were read of it.

    It is there for the person who brought it, until the comments are recorded.
    """

    token = models.CharField(max_length=40, primary_key=True)
    by = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    response = models.ForeignKey("Response", on_delete=models.CASCADE, related_name="+")
    force = models.ForeignKey("Force", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    text = models.TextField()

    def __str__(self):
        return self.name


class TypedDraft(models.Model):
    """What one person typed in a form of a record and has not saved: theirs alone, until it is saved or discarded.

    `place` names the form and its record, "force-update-12"; `fields` are the texts by the name of the field, only
    those that differ from what the form starts with.
    """

    by = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=60)
    fields = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "place"], name="typeddraft_one_a_form")]

    def __str__(self):
        return f"Typed by {self.by}: {self.place}"
