"""The first-page line about papers: drafts, and those that this user can finalise."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse

from recommendations.domain.home.first_page import Desk, RowsToCount, Viewer, line, tally
from recommendations.domain.home.lines import HomeLine, HomeLinePart, number_line
from recommendations.domain.ownership.mine import my_papers
from recommendations.domain.papers.papers import to_finalise
from recommendations.enums import PaperState
from recommendations.models import ScrutinyReport, User
from recommendations.models.papers import PaperQuerySet
from recommendations.periods import Period
from recommendations.permissions import May


def _drafts(user: User) -> PaperQuerySet:
    return ScrutinyReport.objects.listed_for(user).filter(state=PaperState.DRAFT)


@tally(Desk.OFFICE)
def begun(viewer: Viewer) -> RowsToCount:
    """The draft papers, by whether this user can finalise them."""
    found = _drafts(viewer.user)
    if not viewer.user.has_perm(May.FINALISE_PAPER):
        return RowsToCount(found)
    theirs = to_finalise(ScrutinyReport.objects.filter(pk=OuterRef("pk")), viewer.user, viewer.day)
    return RowsToCount(found, flag=Exists(theirs))


@line(Desk.OFFICE, "waits", 80)
def drafts(viewer: Viewer) -> Iterator[HomeLine]:
    """Draft papers: those that this user can finalise if their role may, else all."""
    found = viewer.tally(begun)
    if found and viewer.mine and not viewer.user.has_perm(May.FINALISE_PAPER):
        yield from _own(viewer)
        return
    number, mine, url = found.total(), found[None, True], f"{reverse('papers')}?state="
    if mine:
        more = (HomeLinePart(f"{number:,} drafts in all", f"{url}draft"),) if number > mine else ()
        yield number_line(mine, "paper to finalise", "papers to finalise", f"{url}finalise", more=more)
    elif number:
        yield number_line(number, "draft of a paper", "drafts of papers", f"{url}draft")


def _own(viewer: Viewer) -> Iterator[HomeLine]:
    """The drafts that this user prepared, one by one."""
    for paper in (
        _drafts(viewer.user).filter(my_papers(viewer.user)).with_forces().defer("figures").order_by("-end", "pk")
    ):
        words = (HomeLinePart(f"{paper.about}, {Period(paper.start, paper.end).label}"),)
        yield number_line(1, "draft of a paper", "drafts of papers", paper.get_absolute_url(), more=words)
