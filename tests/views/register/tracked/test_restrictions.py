"""Restricting a recommendation on its page, and lifting that: what the office sees of it, and what the force does."""

import pytest
from django.utils import timezone
from django.utils.timezone import localdate
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.register.restrictions import restrict
from recommendations.models import Restriction
from tests.conftest import make_tracked
from tests.per_module import per_module
from tests.views.hooks import flashes, lacking, number_of
from tests.views.register.tracked.said import text_of

WHY = "An operation runs until spring."
NOTICE = ".app-record__notice"


@per_module
def restricted(officer, tracked):
    return restrict(tracked=tracked, reason=WHY, by=officer, at=timezone.now())


def test_an_officer_restricts_it_and_the_page_says_so(sign_in, officer, tracked, page, address, entries):
    client = sign_in(officer)
    assert "Restrict" in text_of(client.get(page))
    answer = client.post(address("restrict"), {"reason": WHY}, follow=True)
    assert (flashes(answer), lacking(answer, ".app-flash", str(tracked))) == (["success"], [])
    row = Restriction.objects.get()
    assert (row.tracked, row.restricted, row.reason, row.effective_on, row.recorded_by) == (
        tracked,
        True,
        WHY,
        localdate(),
        officer,
    )
    shown = client.get(page)
    assert lacking(shown, NOTICE, "Hannah Whitlock, OPCC officer", WHY) == []
    assert entries() == ["restrict"]


def test_it_is_lifted_with_a_reason(sign_in, officer, tracked, page, address, restricted, entries):
    client = sign_in(officer)
    answer = client.post(address("lift_restriction"), {"reason": ""})
    assert answer.context["form"].errors.keys() == {"reason"}
    answer = client.post(address("lift_restriction"), {"reason": "It is over."}, follow=True)
    assert (flashes(answer), lacking(answer, ".app-flash", str(tracked))) == (["success"], [])
    assert number_of(client.get(page), NOTICE) == 0
    assert entries()[-1] == "lift_restriction"


def test_only_what_can_be_done_is_offered(sign_in, officer, page, address, restricted):
    client = sign_in(officer)
    body = client.get(page).content.decode()
    assert ("?form=lift" in body, "?form=restrict" in body) == (True, False)
    assert address("restrict") not in client.get(page, {"form": "restrict"}).content.decode()


def test_a_mistake_stands_beside_what_was_typed(sign_in, officer, address):
    answer = sign_in(officer).post(address("restrict"), {"reason": WHY, "effective_on": "1/1/2099"})
    assert answer.context["form"].errors.keys() == {"effective_on"}
    assert lacking(answer, ".govuk-error-message", "1 January 2099") == []
    assert WHY in answer.content.decode()
    assert not Restriction.objects.exists()


def test_its_force_sees_the_recommendation_and_neither_that_nor_why(sign_in, force_lead, page, tracked, restricted):
    client = sign_in(force_lead)
    for url in (page, f"/history/tracked/{tracked.pk}/"):
        words = text_of(client.get(url))
        assert tracked.reference in words
        assert [said for said in (WHY, "estricted") if said in words] == []
    assert client.get(page, {"form": "restrict"}).status_code == 403


def test_its_history_says_it_to_the_office(sign_in, officer, tracked, restricted):
    lines = sign_in(officer).get(f"/history/tracked/{tracked.pk}/").context["lines"]
    assert lines[0].reason == WHY


def test_the_papers_lead_the_office_to_what_is_restricted(sign_in, officer, tracked, inspection, restricted):
    other = make_tracked(inspection, number="2")
    client = sign_in(officer)
    link = LexborHTMLParser(client.get("/papers/").content.decode()).css_first('a[href*="restricted=yes"]')
    found = client.get(link.attributes["href"])
    assert "Restricted" in dict(found.context["chips"])
    assert (str(tracked) in text_of(found), str(other) in text_of(found)) == (True, False)


@pytest.mark.parametrize("who", ["force_lead", "member"])
def test_nobody_else_is_led_there(request, sign_in, who, restricted):
    assert "restricted=yes" not in sign_in(request.getfixturevalue(who)).get("/papers/").content.decode()
