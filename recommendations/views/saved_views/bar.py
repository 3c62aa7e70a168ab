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


def bar_of(asked: RegisterRequest) -> ViewsBar:
    """The bar: one query for the numbers if there are views, two more if one is open; empty for a past day."""
    save = str(Address(reverse("save_view"), asked.address.pairs))
    if asked.query.past:
        return ViewsBar([], None, save)
    return ViewsBar(_tabs(asked) if asked.views else [], _opened(asked) if asked.view else None, save)


def _tabs(asked: RegisterRequest) -> list[Tab]:
    shown = _first(asked)
    everything = {0: RegisterQuery(day=asked.today)}
    queries = everything | {each.pk: question_of(each, asked) for each in shown}
    totals = {pk: by_force.total() for pk, by_force in numbers(queries, asked.user, asked.rule).items()}
    plain = asked.view is None and not asked.address.without("view", "sort", "filters").pairs
    first = Tab("All open", f"{totals[0]:,}", f"{reverse('register')}?view={ALL_OPEN}", plain)
    return [first, *(_tab(each, totals[each.pk], asked) for each in shown)]


def _first(asked: RegisterRequest) -> list[SavedView]:
    """The views that fit: the one that opens the register, the user's own, then shared ones; always the open one."""
    by_use = sorted(asked.views, key=lambda each: (not each.opens, each.owner_id != asked.user.pk))
    some = by_use[:MOST_TABS]
    return some if asked.view is None or asked.view in some else [*some[:-1], asked.view]


def _tab(view: SavedView, number: int, asked: RegisterRequest) -> Tab:
    return Tab(view.name, f"{number:,}", str(address_of_view(view)), view == asked.view, view.shared)


def _opened(asked: RegisterRequest) -> OpenView:
    view = asked.view
    assert view is not None
    since, own = since_when(view, asked), view.owner_id == asked.user.pk
    return OpenView(
        view=view,
        changed=Listing(changes_in(view, asked), asked.user, asked.rule).count(),
        changed_url=str(asked.address.but(changed=ChangedFilter.ANY, since=since.isoformat())),
        since=f"since you last looked, {say_moment(since)}" if view.looked_at else f"in the last {DAYS} days",
        seen=SeenForm(initial={"until": asked.now.isoformat()}),
        loss=loss_of(view, asked),
        differs=differs(view, asked),
        as_saved=str(address_of_view(view)),
        is_own=own,
        change_url=str(Address(reverse("change_view", args=[view.pk]), asked.address.pairs)),
    )
