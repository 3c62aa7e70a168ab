"""What the tests of saved views share: one that is saved, its addresses, and what a browser sends of its form."""

from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.saved_views import saved_views as verbs
from recommendations.domain.saved_views.saved_views import ViewContent
from recommendations.models import SavedView
from tests.views.form_of import fields_among
from tests.views.register.page import REGISTER, address, now

VIEWS, SAVE = reverse("saved_views"), reverse("save_view")
LEAD, DUE = ("lead", "normal", "Lead"), ("due", "wide", "Due")
RED = [("rag", "red", "RAG: Red"), ("sort", "-reference", "")]


def save(by, name="Board", shared=False, filters=RED, columns=(LEAD, DUE), at=None) -> SavedView:
    content = ViewContent(name=name, shared=shared, filters=filters, columns=columns)
    return verbs.save_view(content=content, by=by, at=at or now())


def share(view: SavedView) -> SavedView:
    content = ViewContent(view.name, True, view.filters, view.columns)
    return verbs.change_view(view=view, content=content, version=view.version, by=view.owner, at=now())


def opened(view: SavedView) -> str:
    """The register with this view."""
    pairs = {name: value for name, value, _ in view.filters}
    return address(**pairs, view=view.pk)


def filled(page, **typed) -> dict:
    """What a browser sends of the form of a view: the page's own fields, and what a person types."""
    found = LexborHTMLParser(page.content.decode()).css("#view-form [name]")
    return fields_among(found) | typed


def with_columns(client, url: str, **typed):
    """The page of the form once its columns are asked for."""
    return client.post(url, filled(client.get(url), move="", **typed))


def headings(page) -> list[str]:
    return [each.label for each in page.context["columns"]]


def cells(page) -> list[list[str]]:
    """The words of each row's own cells, between the recommendation and the button."""
    rows = LexborHTMLParser(page.content.decode()).css(".app-register tbody tr")
    return [[" ".join(cell.text().split()) for cell in row.css("td")[2:-1]] for row in rows]


def change(view: SavedView) -> str:
    return opened(view).replace(REGISTER, reverse("change_view", args=[view.pk]))
