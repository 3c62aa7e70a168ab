"""Who is reminded of a matter: its lead or keeper, the office, the force's leads, approving officers once it is late.

Nobody is reminded of what they cannot see or may not decide, or of topics that they switched off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from recommendations.domain.reminders.approvals import OpenMatter
from recommendations.domain.reminders.steps import Hearing
from recommendations.enums import Role
from recommendations.enums.actions import ActionVoice
from recommendations.enums.reminders import ReminderTo, ReminderTopic
from recommendations.models import ReminderPlan, ReminderSwitch, User
from recommendations.permissions import May

# The right needed to decide each kind of pending approval. All other topics are the office's work.
DECIDES = {
    ReminderTopic.CLOSURE: May.DECIDE_CLOSURE,
    ReminderTopic.APPROVAL: May.APPROVE_RESPONSE,
    ReminderTopic.PAPER: May.FINALISE_PAPER,
}
TO_FORCES = (
    ReminderTopic.TARGET,
    ReminderTopic.ACTION,
)  # topics of which the office can choose to remind a force's leads too
BOTH, STEPS, LATE = Hearing(True, True), Hearing(True, False), Hearing(False, True)


@dataclass(frozen=True)
class Audience:
    """All active users by id, and the topics that each switched off."""

    people: dict[int, User]
    off: frozenset[tuple[int, str]]

    def hears(self, matter: OpenMatter, plan: ReminderPlan) -> Iterator[tuple[User, Hearing]]:
        """Yield the users whom this plan reminds of a matter, and of which steps."""
        for person, hearing in self._hearings(matter, plan).values():
            if (person.pk, matter.topic) not in self.off:
                yield person, hearing

    def _hearings(self, matter: OpenMatter, plan: ReminderPlan) -> dict[int, tuple[User, Hearing]]:
        if matter.topic in DECIDES:
            may = [each for each in self._office if each.has_perm(DECIDES[matter.topic])]
            return {each.pk: (each, BOTH) for each in may if each.pk not in matter.authors}
        if matter.only is not None:
            return {each.pk: (each, STEPS) for each in self._requester(matter)}
        of_office = [] if matter.doer == ActionVoice.FORCE else self._office_people(matter, plan.to)
        found = {each.pk: (each, LATE) for each in self._approvers}
        for each in [*of_office, *self._force_people(matter, plan)]:
            found[each.pk] = (each, BOTH if each.pk in found else STEPS)
        return found

    def _requester(self, matter: OpenMatter) -> list[User]:
        """Return the requester, if they can still see it: a lead who has moved no longer sees their former force."""
        person = self.people.get(matter.only or 0)
        sees = person and person.has_perm(May.REQUEST_CLOSURE) and person.force_id in (None, matter.force)
        return [person] if person and sees else []

    def _office_people(self, matter: OpenMatter, to: str) -> list[User]:
        """Return the users in the office to remind. If it has no officers, its approving officers take their place."""
        if to == ReminderTo.OFFICE:
            return self._office
        named = [each for each in self._office if each.pk == matter.person] if to == ReminderTo.NAMED else []
        officers = [each for each in self._office if each.role == Role.OPCC_OFFICER]
        return named or officers or self._office

    def _force_people(self, matter: OpenMatter, plan: ReminderPlan) -> list[User]:
        """Return the force's leads if the office chose so; of an action that the force does, its owner in any case."""
        if matter.topic not in TO_FORCES or matter.doer == ActionVoice.OFFICE:
            return []
        leads = [each for each in self.people.values() if each.force_id and each.force_id == matter.force]
        return leads if plan.tell_force else [each for each in leads if matter.doer and each.pk == matter.person]

    @cached_property
    def _office(self) -> list[User]:
        return [each for each in self.people.values() if each.has_perm(May.DRAFT_RESPONSE)]

    @cached_property
    def _approvers(self) -> list[User]:
        return [each for each in self._office if each.has_perm(May.APPROVE_RESPONSE)]


def everyone() -> Audience:
    """Return all current users. Two queries."""
    people = {each.pk: each for each in User.objects.filter(is_active=True).order_by("pk")}
    return Audience(people, frozenset(ReminderSwitch.objects.values_list("person", "topic")))
