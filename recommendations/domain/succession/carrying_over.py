"""Duties that go over to a successor by name, inside the verb that ends a force or gives it another body.

What was published, decided or filed stays with whoever did it, and what hangs on a recommendation moves with that:
closures that wait, leads, targets, files, actions. What moves here is what names its force or body itself.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from recommendations.domain.register.transfers import move_register
from recommendations.domain.responses.states import IN_HAND, drop_submission
from recommendations.domain.succession.going_over import (
    coming_meetings,
    commitments_of,
    open_invitations,
    unpublished_responses,
)
from recommendations.domain.succession.panels_and_suites import carry_over_panels, carry_over_suites
from recommendations.domain.succession.people import carry_over_leads
from recommendations.domain.writing.records import raise_versions
from recommendations.models import (
    CommitteeRequest,
    Force,
    ForceSubscriber,
    ForceSuccession,
    PlannedInspection,
    PolicingBody,
    RoundLine,
    SavedView,
    TrackedRecommendation,
    UpdateRound,
    User,
)
from recommendations.models.forces.transfers import CameOver
from recommendations.trail import VerbContext, verb

FORCE = "force"  # the filter of the register by force, in saved views


def succeed(
    *,
    force: Force,
    successor: Force,
    effective_on: datetime.date,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    leads_stay: bool = False,
) -> ForceSuccession:
    """Record that `successor` takes over from `force` on `effective_on`, and give it the register and what is open.

    `force` ends the day before. Its inspection leads lose the register unless they stay. Raises Refusal as
    `move_register` does.
    """
    with verb("succeed_force", by=by, at=at, reason=reason) as act:
        act.subject = end_force(act, force=force, successor=successor, day=effective_on, leads_stay=leads_stay)
    return act.subject


def end_force(
    act: VerbContext, *, force: Force, successor: Force, day: datetime.date, leads_stay: bool
) -> ForceSuccession:
    """Do what `succeed` does, inside a verb with its reason."""
    succession = move_register(act, force, successor, day)
    carry_over_force(act, force=force, successor=successor, day=day)
    carry_over_leads(act, force=force, successor=successor, stay=leads_stay)
    return succession


def carry_over_force(act: VerbContext, *, force: Force, successor: Force, day: datetime.date) -> None:
    """Give what is open with a force that ends to its successor from a day on, and name where it came from.

    That is running rounds, planned inspections, accountability meetings from that day on, requests of committees,
    unanswered invitations to comment, panels and custody suites, subscribers of its public page, and saved views that
    ask for it. An invitation stays if the successor has one of its own to the same response, and a subscriber who
    follows both pages is not doubled.
    """
    for duties in (
        UpdateRound.objects.open().filter(force=force),
        PlannedInspection.objects.filter(force=force),
        coming_meetings([force], day),
        CommitteeRequest.objects.filter(pk__in=CommitteeRequest.objects.waiting().filter(force=force).values("pk")),
        open_invitations([force]).exclude(response__invitations__force=successor),
    ):
        rows = _locked(duties)
        for row in rows:
            row.force = successor
        _keep(act, rows, force, day)
    carry_over_panels(act, force=force, successor=successor, day=day)
    carry_over_suites(act, force=force, successor=successor, day=day)
    _move_subscribers(force, successor)
    _move_views(force, successor)


def carry_over_lines(
    act: VerbContext, *, tracked: Collection[TrackedRecommendation], force: Force, successor: Force, day: datetime.date
) -> None:
    """Move the lines of running rounds that are about these recommendations, which leave a force that goes on.

    Each such round of the force becomes two: the lines that leave are a round of the successor with the same name, note
    and last day. It stays with whoever is dealing with the first.
    """
    lines = RoundLine.objects.select_for_update(of=("self",)).filter(
        tracked__in=[each.pk for each in tracked], round__force=force, round__closed_at__isnull=True
    )
    by_round: dict[UpdateRound, list[RoundLine]] = defaultdict(list)
    for line in lines.select_related("round").order_by("round", "position", "pk"):
        by_round[line.round].append(line)
    for round, rows in by_round.items():
        copied = ("name", "note", "due_on", "asked_on", "asked_at", "asked_by_id", "keeper_id")
        facts = {name: getattr(round, name) for name in copied}
        new = act.save(UpdateRound(force=successor, came_from=force, came_on=day, **facts))
        for line in rows:
            line.round = new
        raise_versions(act, rows)
        act.save_all(rows)


def carry_over_body(
    act: VerbContext, *, body: PolicingBody, successor: PolicingBody, forces: Collection[Force], day: datetime.date
) -> None:
    """Give what is open with a body that is followed to its successor from a day on, and name where it came from.

    `forces` are those that the successor oversees from the day. It answers in its own name what the body had not
    published: a text that was submitted or approved is a draft again, since nobody approved it for the successor. It
    keeps the body's commitments, and the committees of a body that oversees no other force are now its own.
    """
    responses = _locked(unpublished_responses(forces, body, day))
    for response in responses:
        if response.state in IN_HAND:
            drop_submission(act, response)
        response.body = successor
    _keep(act, responses, body, day)
    _keep(act, _locked(commitments_of(body, forces, day)), body, day)
    if not body.oversights.on(day).exclude(force__in=forces).exists():
        panels = list(body.panels.select_for_update().within(day, datetime.date.max).order_by("pk"))
        for panel in panels:
            panel.body = successor
        act.save_all(panels)


def _locked[Row: CameOver](rows: QuerySet[Row]) -> list[Row]:
    """These rows, locked, each once."""
    found = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk"))
    return list(found.select_for_update(of=("self",)).order_by("pk"))


def _keep(act: VerbContext, rows: list, origin: Force | PolicingBody, day: datetime.date) -> None:
    """Save duties that went over, with where they came from."""
    for row in rows:
        row.came_from, row.came_on = origin, day
    raise_versions(act, rows)
    act.save_all(rows)


def _move_subscribers(force: Force, successor: Force) -> None:
    there = ForceSubscriber.objects.filter(force=successor).values("email")
    for subscriber in ForceSubscriber.objects.select_for_update().filter(force=force).exclude(email__in=there):
        subscriber.force = successor
        # no record: an address to which a page is sent
        subscriber.save()


def _move_views(force: Force, successor: Force) -> None:
    """Saved views keep the words of their filters, so both the value and its words change."""
    for view in SavedView.objects.select_for_update().order_by("pk"):
        filters = [_filter_by_successor(each, force, successor) for each in view.filters]
        if filters != view.filters:
            view.filters, view.version = filters, view.version + 1
            # no record: a preference of a person
            view.save()


def _filter_by_successor(filter: Iterable[str], force: Force, successor: Force) -> list[str]:
    name, value, words = filter
    if (name, value) != (FORCE, force.slug):
        return [name, value, words]
    return [name, successor.slug, words.replace(force.short_name, successor.short_name)]
