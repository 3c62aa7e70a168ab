"""First-page items about the register: what to decide and to do, what changed, what is due."""

from collections.abc import Iterator

from django.db.models import Min

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem, count
from recommendations.domain.sources.naming import HMICFRS_WORD, status_label
from recommendations.enums.sources import OF_HMICFRS
from recommendations.models import Inspection, Standing
from recommendations.permissions import May

SENT_BACK = ("sent_back", "closure was not approved", "closures were not approved")


@line(Desk.OFFICE, "decide", 20)
def to_decide(context: HomeContext) -> Iterator[HomeItem]:
    """Closures that wait for this user's decision; those they requested wait for someone else."""
    if not context.user.has_perm(May.DECIDE_CLOSURE):
        return
    counts = context.register
    if number := counts.number("to_decide"):
        own = counts.number("own")
        detail = f"{count(own, 'more waits', 'more wait')} for someone else: you asked for it." if own else ""
        yield HomeItem(f"Decide {count(number, 'closure', 'closures')}", counts.url("to_decide"), detail, number=number)


@line(Desk.OFFICE, "decide", 25)
def parts_to_decide(context: HomeContext) -> Iterator[HomeItem]:
    """Recommendations with closures of parts that wait for this user's decision."""
    if not context.user.has_perm(May.DECIDE_CLOSURE):
        return
    yield from context.register.items(("part_to_decide", "recommendation", "recommendations"), verb="Decide parts of")


@line(Desk.OFFICE, "do", 50)
def to_revisit(context: HomeContext) -> Iterator[HomeItem]:
    """Assurances due to be revisited."""
    return context.register.items(("revisit", "OPCC view", "OPCC views"), verb="Look again at", day=context.day)


@line(Desk.OFFICE, "do", 55)
def to_review(context: HomeContext) -> Iterator[HomeItem]:
    """Decisions on disputes due for review."""
    words = ("decision on a dispute", "decisions on disputes")
    return context.register.items(("review", *words), verb="Review", day=context.day)


@line(Desk.OFFICE, "do", 0)
@line(Desk.FORCE, "do", 0)
def enforced(context: HomeContext) -> Iterator[HomeItem]:
    """What directions enforce, with the soonest of their days. One query, if there is any."""
    if number := context.register.number("directed"):
        rows = Standing.objects.now().open().visible_to(context.user).order_by()
        rows = rows.filter(force__handed_over_on__isnull=True)
        soonest = rows.aggregate(day=Min("direction_due_on"))["day"]
        words = count(number, "recommendation that a direction enforces", "recommendations that directions enforce")
        url = context.register.url("directed")
        yield HomeItem(f"See to {words}", url, day=soonest, number=number, comes_first=True)


@line(Desk.OFFICE, "do", 60)
@line(Desk.FORCE, "do", 40)
def sent_back_closures(context: HomeContext) -> Iterator[HomeItem]:
    """Closure requests that were declined."""
    return context.register.items(SENT_BACK, verb="See why")


@line(Desk.OFFICE, "do", 1)
def given_recommendations(context: HomeContext) -> Iterator[HomeItem]:
    """Recommendations that this user was given since their last look, and still leads."""
    words = ("recommendation was given to you", "recommendations were given to you")
    return context.register.items(("changed_given", *words), day=context.day)


def _status(context: HomeContext) -> tuple[str, str, str]:
    """The item on statuses: HMICFRS's, unless there are other sources."""
    mixed = Inspection.objects.visible_to(context.user).exclude(source__in=OF_HMICFRS).exists()
    return "changed_status", *_recommendations(f"with a new {status_label('source' if mixed else HMICFRS_WORD)}")


def _recommendations(words: str) -> tuple[str, str]:
    return f"recommendation {words}", f"recommendations {words}"


@line(Desk.OFFICE, "changed", 30)
def changed_for_office(context: HomeContext) -> Iterator[HomeItem]:
    """Changes to recommendations since the office's last look."""
    return context.register.items(
        ("changed_updates", *_recommendations("with a new force update")),
        ("changed_targets", *_recommendations("with a target that moved")),
        _status(context),
        ("changed_closures", *_recommendations("with closure asked for")),
        ("changed_decided", *_recommendations("with a closure decided")),
        ("changed_new", "new recommendation", "new recommendations"),
    )


@line(Desk.FORCE, "changed", 10)
def changed_for_force(context: HomeContext) -> Iterator[HomeItem]:
    """Changes to the force's recommendations and answers since its last look."""
    return context.register.items(
        ("changed_returned", "answer returned with a question", "answers returned with a question"),
        ("changed_accepted", "answer accepted", "answers accepted"),
        ("changed_decided", *_recommendations("with a closure decided")),
        ("changed_assurance", *_recommendations("with a new OPCC assurance")),
        _status(context),
        ("changed_new", "new recommendation", "new recommendations"),
    )


@line(Desk.OFFICE, "ahead", 60)
@line(Desk.FORCE, "ahead", 30)
def due_recommendations(context: HomeContext) -> Iterator[HomeItem]:
    """Recommendations due soon, listed under the last day of the period."""
    return _ahead(context, "due", ("recommendation due by then", "recommendations due by then"))


@line(Desk.OFFICE, "ahead", 70)
def revisits(context: HomeContext) -> Iterator[HomeItem]:
    """Assurances to revisit soon, listed under the last day of the period."""
    return _ahead(
        context, "revisit_ahead", ("OPCC view to look at again by then", "OPCC views to look at again by then")
    )


@line(Desk.OFFICE, "ahead", 75)
def reviews(context: HomeContext) -> Iterator[HomeItem]:
    """Decisions on disputes to review soon, listed under the last day of the period."""
    words = ("decision on a dispute to review by then", "decisions on disputes to review by then")
    return _ahead(context, "review_ahead", words)


def _ahead(context: HomeContext, name: str, words: tuple[str, str]) -> Iterator[HomeItem]:
    return context.register.items((name, *words), day=context.register.fields["due"]["due"].end)
