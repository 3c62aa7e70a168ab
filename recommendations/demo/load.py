"""Load the story in order, each event at its own moment in London working hours."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from django.db import transaction
from simple_history.signals import pre_create_historical_record

from recommendations import trail
from recommendations.demo import steps
from recommendations.demo.data import DemoReport, DemoTracked, fill_in_days, reports
from recommendations.demo.inspections import inspectorate, sources
from recommendations.demo.office import EV, WM, add_webhook, let_people_wait, open_office
from recommendations.demo.panels import accountability, meetings, visits
from recommendations.demo.papers import checks, notifications, papers, requests, restricted
from recommendations.demo.public import action_plans, force_pages
from recommendations.demo.register import (
    actions,
    attachments,
    indicators,
    notes,
    rechecks,
    redactions,
    risk,
    saved_views,
    similar,
)
from recommendations.demo.responses import commitments, drafts
from recommendations.demo.rounds import reminders, rounds
from recommendations.domain.search.following import rebuild_at_end
from recommendations.models import Force
from recommendations.periods import LONDON, london_day

OPENED = -560
OPENS, APART = datetime.time(9, 5), datetime.timedelta(minutes=3)
# What happens besides reports and papers, in the order within a day. Each yields the day, the order within the day,
# the function to call at a moment, and whether to call it `alone`.
STORIES = (
    rounds,
    commitments,
    drafts,
    inspectorate,
    meetings,
    visits,
    redactions,
    saved_views,
    reminders,
    attachments,
    notes,
    similar,
    force_pages,
    rechecks,
    risk,
    sources,
    action_plans,
    indicators,
    accountability,
    actions,
)


@dataclass
class DemoState:
    """The state shared by the steps: today, the people, the records made so far, and the story's clock."""

    today: datetime.date
    people: dict = field(default_factory=dict)
    forces: dict = field(default_factory=dict)
    reports: dict = field(default_factory=dict)
    asked: dict = field(default_factory=dict)
    last: datetime.datetime | None = None

    def day(self, number: int) -> datetime.date:
        return self.today + datetime.timedelta(days=number)

    def working_day(self, number: int) -> datetime.date:
        """Return that day, or the Friday before it."""
        found = self.day(number)
        return found - datetime.timedelta(days=max(0, found.weekday() - 4))

    def moment(self, on: datetime.date) -> datetime.datetime:
        """Return the next free moment of a working day, in UTC: in the London morning, then every three minutes."""
        opens = datetime.datetime.combine(on, OPENS, tzinfo=LONDON).astimezone(datetime.UTC)
        first = opens + datetime.timedelta(minutes=on.toordinal() * 37 % 180)
        self.last = first if self.last is None or self.last < opens else self.last + APART
        return self.last

    def words(self, value):
        """Return text with its days written out, a day's number as the day, or anything else unchanged."""
        if isinstance(value, str):
            return fill_in_days(value, self.today)
        return self.day(value) if isinstance(value, int) else value


@dataclass(frozen=True)
class DemoEvent:
    """An event recorded on a working day. `order` keeps a story's steps in order.

    Events that make a document are `alone`: outside any transaction.
    """

    on: datetime.date
    order: tuple
    do: Callable[[datetime.datetime], object]
    alone: bool = False


def tell(at: datetime.datetime) -> None:
    """Add the whole demonstration, as if it had happened in the eighteen months before `at`."""
    told = DemoState(london_day(at))
    pre_create_historical_record.connect(_date_history)
    try:
        with rebuild_at_end():
            with transaction.atomic():
                opened = told.working_day(OPENED)
                told.people = open_office(lambda: told.moment(opened))
                told.forces = {force.slug: force for force in Force.objects.all()}
            _do_all(told, sorted(_events(told), key=lambda event: (event.on, event.order)))
            with transaction.atomic():
                let_people_wait(told.people, lambda: told.moment(told.working_day(-1)))
                add_webhook(told.people, lambda: told.moment(told.working_day(-1)))
    finally:
        pre_create_historical_record.disconnect(_date_history)


def _do_all(office: DemoState, events: list[DemoEvent]) -> None:
    """Run each event at its moment. Events between two documents share a transaction, which is faster."""
    for alone, together in groupby(events, key=lambda event: event.alone):
        with nullcontext() if alone else transaction.atomic():
            for event in together:
                event.do(office.moment(event.on))


def _date_history(sender, history_instance, **kwargs) -> None:
    """Set the story's time on history rows, so that pages show when things happened.

    Each event has its own moment and saves a record once, so no record has two history rows with the same time.
    """
    acting = trail.acting()
    assert acting  # each save is within an event
    history_instance.history_date = acting.at


def _events(office: DemoState) -> Iterator[DemoEvent]:
    for place, report in enumerate(reports()):
        yield from _report_events(office, report, place)
    for quarter in papers.quarters(office.today):
        yield from _paper_events(office, quarter)
    for place, story in enumerate(STORIES, start=7):
        for day, order, do, *alone in story.happenings(office):
            yield DemoEvent(office.working_day(day), (day, place, *order), do, any(alone))


def _report_events(office: DemoState, report: DemoReport, place: int) -> Iterator[DemoEvent]:
    """Yield the events for a report: added, then its recommendations, then the leads, then each line's steps."""
    added = max(report.day + report.added, OPENED + 1)
    on = office.working_day(added)
    yield DemoEvent(on, (added, 0, place), lambda at: steps.add_report(office, report, at))
    for row, asked in enumerate(report.asked):
        yield DemoEvent(on, (added, 1, place, row), partial(steps.add_recommendation, office, report, asked))
        for line in asked.lines:
            key = steps.Key(report.title, asked.kind, asked.number, line.force)
            yield from _line_events(office, key, line, added, (place, row))
    if report.answer:
        day = report.answer.recorded
        on = office.working_day(day)
        yield DemoEvent(on, (day, 4, place), lambda at: steps.answer(office, report, at))
        yield DemoEvent(on, (day, 4, place, "confirm"), lambda at: steps.confirm_answer(office, report, at), alone=True)


def _line_events(office: DemoState, key: steps.Key, line: DemoTracked, added: int, place: tuple) -> Iterator[DemoEvent]:
    order = (added, 2, *place, key.force)
    yield DemoEvent(office.working_day(added), order, lambda at: steps.give_leads(office, key, line, at))
    for number, step in enumerate(line.steps):
        day = max(step.day + step.late, added)
        order = (day, 3, *place, key.force, number)
        yield DemoEvent(office.working_day(day), order, partial(steps.take, office, key, step))


def _paper_events(office: DemoState, quarter) -> Iterator[DemoEvent]:
    """Yield the events for each force's paper. Eastvale's newest is still a draft."""
    drafted = (quarter.end + papers.DRAFTED - office.today).days
    finalised = (quarter.end + papers.FINALISED - office.today).days
    if quarter == papers.quarters(office.today)[0]:
        asked = (quarter.end + requests.RECORDED - office.today).days
        yield DemoEvent(office.working_day(asked), (asked, 5), lambda at: requests.ask(office, quarter, at))
        yield DemoEvent(office.working_day(drafted), (drafted, 5, "~"), lambda at: requests.answer(office, quarter, at))
    for force in papers.forces_of(office.today, quarter):
        on = office.working_day(drafted)
        yield DemoEvent(on, (drafted, 5, force), partial(papers.draft, office, force, quarter))
        if force == WM or quarter != papers.quarters(office.today)[0]:
            on, order = office.working_day(finalised), (finalised, 6, force)
            yield DemoEvent(on, order, partial(papers.finalise, office, force, quarter), alone=True)
    if quarter == papers.quarters(office.today)[0]:
        yield from _check_events(office, quarter, drafted, finalised)
    else:
        on = office.working_day(finalised + 1)
        yield DemoEvent(on, (finalised + 1, 5, WM), lambda at: notifications.make_public(office, WM, quarter, at))


def _check_events(office: DemoState, quarter, drafted: int, finalised: int) -> Iterator[DemoEvent]:
    """Yield the factual checks: Westmarch's paper is checked, corrected and issued; Eastvale's is with the force.

    The draft of the joint paper follows.
    """
    steps_of_it = (
        (drafted + 1, (5, "~check"), lambda at: checks.send(office, WM, quarter, at)),
        (drafted + 4, (5, "~reply"), lambda at: checks.reply(office, quarter, at)),
        (drafted + 5, (5, "~answer"), lambda at: checks.answer(office, at)),
        (finalised, (6, "~issue"), lambda at: checks.issue(office, quarter, at)),
        (finalised, (6, "~tell"), lambda at: notifications.tell(office, at)),
        (finalised + 1, (5, "~read"), lambda at: notifications.download(office, WM, quarter, at)),
        (finalised, (6, "~year"), lambda at: papers.draft_of_the_year(office, quarter, at)),
        (-1, (5, "~other"), lambda at: checks.send(office, EV, quarter, at)),
        (-1, (6, "~restrict"), lambda at: restricted.restrict(office, quarter, at)),
        (-1, (6, "~shut"), lambda at: restricted.draft(office, quarter, at)),
    )
    for day, order, do in steps_of_it:
        yield DemoEvent(office.working_day(day), (day, *order), do)
