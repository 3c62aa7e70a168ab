"""What a person does with views of the register: save, change, share and delete one, open the register with it, mark
what changed in it as seen. Views are no records: none of this is in the trail.
"""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F

from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.models import SavedView, SavedViewUse, User
from recommendations.permissions import May

MOST_VIEWS = 40  # of one person
NAME_TAKEN = "You already have a view with this name. Enter another name."
SAME_NAME = "This person already has a view with this name. Enter another name."
ENOUGH = f"You have {MOST_VIEWS} views. Delete one that you no longer use, then save this one."
NOT_YOURS = "Only {owner} or an administrator can change this view. Save a copy of your own."
MAY_NOT_SHARE = "Only people of the office can share a view."


class ViewContent(NamedTuple):
    """What a view holds. Filters are (name, value, words) of the register's address, columns (key, width, heading)."""

    name: str
    shared: bool
    filters: Sequence[tuple[str, str, str]]
    columns: Sequence[tuple[str, str, str]]


def may_share(person: User) -> bool:
    """Whether a person can share views with the office: people of the office who see the register."""
    return person.has_perm(May.SEE_REGISTER) and not person.force_id


def may_change(view: SavedView, person: User) -> bool:
    """Whether a person can change a view: its owner; an administrator while it is shared."""
    return view.owner_id == person.pk or (view.shared and person.has_perm(May.ADMINISTER))


def save_view(*, content: ViewContent, by: User, at: datetime.datetime) -> SavedView:
    """A new view of `by`. What changes in it counts from now. Raises Refusal for a name that they have already."""
    if content.shared and not may_share(by):
        raise NotAllowed(MAY_NOT_SHARE)
    with transaction.atomic():
        list(User.objects.select_for_update().filter(pk=by.pk))  # one of a person after the other
        if SavedView.objects.filter(owner=by).count() >= MOST_VIEWS:
            raise Refusal(ENOUGH)
        view = _stored(SavedView(owner=by), content, by, at, NAME_TAKEN)
        # written at once: a person's preference is no record
        SavedViewUse.objects.create(view=view, person=by, looked_at=at)
        return view


def change_view(*, view: SavedView, content: ViewContent, version: int, by: User, at: datetime.datetime) -> SavedView:
    """The view with other content. `version` is the one that was read.

    One that is no longer shared leaves the others: it opens the register for its owner alone. Raises NotAllowed for
    those who may not, Stale where another person changed it meanwhile, Refusal for a name that its owner has already.
    """
    if not may_change(view, by):
        raise NotAllowed(NOT_YOURS.format(owner=view.owner))
    if content.shared and not (view.shared or may_share(by)):
        raise NotAllowed(MAY_NOT_SHARE)
    with transaction.atomic():
        _claim(view, version)
        if not content.shared:
            view.uses.exclude(person=view.owner_id).delete()
        return _stored(view, content, by, at, NAME_TAKEN if view.owner_id == by.pk else SAME_NAME)


def _claim(view: SavedView, version: int) -> None:
    # written at once: a conditional UPDATE keeps two people apart
    if not SavedView.objects.filter(pk=view.pk, version=version).update(version=F("version") + 1):
        raise Stale(SavedView.objects.select_related("owner").get(pk=view.pk))
    view.version = version + 1


def _stored(view: SavedView, content: ViewContent, by: User, at: datetime.datetime, taken: str) -> SavedView:
    view.name, view.shared = content.name, content.shared
    view.filters, view.columns = [list(each) for each in content.filters], [list(each) for each in content.columns]
    view.saved_by, view.saved_at = by, at
    try:
        with transaction.atomic():
            # no record: a preference of a person
            view.save()
    except IntegrityError:
        raise Refusal(taken, "name") from None
    return view


def delete_view(*, view: SavedView, by: User) -> None:
    """Delete a view, for everybody. Raises NotAllowed for those who may not."""
    if not may_change(view, by):
        raise NotAllowed(NOT_YOURS.format(owner=view.owner))
    # written at once: a view is no record, and its rows are not in it
    SavedView.objects.filter(pk=view.pk).delete()


def open_register_with(*, view: SavedView | None, by: User) -> None:
    """Let the register open with this view for `by`, or with none. The caller has made sure that they may see it."""
    with transaction.atomic():
        # written at once: a person's preference is no record
        SavedViewUse.objects.filter(person=by, opens_register=True).update(opens_register=False)
        if view is not None:
            # written at once: a person's preference is no record
            SavedViewUse.objects.update_or_create(view=view, person=by, defaults={"opens_register": True})


def mark_seen(*, view: SavedView, until: datetime.datetime, by: User, at: datetime.datetime) -> None:
    """Count what changes in a view from `until` on: when the page was drawn, and never after `at` (now) or back."""
    until = min(until, at)
    with transaction.atomic():
        # written at once: when a person last looked is no record
        use, is_new = SavedViewUse.objects.get_or_create(view=view, person=by, defaults={"looked_at": until})
        if not is_new and (use.looked_at is None or use.looked_at < until):
            # written at once: it is no record, and never goes back
            SavedViewUse.objects.filter(pk=use.pk).update(looked_at=until)
