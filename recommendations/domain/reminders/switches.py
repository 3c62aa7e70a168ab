"""The reminders that a user has switched off: their own choice, kept until they change it. Not a record."""

from collections.abc import Collection

from django.db import transaction

from recommendations.domain.reminders.audience import DECIDES
from recommendations.domain.reminders.matters import is_offered
from recommendations.enums.reminders import ReminderTopic
from recommendations.models import ReminderSwitch, User
from recommendations.permissions import May

RIGHTS: dict[ReminderTopic, tuple[May, ...]] = {topic: (may,) for topic, may in DECIDES.items()} | {
    ReminderTopic.RESPONSE: (May.DRAFT_RESPONSE,),
    ReminderTopic.RETURNED: (May.REQUEST_CLOSURE,),
    ReminderTopic.TARGET: (May.SET_TARGET,),
    ReminderTopic.ACTION: (May.EDIT_TRACKED, May.LOG_FORCE_UPDATE),
    ReminderTopic.COMMITMENT: (May.CHECK_COMMITMENTS,),
    ReminderTopic.ASSURANCE: (May.RECORD_ASSURANCE,),
    ReminderTopic.DISPUTE: (May.RECORD_ASSURANCE,),
    ReminderTopic.RECHECK: (May.REOPEN,),
    ReminderTopic.ROUND: (May.ASK_FOR_UPDATES, May.ANSWER_ROUND),
}


def topics_for(person: User) -> list[ReminderTopic]:
    """Return the topics that can send reminders to a user in this role, in order."""
    offered = filter(is_offered, ReminderTopic)
    return [topic for topic in offered if any(person.has_perm(right) for right in RIGHTS[topic])]


def switched_off_topics(person: User) -> set[ReminderTopic]:
    """Return the topics that a user has switched off."""
    return {ReminderTopic(topic) for topic in person.reminders_off.values_list("topic", flat=True)}


def choose(*, person: User, wanted: Collection[str]) -> None:
    """Give a user reminders of exactly these topics, among those available to them.

    Topics that they switched off in another role stay off.
    """
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person.pk)
        off = [topic for topic in topics_for(person) if topic not in wanted]
        # written at once: a person's preference, which is no record
        person.reminders_off.filter(topic__in=topics_for(person)).delete()
        # written at once: a person's preference, which is no record
        ReminderSwitch.objects.bulk_create([ReminderSwitch(person=person, topic=topic) for topic in off])
