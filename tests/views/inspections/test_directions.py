"""A direction with force of law on the pages: what it enforces comes first, by the day that it states."""

import datetime

import pytest
from django.urls import reverse

from recommendations.domain.force_pages.compile_lines import open_lines
from recommendations.domain.register.enforcements import enforcement_of
from recommendations.models import Enforcement
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.legacy_reviews import DIRECTED_BY, direct, make_direction
from tests.makers.sources import follow
from tests.per_module import per_module

CANARY = "zqdirected"


@pytest.fixture
def office(sign_in, officer, body):
    return sign_in(officer)


@per_module
def rows(westmarch):
    """Two recommendations of Westmarch; the first is long overdue."""
    report = make_inspection(westmarch)
    return [
        make_tracked(report, number="1", due_on=datetime.date(2026, 2, 1)),
        make_tracked(report, number="2", due_on=datetime.date(2030, 1, 1), leads={"opcc_lead": "Hannah Whitlock"}),
    ]


@per_module
def direction(westmarch):
    return make_direction(westmarch)


def page(direction, name="inspection"):
    return reverse(name, args=[direction.pk])


def test_a_direction_is_not_offered_before_its_rule_is_in_use(office, westmarch):
    follow("direction", at=AT)
    answer = office.get(reverse("add_source", args=["direction"]))
    assert answer.status_code == 404


def test_an_office_ties_a_recommendation_to_a_direction_and_ends_it(office, direction, rows):
    assert office.get(page(direction)).context["enforced"] == []
    sent = {"tracked": "wm-0002", "due_on": "31/12/2026", "words": "Carry it out."}
    assert office.post(page(direction, "enforce"), {}).status_code == 422
    assert office.post(page(direction, "enforce"), sent | {"tracked": "WM-9999"}).status_code == 422
    assert office.post(page(direction, "enforce"), sent).url == direction.get_absolute_url()
    (row,) = office.get(page(direction)).context["enforced"]
    assert (row.tracked, row.due_on, row.words) == (rows[1], DIRECTED_BY, "Carry it out.")
    end = reverse("end_enforcement", args=[row.pk])
    assert office.post(end, {}).status_code == 422
    office.post(end, {"reason": "The minister lifted it."})
    assert enforcement_of(rows[1]) is None


def test_another_report_enforces_nothing(office, rows):
    report = rows[0].recommendation.inspection
    assert "enforced" not in office.get(page(report)).context
    assert office.get(page(report, "enforce")).status_code == 404


def test_it_comes_first_on_record_register_and_first_page(office, direction, rows, officer):
    before = [each.reference for each in office.get(reverse("register")).context["rows"]]
    direct(direction, rows[1], words=CANARY)
    after = office.get(reverse("register")).context["rows"]
    assert before == ["WM-0001", "WM-0002"]
    assert [(each.reference, each.due_from) for each in after] == [("WM-0002", "direction"), ("WM-0001", "HMICFRS")]
    chosen = office.get(f"{reverse('register')}?directed=yes").context["rows"]
    assert [each.reference for each in chosen] == ["WM-0002"]
    record = office.get(reverse("tracked", args=[rows[1].pk]))
    assert record.context["dates"][0].label == "Direction"
    main = record.content.decode().partition("<main")[2]
    assert main.index(CANARY) < main.index("app-verbatim")
    todo = [each for items in office.get(reverse("home")).context["page"].lists for each in items.items]
    assert (todo[0].what, todo[0].day) == ("See to 1 recommendation that a direction enforces", DIRECTED_BY)


def test_an_office_without_directions_is_shown_nothing_of_them(office, rows):
    texts = [office.get(to).content.decode() for to in (reverse("register"), reverse("tracked", args=[rows[0].pk]))]
    assert not [text for text in texts if "irection" in text.partition("<main")[2]]


def test_it_comes_first_on_the_public_page_with_its_name(direction, rows, westmarch):
    direct(direction, rows[1], words=CANARY)
    lines = open_lines(westmarch, [rows[0].pk], TODAY).lines
    assert [(each.reference, each.direction, each.due_on) for each in lines] == [
        ("WM-0002", "Direction on custody", DIRECTED_BY),
        ("WM-0001", "", datetime.date(2026, 2, 1)),
    ]
    assert CANARY not in repr(lines)


def test_only_the_office_ties_and_the_force_reads_its_own(sign_in, direction, rows, force_lead, other_force_lead, body):
    row = direct(direction, rows[1], words=CANARY)
    client = sign_in(force_lead)
    assert CANARY in client.get(reverse("tracked", args=[rows[1].pk])).content.decode()
    assert CANARY in client.get(page(direction)).content.decode()
    writes = (page(direction, "enforce"), reverse("end_enforcement", args=[row.pk]))
    assert {client.post(to, {}).status_code for to in writes} == {403}
    assert sign_in(other_force_lead).get(page(direction)).status_code == 404
    assert Enforcement.objects.count() == 1
