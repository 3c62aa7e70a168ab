"""Noting that somebody signed in takes a file of a paper: once for each GET, and not for a look at its head."""

from django.utils import timezone

from recommendations.domain.papers.downloads import record_download
from recommendations.models import ScrutinyReport


def note_download(request, paper: ScrutinyReport, form: str) -> None:
    """Record who takes which form of a paper, where its bytes are sent."""
    if request.method == "GET":
        record_download(paper=paper, form=form, by=request.user, at=timezone.now())
