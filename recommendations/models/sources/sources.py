"""Sources of recommendations and their law: shipped ones, the office's changes and additions, and extensions.

The shipped set is in code (shipped_sources.py). A row here overrides one of the set, or adds one, by its key; a
change of a rule is a new row from a day on. An inspection refers to both by key and has its own copy of what lists
need.
"""

import datetime
from dataclasses import dataclass, field

from django.db import models
from django.db.models import F, Q

from recommendations import deadlines
from recommendations.enums.sources import COUNTED, Answerer, AnswerStepKind, ClockStart, ExtensionAnswer, SourceKind
from recommendations.models.base import ActiveManager, Record, RecordQuerySet, Withdrawable
from recommendations.periods import say


@dataclass(frozen=True)
class SourceFacts:
    """A source of recommendations. `word` and `initial` are for labels, columns and the tiles of its voice."""

    key: str
    name: str
    word: str
    initial: str
    kind: SourceKind
    publication: str = "report"
    publications: str = "reports"
    since: datetime.date | None = None
    until: datetime.date | None = None
    in_use: bool = False
    position: int = 0


@dataclass(frozen=True)
class Example:
    """A worked example: the day that starts the clock, and the last day that results."""

    starts_on: datetime.date
    last_day: datetime.date


@dataclass(frozen=True)
class BasisFacts:
    """The rule under which a source's recommendations are answered."""

    source: str
    key: str
    name: str
    law: str
    answerer: Answerer
    clock_start: ClockStart
    days: int | None = None
    first_day_counts: bool = True
    extendable: bool = False
    extended_by: str = ""
    extension_within: bool = False
    stopped_by: str = ""
    answer_to: str = ""
    published_by: str = ""
    publish_days: int | None = None
    section_55: bool = False
    about_deaths: bool = False
    may_refuse: bool = True
    in_use: bool = True
    read_verbatim: bool = True
    confirmed: bool = False
    last_day_name: str = ""
    page_words: str = ""
    letter_words: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    examples: tuple[Example, ...] = field(default=())

    @property
    def counts(self) -> bool:
        """Whether the last day is counted, rather than stated."""
        return self.days is not None and self.clock_start in COUNTED

    @property
    def is_to_confirm(self) -> bool:
        """Whether an administrator must confirm the rule, because its law was not read word for word."""
        return not self.read_verbatim and not self.confirmed

    def last_day(self, starts_on: datetime.date) -> datetime.date | None:
        """The last day to answer if the clock starts on this London day, or None if no day is counted."""
        if self.days is None or not self.counts:
            return None
        return deadlines.last_day_of_period(starts_on, self.days, first_day_counts=self.first_day_counts)


SOURCE_FIELDS = tuple(name for name in SourceFacts.__dataclass_fields__ if name != "key")
BASIS_FIELDS = tuple(
    name for name in BasisFacts.__dataclass_fields__ if name not in ("key", "since", "confirmed", "examples")
)


class Source(Record):
    """The office's override of a shipped source, or a source that it added."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60, help_text="As it is chosen: IOPC learning recommendation.")
    word = models.CharField("short name", max_length=24, help_text="For labels, columns and sentences: IOPC.")
    initial = models.CharField(max_length=2, help_text="On the tile of what it says: I.")
    kind = models.CharField(max_length=20, choices=SourceKind, default=SourceKind.OTHER)
    publication = models.CharField(
        "one of its publications", max_length=60, default="report", help_text="As in “the report was published”."
    )
    publications = models.CharField("several of them", max_length=60, default="reports")
    since = models.DateField("followed since", null=True, blank=True)
    until = models.DateField("followed until", null=True, blank=True)
    in_use = models.BooleanField("in use", default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="source_says_what_it_is", condition=~Q(name="") & ~Q(word="") & ~Q(initial="") & ~Q(publication="")
            ),
            models.CheckConstraint(
                name="source_until_after_since",
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message="The last day is before the first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def facts(self) -> SourceFacts:
        said = {name: getattr(self, name) for name in SOURCE_FIELDS}
        return SourceFacts(key=self.key, **said | {"kind": SourceKind(self.kind)})


class Basis(Record):
    """The office's own rule from a day on: an override of a shipped one, or a new one. Changes are new rows."""

    source = models.SlugField(max_length=40)
    key = models.SlugField(max_length=40)
    since = models.DateField("from")
    until = models.DateField(null=True, blank=True)
    in_use = models.BooleanField("in use", default=True)
    name = models.CharField(max_length=80)
    law = models.CharField("law or practice", max_length=200, blank=True)
    answerer = models.CharField("who answers", max_length=20, choices=Answerer)
    clock_start = models.CharField("what starts the clock", max_length=12, choices=ClockStart)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    first_day_counts = models.BooleanField("the first day counts", default=True)
    extendable = models.BooleanField("more time can be given", default=False)
    extended_by = models.CharField("by whom", max_length=80, blank=True)
    extension_within = models.BooleanField("asked for within the period", default=False)
    stopped_by = models.CharField("what stops the clock", max_length=80, blank=True)
    answer_to = models.CharField("the answer goes to", max_length=80, blank=True)
    published_by = models.CharField("who publishes it", max_length=80, blank=True)
    publish_days = models.PositiveSmallIntegerField("within how many days", null=True, blank=True)
    section_55 = models.BooleanField("under section 55", default=False, editable=False)
    about_deaths = models.BooleanField("about deaths", default=False)
    may_refuse = models.BooleanField("can be “not accepted”", default=True)
    read_verbatim = models.BooleanField("the law was read word for word", default=False)
    confirmed_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_day_name = models.CharField("what the last day is called", max_length=40, default="Last day")
    page_words = models.TextField("words for pages", blank=True)
    letter_words = models.TextField("words for letters", blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["source", "key", "-since", "-id"]
        verbose_name_plural = "bases"
        constraints = [
            models.UniqueConstraint(
                fields=["key", "since"],
                name="basis_once_a_day",
                violation_error_message="This rule was changed from that day already. Enter a later day.",
            ),
            models.CheckConstraint(
                name="basis_counts_days",
                condition=Q(clock_start__in=COUNTED, days__gte=1)
                | (~Q(clock_start__in=COUNTED) & Q(days__isnull=True)),
                violation_error_message="Enter the number of days where a day starts the clock, and none where not.",
            ),
            models.CheckConstraint(
                name="basis_confirmed_at", condition=Q(confirmed_by__isnull=True) | Q(confirmed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="basis_until_after_since", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} from {say(self.since)}"

    @property
    def facts(self) -> BasisFacts:
        said = {name: getattr(self, name) for name in BASIS_FIELDS}
        said |= {"answerer": Answerer(self.answerer), "clock_start": ClockStart(self.clock_start)}
        return BasisFacts(key=self.key, since=self.since, confirmed=self.confirmed_at is not None, **said)


class Extension(Withdrawable):
    """An extension of the time to answer an inspection: requested, then granted with a new day or refused."""

    inspection = models.ForeignKey("Inspection", on_delete=models.PROTECT, related_name="extensions")
    asked_on = models.DateField()
    asked_of = models.CharField(max_length=80, help_text="Who may give more time.")
    why = models.TextField(blank=True)
    day_before = models.DateField(null=True, help_text="The last day when it was granted.", blank=True)
    answer = models.CharField(max_length=10, choices=ExtensionAnswer, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    new_day = models.DateField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActiveManager.from_queryset(RecordQuerySet)()
    on_file = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["inspection", "asked_on", "id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                name="extension_answered_on",
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="extension_granted_has_new_day",
                condition=Q(answer=ExtensionAnswer.GRANTED, new_day__isnull=False)
                | (~Q(answer=ExtensionAnswer.GRANTED) & Q(new_day__isnull=True)),
            ),
            models.CheckConstraint(
                name="extension_answered_after_asked",
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
            ),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(answer="", withdrawn_at__isnull=True),
                name="extension_one_asked",
                violation_error_message="More time is asked for already, and not answered.",
            ),
        ]

    def __str__(self) -> str:
        return f"More time for {self.inspection}, asked on {say(self.asked_on)}"


class AnswerStep(Withdrawable):
    """A dated step of an answer that the office follows: requested, seen, sent to the source, published."""

    inspection = models.ForeignKey("Inspection", on_delete=models.PROTECT, related_name="answer_steps")
    step = models.CharField(max_length=10, choices=AnswerStepKind)
    effective_on = models.DateField("day")
    link = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActiveManager.from_queryset(RecordQuerySet)()
    on_file = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["inspection", "effective_on", "id"]
        constraints = [*Withdrawable.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.get_step_display()} on {say(self.effective_on)}"
