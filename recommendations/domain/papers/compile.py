"""Compile a scrutiny report's figures: the register on the period's last day, as recorded up to a given moment."""

import datetime
from collections import Counter
from collections.abc import Set
from dataclasses import replace

from django.db.models import prefetch_related_objects

from recommendations import trail
from recommendations.domain.committees.queries import requests_of
from recommendations.domain.papers.data.counts import closed_counts, date_word, open_counts
from recommendations.domain.papers.data.paper import FORMAT, NO_DATE, Figures, ThenAndNow
from recommendations.domain.papers.factual_check_status import check_sentences
from recommendations.domain.papers.membership import PaperScope
from recommendations.domain.papers.register_queries import (
    PaperRegister,
    count_left_out,
    is_undated,
    read_register,
    rows_on,
)
from recommendations.domain.papers.sections.accountability import meetings_of
from recommendations.domain.papers.sections.actions import actions_of
from recommendations.domain.papers.sections.after_period import since_the_end
from recommendations.domain.papers.sections.attendance import attendance_in
from recommendations.domain.papers.sections.author_text import with_words
from recommendations.domain.papers.sections.charts import Moves, charts_of
from recommendations.domain.papers.sections.commitments import commitments_of
from recommendations.domain.papers.sections.directions import directions_of
from recommendations.domain.papers.sections.entered_and_left import (
    entered_lines,
    left_lines,
    reopened_lines,
    transfer_counts,
)
from recommendations.domain.papers.sections.held import held_after_closing
from recommendations.domain.papers.sections.indicators import indicators_of
from recommendations.domain.papers.sections.inspectorate import source_statements
from recommendations.domain.papers.sections.legacy_reviews import legacy_reviews_of
from recommendations.domain.papers.sections.movement import (
    NOT_CLOSED_AS_DONE,
    Movement,
    kind_of,
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
from recommendations.domain.papers.sections.register_annex import Annex
from recommendations.domain.papers.sections.responses import responses_due
from recommendations.domain.papers.sections.risk import risk_of
from recommendations.domain.papers.sections.targets import moved_target, target_moves
from recommendations.domain.papers.sections.voices import voices_of
from recommendations.domain.register.definitions import definitions
from recommendations.domain.register.rag import is_overdue
from recommendations.enums import Marking, Vocabulary
from recommendations.enums.sources import HMICFRS
from recommendations.models import Label, RagRule, ScrutinyReport
from recommendations.periods import Period, london_day, say
from recommendations.sections import Section, switched_off_sections


def compile_figures(
    *,
    paper: ScrutinyReport,
    known_at: datetime.datetime,
    off: tuple[str, ...] | None = None,
    section_55_by_kind: bool = True,
    format: int = FORMAT,
    body: tuple[str, str] | None = None,
) -> Figures:
    """Compile the whole paper from the dated rows. Reads only; `known_at` is a UTC moment.

    `off` are the sections of the program to leave out: by default those switched off now; for a filed paper, those
    switched off then. `section_55_by_kind` is false for a paper filed before 0.3.0, which applied section 55 to all
    kinds of report. `format` is that of a filed paper, whose words are compiled as they were then. `body` are the names
    of the policing body and its office, where a joint paper has read them for all its parts.

    The opening is the closing of the force's last finalised paper that ends on the day before, if there is one, so that
    the two papers agree. Anything recorded since for earlier days counts as recorded late.
    """
    period = Period(paper.start, paper.end)
    count, trail_head = trail.head()  # read first, so that anything recorded meanwhile comes after it
    prefetch_related_objects([paper.own_force], "former_details")
    off = switched_off_sections() if off is None else off
    rule, labels = RagRule.objects.on(period.end), _labels(off)
    register = read_register(paper, known_at, rule)
    scope, rows, moved, previous = register.scope, register.current, register.moved, register.previous
    targets = target_moves(scope, register.own, period, known_at)
    retargeted = {move.row.tracked_id for move in targets}
    listed = _open_or_closed_in_period(rows, moved)
    named = {*listed, *moved.tracked_ids, *retargeted}
    actions = {} if Section.ACTIONS in off else actions_of(listed, scope, period, known_at)
    annex = Annex(
        register.own, named, period.end, known_at, rule, labels, register.gone, format=format, actions=actions
    )
    figures = Figures(
        **_heading(paper, known_at, body),
        trail_head=trail_head,
        trail_count=count,
        opening_agrees_with=f"the paper to {say(previous.end)}, issue {previous.issue}" if previous else "",
        **_sums(paper, register),
        **(transfer_counts(moved, scope, period.end) if format > 3 else {}),
        **_counts(rows, labels, moved, annex),
        **_overdue(paper, register, annex, retargeted),
        moved=tuple(moved_target(annex, move) for move in targets),
        new=tuple(entered_lines(moved, annex, scope)),
        closed=tuple(left_lines(moved, annex, scope)),
        reopened=tuple(reopened_lines(moved, annex)),
        **({} if paper.closed else _outside_register(paper, scope, known_at, off, section_55_by_kind)),
        requests=requests_of(paper, known_at, with_replaced=format >= 4),
        checked=check_sentences(paper, known_at),
        directions=directions_of(rows, period.end, known_at),
        legacy_reviews=legacy_reviews_of(scope, period, known_at),
        held=None if Section.RECHECKS in off else held_after_closing(scope, period, known_at),
        indicators=() if Section.INDICATORS in off else indicators_of(scope, period, known_at),
        since=since_the_end(scope, period.end, known_at, moved.closing if format > 3 else None),
        charts=charts_of(
            rows,
            register.closures,
            annex.published,
            period.end,
            rule,
            Moves(scope, register.own),
            risks=labels[Vocabulary.RISK],
        ),
        risk=None if Section.RISK in off else risk_of(rows, annex, labels, previous),
        voices=voices_of(rows, annex),
        register=annex.parts([pk for pk in annex.rows if pk in listed]),
        has_dates=True,
        open_ids=tuple(sorted(moved.closing)),
        left_out=0 if paper.closed else count_left_out(register, period),
        sections_off=tuple(map(str, off)),
        section_55_by_kind=section_55_by_kind,
        format=format,
    )
    meanings = definitions(rule, figures.source_word, labels[Vocabulary.STAGE])
    return with_words(paper, replace(figures, definitions=meanings))


def _labels(off: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Return the office's labels by vocabulary, with no risk labels if the risk section is off."""
    labels = Label.objects.words()
    return {**labels, Vocabulary.RISK: {}} if Section.RISK in off else labels


def _outside_register(
    paper: ScrutinyReport, scope: PaperScope, known_at: datetime.datetime, off: tuple[str, ...], by_kind: bool
) -> dict:
    """Return the parts of an open paper that are not about recommendations.

    A paper limited to a source other than HMICFRS has only responses: the rest is HMICFRS's or belongs to no source.
    """
    force, period, panels = paper.own_force, Period(paper.start, paper.end), Section.PANELS not in off
    responses = {"responses": responses_due(paper, known_at, by_kind=by_kind)}
    if paper.source not in ("", HMICFRS):
        return responses
    return {
        **responses,
        "commitments": () if Section.COMMITMENTS in off else commitments_of(force, period, known_at, measured=panels),
        "attendance": attendance_in(force, period, known_at) if panels else None,
        "meetings": () if Section.ACCOUNTABILITY in off else meetings_of(scope, period, known_at),
        "said_of_force": source_statements(force, period.end, known_at),
    }


def _heading(paper: ScrutinyReport, known_at: datetime.datetime, body: tuple[str, str] | None) -> dict:
    """Return what the paper is about: force, period, committee, issue."""
    period = Period(paper.start, paper.end)
    body_name, office = body or body_of(paper.own_force, period)
    return {
        "force": paper.own_force.details_on(period.end).name,
        "body": body_name,
        "office": office,
        "marking": Marking.SENSITIVE.label if paper.closed else Marking.OFFICIAL.label,
        "restricted_only": paper.closed,
        "source": paper.source_word,
        "period_start": period.start,
        "period_end": period.end,
        "period_label": period.label,
        "as_at": period.end,
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


def _sums(paper: ScrutinyReport, register: PaperRegister) -> dict:
    """Return the sum that adds up: in all, by kind and, in a paper on all sources, by source."""
    rows = (*register.own, *register.gone)
    total, by_kind = sums(register.moved, {row["pk"]: kind_of(row) for row in rows})
    by_source = () if paper.source else sums_by_source(register.moved, rows)
    return {"sum": total, "sums_by_kind": by_kind, "sums_by_source": by_source}


def _counts(rows: list[dict], labels: dict[str, dict[str, str]], moved: Movement, annex: Annex) -> dict:
    """Return what is open by kind, stage and date, and what was closed by whether HMICFRS agrees."""
    still_open = [row for row in rows if row["closed_on"] is None]
    kinds, stages = Counter(map(kind_of, still_open)), Counter(row["stage"] for row in still_open)
    dates = {row["reference"]: date_word(row["rag"], is_undated(row)) for row in still_open}
    done = [closure for closure in moved.left if closure.outcome not in NOT_CLOSED_AS_DONE]
    agrees = sum(annex.hmicfrs_agrees(closure.tracked_id) for closure in done)
    return {
        **open_counts(kinds, stages, Counter(dates.values()), labels[Vocabulary.STAGE]),
        "undated": tuple(reference for reference, word in dates.items() if word == NO_DATE),
        "closed_by_hmicfrs": closed_counts(agrees, len(done) - agrees),
    }


def _overdue(paper: ScrutinyReport, register: PaperRegister, annex: Annex, retargeted: Set[int]) -> dict:
    """Return what is overdue, and what became of what was overdue when the period opened."""
    scope, rows, moved = register.scope, register.current, register.moved
    ids_then, count_then = _overdue_then(paper, register)
    groups = groups_of(rows, moved, ids_then or frozenset(), retargeted)
    return {
        "then_and_now": ThenAndNow(
            open_then=len(moved.opening),
            open_now=len(moved.closing),
            overdue_then=count_then,
            overdue_now=sum(is_overdue(row["rag"]) for row in rows),
        ),
        "overdue_change": None if ids_then is None else change_of(rows, moved, ids_then),
        "overdue": overdue_lines(rows, annex),
        "was_overdue": was_overdue_lines(rows, moved, annex, scope, groups),
        "last_overdue": last_overdue_of(groups),
    }


def _overdue_then(paper: ScrutinyReport, register: PaperRegister) -> tuple[frozenset[int] | None, int]:
    """Return the ids overdue when the period opened, and their number.

    The ids are None if the previous paper's list of overdue recommendations does not match its count.
    """
    scope, moved, previous = register.scope, register.moved, register.previous
    if previous:
        ids = overdue_in(previous, moved)
        return ids if len(ids) == previous.kept_overdue else None, previous.kept_overdue
    if not moved.opening:
        return frozenset(), 0
    before = paper.start - datetime.timedelta(days=1)
    earlier = rows_on(scope, before, RagRule.objects.on(before), scope.known_at)
    ids = frozenset(row["pk"] for row in earlier if is_overdue(row["rag"])) & moved.opening
    return ids, len(ids)


def _open_or_closed_in_period(rows: list[dict], moved: Movement) -> set[int]:
    """Return the ids that the register annex lists."""
    still_open = {row["pk"] for row in rows if row["closed_on"] is None}
    return still_open | {closure.tracked_id for closure in moved.left}
