"""Removal of data from the record: redactions, former officers, access records folded into counts.

Each is in the trail, without what was removed.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations import keys, trail
from recommendations.digests import digest
from recommendations.enums.retention import RedactionState
from recommendations.models.base import Guarded, Record, RecordQuerySet, history
from recommendations.models.sealed_rows import SealedRow

REWRITING = ("confirm_redaction", "carry_out_redaction", "make_former")  # verbs that remove words from rows
REMOVING = (*REWRITING, "fold_access_records", "give_back_register")
DECIDED = (RedactionState.CONFIRMED, RedactionState.DONE, RedactionState.DECLINED)


class Redaction(SealedRow, Guarded):
    """Words that one person proposes to remove from the whole record, and another person's decision.

    The words are stored only until the redaction is carried out, and in no history or trail digest: they are sealed.
    """

    UNTRAILED = ("words", "seal")

    words = models.CharField(max_length=200, blank=True)
    reason = models.TextField("why")
    state = models.CharField(max_length=10, choices=RedactionState, default=RedactionState.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declined_why = models.TextField("why not", blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    texts = models.PositiveIntegerField("texts changed", default=0)

    history = history(excluded_fields=[*UNTRAILED])
    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="redaction_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="redaction_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                violation_error_message="The person who proposed a redaction cannot decide it.",
            ),
            models.CheckConstraint(
                name="redaction_state_has_its_stamps",
                condition=Q(state=RedactionState.PROPOSED, decided_by__isnull=True, decided_at__isnull=True)
                | Q(state__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="redaction_forgets_the_words",
                condition=(Q(state__in=DECIDED[1:], words="")) | (~Q(state__in=DECIDED[1:]) & ~Q(words="")),
            ),
            models.CheckConstraint(
                name="redaction_done_at", condition=Q(state=RedactionState.DONE) ^ Q(done_at__isnull=True)
            ),
            models.CheckConstraint(
                name="redaction_declined_says_why",
                condition=Q(state=RedactionState.DECLINED) ^ Q(declined_why=""),
            ),
        ]

    def sealed_values(self) -> list:
        return ["redaction", self.words, self.proposed_by_id, digest(self.proposed_at)]

    def __str__(self):
        return f"Redaction {self.pk}"

    def get_absolute_url(self):
        return reverse("redaction", args=[self.pk])

    @property
    def waits(self) -> bool:
        """Whether it still waits for a second person."""
        return self.state == RedactionState.PROPOSED


class RedactedFiling(Record):
    """A filed paper or published version whose files still contain the words, and which needs a corrected issue."""

    redaction = models.ForeignKey(Redaction, on_delete=models.PROTECT, related_name="filings")
    paper = models.ForeignKey(
        "ScrutinyReport", on_delete=models.PROTECT, null=True, blank=True, related_name="redactions"
    )
    version = models.ForeignKey(
        "ResponseVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="redactions"
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="redactedfiling_is_of_one", condition=Q(paper__isnull=True) ^ Q(version__isnull=True)
            )
        ]

    def __str__(self):
        return str(self.paper or self.version)


class FormerPerson(Guarded):
    """A leaver who is now shown by a number. Only `key` leads from the number to the name.

    `key` is the name and address, encrypted: it is in no history, trail or list.
    """

    UNTRAILED = ("key",)

    person = models.OneToOneField("User", on_delete=models.PROTECT, related_name="former")
    number = models.PositiveIntegerField(unique=True)
    reason = models.TextField("why")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    key = models.TextField(editable=False)

    history = history(excluded_fields=["key"])
    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = "former officer"

    def __str__(self):
        return former_name(self.number)


class AccessCount(Guarded):
    """The number of folded access records of one kind in a month. Never changed."""

    month = models.DateField()
    verb = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    folded_at = models.DateTimeField()

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "verb", "id"]

    def __str__(self):
        return f"{self.verb} in {self.month:%B %Y}: {self.number}"


class EntrySeal(models.Model):
    """A keyed digest of an entry that removed something: nobody without the key can forge one."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    seal = models.CharField(max_length=64)

    def __str__(self):
        return f"Seal of entry {self.sequence}"


def former_name(number: int | None) -> str:
    """The name shown for a former officer's number, or "" for None."""
    return f"Former officer {number}" if number else ""


def sealed_entry(sequence: int, entry_hash: str) -> list:
    """The value that an entry's seal is made of."""
    return ["entry", sequence, entry_hash]


@trail.follow
class EntrySealer:
    """Seals the entry of each verb that removes something, in the verb's own transaction."""

    def note(self, row: models.Model, changed: object) -> None:
        """Nothing to note: the entry as a whole is sealed."""

    def finish(self) -> None:
        """Seal the entry, which is now the chain's head (and locked)."""
        act = trail.acting()
        if act is not None and act.verb in REMOVING:
            sequence, entry_hash = trail.head()
            # written at once: a seal, which is no record
            EntrySeal.objects.create(sequence=sequence, seal=keys.seal(sealed_entry(sequence, entry_hash)))
