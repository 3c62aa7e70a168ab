"""The sources that a user can link as evidence, in groups: attendance series, meetings, visits, indicators."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db.models import Q

from recommendations.domain.evidence.evidence import Source, Subject, forces_of
from recommendations.enums import MeetingState, PanelKind
from recommendations.models import CustodyVisit, Force, Indicator, Meeting, Panel, User
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.sections import Registry, Section

LATEST = 40  # meetings, or visits, offered at most

Offered = tuple[str, str, Source]  # key, words, source
Offer = Callable[[set[int]], Iterator[Offered]]  # given the ids of the subject's forces


class SourceGroup(NamedTuple):
    """Sources under one title."""

    title: str
    offer: Offer


GROUPS: Registry[SourceGroup] = Registry()


def group(place: int, title: str, section: Section) -> Callable[[Offer], Offer]:
    """Return a decorator that registers a function offering sources under a title."""

    def add(offer: Offer) -> Offer:
        GROUPS.add(place, SourceGroup(title, offer), section)
        return offer

    return add


def can_point(user: User) -> bool:
    """Whether this user can add evidence: not if every section that offers sources is switched off."""
    return user.has_perm(May.RECORD_MEETINGS) and any(True for _ in GROUPS)


def sources_for(subject: Subject) -> dict[str, list[Offered]]:
    """Return the offered sources by group, without empty groups. Five queries, plus those for the forces."""
    forces = forces_of(subject)
    found = {each.title: list(each.offer(forces)) for each in GROUPS}
    return {title: offered for title, offered in found.items() if offered}


@group(10, "Attendance at", Section.PANELS)
def _series(forces: set[int]) -> Iterator[Offered]:
    panels = list(Panel.objects.filter(force__in=forces).order_by("name"))
    with_channel = {panel.force_id for panel in panels if panel.force_id and panel.kind == PanelKind.CHANNEL}
    for force in Force.objects.filter(pk__in=with_channel).order_by("name"):
        yield f"force-{force.pk}", f"All Channel panels, {force}", force
    for panel in panels:
        yield f"panel-{panel.pk}", panel.name, panel


@group(20, "Meetings", Section.PANELS)
def _meetings(forces: set[int]) -> Iterator[Offered]:
    about = Q(panel__force__isnull=True) | Q(panel__force__in=forces)
    met = Meeting.objects.filter(about, state=MeetingState.HELD).select_related("panel")
    for each in met.order_by("-on")[:LATEST]:
        yield f"meeting-{each.pk}", f"{each.panel}, {say(each.on)}", each


@group(30, "Custody visits", Section.CUSTODY)
def _visits(forces: set[int]) -> Iterator[Offered]:
    visited = CustodyVisit.objects.filter(suite__force__in=forces).select_related("suite__force")
    for each in visited.order_by("-on", "-start")[:LATEST]:
        yield f"visit-{each.pk}", f"{each.suite}, {say(each.on)}, {each.start:%H:%M}", each


@group(40, "Indicators", Section.INDICATORS)
def _indicators(forces: set[int]) -> Iterator[Offered]:
    for each in Indicator.objects.filter(force__in=forces).select_related("force").order_by("force__name", "name"):
        yield f"indicator-{each.pk}", f"{each.name}, {each.force}", each
