"""The sources of calendar entries: for each kind a function that queries only what the user may see.

Each yields the entries of a span, and overdue ones. One query each, plus one prefetch if entries can concern several
forces.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from recommendations.domain.calendar.entries import (
    CalendarEntry,
    CalendarSpan,
    EntryKind,
    late_words,
    one_force,
    source,
)
from recommendations.domain.commitments.queries import rows_for
from recommendations.domain.inspections.plan_queries import ahead
from recommendations.domain.inspections.statutory_clock import last_day_name, unanswered_or_followed
from recommendations.domain.ownership.mine import is_my_report
from recommendations.domain.responses.states import WRITTEN
from recommendations.enums.disputes import DisputeStep
from recommendations.models import (
    ChiefOfficerComments,
    Commitment,
    Dispute,
    FactualCheck,
    Inspection,
    Invitation,
    PlanAnnouncement,
    Recheck,
    Standing,
    UpdateRound,
    User,
)
from recommendations.periods import day_start
from recommendations.permissions import May
from recommendations.sections import Section

RESPONSE = EntryKind("response", "Response")


@source(20, RESPONSE, May.SEE_RESPONSES)
def responses(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """The last days for responses not yet published, and for answers that chief officers owe."""
    found = unanswered_or_followed(Inspection.objects.visible_to(user)).prefetch_related("covers")
    for each in found.annotate(is_own=is_my_report(user)):
        if each.last_day is None or each.last_day > span.last:
            continue
        is_late = each.last_day < span.today
        yield CalendarEntry(
            RESPONSE,
            each.pk,
            each.last_day,
            f"{last_day_name(each)} {_task_words(each)}: {each.title}",
            f"{last_day_name(each)} {_task_words(each)}: {each.short_name}",
            each.get_absolute_url(),
            day_start(each.published_on),
            forces=frozenset(of.force_id for of in each.covers.all()),
            is_late=is_late,
            note=late_words(each.last_day, span.today),
            is_own=each.is_own,
        )


def _task_words(inspection: Inspection) -> str:
    return "to respond" if inspection.needs_response else f"for an answer to {inspection.source_word}"


COMMENTS = EntryKind("comments", "Chief officer’s comments")


@source(30, COMMENTS, May.DRAFT_RESPONSE, May.SUBMIT_COMMENTS)
def comments(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """The days by which chief officers were invited to comment and have not yet."""
    here = ChiefOfficerComments.objects.standing().filter(response=OuterRef("response"), force=OuterRef("force"))
    found = Invitation.objects.visible_to(user).filter(
        ~Exists(here), sent_on__isnull=False, response__state__in=WRITTEN, due_on__lte=span.last
    )
    for each in found.select_related("force", "came_from", "response"):
        is_late = each.due_on < span.today
        words = f"Chief officer’s comments: {span.force_on(each.force_on(each.due_on), each.due_on).short_name}"
        write = reverse("write_comments", args=[each.pk]) if user.force_id else None
        yield CalendarEntry(
            COMMENTS,
            each.pk,
            each.due_on,
            words,
            words,
            write or reverse("response_comments", args=[each.response_id]),
            each.recorded_at,
            forces=one_force(each.force_id),
            is_late=is_late,
            note=late_words(each.due_on, span.today),
            is_own=each.response.keeper_id == user.pk,
        )


INSPECTION = EntryKind("inspection", "Inspection")


@source(40, INSPECTION, May.SEE_INSPECTIONS)
def inspections(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """The expected inspections, from the first day to the last that their words name."""
    found = ahead(PlanAnnouncement.objects.visible_to(user), span.today).filter(from_on__lte=span.last)
    for each in found:
        force, is_late = each.plan.force, each.until_on < span.today
        name = span.force_on(force, each.from_on).short_name
        yield CalendarEntry(
            INSPECTION,
            each.plan_id,
            each.from_on,
            f"Inspection expected: {each.plan.title}, {name}",
            f"Inspection expected: {name}",
            each.plan.get_absolute_url(),
            each.recorded_at,
            until=each.until_on,
            forces=one_force(force.pk),
            is_late=is_late,
            note="this time has passed" if is_late else each.expected,
        )


COMMITMENT = EntryKind("commitment", "Commitment")


@source(50, COMMITMENT, May.SEE_RESPONSES, section=Section.COMMITMENTS)
def commitments(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """The next check of each commitment."""
    found = Commitment.objects.visible_to(user).filter(next_on__lte=span.last)
    for row in rows_for(found.prefetch_related("of__response__answers__inspection__covers"), span.today):
        of, answers = row.commitment, row.commitment.of.response.answers.all()
        assert of.next_on is not None  # the query requires a day
        yield CalendarEntry(
            COMMITMENT,
            of.pk,
            of.next_on,
            f"Commitment to check: {row.short_quote}",
            "Commitment to check",
            of.get_absolute_url(),
            of.recorded_at,
            forces=frozenset(covered.force_id for each in answers for covered in each.inspection.covers.all()),
            is_late=row.is_overdue,
            note=late_words(of.next_on, span.today),
            is_own=of.keeper_person_id == user.pk,
        )


RECHECK = EntryKind("recheck", "Closure to look at again")


@source(55, RECHECK, May.REOPEN, section=Section.RECHECKS)
def rechecks(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """The days on which closures are to be rechecked."""
    found = Standing.objects.now().visible_to(user).filter(look_again_on__lte=span.last)
    recorded = Recheck.objects.filter(tracked=OuterRef("tracked")).standing().latest_first().values("recorded_at")[:1]
    for each in found.select_related("tracked").annotate(said_at=Subquery(recorded)):
        assert each.look_again_on is not None  # the query requires a day
        words = "Closure to look at again"
        yield _recommendation_entry(RECHECK, each, each.look_again_on, f"{words}: {each.reference}", words, user, span)


DISPUTE = EntryKind("dispute", "Review of a dispute")


@source(57, DISPUTE, May.RECORD_ASSURANCE)
def reviews(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """The days on which the office reviews its decision on an open recommendation that the force does not accept."""
    found = Standing.objects.now().visible_to(user).open().filter(dispute_review_on__lte=span.last)
    decided = Dispute.objects.filter(tracked=OuterRef("tracked"), step=DisputeStep.DECISION).standing()
    said_at = Subquery(decided.latest_first().values("recorded_at")[:1])
    for each in found.select_related("tracked", "force").annotate(said_at=said_at):
        assert each.dispute_review_on is not None  # the query requires a day
        words = "Decision on a dispute to review"
        force = span.force_on(each.force, each.dispute_review_on).short_name
        inside, outside = f"{words}: {each.reference}, {force}", f"{words}: {force}"
        yield _recommendation_entry(DISPUTE, each, each.dispute_review_on, inside, outside, user, span)


def _recommendation_entry(
    kind: EntryKind, each: Any, day: datetime.date, words: str, outside: str, user: User, span: CalendarSpan
) -> CalendarEntry:
    """The entry for a recommendation. `each` is its row of Standing, with `said_at`, when the day was recorded."""
    return CalendarEntry(
        kind,
        each.tracked_id,
        day,
        words,
        outside,
        each.tracked.get_absolute_url(),
        each.said_at,
        forces=one_force(each.force_id),
        is_late=day < span.today,
        note=late_words(day, span.today),
        is_own=each.tracked.opcc_person_id == user.pk,
    )


ROUND = EntryKind("round", "Update round")


@source(60, ROUND, May.SEE_ROUNDS, section=Section.ROUNDS)
def rounds(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """The last days of open update rounds."""
    found = UpdateRound.objects.visible_to(user).open().filter(due_on__lte=span.last).select_related("force")
    for each in found:
        is_late, name = each.due_on < span.today, span.force_on(each.force, each.due_on).short_name
        yield CalendarEntry(
            ROUND,
            each.pk,
            each.due_on,
            f"Update round ends: {each.name}, {name}",
            f"Update round ends: {name}",
            each.get_absolute_url(),
            each.asked_at,
            forces=one_force(each.force_id),
            is_late=is_late,
            note=late_words(each.due_on, span.today),
            is_own=user.pk == (each.keeper_id or each.asked_by_id),
        )


CHECK = EntryKind("check", "Factual check")


@source(70, CHECK, May.DRAFT_PAPER, May.CHECK_PAPER)
def checks(user: User, span: CalendarSpan) -> Iterator[CalendarEntry]:
    """The days by which forces are asked to check the facts of a draft."""
    found = (
        FactualCheck.objects.visible_to(user).running().filter(due_on__lte=span.last).select_related("force", "paper")
    )
    for each in found.defer("paper__figures"):
        is_late = each.due_on < span.today
        words = f"Factual check of a paper: {span.force_on(each.force, each.due_on).short_name}"
        yield CalendarEntry(
            CHECK,
            each.pk,
            each.due_on,
            words,
            words,
            each.get_absolute_url(),
            each.sent_at,
            forces=one_force(each.force_id),
            is_late=is_late,
            note=late_words(each.due_on, span.today),
            is_own=each.paper.prepared_by_id == user.pk,
        )
