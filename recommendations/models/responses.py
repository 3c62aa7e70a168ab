"""Responses under section 55 of the Police Act 1996: versions, comments, and which recommendation each answers."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.models.base import Record, RecordQuerySet


class ResponseQuerySet(RecordQuerySet):
    def visible_to(self, user):
        return self if user.has_perm("see_responses") else self.none()


class Response(Record):
    """What a body says about one or more inspections."""

    body = models.ForeignKey("PolicingBody", on_delete=models.PROTECT, related_name="responses")
    title = models.CharField(max_length=300)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"Response: {self.title}"

    def get_absolute_url(self):
        return reverse("response", args=[self.pk])


class ResponseInspection(Record):
    """A response answers an inspection; one response can cover a national and a force report."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    inspection = models.ForeignKey("Inspection", on_delete=models.PROTECT, related_name="answered_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "inspection"], name="response_answers_once")]

    def __str__(self):
        return f"{self.response} answers {self.inspection}"


class ResponseVersion(Record):
    """A published text. It never changes; a correction is a new version."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    body_name = models.CharField(max_length=160, help_text="The body's name of that day, as published.")
    published_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    narrative = models.JSONField(default=list, help_text="The paragraphs, in order.")
    footnotes = models.JSONField(default=list, help_text="Each a mark and its text.")
    chief_officer_comments = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    left_out = models.JSONField(default=list, help_text="Lines of the document that were left out on purpose.")
    source_name = models.CharField(max_length=200, blank=True)
    source_text = models.TextField(blank=True, help_text="The document as it was read, line by line.")
    source_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["response", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="response_version_once"),
            models.UniqueConstraint(
                fields=["source_sha256"],
                condition=~Q(source_sha256=""),
                name="response_document_once",
                violation_error_message="This document is here already.",
            ),
        ]

    def __str__(self):
        return f"{self.response}, version {self.number}"


class Comment(Record):
    """The body's own words on one or more recommendations."""

    version = models.ForeignKey(ResponseVersion, on_delete=models.PROTECT, related_name="comments")
    position = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="comment_place_once")]

    def __str__(self):
        return f"Comment {self.position} in {self.version}"


class CommentAnswer(Record):
    """A comment answers a recommendation, or one part of it."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="answers")
    recommendation = models.ForeignKey("Recommendation", on_delete=models.PROTECT, related_name="answers")
    sub_recommendation = models.ForeignKey("SubRecommendation", on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "recommendation"],
                condition=Q(sub_recommendation__isnull=True),
                name="comment_answers_once",
            ),
            models.UniqueConstraint(
                fields=["comment", "recommendation", "sub_recommendation"],
                condition=Q(sub_recommendation__isnull=False),
                name="comment_answers_part_once",
            ),
        ]

    def __str__(self):
        return f"{self.comment} answers {self.recommendation}"
