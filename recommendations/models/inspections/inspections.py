"""Inspections (published reports), their recommendations and parts, and whom these are directed to."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations import deadlines
from recommendations.enums import DeadlineKind, InspectionKind, LinkKind, RecommendationKind
from recommendations.enums.sources import OF_HMICFRS, REACHING, Answerer, ClockStart
from recommendations.models.base import ActiveManager, Record, RecordQuerySet, Withdrawable


class InspectionQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office; a force inspection lead sees the reports that cover their force."""
        if user.force_id:
            return self.filter(covers__force=user.force_id)
        return self

    def annual_reports(self):
        """The yearly reports of HMICFRS on a force (SI 2011/3050, Schedule, paragraph 7B)."""
        return self.filter(source__in=OF_HMICFRS, kind=InspectionKind.PEEL)


class Inspection(Withdrawable):
    """One published report of the inspectorate, or a publication or letter of another source.

    `source` and `basis` are keys (models/sources/sources.py). What lists need of both is copied here when recorded, so
    that lists need no join, and a later change of a rule does not affect it.
    """

    title = models.CharField(max_length=300)
    short_name = models.CharField(max_length=24, help_text="About 10 characters, as the register shows it: Custody 25.")
    kind = models.CharField(max_length=30, choices=InspectionKind)
    published_on = models.DateField()
    link = models.URLField(max_length=500, blank=True)
    lead_inspectorate = models.CharField(max_length=80, default="HMICFRS")
    joint_inspectorates = models.CharField(max_length=200, blank=True)
    needs_response = models.BooleanField(default=True)
    no_response_reason = models.TextField(blank=True)
    response_days = models.PositiveSmallIntegerField(
        default=56,
        help_text="Police Act 1996, section 55: 56 days, the day of publication counted as the first.",
    )
    respond_by = models.DateField(
        null=True,
        blank=True,
        help_text="The last day where it is stated and not counted: a super-complaint is outside section 55.",
    )
    section_55 = models.BooleanField(
        "under section 55",
        null=True,
        blank=True,
        help_text="Whether section 55 of the Police Act 1996 applies, where the kind does not say. Empty: not said.",
    )
    source = models.SlugField(max_length=40, default="hmicfrs")
    basis = models.SlugField(max_length=40, default="section-55")
    source_word = models.CharField(max_length=24, default="HMICFRS")
    source_initial = models.CharField(max_length=2, default="H")
    publication = models.CharField(max_length=60, default="report")
    answerer = models.CharField("who answers", max_length=20, choices=Answerer, default=Answerer.POLICING_BODY)
    clock_start = models.CharField(
        "what starts the clock", max_length=12, choices=ClockStart, default=ClockStart.PUBLISHED
    )
    last_day_name = models.CharField(max_length=40, default="Deadline")
    first_day_counts = models.BooleanField(default=True)
    starts_on = models.DateField(
        null=True, blank=True, help_text="The day that starts the clock outside section 55. Empty: none is counted."
    )
    extended_to = models.DateField(null=True, blank=True, help_text="The last day since more time was given.")
    stopped_from = models.DateField(null=True, blank=True)
    stopped_until = models.DateField(null=True, blank=True)
    answer_sent_on = models.DateField(
        null=True, blank=True, help_text="The day on which another’s answer was sent, as the office follows it."
    )
    made_to = models.CharField("made or sent to", max_length=200, blank=True)
    source_reference = models.CharField("the source’s reference", max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    # What lists and pages of inspections add (views/inspections/page.py).
    visible_covers: "list[InspectionForce]"
    answered_on: datetime.date | None

    objects = ActiveManager.from_queryset(InspectionQuerySet)()
    on_file = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "title"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                name="inspection_no_response_has_reason",
                condition=Q(needs_response=True, no_response_reason="")
                | (Q(needs_response=False) & ~Q(no_response_reason="")),
                violation_error_message="Say why no response is needed, or leave the reason empty.",
            ),
            models.CheckConstraint(name="inspection_response_days_positive", condition=Q(response_days__gte=1)),
            models.CheckConstraint(
                name="inspection_respond_by_after_report",
                condition=Q(respond_by__isnull=True) | Q(respond_by__gte=F("published_on")),
                violation_error_message="The last day is before the report was published.",
            ),
            models.CheckConstraint(
                name="inspection_section_55_by_kind",
                condition=Q(section_55__isnull=True) | Q(kind=InspectionKind.OTHER),
                violation_error_message="The kind of this report says whether section 55 applies.",
            ),
            models.CheckConstraint(
                name="inspection_other_source_outside_55",
                condition=Q(source__in=OF_HMICFRS) | Q(kind=InspectionKind.OTHER, section_55=False),
            ),
            models.CheckConstraint(
                name="inspection_counts_outside_55",
                condition=Q(starts_on__isnull=True) | Q(respond_by__isnull=True),
                violation_error_message="The last day is counted or stated, not both.",
            ),
            models.CheckConstraint(
                name="inspection_stopped_in_order",
                condition=Q(stopped_until__isnull=True)
                | Q(stopped_from__isnull=False, stopped_until__gte=F("stopped_from")),
                violation_error_message="The clock cannot run again before it was stopped.",
            ),
            models.UniqueConstraint(
                fields=["title", "published_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="inspection_once",
                violation_error_message="An inspection with this title and publication day is here already.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("inspection", args=[self.pk])

    def get_kind_display(self) -> str:  # type: ignore[no-redef]  # Django leaves a method of this name as it is
        """The kind in words; for another source its publication: "IOPC recommendation letter", "Audit"."""
        if self.is_of_other_source:
            is_said = self.publication == self.source_word.lower()
            return self.source_word if is_said else f"{self.source_word} {self.publication}"
        return str(InspectionKind(self.kind).label)

    @property
    def is_of_other_source(self) -> bool:
        """Whether it is not a publication of HMICFRS."""
        return self.source not in OF_HMICFRS

    @property
    def is_answered_elsewhere(self) -> bool:
        """Whether the chief officer answers, and the office only follows that."""
        return self.answerer == Answerer.CHIEF_OFFICER

    @property
    def has_action_plan(self) -> bool:
        """Whether it is answered in a fire authority's action plan."""
        return self.answerer == Answerer.FIRE_AUTHORITY

    @property
    def clock_from(self) -> datetime.date:
        """The day that starts the clock: `starts_on`, else publication."""
        return self.starts_on or self.published_on

    @property
    def lacks_start(self) -> bool:
        """Whether the day that starts its clock is not known, so that no clock runs: a spreadsheet may not say it."""
        return self.is_of_other_source and self.clock_start in REACHING and self.starts_on is None

    @property
    def came(self) -> str:
        """What happened on its day, in a word: "published", "made", "sent"."""
        return ClockStart(self.clock_start).word or ClockStart.PUBLISHED.word

    @property
    def is_stopped(self) -> bool:
        return self.stopped_from is not None and self.stopped_until is None

    @property
    def is_under_section_55(self) -> bool:
        """Whether section 55 of the Police Act 1996 sets its last day. Nothing else decides this.

        The kind decides, or for "other" the officer's answer. Without an answer it applies: missing a statutory day
        does more harm than keeping one that does not bind. A stated last day means another procedure.
        """
        of_kind = InspectionKind(self.kind).section_55
        return self.respond_by is None and (self.section_55 is not False if of_kind is None else of_kind)

    @property
    def is_to_say_section_55(self) -> bool:
        """Whether an officer still has to say whether section 55 applies. Until then it does."""
        asks = InspectionKind(self.kind).section_55 is None and self.section_55 is None
        return asks and self.needs_response and self.respond_by is None

    @property
    def last_day(self) -> datetime.date | None:
        """The last lawful day, or the stated one. None if no day is counted or stated, or the clock is stopped."""
        if self.is_under_section_55:
            return deadlines.last_day_to_respond(self.published_on, self.response_days)
        return None if self.is_stopped else self.extended_to or self.counted_day or self.respond_by

    @property
    def counted_day(self) -> datetime.date | None:
        """Outside section 55, the last day as counted, before any extension, or None."""
        if self.starts_on is None:
            return None
        return deadlines.last_day_of_period(self.starts_on, self.response_days, first_day_counts=self.first_day_counts)


class InspectionForce(Record):
    """An inspection covers a force; from a day on if the force took over from one that it covered."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="covers")
    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="covered_by")
    since = models.DateField(null=True, blank=True, editable=False)

    short_name: str  # what the force was called on the day, in the record of responses (domain/compliance/status.py)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "force"], name="inspection_covers_force_once")]

    def __str__(self):
        return f"{self.inspection} covers {self.force}"


class InspectionLink(Withdrawable):
    """A link between reports: a final report follows an interim one, a force's report accompanies a national one.

    Reports linked as companions can share a response.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="links")
    to = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=12, choices=LinkKind)

    objects = ActiveManager.from_queryset(RecordQuerySet)()
    on_file = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["inspection", "kind", "id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(
                fields=["inspection", "to"],
                condition=Q(withdrawn_at__isnull=True),
                name="inspection_link_once",
                violation_error_message="These two reports are linked already.",
            ),
            models.CheckConstraint(name="inspection_link_not_to_itself", condition=~Q(inspection=F("to"))),
        ]

    def __str__(self):
        return f"{self.inspection} {self.get_kind_display().lower()} {self.to}"


class InspectionDocument(Record):
    """The imported text of a report, line by line, with a digest to recognise it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=200, blank=True, help_text="Of the file; empty for pasted text.")
    text = models.TextField(help_text="As it was read, line by line.")
    sha256 = models.CharField(max_length=64, db_index=True)
    left_out = models.JSONField(default=list, help_text="Lines that were left out on purpose.")
    layout = models.ForeignKey(
        "DocumentLayout",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="read by the layout",
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["inspection", "id"]

    def __str__(self):
        return f"{self.name or 'Pasted text'} of {self.inspection}"


class RecommendationQuerySet(RecordQuerySet):
    def visible_to(self, user):
        if user.force_id:
            return self.filter(inspection__covers__force=user.force_id)
        return self

    def in_order(self):
        return self.order_by("position", "id")


class Recommendation(Withdrawable):
    """A recommendation or finding of a report, verbatim."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="recommendations")
    kind = models.CharField(max_length=30, choices=RecommendationKind, default=RecommendationKind.RECOMMENDATION)
    number = models.CharField(max_length=20, blank=True, help_text="As printed: 4, 7.1, AFI 11. It may be empty.")
    position = models.PositiveIntegerField(help_text="Its place in the report, from 1.")
    heading = models.CharField(max_length=200, blank=True, help_text="A few words, as the register shows it.")
    text = models.TextField(help_text="Word for word, as published.")
    cause = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carries", verbose_name="cause of concern"
    )
    deadline_words = models.CharField(max_length=200, blank=True)
    deadline_kind = models.CharField(max_length=10, choices=DeadlineKind, default=DeadlineKind.NONE)
    deadline_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActiveManager.from_queryset(RecommendationQuerySet)()
    on_file = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["inspection", "position", "id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(
                fields=["inspection", "kind", "number"],
                condition=~Q(number="") & Q(withdrawn_at__isnull=True),
                name="recommendation_number_once",
                violation_error_message="This number is used twice in this inspection.",
            ),
            models.CheckConstraint(
                name="recommendation_deadline_has_day",
                condition=Q(deadline_kind=DeadlineKind.NONE, deadline_on__isnull=True)
                | (~Q(deadline_kind=DeadlineKind.NONE) & Q(deadline_on__isnull=False)),
            ),
            models.CheckConstraint(name="recommendation_has_text", condition=~Q(text="")),
            models.CheckConstraint(name="recommendation_not_its_own_cause", condition=~Q(cause=F("id"))),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}".strip()

    def get_absolute_url(self):
        return reverse("inspection", args=[self.inspection_id]) + f"#recommendation-{self.pk}"

    @property
    def short_text(self) -> str:
        """The heading, or the start of the text, as a row of the register shows it."""
        return self.heading or shorten(self.text)

    @property
    def short_label(self) -> str:
        return short_label(self.kind, self.number)


def short_label(kind: str, number: str) -> str:
    """ "rec 4", "AFI 11": the kind and the number, without repeating the kind."""
    short = RecommendationKind(kind).short
    if number.casefold().startswith(short.casefold()):
        return number
    return f"{short} {number}".strip()


def shorten(text: str, most: int = 120) -> str:
    """The start of a text, cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


class SubRecommendation(Record):
    """A numbered or bulleted part of a recommendation."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "position"], name="sub_recommendation_place_once")
        ]

    def __str__(self):
        return f"{self.recommendation}, part {self.position}"


class Addressee(Record):
    """An addressee of a recommendation, in the report's words."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="addressees")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["recommendation", "position"], name="addressee_place_once")]

    def __str__(self):
        return self.name
