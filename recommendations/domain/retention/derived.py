"""Values derived from texts, computed again after a redaction: digests, keys of names."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet

from recommendations import trail
from recommendations.domain.public.releases import digest_of
from recommendations.domain.responses.draft.submitted_text import DraftText
from recommendations.domain.retention.columns import record_of
from recommendations.domain.text.dataclass_json import from_json
from recommendations.models import (
    ActionPlanFacts,
    Attendance,
    ForceFacts,
    PanelMember,
    PublishedText,
    ResponseSubmission,
)
from recommendations.models.panels import person_key
from recommendations.models.releases import ReleasedFacts
from recommendations.trail import canonical


def _of_published(row: PublishedText) -> dict[str, str]:
    return {"sha256": hashlib.sha256(canonical(row.text).encode()).hexdigest()}


def _of_facts(row: ReleasedFacts) -> dict[str, str]:
    return {"sha256": digest_of(row.facts)}


MADE: dict[type[Model], Callable[[Any], dict[str, str]]] = {
    PublishedText: _of_published,
    ActionPlanFacts: _of_facts,
    ForceFacts: _of_facts,
    ResponseSubmission: lambda row: {"digest": from_json(DraftText, row.text).digest},
    PanelMember: lambda row: {"name_key": person_key(row.name)},
    Attendance: lambda row: {"name_key": person_key(row.name)},
}
type Note = Callable[[type[Model], Any, str, Any, Any], None]  # table, record id, column, value before, value now


def make_again(model: type[Model], pks: Iterable[Any], note: Note) -> None:
    """Compute the derived columns of these rows (of a table or a history) again, and note what changed."""
    make, rows = MADE.get(record_of(model)), QuerySet[Any](model).filter(pk__in=list(pks))
    for row in rows if make else ():
        now = make(row) if make else {}
        for column, value in now.items():
            note(model, row.pk if record_of(model) is model else row.id, column, getattr(row, column), value)
        # written at once: what follows from texts that were redacted, inside the verb
        QuerySet[Any](model).filter(pk=row.pk).update(**now)


def is_trailed(model: type[Model], column: str) -> bool:
    """Whether the trail records a column."""
    return any(each.attname == column for each in trail.trailed(record_of(model)))
