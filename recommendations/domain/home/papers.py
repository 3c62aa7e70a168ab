"""The first-page line about papers: drafts, and those that this user can finalise."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeLine, HomeLinePart, number_line
from recommendations.domain.ownership.mine import my_papers
from recommendations.domain.papers.papers import to_finalise
from recommendations.enums import PaperState
from recommendations.models import ScrutinyReport
from recommendations.models.papers.papers import PaperQuerySet
from recommendations.periods import Period
from recommendations.permissions import May


@line(Desk.OFFICE, "waits", 80)
def drafts(context: HomeContext) -> Iterator[HomeLine]:
    """Draft papers: those that this user can finalise if their role may, else all."""
    user, url = context.user, f"{reverse('papers')}?state="
    in_draft = ScrutinyReport.objects.listed_for(user).filter(state=PaperState.DRAFT)
    finalises = user.has_perm(May.FINALISE_PAPER)
    if context.mine and not finalises:
        yield from _own(in_draft.filter(my_papers(user)))
        return
    number = in_draft.count()
    theirs = to_finalise(in_draft, user, context.day).count() if finalises else 0
    if theirs:
        more = (HomeLinePart(f"{number:,} drafts in all", f"{url}draft"),) if number > theirs else ()
        yield number_line(theirs, "paper to finalise", "papers to finalise", f"{url}finalise", more=more)
    elif number:
        yield number_line(number, "draft of a paper", "drafts of papers", f"{url}draft")


def _own(papers: PaperQuerySet) -> Iterator[HomeLine]:
    """The drafts that this user prepared, one by one."""
    for paper in papers.with_forces().defer("figures").order_by("-end", "pk"):
        words = (HomeLinePart(f"{paper.about}, {Period(paper.start, paper.end).label}"),)
        yield number_line(1, "draft of a paper", "drafts of papers", paper.get_absolute_url(), more=words)
