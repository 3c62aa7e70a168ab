"""Mine or everyone's: remembered by register and calendar, and in the register's address where it has filters."""

from django.urls import reverse

from recommendations.enums import Role
from recommendations.models import User
from tests.conftest import make_inspection, make_person, make_tracked
from tests.per_module import per_module

CHOOSE, REGISTER = "/whose/", "/register/"


@per_module
def two(westmarch, officer):
    inspection = make_inspection(westmarch)
    return [
        make_tracked(inspection, number=str(n), leads={"opcc_lead": lead}) for n, lead in ((1, officer.name), (2, ""))
    ]


def choose(client, whose, back=REGISTER) -> str:
    return client.post(CHOOSE, {"whose": whose, "back": back}).url


def shown(client, address=REGISTER) -> list[str]:
    return [row.reference for row in client.get(address).context["rows"]]


def test_what_is_chosen_is_remembered_by_register_and_calendar(two, client, sign_in, officer):
    sign_in(officer)
    assert shown(client) == ["WM-0001", "WM-0002"]
    assert choose(client, "mine") == REGISTER
    assert shown(client) == ["WM-0001"]
    assert client.get(reverse("calendar")).context["whose"].mine is True
    assert choose(client, "everyone") == REGISTER
    assert shown(client) == ["WM-0001", "WM-0002"]
    client.get("/register/?whose=mine&show=all")
    choose(client, "everyone", "/")
    links = {each["label"]: each["url"] for each in client.get("/").context["masthead"]["items"]}
    assert links["Register"] == "/register/?whose=everyone&show=all"


def test_an_address_with_filters_says_whose_it_is(two, client, sign_in, officer):
    sign_in(officer)
    assert choose(client, "mine", "/register/?show=all&whose=everyone") == "/register/?whose=mine&show=all"
    assert shown(client, "/register/?show=all") == ["WM-0001", "WM-0002"]
    assert shown(client, "/register/?whose=mine&show=all") == ["WM-0001"]
    context = client.get("/register/?show=all").context
    assert str(context["address"]) == "/register/?whose=everyone&show=all"
    assert context["no_filters"].pairs == (("whose", "everyone"),)


def test_it_leads_nowhere_else_and_is_the_offices_alone(two, client, sign_in, officer, force_lead):
    sign_in(officer)
    assert [choose(client, "mine", to) for to in ("//example.org/", "https://example.org/", "", "x")] == ["/"] * 4
    sign_in(force_lead)
    assert client.post(CHOOSE, {"whose": "mine", "back": "/"}).status_code == 403
    assert shown(client, "/register/?whose=mine") == ["WM-0001", "WM-0002"]
    assert client.get(reverse("calendar")).context["whose"] is None


def test_the_e_mail_is_switched_on_and_off_on_ones_own_page(client, sign_in, officer):
    sign_in(officer)
    for wanted, is_on in (("yes", True), ("no", False)):
        assert client.post(reverse("choose_mails"), {"wanted": wanted}).url == "/you/#notices"
        assert User.objects.get(pk=officer.pk).mails_notices is is_on
    member = make_person("Ravi Menon", Role.COMMITTEE_MEMBER)
    sign_in(member)
    assert client.get(reverse("account")).context["has_notices"] is False
