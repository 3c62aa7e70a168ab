"""Scrutiny reports, and issued files, whose bytes are never computed again."""

from collections.abc import Callable, Collection

from django.db import models
from django.db.models import Exists, F, Q
from django.db.models.functions import Now, TruncDate
from django.urls import reverse

from recommendations.enums import AssuranceView, Matter, PanelKind, PaperState
from recommendations.models.base import Guarded, Record, RecordQuerySet
from recommendations.models.forces.bodies import Force
from recommendations.models.panels.panels import Panel, replaced_by_one_of
from recommendations.models.people.access import CommitteeSeat
from recommendations.periods import Period, say


class IssuedFile(Guarded):
    """A file as issued, stored in the database with its SHA-256. Never changed."""

    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80, default="application/pdf")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    issued_at = models.DateTimeField()

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValueError("An issued file never changes: issue a new one that names it.")
        super().save(*args, **kwargs)


class PaperQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office. Of finalised papers that are not closed, a force sees those about it, and a committee
        member those of their committees.
        """
        if not user.has_perm("see_papers"):
            return self.none()
        if user.has_perm("draft_paper"):
            return self
        finalised = self.filter(state=PaperState.FINALISED, closed=False)
        return finalised.filter(force=user.force_id) if user.force_id else finalised._for_committee_member(user)

    def _for_committee_member(self, user):
        """Papers for, or issued to, a committee of this member or one that it replaced, and the parts of those.

        The database says which day it is: a committee that is entered ahead reads nothing of the one before it until
        that has ended. A paper without a committee is for all: only a member of every current committee sees it.
        """
        today = TruncDate(Now())
        own = CommitteeSeat.objects.current().filter(person=user).values("panel")
        read = Panel.objects.filter(Q(pk__in=own) | replaced_by_one_of(own, today)).values("pk")
        others = Panel.objects.on(today).exclude(kind=PanelKind.CHANNEL).exclude(pk__in=own)
        issued = ScrutinyReport.objects.filter(meetings__panel__in=read, meetings__withdrawn_at__isnull=True).values(
            "pk"
        )
        for_all = Q(panel__isnull=True) & ~Q(Exists(others))
        return self.filter(Q(panel__in=read) | for_all | Q(pk__in=issued) | Q(part_of__in=issued))

    def listed_for(self, user):
        """Each paper once: joint papers without their parts, except that a force sees its own part."""
        visible = self.visible_to(user)
        return visible if user.force_id else visible.filter(part_of__isnull=True)

    def with_forces(self):
        """Prefetch what `about` and `about_then` need, so that a list has a constant number of queries."""
        parts = ScrutinyReport.objects.defer("figures").select_related("force").order_by("force__name")
        with_names = models.Prefetch("parts", parts.prefetch_related("force__former_details"))
        return self.select_related("force").prefetch_related("force__former_details", with_names)


class ScrutinyReport(Record):
    """A board paper on one force and one period. Its figures and bytes are frozen when it is finalised.

    It covers all sources, or only one (`source`, a key; `source_word` is its name at the time). A joint paper has no
    force but parts: one paper for each force, of the same period. The next paper opens with what its figures kept as
    open.
    """

    force = models.ForeignKey("Force", on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    panel = models.ForeignKey("Panel", on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    start = models.DateField("first day")
    end = models.DateField("last day")
    closed = models.BooleanField(
        "closed paper", default=False, help_text="On what is restricted, and the office's only."
    )
    source = models.SlugField(max_length=40, blank=True, help_text="The one that it is on alone. Empty: all sources.")
    source_word = models.CharField("what that source is called", max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=PaperState, default=PaperState.DRAFT)
    issue = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    finalised_at = models.DateTimeField(null=True, blank=True)
    finalised_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    known_at = models.DateTimeField(null=True, blank=True)
    figures = models.JSONField(null=True, blank=True)
    file = models.OneToOneField(IssuedFile, on_delete=models.PROTECT, null=True, blank=True, related_name="paper")
    public_file = models.OneToOneField(
        IssuedFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="public_of",
        help_text="The edition for the public, where that leaves something out.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    # The state that it closed with, if queried by domain/papers/register_queries.py previous_paper.
    kept_ids: Collection[int] | None
    kept_overdue: int
    kept_high: int | None
    kept_late: int | None

    # What lists of papers add (views/papers/).
    told: list[str]
    despatch: str
    size: int
    period: Period
    later: "ScrutinyReport | None"

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-end", "-issue", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "start", "end", "issue", "closed", "source"],
                name="paper_issue_once",
                violation_error_message="There is a paper for this force and period already.",
            ),
            models.CheckConstraint(
                name="paper_source_has_word",
                condition=Q(source="", source_word="") | (~Q(source="") & ~Q(source_word="")),
            ),
            models.CheckConstraint(
                name="paper_period_in_order",
                condition=Q(end__gte=F("start")),
                violation_error_message="The period ends before it begins.",
            ),
            models.CheckConstraint(
                name="paper_finalised_is_whole",
                condition=Q(
                    state=PaperState.DRAFT,
                    finalised_at__isnull=True,
                    finalised_by__isnull=True,
                    known_at__isnull=True,
                    figures__isnull=True,
                    file__isnull=True,
                )
                | Q(
                    state=PaperState.FINALISED,
                    finalised_at__isnull=False,
                    known_at__isnull=False,
                    figures__isnull=False,
                    file__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="paper_finalised_by_another",
                condition=Q(finalised_by__isnull=True)
                | Q(prepared_by__isnull=True)
                | ~Q(finalised_by=F("prepared_by")),
                violation_error_message="The person who prepared the paper cannot finalise it.",
            ),
            models.CheckConstraint(
                name="paper_later_issue_replaces",
                condition=Q(issue=1, replaces__isnull=True) | Q(issue__gt=1, replaces__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["part_of", "force"],
                name="paper_one_part_for_each_force",
                violation_error_message="This joint paper has a part for this force already.",
            ),
            models.CheckConstraint(
                name="paper_part_has_a_force",
                condition=Q(part_of__isnull=True) | Q(force__isnull=False),
                violation_error_message="A part of a joint paper is about one force.",
            ),
        ]

    def __str__(self):
        return f"Scrutiny report: {self.about}, {say(self.start)} to {say(self.end)}"

    def get_absolute_url(self):
        return reverse("paper", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == PaperState.DRAFT

    @property
    def is_joint(self) -> bool:
        """Whether it covers several forces, each with its own part."""
        return self.force_id is None

    @property
    def own_force(self) -> Force:
        """The force of a paper on one force. Raises ValueError for a joint paper."""
        if self.force is None:
            raise ValueError("A joint paper has no force of its own.")
        return self.force

    @property
    def about(self) -> str:
        """The force or, of a joint paper, the forces: "Eastvale and Westmarch"; and the source, if only one."""
        return self._about(lambda force: force.name)

    @property
    def about_then(self) -> str:
        """The same, by the names that the forces had on the last day of the period."""
        return self._about(lambda force: force.details_on(self.end).name)

    def _about(self, name_of: Callable[[Force], str]) -> str:
        alone = f" ({self.source_word} alone)" if self.source else ""
        return f"{self._forces(name_of)}{alone}"

    def _forces(self, name_of: Callable[[Force], str]) -> str:
        if not self.is_joint:
            return name_of(self.own_force)
        if not self.pk:
            return "no force"
        fetched = "parts" in getattr(self, "_prefetched_objects_cache", {})
        parts = self.parts.all() if fetched else self.parts.select_related("force").defer("figures")
        names = sorted(name_of(part.own_force) for part in parts)
        return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))) or "no force"


class PaperWordsQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office. Others read these texts in the finalised papers."""
        return self if user.has_perm("draft_paper") else self.none()


def _matter() -> models.CharField:
    return models.CharField("what it is based on", max_length=20, choices=Matter, blank=True)


class PaperWords(Record):
    """The office's texts in a draft paper: its first two pages, and a remark on each chart. Without a row, the figures'
    default texts apply.

    `asked` and `questions` have one item on each line; if `asked` is empty, the usual items apply. A matter without a
    choice takes the next in the usual order; without words it gets a sentence made from the figures.
    """

    paper = models.OneToOneField(ScrutinyReport, on_delete=models.PROTECT, related_name="words")
    meets_on = models.DateField("the committee meets on", null=True, blank=True)
    item = models.CharField("item number", max_length=20, blank=True)
    purpose = models.CharField(max_length=60, default="For assurance")
    asked = models.TextField("the committee is asked to", blank=True)
    view = models.CharField("the office’s view", max_length=20, choices=AssuranceView, blank=True)
    view_words = models.TextField("the view in a sentence", blank=True)
    matter_1 = _matter()
    matter_1_words = models.TextField("first matter", blank=True)
    matter_2 = _matter()
    matter_2_words = models.TextField("second matter", blank=True)
    matter_3 = _matter()
    matter_3_words = models.TextField("third matter", blank=True)
    questions = models.TextField("questions for the chief officer", blank=True)
    remark_colours = models.TextField("remark on the first chart", blank=True)
    remark_quarters = models.TextField("remark on the second chart", blank=True)
    remark_ages = models.TextField("remark on the third chart", blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PaperWordsQuerySet.as_manager()

    class Meta:
        verbose_name = "words of a paper"
        verbose_name_plural = "words of papers"
        constraints = [
            models.CheckConstraint(
                name="paperwords_view_in_a_sentence",
                condition=Q(view="", view_words="") | (~Q(view="") & ~Q(view_words="")),
            ),
            models.CheckConstraint(
                name="paperwords_choices_known",
                condition=Q(view__in=["", *AssuranceView.values])
                & Q(matter_1__in=["", *Matter.values])
                & Q(matter_2__in=["", *Matter.values])
                & Q(matter_3__in=["", *Matter.values]),
            ),
        ]

    def __str__(self):
        return f"Words of: {self.paper}"

    def get_absolute_url(self):
        return reverse("paper", args=[self.paper_id])
