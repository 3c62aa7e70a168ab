"""Record an inspectorate's report: create the inspection, track its recommendations and start its response."""

import datetime
from dataclasses import dataclass, field

from django.db import IntegrityError

from recommendations.domain.inspections.inspections import (
    NewRecommendation,
    new_inspection,
    new_recommendation,
)
from recommendations.domain.layouts.layouts import NewLayout, remember_layout
from recommendations.domain.responses.imported import call_at_position, check_lengths, document_digest
from recommendations.domain.responses.starting import body_to_answer, new_response, share_response, standing_response
from recommendations.domain.sources.deaths import is_about_deaths
from recommendations.domain.sources.frozen import check_stated_day
from recommendations.domain.writing.input_checks import longest
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import LinkKind, ResponseAnswer
from recommendations.models import (
    DocumentLayout,
    Force,
    Inspection,
    InspectionDocument,
    InspectionLink,
    Recommendation,
    User,
)
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext, verb


@dataclass(frozen=True)
class NewReport:
    """A report as read and checked, before it is recorded.

    `causes` maps the position of a recommendation to that of the cause of concern, earlier in the list, that it belongs
    to. `belongs_to` is an inspection on record, and `link` how this one is related to it. `answer` says how it is
    responded to; without one there must be a `reason`. `read_by` is the layout that it was read by, `new_layout` the
    one to remember: never that of a report about a death.
    """

    title: str
    short_name: str
    kind: str
    published_on: datetime.date
    recommendations: tuple[NewRecommendation, ...] = ()
    causes: dict[int, int] = field(default_factory=dict)
    inspection_facts: dict = field(default_factory=dict)
    belongs_to: Inspection | None = None
    link: str = ""
    answer: str = ResponseAnswer.OWN
    reason: str = ""
    left_out: tuple[str, ...] = ()
    source_name: str = ""
    source_text: str = ""
    read_by: DocumentLayout | None = None
    new_layout: NewLayout | None = None


class ReportHere(Refusal):
    """This report is on record already. `inspection` is what it became."""

    def __init__(self, inspection: Inspection) -> None:
        super().__init__(
            f"This report is here already: “{inspection}”, published on {say(inspection.published_on)}. "
            "Nothing was added.",
            code="here-already",
        )
        self.inspection = inspection


def find_report(text: str, title: str, published_on: datetime.date | None) -> Inspection | None:
    """Return the inspection made from this document or with this title (ignoring punctuation) and day, or None."""
    digest = document_digest(text)
    known = InspectionDocument.objects.filter(sha256=digest, inspection__withdrawn_at__isnull=True)
    document = known.select_related("inspection").first() if digest else None
    if document is not None:
        return document.inspection
    words = document_digest(title)
    of_that_day = Inspection.objects.filter(published_on=published_on) if words and published_on else ()
    return next((each for each in of_that_day if document_digest(each.title) == words), None)


def record_report(*, report: NewReport, force: Force, by: User | None, at: datetime.datetime) -> Inspection:
    """Record a report for a force: the inspection, its tracked recommendations, and its response, in draft.

    A companion can share the response of the report it belongs to; if no response is needed, the reason is recorded.
    Raises ReportHere, WrongRecommendation, or Refusal with what is wrong.
    """
    try:
        with verb("record_report", by=by, at=at) as act:
            act.subject = _record(act, report, force)
    except IntegrityError:
        found = find_report(report.source_text, report.title, report.published_on)
        if found is None:
            raise Refusal("Someone saved the same inspection at the same moment. Save again.") from None
        raise ReportHere(found) from None
    return act.subject


def _record(act: VerbContext, report: NewReport, force: Force) -> Inspection:
    _check(report, act.at)
    needed = report.answer != ResponseAnswer.NONE
    inspection = new_inspection(
        act,
        forces=[force],
        title=report.title.strip(),
        short_name=report.short_name.strip(),
        kind=report.kind,
        published_on=report.published_on,
        needs_response=needed,
        no_response_reason="" if needed else report.reason.strip(),
        **report.inspection_facts,
    )
    act.save(_document(report, inspection, act))
    made: list[Recommendation] = []
    for place, new in enumerate(report.recommendations):
        cause = made[report.causes[place]] if place in report.causes else None
        made.append(call_at_position(place, new_recommendation, act, inspection, new, cause))
    if report.belongs_to is not None:
        act.save(InspectionLink(inspection=inspection, to=report.belongs_to, kind=report.link))
    _begin_response(act, report, inspection, force)
    if report.new_layout is not None and not is_about_deaths(inspection):
        remember_layout(act, report.new_layout)
    return inspection


def _check(report: NewReport, at: datetime.datetime) -> None:
    if report.published_on > london_day(at):
        raise Refusal(
            f"{say(report.published_on)} is in the future. Enter the day of the report.",
            "published_on",
            code="in-the-future",
        )
    if not report.title.strip():
        raise Refusal("Enter the title of the report.", "title", code="required")
    for name, words in (("title", "title"), ("short_name", "short name")):
        most = longest(Inspection, name)
        if len(getattr(report, name).strip()) > most:
            raise Refusal(f"The {words} is longer than {most} characters. Shorten it.", name, code="too-long")
    found = find_report(report.source_text, report.title, report.published_on)
    if found is not None:
        raise ReportHere(found)
    respond_by = report.inspection_facts.get("respond_by")
    if respond_by and respond_by < report.published_on:
        raise Refusal("The last day is before the report was published.", "respond_by", code="before-publication")
    needed = report.answer != ResponseAnswer.NONE
    check_stated_day({"kind": report.kind, "respond_by": respond_by, "needs_response": needed})
    _check_link(report)
    for place, new in enumerate(report.recommendations):
        call_at_position(place, check_lengths, new)


def _check_link(report: NewReport) -> None:
    if report.belongs_to is not None and not report.link:
        raise Refusal("Say how this report belongs to that one.", "link", code="required")
    if report.answer != ResponseAnswer.SHARED:
        return
    if report.belongs_to is None or report.link != LinkKind.COMPANION:
        raise Refusal(
            "Only a companion shares a response. Choose the report that it is the companion of.",
            "answer",
            code="not-a-companion",
        )
    if standing_response(report.belongs_to) is None:
        raise Refusal(
            f"“{report.belongs_to}” has no response to share. Start one of its own.", "answer", code="no-response"
        )


def _document(report: NewReport, inspection: Inspection, act: VerbContext) -> InspectionDocument:
    """Return the document to store. For a report about a death, only what was checked and recorded is kept."""
    of_a_death = is_about_deaths(inspection)
    return InspectionDocument(
        inspection=inspection,
        name=report.source_name,
        text=_words_to_check(report) if of_a_death else report.source_text,
        sha256=document_digest(report.source_text),
        left_out=[] if of_a_death else list(report.left_out),
        layout=None if of_a_death else report.read_by,
        recorded_at=act.at,
        recorded_by=act.by,
    )


def _words_to_check(report: NewReport) -> str:
    asked = (line for new in report.recommendations for line in (f"{new.number} {new.text}".strip(), *new.parts))
    return "\n".join((report.title.strip(), *asked))


def _begin_response(act: VerbContext, report: NewReport, inspection: Inspection, force: Force) -> None:
    if not inspection.needs_response:
        return
    if report.answer == ResponseAnswer.SHARED:
        shared = standing_response(report.belongs_to) if report.belongs_to else None
        assert shared is not None  # _check_link has looked
        share_response(act, inspection=inspection, response=shared)
    else:
        body = body_to_answer(force, inspection, today=london_day(act.at))
        if body is None:
            raise Refusal(
                f"No one oversaw {force} on {say(report.published_on)}, so no body can respond. "
                "Add the policing body and its oversight of the force in the administration.",
                "force",
                code="no-body",
            )
        new_response(act, inspections=[inspection], body=body)
