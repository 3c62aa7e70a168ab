"""Changes ahead in words: a title, and what follows from one on its day."""

import datetime
from collections.abc import Iterator

from recommendations.domain.register.entries import join_words
from recommendations.domain.succession.checks import A_DAY, BODY_DETAILS, FORCE_DETAILS, last_day_of, new_details
from recommendations.domain.succession.members import bodies_before, references_of
from recommendations.enums.succession import SuccessionKind
from recommendations.models import Force, Oversight, PolicingBody, Succession
from recommendations.periods import say

# What of a force or a body is new, without a new name.
PARTS = {
    "short_name": "short name",
    "chief_officer_title": "title for its chief officer",
    "chief_officer": "chief officer",
    "address": "address",
    "office_name": "name for its office",
    "holder": "head",
    "office_address": "address",
    "office_email": "email address",
    "comment_label": "label above its comments",
}


def title_of(plan: Succession) -> str:
    """ "The Marches Mayor oversees Westmarch Police and Eastvale Police". No query for a plan `with_names`.

    Once it is done, each has the name of that day: of the one before, for what has changed or ended.
    """
    forces, kind = forces_before(plan), plan.kind_of_change
    names, several = join_words(forces) if forces else "", len(forces) > 1
    if kind.is_of_bodies:
        return f"{_name_on(plan.body, plan, plan.day) or plan.body_name} oversees {names}"
    if kind == SuccessionKind.MERGER:
        if plan.successor:
            return f"{names} {'join' if several else 'joins'} {_name_on(plan.successor, plan, plan.day)}"
        return f"{names} {'become' if several else 'becomes'} {plan.force_name}"
    if kind == SuccessionKind.SPLIT:
        return f"{plan.force_name} is split from {names}"
    if kind == SuccessionKind.FORCE_DETAILS:
        return _new_details(names, new_details(plan, FORCE_DETAILS))
    return _new_details(_name_on(plan.body, plan, plan.day - A_DAY), new_details(plan, BODY_DETAILS))


def forces_before(plan: Succession) -> list[str]:
    """The names of a plan's forces: of one that is done, as they were the day before."""
    return [_name_on(force, plan, plan.day - A_DAY) for force in plan.forces]


def _name_on(record: Force | PolicingBody | None, plan: Succession, day: datetime.date) -> str:
    """The name of a record on a day of a plan that is done, else the one that it has; "" for none."""
    if record is None:
        return ""
    return record.details_on(day).name if plan.done_at else record.name


def _names(forces: list[Force]) -> str:
    return join_words([force.name for force in forces])


def _new_details(record: str, values: dict[str, str]) -> str:
    if "name" in values:
        return f"{record} becomes {values['name']}"
    return f"{record} has a new {join_words(list(dict.fromkeys(PARTS[name] for name in values)))}"


def effects_of(plan: Succession, forces: list[Force]) -> list[str]:
    """What follows from the change on its day, in sentences: what begins, what ends, what stays."""
    if plan.kind_of_change.is_of_bodies:
        return [*_body_effects(plan, forces)]
    if plan.kind_of_change.is_of_registers:
        return [*_register_effects(plan, forces)]
    return [
        "Pages, letters, papers and mails have it from that day. What is of an earlier day keeps what it was then.",
        *(["The web address stays as it is."] if plan.force_name or plan.body_name else []),
    ]


def _body_effects(plan: Succession, forces: list[Force]) -> Iterator[str]:
    if not plan.body:
        yield f"{plan.body_name} begins on {say(plan.day)}. Its office is {plan.office_name}."
    for body, its_forces in bodies_before(plan, forces).items():
        yield _end_of_body(plan, body, its_forces)
    yield "What was published keeps its address and its name."
    if plan.staff_changes:
        yield "The accounts of officers and approving officers are closed. Each is let in again by two administrators."


def _end_of_body(plan: Succession, body: PolicingBody, forces: list[Force]) -> str:
    eve = plan.day - A_DAY
    others = Oversight.objects.within(plan.day, datetime.date.max).filter(body=body).exclude(force__in=forces)
    if others.exists():
        return f"{body} goes on: it oversees other forces too."
    ends = [last for term in body.oversights.select_related("body") if (last := last_day_of(term))]
    if body.until is None and not ends:
        return f"{body} has no end on record. It ends on {say(eve)}."
    if (body.until or max(ends)) == eve:
        return f"{body} ends on {say(eve)}, as on record."
    return f"{body} ends on {say(eve)}, and not on {say(body.until or max(ends))} as on record."


def _register_effects(plan: Succession, forces: list[Force]) -> Iterator[str]:
    if plan.force_name:
        body = plan.body or next(iter(bodies_before(plan, forces)), None)
        yield f"{plan.force_name} begins on {say(plan.day)}." + (f" {body} oversees it." if body else "")
    if plan.kind == SuccessionKind.SPLIT:
        number = len(references_of(plan))
        yield f"{number} {'recommendation goes' if number == 1 else 'recommendations go'} to {plan.force_name}."
        if plan.successor is None:
            yield f"The others stay with {_names(forces)}, which goes on."
            return
        yield f"The others go to {plan.successor}."
    for force in forces:
        yield f"{force} ends on {say(plan.day - A_DAY)}."
    yield "The record moves as it is, with its history. Papers, responses and pages of before keep the old name."
