"""Carry out each step of the story through its verb."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.text import slugify

from recommendations import deadlines
from recommendations.demo.data import (
    APPROVER,
    FORCE,
    Answer,
    DemoRecommendation,
    DemoReport,
    DemoStep,
    DemoTracked,
    fill_in_days,
)
from recommendations.demo.office import PEOPLE
from recommendations.documents.responses.response_pdf import render_response
from recommendations.documents.responses.response_text import plain_response
from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.register import closures, disputes, voices
from recommendations.domain.register.parts import closures as part_closures
from recommendations.domain.responses import copies, imported
from recommendations.domain.responses.imported import NewComment, PublishedResponse
from recommendations.domain.responses.publication import confirm_response
from recommendations.domain.risk.delays import record_delay
from recommendations.domain.risk.weights import weigh
from recommendations.enums import RecipientKind
from recommendations.enums.sources import OF_HMICFRS
from recommendations.models import PolicingBody, Recipient, Response, TrackedRecommendation
from recommendations.periods import london_day

VOICES: dict[str, Callable[..., Any]] = {
    "log_force_update": voices.log_force_update,
    "record_assurance": voices.record_assurance,
    "record_inspectorate_status": voices.record_inspectorate_status,
    "set_target": voices.set_target,
    "record_dispute_reason": disputes.record_dispute_reason,
    "record_dispute_reply": disputes.record_dispute_reply,
    "decide_dispute": disputes.decide_dispute,
}
OF_PARTS: dict[str, Callable[..., Any]] = {
    "request_part_closure": part_closures.request_part_closure,
    "decide_part_closure": part_closures.decide_part_closure,
}
OF_RISK: dict[str, Callable[..., Any]] = {"weigh": weigh, "record_delay": record_delay}
FIRST_ON_PORTAL = 9100
FACT_DAYS = ("starts_on", "respond_by")


class Key(NamedTuple):
    """Identifies a line: the report's title, a kind and number in it, the force's slug."""

    report: str
    kind: str
    number: str
    force: str


def add_report(office, report: DemoReport, at) -> None:
    published_on = office.working_day(report.day)
    office.reports[report.title] = inspections.add_inspection(
        forces=[office.forces[slug] for slug in report.forces],
        title=fill_in_days(report.title, published_on),
        short_name=fill_in_days(report.short_name, published_on),
        kind=report.kind,
        published_on=published_on,
        link=f"https://reports.example/{slugify(fill_in_days(report.title, published_on))}",
        by=office.people["officer"],
        at=at,
        **{name: office.working_day(value) if name in FACT_DAYS else value for name, value in report.facts.items()},
    )


def add_recommendation(office, report: DemoReport, recommendation: DemoRecommendation, at) -> None:
    office.asked[report.title, recommendation.kind, recommendation.number] = inspections.add_recommendation(
        inspection=office.reports[report.title],
        new=_new(office, report, recommendation),
        cause=office.asked.get((report.title, "cause_of_concern", recommendation.cause)),
        by=office.people["officer"],
        at=at,
    )


def _new(office, report: DemoReport, recommendation: DemoRecommendation) -> NewRecommendation:
    read = deadlines.read_deadline(office.words(recommendation.by), office.working_day(report.day))
    return NewRecommendation(
        kind=recommendation.kind,
        number=recommendation.number,
        heading=recommendation.heading,
        text=office.words(recommendation.text),
        parts=tuple(office.words(part) for part in recommendation.parts),
        addressees=recommendation.to
        or tuple(f"Chief constable of {office.forces[slug].short_name}" for slug in report.forces),
        deadline_words=read.words,
        deadline_kind=read.kind,
        deadline_on=read.due_on,
        directed_to_force=recommendation.directed,
    )


def give_leads(office, key: Key, line: DemoTracked, at) -> None:
    tracked = _tracked_recommendation(office, key)
    is_on_portal = tracked.recommendation.inspection.source in OF_HMICFRS
    inspections.edit_tracked(
        tracked=tracked,
        version=tracked.version,
        chief_officer_lead=line.lead,
        business_lead=line.business,
        opcc_lead=line.opcc,
        portal_reference=str(FIRST_ON_PORTAL + 7 * tracked.recommendation_id) if is_on_portal else "",
        planned_action=office.words(line.planned),
        by=office.people[_officer(line.opcc)],
        at=at,
    )


def take(office, key: Key, step: DemoStep, at) -> None:
    """Carry out one step of a line's story."""
    tracked = _tracked_recommendation(office, key)
    said = {name: office.words(value) for name, value in step.said.items()}
    said |= {"tracked": tracked, "by": _who(office, key, step, tracked), "at": at}
    if step.verb in VOICES:
        VOICES[step.verb](effective_on=office.working_day(step.day), **_with_signature(step, said))
    elif step.verb in OF_RISK:
        OF_RISK[step.verb](**said)
    elif step.verb == "withdraw":
        _withdraw(**said)
    elif step.verb in OF_PARTS:
        number = said.pop("part")
        OF_PARTS[step.verb](part=tracked.recommendation.parts.get(position=int(number)), **said)
    elif step.verb == "edit_recommendation":
        _correct(**said)
    else:
        getattr(closures, step.verb)(**said)


def _tracked_recommendation(office, key: Key) -> TrackedRecommendation:
    return TrackedRecommendation.objects.with_record().get(recommendation=office.asked[key[:3]], force__slug=key.force)


def _who(office, key: Key, step: DemoStep, tracked):
    """Return who acts: for a force without a user of its own, the officer."""
    if step.who == APPROVER:
        return office.people["approver"]
    is_of_force = step.who == FORCE and key.force in office.people
    return office.people[key.force if is_of_force else _officer(tracked.opcc_lead)]


def _officer(opcc_lead: str) -> str:
    return next(person.key for person in PEOPLE if person.name == opcc_lead)


def _with_signature(step: DemoStep, facts: dict) -> dict:
    """Add the name to the force's own statements: who said it, or who set the target."""
    if step.verb == "log_force_update":
        return {"said_by": facts["by"].name} | facts
    if step.verb == "set_target":
        return {"set_by": facts["tracked"].chief_officer_lead} | facts
    return facts


def _withdraw(*, tracked, voice: str, reason: str, by, at) -> None:
    row = getattr(tracked, voice).standing().order_by("-recorded_at").first()
    voices.withdraw(row=row, reason=reason, by=by, at=at)


def _correct(*, tracked, text: str, reason: str, by, at) -> None:
    recommendation = tracked.recommendation
    kept = ("kind", "number", "heading", "deadline_words", "deadline_kind", "deadline_on")
    inspections.edit_recommendation(
        recommendation=recommendation,
        version=recommendation.version,
        new=NewRecommendation(text=text, **{name: getattr(recommendation, name) for name in kept}),
        reason=reason,
        cause=recommendation.cause,
        by=by,
        at=at,
    )


def answer(office, report: DemoReport, at) -> None:
    """Record the published response to a report, with its source document."""
    given, body = report.answer, PolicingBody.objects.get()
    assert given  # load.py asks only for reports with an answer
    inspection = office.reports[report.title]
    asked = [_new(office, report, each) for each in report.asked]
    places = {f"{each.kind} {each.number}": place for place, each in enumerate(report.asked)}
    published = PublishedResponse(
        title=inspection.title,
        short_name=inspection.short_name,
        kind=inspection.kind,
        body=body,
        body_name=body.name,
        published_on=inspection.published_on,
        responded_on=office.working_day(given.day),
        narrative=tuple(map(office.words, given.narrative)),
        footnotes=tuple(note | {"text": office.words(note["text"])} for note in given.footnotes),
        recommendations=tuple(asked),
        comments=tuple(
            NewComment(office.words(comment["text"]), tuple(places[key] for key in comment["answers"]))
            for comment in given.comments
        ),
        chief_officer_comments=office.words(given.chief_officer_comments),
        reply=office.words(given.reply),
        source_name=f"response-{inspection.short_name.lower().replace(' ', '-')}.txt",
        source_text=_document(office, inspection, asked, given),
    )
    by: dict[str, Any] = {"by": office.people["officer"], "at": at}
    recorded = imported.record_published(published=published, force=office.forces[report.forces[0]], **by)
    if given.copy_sent:
        to = Recipient.objects.get(kind=RecipientKind.INSPECTORATE)
        about: dict[str, Any] = {"version": recorded.versions.get(), "recipient": to, "sent_on": london_day(at)}
        copies.record_copy(sent_how=given.copy_sent, **about, **by)


def confirm_answer(office, report: DemoReport, at) -> None:
    """Confirm the response that was brought in, which makes its files."""
    response = Response.objects.get(answers__inspection=office.reports[report.title])
    confirm_response(
        response=response, render=render_response, plain=plain_response, by=office.people["approver"], at=at
    )


def _document(office, inspection, recommendations: list[NewRecommendation], answer: Answer) -> str:
    """Return the response as a document, in the form that offices publish."""
    lines = [f"HMICFRS: {inspection.title} ({inspection.get_kind_display().lower()})"]
    lines += [f"Response from: {PolicingBody.objects.get().name}", *answer.narrative, "Recommendations:"]
    lines += [f"{new.number}. {new.text}" for new in recommendations]
    lines += [f"OPCC Comment: {comment['text']}" for comment in answer.comments]
    lines += [
        answer.chief_officer_comments,
        answer.reply,
        *(f"{note['mark']} {note['text']}" for note in answer.footnotes),
    ]
    return "\n\n".join(office.words(line) for line in lines if line)
