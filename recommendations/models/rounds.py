"""Update rounds: the office asks a force for updates by a day; the force answers line by line, the office accepts."""

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse

from recommendations.enums import LineState, Outcome, Position
from recommendations.models.base import Record, RecordQuerySet
from recommendations.models.forces.transfers import CameOver
from recommendations.models.register.standing import Standing
from recommendations.sections import Section

LONGEST_NAME = 80


class RoundQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office; a force lead sees their own force’s; none for others, or while rounds are off."""
        if not user.has_perm("see_rounds") or not Section.ROUNDS.is_on:
            return self.none()
        return self.filter(force=user.force_id) if user.force_id else self

    def open(self):
        """Those that take answers: `is_open` in a query."""
        return self.filter(closed_at__isnull=True, force__handed_over_on__isnull=True)


class UpdateRound(Record, CameOver):
    """A request to a force for updates on some recommendations by a day."""

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField(max_length=LONGEST_NAME)
    note = models.TextField(blank=True, help_text="What the office wants to know, in its own words.")
    due_on = models.DateField("last day")
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    keeper = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Who is dealing with it."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-due_on", "-id"]
        constraints = [
            *CameOver.Meta.constraints,
            models.CheckConstraint(
                name="updateround_asks_for_a_later_day",
                condition=Q(due_on__gte=models.F("asked_on")),
                violation_error_message="The last day is before the day of asking.",
            ),
            models.CheckConstraint(name="updateround_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="updateround_closed_by_at", condition=Q(closed_by__isnull=True) | Q(closed_at__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.force.name}, {self.name}"

    def get_absolute_url(self):
        return reverse("round", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it takes answers: not once it is closed, or its force's register was handed over."""
        return self.closed_at is None and self.force.handed_over_on is None


class LineQuerySet(RecordQuerySet):
    def with_record(self):
        return self.select_related("tracked__recommendation__inspection", "tracked__force").prefetch_related(
            Prefetch("tracked__standings", Standing.objects.current(), to_attr="prefetched_state")
        )

    def needed(self):
        """Lines that count: without those whose recommendation was closed or withdrawn before acceptance."""
        still_open = Q(tracked__in=Standing.objects.now().open().values("tracked"))
        return self.filter(still_open | Q(state=LineState.ACCEPTED))


class RoundLine(Record):
    """One recommendation of a round, and the state of its answer."""

    round = models.ForeignKey(UpdateRound, on_delete=models.PROTECT, related_name="lines")
    tracked = models.ForeignKey("TrackedRecommendation", on_delete=models.PROTECT, related_name="round_lines")
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=LineState, default=LineState.ASKED)
    version = models.PositiveIntegerField(default=1, editable=False)

    causes: dict[str, str]  # the causes of delay, if the force is asked for one (domain/rounds/force_rows.py)
    kept: "RoundDraft | None"  # its draft, if read by domain/rounds/drafts.py

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["round", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "tracked"], name="roundline_once"),
            models.CheckConstraint(name="roundline_state_known", condition=Q(state__in=LineState.values)),
        ]

    def __str__(self):
        return f"{self.tracked} in {self.round}"


class RoundAnswer(Record):
    """The answer that the force released for one line, and the office's decision. A later answer is a new row.

    `done` is empty only if the force said that nothing changed. `same_reason` is set only if the answer repeats the one
    before it, which was returned with a question. `source` names the sheet that it was imported from.
    """

    line = models.ForeignKey(RoundLine, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(max_length=12, choices=LineState, default=LineState.RELEASED)
    done = models.TextField("what was done", blank=True)
    no_change = models.BooleanField(default=False)
    forecast_on = models.DateField("forecast", null=True, blank=True)
    position = models.CharField("force position", max_length=20, choices=Position, blank=True)
    evidence = models.TextField("evidence", blank=True)
    said_by = models.CharField("said by", max_length=120, blank=True)
    delay_cause = models.CharField("cause of delay", max_length=40, blank=True)
    delay_words = models.TextField("why it is late", blank=True)
    mitigation = models.TextField("mitigation", blank=True)
    closure_outcome = models.CharField("closure asked for", max_length=20, choices=Outcome, blank=True)
    closure_reason = models.TextField("why it can be closed", blank=True)
    same_reason = models.TextField("why the same answer stands", blank=True)
    source = models.CharField("sheet", max_length=200, blank=True)
    effective_on = models.DateField("day")
    released_at = models.DateTimeField()
    released_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    question = models.TextField(blank=True)
    update = models.OneToOneField(
        "ForceUpdate", on_delete=models.PROTECT, null=True, blank=True, related_name="round_answer"
    )
    closure = models.OneToOneField(
        "Closure", on_delete=models.PROTECT, null=True, blank=True, related_name="round_answer"
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["line", "released_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="roundanswer_says_what_or_no_change", condition=Q(no_change=True, done="") | ~Q(done="")
            ),
            models.CheckConstraint(
                name="roundanswer_closure_says_why",
                condition=Q(closure_outcome="", closure_reason="") | (~Q(closure_outcome="") & ~Q(closure_reason="")),
            ),
            models.CheckConstraint(
                name="roundanswer_state_has_its_stamps",
                condition=Q(state=LineState.RELEASED, decided_at__isnull=True, question="", update__isnull=True)
                | (Q(state=LineState.RETURNED, decided_at__isnull=False, update__isnull=True) & ~Q(question=""))
                | Q(state=LineState.ACCEPTED, decided_at__isnull=False, question="", update__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(state=LineState.RELEASED), name="roundanswer_one_waits"
            ),
        ]

    def __str__(self):
        return f"Answer to {self.line}"

    @property
    def came_through_the_office(self) -> bool:
        """Whether the office imported it from the force's sheet, for a person without an account."""
        return bool(self.source) and (self.released_by is None or self.released_by.force_id is None)


class RoundDraft(models.Model):
    """A force's draft for one line, visible only inside the force. Not a record until released.

    Days are stored as typed, so that nothing that the user wrote is lost.
    """

    line = models.OneToOneField(RoundLine, on_delete=models.CASCADE, related_name="draft")
    done = models.TextField(blank=True)
    no_change = models.BooleanField(default=False)
    forecast = models.CharField(max_length=60, blank=True)
    evidence = models.TextField(blank=True)
    said_by = models.CharField(max_length=120, blank=True)
    delay_cause = models.CharField(max_length=40, blank=True)
    delay_words = models.TextField(blank=True)
    mitigation = models.TextField(blank=True)
    also = models.CharField(max_length=400, blank=True)
    closure_outcome = models.CharField(max_length=20, blank=True)
    closure_reason = models.TextField(blank=True)
    ready = models.BooleanField(default=False)
    agreed_by = models.CharField(max_length=120, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    def __str__(self):
        return f"Draft for {self.line}"
