"""The contents of exported files: their cover, one recommendation, one inspection."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from recommendations import trail
from recommendations.documents.formats.export_cover import ExportCover
from recommendations.documents.register.word import InspectionPaper, RecommendationPaper, WordNote, WordRecommendation
from recommendations.domain.inspections.statutory_clock import clock
from recommendations.domain.notes.queries import all_on
from recommendations.domain.register.dates import three_dates
from recommendations.domain.register.entries import entries_for, in_sentence
from recommendations.domain.register.export.lines import RegisterLine, lines_out
from recommendations.domain.register.notices import all_parts_done, notices
from recommendations.domain.register.parts.states import part_states
from recommendations.domain.register.queries import RegisterQuery
from recommendations.domain.register.rag import standings_on
from recommendations.domain.register.rag_reasons import ColourBasis, flags_of, reason
from recommendations.domain.register.rechecks.queries import closures_of
from recommendations.domain.register.restrictions import marking_for
from recommendations.domain.register.timeline import timeline
from recommendations.models import (
    Inspection,
    Label,
    PolicingBody,
    RagRule,
    Recommendation,
    TrackedRecommendation,
    User,
)
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.views.inspections.page import deadline_words_of
from recommendations.views.register import page
from recommendations.views.register.request_query import RegisterRequest

TITLE, TITLE_OF_SEVERAL = "Register of HMICFRS recommendations", "Register of recommendations"
NOT_NARROWED = "all open ones"


def about_asked(asked: RegisterRequest, rows: int) -> ExportCover:
    """The cover of a register export: the filters, in the words of the page."""
    chips = page.chips_of(asked, list(page.filters_of(asked)))
    count, head = trail.head()
    of_view = (f"View: {asked.view.name}",) if asked.view else ()
    return ExportCover(
        title=TITLE_OF_SEVERAL if asked.choices.is_mixed else TITLE,
        office=office(),
        asked=(*of_view, *(tuple(words for words, _ in chips) or (NOT_NARROWED,))),
        order=page.order_of(asked),
        rows=rows,
        as_at=asked.query.day,
        known=page.band_of(asked)["known"] if asked.query.past else "",
        at=asked.now,
        by=asked.user.name,
        trail_count=count,
        trail_head=head,
        marking=marking_for(asked.user, asked.listing.ids),
    )


def about_record(title: str, marking: str, *, by: User, at: datetime.datetime) -> ExportCover:
    """The cover of an export of one record, as of today."""
    count, head = trail.head()
    stamps: dict[str, Any] = {
        "as_at": london_day(at),
        "at": at,
        "by": by.name,
        "trail_count": count,
        "trail_head": head,
    }
    return ExportCover(title=title, office=office(), asked=(), order="", rows=1, marking=marking, **stamps)


def office() -> str:
    """The name of the office that this installation serves, as in the masthead; "" if there is none."""
    body = PolicingBody.objects.filter(until__isnull=True).order_by("pk").first()
    return body.office_name if body else ""


def say_rows(number: int) -> str:
    """ "1 row", "1,200 rows"."""
    return f"{number:,} row" if number == 1 else f"{number:,} rows"


def recommendation_paper(
    found: TrackedRecommendation, *, by: User, at: datetime.datetime, with_notes: bool = False
) -> RecommendationPaper:
    """The contents of one recommendation's document. `found` has its record and its cause loaded.
    `with_notes` adds the office's notes, if the user may read them.
    """
    today, words = london_day(at), Label.objects.words()
    rule = RagRule.objects.on(today)
    seen = TrackedRecommendation.objects.visible_to(by).with_record()
    record = seen.with_standing(standings_on(today, rule)).get(pk=found.pk)
    basis, rows = ColourBasis.of_record(record.standing), entries_for(record)
    closures = closures_of(record)
    (line,) = lines_out(RegisterQuery(day=today), (found.pk,), by, rule, words)
    recommendation = found.recommendation
    return RecommendationPaper(
        about=about_record(
            f"{found.reference}: {recommendation.short_text}", marking_for(by, (found.pk,)), by=by, at=at
        ),
        asked=_asked(recommendation, tuple(filter(None, line.parts.split("\n"))), line.addressees),
        line=line,
        rag=f"{line.rag}: {reason(basis, today)}",
        flags=flags_of(basis, today, rule),
        notices=[
            *all_parts_done(record),
            *notices(record, rows, closures, words, today, line.addressees.splitlines()),
        ],
        dates=three_dates(record, basis, rows, today, rule),
        events=timeline(record, rows, closures, words, today, record.part_rows),
        parts=_how_parts_stand(record),
        notes=_notes(found, by) if with_notes and by.has_perm(May.WRITE_NOTES) else None,
    )


def _how_parts_stand(record: TrackedRecommendation) -> list[str]:
    """Each part with its state, if closure of any part was ever requested."""
    states = part_states(record) if record.part_rows else []
    return [f"{state.label}: {in_sentence(state.words)}" for state in states]


def _notes(found: TrackedRecommendation, by: User) -> list[WordNote]:
    return [
        WordNote(london_day(note.written_at), note.written_by.name if note.written_by else "", note.text)
        for note in all_on(found, by).filter(withdrawn_at__isnull=True)
    ]


def _asked(
    recommendation: Recommendation, parts: tuple[str, ...], addressees: str, lines: Iterable[RegisterLine] = ()
) -> WordRecommendation:
    heading = f": {recommendation.heading}" if recommendation.heading else ""
    under = f", under {recommendation.cause}" if recommendation.cause else ""
    return WordRecommendation(
        label=f"{recommendation}{heading}{under}",
        text=recommendation.text,
        parts=tuple(part for part in parts if part not in recommendation.text),
        directed_to="; ".join(addressees.splitlines()),
        deadline=deadline_words_of(recommendation),
        lines=tuple(lines),
    )


def inspection_paper(found: Inspection, *, by: User, at: datetime.datetime) -> InspectionPaper:
    """The contents of an inspection's document. `found` comes from inspection_page.with_facts."""
    today = london_day(at)
    lines = _lines_by_recommendation(found, by, today)
    asks = found.recommendations.in_order().select_related("cause").prefetch_related("parts", "addressees")
    return InspectionPaper(
        about=about_record(found.title, marking_for(by, tracked__recommendation__inspection=found), by=by, at=at),
        facts=_facts(found),
        clock=clock(found, found.answered_on, today),
        asked=[
            _asked(
                each,
                tuple(f"{part.number} {part.text}".strip() for part in each.parts.all()),
                "\n".join(addressee.name for addressee in each.addressees.all()),
                lines[each.pk],
            )
            for each in asks
        ],
    )


def _lines_by_recommendation(found: Inspection, by: User, today: datetime.date) -> dict:
    """Recommendation id → the export lines of the forces that this user may see, by force name."""
    tracked = TrackedRecommendation.objects.visible_to(by).filter(recommendation__inspection=found)
    rows = list(tracked.order_by("force__name", "pk").values_list("pk", "recommendation"))
    rule, words = RagRule.objects.on(today), Label.objects.words()
    said = lines_out(RegisterQuery(day=today), tuple(pk for pk, _ in rows), by, rule, words)
    lines = defaultdict(list)
    for (_, recommendation), line in zip(rows, said, strict=True):
        lines[recommendation].append(line)
    return lines


def _facts(found: Inspection) -> list[tuple[str, str]]:
    joint = f", with {found.joint_inspectorates}" if found.joint_inspectorates else ""
    return [
        ("Kind", found.get_kind_display()),
        ("Published", say(found.published_on)),
        ("Covers", ", ".join(cover.force.name for cover in found.visible_covers)),
        ("Inspectorate", f"{found.lead_inspectorate}{joint}"),
        ("Report", found.link),
    ]
