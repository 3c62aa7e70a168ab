"""The compliance page: reports that wait, the record of a period, and reports that need no response."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.compliance.status import (
    ComplianceRow,
    YearsRecord,
    compliance,
    followed_reports,
    record_of,
    waiting,
)
from recommendations.forms.compliance.compliance import ComplianceForm
from recommendations.models import Force, Inspection, Response
from recommendations.periods import Period, calendar_year_of, financial_year_of, london_day, say
from recommendations.views.site.requests import AuthenticatedRequest

PAGE = 50
FIRST_WAITING = 25
YEARS = 3  # how many years of each kind are offered


@dataclass(frozen=True)
class OfferedYear:
    """A year that can be chosen."""

    words: str
    url: str
    current: bool


@dataclass
class CompliancePage:
    """The page for one request. Days are in Europe/London."""

    request: AuthenticatedRequest
    form: ComplianceForm
    today: datetime.date

    @classmethod
    def of(cls, request: AuthenticatedRequest) -> "CompliancePage":
        today = london_day(timezone.now())
        return cls(request, ComplianceForm(request.GET, by=request.user, today=today), today)

    @cached_property
    def rows(self) -> list[ComplianceRow]:
        """All reports of the chosen force, or of all forces."""
        found = Inspection.objects.visible_to(self.request.user)
        found = found.filter(covers__force=self.form.force) if self.form.force else found
        return compliance(found, Response.objects.visible_to(self.request.user), self.today)

    @cached_property
    def waiting(self) -> list[ComplianceRow]:
        return waiting(self.rows)

    @property
    def waiting_shown(self) -> list[ComplianceRow]:
        return self.waiting if self.request.GET.get("waiting") == "all" else self.waiting[:FIRST_WAITING]

    @property
    def late(self) -> int:
        return sum(row.is_late for row in self.waiting)

    @cached_property
    def period(self) -> Period | None:
        return self.form.period

    @cached_property
    def record(self) -> YearsRecord | None:
        return record_of(self.rows, self.period) if self.period else None

    @cached_property
    def followed(self) -> list[ComplianceRow]:
        """The reports that chief officers answer; the office follows these answers."""
        return followed_reports(self.rows, self.period) if self.period else []

    @property
    def outside(self) -> int:
        """The number of responses due outside section 55."""
        assert self.record  # its part of the page is shown only with a period
        return len(self.record.rows) - len(self.record.under_section_55)

    @cached_property
    def recorded(self) -> Page:
        assert self.record  # as above
        return Paginator(self.record.rows, PAGE).get_page(self.request.GET.get("page"))

    @property
    def all_rows(self) -> list[ComplianceRow]:
        """The rows of the CSV file: every row of the page once, soonest last day first."""
        record = self.record
        assert record  # as above
        shown = {
            row.inspection.pk
            for row in (*self.waiting, *record.rows, *record.without_day, *record.not_needed, *self.followed)
        }
        return [row for row in self.rows if row.inspection.pk in shown]

    @property
    def period_words(self) -> str:
        """ "financial year 2026/27", "5 January 2026 to 3 March 2026"."""
        assert self.period  # as above
        if self.period == financial_year_of(self.period.start):
            return f"financial year {_financial(self.period)}"
        if self.period == calendar_year_of(self.period.start):
            return f"calendar year {self.period.start.year}"
        return f"{say(self.period.start)} to {say(self.period.end)}"

    @property
    def years(self) -> list[tuple[str, list[OfferedYear]]]:
        """The years that can be chosen, newest first: April to March, and January to December."""
        financial = _latest(financial_year_of, self.today)
        calendar = _latest(calendar_year_of, self.today)
        return [
            ("Financial year", [self._year(_financial(each), each) for each in financial]),
            ("Calendar year", [self._year(str(each.start.year), each) for each in calendar]),
        ]

    def _year(self, words: str, period: Period) -> OfferedYear:
        return OfferedYear(words, f"?{self._query(period)}#record", period == self.period)

    def _query(self, period: Period | None) -> str:
        force = {"force": self.form.force.slug} if self.form.force else {}
        days = {"from": period.start, "to": period.end} if period else {}
        return urlencode(force | days)

    @property
    def forces(self) -> list[Force]:
        return list(self.form.fields["force"].queryset)

    @property
    def query(self) -> str:
        """The query string of this page, for links to its other pages."""
        asked = self._query(self.period)
        return f"{asked}&" if asked else ""

    @property
    def all_waiting_url(self) -> str:
        return f"?{self.query}waiting=all#waiting"

    @property
    def csv_url(self) -> str:
        return f"{reverse('compliance_csv')}?{self._query(self.period)}"


def _financial(year: Period) -> str:
    return f"{year.start.year}/{year.end.year % 100:02}"


def _latest(year_of: Callable, today: datetime.date) -> list[Period]:
    found = [year_of(today)]
    while len(found) < YEARS:
        found.append(year_of(found[-1].start - datetime.timedelta(days=1)))
    return found
