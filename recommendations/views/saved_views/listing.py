"""The page of all saved views: filters, owner and actions of each."""

from dataclasses import dataclass

from django.urls import reverse

from recommendations.forms.register.query_string import address_of_view
from recommendations.models import SavedView
from recommendations.views.register.columns import label_of, view_columns
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.saved_views.question import Loss, loss_of, words_of


@dataclass(frozen=True)
class ListedView:
    """A view in the list."""

    view: SavedView
    url: str
    filters: list[str]
    columns: list[str]
    loss: Loss
    is_own: bool
    change: str
    copy: str


def views_context(register_request: RegisterRequest) -> dict:
    """The context: the user's own views, those shared by others, and the one that opens the register."""
    rows = [_row(each, register_request) for each in register_request.views]
    return {
        "own": [each for each in rows if each.is_own],
        "others": [each for each in rows if not each.is_own],
        "opens_with": register_request.opens_with,
        "is_of_office": not register_request.user.force_id,
    }


def _row(view: SavedView, register_request: RegisterRequest) -> ListedView:
    return ListedView(
        view=view,
        url=str(address_of_view(view)),
        filters=words_of(view.filters),
        columns=[
            label_of(each.column, register_request.choices.is_mixed)
            for each in view_columns(view.columns)
            if not each.column.is_fixed
        ],
        loss=loss_of(view, register_request),
        is_own=view.owner_id == register_request.user.pk,
        change=str(address_of_view(view, reverse("change_view", args=[view.pk]))),
        copy=str(address_of_view(view, reverse("save_view"))),
    )
