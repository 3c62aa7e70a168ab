"""The email with a person's reminders of a day. Its words are in templates/emails and domain/reminders/text.py."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from recommendations.domain.reminders.ledger import DueToday, Reminder
from recommendations.domain.reminders.text import paragraphs, step_words
from recommendations.domain.rounds.reminders import DueReminder
from recommendations.emails.delivery import MailTopic
from recommendations.emails.messages import message_from
from recommendations.enums import ReminderKind
from recommendations.models import User
from recommendations.periods import say


def about_reminders(due: DueToday) -> tuple[MailTopic, ...]:
    """The topics of a reminder: its rounds, and everything else."""
    rounds = [MailTopic("round", each.round.pk, ReminderKind(each.kind).label.lower()) for each in due.rounds]
    steps = {(each.matter.topic, each.step) for each in due.matters}
    others = [MailTopic(topic.label.lower(), None, step_words(topic, step)) for topic, step in sorted(steps)]
    return (*rounds, *others)


def write_reminder(reminder: Reminder) -> EmailMessage:
    """A reminder's message: the subject names the most pressing round if there are only rounds, else the number of
    items; the id is that of the ledger's row.
    """
    due = reminder.due
    words = {
        "rounds": [(words_of(each, reminder.person), link_to(each)) for each in due.rounds],
        "others": paragraphs(due.matters, reminder.mail.day),
        "pressing": _pressing(due),
        "number": len(due.rounds) + len(due.matters),
        "origin": settings.ORIGIN,
        "choose": f"{settings.ORIGIN}{reverse('reminders')}",
    }
    return message_from("emails/reminder.txt", words, to=reminder.person.email, number=f"reminder-{reminder.mail.pk}")


def _pressing(due: DueToday) -> str:
    """The most pressing kind if only rounds are due, otherwise ""."""
    return "" if due.matters else max((each.kind for each in due.rounds), key=list(ReminderKind).index)


def link_to(due: DueReminder) -> str:
    """The link to a round, under the configured origin."""
    return f"{settings.ORIGIN}{due.round.get_absolute_url()}"


def words_of(due: DueReminder, person: User) -> str:
    """What a reminder says of one round: how many updates are missing, by which day, and how many were returned."""
    words = {
        "kind": due.kind,
        "number": due.figures.with_the_force,
        "returned": due.figures.returned,
        "day": f"{due.round.due_on:%A} {say(due.round.due_on)}",
        "is_asker": person.force_id is None,
    }
    return render_to_string("emails/reminder_round.txt", words).strip()
