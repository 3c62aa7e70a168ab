"""The form of a saved view beside the register: its initial values, and what it would save."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from recommendations.domain.saved_views.saved_views import may_share
from recommendations.enums.register import ColumnWidth
from recommendations.forms.register.query_string import Address
from recommendations.forms.saved_views.saved_views import OFFICE, OWN, SavedViewForm
from recommendations.models import SavedView
from recommendations.views.register import page
from recommendations.views.register.columns import CHOSEN, FIXED, MOST_SHOWN, PageColumn, label_of, offered_columns
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.saved_views.question import filters_in, words_of

LEFT_OUT = ("changed", "since", "as_at", "known_at")


@dataclass(frozen=True)
class ViewPanel:
    """The form and what surrounds it. `view` is the one being changed, None for a new one."""

    form: SavedViewForm
    view: SavedView | None
    action: str
    close: str
    save_as_new: str
    filters: list[str]
    order: str
    leaves_out: bool
    fixed: tuple[str, ...]
    number: int
    of: int
    most: int
    widths: tuple[tuple[str, str], ...]


def form_of(
    register_request: RegisterRequest, data: QueryDict | None = None, view: SavedView | None = None
) -> SavedViewForm:
    """The form for `view`, otherwise for a new view that starts with the columns shown."""
    shown = view or register_request.view
    starts = shown.columns if shown else [(each.key, ColumnWidth.NORMAL, each.label) for each in CHOSEN]
    initial = {"name": view.name, "who": OFFICE if view.shared else OWN, "version": view.version} if view else {}
    return SavedViewForm(
        data,
        columns={
            key: label_of(each, register_request.choices.is_mixed)
            for key, each in offered_columns().items()
            if _is_offered(register_request, each)
        },
        most=MOST_SHOWN - len(FIXED),
        may_share=may_share(register_request.user),
        starts=starts,
        filters=filters_in(register_request),
        initial=initial,
    )


def _is_offered(register_request: RegisterRequest, column: PageColumn) -> bool:
    """Whether a view can have a column: columns of other sources only if the register has such sources."""
    return not column.is_fixed and column.key not in register_request.unused


def panel_of(register_request: RegisterRequest, form: SavedViewForm, view: SavedView | None) -> ViewPanel:
    """The form as rendered beside the list, with the list's query string."""
    name, args = ("change_view", [view.pk]) if view else ("save_view", [])
    pairs = register_request.address.pairs
    choices = form.column_choices
    return ViewPanel(
        form=form,
        view=view,
        action=f"{Address(reverse(name, args=args), pairs)}#view-form",
        close=str(register_request.address),
        save_as_new=str(Address(reverse("save_view"), pairs)),
        filters=words_of(form.filters),
        order=page.order_of(register_request),
        leaves_out=any(each in register_request.params for each in LEFT_OUT),
        fixed=tuple(each.label for each in FIXED),
        number=len(FIXED) + sum(each.chosen for each in choices),
        of=len(FIXED) + len(choices),
        most=MOST_SHOWN,
        widths=tuple(ColumnWidth.choices),
    )
