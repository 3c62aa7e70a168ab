"""The email with the letter that invites a chief officer to comment (documents/responses/letter_text.py)."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from recommendations.documents.responses.letter_text import SUBJECT, plain_letter
from recommendations.domain.responses.chief_officers.invitation_letter import invitation_letter
from recommendations.domain.responses.chief_officers.notifications import InvitationNotice
from recommendations.emails.delivery import MailTopic
from recommendations.emails.messages import message_to
from recommendations.models import Invitation


def about_invitation(invitation: Invitation) -> tuple[MailTopic, ...]:
    """The topic of an invitation to comment: the response."""
    return (MailTopic("response", invitation.response_id, "invitation"),)


def write_invitation(notice: InvitationNotice) -> EmailMessage:
    """The message with the letter that invites a chief officer to comment. Raises Refusal as the letter does."""
    invitation = notice.invitation
    assert invitation.sent_on is not None  # both are set, as it goes by email
    assert invitation.mailed_to is not None
    address = f"{settings.ORIGIN}{reverse('write_comments', args=[invitation.pk])}"
    letter = invitation_letter(invitation=invitation, on=invitation.sent_on, form_address=address)
    subject, body = plain_letter(letter).removeprefix(SUBJECT).split("\n\n", 1)
    return message_to(invitation.mailed_to.email, subject.strip(), body, f"invitation-{notice.mail.pk}")
