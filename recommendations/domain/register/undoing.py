"""Undoing what one act wrote: finding what was built on it later, withdrawing rows, declining requests."""

import datetime
import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

from recommendations.domain.audit.wording import verb_words
from recommendations.enums import ClosureState, PaperState, RowOutcome
from recommendations.models import (
    Closure,
    Inspection,
    Recommendation,
    ScrutinyReport,
    SheetRow,
    TrackedRecommendation,
    TrailEntry,
)
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext

AT_ONCE = 500
DATED = ("forceupdate", "assurance", "inspectoratestatus", "targetdate", "weight", "delay")
STANDS_ON = (TrackedRecommendation, Recommendation, Inspection)

type Written = tuple[str, int]  # a record that an act wrote: model name, id


def later_changes(written: Container[Written], since: int) -> dict[Written, str]:
    """Written record → what was done to it, or to something that belongs to it, after trail entry number `since`."""
    found: dict[Written, str] = {}
    later: dict[type[Model], dict[int, str]] = defaultdict(dict)
    for entry in TrailEntry.objects.filter(sequence__gt=since).order_by("sequence").iterator(AT_ONCE):
        words = f"{verb_words(entry.verb).lower()} on {say(london_day(entry.at))}"
        for model, pk in _touched_rows(entry):
            if (own := (str(model._meta.model_name), pk)) in written:
                found.setdefault(own, words)
            later[model].setdefault(pk, words)
    for model, done in later.items():
        for own, pk in _that_point_to(written, model, list(done)):
            found.setdefault(own, done[pk])
    return found


def _touched_rows(entry: TrailEntry) -> list[tuple[type[Model], int]]:
    """The rows that an entry wrote, and its subject. An entry without changes (a download, a refusal) has none."""
    changes = [(change["model"], change["id"]) for change in json.loads(entry.changes)]
    if changes and entry.subject_model:
        changes.append((entry.subject_model, entry.subject_id))
    return [(apps.get_model(label), pk) for label, pk in changes]


def _that_point_to(written: Container[Written], model: type[Model], pks: list[int]) -> Iterator[tuple[Written, int]]:
    """Rows of a model that were saved later and belong to a written record."""
    keys = {
        each.attname: str(each.related_model._meta.model_name)
        for each in model._meta.concrete_fields
        if each.related_model in STANDS_ON
    }
    if not keys:
        return
    rows = model._base_manager.filter(pk__in=pks)
    if model is SheetRow:
        rows = rows.exclude(outcome=RowOutcome.UNCHANGED)
    for pk, *values in rows.values_list("pk", *keys):
        for own in zip(keys.values(), values, strict=True):
            if own in written:
                yield own, pk


def paper_since(tracked: Iterable[int], moment: datetime.datetime) -> datetime.date | None:
    """The first day since `moment` on which a scrutiny report of one of their forces was finalised, or None."""
    forces = TrackedRecommendation.objects.filter(pk__in=tracked).order_by().values("force")
    papers = ScrutinyReport.objects.filter(force__in=forces, state=PaperState.FINALISED, finalised_at__gte=moment)
    first = papers.order_by("finalised_at").values_list("finalised_at", flat=True).first()
    return london_day(first) if first else None


def in_batches(model: type[Model], pks: list[int]) -> Iterator[list[Any]]:
    """The records with these ids, AT_ONCE at a time."""
    for start in range(0, len(pks), AT_ONCE):
        yield list(model._base_manager.filter(pk__in=pks[start : start + AT_ONCE]).order_by("pk"))


def withdraw_all(act: VerbContext, name: str, pks: list[int]) -> None:
    """Withdraw records of a model, with the verb's reason."""
    for rows in in_batches(apps.get_model("recommendations", name), pks):
        for row in rows:
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = act.at, act.by, act.reason
        act.save_all(rows)


def decline_requests(act: VerbContext, pks: list[int], *, but: Container[int] = ()) -> None:
    """Decline these closure requests, with the verb's reason, except those of the recommendations in `but`."""
    for rows in in_batches(Closure, pks):
        waiting = [row for row in rows if row.tracked_id not in but]
        for row in waiting:
            row.state, row.decision_reason = ClosureState.DECLINED, act.reason
            row.decided_on, row.decided_at = london_day(act.at), act.at
            own = act.by is not None and row.requested_by_id == act.by.pk
            row.decided_by = None if own else act.by
        act.save_all(waiting)
