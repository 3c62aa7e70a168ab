"""The bar of saved views above the register: their tabs and, for the open one, what changed and what is lost."""

from dataclasses import dataclass

from django.urls import reverse

from recommendations.domain.register.counts import numbers
from recommendations.domain.register.filters import ChangedFilter
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import RegisterQuery
from recommendations.forms.home.home import SeenForm
from recommendations.forms.register.query_string import ALL_OPEN, Address, address_of_view
from recommendations.models import SavedView
from recommendations.views.register.cells import DAYS, changes_in, since_when
from recommendations.views.register.filter_chips import say_moment
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.saved_views.question import Loss, differs, loss_of, question_of

MOST_TABS = 6


@dataclass(frozen=True)
class Tab:
    """One view of the register, with its number of rows."""

    label: str
    number: str
    url: str
    is_open: bool = False
    is_shared: bool = False


@dataclass(frozen=True)
class OpenView:
    """The open view. `changed` is the number of its rows that changed since `since`, a moment in words."""

    view: SavedView
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
    """The tabs, and the open view, if any. `save` leads to the form that saves the current list as a view."""

    tabs: list[Tab]
    opened: OpenView | None
    save: str


def bar_of(register_request: RegisterRequest) -> ViewsBar:
    """The bar: one query for the numbers if there are views, two more if one is open; empty for a past day."""
    save = str(Address(reverse("save_view"), register_request.address.pairs))
    if register_request.query.past:
        return ViewsBar([], None, save)
    return ViewsBar(
        _tabs(register_request) if register_request.views else [],
        _open_view(register_request) if register_request.view else None,
        save,
    )


def _tabs(register_request: RegisterRequest) -> list[Tab]:
    shown = _first(register_request)
    everything = {0: RegisterQuery(day=register_request.today)}
    queries = everything | {each.pk: question_of(each, register_request) for each in shown}
    totals = {
        pk: by_force.total() for pk, by_force in numbers(queries, register_request.user, register_request.rule).items()
    }
    plain = register_request.view is None and not register_request.address.without("view", "sort", "filters").pairs
    first = Tab("All open", f"{totals[0]:,}", f"{reverse('register')}?view={ALL_OPEN}", plain)
    return [first, *(_tab(each, totals[each.pk], register_request) for each in shown)]


def _first(register_request: RegisterRequest) -> list[SavedView]:
    """The views that fit: the one that opens the register, the user's own, then shared ones; always the open one."""
    by_use = sorted(
        register_request.views, key=lambda each: (not each.opens, each.owner_id != register_request.user.pk)
    )
    some = by_use[:MOST_TABS]
    return (
        some if register_request.view is None or register_request.view in some else [*some[:-1], register_request.view]
    )


def _tab(view: SavedView, number: int, register_request: RegisterRequest) -> Tab:
    return Tab(view.name, f"{number:,}", str(address_of_view(view)), view == register_request.view, view.shared)


def _open_view(register_request: RegisterRequest) -> OpenView:
    view = register_request.view
    assert view is not None
    since, own = since_when(view, register_request), view.owner_id == register_request.user.pk
    return OpenView(
        view=view,
        changed=Listing(changes_in(view, register_request), register_request.user, register_request.rule).count(),
        changed_url=str(register_request.address.but(changed=ChangedFilter.ANY, since=since.isoformat())),
        since=f"since you last looked, {say_moment(since)}" if view.looked_at else f"in the last {DAYS} days",
        seen=SeenForm(initial={"until": register_request.now.isoformat()}),
        loss=loss_of(view, register_request),
        differs=differs(view, register_request),
        as_saved=str(address_of_view(view)),
        is_own=own,
        change_url=str(Address(reverse("change_view", args=[view.pk]), register_request.address.pairs)),
    )
