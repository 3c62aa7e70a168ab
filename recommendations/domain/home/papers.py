"""First-page items about papers: those that this user can finalise, and drafts to finish."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem, count
from recommendations.domain.ownership.mine import my_papers
from recommendations.domain.papers.papers import to_finalise
from recommendations.enums import PaperState
from recommendations.models import ScrutinyReport
from recommendations.models.papers.papers import PaperQuerySet
from recommendations.periods import Period
from recommendations.permissions import May


def _drafts(context: HomeContext) -> PaperQuerySet:
    return ScrutinyReport.objects.listed_for(context.user).filter(state=PaperState.DRAFT)


@line(Desk.OFFICE, "decide", 80)
def papers_to_finalise(context: HomeContext) -> Iterator[HomeItem]:
    """Drafts that this user may finalise: not those that they prepared or wrote."""
    if not context.user.has_perm(May.FINALISE_PAPER):
        return
    if number := to_finalise(_drafts(context), context.user, context.day).count():
        words, url = f"Finalise {count(number, 'paper', 'papers')}", f"{reverse('papers')}?state=finalise"
        yield HomeItem(words, url, number=number)


@line(Desk.OFFICE, "do", 80)
def drafts(context: HomeContext) -> Iterator[HomeItem]:
    """Draft papers to finish: with `mine` those that this user prepared, one by one."""
    if context.mine:
        own = _drafts(context).filter(my_papers(context.user))
        for paper in own.with_forces().defer("figures").order_by("-end", "pk"):
            period = Period(paper.start, paper.end).label
            yield HomeItem(f"Finish the draft paper on {paper.about_then}", paper.get_absolute_url(), period)
    elif number := _drafts(context).count():
        words = f"Finish {count(number, 'draft paper', 'draft papers')}"
        yield HomeItem(words, f"{reverse('papers')}?state=draft", number=number)
