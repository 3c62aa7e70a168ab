"""What the product is measured beside answers, and the bench says "met" of nothing else."""

import datetime

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from recommendations.models import ForceUpdate, TrackedRecommendation
from tests.bench.costs import verdict
from tests.bench.data import Office, Size, load
from tests.bench.server import form_of

TODAY = datetime.date(2026, 11, 25)


@pytest.fixture
def office(db) -> Office:
    return load(Size(forces=2, tracked=20, dated=200), TODAY)


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend="recommendations.sign_in.EmailBackend")
    return client


@override_settings(ROOT_URLCONF="tests.bench.plain")
def test_the_bare_view_shows_rows(office):
    assert "20 rows" in signed_in(office.officer).get(reverse("bare")).text


@override_settings(ROOT_URLCONF="tests.bench.plain")
def test_the_admins_form_adds_an_update_with_its_history(office):
    client, add = signed_in(office.administrator), reverse("bench:recommendations_forceupdate_add")
    before, record = ForceUpdate.objects.count(), TrackedRecommendation.objects.earliest("pk")
    typed = form_of(client.get(add).content, "main form[method=post]") | {
        "tracked": record.pk,
        "done": "Done.",
        "stage": "in_progress",
    }
    typed |= {"effective_on": "25/11/2026", "recorded_at_0": "25/11/2026", "recorded_at_1": "10:00"}
    assert client.post(add, typed).status_code == 302
    assert ForceUpdate.objects.count() == before + 1
    assert ForceUpdate.history.filter(id=ForceUpdate.objects.latest("pk").pk).count() == 1


def test_a_figure_is_met_within_its_aim_and_no_number_never_is():
    assert [verdict(value, 1.5) for value in (1.5, 1.51, float("nan"), float("inf"))] == [
        "met",
        "missed",
        "missed",
        "missed",
    ]
