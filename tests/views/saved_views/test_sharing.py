"""Saved views that the office shares: who sees, copies, changes and deletes one, and two people at once."""

from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.saved_views import saved_views as verbs
from recommendations.models import SavedView, SavedViewUse
from tests.conftest import make_inspection, make_tracked
from tests.views.form_of import fields_among
from tests.views.register.page import REGISTER, now
from tests.views.saved_views.view import DUE, LEAD, RED, SAVE, VIEWS, change, filled, opened, share


def test_a_shared_view_is_the_offices_to_see_and_copy_and_its_owners_to_change(sign_in, officer, approver, three, view):
    share(view)
    client = sign_in(approver)
    page = client.get(opened(view))
    assert [(tab.label, tab.is_shared) for tab in page.context["views"].tabs] == [("Board", True)]
    assert page.context["views"].opened.is_own is False
    assert [client.get(reverse(name, args=[view.pk])).status_code for name in ("change_view", "delete_view")] == [
        404,
        404,
    ]
    copy = client.get(page.context["views"].save)
    client.post(copy.context["view_panel"].action, filled(copy, name="Board"))
    copied = SavedView.objects.get(owner=approver)
    assert (copied.columns, copied.filters) == (view.columns, view.filters)
    assert copied.shared is False


def test_a_force_lead_has_views_of_their_own_and_shares_none(sign_in, officer, force_lead, eastvale, three, view):
    make_tracked(make_inspection(eastvale, title="Theirs"), at=now())
    share(view)
    client = sign_in(force_lead)
    page = client.get(SAVE)
    assert "who" not in page.context["view_panel"].form.fields
    client.post(SAVE, filled(page, name="Mine", who="office"))
    mine = SavedView.objects.get(owner=force_lead)
    assert mine.shared is False
    page = client.get(opened(mine))
    assert [(tab.label, tab.number) for tab in page.context["views"].tabs] == [("Mine", "3")]
    hidden = [reverse(name, args=[view.pk]) for name in ("saved_view", "change_view", "delete_view")]
    assert [client.get(each).status_code for each in hidden] == [404, 404, 404]
    assert "Board" not in client.get(opened(view)).content.decode()
    assert "Board" not in client.get(VIEWS).content.decode()
    assert sign_in(officer).get(opened(mine)).context["views"].opened is None


def test_two_at_once_is_refused_with_both_shown(sign_in, officer, view):
    client = sign_in(officer)
    first, second = client.get(change(view)), client.get(change(view))
    client.post(change(view), filled(first, name="First", who="office"))
    answer = client.post(change(view), filled(second, name="Second"))
    form = answer.context["view_panel"].form
    assert form.conflicts() == [("Name", "First", "Second"), ("Who sees it", "The office", "Only its owner")]
    assert (SavedView.objects.get().name, form["name"].value()) == ("First", "Second")
    client.post(change(view), filled(answer))
    assert SavedView.objects.get().name == "Second"


def test_deleting_asks_once_and_says_who_loses_it(sign_in, officer, approver, view):
    share(view)
    verbs.open_register_with(view=view, by=approver)
    client = sign_in(officer)
    address = reverse("delete_view", args=[view.pk])
    assert (client.get(address).context["others"], SavedView.objects.count()) == (1, 1)
    assert client.post(address).url == VIEWS
    assert (SavedView.objects.count(), SavedViewUse.objects.count()) == (0, 0)
    assert sign_in(approver).get(REGISTER).status_code == 200


def test_an_administrator_renames_a_shared_view_or_stops_sharing_it(sign_in, officer, administrator, view):
    pages = [reverse("shared_views"), reverse("shared_view", args=[view.pk])]
    client = sign_in(administrator)
    assert ([*client.get(pages[0]).context["views"]], client.get(pages[1]).status_code) == ([], 404)
    share(view)
    page = client.get(pages[1])
    assert ("RAG: Red" in page.content.decode(), [*client.get(pages[0]).context["views"]]) == (False, [view])
    sent = fields_among(LexborHTMLParser(page.content.decode()).css("main form [name]"))
    assert client.post(pages[1], sent | {"name": "Renamed"}).url == pages[0]
    renamed = SavedView.objects.get()
    assert (renamed.name, renamed.shared, renamed.owner, renamed.saved_by) == ("Renamed", True, officer, administrator)
    assert (renamed.filters, renamed.columns) == ([*map(list, RED)], [[*LEAD], [*DUE]])
    late = client.post(pages[1], sent | {"once": "another"})
    assert late.context["form"].conflicts() == [("Name", "Renamed", "Board")]
    again = fields_among(LexborHTMLParser(client.get(pages[1]).content.decode()).css("main form [name]"))
    client.post(pages[1], again | {"who": "own"})
    assert (SavedView.objects.get().shared, client.get(pages[1]).status_code) == (False, 404)
