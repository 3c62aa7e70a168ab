"""Import a published response from a file as the page does: read it, show what was read, record it at once."""

import json
from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from recommendations.domain.responses.imported import WrongRecommendation, first_inspection, record_published
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.layouts import LayoutKind
from recommendations.exchange.documents_in.proposal import find_body, propose
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.responses.several import responses_in
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.summary import summary, unplaced_lines
from recommendations.management.arguments import (
    add_document_arguments,
    force_of,
    lines_of,
    past_day,
    person_of,
    refusal_of,
    section_55_of,
)
from recommendations.management.layouts import NO_DATABASE, ReadByLayout, read_by_layout, remember_in_folder
from recommendations.models import Force, TrackedRecommendation
from recommendations.periods import london_day, say
from recommendations.permissions import May

ALL = "all"


class Command(BaseCommand):
    help = (
        "Add a published response (.txt, .docx, .pdf or .html): its inspection, recommendations and comments. "
        "With --dry-run it only says what it read, and needs nothing in the database."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        add_document_arguments(parser, kept_with="response")
        parser.add_argument(
            "--responded",
            metavar="DATE",
            help="the day on which the response was published; where it is not given, the day that the document says, "
            "or today, because by today it is known to be public",
        )
        parser.add_argument(
            "--part", metavar="NUMBER", help="which of several responses in the document; all of it: all"
        )

    def handle(self, *args, **options):
        at = timezone.now()
        today = london_day(at)
        published_on = past_day(options["published"], "--published", today)
        lines = _part(lines_of(options["file"]), options["part"], is_dry_run=options["dry_run"])
        read = read_response(lines, published_on=published_on)
        responded_on = _day_of_response(options, read, published_on, today)
        by_layout = read_by_layout(LayoutKind.RESPONSE, read, lines, published_on, options)
        if options["remember"] and options["layouts"]:
            by_layout = replace(
                by_layout, remembered=remember_in_folder(by_layout.new_layout(day=responded_on), options)
            )
        if options["dry_run"]:
            self._show(by_layout, published_on, options, "Nothing was saved: this was a dry run.")
            return
        try:
            response = _save(by_layout, lines, options, published_on, responded_on, at)
        except DatabaseError as error:
            raise CommandError(NO_DATABASE.format(error=error)) from error
        if not options["responded"] and not read.responded_on:
            self.stderr.write(f"The response is dated today, {say(responded_on)}: give --responded if it was earlier.")
        self._show(by_layout, published_on, options, _saved_words(response))

    def _show(self, by_layout: ReadByLayout, published_on, options, end: str) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(by_layout.as_json(), ensure_ascii=False, indent=2))
        else:
            said = summary(by_layout.read, published_on, section_55_of(options))
            self.stdout.write("\n".join([*said, *by_layout.words, end]))


def _part(lines, part: str | None, *, is_dry_run: bool):
    """Return the lines of the chosen response, if a document has several. Raises CommandError if none is chosen."""
    if part == ALL or (part is None and is_dry_run):
        return lines
    found = responses_in(lines)
    if part is None and len(found) == 1:
        return lines
    if part and part.isdecimal() and 0 < int(part) <= len(found):
        return found[int(part) - 1].lines
    listed = "; ".join(f"{number}: {each.title}" for number, each in enumerate(found, start=1))
    raise CommandError(f"This document has {len(found)} responses ({listed}). Give --part with one number, or all.")


def _day_of_response(options, read: ReadResponse, published_on, today):
    """Return the day of the response: as given, as read, or today. Raises CommandError for an impossible day."""
    if options["responded"]:
        responded_on = past_day(options["responded"], "--responded", today)
    else:
        responded_on = read.responded_on or today
    if responded_on < published_on:
        raise CommandError(f"--responded {say(responded_on)} is before the report was published, {say(published_on)}.")
    if responded_on > today:
        raise CommandError(f"The document says that it was published on {say(responded_on)}: give --responded.")
    return responded_on


def _save(by_layout: ReadByLayout, lines, options, published_on, responded_on, at):
    """Record the response. Raises CommandError, with nothing saved, if that is not possible."""
    force = force_of(options["force"])
    by = person_of(options["by"], May.IMPORT_RESPONSE, "add responses")
    read = by_layout.read
    body = _body(read, force, responded_on)
    if not read.title:
        raise CommandError("No title was found in this document. Bring it in on the page, where you can type it.")
    if read.unplaced and not options["leave_out_unplaced"]:
        raise CommandError(
            "\n".join(
                [
                    *unplaced_lines(read),
                    "Say on the page where they belong, or give --leave-out-unplaced. Nothing was saved.",
                ]
            )
        )
    published = propose(
        read,
        force=force,
        body=body,
        published_on=published_on,
        responded_on=responded_on,
        source_name=Path(options["file"]).name,
        lines=tuple(lines),
        left_out=read.unplaced,
    )
    facts = published.inspection_facts | {"section_55": section_55_of(options)}
    new_layout = (
        by_layout.new_layout(day=responded_on, body=body) if options["remember"] and not options["layouts"] else None
    )
    published = replace(published, inspection_facts=facts, read_by=by_layout.layout, new_layout=new_layout)
    try:
        return record_published(published=published, force=force, by=by, at=at)
    except WrongRecommendation as refusal:
        label = read.recommendations[refusal.place].label
        raise CommandError(f"Recommendation {label}: {refusal.message} Nothing was saved.") from refusal
    except Refusal as refusal:
        raise refusal_of(refusal) from refusal


def _body(read: ReadResponse, force: Force, responded_on):
    body, _ = find_body(read.body, force, responded_on)
    if body is None:
        named = f"“{read.body}”" if read.body else "no policing body"
        raise CommandError(
            f"The document names {named}, which is not on record, and no one oversaw {force} on {say(responded_on)}. "
            "Add the policing body and its oversight of the force in the administration."
        )
    return body


def _saved_words(response) -> str:
    """Describe what was recorded."""
    inspection = first_inspection(response)
    tracked = TrackedRecommendation.objects.filter(recommendation__inspection=inspection).order_by("reference")
    references = list(tracked.values_list("reference", flat=True))
    followed = f"followed as {', '.join(references)}" if references else "nothing to follow"
    return f"Saved as response {response.pk} to {inspection.short_name}: {followed}."
