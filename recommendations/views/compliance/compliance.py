"""Compliance: the state of the response to each report, and the record of a year, as a page and as CSV."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations import trail
from recommendations.documents.compliance.csv import as_csv
from recommendations.permissions import May, allow
from recommendations.views.compliance.page import CompliancePage
from recommendations.views.register.exports import file_answer
from recommendations.views.site.requests import AuthenticatedRequest

CSV = "text/csv; charset=utf-8"


@require_safe
@allow(May.SEE_RESPONSES)
def compliance(request: AuthenticatedRequest) -> HttpResponse:
    """The reports that wait for a response, and the record of a year or other period: in time, late, how late."""
    page = CompliancePage.of(request)
    return render(request, "compliance/page.html", {"page": page})


@require_safe
@allow(May.SEE_RESPONSES)
def compliance_csv(request: AuthenticatedRequest) -> HttpResponse:
    """Download all rows that the page has at the same address, as CSV."""
    page = CompliancePage.of(request)
    if page.period is None:
        return HttpResponseRedirect(f"{reverse('compliance')}?{request.GET.urlencode()}")
    name = f"compliance-{page.today}.csv"
    if request.method == "HEAD":
        return file_answer(name, CSV)
    about = f"{len(page.all_rows)} reports as on {page.today}: {page.period.label}"
    content = as_csv(page.all_rows)
    trail.record(by=request.user, at=timezone.now(), verb="export_compliance", about=about)
    return file_answer(name, CSV, content)
