"""What would refuse a change ahead on its day, as the records are now: said when it is entered, rehearsed and done."""

import datetime
from collections.abc import Iterator
from copy import copy

from recommendations.domain.forces.details import check_from_day
from recommendations.domain.forces.naming import is_taken
from recommendations.domain.succession.members import A_DAY, forces_on_the_day, references_of, tracked_by_reference
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.succession import SuccessionKind
from recommendations.models import Force, ForceSuccession, Oversight, PolicingBody, Succession, Transfer
from recommendations.periods import day_start, say

# The columns of a plan that are details of a force and of a body: the column of the record → that of the plan.
FORCE_DETAILS = {
    "name": "force_name",
    "short_name": "short_name",
    "chief_officer_title": "chief_officer_title",
    "chief_officer": "chief_officer",
    "address": "force_address",
}
BODY_DETAILS = {
    "name": "body_name",
    "office_name": "office_name",
    "holder": "holder",
    "office_address": "office_address",
    "office_email": "office_email",
    "comment_label": "comment_label",
}


def new_details(plan: Succession, columns: dict[str, str]) -> dict[str, str]:
    """The details that a plan changes, by the column of the record: what is empty stays as it is."""
    return {name: getattr(plan, column) for name, column in columns.items() if getattr(plan, column)}


def problems_of(plan: Succession, forces: list[Force]) -> list[Refusal]:
    """Return why the change could not be done on its day, with what to do: none if nothing would refuse it.

    `forces` are those that it is about. Each names the field of the form that it is about.
    """
    if not forces and plan.kind != SuccessionKind.BODY_DETAILS:
        return [Refusal("Choose the force.", "forces", code="no-force")]
    return list(_CHECKS[SuccessionKind(plan.kind)](plan, forces_on_the_day(plan, forces)))


def _other_plans(plan: Succession, force: Force, *kinds: SuccessionKind) -> Iterator[Succession]:
    rows = Succession.objects.open().filter(kind__in=kinds, force_rows__force=force, force_rows__is_included=True)
    yield from rows.exclude(pk=plan.pk)


def _check_bodies(plan: Succession, forces: list[Force]) -> Iterator[Refusal]:
    """Another body oversees the forces from the day: no gap before it, and no two at once after it."""
    for force in forces:
        yield from _check_exists(plan, force)
        yield from _check_terms(plan, force)
        for other in _other_plans(plan, force, SuccessionKind.NEW_BODY, SuccessionKind.OTHER_BODY):
            if other.day == plan.day:
                yield Refusal(
                    f"Another change ahead gives {force} another body on {say(plan.day)} too. Withdraw one of the two.",
                    "day",
                    code="two-at-once",
                )
    if plan.kind == SuccessionKind.NEW_BODY:
        if is_taken(PolicingBody(), "name", plan.body_name):
            yield Refusal(
                f"{plan.body_name} is on record already. Choose “{SuccessionKind.OTHER_BODY.label}”, or another name.",
                "body_name",
                code="name-taken",
            )
    elif plan.body:
        yield from _check_dates(plan, plan.body, "body")


def _check_exists(plan: Succession, force: Force) -> Iterator[Refusal]:
    if force.until and force.until < plan.day:
        yield Refusal(f"{force} ended or ends on {say(force.until)}, before that day.", "forces", code="after-end")
    if force.since and force.since > plan.day:
        yield Refusal(f"{force} begins on {say(force.since)}, after that day.", "forces", code="before-start")


def _check_dates(plan: Succession, record: Force | PolicingBody, field: str) -> Iterator[Refusal]:
    """What takes something over exists on the day."""
    if record.since and record.since > plan.day:
        yield Refusal(
            f"{record} begins on {say(record.since)}. Enter that day or a later one.", "day", code="before-start"
        )
    if record.until and record.until < plan.day:
        yield Refusal(f"{record} ends on {say(record.until)}, before that day.", field, code="after-end")


def _check_terms(plan: Succession, force: Force) -> Iterator[Refusal]:
    terms = list(Oversight.objects.filter(force=force).select_related("body").order_by("since"))
    for later in terms:
        if later.since >= plan.day:
            yield Refusal(
                f"There would be two bodies at once: {later.body} is on record as overseeing {force} from "
                f"{say(later.since)}. Correct that first, under “Who oversees whom”.",
                "day",
                code="two-at-once",
            )
    before = [each for each in terms if each.since < plan.day]
    end = last_day_of(before[-1]) if before else None
    if end and end < plan.day - A_DAY:
        yield Refusal(
            f"{before[-1].body} oversees {force} until {say(end)}: no one would until {say(plan.day - A_DAY)}. "
            f"Enter {say(end + A_DAY)}, or correct that end first.",
            "day",
            code="gap",
        )
    elif before and before[-1].body == plan.body:
        yield Refusal(f"{plan.body} oversees {force} already.", "body", code="same-body")


def last_day_of(term: Oversight) -> datetime.date | None:
    """The last day of a term: its own, or that of its body. None if neither has one."""
    return min(filter(None, (term.until, term.body.until)), default=None)


def _check_merger(plan: Succession, forces: list[Force]) -> Iterator[Refusal]:
    if plan.successor is None and len(forces) < 2:
        yield Refusal(
            "Choose the two forces or more that merge. If one force has another name from that day, choose "
            f"“{SuccessionKind.FORCE_DETAILS.label}”.",
            "forces",
            code="one-force",
        )
    if plan.successor is None and not plan.force_name:
        yield Refusal(
            "Enter the name of the new force, or choose the force on record that takes over.",
            "force_name",
            code="no-successor",
        )
    elif plan.successor and plan.force_name:
        yield Refusal(
            f"Either {plan.successor} takes over or a new force does. Remove one of the two.",
            "successor",
            code="two-successors",
        )
    for force in forces:
        yield from _check_end(plan, force)
    yield from _check_successor(plan, forces)


def _check_end(plan: Succession, force: Force) -> Iterator[Refusal]:
    """A force can end on the day before."""
    if force == plan.successor:
        yield Refusal(
            f"{force} cannot merge into itself. Choose only the forces that end.", "forces", code="same-force"
        )
    if found := ForceSuccession.objects.filter(force=force).select_related("successor").first():
        yield Refusal(
            f"{found.successor} succeeded {force} on {say(found.effective_on)} already.",
            "forces",
            code="succeeded-already",
        )
    elif force.until and force.until < plan.day - A_DAY:
        yield Refusal(
            f"{force} ends on {say(force.until)}, and nothing would follow until {say(plan.day - A_DAY)}. Enter "
            f"{say(force.until + A_DAY)}, or correct the end of {force} first.",
            "day",
            code="gap",
        )
    yield from _check_begun(plan, force)
    if term := Oversight.objects.filter(force=force, since__gt=plan.day).select_related("body").first():
        yield Refusal(
            f"{term.body} is on record as overseeing {force} from {say(term.since)}, when {force} is no more. Correct "
            "that first, under “Who oversees whom”.",
            "day",
            code="overseen-later",
        )
    for other in _other_plans(plan, force, SuccessionKind.MERGER, SuccessionKind.SPLIT):
        if other.kind == SuccessionKind.MERGER or other.successor_id:
            yield Refusal(
                f"Another change ahead ends {force} on {say(other.day - A_DAY)}. Withdraw one of the two.",
                "forces",
                code="ends-already",
            )
    yield from _check_transfers(plan, force)


def _check_begun(plan: Succession, force: Force) -> Iterator[Refusal]:
    if force.since and force.since >= plan.day:
        yield Refusal(f"{force} begins on {say(force.since)}. Enter a later day.", "day", code="before-start")


def _check_transfers(plan: Succession, force: Force) -> Iterator[Refusal]:
    """Nothing of its register came to it after the day."""
    came = Transfer.objects.standing().filter(tracked__force=force, to_force=force, effective_on__gt=plan.day)
    if last := came.latest_first().select_related("tracked").first():
        yield Refusal(
            f"{last.tracked} came to {force} on {say(last.effective_on)}. Enter that day or a later one.",
            "day",
            code="came-later",
        )


def _check_successor(plan: Succession, forces: list[Force]) -> Iterator[Refusal]:
    """The force that takes over, or the new one: its register, dates, names, and the body that oversees it."""
    for force in forces:
        yield from _check_is_here(force, "forces")
    if plan.successor:
        yield from _check_is_here(plan.successor, "successor")
        yield from _check_dates(plan, plan.successor, "successor")
    if not plan.force_name:
        return
    yield from _check_new_names(plan)
    if plan.body:
        yield from _check_dates(plan, plan.body, "body")
    elif len({_overseer(plan, force) for force in forces}) > 1:
        yield Refusal(
            f"Different bodies oversee these forces. Choose the one that oversees {plan.force_name}.",
            "body",
            code="which-body",
        )


def _check_is_here(force: Force, field: str) -> Iterator[Refusal]:
    if force.handed_over_on is not None:
        yield Refusal(
            f"The register of {force} was handed over to {force.handed_over_to} on {say(force.handed_over_on)}. That "
            "office enters the change.",
            field,
            code="handed-over",
        )


def _check_new_names(plan: Succession) -> Iterator[Refusal]:
    if is_taken(Force(), "name", plan.force_name):
        yield Refusal(f"There is a force named {plan.force_name} already.", "force_name", code="name-taken")
    if plan.reference_prefix and is_taken(Force(), "reference_prefix", plan.reference_prefix):
        yield Refusal(
            f"Another force’s references begin with {plan.reference_prefix}. Enter another prefix.",
            "reference_prefix",
            code="prefix-taken",
        )


def _overseer(plan: Succession, force: Force) -> tuple[str, int | None]:
    """Who oversees a force on the day: the body of another change ahead until then, else the one on record."""
    ahead = _other_plans(plan, force, SuccessionKind.NEW_BODY, SuccessionKind.OTHER_BODY)
    if planned := max((each for each in ahead if each.day <= plan.day), key=lambda each: each.day, default=None):
        return ("body", planned.body_id) if planned.body_id else ("plan", planned.pk)
    term = Oversight.objects.on(plan.day).filter(force=force).first()
    return ("body", term.body_id if term else None)


def _check_split(plan: Succession, forces: list[Force]) -> Iterator[Refusal]:
    if len(forces) > 1:
        yield Refusal("Choose the one force that is split.", "forces", code="several-forces")
    force = forces[0]
    if plan.successor:
        yield from _check_end(plan, force)
    else:
        yield from _check_exists(plan, force)
        yield from _check_begun(plan, force)
        yield from _check_transfers(plan, force)
    references = references_of(plan)
    there = set(tracked_by_reference(force, references).values_list("reference", flat=True))
    if lacking := [each for each in references if each not in there]:
        yield Refusal(
            f"Not in the register of {force}: {', '.join(lacking)}. Check the references.",
            "references",
            code="not-in-register",
        )
    yield from _check_successor(plan, forces)


def _check_details(plan: Succession, record: Force | PolicingBody, columns: dict[str, str]) -> Iterator[Refusal]:
    field = "forces" if isinstance(record, Force) else "body"
    values, wanted = new_details(plan, columns), copy(record)
    for name, value in values.items():
        setattr(wanted, name, value)
    if "name" in values and is_taken(record, "name", values["name"]):
        yield Refusal(f"The name {values['name']} is taken already.", columns["name"], code="name-taken")
    try:
        check_from_day(wanted, record, plan.day, at=day_start(plan.day))
    except Refusal as refusal:
        yield Refusal(refusal.message, "day" if values else field, code=refusal.code or "nothing-changes")


def _check_force_details(plan: Succession, forces: list[Force]) -> Iterator[Refusal]:
    if len(forces) > 1:
        yield Refusal("Choose one force. Each has details of its own.", "forces", code="several-forces")
    yield from _check_details(plan, forces[0], FORCE_DETAILS)


def _check_body_details(plan: Succession, forces: list[Force]) -> Iterator[Refusal]:
    if plan.body:
        yield from _check_details(plan, plan.body, BODY_DETAILS)


_CHECKS = {
    SuccessionKind.NEW_BODY: _check_bodies,
    SuccessionKind.OTHER_BODY: _check_bodies,
    SuccessionKind.MERGER: _check_merger,
    SuccessionKind.SPLIT: _check_split,
    SuccessionKind.FORCE_DETAILS: _check_force_details,
    SuccessionKind.BODY_DETAILS: _check_body_details,
}
