"""Pages about the product and the user: the account, the definitions, the public statements."""

import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from recommendations.domain.ownership.notices import may_be_told
from recommendations.domain.people.contacts import offices
from recommendations.domain.people.recipients import recipients_on
from recommendations.domain.register.definitions import definitions as defined
from recommendations.domain.retention.former_people import REMOVED_FOR_GOOD
from recommendations.enums import Vocabulary
from recommendations.forms.site.gallery import GalleryForm
from recommendations.models import Label, RagRule, User
from recommendations.permissions import May, allow, public
from recommendations.views.calendar.feed import address_part
from recommendations.views.public import http
from recommendations.views.site.requests import AuthenticatedRequest

# How deadline words are interpreted (recommendations/deadlines.py), with real examples.
DEADLINE_KINDS = (
    ("Immediate", "“With immediate effect”", "The day of publication."),
    (
        "Relative",
        "“within three months”",
        "Counted from publication: the same day of the month, or the month’s last day.",
    ),
    ("A date", "“no later than 31 March 2015”", "That day."),
    ("A month", "“by the end of September 2021”", "The month’s last day."),
    ("None", "“as soon as possible”", "No day: nothing says which."),
)

# The dates on which the accessibility statement was written and last checked (docs/developing.md).
STATEMENT_PREPARED_ON = datetime.date(2026, 11, 27)
STATEMENT_REVIEWED_ON = datetime.date(2026, 11, 27)
DATA_PROTECTION_REVIEWED_ON = datetime.date(2026, 12, 1)


@require_safe
@allow(May.USE)
def account(request: AuthenticatedRequest) -> HttpResponse:
    """The user's own account, and what they can change about signing in."""
    return render(request, "site/account.html", _account_of(request.user))


def _account_of(person: User) -> dict:
    return {"person": person, "has_notices": may_be_told(person)} | address_part(person)


@require_safe
@allow(May.USE)
def definitions(request: AuthenticatedRequest) -> HttpResponse:
    """What each count, colour, flag and date means, with the words and thresholds in force today."""
    today = localdate()
    rules = list(RagRule.objects.order_by("since"))
    words = Label.objects.words()
    context = {
        "definitions": defined(RagRule.objects.on(today), stages=words[Vocabulary.STAGE]),
        "in_force": [rule for rule in rules if rule.since <= today][-1:],
        "ahead": [rule for rule in rules if rule.since > today],
        "deadline_kinds": DEADLINE_KINDS,
        "vocabularies": [(kind.label, words[kind].values()) for kind in Vocabulary],
    }
    return render(request, "site/definitions.html", context)


@require_safe
@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    facts = {
        "offices": offices(localdate()),
        "prepared_on": STATEMENT_PREPARED_ON,
        "reviewed_on": STATEMENT_REVIEWED_ON,
    }
    return _statement(request, "Accessibility statement", "site/accessibility_words.html", facts)


@require_safe
@public
def data_protection(request: HttpRequest) -> HttpResponse:
    """What is recorded about people, for how long, and whom to ask about it."""
    periods = {"access_days": settings.ACCESS_RECORDS_DAYS, "former_days": settings.FORMER_AFTER_DAYS}
    about = {
        "offices": offices(localdate()),
        "reviewed_on": DATA_PROTECTION_REVIEWED_ON,
        "with_entra": bool(settings.ENTRA_URL),
    }
    about |= {"recipients": recipients_on(), "removed": REMOVED_FOR_GOOD}
    return _statement(request, "Privacy and security", "site/data_protection_words.html", about | periods)


@require_safe
@public
def disclosure(request: HttpRequest) -> HttpResponse:
    """How to report a vulnerability, and what to expect."""
    facts = {"offices": offices(localdate()), "contacts": settings.SECURITY_CONTACT}
    return _statement(request, "Report a security problem", "site/disclosure_words.html", facts)


def _statement(request: HttpRequest, title: str, words: str, facts: dict) -> HttpResponse:
    """Render a statement: in the public layout, or in the office's for signed-in users."""
    context = {"title": title, "words": words, "facts": facts}
    if request.user.is_authenticated:
        return render(request, "site/statement.html", context)
    answer = http.page(request, "public/statement.html", context)
    answer["Cache-Control"] = "private"  # signed-in users see another layout
    return answer


@require_safe
@public
def security_txt(request: HttpRequest) -> HttpResponse:
    """The security contact for machines (RFC 9116). Raises Http404 if none is configured."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    assert settings.SECURITY_CONTACT_EXPIRES  # set with the contact (oversight/settings.py)
    expires = datetime.datetime.combine(settings.SECURITY_CONTACT_EXPIRES, datetime.time(), datetime.UTC)
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.ORIGIN}{reverse('security_txt')}",
        f"Policy: {settings.ORIGIN}{reverse('disclosure')}",
    ]
    return HttpResponse("".join(f"{line}\r\n" for line in lines), content_type="text/plain; charset=utf-8")


@require_safe
@allow(May.USE)
def gallery(request: AuthenticatedRequest) -> HttpResponse:
    """Every component in each of its states, in the demonstration only."""
    if not settings.DEMO:
        raise Http404
    wrong = GalleryForm({}, auto_id="wrong_%s")
    wrong.is_valid()
    page = Paginator(range(97), 12).page(3)
    return render(request, "site/gallery.html", {"form": GalleryForm(), "wrong": wrong, "page": page})
