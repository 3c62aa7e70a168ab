"""A double click or a retry has one effect: ten posts of one form at one moment, and fifty in the soak, are one row."""

import pytest
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.audit import verification
from recommendations.domain.register.voices import log_force_update
from recommendations.domain.submission.idempotency import run_once
from recommendations.domain.writing.refusals import AlreadySent, Refusal
from recommendations.models import ForceUpdate, Inspection, ScrutinyReport, Submission, TrailEntry
from tests.conftest import AT, make_inspection, make_tracked
from tests.views.form_of import fields_among

TIMES = 10


@pytest.fixture
def tracked(shared_database, westmarch, settings):
    settings.DEMO = True
    return make_tracked(make_inspection(westmarch))


def cookies_of(person) -> dict:
    client = Client()
    client.force_login(person)
    return client.cookies


def press(at_once, person, address: str, sent: dict, times: int = TIMES) -> list[int]:
    """The form is sent so many times by one browser; the statuses."""
    cookies = cookies_of(person)

    def post(place):
        client = Client()
        client.cookies = cookies
        return client.post(address, sent).status_code

    return at_once(times, post)


@pytest.mark.parametrize("times", [TIMES, pytest.param(50, marks=pytest.mark.soak)])
def test_many_posts_of_one_update_are_one_row_and_one_entry(at_once, tracked, officer, times):
    before = TrailEntry.objects.count()
    address = reverse("log_force_update", args=[tracked.pk])
    statuses = press(at_once, officer, address, {"done": "Seen to.", "once": "one form"}, times)
    assert statuses == [302] * times
    assert (ForceUpdate.objects.count(), Submission.objects.count()) == (1, 1)
    assert TrailEntry.objects.count() - before == 1
    assert verification.verify() == []


def test_ten_posts_of_a_new_inspection_are_one_and_all_lead_to_it(at_once, tracked, officer, westmarch, client):
    client.force_login(officer)
    address, typed = reverse("add_inspection"), {"title": "Vetting", "short_name": "Vet 26", "kind": "custody"}
    form = LexborHTMLParser(client.get(address).content.decode()).css("main form[method=post] [name]")
    sent = fields_among(form) | typed | {"published_on": "1/9/2026", "forces": [westmarch.pk]}
    statuses = press(at_once, officer, address, sent)
    assert statuses == [302] * TIMES
    assert Submission.objects.get().led_to == Inspection.objects.get(title="Vetting").get_absolute_url()


def test_ten_posts_of_a_new_paper_are_one(at_once, tracked, officer, westmarch):
    sent = {"force": westmarch.pk, "period": "other", "start": "1/7/2026", "end": "30/9/2026", "once": "one form"}
    statuses = press(at_once, officer, reverse("add_paper"), sent)
    assert statuses == [302] * TIMES
    assert ScrutinyReport.objects.count() == 1


@pytest.mark.sqlite_alone
def test_without_the_mark_ten_posts_are_ten_rows(at_once, tracked, officer):
    """The tests above have teeth: it is the mark of the form that makes them one."""
    press(at_once, officer, reverse("log_force_update", args=[tracked.pk]), {"done": "Seen to."})
    assert ForceUpdate.objects.count() == TIMES


def test_a_refused_form_spends_nothing_and_is_saved_when_it_is_mended(shared_database, tracked, officer):
    with pytest.raises(Refusal):
        run_once("a", by=officer, at=AT, act=lambda: log_force_update(tracked=tracked, done=" ", by=officer, at=AT))
    saved = run_once("a", by=officer, at=AT, act=lambda: log_force_update(tracked=tracked, done="x", by=officer, at=AT))
    with pytest.raises(AlreadySent):
        run_once("a", by=officer, at=AT, act=lambda: log_force_update(tracked=tracked, done="x", by=officer, at=AT))
    assert list(ForceUpdate.objects.all()) == [saved]
