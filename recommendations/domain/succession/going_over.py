"""What goes over to a successor when forces end, or when another body follows, on a day; and who loses access.

Read-only: for the rehearsal of a change, and for the page that says what was done. Papers do not go over: the last one
of a force that ends is about its own days, and is finished under its name.
"""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from recommendations.domain.inspections.plan_queries import ahead
from recommendations.domain.inspections.statutory_clock import soonest, unanswered_inspections
from recommendations.domain.people.open_things import LEADS
from recommendations.domain.register.moving_actions import actions_with
from recommendations.domain.responses.states import WRITTEN
from recommendations.domain.succession.panels_and_suites import panels_of, suites_of
from recommendations.enums import ResponseState
from recommendations.enums.accountability import AgendaState
from recommendations.models import (
    AccountabilityMeeting,
    Action,
    ActionRow,
    ChiefOfficerComments,
    Closure,
    Commitment,
    CommitteeRequest,
    Force,
    ForceSubscriber,
    Inspection,
    InspectionForce,
    Invitation,
    Oversight,
    PlanAnnouncement,
    PlannedInspection,
    PolicingBody,
    Response,
    TrackedRecommendation,
    UpdateRound,
    User,
)
from recommendations.models.register.standing import FOREVER
from recommendations.models.register.tracked import TrackedQuerySet
from recommendations.periods import say_days
from recommendations.sections import Section, switched_off_sections


class Duty(StrEnum):
    """What goes over, in the order in which a rehearsal says it."""

    RECOMMENDATIONS = "recommendations"
    CLOSURES = "closures"
    ACTIONS = "actions"
    ROUNDS = "rounds"
    REPORTS = "reports"
    DRAFTS = "drafts"
    INVITATIONS = "invitations"
    COMMITMENTS = "commitments"
    REQUESTS = "requests"
    LEADS = "leads"
    PLANS = "plans"
    MEETINGS = "meetings"
    PANELS = "panels"
    SUITES = "suites"
    SUBSCRIBERS = "subscribers"


@dataclass(frozen=True)
class GoingOver:
    """One kind of duty that goes over: how many, the words of a sentence, and where its list is ("" if it has none).

    `rows` are the records themselves, each with `str()` and `get_absolute_url()`, or None where there is nothing more
    to show. Reading them is one query.
    """

    duty: Duty
    count: int
    words: str
    url: str = ""
    rows: QuerySet | None = None


@dataclass(frozen=True)
class Scope:
    """What a change is about: the forces that end or come to another body, that body if one is followed, the day.

    `tracked` are the recommendations that go over, where it is not the whole register of the forces.
    """

    forces: tuple[Force, ...]
    body: PolicingBody | None
    day: datetime.date
    tracked: TrackedQuerySet | None = None

    def register(self) -> TrackedQuerySet:
        """The tracked recommendations that go over."""
        return TrackedRecommendation.objects.filter(force__in=self.forces) if self.tracked is None else self.tracked


def going_over(
    *,
    forces: Collection[Force],
    day: datetime.date,
    body: PolicingBody | None = None,
    tracked: TrackedQuerySet | None = None,
) -> list[GoingOver]:
    """Return what goes over on a day, today or ahead, by kind, without kinds of which there is nothing or that
    the office does not use.

    `forces` are those that end or that come to another body. `body` is the one that is followed, whose drafts, promises
    and committees' requests go over; without it those about the forces do. `tracked` are the recommendations that leave
    a force which goes on: then nothing else goes over but what hangs on them. It is counted as things are today: the
    day matters for the days left of the responses. One query for each kind.
    """
    scope = Scope(tuple(forces), body, day, tracked)
    kinds = _KINDS if tracked is None else _KINDS_OF_A_PART
    off = switched_off_sections()
    hidden = {count for count, section in _SECTIONS.items() if section in off}
    return [found for count in kinds if count not in hidden and (found := count(scope)) is not None]


def leads_of(forces: Collection[Force]) -> QuerySet[User]:
    """The force inspection leads of forces that end: they lose the register on the day unless they stay. By name."""
    return User.objects.filter(force__in=forces, is_active=True).select_related("force").order_by("name", "pk")


def rounds_without_lead(
    forces: Collection[Force], staying: Collection[User] = (), successor: Force | None = None
) -> QuerySet[UpdateRound]:
    """The running rounds of forces that end which wait for an inspection lead on the day: none of their own stays, and
    the successor, if it is on record, has none.
    """
    if successor is not None and leads_of([successor]).exists():
        return UpdateRound.objects.none()
    stay = leads_of(forces).filter(pk__in=[each.pk for each in staying], force=OuterRef("force"))
    return UpdateRound.objects.open().filter(~Exists(stay), force__in=forces).select_related("force")


def _counted(duty: Duty, rows: QuerySet, one: str, several: str, url: str = "") -> GoingOver | None:
    number = rows.count()
    return GoingOver(duty, number, f"{number:,} {one if number == 1 else several}", url, rows) if number else None


def _recommendations(scope: Scope) -> GoingOver | None:
    """All of the register, closed ones too, since the record moves as it is."""
    rows = scope.register()
    is_open = Q(standings__until=FOREVER, standings__closed_on__isnull=True)
    found = rows.order_by().aggregate(all=Count("pk", distinct=True), open=Count("pk", distinct=True, filter=is_open))
    if not found["all"]:
        return None
    words = f"{found['all']:,} {'recommendation' if found['all'] == 1 else 'recommendations'}"
    if found["open"] != found["all"]:
        words += f" ({found['open']:,} open)" if found["open"] else " (none open)"
    url = f"{reverse('register')}?{urlencode({'force': scope.forces[0].slug})}" if len(scope.forces) == 1 else ""
    return GoingOver(Duty.RECOMMENDATIONS, found["all"], words, url or reverse("register"), rows.with_record())


def _closures(scope: Scope) -> GoingOver | None:
    rows = Closure.objects.waiting().filter(tracked__in=scope.register()).select_related("tracked")
    return _counted(Duty.CLOSURES, rows, "closure that waits for a decision", "closures that wait for a decision")


def _actions(scope: Scope) -> GoingOver | None:
    """The open ones: those that are done go over too, as the record does."""
    return _open_actions(Action.objects.filter(force__in=scope.forces))


def _actions_of_a_part(scope: Scope) -> GoingOver | None:
    """The open ones of the recommendations that leave: one that is also of another stays."""
    return _open_actions(actions_with(scope.register(), scope.forces[0]))


def _open_actions(actions: QuerySet[Action]) -> GoingOver | None:
    is_open = ActionRow.objects.latest_of_each().open().values("action")
    url = f"{reverse('actions')}?state=open"
    return _counted(Duty.ACTIONS, actions.filter(pk__in=is_open), "open action", "open actions", url)


def _rounds(scope: Scope) -> GoingOver | None:
    rows = UpdateRound.objects.open().filter(force__in=scope.forces).select_related("force")
    return _counted(Duty.ROUNDS, rows, "running round", "running rounds", reverse("rounds"))


def _lines_of_rounds(scope: Scope) -> GoingOver | None:
    rows = UpdateRound.objects.open().filter(lines__tracked__in=scope.register()).distinct().select_related("force")
    return _counted(Duty.ROUNDS, rows, "running round in part", "running rounds in part", reverse("rounds"))


def _reports(scope: Scope) -> GoingOver | None:
    """Reports that need a response and have none published: their clocks, with the days left on the day itself."""
    covers = InspectionForce.objects.filter(force__in=scope.forces).order_by()
    rows = unanswered_inspections(Inspection.objects.filter(pk__in=covers.values("inspection")))
    found = sorted(rows, key=soonest)
    if not found:
        return None
    number, last = len(found), found[0].last_day
    words = f"{number:,} response" if number == 1 else f"{number:,} responses"
    if last is not None:
        words += _days_left(number, (last - scope.day).days)
    return GoingOver(Duty.REPORTS, number, words, reverse("responses"), rows)


def _days_left(number: int, days: int) -> str:
    late_or_last = f"{say_days(-days)} late by then" if days else "on its last day"
    words = f"with {say_days(days)} left" if days > 0 else late_or_last
    return f" (the first {words})" if number > 1 else f" {words}"


def _drafts(scope: Scope) -> GoingOver | None:
    rows = unpublished_responses(scope.forces, scope.body, scope.day)
    return _counted(Duty.DRAFTS, rows, "draft response", "draft responses", reverse("responses"))


def unpublished_responses(
    forces: Collection[Force], body: PolicingBody | None, day: datetime.date
) -> QuerySet[Response]:
    """The responses never published nor withdrawn: about the forces, or those of the body that go over on the day."""
    rows = Response.objects.filter(versions__isnull=True, state__in=WRITTEN)
    if body is None:
        return rows.filter(answers__inspection__covers__force__in=forces).distinct()
    return rows.filter(~_is_about_other_force(body, forces, day, response="pk"), body=body)


def _is_about_other_force(body: PolicingBody, forces: Collection[Force], day: datetime.date, response: str) -> Exists:
    """Whether a response covers a force that the body oversees on the day and that does not go over: then it stays."""
    stay = Oversight.objects.on(day).filter(body=body).exclude(force__in=forces).values("force")
    covers = InspectionForce.objects.filter(inspection__answered_by__response=OuterRef(response))
    return Exists(covers.filter(force__in=stay))


def _invitations(scope: Scope) -> GoingOver | None:
    rows = open_invitations(scope.forces).select_related("force", "response")
    return _counted(Duty.INVITATIONS, rows, "invitation to comment", "invitations to comment")


def open_invitations(forces: Collection[Force]) -> QuerySet[Invitation]:
    """The invitations of these forces' chief officers that are not answered, to responses in draft."""
    answers = ChiefOfficerComments.objects.standing().filter(response=OuterRef("response"), force=OuterRef("force"))
    rows = Invitation.objects.filter(~Exists(answers), force__in=forces, response__state=ResponseState.DRAFTING)
    return rows.filter(response__versions__isnull=True)


def _commitments(scope: Scope) -> GoingOver | None:
    if scope.body:
        rows = commitments_of(scope.body, scope.forces, scope.day)
    else:
        about = Q(of__response__answers__inspection__covers__force__in=scope.forces)
        rows = Commitment.objects.running().filter(about).distinct()
    return _counted(Duty.COMMITMENTS, rows, "commitment", "commitments", reverse("commitments"))


def commitments_of(body: PolicingBody, forces: Collection[Force], day: datetime.date) -> QuerySet[Commitment]:
    """The running commitments that a body made and that go over with these forces on the day."""
    stay = _is_about_other_force(body, forces, day, response="of__response")
    return Commitment.objects.running().filter(~stay, of__response__body=body)


def _requests(scope: Scope) -> GoingOver | None:
    about = Q(force__in=scope.forces)
    rows = CommitteeRequest.objects.waiting().filter(about | Q(panel__body=scope.body) if scope.body else about)
    rows = rows.select_related("panel")
    return _counted(
        Duty.REQUESTS, rows, "request of a committee", "requests of committees", reverse("committee_requests")
    )


def _leads(scope: Scope) -> GoingOver | None:
    """How many people are named as leads of open recommendations, whether or not they have an account."""
    rows = scope.register().open().order_by().values_list(*LEADS)
    names = {name.strip().casefold() for lead in rows for name in lead if name.strip()}
    if not names:
        return None
    words = "appointed lead" if len(names) == 1 else "appointed leads"
    return GoingOver(Duty.LEADS, len(names), f"{len(names):,} {words}")


def _plans(scope: Scope) -> GoingOver | None:
    said = ahead(PlanAnnouncement.objects.filter(plan__force__in=scope.forces)).order_by()
    rows = PlannedInspection.objects.filter(pk__in=said.values("plan")).select_related("force")
    return _counted(Duty.PLANS, rows, "planned inspection", "planned inspections", reverse("inspections"))


def coming_meetings(forces: Collection[Force], day: datetime.date) -> QuerySet[AccountabilityMeeting]:
    """The accountability meetings of forces from a day on that are not minuted."""
    rows = AccountabilityMeeting.objects.filter(force__in=forces, on__gte=day)
    return rows.exclude(state=AgendaState.MINUTED).select_related("force")


def _meetings(scope: Scope) -> GoingOver | None:
    """Meetings stay with a force that goes on under another body."""
    rows = coming_meetings([] if scope.body else scope.forces, scope.day)
    return _counted(Duty.MEETINGS, rows, "accountability meeting", "accountability meetings", reverse("accountability"))


def _panels(scope: Scope) -> GoingOver | None:
    """Panels and suites stay with a force that goes on under another body."""
    rows = panels_of([] if scope.body else scope.forces, scope.day)
    return _counted(Duty.PANELS, rows, "panel", "panels", reverse("panels"))


def _suites(scope: Scope) -> GoingOver | None:
    rows = suites_of([] if scope.body else scope.forces, scope.day)
    return _counted(Duty.SUITES, rows, "custody suite", "custody suites", reverse("custody"))


def _subscribers(scope: Scope) -> GoingOver | None:
    rows = ForceSubscriber.objects.filter(force__in=scope.forces, confirmed_at__isnull=False)
    found = _counted(Duty.SUBSCRIBERS, rows, "subscriber of a public page", "subscribers of a public page")
    return GoingOver(found.duty, found.count, found.words) if found else None  # their addresses are not shown


type _Count = Callable[[Scope], GoingOver | None]
_KINDS: tuple[_Count, ...] = (
    _recommendations,
    _closures,
    _actions,
    _rounds,
    _reports,
    _drafts,
    _invitations,
    _commitments,
    _requests,
    _leads,
    _plans,
    _meetings,
    _panels,
    _suites,
    _subscribers,
)
_SECTIONS: dict[_Count, Section] = {
    _actions: Section.ACTIONS,
    _actions_of_a_part: Section.ACTIONS,
    _rounds: Section.ROUNDS,
    _lines_of_rounds: Section.ROUNDS,
    _commitments: Section.COMMITMENTS,
    _panels: Section.PANELS,
    _suites: Section.CUSTODY,
    _subscribers: Section.FORCE_PAGE,
}
_KINDS_OF_A_PART: tuple[_Count, ...] = (
    _recommendations,
    _closures,
    _actions_of_a_part,
    _lines_of_rounds,
    _leads,
)


def absolute_url(row: Model) -> str:
    """The address of a row of `GoingOver.rows`, or of the record that it is about; "" if it has no page."""
    about = getattr(row, "tracked", None) or (row.response if isinstance(row, Invitation) else row)
    return about.get_absolute_url() if hasattr(about, "get_absolute_url") else ""
