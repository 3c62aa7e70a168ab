"""The account's page: making the address of one's calendar, replacing it, ending it."""

from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.calendar import feed_tokens
from recommendations.models import CalendarAddress
from tests.conftest import AT
from tests.views.hooks import flashes

ACCOUNT, MAKE = reverse("account"), reverse("make_calendar_address")


def shown(client) -> str | None:
    field = LexborHTMLParser(client.get(ACCOUNT).content.decode()).css_first("#calendar-url")
    return field and field.attributes["value"]


def end(address) -> str:
    return reverse("end_calendar_address", args=[address.pk])


def test_it_is_made_shown_to_its_owner_and_answers(sign_in, officer, settings):
    settings.ORIGIN = "https://oversight.example"
    client = sign_in(officer)
    assert shown(client) is None
    assert client.post(MAKE)["Location"] == f"{ACCOUNT}#calendar"
    address = shown(client)
    assert address == f"https://oversight.example/calendar/{feed_tokens.token_of(CalendarAddress.objects.get())}.ics"
    client.logout()
    assert client.get(address.removeprefix("https://oversight.example")).status_code == 200


def test_a_double_click_makes_one(sign_in, officer):
    client = sign_in(officer)
    for _ in range(2):
        client.post(MAKE, {"once": "the same"})
    assert CalendarAddress.objects.count() == 1


def test_a_new_one_ends_the_one_before(sign_in, officer):
    client = sign_in(officer)
    client.post(MAKE)
    first = shown(client)
    client.post(MAKE)
    assert shown(client) not in (first, None)
    assert CalendarAddress.objects.standing().count() == 1


def test_it_is_ended_once_and_by_its_owner(sign_in, officer, approver):
    made = feed_tokens.make_address(by=officer, at=AT)
    assert sign_in(approver).post(end(made)).status_code == 404
    client = sign_in(officer)
    client.post(end(made))
    assert shown(client) is None
    assert flashes(client.post(end(made), follow=True))[-1] == "error"


def test_an_administrator_has_no_calendar_to_share(sign_in, administrator):
    client = sign_in(administrator)
    assert "calendar" not in client.get(ACCOUNT).content.decode()
    assert client.post(MAKE).status_code == 403
