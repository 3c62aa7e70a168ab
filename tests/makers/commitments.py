"""A published response with a commitment or two, as tests need it."""

import datetime

from recommendations.domain.commitments import commitments
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses import following
from recommendations.domain.responses.imported import NewComment, PublishedResponse
from recommendations.enums import InspectionKind
from recommendations.models import Comment, Commitment, ResponseVersion
from tests.conftest import AT, PUBLISHED
from tests.makers.responses import bring_in

RESPONDED = PUBLISHED + datetime.timedelta(days=30)  # 14 February 2026
FIRST = datetime.date(2026, 3, 31)
WATCH = "We will watch the bells each quarter."
ASKED = "I have asked for a report by early 2027."


def make_version(body, force, *, title="Custody in Westmarch", at=AT, **facts) -> ResponseVersion:
    """A response that was brought in: two comments, each of which makes a promise, and one in narrative and reply."""
    given = {
        "title": title,
        "short_name": "Custody 26",
        "kind": InspectionKind.CUSTODY,
        "body": body,
        "body_name": "The Commissioner",
        "published_on": PUBLISHED,
        "responded_on": RESPONDED,
        "narrative": ("I welcome this.", "I will publish the answer. It matters."),
        "reply": "I will ask about the twelve posts in March.",
        "recommendations": tuple(NewRecommendation(text=f"Text {n}.", number=str(n)) for n in (1, 2)),
        "comments": (NewComment(f"I agree. {WATCH} Thank you.", (0,)), NewComment(f"{ASKED} It is late.", (1,))),
        "source_text": title,
    } | facts
    made = bring_in(PublishedResponse(**given), force, at=at)
    return made.versions.get()


def make_commitment(version: ResponseVersion, *, quote=WATCH, by=None, at=AT, **facts) -> Commitment:
    """The commitment of a sentence of the version, checked each quarter from 31 March 2026."""
    terms = {"keeper": "Hannah Whitlock", "check_on": FIRST, "every": "quarter"} | facts
    comment = next((each for each in Comment.objects.filter(version=version) if quote in each.text), None)
    return following.mark_commitment(version=version, comment=comment, quote=quote, by=by, at=at, **terms)


def check(commitment: Commitment, outcome="kept", said="The log was read.", by=None, at=AT, **facts):
    return commitments.check_commitment(commitment=commitment, outcome=outcome, said=said, by=by, at=at, **facts)
