"""The administration's lists answer the filters that they show, and no lookup of Django's besides."""

import pytest
from django.db.models import Field
from django.test import Client
from django.urls import reverse

from recommendations.admin import site
from recommendations.models import User
from tests.views.conftest import sign_in

__all__ = ["sign_in"]
LOOKUPS = sorted({*Field.get_lookups(), "date", "year", "month"})


def answers(client: Client, address: str, names: list[str]) -> dict[str, int]:
    """What the list answers to each parameter; with the value of a hash, a day or a flag it is the same."""
    return {name: client.get(address, {name: "pbkdf2"}).status_code for name in names}


@pytest.fixture
def client(sign_in, administrator):
    return sign_in(administrator)


def test_there_is_one_list_of_people_and_no_field_of_a_person_can_be_looked_up(client):
    address = reverse("admin:recommendations_user_changelist")
    assert client.get(address).url == reverse("people_access")
    everyone = people(client, {})
    fields = [each.name for each in User._meta.fields if each.name not in ("id", "role")]
    names = [*fields, *(f"{each}__{lookup}" for each in fields for lookup in LOOKUPS), "force__people__password__regex"]
    assert len(LOOKUPS) > 10
    assert {name for name in names if people(client, {name: "pbkdf2"}) != everyone} == set()


def people(client: Client, asked: dict[str, str]) -> list[str]:
    return [row.person.name for row in client.get(reverse("people_access"), asked).context["rows"]]


def test_no_list_takes_a_regular_expression(client):
    kept = {model: each for model, each in site._registry.items() if each.is_listed}
    lists = {model: reverse(f"admin:{each.address('changelist')}") for model, each in kept.items()}
    names = {model: f"{model._meta.get_fields()[-1].name}__regex" for model in lists}
    assert {answers(client, lists[model], [names[model]])[names[model]] for model in lists} == {400}
    assert {client.get(address).status_code for address in lists.values()} == {200}


def test_a_list_is_still_sorted_and_paged(client, westmarch):
    address = reverse("admin:recommendations_force_changelist")
    asked = ({"o": "2"}, {"all": ""}, {"p": "1"})
    assert [client.get(address, each).status_code for each in asked] == [200] * len(asked)
    assert client.get(address, {"_to_field": "slug"}).status_code == 400
