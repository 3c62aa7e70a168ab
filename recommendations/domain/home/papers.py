"""The first-page line about papers: drafts, and those that this user can finalise."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse

from recommendations.domain.home.first_page import Desk, Viewer, line
from recommendations.domain.home.lines import HomeLine, HomeLinePart, number_line
from recommendations.domain.ownership.mine import my_papers
from recommendations.domain.papers.papers import to_finalise
from recommendations.enums import PaperState
from recommendations.models import ScrutinyReport
from recommendations.models.papers import PaperQuerySet
from recommendations.periods import Period
from recommendations.permissions import May


@line(Desk.OFFICE, "waits", 80)
def drafts(viewer: Viewer) -> Iterator[HomeLine]:
    """Draft papers: those that this user can finalise if their role may, else all."""
    user = viewer.user
    found = ScrutinyReport.objects.listed_for(user).filter(state=PaperState.DRAFT)
    if viewer.mine and not user.has_perm(May.FINALISE_PAPER):
        yield from _own(viewer, found)
        return
    theirs = to_finalise(found, user, viewer.day) if user.has_perm(May.FINALISE_PAPER) else found.none()
    counted = found.order_by().aggregate(number=Count("pk"), mine=Count("pk", filter=Q(pk__in=theirs.values("pk"))))
    number, mine, url = counted["number"], counted["mine"], f"{reverse('papers')}?state="
    if mine:
        more = (HomeLinePart(f"{number:,} drafts in all", f"{url}draft"),) if number > mine else ()
        yield number_line(mine, "paper to finalise", "papers to finalise", f"{url}finalise", more=more)
    elif number:
        yield number_line(number, "draft of a paper", "drafts of papers", f"{url}draft")


def _own(viewer: Viewer, drafts: PaperQuerySet) -> Iterator[HomeLine]:
    """The drafts that this user prepared, one by one."""
    for paper in drafts.filter(my_papers(viewer.user)).with_forces().defer("figures").order_by("-end", "pk"):
        words = (HomeLinePart(f"{paper.about}, {Period(paper.start, paper.end).label}"),)
        yield number_line(1, "draft of a paper", "drafts of papers", paper.get_absolute_url(), more=words)
