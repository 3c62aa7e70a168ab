"""The administrators' page of people's access: search, counts, and what it asks of the database."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.people import access, records
from recommendations.domain.people.access_filters import PeopleFilter
from recommendations.enums import Role
from recommendations.models import User
from tests.conftest import AT, make_person
from tests.security import door
from tests.security.door import give_factor

PAGE = reverse("people_access")


@pytest.fixture
def admin(sign_in, administrator):
    return sign_in(administrator)


@pytest.fixture
def people(officer, approver, administrator, member):
    """An officer who is signed in, an approving officer with a second factor, and a member whose account is closed."""
    door.sign_in(officer.email, client=Client())
    give_factor(approver)
    member.is_active = False
    records.keep(record=member, by=None, at=AT, reason="Left.")
    records.add_person(email="grant@example.org", name="Éloïse Grant", role=Role.OPCC_OFFICER, by=None, at=AT)


def names(answer) -> list[str]:
    return [row.person.name for row in answer.context["rows"]]


def led_to(admin, answer, of: str) -> list[int]:
    """How many people each count leads to, in the order of the counts."""
    return [len(names(admin.get(PAGE + url))) for _, _, url, _ in answer.context[of]]


@pytest.mark.suite(1, 3, 4)
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("whitlock", ["Hannah Whitlock"]),
        ("HANNAH.whitlock@", ["Hannah Whitlock"]),
        ("éloïse", ["Éloïse Grant"]),
        ("ÉLOÏSE grant", ["Éloïse Grant"]),
        ("%", []),
        ("nobody", []),
    ],
)
def test_people_are_found_by_name_or_address(admin, people, asked, found):
    assert names(admin.get(PAGE, {"q": asked})) == found


def test_it_counts_by_state_and_role_and_each_count_leads_to_those(admin, people):
    everybody, answer = access.people_access(at=timezone.now()), admin.get(PAGE)
    states, roles = PeopleFilter().states(everybody), PeopleFilter().roles(everybody)
    assert states == {"open": 4, "no-factor": 2, "no-password": 1, "never": 2, "here": 2, "locked": 0, "closed": 1}
    assert list(roles.values()) == [2, 1, 0, 1, 1]
    for of, found in (("states", states), ("roles", roles)):
        shown = [number for number in found.values() if number]
        assert [number for number, *_ in answer.context[of]] == shown == led_to(admin, answer, of)


def test_what_is_asked_for_together_is_counted_together(admin, people):
    answer = admin.get(PAGE, {"role": "opcc_officer", "show": "never", "q": "grant"})
    assert names(answer) == ["Éloïse Grant"]
    assert [url for *_, url, is_asked in answer.context["roles"] if is_asked] == ["?q=grant&show=never"]
    assert [number for number, *_ in answer.context["states"]] == [1, 1, 1, 1]


def test_a_line_of_the_first_page_leads_to_exactly_those_people(admin, people, officer, approver):
    assert names(admin.get(PAGE, {"id": f"{officer.pk},{approver.pk},x"})) == [officer.name, approver.name]
    assert names(admin.get(PAGE, {"show": "no-password"})) == ["Éloïse Grant"]


@pytest.mark.suite(2, 4)
@pytest.mark.parametrize(
    "odd", [{"show": "x"}, {"role": "x"}, {"q": "\x00"}, {"q": "x" * 201}, {"password__regex": "^p"}, {"pk": "1"}]
)
def test_what_the_form_does_not_offer_is_left_out(admin, people, odd):
    assert names(admin.get(PAGE, odd)) == names(admin.get(PAGE))


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_it_asks_the_same_for_one_person_as_for_three(admin, administrator, number, django_assert_num_queries):
    for place in range(number):
        person = make_person(f"Person {place}", Role.COMMITTEE_MEMBER)
        give_factor(person)
        door.sign_in(person.email, client=Client())
    admin.get(PAGE)
    assert User.objects.count() == number + 1
    with django_assert_num_queries(14):
        admin.get(PAGE)
