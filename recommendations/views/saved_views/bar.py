"""The saved views among the register's tabs and, for the open one, what changed and what is lost."""

import datetime
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from recommendations.domain.register.counts import numbers
from recommendations.domain.register.filters import ChangedFilter
from recommendations.domain.register.rows import short
from recommendations.forms.home.home import SeenForm
from recommendations.forms.register.query_string import Address, address_of_view
from recommendations.models import SavedView
from recommendations.views.register.request_query import DAYS, RegisterRequest
from recommendations.views.register.tabs import RegisterTab, is_in_view
from recommendations.views.saved_views.question import Loss, differs, loss_of, question_of

MOST_TABS = 3


@dataclass(frozen=True)
class OpenView:
    """The open view. `changed` is the number of its rows that changed since `since`, a moment in words."""

    view: SavedView
    number: str
    changed: int
    changed_url: str
    since: str
    seen: SeenForm
    loss: Loss
    differs: bool
    as_saved: str
    is_own: bool
    change_url: str


@dataclass(frozen=True)
class ViewsBar:
    """The tabs, whether there is more to see among all views, and the open view, if any.

    `save` leads to the form that saves the current list as a view.
    """

    tabs: list[RegisterTab]
    has_more: bool
    opened: OpenView | None
    save: str


def bar_of(register_request: RegisterRequest) -> ViewsBar:
    """The tabs, and the open view: one query for all numbers if there are views; empty for a past day."""
    save = str(Address(reverse("save_view"), register_request.address.without("opened").pairs))
    if register_request.query.past or not register_request.views:
        return ViewsBar([], has_more=False, opened=None, save=save)
    shown = _first(register_request)
    rows, changed = _numbers(register_request, shown)
    tabs = [_tab(each, rows[each.pk], changed[each.pk], register_request) for each in shown]
    opened = _open_view(register_request, changed) if is_in_view(register_request) else None
    return ViewsBar(tabs, len(register_request.views) > 1, opened, save)


def _numbers(register_request: RegisterRequest, views: list[SavedView]) -> tuple[dict[int, int], dict[int, int]]:
    """View id → its number of rows, and how many of them changed since this user last opened it.

    For the open view those that changed are of the rows that the list has now.
    """
    questions = {each.pk: question_of(each, register_request) for each in views}
    listed = questions | ({register_request.view.pk: register_request.query} if register_request.view else {})
    changes = {
        (each.pk, "changed"): replace(
            listed[each.pk], changed=ChangedFilter.ANY, since=register_request.since(each), one_line=False
        )
        for each in views
    }
    found = numbers({**questions, **changes}, register_request.user, register_request.rule)
    return {pk: found[pk].total() for pk in questions}, {pk: found[pk, "changed"].total() for pk in questions}


def _first(register_request: RegisterRequest) -> list[SavedView]:
    """The views that fit: the one that opens the register, the user's own, then shared ones; always the open one."""
    by_use = sorted(
        register_request.views, key=lambda each: (not each.opens, each.owner_id != register_request.user.pk)
    )
    some = by_use[:MOST_TABS]
    return (
        some if register_request.view is None or register_request.view in some else [*some[:-1], register_request.view]
    )


def _tab(view: SavedView, number: int, changed: int, register_request: RegisterRequest) -> RegisterTab:
    current = view == register_request.view
    return RegisterTab(
        view.name,
        f"{number:,}",
        str(address_of_view(view)),
        current,
        view.shared,
        f"{changed:,}" if changed and not current else "",
    )


def _open_view(register_request: RegisterRequest, changed: dict[int, int]) -> OpenView:
    view = register_request.view
    assert view is not None
    since, own = register_request.since(view), view.owner_id == register_request.user.pk
    pairs = register_request.address.without("opened").pairs
    return OpenView(
        view=view,
        number=f"{register_request.listing.count():,}",
        changed=changed[view.pk],
        changed_url=str(register_request.address.but(changed=ChangedFilter.ANY, since=since.isoformat())),
        since=f"since {_say(since, register_request.today)}" if view.looked_at else f"in the last {DAYS} days",
        seen=SeenForm(initial={"until": register_request.now.isoformat()}),
        loss=loss_of(view, register_request),
        differs=differs(view, register_request),
        as_saved=str(address_of_view(view)),
        is_own=own,
        change_url=str(Address(reverse("change_view", args=[view.pk]), pairs)),
    )


def _say(moment: datetime.datetime, today: datetime.date) -> str:
    """A moment in London in few words: "3 Nov, 16:42"."""
    here = localtime(moment)
    return f"{short(here.date(), today)}, {date_format(here, 'H:i')}"
