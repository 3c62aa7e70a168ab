"""The emails of a day: to each person one with their reminders and one with their notices, and one for each paper
issued to them, each invitation to comment and each change of forces or bodies that was done.

They contain links, counts and days only, and no text of a record; an invitation is its letter, about a published
report.
"""

import datetime
from collections.abc import Callable, Iterator

from recommendations.domain.ownership import mails as notice_mails
from recommendations.domain.papers import notifications
from recommendations.domain.reminders import ledger as reminders
from recommendations.domain.responses.chief_officers import notifications as invited
from recommendations.domain.succession import notices as successions
from recommendations.emails.delivery import MailOutcome, MailTopic, Post, deliver
from recommendations.emails.ownership import ABOUT_NOTICES, write_notices
from recommendations.emails.papers import about_paper, write_issued
from recommendations.emails.reminders import about_reminders, write_reminder
from recommendations.emails.responses import about_invitation, write_invitation
from recommendations.emails.successions import about_succession, write_succession


def send_reminders(*, on: datetime.date, clock: Callable[[], datetime.datetime]) -> Iterator[MailOutcome]:
    """Send what is due on a London day: to each person one email with all reminders and one with all notices, and one
    for each paper issued to them and each invitation to comment.

    Yields each outcome. `clock` returns the current moment in UTC. What fails is due again in the next run.
    """
    with Post() as post:
        for person, _ in reminders.waiting(on, clock()):
            reminder = reminders.claim(person=person, on=on, at=clock())
            if reminder and deliver(reminder, write_reminder, post, clock):
                yield MailOutcome(about_reminders(reminder.due), reminder.mail.state, reminder.mail.problem)
        for reader in notifications.waiting(clock()):
            notice = notifications.claim(reader=reader, at=clock())
            if notice and deliver(notice, write_issued, post, clock):
                yield MailOutcome(about_paper(reader), notice.mail.state, notice.mail.problem)
        for person in notice_mails.waiting(on, clock()):
            told = notice_mails.claim(person=person, on=on, at=clock())
            if told and deliver(told, write_notices, post, clock):
                yield MailOutcome(ABOUT_NOTICES, told.mail.state, told.mail.problem)
        for each in invited.waiting(clock()):
            letter = invited.claim(invitation=each, at=clock())
            if letter and deliver(letter, write_invitation, post, clock):
                yield MailOutcome(about_invitation(each), letter.mail.state, letter.mail.problem)
        for done in successions.waiting(clock()):
            change = successions.claim(notice=done, at=clock())
            if change and deliver(change, write_succession, post, clock):
                yield MailOutcome(about_succession(done), change.mail.state, change.mail.problem)


def due_now(*, on: datetime.date, at: datetime.datetime) -> list[tuple[MailTopic, ...]]:
    """The topics of each email that would be sent now. Read-only."""
    due = [about_reminders(due) for _, due in reminders.waiting(on, at)]
    papers = [about_paper(reader) for reader in notifications.waiting(at)]
    notices = [ABOUT_NOTICES for _ in notice_mails.waiting(on, at)]
    changes = map(about_succession, successions.waiting(at))
    return [*due, *papers, *notices, *map(about_invitation, invited.waiting(at)), *changes]
