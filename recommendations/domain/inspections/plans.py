"""Verbs for planned inspections: announcing, changing, cancelling, linking to the report, withdrawing mistakes.

Announcements are added and never overwritten. `said_on` is the London day of an announcement (today by default); `at`
is the moment of recording (UTC).
"""

import datetime
from typing import Any

from recommendations.domain.inspections.expected_dates import Window, read_expected
from recommendations.domain.inspections.plan_queries import heard_of, latest_of
from recommendations.domain.writing.records import claim, day_of, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import InspectionKind, PlanState
from recommendations.models import Force, Inspection, PlanAnnouncement, PlannedInspection, User
from recommendations.periods import say
from recommendations.trail import VerbContext, verb

# Some of PlanState: what is ahead has not ended.
ENDED: dict[str, str] = {
    PlanState.CAME: "Its report has been published. If that is wrong, withdraw the entry that says so first.",
    PlanState.CALLED_OFF: "It has been called off. If that is wrong, withdraw the entry that says so first.",
}


def plan_inspection(
    *,
    force: Force,
    title: str,
    kind: str,
    expected: str,
    source: str,
    by: User | None,
    at: datetime.datetime,
    from_on: datetime.date | None = None,
    until_on: datetime.date | None = None,
    said_on: datetime.date | None = None,
) -> PlannedInspection:
    """Record an inspection announced for a force. `expected` is stored verbatim.

    If no days are given, the words are read (domain/inspections/expected_dates.py). Raises Refusal if something is
    missing or impossible, or the same is planned for this force already.
    """
    with verb("plan_inspection", by=by, at=at) as act:
        _check_facts(title, kind)
        _check_new(Force.objects.select_for_update().get(pk=force.pk), title, kind)
        plan = PlannedInspection(force=force, title=title.strip(), kind=kind, recorded_at=at, recorded_by=by)
        act.subject = act.save(plan)
        _announce(act, plan, expected, source, Window(from_on, until_on), said_on=said_on)
    return plan


def _check_facts(title: str, kind: str) -> None:
    if not title.strip():
        raise Refusal("Enter what is planned.", "title", code="required")
    if kind not in InspectionKind.values:
        raise Refusal("Choose the kind from the list.", "kind", code="invalid-choice")


def _check_new(force: Force, title: str, kind: str) -> None:
    for plan in PlannedInspection.objects.filter(force=force, kind=kind):
        if plan.title.casefold() == title.strip().casefold() and latest_of(plan).state == PlanState.AHEAD:
            raise Refusal(
                f"This is planned for {force.short_name} already. Open that plan and change it.",
                "title",
                code="planned-already",
            )


def _announce(
    act: VerbContext,
    plan: PlannedInspection,
    expected: str,
    source: str,
    window: Window,
    *,
    said_on: datetime.date | None,
    **facts: Any,
) -> PlanAnnouncement:
    """Add an announcement. Its days are those given, else read from its words."""
    if not expected.strip():
        raise Refusal("Say when it is expected, in the words that were used.", "expected", code="required")
    if not source.strip():
        raise Refusal("Say where this was read or heard.", "source", code="required")
    first, last = _window(expected, window)
    day = day_of(said_on, at=act.at, not_before=None, field="said_on")
    if facts.get("state", PlanState.AHEAD) == PlanState.AHEAD and last and last < day:
        raise Refusal(
            f"{say(last)} is before the day on which it was said, {say(day)}.",
            _field_of_last(window),
            code="before-said",
        )
    return act.save(
        PlanAnnouncement(
            plan=plan,
            expected=expected.strip(),
            source=source.strip(),
            from_on=first,
            until_on=last,
            effective_on=day,
            recorded_at=act.at,
            recorded_by=act.by,
            **facts,
        )
    )


def _window(expected: str, window: Window) -> Window:
    first, last = window
    if not first and not last:
        return read_expected(expected)
    if first and last and last < first:
        raise Refusal(f"{say(last)} is before {say(first)}.", "until_on", code="ends-before-start")
    return Window(first or last, last or first)


def _field_of_last(window: Window) -> str:
    if window.last:
        return "until_on"
    return "from_on" if window.first else "expected"


def change_plan(
    *,
    plan: PlannedInspection,
    version: int,
    title: str,
    kind: str,
    expected: str,
    by: User | None,
    at: datetime.datetime,
    source: str = "",
    from_on: datetime.date | None = None,
    until_on: datetime.date | None = None,
    said_on: datetime.date | None = None,
    called_off: bool = False,
    reason: str = "",
) -> PlannedInspection:
    """Correct the title or the kind, and add a new announcement: another time, or that it is cancelled.

    Earlier announcements stay on record. Raises Refusal, or Stale if someone else changed it.
    """
    with verb("change_plan", by=by, at=at, reason=reason, subject=plan) as act:
        plan = _lock_plan(plan)
        claim(plan, version)
        before = latest_of(plan)
        _check_open(before)
        _check_facts(title, kind)
        given = Window(from_on, until_on)
        says = called_off or _differs(before, expected, given)
        if not says and not source.strip() and (plan.title, plan.kind) == (title.strip(), kind):
            raise Refusal("Nothing is changed. Change something, or close the form.", code="unchanged")
        plan.title, plan.kind = title.strip(), kind
        act.save(plan)
        if says or source.strip():
            state = PlanState.CALLED_OFF if called_off else PlanState.AHEAD
            row = _announce(act, plan, expected, source, given, said_on=said_on, state=state)
            _check_latest(plan, row)
    return plan


def _differs(before: PlanAnnouncement, expected: str, window: Window) -> bool:
    return (before.expected, before.from_on, before.until_on) != (expected.strip(), *_window(expected, window))


def _check_open(latest: PlanAnnouncement) -> None:
    if latest.state in ENDED:
        raise Refusal(ENDED[latest.state], code=latest.state)


def _check_latest(plan: PlannedInspection, row: PlanAnnouncement) -> None:
    """Raise Refusal unless the new announcement is the latest: else the page would not show what was just saved."""
    latest = latest_of(plan)
    if latest.pk != row.pk:
        raise Refusal(
            f"Something later is on record, dated {say(latest.effective_on)}. Enter that day or a later one.",
            "said_on",
            code="later-on-record",
        )


def _lock_plan(plan: PlannedInspection) -> PlannedInspection:
    found = PlannedInspection.on_file.select_for_update().get(pk=plan.pk)
    if found.withdrawn_at:
        raise Refusal("This plan is withdrawn, and stays as it is.", code="withdrawn")
    return found


def link_plan(
    *, plan: PlannedInspection, version: int, inspection: Inspection, by: User | None, at: datetime.datetime
) -> PlannedInspection:
    """Link a plan to its report: from the report's day on it is no longer ahead.

    Raises Refusal for a report of another force, or one published before the plan's latest announcement; Stale if
    someone else changed it.
    """
    with verb("link_plan", by=by, at=at, subject=plan) as act:
        plan = _lock_plan(plan)
        claim(plan, version)
        before = latest_of(plan)
        _check_open(before)
        if not inspection.covers.filter(force=plan.force_id).exists():
            raise Refusal(
                "This report does not cover the force. Choose one that does.", "inspection", code="not-covered"
            )
        if inspection.published_on < before.effective_on:
            raise Refusal(
                f"It was published on {say(inspection.published_on)}, before this was said of the plan on "
                f"{say(before.effective_on)}. Choose another report.",
                "inspection",
                code="published-earlier",
            )
        act.save(plan)
        act.save(
            PlanAnnouncement(
                plan=plan,
                state=PlanState.CAME,
                expected=before.expected,
                from_on=before.from_on,
                until_on=before.until_on,
                source=f"The report: {inspection.title}",
                inspection=inspection,
                effective_on=inspection.published_on,
                recorded_at=at,
                recorded_by=by,
            )
        )
    return plan


def withdraw_announcement(
    *, announcement: PlanAnnouncement, reason: str, by: User | None, at: datetime.datetime
) -> PlanAnnouncement:
    """Withdraw a wrong announcement, with a reason: it stays on record, and the one before it is in force again.

    The only one can't be withdrawn: withdraw the plan instead.
    """
    with verb("withdraw_announcement", by=by, at=at, reason=reason, subject=announcement.plan) as act:
        plan = _lock_plan(announcement.plan)
        claim(plan, plan.version)
        row = PlanAnnouncement.objects.select_for_update().get(pk=announcement.pk)
        if row.withdrawn_at:
            raise Refusal("This entry is withdrawn already.", code="withdrawn")
        if not heard_of(plan).exclude(pk=row.pk).exists():
            raise Refusal("Nothing else is on record for this plan. Withdraw the plan instead.", code="only-entry")
        if not reason.strip():
            raise Refusal("Say why this entry is withdrawn.", "reason", code="no-reason")
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = at, by, reason.strip()
        act.save(row)
        act.save(plan)
    return row


def withdraw_plan(
    *, plan: PlannedInspection, version: int, reason: str, by: User | None, at: datetime.datetime
) -> PlannedInspection:
    """Withdraw a plan that should never have been recorded. It stays on file, with the reason, and in no list.

    An inspection that HMICFRS cancelled is changed instead. Raises Refusal, or Stale if someone else changed it.
    """
    with verb("withdraw_plan", by=by, at=at, reason=reason, subject=plan) as act:
        plan = _lock_plan(plan)
        claim(plan, version)
        mark_withdrawn(act, plan, needs="Say why the plan is withdrawn.")
    return plan
