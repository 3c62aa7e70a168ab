"""What is above the rows of the register: tabs, filters, chips and the search of the masthead, all of them links."""

import pytest

from recommendations.domain.register import closures, voices
from tests.conftest import make_tracked
from tests.per_module import per_module
from tests.views.hooks import number_of
from tests.views.register.page import REGISTER, address, now, recent_inspection, shown, three_overdue


@per_module
def three(westmarch):
    return three_overdue(recent_inspection(westmarch))


def test_the_tabs_are_links_that_keep_the_filter(sign_in, officer, westmarch, three, at):
    closures.request_closure(tracked=three[0], outcome="implemented", reason="Done.", by=officer, at=now())
    page = sign_in(officer).get(address(rag=["red", "blue"], stage="awaiting_allocation", sort="lead"))
    tabs = {tab.label: tab for tab in page.context["tabs"]}
    assert {label: tab.number for label, tab in tabs.items()} == {
        "All open": "3",
        "Mine": "0",
        "Overdue": "3",
        "No date": "0",
        "Closure asked": "1",
        "Closed": "0",
    }
    kept = "stage=awaiting_allocation&sort=lead"
    assert tabs["All open"].url == f"/register/?rag=red&{kept}"
    assert tabs["Mine"].url == f"/register/?rag=red&{kept}&whose=mine"
    assert tabs["Closure asked"].url == f"/register/?rag=red&{kept}&show=pending"
    assert tabs["Closed"].url == f"/register/?rag=blue&{kept}&show=closed"
    assert shown(page.client.get(tabs["Closure asked"].url)) == ["WM-0001"]


@pytest.mark.on_postgresql
def test_every_link_of_the_page_gives_the_rows_it_counts(sign_in, officer, three):
    leads = {"opcc_lead": officer.name}
    make_tracked(three[0].recommendation.inspection, number="9", leads=leads, at=now())
    client = sign_in(officer)
    page = client.get(address(stage="awaiting_allocation"))
    assert [tab.number for tab in page.context["tabs"]] == ["4", "1", "3", "1", "0", "0"]
    links = [(link.url, link.number) for _, links in page.context["filters"] for link in links]
    for url, number in [*((tab.url, tab.number) for tab in page.context["tabs"]), *links]:
        assert client.get(url).context["page"].paginator.count == int(number)
    for tab in page.context["tabs"]:
        assert [each.label for each in client.get(tab.url).context["tabs"] if each.current] == [tab.label]


def test_a_filter_shows_as_chosen_and_comes_off_as_a_chip(sign_in, officer, three):
    page = sign_in(officer).get(address(rag="red", opcc_lead="-", whose="mine", show="overdue"))
    kept = "rag=red&opcc_lead=-"
    assert page.context["chips"] == [
        ("Mine", f"/register/?{kept}&show=overdue"),
        ("OPCC lead: No lead", "/register/?whose=mine&rag=red&show=overdue"),
        ("Only overdue", f"/register/?whose=mine&{kept}"),
    ]
    ((label, links),) = page.context["filters"]
    assert (label, [(link.label, link.url, link.chosen) for link in links]) == (
        "RAG",
        [("Red", "/register/?whose=mine&opcc_lead=-&show=overdue", True)],
    )
    chosen = {
        each.name: [option.value for option in each.chosen]
        for _, group in page.context["more_filters"]
        for each in group
    }
    assert (chosen["opcc_lead"], chosen["flag"]) == (["-"], [])


def test_filters_and_columns_that_no_recommendation_uses_are_not_offered(sign_in, officer, three):
    client = sign_in(officer)
    page = client.get(REGISTER)
    offered = [each.name for _, group in page.context["more_filters"] for each in group]
    assert (offered, page.context["filters"]) == (["flag"], [])
    plain = ["Reference", "Recommendation", "Due", "RAG", "Force position", "Last update"]
    assert [column.label for column in page.context["columns"]] == plain
    voices.record_assurance(tracked=three[0], view="assured", rationale="Seen.", by=officer, at=now())
    voices.log_force_update(tracked=three[0], done="Begun.", stage="in_progress", by=officer, at=now())
    other = three[0].recommendation.inspection
    make_tracked(other, number="9", kind="area_for_improvement", leads={"chief_officer_lead": "ACC Rowe"}, at=now())
    page = client.get(REGISTER)
    offered = [each.name for _, group in page.context["more_filters"] for each in group]
    assert offered == ["lead", "kind", "stage", "flag"]
    assert [column.label for column in page.context["columns"]][2:] == ["Lead", *plain[2:5], "OPCC assurance", plain[5]]
    assert [label for label, _ in page.context["filters"]] == ["RAG"]


def test_what_is_chosen_can_be_taken_back_where_nothing_has_it_any_more(sign_in, officer, three):
    page = sign_in(officer).get(address(kind="area_for_improvement"))
    assert page.context["chips"] == [("Kind: Area for improvement", REGISTER)]
    assert "kind" in [each.name for _, group in page.context["more_filters"] for each in group]


def test_the_box_of_the_masthead_searches_within_the_list(sign_in, officer, three):
    client = sign_in(officer)
    page = client.get(address(rag="red", sort="-reference"))
    within = page.context["search_scope"]["within"]
    answer = client.get(address(within=within, q="Text 2"))
    assert (answer.status_code, answer.url) == (302, address(q="Text 2", rag="red", sort="-reference"))
    page = client.get(answer.url)
    assert (shown(page), page.context["chips"]) == (
        ["WM-0002"],
        [("Search: Text 2", address(rag="red", sort="-reference"))],
    )
    assert client.get(address(within="rag=red", q="")).url == address(rag="red")
    assert client.get(address(within=f"rag=red&q={'x' * 5000}", q="Text")).url == address(q="Text")


def test_an_empty_register_has_no_tabs_and_no_filters(sign_in, officer, westmarch):
    page = sign_in(officer).get(REGISTER)
    assert [number_of(page, each) for each in (".app-views", ".app-refine", "#many")] == [0, 0, 0]
