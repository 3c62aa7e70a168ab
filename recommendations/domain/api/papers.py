"""Papers, rounds and who answers them as a program reads them."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from recommendations.models import RoundAnswer, ScrutinyReport, UpdateRound


def papers(rows: QuerySet) -> QuerySet:
    """Select papers without their bytes, newest period first."""
    found = rows.select_related("force", "panel", "file").defer("figures", "file__content")
    return found.order_by("-end", "-issue", "-pk")


def paper(row: ScrutinyReport) -> dict[str, Any]:
    """Return a paper: its period, its state and the digest of its file."""
    return {
        "id": row.pk,
        "force": row.force.slug if row.force else None,
        "panel": row.panel.name if row.panel else None,
        "first_day": row.start,
        "last_day": row.end,
        "state": row.state,
        "issue": row.issue,
        "closed": row.closed,
        "replaces": row.replaces_id,
        "finalised_at": row.finalised_at,
        "sha256": row.file.sha256 if row.file else None,
    }


def rounds(rows: QuerySet) -> QuerySet:
    """Select rounds, latest last day first."""
    return rows.select_related("force").order_by("-due_on", "-pk")


def round_of(row: UpdateRound) -> dict[str, Any]:
    """Return a round: what the force is asked, and by when."""
    return {
        "id": row.pk,
        "force": row.force.slug,
        "name": row.name,
        "note": row.note,
        "asked_on": row.asked_on,
        "due_on": row.due_on,
        "open": row.is_open,
    }


def lines_of(row: UpdateRound) -> list[dict[str, Any]]:
    """Return the lines that need or have an answer, with the last answer and the office's question. Four queries."""
    answers = RoundAnswer.objects.order_by("-released_at", "-pk")
    found = row.lines.needed().select_related("tracked").prefetch_related(Prefetch("answers", answers, to_attr="given"))
    return [_line(each) for each in found.order_by("position")]


def _line(line: Any) -> dict[str, Any]:
    last = line.given[0] if line.given else None
    return {
        "line": line.pk,
        "tracked_id": line.tracked_id,
        "reference": line.tracked.reference,
        "state": line.state,
        "version": line.version,
        "answer": (last.done or "No change.") if last else "",
        "answered_on": last.effective_on if last else None,
        "question": last.question if last and last.state == line.state else "",
    }
