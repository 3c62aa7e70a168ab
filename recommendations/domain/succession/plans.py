"""Changes of forces and policing bodies entered ahead: entered by one administrator, confirmed by another.

A change can be changed or withdrawn, with a reason, until it is done. Nothing but its own page shows it before its day
(carrying_out.py).
"""

import datetime

from recommendations.domain.people.two_people import check_administers, check_second
from recommendations.domain.succession.carrying_out import carry_out_due_changes
from recommendations.domain.succession.checks import problems_of
from recommendations.domain.writing.records import claim, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.succession import SuccessionState
from recommendations.models import Force, Succession, SuccessionForce, User
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.trail import VerbContext, verb

# (state, verb) → the state that follows, and who may. The program itself carries out what is confirmed.
TRANSITIONS: dict[tuple[SuccessionState, str], tuple[SuccessionState, May]] = {
    (SuccessionState.ENTERED, "change"): (SuccessionState.ENTERED, May.ADMINISTER),
    (SuccessionState.ENTERED, "confirm"): (SuccessionState.CONFIRMED, May.ADMINISTER),
    (SuccessionState.ENTERED, "withdraw"): (SuccessionState.WITHDRAWN, May.ADMINISTER),
    (SuccessionState.CONFIRMED, "change"): (SuccessionState.ENTERED, May.ADMINISTER),
    (SuccessionState.CONFIRMED, "withdraw"): (SuccessionState.WITHDRAWN, May.ADMINISTER),
    (SuccessionState.CONFIRMED, "carry_out"): (SuccessionState.DONE, May.ADMINISTER),
}
# What a change of a plan sets; its kind stays.
FACTS = (
    *("day", "reason", "body", "successor", "force_name", "short_name", "reference_prefix", "chief_officer_title"),
    *("chief_officer", "force_address", "body_name", "body_kind", "office_name", "holder", "office_address"),
    *("office_email", "comment_label", "references", "leads_stay", "staff_changes"),
)


def enter_succession(*, plan: Succession, forces: list[Force], by: User, at: datetime.datetime) -> Succession:
    """Enter a change ahead: `plan` is unsaved and has its kind and FACTS. Another administrator confirms it.

    Raises NotAllowed without the right to administer; Refusal for a day in the past, or with the first of
    `problems_of`.
    """
    with verb("enter_succession", by=by, at=at, reason=plan.reason) as act:
        check_administers(by)
        _check_plan(plan, forces, at)
        plan.entered_at, plan.entered_by = at, by
        act.subject = act.save(plan)
        _save_forces(act, plan, forces)
    return plan


def change_succession(
    *, plan: Succession, forces: list[Force], version: int, why: str, by: User, at: datetime.datetime
) -> Succession:
    """Change a plan, which has the new FACTS, before it is done. It waits to be confirmed again.

    Raises as `enter_succession`; Refusal without a reason, or if it is done or withdrawn; Stale.
    """
    with verb("change_succession", by=by, at=at, reason=why.strip(), subject=plan) as act:
        check_administers(by)
        found = _lock_open(plan, "change", version)
        if not why.strip():
            raise Refusal("Say why it is changed.", "why", code="no-reason")
        for name in FACTS:
            setattr(found, name, getattr(plan, name))
        _check_plan(found, forces, at)
        found.entered_at, found.entered_by = at, by
        found.confirmed_at = found.confirmed_by = None
        found.problem = ""
        act.save(found)
        _save_forces(act, found, forces)
    return found


def confirm_succession(
    *, plan: Succession, version: int, by: User | None, at: datetime.datetime, why: str = ""
) -> Succession:
    """Confirm a plan as another administrator, so that it is done on its day; if that has come, it is done at once.

    Raises NotAllowed for who entered or last changed it; Refusal if it is confirmed, done or withdrawn, without `why`
    from the command line (by=None), or with the first of `problems_of`; Stale.
    """
    with verb("confirm_succession", by=by, at=at, reason=why.strip(), subject=plan) as act:
        found = _lock_open(plan, "confirm", version)
        check_second(by=by, asked_by=found.entered_by_id, reason=why)
        if problems := problems_of(found, found.forces):
            raise Refusal(problems[0].message, code=problems[0].code)
        found.confirmed_at, found.confirmed_by = at, by
        act.save(found)
    if found.day <= london_day(at):
        carry_out_due_changes(at=at)
        found.refresh_from_db()
    return found


def withdraw_succession(*, plan: Succession, version: int, why: str, by: User, at: datetime.datetime) -> Succession:
    """Withdraw a plan before it is done, with a reason. It stays on file.

    Raises NotAllowed without the right to administer; Refusal without a reason, or if it is done or withdrawn; Stale.
    """
    with verb("withdraw_succession", by=by, at=at, reason=why.strip(), subject=plan) as act:
        check_administers(by)
        found = _lock_open(plan, "withdraw", version)
        if not why.strip():
            raise Refusal("Say why it is withdrawn.", "why", code="no-reason")
        found.withdrawn_at, found.withdrawn_by, found.withdrawn_why = at, by, why.strip()
        found.problem = ""
        act.save(found)
    return found


def may_follow(plan: Succession, step: str) -> bool:
    """Whether a step is possible in the plan's state."""
    return (plan.state, step) in TRANSITIONS


def _lock_open(plan: Succession, step: str, version: int) -> Succession:
    found = lock_row(plan)
    if not may_follow(found, step):
        raise Refusal(f"This is {found.state.label.lower()} already.", code=f"{found.state}-already")
    claim(found, version)
    return found


def _check_plan(plan: Succession, forces: list[Force], at: datetime.datetime) -> None:
    if plan.day < london_day(at):
        raise Refusal(f"{say(plan.day)} is in the past. Enter today or a later day.", "day", code="in-the-past")
    if not plan.reason.strip():
        raise Refusal("Say which order or other source it comes from.", "reason", code="no-reason")
    if problems := problems_of(plan, forces):
        raise problems[0]


def _save_forces(act: VerbContext, plan: Succession, forces: list[Force]) -> None:
    """Make these the forces of the plan. A row that is no longer part of it stays on file."""
    chosen = {force.pk: force for force in forces}
    for row in plan.force_rows.all():
        if row.is_included != (row.force_id in chosen):
            row.is_included = not row.is_included
            act.save(row)
        chosen.pop(row.force_id, None)
    for force in chosen.values():
        act.save(SuccessionForce(succession=plan, force=force))
