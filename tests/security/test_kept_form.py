"""A session that ran out while somebody typed: what was typed is shown to its author, to nobody else, saved once."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.middleware.kept_forms import MOST_KEPT, typed_by
from recommendations.models import ForceUpdate, Submission, TrailEntry
from tests.security.door import code_for, give_factor
from tests.security.filled.forms import forms, one_of_each_right
from tests.snapshots import changed, contents, undone
from tests.views.form_of import fields_among

IN_FULL = pytest.param(True, marks=pytest.mark.soak, id="in full")
TYPED = "Bells are tested each morning, says Sgt Hale."


def lost(client: Client) -> Client:
    """The same browser after its session ran out."""
    after = Client()
    after.cookies["csrftoken"] = client.cookies.get("csrftoken", "")
    return after


def update_form(world):
    """A form about a recommendation, as it was filled in before the session was lost."""
    form = next(form for form in forms(world) if form.name == "log_force_update")
    return form, form.filled(world) | {"done": TYPED}


def confirmed(client: Client, page) -> object:
    """Press "Save it now" on the page that shows what was kept."""
    form = LexborHTMLParser(page.content.decode()).css_first("main form[method=post]")
    return client.post(form.attributes["action"], fields_among(form.css("[name]")))


def test_what_was_typed_is_shown_after_signing_in_again_and_saved_on_demand(world, settings):
    settings.DEMO = True
    Authenticator.objects.all().delete()
    form, filled = update_form(world)
    browser = lost(world.clients["lead_a"])
    answer = browser.post(form.action, filled)
    assert (answer.status_code, answer.url) == (302, "/account/login/?next=/kept/")
    person = world.people["lead_a"]
    sent = {"login": person.email, "password": "a long enough password", "next": "/kept/"}
    browser.post(answer.url, {"login": person.email, "password": "wrong", "next": "/kept/"})
    assert browser.post(answer.url, sent).status_code == 302
    for _ in range(2):  # looking twice does not lose it
        page = browser.get(reverse("kept"))
        assert TYPED in page.content.decode()
    assert not ForceUpdate.objects.filter(done=TYPED).exists()
    assert confirmed(browser, page).status_code == 302
    assert ForceUpdate.objects.filter(done=TYPED).count() == 1
    assert browser.get(reverse("kept")).url == reverse("home")


def test_it_is_kept_through_the_second_factor(world):
    Authenticator.objects.filter(user=world.people["lead_a"]).delete()
    secret = give_factor(world.people["lead_a"])
    form, filled = update_form(world)
    browser = lost(world.clients["lead_a"])
    login = browser.post(form.action, filled).url
    sent = {"login": world.people["lead_a"].email, "password": "a long enough password", "next": "/kept/"}
    browser.post(login, sent)
    answer = browser.post(reverse("mfa_authenticate"), {"code": code_for(secret)}, follow=True)
    assert answer.redirect_chain[-1][0] == "/kept/"
    assert TYPED in answer.content.decode()


@pytest.mark.parametrize("whole", [pytest.param(False, id="one of each right"), IN_FULL])
def test_every_form_is_kept_and_has_one_effect_when_it_is_saved_at_last(world, whole):
    """It is kept around the view, so a form of each right that it takes shows it; every form is sent in a soak."""
    wrong, every = [], [form for form in forms(world) if form.name != "correct_paper"]
    assert len(every) >= 100
    for form in every if whole else one_of_each_right(every):
        with undone():
            filled, browser = form.filled(world), lost(world.clients[form.who])
            answer = browser.post(form.action, filled)
            browser.force_login(world.people[form.who])
            before, page = TrailEntry.objects.count(), browser.get(reverse("kept"))
            saved = confirmed(browser, page) if page.status_code == 200 else page
            what = (answer.status_code, page.status_code, saved.status_code, TrailEntry.objects.count() - before)
            if what != (302, 200, 302, 1):
                wrong.append((form.name, what))
    assert wrong == []


def test_another_person_who_signs_in_never_sees_it(world):
    form, filled = update_form(world)
    browser = lost(world.clients["lead_a"])
    browser.post(form.action, filled)
    browser.force_login(world.people["officer"])
    answer = browser.get(reverse("kept"), follow=True)
    assert TYPED not in answer.content.decode()
    assert "kept_form" not in browser.session
    browser.force_login(world.people["lead_a"])
    assert TYPED not in browser.get(reverse("kept"), follow=True).content.decode()
    assert not ForceUpdate.objects.filter(done=TYPED).exists()


def test_it_is_shown_in_the_browser_in_which_it_was_typed_and_in_no_other(world):
    form, filled = update_form(world)
    lost(world.clients["lead_a"]).post(form.action, filled)
    assert TYPED not in world.clients["lead_a"].get(reverse("kept"), follow=True).content.decode()


def test_a_form_without_a_true_mark_of_who_typed_it_is_not_kept(world):
    form, filled = update_form(world)
    true = typed_by(world.people["lead_a"])
    number, _, signature = true.partition(":")
    for mark in ("", number, f"{world.people['officer'].pk}:{signature}", f"{true}x", "1:1", ":" * 500):
        browser = lost(world.clients["lead_a"])
        answer = browser.post(form.action, filled | {"kept_for": mark})
        assert answer.url.startswith("/account/login/?next=/recommendations/")
        assert "kept_form" not in browser.session


def test_one_that_is_too_large_to_be_kept_says_so(world):
    form, filled = update_form(world)
    browser = lost(world.clients["lead_a"])
    answer = browser.post(form.action, filled | {"done": "x" * MOST_KEPT})
    assert answer.status_code == 413
    assert "What you typed is too long to keep" in answer.content.decode()
    assert "kept_form" not in browser.session


def test_the_names_of_files_are_kept_and_asked_for_again(world):
    sent = {"kept_for": typed_by(world.people["officer"]), "text": TYPED}
    browser = lost(world.clients["officer"])
    browser.post(reverse("import_response"), sent | {"file": SimpleUploadedFile("a response.txt", b"Words")})
    browser.force_login(world.people["officer"])
    text = browser.get(reverse("kept")).content.decode()
    assert "Choose a response.txt again" in text
    assert TYPED in text


@pytest.fixture
def strict(world):
    """Browsers that check the token against forged requests, as in the world outside tests."""

    def browser(persona: str | None) -> Client:
        client = Client(enforce_csrf_checks=True)
        if persona:
            client.force_login(world.people[persona])
        return client

    return browser


def test_a_form_from_before_another_sign_in_is_shown_to_its_author(world, strict):
    """Signing in gives a new token, so a form that stood in another tab is refused: nothing of it is lost."""
    form, filled = update_form(world)
    browser = strict("lead_a")
    page = browser.post(form.action, filled)
    assert (page.status_code, TYPED in page.content.decode()) == (403, True)
    assert not ForceUpdate.objects.filter(done=TYPED).exists()
    assert confirmed(browser, page).status_code == 302
    assert ForceUpdate.objects.filter(done=TYPED).count() == 1


def test_a_forged_form_is_shown_to_nobody(world, strict):
    form, filled = update_form(world)
    told = ("trailentry", "trailhead", "folded_refusal")  # the refusals
    before = contents(leave_out=told)
    bare = {name: value for name, value in filled.items() if name != "kept_for"}
    for persona, sent in (("officer", filled), ("lead_a", bare), ("member", filled), (None, bare)):
        answer = strict(persona).post(form.action, sent)
        assert (answer.status_code, TYPED in answer.content.decode()) == (403, False)
    assert changed(before, contents(leave_out=told)) == []


def test_a_form_without_session_and_without_token_is_kept_for_its_author(world, strict):
    form, filled = update_form(world)
    browser = strict(None)
    assert browser.post(form.action, filled).url == "/account/login/?next=/kept/"
    browser.force_login(world.people["lead_a"])
    assert TYPED in browser.get(reverse("kept")).content.decode()


def test_what_was_typed_is_shown_as_text(world):
    """The page repeats what was typed: none of it may be markup."""
    form, filled = update_form(world)
    browser = lost(world.clients["lead_a"])
    browser.post(form.action, filled | {"done": '<script>alert("x")</script>', '"><b>name': "<i>x</i>"})
    browser.force_login(world.people["lead_a"])
    text = browser.get(reverse("kept")).content.decode()
    assert re.findall(r"<script>|<b>name|<i>x", text) == []
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("whole", [pytest.param(False, id="one of each right"), IN_FULL])
def test_every_form_carries_the_mark_and_the_token(world, whole):
    every = [form for form in forms(world) if form.name != "correct_paper"]
    sent = every if whole else one_of_each_right(every)
    bare = [form.name for form in sent if not {"csrfmiddlewaretoken", "kept_for"} <= form.read(world)[1]]
    assert bare == []
    assert Submission.objects.count() == 0
