"""The pages of changes ahead: rows of the list, what was entered, and the rehearsal with its links."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from recommendations.domain.audit.wording import capital, value_words
from recommendations.domain.people.two_people import has_second
from recommendations.domain.succession.going_over import Duty
from recommendations.domain.succession.notices import notices_of
from recommendations.domain.succession.plans import FACTS, may_follow
from recommendations.domain.succession.rehearsal import GoingOverGroup, rehearse
from recommendations.domain.succession.wording import forces_before, title_of
from recommendations.models import Succession, User
from recommendations.periods import london_day, say
from recommendations.permissions import May

NOT_FACTS = ("day", "leads_stay", "staff_changes")


@dataclass(frozen=True)
class SuccessionRow:
    """A change in a list: its title, and its state with the day of it."""

    plan: Succession
    title: str

    @property
    def state(self) -> str:
        if self.plan.problem:
            return "Could not be done: see what to do"
        if self.plan.done_at:
            return f"Done on {say(london_day(self.plan.done_at))}"
        if self.plan.withdrawn_at:
            return f"Withdrawn on {say(london_day(self.plan.withdrawn_at))}"
        return str(self.plan.state.label)


def lists(plans: list[Succession]) -> dict[str, list[SuccessionRow]]:
    """The rows of those to come, the next first, and of those that are over, the last first."""
    rows = [SuccessionRow(plan, title_of(plan)) for plan in plans]
    over = [row for row in rows if not row.plan.is_open]
    return {"ahead": [row for row in rows if row.plan.is_open], "over": over[::-1]}


def context(plan: Succession, user: User, now: datetime.datetime) -> dict[str, Any]:
    """The context of a change's page. An open one is rehearsed."""
    administers = user.has_perm(May.ADMINISTER)
    found: dict[str, Any] = {"plan": plan, "title": title_of(plan), "facts": facts_of(plan), "today": london_day(now)}
    if plan.is_open:
        rehearsal = rehearse(plan)
        found["rehearsal"] = rehearsal
        found["groups"] = [(each.title, _lines(each, user)) for each in rehearsal.groups]
        found["others"] = [SuccessionRow(each, title_of(each)) for each in rehearsal.others if administers]
    else:
        found["notices"] = notices_of(plan)
    found["may_change"] = administers and plan.is_open
    found["may_confirm"] = administers and may_follow(plan, "confirm") and plan.entered_by_id != user.pk
    waits = may_follow(plan, "confirm")
    found["is_stuck"] = administers and waits and not has_second(asked_by=plan.entered_by_id)
    found["history"] = reverse("history", args=["change-ahead", plan.pk]) if administers else ""
    return found


# What the pages behind the links need.
RIGHTS = {
    Duty.RECOMMENDATIONS: May.SEE_REGISTER,
    Duty.ACTIONS: May.SEE_REGISTER,
    Duty.ROUNDS: May.SEE_ROUNDS,
    Duty.REPORTS: May.SEE_RESPONSES,
    Duty.DRAFTS: May.SEE_RESPONSES,
    Duty.COMMITMENTS: May.SEE_RESPONSES,
    Duty.REQUESTS: May.DRAFT_PAPER,
    Duty.PLANS: May.SEE_INSPECTIONS,
    Duty.MEETINGS: May.RECORD_MEETINGS,
    Duty.PANELS: May.RECORD_MEETINGS,
    Duty.SUITES: May.RECORD_MEETINGS,
}


def _lines(group: GoingOverGroup, user: User) -> list[tuple[str, str]]:
    """The words of what goes over, each with the address of its list if the user may open it."""
    return [
        (row.words, row.url if row.duty in RIGHTS and user.has_perm(RIGHTS[row.duty]) else "") for row in group.rows
    ]


def facts_of(plan: Succession) -> list[tuple[str, str]]:
    """What was entered, by the names of the fields."""
    found = [("First day", say(plan.day))]
    if forces := forces_before(plan):
        found.append(("Forces" if len(forces) > 1 else "Force", ", ".join(forces)))
    for field in plan._meta.concrete_fields:
        value = getattr(plan, field.name)
        if field.name in FACTS and field.name not in NOT_FACTS and value:
            words = str(value) if field.is_relation else value_words(field, value, {}, {})
            found.append((capital(field.verbose_name), words))
    if plan.leads_stay:
        found.append(("Inspection leads", "Go on with the force that takes over"))
    if plan.staff_changes:
        found.append(("Staff", "Changes with the body"))
    return [*found, *_steps(plan)]


def _steps(plan: Succession) -> list[tuple[str, str]]:
    steps = [("Entered", plan.entered_at, plan.entered_by), ("Confirmed", plan.confirmed_at, plan.confirmed_by)]
    found = [
        (name, f"{date_format(localtime(at), 'j F Y, H:i')} by {by or 'the command line'}")
        for name, at, by in steps
        if at
    ]
    if plan.done_at:
        found.append(("Done", date_format(localtime(plan.done_at), "j F Y, H:i")))
    if plan.withdrawn_at:
        by = f"{date_format(localtime(plan.withdrawn_at), 'j F Y, H:i')} by {plan.withdrawn_by}"
        found.append(("Withdrawn", f"{by}: {plan.withdrawn_why}"))
    return found
