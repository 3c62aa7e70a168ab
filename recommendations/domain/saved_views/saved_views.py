"""Saved views of the register: save, change, share and delete one, make it the default, mark its changes as seen.

Views are not records: none of this is in the audit trail.
"""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F

from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.models import SavedView, SavedViewUse, User
from recommendations.permissions import May

MOST_VIEWS = 40  # views that one user can have
NAME_TAKEN = "You already have a view with this name. Enter another name."
SAME_NAME = "This person already has a view with this name. Enter another name."
ENOUGH = f"You have {MOST_VIEWS} views. Delete one that you no longer use, then save this one."
NOT_YOURS = "Only {owner} or an administrator can change this view. Save a copy of your own."
MAY_NOT_SHARE = "Only people of the office can share a view."


class ViewContent(NamedTuple):
    """A view's content. Filters are (name, value, words) from the register's address; columns (key, width, heading)."""

    name: str
    shared: bool
    filters: Sequence[tuple[str, str, str]]
    columns: Sequence[tuple[str, str, str]]


def may_share(person: User) -> bool:
    """Whether a user can share views with the office: users in the office who can see the register."""
    return person.has_perm(May.SEE_REGISTER) and not person.force_id


def may_change(view: SavedView, person: User) -> bool:
    """Whether a user can change a view: its owner, or an administrator while it is shared."""
    return view.owner_id == person.pk or (view.shared and person.has_perm(May.ADMINISTER))


def save_view(*, content: ViewContent, by: User, at: datetime.datetime) -> SavedView:
    """Save a new view for `by`, counting changes from now. Raises Refusal if they already have one with this name."""
    if content.shared and not may_share(by):
        raise NotAllowed(MAY_NOT_SHARE)
    with transaction.atomic():
        list(User.objects.select_for_update().filter(pk=by.pk))  # serialises saves by one user
        if SavedView.objects.filter(owner=by).count() >= MOST_VIEWS:
            raise Refusal(ENOUGH)
        view = _store(SavedView(owner=by), content, by, at, NAME_TAKEN)
        # written at once: a person's preference is no record
        SavedViewUse.objects.create(view=view, person=by, looked_at=at)
        return view


def change_view(*, view: SavedView, content: ViewContent, version: int, by: User, at: datetime.datetime) -> SavedView:
    """Change a view's content. `version` is the one that was read.

    If the view is no longer shared, others lose it, also as their default. Raises NotAllowed if the user may not change
    it, Stale if someone else has changed it since, Refusal if its owner has a view with this name already.
    """
    if not may_change(view, by):
        raise NotAllowed(NOT_YOURS.format(owner=view.owner))
    if content.shared and not (view.shared or may_share(by)):
        raise NotAllowed(MAY_NOT_SHARE)
    with transaction.atomic():
        _claim(view, version)
        if not content.shared:
            view.uses.exclude(person=view.owner_id).delete()
        return _store(view, content, by, at, NAME_TAKEN if view.owner_id == by.pk else SAME_NAME)


def _claim(view: SavedView, version: int) -> None:
    # written at once: a conditional UPDATE keeps two people apart
    if not SavedView.objects.filter(pk=view.pk, version=version).update(version=F("version") + 1):
        raise Stale(SavedView.objects.select_related("owner").get(pk=view.pk))
    view.version = version + 1


def _store(view: SavedView, content: ViewContent, by: User, at: datetime.datetime, name_taken: str) -> SavedView:
    view.name, view.shared = content.name, content.shared
    view.filters, view.columns = [list(each) for each in content.filters], [list(each) for each in content.columns]
    view.saved_by, view.saved_at = by, at
    try:
        with transaction.atomic():
            # no record: a preference of a person
            view.save()
    except IntegrityError:
        raise Refusal(name_taken, "name") from None
    return view


def delete_view(*, view: SavedView, by: User) -> None:
    """Delete a view, for everybody. Raises NotAllowed if the user may not."""
    if not may_change(view, by):
        raise NotAllowed(NOT_YOURS.format(owner=view.owner))
    # written at once: a view is no record, and its rows are not in it
    SavedView.objects.filter(pk=view.pk).delete()


def open_register_with(*, view: SavedView | None, by: User) -> None:
    """Make this view, or none, the register's default for `by`. The caller must have checked that they can see it."""
    with transaction.atomic():
        # written at once: a person's preference is no record
        SavedViewUse.objects.filter(person=by, opens_register=True).update(opens_register=False)
        if view is not None:
            # written at once: a person's preference is no record
            SavedViewUse.objects.update_or_create(view=view, person=by, defaults={"opens_register": True})


def mark_seen(*, view: SavedView, until: datetime.datetime, by: User, at: datetime.datetime) -> None:
    """Mark changes before `until`, when the page was rendered, as seen. Capped at `at` (now), it never goes back."""
    until = min(until, at)
    with transaction.atomic():
        # written at once: when a person last looked is no record
        use, is_new = SavedViewUse.objects.get_or_create(view=view, person=by, defaults={"looked_at": until})
        if not is_new and (use.looked_at is None or use.looked_at < until):
            # written at once: it is no record, and never goes back
            SavedViewUse.objects.filter(pk=use.pk).update(looked_at=until)
