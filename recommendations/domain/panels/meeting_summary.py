"""The attendance on a meeting's page: people in groups, and whether the force was represented."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from recommendations.enums import MeetingState, Presence
from recommendations.models import Attendance, CommitteeRequest, Meeting, PanelMember, PaperIssue, ScrutinyReport, User

APART = (Presence.APOLOGIES, Presence.ABSENT)


@dataclass(frozen=True)
class Came:
    """A meeting's attendance, as far as the user can see it."""

    rows: list[Attendance]

    @property
    def there(self) -> list[Attendance]:
        return [row for row in self.rows if row.how not in APART]

    @property
    def away(self) -> list[Attendance]:
        return [row for row in self.rows if row.how in APART]


def came(meeting: Meeting, user: User) -> Came:
    """Return who came, as the user can see it. At most two queries. Replaced members are shown only if visible too."""
    whom = Prefetch("substitute_for", PanelMember.on_file.visible_to(user))
    rows = Attendance.objects.visible_to(user).filter(meeting=meeting).prefetch_related(whom)
    return Came(list(rows.order_by("body", "name")))


def force_words(meeting: Meeting, rows: list[Attendance]) -> str:
    """ "Westmarch was represented, by a decision maker: Supt Ada Gray", or "" for a meeting without a force."""
    force = meeting.panel.force
    if force is None or meeting.state != MeetingState.HELD:
        return ""
    there = [row for row in rows if row.of_force and Presence(row.how).represents]
    if not there:
        return f"{force.short_name} was not represented."
    who = ", ".join(row.name for row in there)
    if any(row.decision_maker for row in there):
        return f"{force.short_name} was represented, by a decision maker: {who}."
    return f"{force.short_name} was represented, not by a decision maker: {who}."


def papers_tabled_at(meeting: Meeting) -> list[PaperIssue]:
    """Return the papers issued to this meeting, or to its panel on its day, by item. At most three queries."""
    of_day = Q(meeting__isnull=True, panel=meeting.panel_id, meeting_on=meeting.on)
    paper = Prefetch("paper", ScrutinyReport.objects.defer("figures").with_forces())
    return list(PaperIssue.objects.filter(Q(meeting=meeting) | of_day).prefetch_related(paper).order_by("item", "pk"))


def requests_asked_at(meeting: Meeting) -> list[CommitteeRequest]:
    """Return the requests minuted at this meeting."""
    of_day = Q(meeting__isnull=True, panel=meeting.panel_id, asked_on=meeting.on)
    return list(CommitteeRequest.objects.filter(Q(meeting=meeting) | of_day).order_by("number"))
