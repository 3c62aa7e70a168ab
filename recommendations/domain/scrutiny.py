"""Compiling a scrutiny report's figures: the register as it stood on the period's last day, as known at a moment."""

import datetime
from collections import Counter

from recommendations import trail
from recommendations.domain.annex import Annex, with_item
from recommendations.domain.as_at import as_at, on_record
from recommendations.domain.check_rows import checked_words
from recommendations.domain.clock import clock
from recommendations.domain.definitions import definitions
from recommendations.domain.figure_lines import Closed, Moved, New, Overdue, Reopened, ResponseDue
from recommendations.domain.figures import NO_DATE, Count, Figures, ThenAndNow
from recommendations.domain.movement import KINDS, Movement, closures_by, kind_of, movement, sums
from recommendations.domain.paper_charts import charts_of
from recommendations.domain.paper_commitments import commitments_of
from recommendations.domain.paper_said_of_force import said_of_force
from recommendations.domain.paper_since import since_the_end
from recommendations.domain.paper_words import with_words
from recommendations.domain.reasons import days_over
from recommendations.domain.request_rows import requests_of
from recommendations.enums import AssuranceView, Outcome, PaperState, Rag, Vocabulary
from recommendations.models import (
    Inspection,
    Label,
    Oversight,
    RagRule,
    ResponseInspection,
    ScrutinyReport,
    TargetDate,
    TrackedRecommendation,
)
from recommendations.periods import Period, london_day, say

COLUMNS = (
    "pk",
    "reference",
    "recommendation_id",
    "recommendation__kind",
    "recommendation__cause_id",
    "tracked_on",
    "directed_to_force",
    "deadline_kind",
    "deadline_on",
    "chief_officer_lead",
    "business_lead",
    "opcc_lead",
    "at_position",
    "at_stage",
    "at_last_update_on",
    "at_forecast_on",
    "at_target_on",
    "at_first_target_on",
    "at_target_moves",
    "at_assurance",
    "at_assurance_on",
    "at_inspectorate_status",
    "at_closed_on",
    "at_outcome",
    "at_closure_requested_on",
    "at_counts_from",
    "at_rag",
)
LEFT_OVER = "Directed to others or not accepted"


def compile_figures(*, paper: ScrutinyReport, known_at: datetime.datetime) -> Figures:
    """All that the paper says, from the dated rows. Reads only; `known_at` is a UTC moment.

    The opening is the closing of the last finalised paper of this force that ends on the day before, where there is
    one, so that two papers agree; what was recorded since for days before is counted as recorded late.
    """
    force, start, end = paper.force, paper.start, paper.end
    rule, labels = RagRule.objects.on(end), Label.objects.words()
    rows = _rows(force, end, rule, known_at)
    last = _last_paper(paper, known_at)
    opening = _opening(force, last) if last else None
    closures = closures_by(force, end, known_at)
    moved = movement(rows, closures, start, end, opening)
    annex = Annex(rows, end, known_at, rule, labels)
    total, by_kind = sums(moved, {row["pk"]: kind_of(row) for row in rows})
    count, head = trail.head()
    figures = Figures(
        **_names(paper, known_at),
        trail_head=head,
        trail_count=count,
        opening_agrees_with=f"the paper to {say(last.end)}, issue {last.issue}" if last else "",
        sum=total,
        sums_by_kind=by_kind,
        then_and_now=_then_and_now(paper, last, rows, total, known_at),
        **_counts(rows, labels, moved, annex),
        overdue=_overdue(rows, annex),
        moved=_moves(annex, start, end, known_at),
        new=_new(moved, annex),
        closed=tuple(_closed(annex, closure) for closure in moved.left),
        reopened=tuple(_reopened(annex, closure) for closure in moved.reopened),
        responses=_responses(force, start, end, known_at),
        commitments=commitments_of(force, Period(start, end), known_at),
        requests=requests_of(paper, known_at),
        checked=checked_words(paper, known_at),
        said_of_force=said_of_force(force, end, known_at),
        since=since_the_end(force, end, known_at),
        charts=charts_of(rows, closures, annex.published, end, rule),
        register=annex.parts(_in_annex(rows, moved)),
        definitions=definitions(rule),
    )
    return with_words(paper, figures)


def _rows(force, day, rule, known_at) -> list[dict]:
    tracked = TrackedRecommendation.on_file.filter(force=force)
    return list(as_at(tracked, day, rule, known_at).order_by("reference").values(*COLUMNS))


def _last_paper(paper: ScrutinyReport, known_at: datetime.datetime) -> ScrutinyReport | None:
    """The newest issue then of the force's finalised paper that ends on the day before this one begins."""
    before = paper.start - datetime.timedelta(days=1)
    finalised = ScrutinyReport.objects.filter(
        force=paper.force, end=before, state=PaperState.FINALISED, finalised_at__lte=known_at
    )
    return finalised.order_by("-finalised_at", "-issue").first()


def _opening(force, last: ScrutinyReport) -> frozenset[int]:
    """What the last paper closed with: the register of its last day, as known when it was finalised."""
    rows = _rows(force, last.end, RagRule.objects.on(last.end), last.known_at)
    return frozenset(row["pk"] for row in rows if row["at_closed_on"] is None)


def _names(paper: ScrutinyReport, known_at) -> dict:
    link = Oversight.objects.on(paper.end).filter(force=paper.force).select_related("body").first()
    replaces = ""
    if paper.replaces:
        replaces = (
            f"Replaces issue {paper.replaces.issue}, finalised on {say(london_day(paper.replaces.finalised_at))}."
        )
    return {
        "force": paper.force.name,
        "body": link.body.name if link else "",
        "office": link.body.office_name if link else "",
        "period_start": paper.start,
        "period_end": paper.end,
        "period_label": Period(paper.start, paper.end).label,
        "as_at": paper.end,
        "known_at": known_at,
        "committee": paper.panel.name if paper.panel else "",
        "issue": paper.issue,
        "replaces": replaces,
    }


def _then_and_now(paper, last, rows, total, known_at) -> ThenAndNow:
    if last:
        overdue_then = last.figures["then_and_now"]["overdue_now"]
    else:
        before = paper.start - datetime.timedelta(days=1)
        earlier = _rows(paper.force, before, RagRule.objects.on(before), known_at)
        overdue_then = sum(row["at_rag"] == Rag.RED for row in earlier)
    return ThenAndNow(
        open_then=total.opening,
        open_now=total.closing,
        overdue_then=overdue_then,
        overdue_now=sum(row["at_rag"] == Rag.RED for row in rows),
    )


def _counts(rows, labels, moved: Movement, annex: Annex) -> dict:
    still_open = [row for row in rows if row["at_closed_on"] is None]
    kinds, stages = Counter(map(kind_of, still_open)), Counter(row["at_stage"] for row in still_open)
    dates = Counter(_by_date(row) for row in still_open)
    words = labels[Vocabulary.STAGE]
    said = Counter(
        annex.hmicfrs_on_closure(closure.tracked_id).removeprefix("HMICFRS ").capitalize()
        for closure in moved.left
        if closure.outcome not in (Outcome.SUPERSEDED, Outcome.WITHDRAWN)
    )
    return {
        "by_kind": _listed(kinds, {kind: kind for kind in KINDS}),
        "by_stage": _listed(stages, words | {key: words.get(key, key) for key in stages}),
        "by_date": _listed(dates, {name: name for name in ("Overdue", NO_DATE, "Within date", LEFT_OVER)}),
        "undated": tuple(row["reference"] for row in still_open if _by_date(row) == NO_DATE),
        "closed_by_hmicfrs": _listed(said, {"Agrees": "Agrees", "Has not said": "Has not said"}),
    }


def _listed(counts: Counter, labels: dict) -> tuple[Count, ...]:
    return tuple(Count(label=words, count=counts[key]) for key, words in labels.items())


def _by_date(row) -> str:
    if row["at_rag"] == Rag.GREY:
        return LEFT_OVER
    if row["at_rag"] == Rag.RED:
        return "Overdue"
    undated = row["at_counts_from"] is None and row["deadline_on"] is None
    return NO_DATE if undated else "Within date"


def _overdue(rows, annex: Annex) -> tuple[Overdue, ...]:
    """By exception, the longest overdue first."""
    red = [row for row in rows if row["at_rag"] == Rag.RED]
    red.sort(key=lambda row: (-days_over(annex.standing(row["pk"]), annex.day), row["reference"]))
    reasons = _reasons_for_moves(annex, [row["pk"] for row in red])
    return tuple(
        with_item(
            annex,
            Overdue,
            row["pk"],
            deadline=annex.deadline(row["pk"]),
            counts_from=row["at_counts_from"] or row["deadline_on"],
            days_over=days_over(annex.standing(row["pk"]), annex.day),
            first_target_on=row["at_first_target_on"],
            target_on=row["at_target_on"],
            forecast_on=row["at_forecast_on"],
            times_moved=row["at_target_moves"],
            why_moved=" ".join(reasons.get(row["pk"], [])),
            lead=row["chief_officer_lead"],
            assurance=AssuranceView(row["at_assurance"]).label if row["at_assurance"] else "",
            assurance_on=row["at_assurance_on"],
            **annex.recovery(row["pk"]),
        )
        for row in red
    )


def _reasons_for_moves(annex: Annex, pks) -> dict[int, list[str]]:
    reasons: dict[int, list[str]] = {}
    for row in TargetDate.objects.filter(tracked__in=pks).standing(annex.day, annex.known_at).latest_first():
        if row.reason:
            reasons.setdefault(row.tracked_id, []).append(row.reason)
    return reasons


def _moves(annex: Annex, start, end, known_at) -> tuple[Moved, ...]:
    """Each move of a target in the period, in order. The first target is set, not moved."""
    before, moves, times = {}, [], Counter()
    rows = TargetDate.objects.filter(tracked__in=annex.rows).standing(end, known_at)
    for row in rows.order_by("effective_on", "recorded_at", "id"):
        was = before.get(row.tracked_id)
        before[row.tracked_id] = row
        if was is None:
            continue
        times[row.tracked_id] += 1
        if row.effective_on >= start:
            moves.append(
                with_item(
                    annex,
                    Moved,
                    row.tracked_id,
                    moved_on=row.effective_on,
                    was_on=was.target_on,
                    now_on=row.target_on,
                    reason=row.reason,
                    moved_by=row.set_by,
                    times_moved=times[row.tracked_id],
                )
            )
    return tuple(moves)


def _new(moved: Movement, annex: Annex) -> tuple[New, ...]:
    entered = [(pk, "New") for pk in moved.new] + [(pk, "Recorded late") for pk in moved.recorded_late]
    return tuple(
        with_item(
            annex,
            New,
            pk,
            published_on=annex.recommendations[annex.rows[pk]["recommendation_id"]].inspection.published_on,
            tracked_on=annex.rows[pk]["tracked_on"],
            deadline=annex.deadline(pk),
            lead=annex.rows[pk]["chief_officer_lead"],
            how=how,
        )
        for pk, how in entered
    )


def _closed(annex: Annex, closure) -> Closed:
    return with_item(
        annex,
        Closed,
        closure.tracked_id,
        outcome=Outcome(closure.outcome).label,
        closed_on=closure.closed_on,
        reason=closure.request_reason,
        evidence=closure.evidence,
        requested_by=str(closure.requested_by or ""),
        decided_by=str(closure.decided_by or ""),
        hmicfrs=annex.hmicfrs_on_closure(closure.tracked_id),
    )


def _reopened(annex: Annex, closure) -> Reopened:
    return with_item(
        annex,
        Reopened,
        closure.tracked_id,
        reopened_on=closure.reopened_on,
        closed_on=closure.closed_on,
        reason=closure.reopened_why,
        reopened_by=str(closure.reopened_by or ""),
    )


def _responses(force, start, end, known_at) -> tuple[ResponseDue, ...]:
    """Statutory responses that were due, published or late in the period (Police Act 1996, section 55)."""
    known = Inspection.on_file.filter(on_record(known_at))
    inspections = known.filter(covers__force=force, needs_response=True, published_on__lte=end)
    answers = ResponseInspection.objects.filter(
        inspection__in=inspections,
        response__versions__published_on__lte=end,
        response__versions__recorded_at__lte=known_at,
    ).values_list("inspection_id", "response__versions__published_on")
    first = {}
    for inspection_id, day in answers:
        first[inspection_id] = min(day, first.get(inspection_id, day))
    lines = []
    for inspection in inspections.order_by("published_on", "id"):
        answered, last = first.get(inspection.pk), inspection.last_day
        if (answered is None) or answered >= start:
            told = clock(inspection, answered, end)
            lines.append(
                ResponseDue(
                    inspection=inspection.title,
                    published_on=inspection.published_on,
                    due_on=last,
                    responded_on=answered,
                    state=told.short[:1].upper() + told.short[1:],
                    late=last is not None and (answered or end) > last,
                )
            )
    return tuple(lines)


def _in_annex(rows, moved: Movement) -> list[int]:
    """All that is open, and what left in the period."""
    left = {closure.tracked_id for closure in moved.left}
    return [row["pk"] for row in rows if row["at_closed_on"] is None or row["pk"] in left]
