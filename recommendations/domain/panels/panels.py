"""Panels and their members, as administrators maintain them (domain/people.keep), and which panels are public."""

import datetime

from django.db.models import Q

from recommendations.domain.writing.records import lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import MeetingState, PanelKind
from recommendations.models import Panel, PanelMember, User
from recommendations.models.panels.panels import person_key
from recommendations.periods import say
from recommendations.trail import verb


def check_panel(panel: Panel, before: Panel | None) -> None:
    """Raise Refusal for a Channel panel without a force, one replaced by itself, or one that ends before a meeting."""
    if panel.kind == PanelKind.CHANNEL and panel.force_id is None:
        raise Refusal("A Channel panel is about one force. Choose it.", "force", code="required")
    if panel.replaced_by_id and panel.replaced_by_id == panel.pk:
        raise Refusal("A panel cannot be replaced by itself.", "replaced_by")
    if before is None or panel.until is None:
        return
    if later := panel.meetings.filter(on__gt=panel.until).exclude(state=MeetingState.CANCELLED).order_by("on").first():
        raise Refusal(
            f"It has a meeting on {say(later.on)}. Cancel that first, or enter a later day.",
            "until",
            code="later-on-record",
        )


def check_member(member: PanelMember, before: PanelMember | None, who: User | None, moment: datetime.datetime) -> None:
    """Set the record's stamps and keys, and raise Refusal if the term overlaps another of the same person.

    The panel is locked, so that two administrators cannot both pass the check.
    """
    panel = lock_row(member.panel)
    member.name, member.body = member.name.strip(), member.body.strip()
    member.role, member.rank = member.role.strip(), member.rank.strip()
    member.name_key = person_key(member.name)
    if before is None:
        member.recorded_at, member.recorded_by = moment, who
    elif before.panel_id != member.panel_id:
        raise Refusal("A member stays with their panel. End this term and add them to the other panel.", "panel")
    if member.decision_maker and not member.role:
        raise Refusal("A decision maker needs a role.", "role", code="required")
    if member.until and member.until < member.since:
        raise Refusal("The end is before the start.", "until", code="ends-before-start")
    _check_within(panel, member)
    _check_overlap(member)


def _check_within(panel: Panel, member: PanelMember) -> None:
    if panel.since and member.since < panel.since:
        raise Refusal(
            f"{panel} began on {say(panel.since)}. Enter that day or a later one.", "since", code="before-start"
        )
    if panel.until and (member.since > panel.until):
        raise Refusal(f"{panel} ended on {say(panel.until)}.", "since")


def _check_overlap(member: PanelMember) -> None:
    last = member.until or datetime.date.max
    others = PanelMember.objects.filter(panel=member.panel_id, name_key=member.name_key).exclude(pk=member.pk)
    other = others.filter(Q(until__isnull=True) | Q(until__gte=member.since), since__lte=last).first()
    if other:
        ends = f"until {say(other.until)}" if other.until else "with no last day"
        raise Refusal(
            f"{other.name} is a member since {say(other.since)}, {ends}. Terms cannot overlap.", "since", code="overlap"
        )


def withdraw_member(*, member: PanelMember, reason: str, by: User | None, at: datetime.datetime) -> PanelMember:
    """Withdraw a member added by mistake: they appear in no list or choice, and their days are free again.

    Recorded attendance belongs to the meeting and stays; whoever corrects it finds them among the other attendees.
    Raises Refusal without a reason, or if the member is withdrawn already.
    """
    with verb("withdraw_member", by=by, at=at, reason=reason.strip(), subject=member) as act:
        member = PanelMember.on_file.select_for_update().get(pk=member.pk)
        needs, twice = "Say why the member is withdrawn.", "This member is withdrawn already."
        return mark_withdrawn(act, member, needs=needs, twice=twice)


def show_panel(*, panel: Panel, public: bool, reason: str, by: User | None, at: datetime.datetime) -> Panel:
    """Mark a panel as public, or undo that, recording who did it, when and why.

    Raises Refusal if nothing would change, or without a reason.
    """
    with verb("show_panel" if public else "hide_panel", by=by, at=at, reason=reason.strip(), subject=panel) as act:
        panel = lock_row(panel)
        if not reason.strip():
            raise Refusal("Say why.", "reason")
        if panel.public == public:
            raise Refusal(
                "This panel is public already." if public else "This panel is not public.",
                code="public-already" if public else "not-public",
            )
        panel.public, panel.public_at, panel.public_by = public, at, by
        return act.save(panel)
