"""Recording downloads of a paper's files by signed-in users: one entry for each GET, none for HEAD."""

from django.utils import timezone

from recommendations.domain.papers.downloads import record_download
from recommendations.models import ScrutinyReport
from recommendations.views.site.requests import AuthenticatedRequest


def note_download(request: AuthenticatedRequest, paper: ScrutinyReport, form: str) -> None:
    """Record that the user downloads this form of a paper, if the request is a GET."""
    if request.method == "GET":
        record_download(paper=paper, form=form, by=request.user, at=timezone.now())
