"""Accountability meetings: the policing body holds the chief officer to account, item by item.

What an item says is kept with it when the agenda is made ready (ItemFacts), so that agenda and minutes never change.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.enums import AssuranceView
from recommendations.enums.accountability import ABOUT, AgendaState, ItemKind
from recommendations.enums.force_pages import ReleaseState
from recommendations.models.base import ActiveManager, Record, RecordQuerySet, Withdrawable
from recommendations.models.evidence import Proof, exactly_one
from recommendations.models.forces.transfers import CameOver
from recommendations.models.inspections.inspections import shorten
from recommendations.models.public.releases import Release, ReleasedFacts, ReleaseQuerySet
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.sections import Section

LONGEST_TITLE = 120


class AccountabilityQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for the office; a lead's own force's from the agenda on; none for others, or while they are off."""
        if not (user.has_perm(May.SEE_REGISTER) and Section.ACCOUNTABILITY.is_on):
            return self.none()
        if not user.force_id:
            return self
        return self.filter(force=user.force_id, withdrawn_at__isnull=True).exclude(state=AgendaState.PREPARING)


class AccountabilityMeeting(Withdrawable, CameOver):
    """A meeting of the policing body with the chief officer of one force, on a London day."""

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="accountability_meetings")
    title = models.CharField(max_length=LONGEST_TITLE)
    on = models.DateField("day")
    time_words = models.CharField("time", max_length=60, blank=True, help_text="10am to noon.")
    place = models.CharField(max_length=200, blank=True)
    in_public = models.BooleanField("held in public", default=False)
    present = models.TextField("who was there", blank=True)
    state = models.CharField(max_length=10, choices=AgendaState, default=AgendaState.PREPARING)
    ready_at = models.DateTimeField(null=True, blank=True)
    ready_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    minuted_at = models.DateTimeField(null=True, blank=True)
    minuted_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActiveManager.from_queryset(AccountabilityQuerySet)()
    on_file = AccountabilityQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            *CameOver.Meta.constraints,
            models.CheckConstraint(name="accountabilitymeeting_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="accountabilitymeeting_state_has_moments",
                condition=Q(state=AgendaState.PREPARING, ready_at__isnull=True, minuted_at__isnull=True)
                | Q(state=AgendaState.READY, ready_at__isnull=False, minuted_at__isnull=True)
                | Q(state=AgendaState.MINUTED, ready_at__isnull=False, minuted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {say(self.on)}"

    def get_absolute_url(self) -> str:
        return reverse("accountability_meeting", args=[self.pk])

    @property
    def is_preparing(self) -> bool:
        return self.state == AgendaState.PREPARING and self.withdrawn_at is None

    @property
    def is_ready(self) -> bool:
        return self.state == AgendaState.READY and self.withdrawn_at is None

    @property
    def is_minuted(self) -> bool:
        return self.state == AgendaState.MINUTED and self.withdrawn_at is None


class AgendaItemQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The items of the meetings that a person sees."""
        return self.filter(meeting__in=AccountabilityMeeting.on_file.visible_to(user))


class AgendaItem(Withdrawable):
    """An item of an agenda. `carried` are the open actions of earlier meetings and the open requests of committees,
    added when the agenda is made ready.

    An item of part of the register has the colours (RAG) that it asks for, parted by spaces.
    """

    meeting = models.ForeignKey(AccountabilityMeeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField("what it is about", max_length=10, choices=ItemKind)
    heading = models.CharField(max_length=200, blank=True)
    question = models.TextField("what to ask", blank=True)
    restricted = models.BooleanField("restricted", default=False, help_text="The public reads that it is not shown.")
    carried = models.BooleanField(default=False)
    colours = models.CharField(max_length=40, blank=True)
    late_only = models.BooleanField(default=False)
    tracked = models.ForeignKey(
        "TrackedRecommendation", on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    inspection = models.ForeignKey(
        "Inspection", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="report"
    )
    grade = models.ForeignKey(
        "PeelGrade", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="PEEL grade"
    )
    commitment = models.ForeignKey("Commitment", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    action = models.ForeignKey("Action", on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items")
    request = models.ForeignKey(
        "CommitteeRequest",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name="committee’s request",
    )

    objects = ActiveManager.from_queryset(AgendaItemQuerySet)()
    on_file = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "carried", "position", "id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                name="agendaitem_is_about_one",
                condition=Q(kind__in=ABOUT) & exactly_one(*ABOUT)
                | Q(kind__in=[ItemKind.REGISTER, ItemKind.WORDS], **{f"{each}__isnull": True for each in ABOUT}),
            ),
            models.CheckConstraint(
                name="agendaitem_words_are_said", condition=~Q(kind=ItemKind.WORDS) | ~Q(heading="")
            ),
        ]

    def __str__(self) -> str:
        return self.heading or str(self.about or self.get_kind_display())

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#item-{self.pk}"

    @property
    def about(self) -> models.Model | None:
        """The record that it is about; None for part of the register, or free words."""
        return getattr(self, self.kind) if self.kind in ABOUT else None


class ItemFacts(ReleasedFacts):
    """What an item says since its agenda is ready: ItemWords of domain/accountability/data.py."""

    of = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="says")

    class Meta:
        verbose_name = "facts of an agenda item"
        verbose_name_plural = "facts of agenda items"

    def __str__(self) -> str:
        return f"What {self.of} says"


class ItemMinutes(Record):
    """What was asked and answered about an item, and the body's view. They never change once they are confirmed.

    `assurance` is the body's view on the register, recorded as the minutes are confirmed.
    """

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="minutes")
    asked = models.TextField("what was asked", blank=True)
    answered = models.TextField("what was answered", blank=True)
    view = models.CharField("the body’s view", max_length=16, choices=AssuranceView, blank=True)
    why = models.TextField("why", blank=True)
    assurance = models.ForeignKey("Assurance", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["item"]
        verbose_name_plural = "minutes of items"
        constraints = [
            models.CheckConstraint(name="itemminutes_view_known", condition=Q(view__in=["", *AssuranceView.values]))
        ]

    def __str__(self) -> str:
        return f"Minutes of {self.item}"


class ItemAction(Record):
    """An action that was agreed at an item of a meeting."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="agreed")
    action = models.OneToOneField("Action", on_delete=models.PROTECT, related_name="agreed_at")

    class Meta:
        ordering = ["item", "id"]

    def __str__(self) -> str:
        return f"{self.action}, agreed at {self.item}"


class ActionProof(Proof):
    """The evidence by which an action is done.

    `row` is the row of the action that says that it is done; the evidence counts as long as that row does.
    """

    action = models.ForeignKey("Action", on_delete=models.PROTECT, related_name="proofs")
    row = models.OneToOneField("ActionRow", on_delete=models.PROTECT, related_name="proof")
    paper = models.ForeignKey("ScrutinyReport", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Proof.Meta):
        constraints = [
            *Proof.Meta.constraints,
            models.CheckConstraint(
                name="actionproof_shows_something",
                condition=~Q(words="") | Q(item__isnull=False) | Q(paper__isnull=False),
            ),
        ]


class MeetingReleaseQuerySet(ReleaseQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for the office, while accountability meetings are on. Released ones are public anyway."""
        found: Self = super().visible_to(user)
        return found if Section.ACCOUNTABILITY.is_on else found.none()


class MeetingRelease(Release):
    """The agenda of a meeting, or its minutes, as the public reads them. `pdf` is the file as published.

    `pdf_sha256` is the digest of the facts that the file was made from: once they are redacted, the file is withheld.
    """

    subject = "meeting_page"
    meeting = models.ForeignKey(AccountabilityMeeting, on_delete=models.PROTECT, related_name="releases")
    pdf = models.ForeignKey("IssuedFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pdf_sha256 = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects = ActiveManager.from_queryset(MeetingReleaseQuerySet)()
    on_file = MeetingReleaseQuerySet.as_manager()

    class Meta(Release.Meta):
        constraints = [
            *Release.Meta.constraints,
            models.CheckConstraint(
                name="meetingrelease_released_has_pdf",
                condition=Q(state=ReleaseState.RELEASED, pdf__isnull=False)
                | (~Q(state=ReleaseState.RELEASED) & Q(pdf__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        about = f"{shorten(self.meeting.title, 60)}, {say(self.meeting.on)}"
        return f"{about}, release {self.number}" if self.number else about

    def get_absolute_url(self) -> str:
        return reverse("meeting_page_release", args=[self.pk])

    def get_public_url(self) -> str:
        return reverse("public_meeting_release", args=[self.force.slug, self.number])


class PublicMeetingFacts(ReleasedFacts):
    """The complete facts of a release: MeetingFacts of domain/accountability/data.py."""

    of = models.OneToOneField(MeetingRelease, on_delete=models.PROTECT, related_name="says")

    class Meta:
        verbose_name = "facts of a released meeting"
        verbose_name_plural = "facts of released meetings"

    def __str__(self) -> str:
        return f"What {self.of} says"
