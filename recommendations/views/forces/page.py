"""The page of a force: its monitoring stage, its grades by cycle, planned inspections, and its reports."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime

from recommendations.domain.inspections.grade_queries import grades_of, group_by_cycle
from recommendations.domain.inspections.monitoring import stages_of
from recommendations.domain.inspections.plan_queries import ahead, plan_rows
from recommendations.domain.register.notices import handed_over_notices
from recommendations.domain.sources.queries import has_action_plans
from recommendations.enums.sources import Answerer
from recommendations.forms.register.query_string import AsAtForm
from recommendations.models import Force, Inspection, MonitoringStage, PeelGrade, PlanAnnouncement, User
from recommendations.periods import london_day, say
from recommendations.permissions import May

MOST_REPORTS = 10


@dataclass(frozen=True)
class Gone:
    """A withdrawn grade or stage: what it said, and when, by whom and why it was withdrawn."""

    words: str
    on: datetime.date
    why: str
    history: str


def address(force: Force) -> str:
    """The address of a force's page."""
    return reverse("force", args=[force.slug])


def context(force: Force, user: User, now: datetime.datetime, as_at_form: AsAtForm | None) -> dict:
    """The context as at the requested day, otherwise today; only the banner if the day is invalid."""
    wrong = as_at_form is not None and not as_at_form.is_valid()
    given = {} if as_at_form is None or wrong else as_at_form.cleaned_data
    day, known_at = given.get("as_at"), given.get("known_at")
    is_editor = as_at_form is None and user.has_perm(May.EDIT_INSPECTIONS)
    about: dict[str, Any] = {"force": force, "band": band(as_at_form, day, known_at), "is_none": wrong}
    about |= {"is_editor": is_editor, "may_edit": is_editor and force.handed_over_on is None}
    if wrong:
        return about
    if as_at_form is None:
        about |= {"withdrawn": withdrawn(force, user), "notices": handed_over_notices(force)}
    return about | standing(force, user, day or london_day(now), known_at)


def band(as_at_form: AsAtForm | None, day: datetime.date | None, known_at: datetime.datetime | None) -> dict | None:
    """The banner of a past day, or None for today."""
    if as_at_form is None:
        return None
    known = date_format(localtime(known_at), "j F Y, H:i") if known_at else ""
    return {"form": as_at_form, "day": say(day) if day else "", "known": known}


def standing(force: Force, user: User, day: datetime.date, known_at: datetime.datetime | None) -> dict:
    """The facts as at a London day, as recorded up to a moment: four queries, and two for the reports."""
    stages = list(stages_of(MonitoringStage.objects.visible_to(user).filter(force=force), day, known_at))
    announced = PlanAnnouncement.objects.visible_to(user).filter(plan__force=force)
    reports = Inspection.objects.visible_to(user).filter(covers__force=force, published_on__lte=day)
    if force.since and day < force.since:
        reports = reports.none()  # it covers them since it followed another force
    in_a_plan = Count("pk", filter=Q(answerer=Answerer.FIRE_AUTHORITY))
    counted = reports.aggregate(number=Count("pk"), in_a_plan=in_a_plan)
    return {
        "stage": stages[0] if stages else None,
        "earlier": stages[1:],
        "cycles": group_by_cycle(grades_of(PeelGrade.objects.visible_to(user).filter(force=force), day, known_at)),
        "plans": plan_rows(ahead(announced, day, known_at), day),
        "reports": list(reports.order_by("-published_on", "title")[:MOST_REPORTS]),
        "number": counted["number"],
        "has_plan": counted["in_a_plan"] > 0 and has_action_plans(day),
        "all_reports": f"{reverse('inspections')}?{urlencode({'force': force.slug})}",
    }


def withdrawn(force: Force, user: User) -> list[Gone]:
    """The withdrawn grades and stages of a force, last withdrawn first. Two queries."""
    found = []
    for kind, model in (("grade", PeelGrade), ("monitoring", MonitoringStage)):
        rows = model.objects.visible_to(user).filter(force=force, withdrawn_at__isnull=False)
        found += [(kind, row) for row in rows.select_related("force", "withdrawn_by")]
    found.sort(key=lambda each: each[1].withdrawn_at, reverse=True)
    return [_withdrawn_entry(kind, row) for kind, row in found]


def _withdrawn_entry(kind: str, row: Any) -> Gone:
    words = str(row) if kind == "grade" else f"Monitoring stage: {row.get_stage_display()}"
    by = f"by {row.withdrawn_by.name}" if row.withdrawn_by else "by the command line"
    why = f"Withdrawn on {say(london_day(row.withdrawn_at))} {by}: {row.withdrawn_why}"
    return Gone(words, row.effective_on, why, reverse("history", args=[kind, row.pk]))
