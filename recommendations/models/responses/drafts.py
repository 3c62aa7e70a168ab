"""Texts that are still being written: a response in parts, comments, a form. None is a record until saved or submitted.

Each part of a response has its own version, so two people can write in two parts at once, and neither overwrites the
other in the same part.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.digests import digest
from recommendations.enums import ActionKind, Every, Marking
from recommendations.models.responses.responses import ResponseSubmission
from recommendations.models.sealed_rows import SealedRow
from recommendations.permissions import May

NARRATIVE, REPLY, CORRECTION = "narrative", "reply", "correction"


class DraftPart(SealedRow):
    """One part of a draft response: the narrative, the reply to the chief officer, a comment on one recommendation, or
    (for a published response) the description of the correction.

    `with_part` is the part whose comment answers this recommendation too; then `text` is empty. A part that nobody has
    written yet has version 0. Who saved it last is sealed, as that person may not approve the response.
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

    dropped: ResponseSubmission | None  # what saving it dropped, if saved by domain/responses/draft/parts.py

    class Meta:
        verbose_name = "part of a draft response"
        verbose_name_plural = "parts of draft responses"
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

    def sealed_values(self) -> list:
        about = [self.response_id, self.recommendation_id, self.name]
        return ["part of a draft", *about, self.saved_by_id, digest(self.saved_at)]

    @property
    def key(self) -> str:
        """Its name in forms and addresses, known before it is first saved: narrative, recommendation-12."""
        return self.name or f"recommendation-{self.recommendation_id}"


class DraftCommitment(models.Model):
    """A sentence of a draft that is marked as a commitment or, if `declined`, as not being one."""

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
    """A force's draft of its chief officer's comments, visible only inside the force until submitted.

    The day is stored as typed, so that nothing that the user wrote is lost.
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
    """An uploaded file of a chief officer's comments: its bytes and the text read from it.

    It is there for the person who uploaded it, until the comments are recorded.
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


class DocumentDraftQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The user's own, while they may import documents."""
        return self.filter(by=user) if user.has_perm(May.IMPORT_RESPONSE) else self.none()


class DocumentDraft(models.Model):
    """A document that is being imported: its lines, and what its owner marked and typed; only they see it.

    `kind` is "response" for a published response, otherwise a DocumentKind. `lines` are rows of DocumentLine without
    their numbers. `reading` identifies the blocks by which marks were made, one string for each. `steps` are the marks
    in the order in which they were made, several where one press made them, and `undone` those to redo, the last one
    first. `typed` are the fields that were typed, by name. `layout` is the remembered one that it is in: it is
    read by it unless its owner wants it read afresh. `remember_layout` says whether saving it keeps its own.
    `version` is for saves from two tabs.
    """

    by = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    lines = models.JSONField()
    reading = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    undone = models.JSONField(default=list)
    typed = models.JSONField(default=dict)
    layout = models.ForeignKey("DocumentLayout", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    read_afresh = models.BooleanField(default=False)
    remember_layout = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects = DocumentDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-id"]

    def __str__(self):
        return self.name or "pasted text"

    def get_absolute_url(self):
        return reverse("check_document", args=[self.pk])


class TypedDraft(models.Model):
    """What one person typed in a form of a record and has not saved; only they see it, until it is saved or discarded.

    `place` names the form and its record, "force-update-12"; `fields` has the texts by field name, only those that
    differ from the form's initial values.
    """

    by = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=60)
    fields = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "place"], name="typeddraft_one_a_form")]

    def __str__(self):
        return f"Typed by {self.by}: {self.place}"
