"""What an office can configure: what it uses, its labels, the words and thresholds of RAG, bank holidays proclaimed
later.
"""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models

from recommendations.enums import InspectorateStatusKind, Rag, Stage, Vocabulary
from recommendations.enums.risk import DelayCause, Risk
from recommendations.models.base import Guarded, Record, RecordQuerySet
from recommendations.periods import say
from recommendations.sections import STARTS_OFF, use_choice

DEFAULT_LABELS = {
    Vocabulary.STAGE: dict(Stage.choices),
    Vocabulary.INSPECTORATE_STATUS: dict(InspectorateStatusKind.choices),
    Vocabulary.RISK: dict(Risk.choices),
    Vocabulary.THEME: {},
    Vocabulary.DELAY_CAUSE: dict(DelayCause.choices),
}


class LabelQuerySet(RecordQuerySet):
    def words(self) -> dict[str, dict[str, str]]:
        """For each vocabulary key → words, in order: the built-in labels, overridden and extended by the office's."""
        found = {str(name): dict(labels) for name, labels in DEFAULT_LABELS.items()}
        own = self.filter(ended=False).order_by("position", "id")
        for vocabulary, key, words in own.values_list("vocabulary", "key", "words"):
            found[vocabulary][key] = words
        return found


class Label(Record):
    """The office's label for a stage, a risk, a theme and so on (or for a new choice), until it is ended."""

    vocabulary = models.CharField(max_length=30, choices=Vocabulary)
    key = models.SlugField(max_length=40, help_text="A built-in key to reword it, or a new one to add a choice.")
    words = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    ended = models.BooleanField(
        "no longer offered",
        default=False,
        help_text="A built-in one has its own words again. One that records say cannot be ended.",
    )

    objects = LabelQuerySet.as_manager()

    class Meta:
        ordering = ["vocabulary", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["vocabulary", "key"], name="label_once")]

    def __str__(self):
        return f"{self.get_vocabulary_display()}: {self.words}"


@dataclass(frozen=True)
class Thresholds:
    """The RAG rule of a day. Thresholds are calendar days."""

    immediate_days: int = 90
    due_soon_days: int = 28
    no_update_days: int = 100
    red: str = Rag.RED.label
    amber: str = Rag.AMBER.label
    green: str = Rag.GREEN.label
    grey: str = Rag.GREY.label
    blue: str = Rag.BLUE.label

    def word(self, colour: str) -> str:
        return getattr(self, colour)


class RagRuleQuerySet(RecordQuerySet):
    def on(self, day) -> Thresholds:
        """The words and thresholds in force on a day; the built-in ones if the office has none by then."""
        rules = self.filter(since__lte=day).order_by("-since")
        values = rules.values_list(*Thresholds.__dataclass_fields__).first()
        return Thresholds(*values) if values else Thresholds()


class BankHolidayQuerySet(RecordQuerySet):
    def by_day(self) -> dict[datetime.date, str]:
        """The names of those that count, by day. One query."""
        return dict(self.filter(ended=False).values_list("on", "name"))


class BankHoliday(Record):
    """A bank holiday in England and Wales proclaimed for one year, beside those that working_days.py has."""

    on = models.DateField("day", unique=True)
    name = models.CharField(max_length=80)
    source = models.CharField("where it was proclaimed", max_length=300)
    ended = models.BooleanField("no longer counts", default=False, help_text="It was cancelled, or added by mistake.")

    objects = BankHolidayQuerySet.as_manager()

    class Meta:
        ordering = ["-on"]

    def __str__(self):
        return f"{self.name}, {say(self.on)}{' (no longer counts)' if self.ended else ''}"


MOST_DAYS = 3660  # of a threshold
MOST_DAYS_WORDS = "Enter 3,660 days or fewer."


class RagRule(Record):
    """The office's own words and thresholds from one day on. Changes are new rows."""

    since = models.DateField(unique=True)
    immediate_days = models.PositiveSmallIntegerField(
        default=90, help_text="An immediate recommendation is red when it is open after this many days."
    )
    due_soon_days = models.PositiveSmallIntegerField(default=28)
    no_update_days = models.PositiveSmallIntegerField(default=100)
    red = models.CharField(max_length=20, default=Rag.RED.label)
    amber = models.CharField(max_length=20, default=Rag.AMBER.label)
    green = models.CharField(max_length=20, default=Rag.GREEN.label)
    grey = models.CharField(max_length=20, default=Rag.GREY.label)
    blue = models.CharField(max_length=20, default=Rag.BLUE.label)

    objects = RagRuleQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        verbose_name = "RAG rule"

    def __str__(self):
        return f"RAG rule from {say(self.since)}"

    def clean(self):
        """Limit thresholds to ten years: a day further away may not exist."""
        super().clean()
        days = {name: getattr(self, name) for name in ("immediate_days", "due_soon_days", "no_update_days")}
        if wrong := {name: MOST_DAYS_WORDS for name, number in days.items() if number and number > MOST_DAYS}:
            raise ValidationError(wrong)


class OfficeUse(Guarded):
    """What the office does without, from one moment until its next choice. Rows are only added; the last one counts.

    Which sources it follows is kept with each (`Source.in_use`).
    """

    number = models.PositiveIntegerField(unique=True, help_text="1 for the first choice; the next has the next.")
    sections_off = models.TextField(blank=True, help_text="The names of the sections that are off, with commas.")
    sections_on = models.TextField(blank=True, help_text="The names of those on among the sections that start off.")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        verbose_name = verbose_name_plural = "what the office uses"

    def __str__(self):
        return "What the office uses"

    @property
    def is_initial(self) -> bool:
        """Whether a new office began with it, and no person has chosen yet."""
        return self.chosen_by_id is None

    @property
    def off(self) -> frozenset[str]:
        """The names of the sections that are off."""
        return names_off(self.sections_off, self.sections_on)


def names_off(sections_off: str, sections_on: str) -> frozenset[str]:
    """The names of the sections that are off, by the two columns of a choice."""
    return names_in(sections_off) | (STARTS_OFF - names_in(sections_on))


def names_in(column: str) -> frozenset[str]:
    """The names in a stored column."""
    return frozenset(filter(None, column.split(",")))


def latest_choice() -> OfficeUse | None:
    """The choice that counts, with who made it; None if the office has made none. One query."""
    return OfficeUse.objects.select_related("chosen_by").order_by("number").last()


def sections_off_by_choice(before: frozenset[str] = STARTS_OFF) -> frozenset[str]:
    """The names of the sections that the office does without: `before` its first choice, those that start off.

    One query.
    """
    latest = OfficeUse.objects.order_by("number").values_list("sections_off", "sections_on").last()
    return names_off(*latest) if latest else before


use_choice(sections_off_by_choice)
