"""What HMICFRS has said about a paper's force by the period's last day, as recorded up to a moment. Three queries."""

import datetime

from recommendations.domain.inspections.grade_queries import CycleRows, grades_of, group_by_cycle
from recommendations.domain.inspections.monitoring import stages_of
from recommendations.domain.inspections.plan_queries import PlanRow, ahead, plan_rows
from recommendations.domain.papers.data.inspectorate import (
    AheadLine,
    CycleGrades,
    GradedArea,
    SourceStatements,
    StageLine,
)
from recommendations.enums import InspectionKind, Monitoring
from recommendations.models import Force, MonitoringStage, PeelGrade, PlanAnnouncement

A_DAY = datetime.timedelta(days=1)


def source_statements(force: Force, day: datetime.date, known_at: datetime.datetime) -> SourceStatements:
    """Return planned inspections, PEEL grades and monitoring stages on a London day. Their sources are not printed."""
    plans = ahead(PlanAnnouncement.objects.filter(plan__force=force), day, known_at)
    grades = grades_of(PeelGrade.objects.filter(force=force), day, known_at)
    stages = stages_of(MonitoringStage.objects.filter(force=force), day, known_at)
    return SourceStatements(
        ahead=tuple(_ahead(row) for row in plan_rows(plans, day)),
        cycles=tuple(_cycle(rows) for rows in group_by_cycle(grades)),
        stages=tuple(_stage(stage) for stage in stages),
    )


def _ahead(row: PlanRow) -> AheadLine:
    return AheadLine(
        title=row.plan.title,
        kind=InspectionKind(row.plan.kind).label,
        expected=row.expected,
        days=row.days,
        said_on=row.announcement.effective_on,
        past=row.is_past,
    )


def _cycle(rows: CycleRows) -> CycleGrades:
    areas = (
        GradedArea(area=row.grade.area, grade=row.word, given_on=row.grade.effective_on, before=row.before)
        for row in rows.rows
    )
    return CycleGrades(cycle=rows.cycle.name, years=rows.years, scale=rows.scale, areas=tuple(areas))


def _stage(stage: MonitoringStage) -> StageLine:
    until = stage.until - A_DAY if stage.until else None
    return StageLine(stage=Monitoring(stage.stage).label, since=stage.effective_on, until=until)
