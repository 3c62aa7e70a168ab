"""People, forces, bodies, panels, labels, the RAG rule: what an administrator keeps.

The admin saves through these verbs; nothing is deleted.
"""

import datetime

from django.db.models import Q

from recommendations.domain.refusals import NotAllowed, Refusal
from recommendations.models import Oversight, User
from recommendations.trail import verb


def keep(*, record, by, at: datetime.datetime, reason: str = ""):
    """Save a record of an administrator's: a force, a body, a panel, a label, a rule, a link, a person.

    Raises Refusal for an overlapping link or an administrator who would lock themselves out.
    """
    name = f"{'add' if record._state.adding else 'edit'}_{record._meta.model_name}"
    with verb(name, by=by, at=at, reason=reason, subject=record) as act:
        if isinstance(record, Oversight):
            _check_overlap(record)
        if isinstance(record, User):
            _check_person(record, by)
        act.save(record)
    return record


def _check_overlap(link: Oversight) -> None:
    """One body oversees a force at a time. The force is locked, so two administrators cannot pass each other."""
    type(link.force).objects.select_for_update().get(pk=link.force_id)
    last = link.until or datetime.date.max
    other = Oversight.objects.filter(
        Q(until__isnull=True) | Q(until__gte=link.since), force=link.force, since__lte=last
    )
    if other.exclude(pk=link.pk).exists():
        raise Refusal("Another body oversees this force on some of these days. End that first.", "since")


def _check_person(person: User, by) -> None:
    if by is not None and person.pk == by.pk and (not person.is_active or person.role != by.role):
        raise NotAllowed("You cannot change your own role or deactivate yourself: ask another administrator.")


def set_password(*, person: User, password: str, by, at: datetime.datetime) -> User:
    """Give a person a new password. The trail says that it was set, and nothing of it."""
    with verb("set_password", by=by, at=at, subject=person):
        person.set_password(password)
        person.save(update_fields=["password"])
    return person
