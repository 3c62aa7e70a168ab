"""First-page items about rechecks of closures: due ones, slips to decide, coming ones."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from recommendations.domain.home.by_day import Counted, numbers_of
from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem, count
from recommendations.domain.home.register import address
from recommendations.domain.register.filters import RecheckFilter, period_until
from recommendations.domain.register.queries import CountedRows
from recommendations.enums.register import RecheckAnswer
from recommendations.models import Recheck, Standing
from recommendations.periods import Period
from recommendations.permissions import May
from recommendations.sections import Section

CLOSED = {"show": CountedRows.CLOSED}
LASTED = ("closure: has it lasted?", "closures: have they lasted?")


@line(Desk.OFFICE, "decide", 26, section=Section.RECHECKS)
def slips(context: HomeContext) -> Iterator[HomeItem]:
    """Slips, for approving officers who did not record them themselves."""
    if not context.user.has_perm(May.DECIDE_CLOSURE):
        return
    own = Recheck.objects.waiting().filter(tracked=OuterRef("tracked"), recorded_by=context.user)
    slipped = Standing.objects.now().visible_to(context.user).filter(recheck=RecheckAnswer.SLIPPED)
    if number := slipped.exclude(Exists(own)).count():
        url = address(CLOSED | {"recheck": RecheckFilter.TO_DECIDE})
        words = f"Decide {count(number, 'closure that did not last', 'closures that did not last')}"
        yield HomeItem(words, url, "Reopen it, or leave it closed." if number == 1 else "", number=number)


@line(Desk.OFFICE, "do", 56, section=Section.RECHECKS)
def due_rechecks(context: HomeContext) -> Iterator[HomeItem]:
    """Closures due to be rechecked."""
    due = {day: number for day, number in numbers_of(context, Counted.LOOKS) if day <= context.day}
    if number := sum(due.values()):
        url = address(_filter(context) | {"look": period_until(context.day)})
        yield HomeItem(f"Look again at {count(number, *LASTED)}", url, day=min(due), number=number)


@line(Desk.OFFICE, "ahead", 85, section=Section.RECHECKS)
def coming(context: HomeContext) -> Iterator[HomeItem]:
    """The coming days with closures to recheck."""
    for day, number in numbers_of(context, Counted.LOOKS):
        if day > context.day:
            words = count(number, "closure to look at again", "closures to look at again")
            yield HomeItem(words, address(_filter(context) | {"look": Period(day, day)}), day=day, number=number)


def _filter(context: HomeContext) -> dict:
    return CLOSED | ({"mine": True} if context.mine else {})
