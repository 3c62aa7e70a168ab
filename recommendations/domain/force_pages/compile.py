"""What a force's public page would say today. It is compiled when a release is prepared, never when the page is read.

Nothing restricted, withdrawn, drafted or about another force is in it, nor names of leads, notes, evidence, or where a
status was heard.
"""

import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from recommendations.domain.commitments.queries import with_latest
from recommendations.domain.compliance.status import ComplianceRow, compliance
from recommendations.domain.custody.coverage import Visit, totals
from recommendations.domain.force_pages.compile_lines import open_lines
from recommendations.domain.force_pages.data import (
    AnswerTime,
    PageChoices,
    PageFacts,
    PublicCustody,
    PublicGrade,
    PublicPromise,
    PublicReport,
    SuiteVisits,
)
from recommendations.domain.force_pages.indicators import indicators_of
from recommendations.domain.force_pages.specified_information import complaints_of, other_answers, priorities_of
from recommendations.domain.forces.in_force import body_of
from recommendations.domain.inspections.grade_queries import grades_of, group_by_cycle
from recommendations.domain.text.quotations import without_marks
from recommendations.enums import CheckOutcome, Grade
from recommendations.enums.sources import OF_HMICFRS
from recommendations.models import (
    Commitment,
    CustodySuite,
    CustodyVisit,
    Force,
    Inspection,
    PeelGrade,
    Response,
    ResponseInspection,
    ResponseVersion,
)
from recommendations.periods import Period, quarter_of
from recommendations.sections import Section


def compile_page(*, force: Force, choices: PageChoices, on: datetime.date) -> PageFacts:
    """The facts of a force's page on a London day, as known now, with these choices. A fixed number of queries."""
    body = body_of(force, on)
    found = open_lines(force, choices.in_full, on)
    cycle, grades = _grades(force)
    promises, promises_left_out = _promises(force, on) if Section.COMMITMENTS.is_on else ((), 0)
    report = annual_reports(force).filter(pk=choices.report).first()
    return PageFacts(
        force=force.name,
        slug=force.slug,
        on=on,
        body=body.name if body else "",
        holder=body.holder if body else "",
        chief_officer_title=force.chief_officer_title,
        chief_officer=force.chief_officer,
        report=report_of(report) if report else None,
        summary_link=choices.summary_link,
        summary_on=choices.summary_on,
        cycle=cycle,
        grades=grades,
        answers=_answers(force, on),
        lines=found.lines,
        left_out=found.left_out,
        shows_longest=found.shows_longest,
        promises=promises,
        promises_left_out=promises_left_out,
        custody=_custody(force, choices) if Section.CUSTODY.is_on else None,
        priorities=priorities_of(choices) if force.is_police else None,
        complaints=complaints_of(force, choices) if force.is_police else None,
        other_answers=other_answers(force, choices, on),
        indicators=indicators_of(force, choices, on),
        is_police=force.is_police,
    )


def reports_on(force: Force) -> QuerySet:
    """The reports of HMICFRS that cover a force."""
    return Inspection.objects.filter(covers__force=force, source__in=OF_HMICFRS)


def annual_reports(force: Force) -> QuerySet:
    """The inspectorate's yearly reports on a force, the newest first."""
    return Inspection.objects.annual_reports().filter(covers__force=force).order_by("-published_on", "-pk")


def report_of(inspection: Inspection) -> PublicReport:
    """The report of an inspection, as a page names it."""
    return PublicReport(title=inspection.title, published_on=inspection.published_on, link=inspection.link)


def _grades(force: Force) -> tuple[str, tuple[PublicGrade, ...]]:
    """The name of the latest cycle and its grades: HMICFRS says that cycles cannot be compared."""
    cycles = group_by_cycle(grades_of(PeelGrade.objects.filter(force=force)))
    if not cycles:
        return "", ()
    scale = [str(each) for each in reversed(cycles[0].cycle.scale)]
    return cycles[0].cycle.name, tuple(_grade(each.grade, scale) for each in cycles[0].rows)


def _grade(row: PeelGrade, scale: list[str]) -> PublicGrade:
    report = row.inspection if row.inspection and not row.inspection.withdrawn_at else None
    return PublicGrade(
        area=row.area,
        grade=Grade(row.grade).label,
        place=scale.index(row.grade) + 1,
        of=len(scale),
        on=row.effective_on,
        report=report_of(report) if report else None,
    )


def _answers(force: Force, on: datetime.date) -> tuple[AnswerTime, ...]:
    """The reports that need a response, the latest first, and whether it was in time. Drafts are not mentioned."""
    rows = compliance(reports_on(force), Response.objects.all(), on)
    needed = [row for row in rows if row.inspection.needs_response]
    return tuple(_answer(row) for row in sorted(needed, key=_latest_first))


def _latest_first(row: ComplianceRow) -> tuple[int, int]:
    last = row.last_day or row.inspection.published_on
    return (-last.toordinal(), row.inspection.pk)


def _answer(row: ComplianceRow) -> AnswerTime:
    public = row.response if row.answered_on and row.response and row.response.slug else None
    return AnswerTime(
        report=report_of(row.inspection),
        last_day=row.last_day,
        is_statutory=row.inspection.is_under_section_55,
        answered_on=row.answered_on,
        days_late=row.days_late,
        year=public.year if public else None,
        slug=public.slug if public else "",
    )


def promises_of(force: Force) -> QuerySet:
    """The commitments of published responses to reports that cover a force, each once."""
    public = Response.objects.public().filter(withdrawn_at__isnull=True, answers__inspection__covers__force=force)
    return Commitment.objects.filter(of__response__in=public.values("pk"))


def _promises(force: Force, on: datetime.date) -> tuple[tuple[PublicPromise, ...], int]:
    """The promises made in responses to reports of HMICFRS, and how many were made only to other sources.

    A promise that was dropped is still shown, because it was published. One query.
    """
    first = ResponseVersion.objects.filter(response=OuterRef("of__response")).order_by("number")
    of_hmicfrs = ResponseInspection.objects.filter(response=OuterRef("of__response"), inspection__in=reports_on(force))
    rows = with_latest(promises_of(force)).annotate(
        promised_on=Subquery(first.values("published_on")[:1]), is_of_hmicfrs=Exists(of_hmicfrs)
    )
    rows = rows.select_related("of__response", "of__reads").defer("of__source_text", "of__reads__text")
    found = list(rows.order_by("-promised_on", "pk"))
    shown = tuple(_promise(row, on) for row in found if row.is_of_hmicfrs)
    return shown, len(found) - len(shown)


def _promise(row: Commitment, on: datetime.date) -> PublicPromise:
    response = row.of.response
    late = (on - row.next_on).days if row.next_on else 0
    return PublicPromise(
        quote=without_marks(row.quote),
        promised_on=row.of.published_on,
        heading=row.of.reads.heading,
        year=response.year or 0,
        slug=response.slug,
        outcome=CheckOutcome(row.outcome).label if row.outcome else "",
        checked_on=getattr(row, "checked_on", None),
        next_on=row.next_on,
        days_late=max(0, late),
    )


def _custody(force: Force, choices: PageChoices) -> PublicCustody | None:
    """Visits to each suite in the chosen quarter; None if no quarter was chosen."""
    if not choices.custody_from:
        return None
    period = quarter_of(choices.custody_from)
    return PublicCustody(
        start=period.start,
        end=period.end,
        words=choices.custody_words,
        link=choices.custody_link,
        suites=_suites(force, period),
    )


def _suites(force: Force, period: Period) -> tuple[SuiteVisits, ...]:
    suites = CustodySuite.objects.filter(force=force).within(period.start, period.end).order_by("name")
    visits = CustodyVisit.objects.filter(suite__force=force).within(period.start, period.end).order_by()
    rows = [Visit(**values) for values in visits.values("suite", "on", "start", "offered", "seen", "refused")]
    found = []
    for pk, name in suites.values_list("pk", "name"):
        of_it = totals([each for each in rows if each.suite == pk])
        counts = {"visits": of_it.visits, "offered": of_it.offered, "seen": of_it.seen, "refused": of_it.refused}
        found.append(SuiteVisits(suite=name, **counts))
    return tuple(found)
