"""What somebody can point at as evidence of a subject, in groups: attendance series first, then meetings and visits."""

from django.db.models import Q

from recommendations.domain.evidence.evidence import Source, Subject, forces_of
from recommendations.enums import MeetingState, PanelKind
from recommendations.models import CustodyVisit, Force, Meeting, Panel
from recommendations.periods import say

LATEST = 40  # meetings, and visits, that are offered


def sources_for(subject: Subject) -> dict[str, list[tuple[str, str, Source]]]:
    """Each group with (key, words, source) of what it offers; a group with nothing is left out. Four queries."""
    forces = forces_of(subject)
    panels = list(Panel.objects.filter(Q(force__isnull=True) | Q(force__in=forces)).order_by("name"))
    with_channel = {panel.force_id for panel in panels if panel.kind == PanelKind.CHANNEL}
    met = Meeting.objects.filter(panel__in=panels, state=MeetingState.HELD).select_related("panel")
    series = [
        (f"force-{force.pk}", f"All Channel panels, {force}", force)
        for force in Force.objects.filter(pk__in=with_channel).order_by("name")
    ]
    series += [(f"panel-{panel.pk}", panel.name, panel) for panel in panels if panel.force_id]
    meetings = [(f"meeting-{each.pk}", f"{each.panel}, {say(each.on)}", each) for each in met.order_by("-on")[:LATEST]]
    visited = CustodyVisit.objects.filter(suite__force__in=forces).select_related("suite__force")
    visits = [
        (f"visit-{each.pk}", f"{each.suite}, {say(each.on)}, {each.start:%H:%M}", each)
        for each in visited.order_by("-on", "-start")[:LATEST]
    ]
    groups = {"Attendance at": series, "Meetings": meetings, "Custody visits": visits}
    return {name: offered for name, offered in groups.items() if offered}
