"""The email to a person about a change of forces or bodies that was done. Its frame is in templates/emails."""

from django.conf import settings
from django.core.mail import EmailMessage

from recommendations.domain.succession.notices import ClaimedNotice
from recommendations.emails.delivery import MailTopic
from recommendations.emails.messages import message_from
from recommendations.models import SuccessionNotice
from recommendations.permissions import May


def about_succession(notice: SuccessionNotice) -> tuple[MailTopic, ...]:
    """The topic of a notice: the change."""
    return (MailTopic("change", notice.succession_id, "done"),)


def write_succession(claimed: ClaimedNotice) -> EmailMessage:
    """The message with a notice, and the address of the change for those who may see it."""
    notice = claimed.notice
    page = notice.succession.get_absolute_url() if notice.person.has_perm(May.SEE_CHANGES_AHEAD) else ""
    words = {"text": notice.text, "origin": settings.ORIGIN, "page": page}
    return message_from("emails/succession.txt", words, to=notice.person.email, number=f"change-{claimed.mail.pk}")
