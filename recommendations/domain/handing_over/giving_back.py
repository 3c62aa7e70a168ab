"""Undoing a take-over, until something was built on it: what it added is removed, and the entry names each row.

The entry is sealed like those of redactions (docs/adr/0022), so that verify_audit tells this from tampering.
"""

import datetime
import json
from collections import defaultdict
from itertools import batched
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from recommendations.domain.handing_over.received import PERSON
from recommendations.domain.handing_over.scope import PARTS
from recommendations.domain.search.following import follow_rows
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import (
    ReceivedEntry,
    ReceivedRecord,
    ReceivedRegister,
    Standing,
    TrackedRecommendation,
    TrailEntry,
    User,
)
from recommendations.trail import VerbContext, verb

AT_ONCE = 400
BUILT_ON = (
    "Something was built on it since: entry {sequence} of the trail ({verb}, {at:%-d %B %Y}) changes a record of it. "
    "It stays."
)


def give_back(*, register: ReceivedRegister, reason: str, by: User | None, at: datetime.datetime) -> ReceivedRegister:
    """Remove what a take-over added. Accounts stay, without a way to sign in.

    Raises Refusal without a reason, if it was undone already, or if something was built on it since.
    """
    if not reason.strip():
        raise Refusal("Say why it is undone.")
    try:
        with transaction.atomic():
            with verb("give_back_register", by=by, at=at, reason=reason, subject=register) as act:
                register = lock_row(register)
                if register.undone_at is not None:
                    raise Refusal("This was undone already.")
                added = _added_by(register)
                check_not_built_on(register, added)
                _remove_all(act, register, added)
                register.undone_at, register.undone_why, register.force = at, reason, None
                act.save(register)
            connection.check_constraints()
    except IntegrityError as wrong:
        raise Refusal(f"Something was built on it since, and it stays: {wrong}") from None
    return register


def _added_by(register: ReceivedRegister) -> dict[str, set[int]]:
    """The ids of the records that a take-over added, by table."""
    added: defaultdict[str, set[int]] = defaultdict(set)
    rows = ReceivedRecord.objects.filter(register=register, is_new=True).exclude(model=PERSON)
    for label, pk in rows.values_list("model", "record"):
        if pk is not None:
            added[label].add(pk)
    return dict(added)


def check_not_built_on(register: ReceivedRegister, added: dict[str, set[int]]) -> None:
    """Raise Refusal if a later entry of the trail is about one of these records, or names one."""
    label = ReceivedRegister._meta.label_lower
    begun = TrailEntry.objects.get(verb="take_over", subject_model=label, subject_id=register.pk)
    later = TrailEntry.objects.filter(sequence__gt=begun.sequence).order_by("sequence")
    for entry in later.iterator(chunk_size=AT_ONCE):
        is_about = entry.subject_id in added.get(entry.subject_model, ())
        if is_about or any(change["id"] in added.get(change["model"], ()) for change in json.loads(entry.changes)):
            raise Refusal(BUILT_ON.format(sequence=entry.sequence, verb=entry.verb, at=entry.at))


def _remove_all(act: VerbContext, register: ReceivedRegister, added: dict[str, set[int]]) -> None:
    """Remove the rows, the last table first, and what follows from them."""
    tracked = added.get(TrackedRecommendation._meta.label_lower, ())
    # written at once: how each stands follows from records
    Standing.objects.filter(tracked__in=tracked).delete()
    for part in reversed(PARTS):
        if pks := added.get(part.label):
            _remove(act, part.model, pks)
            follow_rows(part.model, pks)
    for model in (ReceivedEntry, ReceivedRecord):
        rows: Any = model.objects.filter(register=register)
        _remove(act, model, set(rows.values_list("pk", flat=True)))


def _remove(act: VerbContext, model: type[models.Model], pks: set[int]) -> None:
    history: Any = getattr(model, "history", None)
    for some in batched(sorted(pks), AT_ONCE):
        # written at once: rows that a take-over added are removed past their guard, inside the verb that names each
        models.QuerySet[Any](model).filter(pk__in=some)._raw_delete("default")
        if history is not None:
            # written at once: the same, and their histories
            models.QuerySet[Any](history.model).filter(id__in=some)._raw_delete("default")
        for pk in some:
            act.say(model(pk=pk), gone=True)
