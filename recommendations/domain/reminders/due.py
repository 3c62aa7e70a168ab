"""The reminders due to each person on a London day, including those already sent."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from recommendations.domain.reminders.approvals import OpenMatter
from recommendations.domain.reminders.audience import Audience
from recommendations.domain.reminders.matters import SOURCES
from recommendations.domain.reminders.steps import reach, step_on
from recommendations.enums.reminders import ReminderTopic
from recommendations.models import Force, ReminderPlan
from recommendations.working_days import Proclaimed

type Plans = Mapping[ReminderTopic, ReminderPlan]
type ToldKey = tuple[str, int, datetime.date, str]


@dataclass(frozen=True)
class DueMatter:
    """A matter, and the step of its reminders that applies."""

    matter: OpenMatter
    step: str

    @property
    def key(self) -> ToldKey:
        """Identifies a reminder, which is sent to a person once."""
        return (str(self.matter.topic), self.matter.subject, self.matter.about_on, self.step)


def due_by_person(
    on: datetime.date,
    plans: Plans,
    audience: Audience,
    proclaimed: Proclaimed,
    topics: Collection[ReminderTopic] = tuple(SOURCES),
) -> dict[int, list[DueMatter]]:
    """Return what is due to each person on this day, by user id, in the order of the email.

    `proclaimed` are the bank holidays that administrators added (BankHoliday.objects.by_day()). Nothing is due on a
    force whose register was handed over by that day, and nothing at all once all of them were.
    """
    found: defaultdict[int, list[DueMatter]] = defaultdict(list)
    forces = dict(Force.objects.not_ended(on).values_list("pk", "handed_over_on"))
    gone = {pk for pk, handed_over_on in forces.items() if handed_over_on is not None and handed_over_on <= on}
    if forces and len(gone) == len(forces):
        return {}
    for topic, source in SOURCES.items():
        plan = plans[topic]
        if not plan.is_on or topic not in topics:
            continue
        for matter in source.find(on, reach(plan, on)):
            if matter.force in gone:
                continue
            for person, hearing in audience.hears(matter, plan):
                if step := step_on(plan, topic, matter.about_on, on, hearing, proclaimed):
                    found[person.pk].append(DueMatter(matter, step))
    return dict(found)
