"""The office's reminder rules: which topics, how many days before, to whom. A change applies from its day on."""

import datetime

from recommendations.domain.people.two_people import check_administers
from recommendations.domain.reminders.audience import TO_FORCES
from recommendations.domain.reminders.steps import WAITING
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.reminders import ReminderTo, ReminderTopic
from recommendations.models import ReminderPlan, ReminderRule, User
from recommendations.models.reminders.reminders import DEFAULT_PLANS, RULED
from recommendations.periods import london_day
from recommendations.trail import verb

MOST_STEPS, MOST_DAYS = 8, 365
AT_ONCE = (*WAITING, ReminderTopic.RETURNED)  # sent when the wait begins, so days and recipients cannot be chosen


def has_days(topic: ReminderTopic) -> bool:
    """Whether the office can choose the days and the recipients in the office."""
    return topic not in AT_ONCE


def has_late(topic: ReminderTopic) -> bool:
    """Whether approving officers are reminded when it is late."""
    return topic != ReminderTopic.RETURNED


def may_tell_force(topic: ReminderTopic) -> bool:
    """Whether the office can choose to remind the force's leads too."""
    return topic in TO_FORCES


def set_reminder_rule(*, topic: str, plan: ReminderPlan, by: User | None, at: datetime.datetime) -> ReminderRule:
    """Set when and to whom reminders of a topic go from today (London). A second change on a day replaces the first.

    Raises NotAllowed without the right to administer; Refusal for a topic without a rule, invalid days, or no change.
    """
    with verb("set_reminder_rule", by=by, at=at) as act:
        check_administers(by)
        plan, today = check_plan(topic, plan), london_day(at)
        if ReminderRule.objects.on(today)[ReminderTopic(topic)] == plan:
            raise Refusal("This is so already. Change something, or choose Cancel.")
        found = ReminderRule.objects.select_for_update().filter(topic=topic, since=today).first()
        rule = found or ReminderRule(topic=topic, since=today)
        rule.days_before = ",".join(map(str, plan.days_before))
        rule.is_on, rule.day_after, rule.to = plan.is_on, plan.day_after, plan.to
        rule.tell_force, rule.late_days = plan.tell_force, plan.late_days
        act.subject = act.save(rule)
    return rule


def check_plan(topic: str, plan: ReminderPlan) -> ReminderPlan:
    """Return the plan with only what applies to a topic, its days in descending order. Raises Refusal if invalid."""
    if topic not in RULED:
        raise Refusal("There is no such kind of reminder.")
    usual = DEFAULT_PLANS[ReminderTopic(topic)]
    days = tuple(sorted(set(plan.days_before), reverse=True)) if has_days(ReminderTopic(topic)) else usual.days_before
    late = plan.late_days if has_late(ReminderTopic(topic)) else None
    _check_days(days, late)
    if plan.to not in ReminderTo.values:
        raise Refusal("Choose who of the office is reminded.", "to")
    if plan.is_on and not days and not plan.day_after and late is None:
        raise Refusal("Enter a day, or switch these reminders off.", "days_before")
    if not has_days(ReminderTopic(topic)):
        return ReminderPlan(is_on=plan.is_on, days_before=days, to=usual.to, late_days=late)
    tell = plan.tell_force and may_tell_force(ReminderTopic(topic))
    return ReminderPlan(plan.is_on, days, plan.day_after, plan.to, tell, late)


def _check_days(days: tuple[int, ...], late: int | None) -> None:
    if len(days) > MOST_STEPS:
        raise Refusal(f"These are more than {MOST_STEPS} days. Leave some out.", "days_before")
    if days and not 0 <= min(days) <= max(days) <= MOST_DAYS:
        raise Refusal(f"Enter days from 0 to {MOST_DAYS}.", "days_before")
    if late is not None and not 1 <= late <= MOST_DAYS:
        raise Refusal(f"Enter a number of days from 1 to {MOST_DAYS}, or nothing.", "late_days")
