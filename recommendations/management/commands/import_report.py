"""Import a report from a file as the page does: read it, show what was read, record it at once."""

import json
from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from recommendations.domain.responses.imported import WrongRecommendation
from recommendations.domain.responses.reports import NewReport, record_report
from recommendations.domain.sources.queries import bases
from recommendations.domain.text.person_names import names_in
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import ResponseAnswer
from recommendations.exchange.documents_in.proposal import propose_report
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.sources.documents import read_document, why_not, without_names
from recommendations.exchange.documents_in.sources.kinds import DocumentKind, kind_of_document
from recommendations.exchange.documents_in.sources.proposal import clock_facts, propose_source
from recommendations.exchange.documents_in.summary import summary_of_report, summary_of_source, unplaced_lines
from recommendations.management.arguments import (
    add_document_arguments,
    any_day,
    force_of,
    lines_of,
    past_day,
    person_of,
    refusal_of,
    section_55_of,
)
from recommendations.management.layouts import NO_DATABASE, ReadByLayout, read_by_layout, remember_in_folder
from recommendations.models import Inspection, Response, TrackedRecommendation
from recommendations.periods import london_day, say
from recommendations.permissions import May

AN_ANSWER = (
    "This is an answer to a coroner's report, not the report. Bring it in on the page, where you choose the report "
    "that it answers and check what is saved. Nothing was saved."
)
SOURCES = [kind.value for kind in DocumentKind]


class Command(BaseCommand):
    help = (
        "Add a report (.html as saved from a browser, .pdf, .docx or .txt): its inspection and what it asks are "
        "recorded, and the response to it begins where the policing body answers. IOPC recommendations, coroners' "
        "reports and internal audits are known by their own words. With --dry-run it only says what it read, and needs "
        "nothing in the database."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        add_document_arguments(parser, kept_with="report")
        parser.add_argument(
            "--respond-by",
            metavar="DATE",
            help="the last day to respond, where it is stated and not counted: a super-complaint needs it",
        )
        parser.add_argument("--source", choices=SOURCES, help="where it comes from, where its own words leave it open")
        parser.add_argument("--basis", metavar="KEY", help="what it was made under, where it does not say: iopc-28a")
        parser.add_argument(
            "--names-checked",
            action="store_true",
            help="save what seems to hold a person's name: someone has checked that no person is named",
        )
        parser.add_argument("--no-response", metavar="REASON", help="why no response is needed, where none is")

    def handle(self, *args, **options):
        at = timezone.now()
        published_on = past_day(options["published"], "--published", london_day(at))
        options["respond_by"] = any_day(options["respond_by"], "--respond-by") if options["respond_by"] else None
        printed = lines_of(options["file"])
        kind = _kind(options, printed)
        lines, options["name"] = without_names(kind, printed, Path(options["file"]).name)
        read = read_document(kind, lines, published_on)
        found = read_by_layout(kind, read, lines, published_on, options)
        if why := why_not(kind, lines, found.read):
            raise CommandError(f"{options['file']}: {why}")
        if options["remember"] and options["layouts"]:
            found = replace(found, remembered=remember_in_folder(found.new_layout(day=published_on), options))
        if options["dry_run"]:
            self._show(found, published_on, options, "Nothing was saved: this was a dry run.")
            return
        if kind == DocumentKind.CORONER_RESPONSE:
            raise CommandError(f"{options['file']}: {AN_ANSWER}")
        try:
            inspection = _save(found, lines, options, published_on, at)
        except DatabaseError as error:
            raise CommandError(NO_DATABASE.format(error=error)) from error
        self._show(found, published_on, options, _saved_words(inspection))

    def _show(self, found: ReadByLayout, published_on, options, end: str) -> None:
        read = found.read
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        else:
            said = (
                summary_of_source(read, published_on)
                if read.source.source
                else summary_of_report(read, published_on, options["respond_by"], section_55_of(options))
            )
            self.stdout.write("\n".join([*said, *found.words, end]))


def _save(found: ReadByLayout, lines, options, published_on, at) -> Inspection:
    """Record the report. Raises CommandError, with nothing saved, if that is not possible."""
    force = force_of(options["force"])
    by = person_of(options["by"], May.IMPORT_RESPONSE, "add reports")
    read = found.read
    if not read.title:
        raise CommandError("No title was found in this document. Bring it in on the page, where you can type it.")
    if read.unplaced and not options["leave_out_unplaced"]:
        raise CommandError(
            "\n".join(
                [*unplaced_lines(read), "Place them on the page, or give --leave-out-unplaced. Nothing was saved."]
            )
        )
    propose = _source_report if read.source.source else _inspectorate_report
    report = propose(
        read,
        options,
        force=force,
        published_on=published_on,
        source_name=options["name"],
        lines=tuple(lines),
        left_out=read.unplaced,
    )
    new_layout = found.new_layout(day=published_on) if options["remember"] and not options["layouts"] else None
    report = replace(report, read_by=found.layout, new_layout=new_layout)
    try:
        return record_report(report=report, force=force, by=by, at=at)
    except WrongRecommendation as refusal:
        label = read.recommendations[refusal.place].label
        raise CommandError(f"Recommendation {label}: {refusal.message} Nothing was saved.") from refusal
    except Refusal as refusal:
        raise refusal_of(refusal) from refusal


def _kind(options, lines) -> DocumentKind:
    """Return the document's source: as given, or else from its own text."""
    kind = DocumentKind(options["source"]) if options["source"] else kind_of_document(lines)
    if kind is None:
        raise CommandError(f"{options['file']}: its words could be those of more than one source. Give --source.")
    return kind


def _inspectorate_report(read: ReadResponse, options, **values) -> NewReport:
    report = propose_report(read, **values, **_no_response(options))
    facts = {"respond_by": options["respond_by"], "section_55": section_55_of(options)}
    return replace(report, inspection_facts=report.inspection_facts | facts)


def _source_report(read: ReadResponse, options, *, published_on, **values) -> NewReport:
    """Return another source's report, with its rule. Raises CommandError if it seems to name a person."""
    report = propose_source(read, published_on=published_on, **values)
    offered = bases(published_on, read.source.source)
    key = options["basis"] or report.inspection_facts["basis"] or (next(iter(offered)) if len(offered) == 1 else "")
    if key not in offered:
        raise CommandError(f"Say what it was made under: --basis {', '.join(offered)}. Nothing was saved.")
    named = _person_names(report) if offered[key].about_deaths else []
    if named and not options["names_checked"]:
        seems = ", ".join(f"“{name}”" for name in named)
        raise CommandError(
            f"It seems to name a person: {seems}. Bring it in on the page and reword it, or check that no person is "
            "named and give --names-checked. Nothing was saved."
        )
    facts = {"basis": key} | clock_facts(offered[key], published_on, options["respond_by"])
    return replace(report, inspection_facts=report.inspection_facts | facts)


def _person_names(report: NewReport) -> list[str]:
    """Return what seem to be people's names in the text to be saved."""
    facts = (report.title, report.inspection_facts["made_to"], report.inspection_facts["source_reference"])
    asked = [(new.heading, new.text, *new.parts, *new.addressees) for new in report.recommendations]
    texts = [*facts, *(text for words in asked for text in words)]
    return list(dict.fromkeys(name for text in texts for name in names_in(text)))


def _no_response(options) -> dict:
    reason = options["no_response"]
    return {} if reason is None else {"answer": ResponseAnswer.NONE, "reason": reason}


def _saved_words(inspection: Inspection) -> str:
    """Describe what was recorded."""
    tracked = TrackedRecommendation.objects.filter(recommendation__inspection=inspection).order_by("reference")
    references = list(tracked.values_list("reference", flat=True))
    followed = f"followed as {', '.join(references)}" if references else "nothing to follow"
    if inspection.is_of_other_source and not inspection.needs_response:
        last = f"Last day {say(inspection.last_day)}" if inspection.last_day else "No last day is counted"
        return f"Saved as {inspection.short_name}: {followed}. {inspection.no_response_reason} {last}."
    response = Response.objects.filter(answers__inspection=inspection).first()
    if response is None:
        return f"Saved as {inspection.short_name}: {followed}. No response is needed: {inspection.no_response_reason}"
    last = f"last day {say(inspection.last_day)}" if inspection.last_day else "no last day is stated"
    return f"Saved as {inspection.short_name}: {followed}. Response {response.pk} is being drafted: {last}."
