"""Compile a scrutiny report's figures: the register on the period's last day, as recorded up to a given moment."""

import datetime
from collections import Counter
from dataclasses import replace
from typing import NamedTuple

from recommendations import trail
from recommendations.domain.committees.queries import requests_of
from recommendations.domain.inspections.statutory_clock import clock
from recommendations.domain.papers.data.counts import closed_counts, date_word, open_counts
from recommendations.domain.papers.data.lines import Closed, MovedTarget, New, Reopened, ResponseDue
from recommendations.domain.papers.data.paper import FORMAT, NO_DATE, Figures, ThenAndNow
from recommendations.domain.papers.factual_check_status import checked_words
from recommendations.domain.papers.membership import Whereabouts
from recommendations.domain.papers.register_queries import (
    count_left_out,
    is_undated,
    opening_of,
    previous_paper,
    rows_on,
)
from recommendations.domain.papers.sections.after_period import since_the_end
from recommendations.domain.papers.sections.attendance import attendance_in
from recommendations.domain.papers.sections.author_text import with_words
from recommendations.domain.papers.sections.charts import Moves, charts_of
from recommendations.domain.papers.sections.commitments import commitments_of
from recommendations.domain.papers.sections.held import held_after_closing
from recommendations.domain.papers.sections.inspectorate import said_of_force
from recommendations.domain.papers.sections.movement import (
    NOT_CLOSED_AS_DONE,
    Movement,
    closures_by,
    kind_of,
    movement,
    sums,
    sums_by_source,
)
from recommendations.domain.papers.sections.overdue import (
    change_of,
    groups_of,
    last_overdue_of,
    overdue_in,
    overdue_lines,
    was_overdue_lines,
)
from recommendations.domain.papers.sections.policing_body import body_of
from recommendations.domain.papers.sections.register_annex import Annex, with_item
from recommendations.domain.papers.sections.risk import risk_of
from recommendations.domain.papers.sections.transfers import came_lines, gone_lines, gone_rows, new_line
from recommendations.domain.papers.sections.voices import voices_of
from recommendations.domain.register.as_at import on_record
from recommendations.domain.register.definitions import definitions
from recommendations.domain.register.rag import is_overdue
from recommendations.enums import InspectionKind, Marking, Outcome, Vocabulary
from recommendations.enums.sources import HMICFRS
from recommendations.models import (
    Closure,
    Inspection,
    Label,
    RagRule,
    ResponseInspection,
    ScrutinyReport,
    TargetDate,
)
from recommendations.periods import Period, london_day, say
from recommendations.sections import Section, switched_off


def compile_figures(
    *,
    paper: ScrutinyReport,
    known_at: datetime.datetime,
    off: tuple[str, ...] | None = None,
    section_55_by_kind: bool = True,
) -> Figures:
    """Compile the whole paper from the dated rows. Reads only; `known_at` is a UTC moment.

    `off` are the sections of the program to leave out: by default those switched off now; for a filed paper, those
    switched off then. `section_55_by_kind` is false for a paper filed before 0.3.0, which applied section 55 to all
    kinds of report.

    The opening is the closing of the force's last finalised paper that ends on the day before, if there is one, so that
    the two papers agree. Anything recorded since for earlier days counts as recorded late.
    """
    force, start, end = paper.own_force, paper.start, paper.end
    count, trail_head = trail.head()  # read first, so that anything recorded meanwhile comes after it
    off = switched_off() if off is None else off
    rule, labels = RagRule.objects.on(end), _labels(off)
    where = Whereabouts(force, paper.closed, known_at, source=paper.source)
    everything = rows_on(where, end, rule, known_at)
    ours = [row for row in everything if where.belongs(row["pk"])]
    rows = [row for row in ours if where.holds(row["pk"], end)]
    last = previous_paper(paper, known_at, closed=paper.closed)
    other = None if last else previous_paper(paper, known_at, closed=not paper.closed)
    closures = closures_by(where.of_force("tracked__"), end, known_at)
    moved = movement(where, ours, closures, start, end, opening_of(last, other))
    gone = gone_rows(moved, ours)
    shown, targets = _in_annex(rows, moved), _target_moves(where, ours, start, end, known_at)
    named = {*shown, *moved.named, *(move.row.tracked_id for move in targets)}
    annex = Annex(ours, named, end, known_at, rule, labels, gone)
    total, by_kind = sums(moved, {row["pk"]: kind_of(row) for row in (*ours, *gone)})
    shown_then, overdue_then = _then_and_now(paper, where, last, rows, moved)
    became = groups_of(rows, moved, overdue_then or frozenset(), {move.row.tracked_id for move in targets})
    figures = Figures(
        **_names(paper, known_at),
        trail_head=trail_head,
        trail_count=count,
        opening_agrees_with=f"the paper to {say(last.end)}, issue {last.issue}" if last else "",
        sum=total,
        sums_by_kind=by_kind,
        sums_by_source=() if paper.source else sums_by_source(moved, (*ours, *gone)),
        then_and_now=shown_then,
        overdue_change=None if overdue_then is None else change_of(rows, moved, overdue_then),
        **_counts(rows, labels, moved, annex),
        overdue=overdue_lines(rows, annex),
        was_overdue=was_overdue_lines(rows, moved, annex, where, became),
        last_overdue=last_overdue_of(became),
        moved=tuple(_moved(annex, move) for move in targets),
        new=(*_new(moved, annex), *came_lines(moved, annex, where)),
        closed=(*(_closed(annex, closure) for closure in moved.left), *gone_lines(moved, annex, where)),
        reopened=tuple(_reopened(annex, closure) for closure in moved.reopened),
        **({} if paper.closed else _beside_the_register(paper, known_at, off, section_55_by_kind)),
        requests=requests_of(paper, known_at),
        checked=checked_words(paper, known_at),
        held=None if Section.RECHECKS in off else held_after_closing(where, Period(start, end), known_at),
        since=since_the_end(where, end, known_at),
        charts=charts_of(rows, closures, annex.published, end, rule, Moves(where, ours), risks=labels[Vocabulary.RISK]),
        risk=risk_of(rows, annex, labels, last) if Section.RISK not in off else None,
        voices=voices_of(rows, annex),
        register=annex.parts([pk for pk in annex.rows if pk in shown]),
        has_dates=True,
        open_ids=tuple(sorted(moved.closing)),
        left_out=0 if paper.closed else count_left_out(where, everything, start, end),
        sections_off=tuple(map(str, off)),
        section_55_by_kind=section_55_by_kind,
        format=FORMAT,
    )
    return with_words(paper, replace(figures, definitions=definitions(rule, figures.source_word)))


def _labels(off: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Return the office's labels by vocabulary, with no risk labels if the risk section is off."""
    labels = Label.objects.words()
    return {**labels, Vocabulary.RISK: {}} if Section.RISK in off else labels


def _beside_the_register(
    paper: ScrutinyReport, known_at: datetime.datetime, off: tuple[str, ...], by_kind: bool
) -> dict:
    """The parts of an open paper that are not about recommendations.

    A paper limited to a source other than HMICFRS has only responses: the rest is HMICFRS's or belongs to no source.
    """
    force, start, end, panels = paper.own_force, paper.start, paper.end, Section.PANELS not in off
    period = Period(start, end)
    responses = {"responses": _responses(paper, known_at, by_kind)}
    if paper.source not in ("", HMICFRS):
        return responses
    return {
        **responses,
        "commitments": commitments_of(force, period, known_at, measured=panels),
        "attendance": attendance_in(force, period, known_at) if panels else None,
        "said_of_force": said_of_force(force, end, known_at),
    }


def _names(paper: ScrutinyReport, known_at: datetime.datetime) -> dict:
    body, office = body_of(paper.own_force, Period(paper.start, paper.end))
    return {
        "force": paper.own_force.name,
        "body": body,
        "office": office,
        "marking": Marking.SENSITIVE.label if paper.closed else Marking.OFFICIAL.label,
        "restricted_only": paper.closed,
        "source": paper.source_word,
        "period_start": paper.start,
        "period_end": paper.end,
        "period_label": Period(paper.start, paper.end).label,
        "as_at": paper.end,
        "known_at": known_at,
        "committee": paper.panel.name if paper.panel else "",
        "issue": paper.issue,
        "replaces": replaces_words(paper),
    }


def replaces_words(paper: ScrutinyReport) -> str:
    """Return which issue a paper replaces, in words, or ""."""
    if not paper.replaces:
        return ""
    assert paper.replaces.finalised_at is not None  # only a finalised paper is corrected
    return f"Replaces issue {paper.replaces.issue}, finalised on {say(london_day(paper.replaces.finalised_at))}."


def _then_and_now(
    paper: ScrutinyReport, where: Whereabouts, last: ScrutinyReport | None, rows: list[dict], moved: Movement
) -> tuple[ThenAndNow, frozenset[int] | None]:
    """Return the open and overdue counts then and now, and the ids of those overdue then.

    The ids are None if the last paper's list of overdue recommendations does not match its count.
    """
    overdue: frozenset[int] | None
    if last:
        overdue, count = overdue_in(last, moved), last.kept_overdue
        overdue = overdue if len(overdue) == count else None
    else:
        before = paper.start - datetime.timedelta(days=1)
        earlier = rows_on(where, before, RagRule.objects.on(before), where.known_at)
        overdue = frozenset(row["pk"] for row in earlier if is_overdue(row["rag"])) & moved.opening
        count = len(overdue)
    shown = ThenAndNow(
        open_then=len(moved.opening),
        open_now=len(moved.closing),
        overdue_then=count,
        overdue_now=sum(is_overdue(row["rag"]) for row in rows),
    )
    return shown, overdue


def _counts(rows: list[dict], labels: dict[str, dict[str, str]], moved: Movement, annex: Annex) -> dict:
    still_open = [row for row in rows if row["closed_on"] is None]
    kinds, stages = Counter(map(kind_of, still_open)), Counter(row["stage"] for row in still_open)
    dates = {row["reference"]: _by_date(row) for row in still_open}
    done = [closure for closure in moved.left if closure.outcome not in NOT_CLOSED_AS_DONE]
    agrees = sum(annex.hmicfrs_agrees(closure.tracked_id) for closure in done)
    return {
        **open_counts(kinds, stages, Counter(dates.values()), labels[Vocabulary.STAGE]),
        "undated": tuple(reference for reference, word in dates.items() if word == NO_DATE),
        "closed_by_hmicfrs": closed_counts(agrees, len(done) - agrees),
    }


def _by_date(row: dict) -> str:
    return date_word(row["rag"], is_undated(row))


class TargetMove(NamedTuple):
    """One change of a target: the previous row, the new row, and how often the target has moved up to this one."""

    was: TargetDate
    row: TargetDate
    times: int


def _target_moves(
    where: Whereabouts, ours: list[dict], start: datetime.date, end: datetime.date, known_at: datetime.datetime
) -> list[TargetMove]:
    """Return each change of a target in the period, in order. The first target is set, not moved."""
    before: dict[int, TargetDate] = {}
    times: Counter[int] = Counter()
    moves = []
    rows = TargetDate.objects.filter(tracked__in=[row["pk"] for row in ours]).standing(end, known_at)
    for row in rows.order_by("effective_on", "recorded_at", "id"):
        was = before.get(row.tracked_id)
        before[row.tracked_id] = row
        if was is None:
            continue
        times[row.tracked_id] += 1
        if row.effective_on >= start and where.holds(row.tracked_id, row.effective_on):
            moves.append(TargetMove(was, row, times[row.tracked_id]))
    return moves


def _moved(annex: Annex, move: TargetMove) -> MovedTarget:
    return with_item(
        annex,
        MovedTarget,
        move.row.tracked_id,
        moved_on=move.row.effective_on,
        was_on=move.was.target_on,
        now_on=move.row.target_on,
        reason=move.row.reason,
        moved_by=move.row.set_by,
        times_moved=move.times,
    )


def _new(moved: Movement, annex: Annex) -> tuple[New, ...]:
    return tuple(new_line(annex, pk, "New") for pk in moved.new)


def _closed(annex: Annex, closure: Closure) -> Closed:
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


def _reopened(annex: Annex, closure: Closure) -> Reopened:
    return with_item(
        annex,
        Reopened,
        closure.tracked_id,
        reopened_on=closure.reopened_on,
        closed_on=closure.closed_on,
        reason=closure.reopened_why,
        reopened_by=str(closure.reopened_by or ""),
    )


def _responses(paper: ScrutinyReport, known_at: datetime.datetime, by_kind: bool) -> tuple[ResponseDue, ...]:
    """Return the responses due, published or late in the period, under section 55 or by a stated date."""
    start, end = paper.start, paper.end
    known = Inspection.on_file.filter(on_record(known_at), **({"source": paper.source} if paper.source else {}))
    inspections = known.filter(covers__force=paper.own_force, needs_response=True, published_on__lte=end)
    answers = ResponseInspection.objects.filter(
        inspection__in=inspections,
        response__versions__published_on__lte=end,
        response__versions__recorded_at__lte=known_at,
    ).values_list("inspection_id", "response__versions__published_on")
    first: dict[int, datetime.date] = {}
    for inspection_id, day in answers:
        first[inspection_id] = min(day, first.get(inspection_id, day))
    lines = []
    for inspection in inspections.order_by("published_on", "id"):
        if not by_kind:
            _measure_as_before(inspection)
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


def _measure_as_before(inspection: Inspection) -> None:
    """Set an unsaved report to be measured as before 0.3.0: section 55 applied to all but super-complaints."""
    if inspection.kind != InspectionKind.SUPER_COMPLAINT:
        inspection.kind, inspection.section_55 = InspectionKind.OTHER, True


def _in_annex(rows: list[dict], moved: Movement) -> set[int]:
    """Return the ids of what is open and what was closed in the period."""
    shown = {row["pk"] for row in rows if row["closed_on"] is None}
    return shown | {closure.tracked_id for closure in moved.left}
