"""Making a message: headers, and subject and body from a template."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

# Ask for no out-of-office replies (RFC 3834; the second header is Exchange's).
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def message_from(template: str, words: dict, *, to: str, number: str = "") -> EmailMessage:
    """The message that a template makes for one address: its partial `subject`, and the rest as the body."""
    subject = render_to_string(f"{template}#subject", words).strip()
    return message_to(to, subject, render_to_string(template, words), number)


def message_to(address: str, subject: str, body: str, number: str = "") -> EmailMessage:
    """A message to one address. `number` is the ledger's kind and row number, for the Message-ID, or ""."""
    own = {"Message-ID": f"<{number}@{urlsplit(settings.ORIGIN).hostname}>"} if number else {}
    return EmailMessage(subject, body, to=[address], headers=HEADERS | own)
