"""Carrying out a change ahead on its day: all of it in one verb, once, or nothing."""

import datetime
import logging

from recommendations.domain.forces.details import change_details
from recommendations.domain.forces.in_force import body_of
from recommendations.domain.forces.naming import free_name
from recommendations.domain.register.moving_actions import actions_with, move_actions
from recommendations.domain.register.transfers import move_tracked
from recommendations.domain.succession.carrying_over import carry_over_body, carry_over_lines, end_force
from recommendations.domain.succession.checks import (
    BODY_DETAILS,
    FORCE_DETAILS,
    new_details,
    problems_of,
)
from recommendations.domain.succession.members import (
    A_DAY,
    bodies_before,
    forces_on_the_day,
    references_of,
    tracked_by_reference,
)
from recommendations.domain.succession.notices import add_notices, people_to_tell
from recommendations.domain.succession.people import end_roles
from recommendations.domain.succession.rehearsal import groups_of
from recommendations.domain.succession.wording import title_of
from recommendations.domain.writing.records import check_itself, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.succession import SuccessionKind, SuccessionState
from recommendations.models import Force, InspectionForce, Oversight, PolicingBody, Succession, User
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext, verb

BY_PLAN = "a change entered ahead"  # who acts on the day, where histories name a person
DONE_ALREADY = "done-already"
UNFORESEEN = "It could not be done for a reason that is in the server’s log. It is tried again; nothing was changed."
logger = logging.getLogger(__name__)


def carry_out_due_changes(*, at: datetime.datetime) -> list[Succession]:
    """Carry out each confirmed change whose day has come, and return those that were tried, as they are then.

    What refuses one is kept as its `problem`, and the next run tries again. Safe to run at any time, and concurrently.
    """
    return [_try(plan, at) for plan in Succession.objects.due(london_day(at))]


def _try(plan: Succession, at: datetime.datetime) -> Succession:
    try:
        return carry_out(plan=plan, at=at)
    except Refusal as refusal:
        if refusal.code == DONE_ALREADY:  # by another run, at the same moment
            return Succession.objects.get(pk=plan.pk)
        problem = refusal.message
    except Exception:  # whatever it is, the other changes and the other work of the office go on
        logger.exception("The change ahead %s could not be carried out.", plan.pk)
        problem = UNFORESEEN
    return note_problem(plan=plan, problem=problem, at=at)


def note_problem(*, plan: Succession, problem: str, at: datetime.datetime) -> Succession:
    """Keep why a change could not be done, for administrators: one entry in the trail, however often it is tried."""
    if plan.problem == problem:
        return plan
    with verb("note_succession_problem", by=None, at=at, subject=plan) as act:
        act.by_name = BY_PLAN
        plan = lock_row(plan)
        if plan.is_open:
            plan.problem = problem
            act.save(plan)
    return plan


def carry_out(*, plan: Succession, at: datetime.datetime, by: User | None = None) -> Succession:
    """Carry out a confirmed change as of its day, which is today or earlier: one entry in the trail. `by` is None for
    the program itself.

    Raises Refusal, with nothing changed, if it is not confirmed, withdrawn or done already, or if something on record
    does not allow it (`problems_of`).
    """
    with verb("carry_out_succession", by=by, at=at, reason=plan.reason, subject=plan) as act:
        act.by_name = "" if by else BY_PLAN
        plan = lock_row(plan)
        _check_due(plan, at)
        forces = [lock_row(each) for each in sorted(plan.forces, key=lambda force: force.pk)]
        if problems := problems_of(plan, forces):
            raise problems[0]
        _carry_out(act, plan, forces_on_the_day(plan, forces))
        plan.done_at, plan.problem = at, ""
        plan.version += 1
        act.save(plan)
    return plan


def _carry_out(act: VerbContext, plan: Succession, forces: list[Force]) -> None:
    """Do it, and write down what the people concerned are told. Of new details no one is told."""
    kind = plan.kind_of_change
    people = people_to_tell(forces) if kind.is_of_bodies or kind.is_of_registers else []
    title, went = title_of(plan), [group.words for group in groups_of(plan, forces)] if people else []
    _CARRY_OUT[kind](act, plan, forces)
    add_notices(act, plan=plan, people=people, title=title, went=went)


def _check_due(plan: Succession, at: datetime.datetime) -> None:
    if plan.done_at:
        raise Refusal("This is done already.", code=DONE_ALREADY)
    if plan.state != SuccessionState.CONFIRMED:
        raise Refusal("This is not confirmed, so it is not done.", code="not-confirmed")
    if plan.day > london_day(at):
        raise Refusal(f"Its day is {say(plan.day)}.", "day", code="in-the-future")


def _follow_by_new_body(act: VerbContext, plan: Succession, forces: list[Force]) -> None:
    body = PolicingBody(kind=plan.body_kind, since=plan.day, **new_details(plan, BODY_DETAILS))
    body.slug = free_name(body, "slug", body.name)
    check_itself(body)
    _oversee(act, plan, forces, act.save(body))
    if plan.staff_changes:
        end_roles(act, successor=body, asked_by=plan.entered_by)


def _go_over(act: VerbContext, plan: Succession, forces: list[Force]) -> None:
    if plan.body:
        _oversee(act, plan, forces, lock_row(plan.body))


def _oversee(act: VerbContext, plan: Succession, forces: list[Force], body: PolicingBody) -> None:
    """From the day on `body` oversees these forces. A body that oversees none any more ends the day before."""
    before = bodies_before(plan, forces)
    for force in forces:
        _end_terms(act, plan.day, force)
        act.save(Oversight(body=body, force=force, since=plan.day))
    _follow_bodies(act, plan, before, body)


def _end_terms(act: VerbContext, day: datetime.date, force: Force) -> None:
    """End the term in which the force is overseen on the day; one that begins on it lasts that day alone."""
    for term in Oversight.objects.on(day).select_for_update().filter(force=force):
        term.until = max(day - A_DAY, term.since)
        act.save(term)


def _follow_bodies(
    act: VerbContext, plan: Succession, before: dict[PolicingBody, list[Force]], successor: PolicingBody | None
) -> None:
    """Give what is open with each body of the day before to the one that oversees its forces now, and end those that
    oversee none any more.
    """
    last_day = plan.day - A_DAY
    for old, forces in before.items():
        if successor and old != successor:
            carry_over_body(act, body=old, successor=successor, forces=forces, day=plan.day)
        if not Oversight.objects.within(plan.day, datetime.date.max).filter(body=old).exists():
            body = lock_row(old)
            body.until = min(body.until or last_day, last_day)
            act.save(body)


def _merge(act: VerbContext, plan: Succession, forces: list[Force]) -> None:
    before = bodies_before(plan, forces)
    successor = plan.successor or _add_force(act, plan, forces[0])
    for force in forces:
        _end_force(act, plan, force, successor)
    _follow_bodies(act, plan, before, body_of(successor, plan.day))


def _end_force(act: VerbContext, plan: Succession, force: Force, successor: Force) -> None:
    end_force(act, force=force, successor=successor, day=plan.day, leads_stay=plan.leads_stay)
    _end_terms(act, plan.day, force)


def _add_force(act: VerbContext, plan: Succession, before: Force) -> Force:
    """Add the new force. The body that the plan names oversees it, else that of the force before."""
    force = Force(since=plan.day, **new_details(plan, FORCE_DETAILS))
    force.short_name = force.short_name or force.name[:40]
    force.slug = free_name(force, "slug", force.short_name)
    force.reference_prefix = plan.reference_prefix or free_name(force, "reference_prefix", force.short_name)
    check_itself(force)
    act.save(force)
    term = Oversight.objects.on(plan.day).filter(force=before).first()
    if body := plan.body or (term and term.body):
        act.save(Oversight(body=body, force=force, since=plan.day))
    return force


def _split(act: VerbContext, plan: Succession, forces: list[Force]) -> None:
    """The new force has the chosen recommendations. The rest stays, or goes to the force that takes over."""
    force, new = forces[0], _add_force(act, plan, forces[0])
    chosen = tracked_by_reference(force, references_of(plan)).filter(withdrawn_at__isnull=True)
    rows = list(chosen.select_for_update().order_by("pk"))
    reports = {each.recommendation.inspection_id for each in chosen.select_related("recommendation")}
    for inspection in sorted(reports):
        act.save(InspectionForce(inspection_id=inspection, force=new, since=plan.day))
    going = list(actions_with(rows, force).values_list("pk", flat=True))
    for tracked in rows:
        move_tracked(act, tracked, new, plan.day)
    move_actions(act, going, force, new, plan.day)
    carry_over_lines(act, tracked=rows, force=force, successor=new, day=plan.day)
    if plan.successor:
        before = bodies_before(plan, forces)
        _end_force(act, plan, force, plan.successor)
        _follow_bodies(act, plan, before, body_of(plan.successor, plan.day))


def _change_force_details(act: VerbContext, plan: Succession, forces: list[Force]) -> None:
    change_details(act, lock_row(forces[0]), plan.day, new_details(plan, FORCE_DETAILS))


def _change_body_details(act: VerbContext, plan: Succession, forces: list[Force]) -> None:
    if plan.body:
        change_details(act, lock_row(plan.body), plan.day, new_details(plan, BODY_DETAILS))


_CARRY_OUT = {
    SuccessionKind.NEW_BODY: _follow_by_new_body,
    SuccessionKind.OTHER_BODY: _go_over,
    SuccessionKind.MERGER: _merge,
    SuccessionKind.SPLIT: _split,
    SuccessionKind.FORCE_DETAILS: _change_force_details,
    SuccessionKind.BODY_DETAILS: _change_body_details,
}
