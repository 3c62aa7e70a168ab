"""The email about a paper that is issued to a committee. Its words are in templates/emails."""

from django.conf import settings
from django.core.mail import EmailMessage

from recommendations.domain.papers.notifications import PaperNotice
from recommendations.emails.delivery import MailTopic
from recommendations.emails.messages import message_from
from recommendations.models import PaperReader
from recommendations.periods import say


def about_paper(reader: PaperReader) -> tuple[MailTopic, ...]:
    """The topic of an email about an issued paper."""
    return (MailTopic("paper", reader.issue.paper_id, "issued"),)


def write_issued(notice: PaperNotice) -> EmailMessage:
    """The message about a paper issued to a meeting: the meeting's day and a link, nothing of the paper."""
    issue, email = notice.reader.issue, notice.reader.person.email
    link = f"{settings.ORIGIN}{issue.paper.get_absolute_url()}"
    words = {"day": f"{issue.meeting_on:%A} {say(issue.meeting_on)}", "link": link}
    return message_from("emails/paper_issued.txt", words, to=email, number=f"paper-{notice.mail.pk}")
