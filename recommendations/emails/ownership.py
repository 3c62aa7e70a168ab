"""The email about records assigned to a person and notes that mention them. Its words are in templates/emails."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from recommendations.domain.ownership.mails import NoticesMail
from recommendations.emails.delivery import MailTopic
from recommendations.emails.messages import message_from

ABOUT_NOTICES = (MailTopic("notices", 0, "given or named"),)  # whatever records they are about


def write_notices(notices: NoticesMail) -> EmailMessage:
    """The message about a person's notices: numbers and a link, no text."""
    words = {"given": notices.given, "named": notices.named, "origin": settings.ORIGIN, "account": reverse("account")}
    return message_from("emails/notices.txt", words, to=notices.person.email, number=f"notices-{notices.mail.pk}")
