"""First-page lines about the register: what is late, what changed, what is due."""

from collections.abc import Iterator

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import Ahead, HomeLine
from recommendations.domain.sources.naming import HMICFRS_WORD, status_label
from recommendations.enums.sources import OF_HMICFRS
from recommendations.models import Inspection
from recommendations.periods import say_days
from recommendations.permissions import May

SENT_BACK = ("sent_back", "closure not approved", "closures not approved")


@line(Desk.OFFICE, "late", 10)
@line(Desk.FORCE, "late", 10)
def late(context: HomeContext) -> Iterator[HomeLine]:
    """Overdue and without an update. Shown with zero too, because that nothing is late is worth knowing."""
    found = context.register
    immediate = f"immediate and open after {say_days(found.rule.immediate_days)}"
    parts = (("no_forecast", "without a forecast"), ("immediate", immediate))
    more = tuple(part for name, words in parts for part in found.part(name, words, words))
    yield found.line("overdue", "recommendation overdue", "recommendations overdue", more)
    quiet = f"without an update for {say_days(found.rule.no_update_days)}"
    yield found.line("no_update", quiet, quiet)


@line(Desk.OFFICE, "waits", 20)
def to_decide(context: HomeContext) -> Iterator[HomeLine]:
    """Closures that wait for this user's decision; those they requested wait for someone else."""
    found = context.register
    if context.user.has_perm(May.DECIDE_CLOSURE) and found.number("to_decide"):
        own = found.part("own", "more that you asked for", "more that you asked for")
        yield found.line("to_decide", "closure to decide", "closures to decide", own)


@line(Desk.OFFICE, "waits", 25)
def parts_to_decide(context: HomeContext) -> tuple[HomeLine, ...]:
    """Recommendations with closures of parts that wait for this user's decision."""
    if not context.user.has_perm(May.DECIDE_CLOSURE):
        return ()
    words = ("recommendation with a part to decide", "recommendations with a part to decide")
    return context.register.lines(("part_to_decide", *words))


@line(Desk.OFFICE, "waits", 50)
def to_revisit(context: HomeContext) -> tuple[HomeLine, ...]:
    """Assurances due to be revisited."""
    return context.register.lines(("revisit", "assurance to revisit", "assurances to revisit"))


@line(Desk.OFFICE, "waits", 55)
def to_review(context: HomeContext) -> tuple[HomeLine, ...]:
    """Decisions on disputes due for review."""
    return context.register.lines(("review", "decision on a dispute to review", "decisions on disputes to review"))


@line(Desk.OFFICE, "waits", 60)
@line(Desk.FORCE, "waits", 40)
def sent_back_closures(context: HomeContext) -> tuple[HomeLine, ...]:
    """Closure requests that were declined."""
    return context.register.lines(SENT_BACK)


def _status(context: HomeContext) -> tuple[str, str, str]:
    """The line on statuses: HMICFRS's, unless there are other sources."""
    mixed = Inspection.objects.visible_to(context.user).exclude(source__in=OF_HMICFRS).exists()
    words = f"with a new {status_label('source' if mixed else HMICFRS_WORD)}"
    return "changed_status", words, words


@line(Desk.OFFICE, "changed", 30)
def changed_for_office(context: HomeContext) -> tuple[HomeLine, ...]:
    """Changes to recommendations since the office's last look."""
    return context.register.lines(
        ("changed_updates", "with a new force update", "with a new force update"),
        ("changed_targets", "with a target that moved", "with a target that moved"),
        _status(context),
        ("changed_closures", "with closure asked for", "with closure asked for"),
        ("changed_decided", "with a closure decided", "with a closure decided"),
        ("changed_new", "new recommendation", "new recommendations"),
    )


@line(Desk.FORCE, "changed", 10)
def changed_for_force(context: HomeContext) -> tuple[HomeLine, ...]:
    """Changes to the force's recommendations and answers since its last look."""
    return context.register.lines(
        ("changed_returned", "answer returned with a question", "answers returned with a question"),
        ("changed_accepted", "answer accepted", "answers accepted"),
        ("changed_decided", "with a closure decided", "with a closure decided"),
        ("changed_assurance", "with a new OPCC assurance", "with a new OPCC assurance"),
        _status(context),
        ("changed_new", "new recommendation", "new recommendations"),
    )


@line(Desk.OFFICE, "ahead", 60)
@line(Desk.FORCE, "ahead", 30)
def due_recommendations(context: HomeContext) -> Iterator[Ahead]:
    """Recommendations due soon, listed under the last day of the period."""
    yield from _ahead(context, "due", ("recommendation due by then", "recommendations due by then"))


@line(Desk.OFFICE, "ahead", 70)
def revisits(context: HomeContext) -> Iterator[Ahead]:
    """Assurances to revisit soon, listed under the last day of the period."""
    yield from _ahead(context, "revisit_ahead", ("assurance to revisit by then", "assurances to revisit by then"))


@line(Desk.OFFICE, "ahead", 75)
def reviews(context: HomeContext) -> Iterator[Ahead]:
    """Decisions on disputes to review soon, listed under the last day of the period."""
    words = ("decision on a dispute to review by then", "decisions on disputes to review by then")
    yield from _ahead(context, "review_ahead", words)


def _ahead(context: HomeContext, name: str, words: tuple[str, str]) -> Iterator[Ahead]:
    if number := context.register.number(name):
        last = context.register.fields["due"]["due"].end
        yield Ahead(last, f"{number:,} {words[number != 1]}", context.register.url(name))
