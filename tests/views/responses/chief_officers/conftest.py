"""A response that is being drafted to a report of a month ago, and what a browser does on the pages about them."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.responses.chief_officers import comments, invitations
from recommendations.models import Response
from recommendations.periods import london_day
from tests.conftest import make_inspection, make_tracked
from tests.makers.responses import make_response
from tests.per_module import per_module
from tests.views.responses.conftest import words

DAY = datetime.timedelta(days=1)
TEXT = "The force agrees.\n\nBells are tested daily."


@pytest.fixture(scope="session")
def at():
    """The pages read the clock."""
    return timezone.now()


@pytest.fixture(scope="session")
def today(at):
    return london_day(at)


@per_module
def report(westmarch, today, at):
    made = make_inspection(westmarch, published_on=today - 30 * DAY, at=at)
    make_tracked(made, at=at)
    return made


@per_module
def response(report, body, officer, at):
    return make_response(report, body, by=officer, at=at)


@pytest.fixture
def office(sign_in, officer):
    return sign_in(officer)


@per_module
def invited(response, westmarch, officer, at, today):
    return invitations.invite(response=response, force=westmarch, due_on=today + 14 * DAY, by=officer, at=at)


@per_module
def sent(invited, officer, at, today):
    return invitations.record_sent(
        invitation=invited, sent_on=today, sent_to="A. Rowe", sent_how="by email", by=officer, at=at
    )


def say(response: Response, force, by, at, **facts):
    """Comments that came and stand."""
    about = {"text": TEXT, "signed_by": "A. Rowe", "signed_as": "Chief constable", "dated_on": london_day(at)} | facts
    return comments.record_comments(response=response, force=force, by=by, at=at, **about)


def page(response, name: str = "response_comments", *args) -> str:
    return reverse(name, args=[response.pk, *args])


def sections(html: str) -> list[str]:
    """The words of each force's section."""
    return words(html, ".app-rec")


def errors(html: str) -> list[str]:
    return words(html, ".govuk-error-summary li")
