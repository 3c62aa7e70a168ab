"""The state of the response to each report on a London day: stage, days left or late, what is missing, who has it.

Police Act 1996, section 55. Everything is derived from dated rows: versions, submissions, invitations, comments, parts
of a draft, copies. So a past day reads as it was, except that the draft text of that day is gone once published.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet

from recommendations.domain.compliance.queries import DECIDED, Facts, ResponseFacts, facts_of
from recommendations.domain.compliance.text import who_has_it, words_of
from recommendations.domain.forces.details import short_name_on
from recommendations.domain.inspections.statutory_clock import Clock, clock, soonest
from recommendations.enums import ResponseStage
from recommendations.models import Inspection, InspectionForce, Response
from recommendations.periods import Period


@dataclass(frozen=True)
class ComplianceRow:
    """A report on a London day. `response` is the one in effect, or None; `who` are names of people or offices."""

    inspection: Inspection
    on: datetime.date
    clock: Clock
    stage: ResponseStage
    waits_for: str
    who: tuple[str, ...]
    response: Response | None = None
    answered_on: datetime.date | None = None

    @property
    def forces(self) -> str:
        """The short names that the forces it covered on the day had then."""
        return ", ".join(cover.short_name for cover in self.inspection.covers.all())

    @property
    def waits(self) -> bool:
        """Whether a response is needed and none is public."""
        return self.stage != ResponseStage.NOT_NEEDED and self.answered_on is None

    @property
    def last_day(self) -> datetime.date | None:
        """The last lawful day, or the stated one; None if no response is needed or no day is stated."""
        return None if self.stage == ResponseStage.NOT_NEEDED else self.inspection.last_day

    @property
    def days_left(self) -> int | None:
        """Days from this one to the last, negative if late; None if no response is awaited or there is no last day."""
        return (self.last_day - self.on).days if self.waits and self.last_day else None

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def days_late(self) -> int:
        """How many days late it was published, or is on this day; 0 if in time."""
        if self.last_day is None or not self.inspection.needs_response:
            return 0
        return max(0, ((self.answered_on or self.on) - self.last_day).days)


def compliance(inspections: QuerySet, responses: QuerySet, on: datetime.date) -> list[ComplianceRow]:
    """Return a row for each of these reports published by this day, earliest last day first.

    `responses` are those that the user can see. The number of queries does not depend on the number of reports. A force
    that followed another has its reports from that day on, and none before its own first day.
    """
    begun = Q(force__since__isnull=True) | Q(force__since__lte=on)
    begun &= Q(since__isnull=True) | Q(since__lte=on)
    of_day = {"short_name": short_name_on(on)}
    covers = InspectionForce.objects.filter(begun).annotate(**of_day)
    forces = covers.select_related("force__succession").order_by("force__name")
    found = list(inspections.filter(published_on__lte=on).prefetch_related(Prefetch("covers", forces)))
    facts = facts_of(responses, found, on)
    rows = [_row(inspection, facts, {each.pk: each for each in found}) for inspection in found]
    return sorted(rows, key=lambda row: soonest(row.inspection))


def followed_reports(rows: Iterable[ComplianceRow], period: Period) -> list[ComplianceRow]:
    """Filter to reports that the chief officer answers, if made or due in the period or still open."""

    def is_of_period(row: ComplianceRow) -> bool:
        last, sent_on = row.inspection.last_day, row.inspection.answer_sent_on
        return row.inspection.clock_from in period or sent_on is None or (last is not None and last in period)

    return [row for row in rows if row.inspection.is_answered_elsewhere and is_of_period(row)]


def waiting(rows: Iterable[ComplianceRow]) -> list[ComplianceRow]:
    """Filter to reports that need a response and have no public one."""
    return [row for row in rows if row.waits]


@dataclass(frozen=True)
class YearsRecord:
    """The reports whose last day to respond is in a period.

    `without_day` and `not_needed` are those published in it that need a response but have no last day, or that need
    none.
    """

    period: Period
    rows: list[ComplianceRow]
    without_day: list[ComplianceRow]
    not_needed: list[ComplianceRow]

    @property
    def under_section_55(self) -> list[ComplianceRow]:
        """The reports that section 55 applies to, on which the figures are based."""
        return [row for row in self.rows if row.inspection.is_under_section_55]

    @property
    def in_time(self) -> int:
        return sum(not row.waits and not row.is_late for row in self.under_section_55)

    @property
    def late(self) -> int:
        """How many were answered late."""
        return sum(not row.waits and row.is_late for row in self.under_section_55)

    @property
    def not_answered(self) -> int:
        """How many are late and not answered."""
        return sum(row.waits and row.is_late for row in self.under_section_55)

    @property
    def to_come(self) -> int:
        """How many can still be answered in time."""
        return sum(row.waits and not row.is_late for row in self.under_section_55)


def record_of(rows: Iterable[ComplianceRow], period: Period) -> YearsRecord:
    """Return the record of a period, latest last day first.

    in_time + late + not_answered + to_come = all reports under section 55. Reports answered by someone else are left
    out.
    """
    rows = [row for row in reversed(list(rows)) if not row.inspection.is_answered_elsewhere]
    needed = [row for row in rows if row.inspection.needs_response]
    published = [row for row in rows if row.inspection.published_on in period]
    return YearsRecord(
        period=period,
        rows=[row for row in needed if row.last_day and row.last_day in period],
        without_day=[row for row in published if row.inspection.needs_response and row.last_day is None],
        not_needed=[row for row in published if row.stage == ResponseStage.NOT_NEEDED],
    )


def _row(inspection: Inspection, facts: Facts, inspections: dict[int, Inspection]) -> ComplianceRow:
    said = _standing(facts.of.get(inspection.pk, []))
    public = [each for each in facts.of.get(inspection.pk, []) if _is_public(each)]
    answered_on = min((each.first_on for each in public if each.first_on), default=None)
    stage = _stage(inspection, said, facts)
    about = _About(inspection, said, stage, facts, inspections)
    return ComplianceRow(
        inspection=inspection,
        on=facts.on,
        clock=clock(inspection, answered_on, facts.on),
        stage=stage,
        waits_for=words_of(about),
        who=who_has_it(about),
        response=said.response if said and not said.withdrawn else None,
        answered_on=answered_on,
    )


@dataclass(frozen=True)
class _About:
    """The input for a row's words (implements text.About)."""

    inspection: Inspection
    said: ResponseFacts | None
    stage: ResponseStage
    facts: Facts
    found: dict[int, Inspection]

    @cached_property
    def inspections(self) -> list[Inspection]:
        """The reports that the response answers and that the user can see."""
        ids = self.said.inspections if self.said else [self.inspection.pk]
        return [self.found[pk] for pk in ids]

    @cached_property
    def voices(self) -> list:
        return self.facts.voices(self.said, self.inspections) if self.said else []

    @property
    def asked(self) -> int:
        """How many recommendations need an answer."""
        return sum(self.facts.asked.get(each.pk, 0) for each in self.inspections)


def _is_public(response_facts: ResponseFacts) -> bool:
    return bool(response_facts.versions) and not response_facts.withdrawn


def _standing(of_it: list[ResponseFacts]) -> ResponseFacts | None:
    """Return the response that counts: a public one, or else one not withdrawn, or else the last one withdrawn."""
    if not of_it:
        return None
    stands = [each for each in of_it if not each.withdrawn]
    return next((each for each in stands if each.versions), None) or next(iter(stands), of_it[-1])


def _stage(inspection: Inspection, response_facts: ResponseFacts | None, facts: Facts) -> ResponseStage:
    if response_facts is not None and _is_public(response_facts):
        return ResponseStage.COPIES_SENT if _are_copies_sent(response_facts, facts) else ResponseStage.PUBLISHED
    if not inspection.needs_response:
        return ResponseStage.NOT_NEEDED
    if response_facts is None:
        return ResponseStage.WAITING
    return ResponseStage.WITHDRAWN if response_facts.withdrawn else _stage_before_publication(response_facts, facts)


def _are_copies_sent(response_facts: ResponseFacts, facts: Facts) -> bool:
    """Whether every current recipient has a copy of the latest version."""
    sent = {copy.recipient_id for copy in response_facts.copies if copy.of_id == response_facts.versions[-1].pk}
    return bool(sent) and {each.pk for each in facts.recipients} <= sent


def _stage_before_publication(response_facts: ResponseFacts, facts: Facts) -> ResponseStage:
    """Return the stage of a response that is not public yet."""
    last = response_facts.submission
    if response_facts.is_undecided(facts.on):
        return ResponseStage.SUBMITTED
    if last and last.decision in DECIDED:
        return ResponseStage.APPROVED
    if last or response_facts.written:
        return ResponseStage.DRAFTING
    if response_facts.comments:
        return ResponseStage.COMMENTS_IN
    return ResponseStage.INVITED if response_facts.invitations else ResponseStage.WAITING
