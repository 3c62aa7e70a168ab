"""Responses under section 55 of the Police Act 1996: versions, comments, and which recommendations they answer."""

import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.digests import sha256_of
from recommendations.enums import ActionKind, Decision, ResponseState
from recommendations.models.base import Guarded, Record, RecordQuerySet
from recommendations.models.forces.transfers import CameOver
from recommendations.models.responses.comments import ChiefOfficerComments


class ResponseQuerySet(RecordQuerySet):
    def visible_to(self, user):
        return self if user.has_perm("see_responses") else self.none()

    def without_report(self):
        """Drafts whose reports were all withdrawn, so that there is nothing left to answer."""
        standing = ResponseInspection.objects.filter(inspection__withdrawn_at__isnull=True)
        drafts = self.filter(versions__isnull=True).exclude(state=ResponseState.WITHDRAWN)
        return drafts.exclude(answers__in=standing)

    def public(self):
        """Responses with a published version and an address. Includes withdrawn ones, whose page says so."""
        return self.filter(pk__in=ResponseVersion.objects.order_by().values("response")).exclude(slug="")


class Response(Record, CameOver):
    """A body's response to one or more inspections."""

    response_on: datetime.date  # of its first publication, if queried by views/responses/responses.py

    body = models.ForeignKey("PolicingBody", on_delete=models.PROTECT, related_name="responses")
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=ResponseState, default=ResponseState.DRAFTING)
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of its first publication.")
    slug = models.SlugField(max_length=120, blank=True, help_text="Its public address, frozen at first publication.")
    keeper = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Who writes its draft."
    )
    came_from = models.ForeignKey(
        "PolicingBody", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    # What the force sees of it, if queried by domain/responses/chief_officers/force_invitations.py.
    said_by_the_force: list[ChiefOfficerComments]
    of_the_force: "list[ResponseInspection]"

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            *CameOver.Meta.constraints,
            models.CheckConstraint(name="response_state_known", condition=Q(state__in=ResponseState.values)),
            models.UniqueConstraint(fields=["year", "slug"], condition=~Q(slug=""), name="response_address_once"),
            models.CheckConstraint(
                name="response_address_is_whole",
                condition=Q(year__isnull=True, slug="") | (Q(year__isnull=False) & ~Q(slug="")),
            ),
            models.CheckConstraint(
                name="response_withdrawn_says_why",
                condition=(Q(state=ResponseState.WITHDRAWN, withdrawn_at__isnull=False) & ~Q(withdrawn_why=""))
                | (~Q(state=ResponseState.WITHDRAWN) & Q(withdrawn_at__isnull=True, withdrawn_why="")),
            ),
        ]

    def __str__(self):
        return f"Response: {self.title}"

    def get_absolute_url(self):
        return reverse("response", args=[self.pk])

    def get_public_url(self):
        """Its public address, in words: /published/2026/fit-to-serve/."""
        return reverse("public_response", args=[self.year, self.slug])


class ResponseInspection(Record):
    """An inspection that a response answers; one response can cover a national and a force report."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    inspection = models.ForeignKey("Inspection", on_delete=models.PROTECT, related_name="answered_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "inspection"], name="response_answers_once")]

    def __str__(self):
        return f"{self.response} answers {self.inspection}"


class ResponseVersion(Record):
    """A published version: its number, days and files. Its text is a PublishedText.

    It never changes; a correction is a new version.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    body_name = models.CharField(max_length=160, help_text="The body's name of that day, as published.")
    published_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    left_out = models.JSONField(default=list, help_text="Lines of the document that were left out on purpose.")
    source_name = models.CharField(max_length=200, blank=True)
    source_text = models.TextField(blank=True, help_text="The document as it was read, line by line.")
    source_sha256 = models.CharField(max_length=64, blank=True)
    layout = models.ForeignKey(
        "DocumentLayout",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="response_versions",
        verbose_name="read by the layout",
    )
    correction = models.TextField(blank=True, help_text="What a later version corrects, as its page says.")
    submission = models.OneToOneField(
        "ResponseSubmission", on_delete=models.PROTECT, null=True, blank=True, related_name="published_as"
    )
    pdf = models.OneToOneField("IssuedFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.OneToOneField("IssuedFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["response", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="response_version_once"),
            models.CheckConstraint(
                name="response_version_correction_says_what",
                condition=Q(submission__isnull=True) | Q(number=1) | ~Q(correction=""),
            ),
            models.CheckConstraint(
                name="response_version_written_here_is_whole",
                condition=Q(submission__isnull=True) | Q(pdf__isnull=False, text__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["source_sha256"],
                condition=~Q(source_sha256=""),
                name="response_document_once",
                violation_error_message="This document is here already.",
            ),
        ]

    def __str__(self):
        return f"{self.response}, version {self.number}"


class PublishedText(Guarded):
    """The complete text of a version, as shown to the public. Never changed.

    Every version has one, whether written here or imported. `text` is ResponseText of domain/responses/text.py as JSON;
    `sha256` is the digest of its canonical text.
    """

    derived_columns = {"sha256": lambda row: sha256_of(row.text)}

    of = models.OneToOneField(ResponseVersion, on_delete=models.PROTECT, related_name="reads")
    heading = models.TextField()
    text = models.JSONField()
    sha256 = models.CharField(max_length=64)

    def __str__(self):
        return f"The text of {self.of}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValueError("A published text never changes: a correction is a new version.")
        super().save(*args, **kwargs)


class Comment(Record):
    """The body's own words on one or more recommendations."""

    version = models.ForeignKey(ResponseVersion, on_delete=models.PROTECT, related_name="comments")
    position = models.PositiveIntegerField()
    text = models.TextField()

    promised: Any  # what views/responses/responses.py shows beside it

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


class Explanation(Record):
    """The body's explanation for one recommendation in one version: action taken, proposed, or none with the reason."""

    of = models.ForeignKey(ResponseVersion, on_delete=models.PROTECT, related_name="explanations")
    recommendation = models.ForeignKey("Recommendation", on_delete=models.PROTECT, related_name="explanations")
    action = models.CharField(max_length=10, choices=ActionKind)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["of", "recommendation__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["of", "recommendation"], name="explanation_once"),
            models.CheckConstraint(name="explanation_action_known", condition=Q(action__in=ActionKind.values)),
            models.CheckConstraint(
                name="explanation_none_says_why", condition=~Q(action=ActionKind.NONE) | ~Q(reason="")
            ),
        ]

    def __str__(self):
        return f"{self.get_action_display()}: {self.recommendation}"


def digest_of_draft(draft: dict) -> str:
    """The SHA-256 of a drafted text, without `first_on`, so that submissions older than that field keep theirs."""
    return sha256_of(draft | {"text": {name: value for name, value in draft["text"].items() if name != "first_on"}})


class ResponseSubmission(Record):
    """A text submitted for approval, complete and frozen, and its decision.

    `text` is DraftText of domain/responses/draft/submitted_text.py as JSON; `digest` its SHA-256.
    """

    derived_columns = {"digest": lambda row: digest_of_draft(row.text)}

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="submissions")
    text = models.JSONField()
    digest = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=20, choices=Decision, default=Decision.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    remarks = models.TextField(blank=True)
    outside_by = models.CharField("approved by", max_length=120, blank=True)
    outside_on = models.DateField("approved on", null=True, blank=True)
    outside_evidence = models.TextField("evidence", blank=True)

    class Meta:
        ordering = ["response", "-submitted_at", "-id"]
        constraints = [
            models.CheckConstraint(name="submission_decision_known", condition=Q(decision__in=Decision.values)),
            models.CheckConstraint(
                name="submission_decided_has_its_moment",
                condition=Q(decision=Decision.WAITING, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision=Decision.WAITING) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="submission_approved_by_another",
                condition=~Q(decision=Decision.APPROVED)
                | Q(decided_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(decided_by=models.F("submitted_by")),
                violation_error_message="The person who submitted a response cannot approve it.",
            ),
            models.CheckConstraint(
                name="submission_sent_back_says_why", condition=~Q(decision=Decision.SENT_BACK) | ~Q(remarks="")
            ),
            models.CheckConstraint(
                name="submission_outside_says_who_when_and_how",
                condition=(
                    Q(decision=Decision.APPROVED_OUTSIDE, outside_on__isnull=False)
                    & ~Q(outside_by="")
                    & ~Q(outside_evidence="")
                )
                | Q(
                    ~Q(decision=Decision.APPROVED_OUTSIDE),
                    outside_on__isnull=True,
                    outside_by="",
                    outside_evidence="",
                )
                | Q(decision=Decision.DROPPED),
            ),
            models.UniqueConstraint(
                fields=["response"], condition=Q(decision=Decision.WAITING), name="submission_one_waits"
            ),
        ]

    def __str__(self):
        return f"{self.response}, submitted {self.submitted_at:%d %B %Y}"
