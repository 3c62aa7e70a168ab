"""The rehearsal of a change ahead: what goes over on its day, who loses access, and what would refuse it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from recommendations.domain.ownership.people import office_people
from recommendations.domain.succession.checks import problems_of
from recommendations.domain.succession.going_over import GoingOver, going_over, leads_of, rounds_without_lead
from recommendations.domain.succession.members import (
    bodies_before,
    forces_on_the_day,
    references_of,
    tracked_by_reference,
)
from recommendations.domain.succession.wording import effects_of
from recommendations.enums.succession import SuccessionKind
from recommendations.models import Force, PolicingBody, Succession, SuccessionForce, User


@dataclass(frozen=True)
class GoingOverGroup:
    """What goes over from one force, or from one body."""

    title: str
    rows: list[GoingOver]

    @property
    def words(self) -> str:
        """ "From Westmarch Police: 64 recommendations, 3 running rounds."."""
        return f"{self.title}: {', '.join(row.words for row in self.rows)}."


@dataclass(frozen=True)
class Rehearsal:
    """What the change would do on its day, as things are now."""

    problems: list[str]
    effects: list[str]
    groups: list[GoingOverGroup]
    losing: list[User]
    others: list[Succession]

    @property
    def losing_words(self) -> str:
        number = len(self.losing)
        return f"{number} {'person loses' if number == 1 else 'people lose'} the register"


def rehearse(plan: Succession) -> Rehearsal:
    """Return what an open plan would do on its day, counted as things are now."""
    forces = forces_on_the_day(plan, plan.forces)
    return Rehearsal(
        problems=[each.message for each in problems_of(plan, plan.forces)],
        effects=[*effects_of(plan, forces), *_rounds_that_wait(plan, forces)],
        groups=groups_of(plan, forces),
        losing=list(people_losing_access(plan, forces)),
        others=list(_other_plans(plan)),
    )


def _rounds_that_wait(plan: Succession, forces: list[Force]) -> list[str]:
    """The running rounds that no inspection lead answers from the day on, in a sentence."""
    if not _ends_forces(plan):
        return []
    staying = list(leads_of(forces)) if plan.leads_stay else []
    number = rounds_without_lead(forces, staying, plan.successor).count()
    rounds = "1 running round waits" if number == 1 else f"{number:,} running rounds wait"
    return [f"{rounds} for an inspection lead of {plan.successor or plan.force_name}: invite one."] if number else []


def _ends_forces(plan: Succession) -> bool:
    return plan.kind == SuccessionKind.MERGER or (plan.kind == SuccessionKind.SPLIT and plan.successor_id is not None)


def groups_of(plan: Succession, forces: list[Force]) -> list[GoingOverGroup]:
    """Return what goes over from each force or body on the day, without those from which nothing does."""
    return [each for each in _groups(plan, forces) if each.rows]


def _groups(plan: Succession, forces: list[Force]) -> list[GoingOverGroup]:
    kind = plan.kind_of_change
    if kind.is_of_bodies:
        before = bodies_before(plan, forces).items()
        return [
            GoingOverGroup(f"From {body}", going_over(forces=its_forces, day=plan.day, body=body))
            for body, its_forces in before
        ]
    if not kind.is_of_registers:
        return []
    if kind == SuccessionKind.SPLIT and plan.successor is None:
        tracked = tracked_by_reference(forces[0], references_of(plan)).filter(withdrawn_at__isnull=True)
        return [GoingOverGroup(f"From {forces[0]}", going_over(forces=forces, day=plan.day, tracked=tracked))]
    return [GoingOverGroup(f"From {force}", going_over(forces=[force], day=plan.day)) for force in forces]


def people_losing_access(plan: Succession, forces: list[Force]) -> QuerySet[User]:
    """Who loses the register on the day: the leads of forces that end, the staff of a body that is followed."""
    kind = plan.kind_of_change
    if kind.is_of_bodies:
        return office_people() if plan.staff_changes else User.objects.none()
    return leads_of(forces) if _ends_forces(plan) and not plan.leads_stay else User.objects.none()


def _other_plans(plan: Succession) -> QuerySet[Succession]:
    """Other changes ahead of the same forces or the same body."""
    same = _is_about(force__in=plan.forces)
    if plan.body_id:
        same |= Q(body=plan.body_id)
    return Succession.objects.open().filter(same).exclude(pk=plan.pk).with_names()


def _is_about(**forces: object) -> Q:
    """Whether a change ahead is about one of these forces."""
    rows = SuccessionForce.objects.filter(is_included=True, **forces)
    return Q(pk__in=rows.order_by().values("succession"))


def plans_about(record: Force | PolicingBody) -> QuerySet[Succession]:
    """The open changes ahead of a force, or of a policing body: its own, and those of forces that it oversees."""
    if isinstance(record, Force):
        about = _is_about(force=record) | Q(successor=record)
    else:
        kinds = (SuccessionKind.NEW_BODY, SuccessionKind.OTHER_BODY)
        about = Q(body=record) | Q(_is_about(force__oversights__body=record), kind__in=kinds)
    return Succession.objects.open().filter(about).with_names()
