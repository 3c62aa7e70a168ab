"""Files attached to records: what, to which record, by whom. Their bytes are stored under their SHA-256."""

from django.db import models
from django.db.models import Q

from recommendations.enums import Marking
from recommendations.models.actions import Action
from recommendations.models.base import ActiveManager, RecordQuerySet, Withdrawable
from recommendations.models.commitments import Commitment
from recommendations.models.evidence import exactly_one
from recommendations.models.register.tracked import TrackedRecommendation
from recommendations.permissions import May
from recommendations.sections import Section

SUBJECTS = ("update", "assurance", "closure", "recheck", "answer", "commitment_check", "request", "action", "tracked")
TRACKED_PATHS = (
    "update__tracked",
    "assurance__tracked",
    "closure__tracked",
    "recheck__tracked",
    "answer__line__tracked",
    "tracked",
)
# The paths to what a file is attached to and who attached it, for `select_related`.
SUBJECT_PATHS = (
    "recorded_by",
    *TRACKED_PATHS,
    "answer__line__round__force",
    "commitment_check__commitment",
    "request__panel",
    "action",
)


class AttachmentQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Those on records that this user may see: on the register, actions and in rounds by force, on commitments by
        right.

        Files on a committee's request are the office's, whichever paper prints the request. None while files are off.
        """
        if not user.has_perm(May.SEE_REGISTER) or not Section.FILES.is_on:
            return self.none()
        if not user.force_id:
            return self
        seen = TrackedRecommendation.objects.visible_to(user).values("pk")
        on_register = Q(update__tracked__in=seen) | Q(assurance__tracked__in=seen) | Q(closure__tracked__in=seen)
        answered = Q(answer__line__tracked__in=seen, answer__line__round__force=user.force_id)
        on_actions = Q(action__in=Action.objects.visible_to(user).values("pk"))
        promised = Q(commitment_check__commitment__in=Commitment.objects.visible_to(user).values("pk"))
        on_register |= Q(recheck__tracked__in=seen)
        return self.filter(on_register | answered | promised | on_actions | Q(tracked__in=seen))

    def of_tracked(self, tracked):
        """Those on a tracked recommendation or on any entry about it."""
        of = Q(update__tracked=tracked) | Q(assurance__tracked=tracked) | Q(closure__tracked=tracked)
        of |= Q(recheck__tracked=tracked)
        return self.filter(of | Q(answer__line__tracked=tracked) | Q(tracked=tracked))

    def of_commitment(self, commitment):
        """Those on the checks of a commitment."""
        return self.filter(commitment_check__commitment=commitment)

    def with_subject(self):
        """With what each file is attached to, and who attached it."""
        return self.select_related(*SUBJECT_PATHS)


class Attachment(Withdrawable):
    """One file on one record. The bytes are in the file store under `sha256`, and never change.

    `removed_at` means that the bytes were deleted, because they held personal data that does not belong here.
    """

    update = models.ForeignKey("ForceUpdate", on_delete=models.PROTECT, null=True, blank=True, related_name="files")
    assurance = models.ForeignKey("Assurance", on_delete=models.PROTECT, null=True, blank=True, related_name="files")
    closure = models.ForeignKey("Closure", on_delete=models.PROTECT, null=True, blank=True, related_name="files")
    recheck = models.ForeignKey("Recheck", on_delete=models.PROTECT, null=True, blank=True, related_name="files")
    answer = models.ForeignKey("RoundAnswer", on_delete=models.PROTECT, null=True, blank=True, related_name="files")
    commitment_check = models.ForeignKey(
        "CommitmentCheck", on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    request = models.ForeignKey(
        "CommitteeRequest", on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    action = models.ForeignKey("Action", on_delete=models.PROTECT, null=True, blank=True, related_name="files")
    tracked = models.ForeignKey(
        "TrackedRecommendation", on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField("size in bytes")
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    marking = models.CharField("marking", max_length=12, choices=Marking, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    text: str  # extracted from its bytes, if domain/search/of_files.py queried it

    objects = ActiveManager.from_queryset(AttachmentQuerySet)()
    on_file = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "attached file"
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(name="attachment_has_one_subject", condition=exactly_one(*SUBJECTS)),
            models.CheckConstraint(name="attachment_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="attachment_is_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(name="attachment_marking_known", condition=Q(marking__in=["", *Marking.values])),
            *(
                models.UniqueConstraint(
                    fields=[each, "sha256"],
                    condition=Q(withdrawn_at__isnull=True),
                    name=f"attachment_once_on_{each}",
                    violation_error_message="This file is attached already.",
                )
                for each in SUBJECTS
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def subject(self):
        """What it is attached to: a force update, assurance, closure, answer, check, request, action or record."""
        return next(found for each in SUBJECTS if (found := getattr(self, each)) is not None)

    @property
    def kind(self) -> str:
        """The name in SUBJECTS of what it is attached to."""
        return next(each for each in SUBJECTS if getattr(self, f"{each}_id") is not None)

    def get_absolute_url(self):
        return record_of(self.subject).get_absolute_url()


class StoredFile(models.Model):
    """The bytes in the file store under a SHA-256, with the text extracted for search. Not a record.

    The row is saved before the bytes, so that the store never has bytes without a row.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField("size in bytes")
    brought_at = models.DateTimeField()
    text = models.TextField(blank=True)
    is_read_whole = models.BooleanField("whether the text is all that the file says", default=False)

    class Meta:
        verbose_name = "text of an attached file"

    def __str__(self):
        return getattr(Attachment.on_file.filter(sha256=self.pk).first(), "name", "")


def record_of(subject):
    """The record with a page that a subject belongs to: a tracked recommendation, commitment, request or action."""
    if (line := getattr(subject, "line", None)) is not None:
        return line.tracked
    return getattr(subject, "tracked", None) or getattr(subject, "commitment", None) or subject
