"""The contents of exported files: their cover, one recommendation."""

import datetime
from collections.abc import Iterable
from typing import Any

from recommendations import trail
from recommendations.documents.formats.export_cover import ExportCover
from recommendations.documents.register.word import RecommendationPaper, WordNote, WordRecommendation
from recommendations.domain.actions.export import marking_with_actions
from recommendations.domain.actions.queries import lines_on
from recommendations.domain.forces.in_force import office_name
from recommendations.domain.inspections.deadline_words import deadline_words_of
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
    Label,
    RagRule,
    Recommendation,
    TrackedRecommendation,
    User,
)
from recommendations.periods import london_day
from recommendations.permissions import May
from recommendations.views.register import filters, page
from recommendations.views.register.request_query import RegisterRequest

TITLE, TITLE_OF_SEVERAL = "Register of HMICFRS recommendations", "Register of recommendations"
NOT_NARROWED = "all open"


def register_cover(register_request: RegisterRequest, rows: int) -> ExportCover:
    """The cover of a register export: the filters, in the words of the page."""
    chips = filters.chips_of(register_request, filters.filters_of(register_request))
    count, head = trail.head()
    of_view = (f"View: {register_request.view.name}",) if register_request.view else ()
    return ExportCover(
        title=TITLE_OF_SEVERAL if register_request.choices.is_mixed else TITLE,
        office=office_name(london_day(register_request.now)),
        asked=(*of_view, *(tuple(words for words, _ in chips) or (NOT_NARROWED,))),
        order=page.order_of(register_request),
        rows=rows,
        as_at=register_request.query.day,
        known=page.band_of(register_request)["known"] if register_request.query.past else "",
        at=register_request.now,
        by=register_request.user.name,
        trail_count=count,
        trail_head=head,
        marking=marking_for(register_request.user, register_request.listing.ids),
    )


def record_cover(title: str, marking: str, *, by: User, at: datetime.datetime) -> ExportCover:
    """The cover of an export of one record, as of today."""
    count, head = trail.head()
    stamps: dict[str, Any] = {
        "office": office_name(london_day(at)),
        "as_at": london_day(at),
        "at": at,
        "by": by.name,
        "trail_count": count,
        "trail_head": head,
    }
    return ExportCover(title=title, asked=(), order="", rows=1, marking=marking, **stamps)


def say_rows(number: int) -> str:
    """ "1 row", "1,200 rows"."""
    return f"{number:,} row" if number == 1 else f"{number:,} rows"


def recommendation_paper(
    tracked: TrackedRecommendation, *, by: User, at: datetime.datetime, with_notes: bool = False
) -> RecommendationPaper:
    """The contents of one recommendation's document. `tracked` has its record and its cause loaded.
    `with_notes` adds the office's notes, if the user may read them.
    """
    today, words = london_day(at), Label.objects.words()
    rule = RagRule.objects.on(today)
    seen = TrackedRecommendation.objects.visible_to(by).with_record()
    record = seen.with_standing(standings_on(today, rule)).get(pk=tracked.pk)
    basis, rows = ColourBasis.of_record(record.standing), entries_for(record)
    closures = closures_of(record)
    (line,) = lines_out(RegisterQuery(day=today), (tracked.pk,), by, rule, words)
    recommendation = tracked.recommendation
    title = f"{tracked.reference}: {recommendation.short_text}"
    return RecommendationPaper(
        about=record_cover(title, marking_with_actions(by, (tracked.pk,)), by=by, at=at),
        asked=recommendation_words(recommendation, tuple(filter(None, line.parts.split("\n"))), line.addressees),
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
        actions=lines_on(record, by, today),
        notes=_notes(tracked, by) if with_notes and by.has_perm(May.WRITE_NOTES) else None,
    )


def _how_parts_stand(record: TrackedRecommendation) -> list[str]:
    """Each part with its state, if closure of any part was ever requested."""
    states = part_states(record) if record.part_rows else []
    return [f"{state.label}: {in_sentence(state.words)}" for state in states]


def _notes(tracked: TrackedRecommendation, by: User) -> list[WordNote]:
    return [
        WordNote(london_day(note.written_at), note.written_by.name if note.written_by else "", note.text)
        for note in all_on(tracked, by).filter(withdrawn_at__isnull=True)
    ]


def recommendation_words(
    recommendation: Recommendation, parts: tuple[str, ...], addressees: str, lines: Iterable[RegisterLine] = ()
) -> WordRecommendation:
    """What was asked, for a document: label, words, parts, deadline, and lines of the forces that it is tracked for."""
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
