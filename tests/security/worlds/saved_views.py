"""Saved views of the register: one that an officer shares, one of their own, one of each force's inspection lead."""

from recommendations.domain.saved_views.saved_views import ViewContent, save_view
from recommendations.models import SavedView

COLUMNS = [("lead", "normal", "Lead"), ("update", "wide", "Latest update"), ("changed", "normal", "Changed")]


def make_saved_views(people: dict, plain, marked, at) -> dict[str, SavedView]:
    """Whose it is → the view; "shared" is the officer’s for the office."""

    def view(who: str, name: str, shared: bool = False) -> SavedView:
        filters = [("show", "all", "Open and closed"), ("sort", "reference", "")]
        content = ViewContent(name=name, shared=shared, filters=filters, columns=COLUMNS)
        return save_view(content=content, by=people[who], at=at)

    return {
        "shared": view("officer", plain("Shared view"), shared=True),
        "officer": view("officer", plain("Own view")),
        "lead_a": view("lead_a", plain("Lead’s view")),
        "lead_b": view("lead_b", marked("Other lead’s view")),
    }
