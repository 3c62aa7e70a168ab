"""Mine or everyone's: said in the address of each list, so that none changes what another opens with."""

from django.urls import reverse

from recommendations.enums import Role
from recommendations.models import User
from tests.conftest import make_inspection, make_person, make_tracked
from tests.per_module import per_module

REGISTER, CALENDAR = "/register/", "/calendar/"


@per_module
def two(westmarch, officer):
    inspection = make_inspection(westmarch)
    return [
        make_tracked(inspection, number=str(n), leads={"opcc_lead": lead}) for n, lead in ((1, officer.name), (2, ""))
    ]


def shown(client, address=REGISTER) -> list[str]:
    return [row.reference for row in client.get(address).context["rows"]]


def test_mine_on_the_calendar_changes_neither_the_register_nor_the_next_look(two, client, sign_in, officer):
    sign_in(officer)
    assert client.get(CALENDAR, {"whose": "mine"}).context["asked"].mine
    assert shown(client) == ["WM-0001", "WM-0002"]
    assert not client.get(CALENDAR).context["asked"].mine


def test_the_calendar_keeps_its_filters_and_whose_it_shows(two, client, sign_in, officer):
    sign_in(officer)
    page = client.get(CALENDAR, {"whose": "mine", "span": "year", "force": "westmarch"})
    assert page.context["query"] == "span=year&force=westmarch&whose=mine&"
    assert page.text.count('name="whose" value="mine"') == 2  # the switch, and what the filters keep


def test_the_register_shows_ones_own_where_its_address_says_so(two, client, sign_in, officer):
    sign_in(officer)
    assert shown(client, "/register/?whose=mine&show=all") == ["WM-0001"]
    assert shown(client, "/register/?show=all") == ["WM-0001", "WM-0002"]
    assert client.get("/register/?whose=mine").context["no_filters"].pairs == (("whose", "mine"),)


def test_it_is_the_offices_alone(two, client, sign_in, force_lead):
    sign_in(force_lead)
    assert shown(client, "/register/?whose=mine") == ["WM-0001", "WM-0002"]
    page = client.get(CALENDAR, {"whose": "mine"})
    assert (page.context["chooses_whose"], page.context["asked"].mine) == (False, False)


def test_the_e_mail_is_switched_on_and_off_on_ones_own_page(client, sign_in, officer):
    sign_in(officer)
    for wanted, is_on in (("yes", True), ("no", False)):
        assert client.post(reverse("choose_mails"), {"wanted": wanted}).url == "/you/#notices"
        assert User.objects.get(pk=officer.pk).mails_notices is is_on
    member = make_person("Ravi Menon", Role.COMMITTEE_MEMBER)
    sign_in(member)
    assert client.get(reverse("account")).context["has_notices"] is False
