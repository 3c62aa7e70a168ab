"""A chief officer's answer to a coroner's report, imported from its document: when sent and published, and its text."""

import datetime
from dataclasses import dataclass

from recommendations.domain.responses.imported import document_digest
from recommendations.domain.sources.answers import follow_sent, new_step
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.sources import AnswerStepKind
from recommendations.models import AnswerStep, Inspection, InspectionDocument, User
from recommendations.periods import say
from recommendations.trail import VerbContext, verb


@dataclass(frozen=True)
class FollowedAnswer:
    """An answer as checked. `text` is stored; by `source_text` the same document is recognised if it comes again."""

    inspection: Inspection
    sent_on: datetime.date
    text: str
    published_on: datetime.date | None = None
    link: str = ""
    source_name: str = ""
    source_text: str = ""


def record_followed_answer(*, answer: FollowedAnswer, by: User | None, at: datetime.datetime) -> Inspection:
    """Record when an answer was sent and where it is published, and store its text. Returns the report it answers.

    Raises Refusal if the chief officer does not have to answer the report, the text is empty, the document is already
    on record, a different day of sending is on record, a link has no publication day, or a day is impossible.
    """
    with verb("record_followed_answer", by=by, at=at, subject=answer.inspection) as act:
        inspection = lock_row(answer.inspection)
        _check(answer)
        sent_before = AnswerStep.objects.filter(inspection=inspection, step=AnswerStepKind.SENT)
        if not sent_before.exists():
            new_step(act, inspection, AnswerStepKind.SENT, answer.sent_on, field="responded_on")
        elif not sent_before.filter(effective_on=answer.sent_on).exists():
            was = say(sent_before.order_by("effective_on")[0].effective_on)
            raise Refusal(f"It was sent on {was}, by the record. Enter that day, or withdraw it first.", "responded_on")
        if answer.published_on:
            _publish(act, inspection, answer, answer.published_on)
        act.save(_document(act, inspection, answer))
        follow_sent(act, inspection)
    return inspection


def _check(answer: FollowedAnswer) -> None:
    if not answer.text.strip():
        raise Refusal("Enter what the answer says.", "chief_officer_comments")
    if answer.link and not answer.published_on:
        raise Refusal("Enter the day on which it was published.", "published_on")
    if answer.published_on and answer.published_on < answer.sent_on:
        raise Refusal("It cannot be published before it was sent.", "published_on")
    digest = document_digest(answer.source_text)
    known = InspectionDocument.objects.filter(sha256=digest).select_related("inspection").first() if digest else None
    if known:
        raise Refusal(f"This answer is on record already, with “{known.inspection}”.", "inspection")


def _publish(act: VerbContext, inspection: Inspection, answer: FollowedAnswer, day: datetime.date) -> None:
    new_step(act, inspection, AnswerStepKind.PUBLISHED, day, link=answer.link, field="published_on")


def _document(act: VerbContext, inspection: Inspection, answer: FollowedAnswer) -> InspectionDocument:
    return InspectionDocument(
        inspection=inspection,
        name=answer.source_name,
        text=answer.text.strip(),
        sha256=document_digest(answer.source_text),
        recorded_at=act.at,
        recorded_by=act.by,
    )
