"""Counts of old access records, for administrators."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recommendations.domain.audit.wording import verb_words
from recommendations.domain.retention.folding import counts_by_month
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest


@require_safe
@allow(May.ADMINISTER)
def access_counts(request: AuthenticatedRequest) -> HttpResponse:
    """How many access records of each kind each month had, of those that were reduced to counts."""
    months = [(month, [(verb_words(verb), number) for verb, number in rows]) for month, rows in counts_by_month()]
    return render(request, "retention/access_counts.html", {"months": months, "days": settings.ACCESS_RECORDS_DAYS})
