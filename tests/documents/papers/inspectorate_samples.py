"""What HMICFRS says of a made-up force: inspections ahead, grades of two cycles, monitoring stages."""

from datetime import date

from recommendations.domain.papers.data.inspectorate import (
    AheadLine,
    CycleGrades,
    GradedArea,
    SourceStatements,
    StageLine,
)


def said_of_force() -> SourceStatements:
    areas = ("Responding to the public", "Investigating crime", "Managing offenders")
    return SourceStatements(
        ahead=(
            AheadLine(
                title="PEEL 2025–27: next assessment",
                kind="PEEL",
                expected="autumn 2026",
                days="1 September 2026 to 30 November 2026",
                said_on=date(2026, 6, 2),
            ),
            AheadLine(title="Custody: return visit", kind="Custody (joint)", expected="soon", said_on=date(2026, 6, 2)),
        ),
        cycles=(
            CycleGrades(
                cycle="PEEL 2025–27",
                years="since 1 April 2025",
                scale="outstanding, good, adequate, requires improvement and inadequate",
                areas=tuple(
                    GradedArea(
                        area=area,
                        grade="Good",
                        given_on=date(2026, 6, 18),
                        before="Adequate before, 3 May 2025" if area == areas[0] else "",
                    )
                    for area in areas
                ),
            ),
            CycleGrades(
                cycle="PEEL 2018/19",
                years="1 April 2018 to 31 March 2019",
                scale="outstanding, good, requires improvement and inadequate",
                areas=(GradedArea(area="Effectiveness", grade="Good", given_on=date(2019, 5, 2)),),
            ),
        ),
        stages=(
            StageLine(stage="Engage", since=date(2026, 5, 3)),
            StageLine(stage="Scan", since=date(2025, 6, 2), until=date(2026, 5, 2)),
        ),
    )
