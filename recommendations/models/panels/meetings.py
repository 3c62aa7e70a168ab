"""Meetings of panels, their attendance, minutes and papers."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations.enums import MeetingFileKind, MeetingState, Presence
from recommendations.models.base import ActiveManager, RecordQuerySet, Withdrawable
from recommendations.models.panels.panels import Panel, Person
from recommendations.periods import say
from recommendations.permissions import May


class MeetingQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office; for a force those of its own Channel panels; none for others."""
        if user.has_perm(May.RECORD_MEETINGS):
            return self
        return self.filter(panel__in=Panel.objects.visible_to(user)) if user.has_perm(May.SEE_PANELS) else self.none()

    def ahead(self, day):
        """Planned for `day` or later, soonest first."""
        return self.filter(state=MeetingState.PLANNED, on__gte=day).order_by("on", "start", "id")


class Meeting(Withdrawable):
    """One meeting of a panel, on a London day with London times. Recording its attendance marks it as held."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField("day")
    start = models.TimeField("start time", null=True, blank=True)
    end = models.TimeField("end time", null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=MeetingState, default=MeetingState.PLANNED)
    cancelled_why = models.TextField("why it was cancelled", blank=True)
    moved_from = models.DateField("moved from", null=True, blank=True)
    note = models.TextField("note for the minutes", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActiveManager.from_queryset(MeetingQuerySet)()
    on_file = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-start", "-id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(
                fields=["panel", "on"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(state=MeetingState.CANCELLED),
                name="meeting_once_a_day",
                violation_error_message="This panel has a meeting on this day already.",
            ),
            models.CheckConstraint(
                name="meeting_times_in_order",
                condition=Q(end__isnull=True) | Q(start__isnull=False, end__gt=F("start")),
                violation_error_message="The end is not after the start.",
            ),
            models.CheckConstraint(
                name="meeting_cancelled_says_why",
                condition=(Q(state=MeetingState.CANCELLED) & ~Q(cancelled_why=""))
                | (~Q(state=MeetingState.CANCELLED) & Q(cancelled_why="")),
                violation_error_message="Say why the meeting is cancelled.",
            ),
            models.CheckConstraint(name="meeting_state_known", condition=Q(state__in=MeetingState.values)),
            models.CheckConstraint(
                name="meeting_moved_from_another_day", condition=Q(moved_from__isnull=True) | ~Q(moved_from=F("on"))
            ),
        ]

    def __str__(self):
        return f"{self.panel}, {say(self.on)}"

    def get_absolute_url(self):
        return reverse("meeting", args=[self.pk])


class FileQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office, none for others."""
        return self if user.has_perm(May.RECORD_MEETINGS) else self.none()


class MeetingFile(Withdrawable):
    """Minutes or papers of a meeting, stored as received."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=12, choices=MeetingFileKind)
    file = models.OneToOneField("IssuedFile", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActiveManager.from_queryset(FileQuerySet)()
    on_file = FileQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "kind", "id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(name="meetingfile_kind_known", condition=Q(kind__in=MeetingFileKind.values)),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.meeting}"

    def get_absolute_url(self):
        return reverse("meeting", args=[self.meeting_id])


class AttendanceQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office; for a force the attendance of its own people at its own Channel panels."""
        if user.has_perm(May.RECORD_MEETINGS):
            return self
        return self.filter(of_force=True, meeting__in=Meeting.objects.visible_to(user))


class Attendance(Person, Withdrawable):
    """One person's attendance at one meeting. Rank and decision maker are those of the person who came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    member = models.ForeignKey(
        "PanelMember", on_delete=models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    how = models.CharField(max_length=12, choices=Presence)
    part_from = models.TimeField("from", null=True, blank=True)
    part_to = models.TimeField("to", null=True, blank=True)
    substitute_for = models.ForeignKey(
        "PanelMember", on_delete=models.PROTECT, null=True, blank=True, related_name="substitutes"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActiveManager.from_queryset(AttendanceQuerySet)()
    on_file = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "id"]
        verbose_name_plural = "attendance"
        constraints = [
            *Person.Meta.constraints,
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(name="attendance_how_known", condition=Q(how__in=Presence.values)),
            models.CheckConstraint(
                name="attendance_substitute_names_whom",
                condition=Q(how=Presence.SUBSTITUTE, substitute_for__isnull=False)
                | (~Q(how=Presence.SUBSTITUTE) & Q(substitute_for__isnull=True)),
                violation_error_message="Say for whom the substitute came.",
            ),
            models.CheckConstraint(
                name="attendance_not_for_themselves",
                condition=Q(member__isnull=True) | Q(substitute_for__isnull=True) | ~Q(member=F("substitute_for")),
            ),
            models.CheckConstraint(
                name="attendance_part_has_times",
                condition=Q(how=Presence.PART, part_from__isnull=False, part_to__gt=F("part_from"))
                | (~Q(how=Presence.PART) & Q(part_from__isnull=True, part_to__isnull=True)),
                violation_error_message="Enter from when to when, in order.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "name_key"],
                condition=Q(withdrawn_at__isnull=True),
                name="attendance_person_once",
                violation_error_message="This person is in the list twice.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "member"],
                condition=Q(withdrawn_at__isnull=True),
                name="attendance_member_once",
                violation_error_message="This member is in the list twice.",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.get_how_display().lower()}"

    def get_absolute_url(self):
        return reverse("meeting", args=[self.meeting_id])
