"""Evidence that something was done: a meeting, a visit, attendance or an indicator over time, and of what it is.

And what shows that an action is done, or a request of a committee answered (Proof).
"""

from django.db import models
from django.db.models import Q

from recommendations.enums.accountability import ProofKind
from recommendations.models.base import ActiveManager, DatedQuerySet, DatedRow, RecordQuerySet, Withdrawable
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.sections import Section

SOURCES = ("meeting", "visit", "panel", "channel_of", "indicator")
SERIES = ("panel", "channel_of")
SUBJECTS = ("commitment", "assurance", "tracked")


def exactly_one(*names: str) -> Q:
    """A condition: exactly one of these columns is set."""
    one = Q()
    for name in names:
        one |= Q(**{f"{each}__isnull": each != name for each in names})
    return one


class EvidenceQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office, none for others."""
        return self if user.has_perm(May.RECORD_MEETINGS) else self.none()

    def in_sections_on(self):
        """Without evidence from sections that are switched off."""
        found = self if Section.PANELS.is_on else self.filter(Q(visit__isnull=False) | Q(indicator__isnull=False))
        found = found if Section.CUSTODY.is_on else found.filter(visit__isnull=True)
        return found if Section.INDICATORS.is_on else found.filter(indicator__isnull=True)


class Evidence(Withdrawable):
    """One source of evidence for one subject. A series is attendance at one panel or at all Channel panels of a force.

    `measure`: the commitment is measured by this series, and papers print its figure.
    """

    meeting = models.ForeignKey("Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    visit = models.ForeignKey("CustodyVisit", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    panel = models.ForeignKey("Panel", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    channel_of = models.ForeignKey(
        "Force",
        verbose_name="all Channel panels of",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    indicator = models.ForeignKey("Indicator", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    commitment = models.ForeignKey(
        "Commitment", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    assurance = models.ForeignKey(
        "Assurance", on_delete=models.PROTECT, null=True, blank=True, related_name="pointed_at"
    )
    tracked = models.ForeignKey(
        "TrackedRecommendation", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    measure = models.BooleanField("measure of the commitment", default=False)
    note = models.CharField("what it shows", max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActiveManager.from_queryset(EvidenceQuerySet)()
    on_file = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "evidence"
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(name="evidence_has_one_source", condition=exactly_one(*SOURCES)),
            models.CheckConstraint(name="evidence_has_one_subject", condition=exactly_one(*SUBJECTS)),
            models.CheckConstraint(
                name="evidence_measure_is_a_series",
                condition=Q(measure=False) | (Q(commitment__isnull=False) & exactly_one(*SERIES)),
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(measure=True, withdrawn_at__isnull=True),
                name="evidence_one_measure",
                violation_error_message="This commitment has its measure already.",
            ),
        ]

    def __str__(self):
        return self.source_words

    @property
    def subject(self):
        """The commitment, assurance or recommendation that this is evidence of."""
        return self.commitment or self.assurance or self.tracked

    @property
    def source_words(self) -> str:
        """ "Attendance at Aldford Channel panel", "Meeting of Aldford Channel panel", "Visit to Aldford custody"."""
        if self.visit:
            return f"Visit to {self.visit.suite}"
        if self.meeting:
            return f"Meeting of {self.meeting.panel}"
        if self.indicator:
            return f"Indicator: {self.indicator}"
        return f"Attendance at {self.panel}" if self.panel_id else f"Attendance at Channel panels, {self.channel_of}"

    def get_absolute_url(self):
        record = self.commitment or (self.assurance.tracked if self.assurance else self.tracked)
        assert record is not None  # evidence_has_one_subject
        return record.get_absolute_url()


class Proof(DatedRow):
    """What shows that something is done: of what kind, what it says or where it is, and its day.

    `item` is the agenda item at which it was seen.
    """

    kind = models.CharField("what shows it", max_length=10, choices=ProofKind)
    words = models.TextField("what it says, and where it is", blank=True)
    item = models.ForeignKey("AgendaItem", on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")

    objects = DatedQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        abstract = True
        ordering = ["id"]
        indexes: list[models.Index] = []
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(name="%(class)s_kind_known", condition=Q(kind__in=ProofKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {say(self.effective_on)}"
