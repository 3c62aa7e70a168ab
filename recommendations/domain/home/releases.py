"""First-page items about releases for the public that wait for a second person."""

import datetime
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Value
from django.urls import reverse

from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem
from recommendations.enums.force_pages import ReleaseState
from recommendations.models import ActionPlan, ForceRelease, Inspection, MeetingRelease, PeelGrade, User
from recommendations.models.public.releases import Release
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.sections import Section

# Where a release of each kind is decided.
ADDRESSES: Mapping[type[Release], str] = {
    ForceRelease: "force_release",
    ActionPlan: "action_plan_version",
    MeetingRelease: "meeting_page_release",
}


@line(Desk.OFFICE, "decide", 85, section=Section.FORCE_PAGE)
def pages_to_release(context: HomeContext) -> Iterator[HomeItem]:
    """Public pages of forces that this user can release."""
    return waiting_items(context, ForceRelease, "Release the public page of {}")


@line(Desk.OFFICE, "decide", 86)
def plans_to_publish(context: HomeContext) -> Iterator[HomeItem]:
    """Versions of action plans that this user can publish."""
    return waiting_items(context, ActionPlan, "Publish the action plan of {}")


@line(Desk.OFFICE, "do", 84, section=Section.FORCE_PAGE)
def outdated_pages(context: HomeContext) -> Iterator[HomeItem]:
    """Public pages of forces that lack the newest annual report, or a grade that was recorded since they were prepared.

    Not those for which a release waits. One query if there is no page, three if there are.
    """
    if not context.user.has_perm(May.DRAFT_PAPER):
        return
    public = _public_releases(context.user)
    reports, grades = (_annual_reports(public), _grades(public)) if public else ({}, {})
    for force, release in sorted(public.items(), key=lambda each: each[1].force.name):
        lacks = ""
        if force in grades and grades[force][0] > release.prepared_at:
            lacks = f"the grades of {say(grades[force][1])}"
        if force in reports and reports[force][0] != release.choices.get("report"):
            lacks = f"“{reports[force][1]}” of {say(reports[force][2])}"
        if lacks:
            what = f"The public page of {release.force.name} lacks {lacks}"
            yield HomeItem(what, reverse("prepare_force_page", args=[release.force.slug]))


def _public_releases(user: User) -> dict[int, ForceRelease]:
    """What the public reads of each force, by its id, but for those withdrawn and those for which a release waits."""
    rows = ForceRelease.on_file.visible_to(user).exclude(state=ReleaseState.RETURNED).select_related("force")
    latest = {row.force_id: row for row in rows.order_by(F("number").asc(nulls_last=True))}  # what waits comes last
    return {force: row for force, row in latest.items() if row.number and not row.withdrawn_at}


def _annual_reports(forces: Collection[int]) -> dict[int, tuple[int, str, datetime.date]]:
    """The id, title and day of HMICFRS's newest annual report on each force."""
    rows = Inspection.objects.annual_reports().filter(covers__force__in=forces)
    values = rows.order_by("published_on", "pk").values_list("covers__force", "pk", "title", "published_on")
    return {force: (pk, title, day) for force, pk, title, day in values}


def _grades(forces: Collection[int]) -> dict[int, tuple[datetime.datetime, datetime.date]]:
    """When the last grade of each force was recorded, and the day that it is of."""
    rows = PeelGrade.objects.standing().filter(force__in=forces).order_by("recorded_at", "effective_on")
    return {force: (at, day) for force, at, day in rows.values_list("force", "recorded_at", "effective_on")}


class WaitingRelease(NamedTuple):
    """A release that waits for a second person: its kind, by the model's name, and of which force it is."""

    kind: str
    pk: int
    force: str
    prepared_at: datetime.datetime


def waiting_releases(user: User) -> list[WaitingRelease]:
    """The releases of all kinds that this user can release, the oldest first. One query."""
    found = [_waiting(kind, user) for kind in ADDRESSES]
    return [WaitingRelease(*row) for row in found[0].union(*found[1:], all=True).order_by("prepared_at")]


def _waiting(kind: type[Release], user: User) -> QuerySet[Any, Any]:
    rows = kind.objects.visible_to(user).filter(state=ReleaseState.WAITING).exclude(prepared_by=user)
    return rows.order_by().values_list(Value(kind.__name__), "pk", "force__name", "prepared_at")


def waiting_items(context: HomeContext, kind: type[Release], words: str) -> Iterator[HomeItem]:
    """An item for each release of a kind that waits, unless the user prepared it. One query for all kinds together."""
    if not context.user.has_perm(May.FINALISE_PAPER):
        return
    for each in context.fetch(waiting_releases):
        if each.kind == kind.__name__:
            yield HomeItem(words.format(each.force), reverse(ADDRESSES[kind], args=[each.pk]))
