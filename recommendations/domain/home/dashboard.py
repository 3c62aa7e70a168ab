"""The first page of those who work with the register: the office, and a force's inspection lead."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home import chief_officers as comments_of
from recommendations.domain.home import commitments as commitments_of
from recommendations.domain.home import committee_requests as requests_of
from recommendations.domain.home import factual_checks as checks_of
from recommendations.domain.home import panels as panels_of
from recommendations.domain.home import rounds as rounds_of
from recommendations.domain.home.inspections import planned
from recommendations.domain.home.lines import AHEAD, Ahead, FirstPage, Line, Part, Section, left, number_line, weekday
from recommendations.domain.home.register import Counted
from recommendations.domain.inspections.statutory_clock import last_day_name, soonest, unanswered
from recommendations.domain.papers.papers import to_finalise
from recommendations.domain.responses.chief_officers.force_invitations import waiting
from recommendations.enums import PaperState
from recommendations.models import Inspection, ScrutinyReport
from recommendations.periods import say_days
from recommendations.permissions import May

NOTHING = {
    "waits": "Nothing waits for you.",
    "late": "Nothing is late.",
    "changed": "Nothing has changed.",
    "ahead": f"Nothing in the next {AHEAD} days.",
}
NOTES = {"ahead": f"next {AHEAD} days"}
TITLES = {"waits": "Waits for you", "late": "Late", "changed": "Changed", "ahead": "Ahead"}


def office_page(user, day: datetime.date, found: Counted) -> FirstPage:
    """The page of an OPCC officer, or of an approving officer, who also decides and finalises."""
    rounds, waiting = rounds_of.rounds_for(user), _without_response(user)
    checks, requests = commitments_of.checks_for(user, day), requests_of.due_for(user, day)
    factual = checks_of.of_office(user)
    dated = [each for each in waiting if each.last_day_is_known]
    coming = [each for each in dated if each.last_day >= day]
    late = [each for each in dated if each.last_day < day]
    lines = {
        "waits": [
            *rounds_of.to_look_at(rounds, day),
            *_to_decide(user, found),
            *_to_publish(coming, day),
            *_without_a_day([each for each in waiting if not each.last_day_is_known]),
            *found.lines(("revisit", "assurance to revisit", "assurances to revisit")),
            *found.lines(("sent_back", "closure not approved", "closures not approved")),
            *checks_of.to_answer(factual),
            *_papers(user, day),
        ],
        "late": [
            *_late(found),
            _late_responses(late),
            *rounds_of.missing_for_office(rounds, day),
            *commitments_of.overdue(checks, day),
            *requests_of.overdue(requests, day),
            *checks_of.late(factual, day),
            *panels_of.gaps(user, day),
        ],
        "changed": [
            *comments_of.came(user, found.since),
            *checks_of.came(factual, found.since),
            *_changed_for_office(found),
        ],
        "ahead": [
            *rounds_of.closing(rounds, day),
            *_last_days(coming, day),
            *commitments_of.coming(checks, day),
            *requests_of.coming(requests, day),
            *planned(user, day),
            *_due(found),
        ],
    }
    return _page(found, lines, clock=_clock(coming, day))


def force_page(user, day: datetime.date, found: Counted) -> FirstPage:
    """The page of a force inspection lead: their own force only."""
    rounds, asked, factual = rounds_of.rounds_for(user), waiting(user), checks_of.of_force(user)
    lines = {
        "waits": [
            *comments_of.to_submit(asked, day),
            *checks_of.to_reply(factual, day),
            *rounds_of.to_answer(rounds, day, rounds_of.shelves_of(rounds)),
            *found.lines(("sent_back", "closure not approved", "closures not approved")),
        ],
        "late": [
            *_late(found),
            *comments_of.not_submitted(asked, day),
            *checks_of.not_replied(factual, day),
            *rounds_of.missing_for_force(rounds, day),
        ],
        "changed": _changed_for_force(found),
        "ahead": [*rounds_of.closing(rounds, day), *planned(user, day), *_due(found, revisits=False)],
    }
    return _page(found, lines)


def _page(found: Counted, lines: dict[str, list], clock=None) -> FirstPage:
    lines["ahead"].sort(key=lambda each: each.day)
    sections = tuple(Section(key, TITLES[key], tuple(lines[key]), NOTHING[key], NOTES.get(key, "")) for key in TITLES)
    return FirstPage(sections, tops=found.tops(), forces=found.open_by_force(), clock=clock)


def _late(found: Counted) -> Iterator[Line]:
    """Said with a zero too: that nothing is late is an answer."""
    no_forecast = found.part("no_forecast", "without a forecast", "without a forecast")
    yield found.line("overdue", "recommendation overdue", "recommendations overdue", no_forecast)
    after = (Part(f"after {say_days(found.rule.immediate_days)}"),)
    yield found.line("immediate", "immediate and still open", "immediate and still open", after)
    quiet = f"without an update for {say_days(found.rule.no_update_days)}"
    yield found.line("no_update", quiet, quiet)


def _to_decide(user, found: Counted) -> tuple[Line, ...]:
    """Closures that wait for this person. Those that they asked for themselves wait for somebody else."""
    if not user.has_perm(May.DECIDE_CLOSURE) or not found.number("to_decide"):
        return ()
    own = found.part("own", "more that you asked for", "more that you asked for")
    return (found.line("to_decide", "closure to decide", "closures to decide", own),)


def _changed_for_office(found: Counted) -> tuple[Line, ...]:
    return found.lines(
        ("changed_updates", "with a new force update", "with a new force update"),
        ("changed_targets", "with a target that moved", "with a target that moved"),
        ("changed_status", "with a new HMICFRS status", "with a new HMICFRS status"),
        ("changed_closures", "with closure asked for", "with closure asked for"),
        ("changed_decided", "with a closure decided", "with a closure decided"),
        ("changed_new", "new recommendation", "new recommendations"),
    )


def _changed_for_force(found: Counted) -> tuple[Line, ...]:
    return found.lines(
        ("changed_returned", "answer returned with a question", "answers returned with a question"),
        ("changed_accepted", "answer accepted", "answers accepted"),
        ("changed_decided", "with a closure decided", "with a closure decided"),
        ("changed_assurance", "with a new OPCC assurance", "with a new OPCC assurance"),
        ("changed_status", "with a new HMICFRS status", "with a new HMICFRS status"),
        ("changed_new", "new recommendation", "new recommendations"),
    )


def _due(found: Counted, revisits: bool = True) -> Iterator[Ahead]:
    """What falls due in the register, each under the last day of the time ahead."""
    names = {"due": ("recommendation due by now", "recommendations due by now")}
    if revisits:
        names["revisit_ahead"] = ("assurance to revisit by now", "assurances to revisit by now")
    for name, (one, many) in names.items():
        if number := found.number(name):
            last = found.asked["due"]["due"].end
            yield Ahead(last, f"{number:,} {one if number == 1 else many}", found.url(name))


# Responses


def _without_response(user) -> list[Inspection]:
    """The inspections that need a response and have none, the soonest last day first."""
    found = unanswered(Inspection.objects.visible_to(user))
    return sorted(found, key=soonest)


def _to_publish(coming: list[Inspection], day: datetime.date) -> Iterator[Line]:
    if coming:
        words, url = ("response to publish", "responses to publish"), f"{reverse('responses')}?waiting=coming"
        end = left(coming[0].last_day, day)
        yield number_line(len(coming), *words, url, more=(Part(coming[0].short_name),), end=end)


def _without_a_day(waiting: list[Inspection]) -> Iterator[Line]:
    """Those outside section 55 whose last day nobody has stated: nothing is counted for them."""
    if waiting:
        words = ("response without a stated last day", "responses without a stated last day")
        more = (Part(waiting[0].short_name),) if len(waiting) == 1 else ()
        yield number_line(len(waiting), *words, f"{reverse('responses')}?waiting=unstated", more=more)


def _late_responses(late: list[Inspection]) -> Line:
    more = (Part(late[0].short_name),) if len(late) == 1 else ()
    return number_line(len(late), "response late", "responses late", f"{reverse('responses')}?waiting=late", more=more)


def _last_days(coming: list[Inspection], day: datetime.date) -> Iterator[Ahead]:
    until = day + datetime.timedelta(days=AHEAD)
    for each in coming:
        if each.last_day <= until:
            yield Ahead(each.last_day, f"{last_day_name(each)} to respond: {each.short_name}", each.get_absolute_url())


def _clock(coming: list[Inspection], day: datetime.date) -> tuple[str, str, str] | None:
    """The band: the next response whose clock runs."""
    if not coming:
        return None
    first, last = coming[0], coming[0].last_day
    days = (last - day).days
    headline = f"{say_days(days)} left to publish" if days else "Last day to publish"
    return f"{headline}: {first.title}", f"{last_day_name(first)} {weekday(last)}.", first.get_absolute_url()


# Papers


def _papers(user, day: datetime.date) -> Iterator[Line]:
    """Drafts: for somebody who finalises papers those that they can finalise, else all."""
    drafts = ScrutinyReport.objects.listed_for(user).filter(state=PaperState.DRAFT)
    number, url = drafts.count(), f"{reverse('papers')}?state="
    mine = to_finalise(drafts, user, day).count() if user.has_perm(May.FINALISE_PAPER) else 0
    if mine:
        more = (Part(f"{number:,} drafts in all", f"{url}draft"),) if number > mine else ()
        yield number_line(mine, "paper to finalise", "papers to finalise", f"{url}finalise", more=more)
    elif number:
        yield number_line(number, "draft of a paper", "drafts of papers", f"{url}draft")
