"""The page of what was found: its states, its links, and what it costs."""

import pytest
from django.urls import reverse

from recommendations.domain.register import voices
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.sources import follow, from_iopc
from tests.per_module import per_module
from tests.views.hooks import links, parsed


def read(client, asked: str):
    return client.get(f"{reverse('search')}?{asked}")


@per_module
def several(westmarch, eastvale, officer):
    made = []
    for force in (westmarch, eastvale):
        inspection = make_inspection(force, title=f"Custody in {force.short_name}")
        made += [make_tracked(inspection, number=str(each), text=f"Test bell {each} daily.") for each in range(1, 8)]
    for record in made:
        voices.log_force_update(tracked=record, done="Every bell was tried.", by=officer, at=AT)
    return made


def test_what_was_found_stands_by_kind_and_leads_to_its_place(several, sign_in, officer):
    page = parsed(read(sign_in(officer), "q=bells"))
    assert sorted(each.text() for each in page.css(".app-found h2")) == ["Force updates", "Recommendations"]
    assert [each.text().split()[0] for each in page.css(".app-seek__kinds b")] == ["28", "14", "14"]
    assert {each.text() for each in page.css(".app-found mark")} == {"bell"}
    led = {each.attributes["href"] for each in page.css(".app-found__what")}
    assert led == {each.get_absolute_url() + place for each in several[-3:] for place in ("", "#happened")}


def test_one_kind_is_paged(several, sign_in, officer, monkeypatch):
    monkeypatch.setattr("recommendations.views.search.page.PAGE_SIZE", 5)
    client = sign_in(officer)
    pages = [read(client, f"q=bell&kind=update&order=newest&page={each}") for each in (1, 3, 99)]
    assert [len(parsed(page).css(".app-found li")) for page in pages] == [5, 4, 4]
    assert "q=bell&kind=update&order=newest&page=2" in " ".join(links(pages[0], ".app-pages a"))


def test_a_reference_opens_the_recommendation_and_filters_keep_the_page(several, sign_in, officer):
    client = sign_in(officer)
    assert read(client, "q=wm3").url == several[2].get_absolute_url()
    asked = ("when=3", "as_at=7+Nov+2026", "kind=update")
    assert [read(client, f"q=wm3&{each}").status_code for each in asked] == [200, 200, 200]


def test_a_misspelt_word_is_corrected_and_can_be_searched_for_as_typed(several, sign_in, officer):
    client = sign_in(officer)
    page = parsed(read(client, "q=bellz"))
    assert page.css_first(".app-seek__read strong").text().endswith(" bell.")
    (as_typed,) = (each.attributes["href"] for each in page.css(".app-seek__read a"))
    assert parsed(client.get(as_typed)).css(".app-found, .app-seek__read") == []


def test_where_nothing_is_found_it_says_what_would_be(several, sign_in, officer):
    page = read(sign_in(officer), "q=bell+zeppelin&force=westmarch&who=opcc")
    told = [each.text() for each in parsed(page).css(".app-seek__near a")]
    assert told == []
    page = read(sign_in(officer), "q=bell+tried&force=westmarch&who=hmi")
    told = [each.text() for each in parsed(page).css(".app-seek__near a")]
    assert [each.split()[0] for each in told] == ["14", "7"]


def test_a_day_that_is_none_is_told_and_nothing_typed_is_lost(several, sign_in, officer):
    page = parsed(read(sign_in(officer), "q=bell&from=soonish&to=1+Jan+2020&as_at=never"))
    assert page.css_first("#as-at").attributes["value"] == "never"
    assert "“never”" in page.css_first("#as-at-error").text()
    page = parsed(read(sign_in(officer), "q=bell&from=soonish"))
    assert page.css_first("#filter-from").attributes["value"] == "soonish"
    assert "“soonish”" in page.css_first("#filter-from-error").text()


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize(("who", "is_there"), [("officer", True), ("member", True), ("administrator", False)])
def test_the_box_stands_on_each_page_of_whoever_finds_something(request, sign_in, who, is_there):
    page = parsed(sign_in(request.getfixturevalue(who)).get(reverse("account")))
    assert bool(page.css(".app-masthead .app-find")) == is_there


def test_it_costs_the_same_whatever_is_found(several, sign_in, officer, django_assert_num_queries):
    client = sign_in(officer)
    read(client, "q=bell")
    for asked, number in (("q=bell", 10), ("q=wm3+tried", 10), ("q=bell&kind=update", 11)):
        with django_assert_num_queries(number):
            read(client, asked)


def test_where_too_much_is_found_it_says_so_and_of_what_the_numbers_are(several, sign_in, officer, monkeypatch):
    monkeypatch.setattr("recommendations.domain.search.hits.MOST", 5)
    client = sign_in(officer)
    answer = read(client, "q=bell")
    assert summed(answer) == (True, "5", "")
    assert parsed(answer).css_first(".app-seek__kinds b").text() == "5+"
    kinds = {f"{reverse('search')}?q=bell&kind={kind}" for kind in ("update", "note")}
    assert kinds <= set(links(answer, ".app-seek__kinds a"))
    answer = read(client, "q=bell&kind=update&force=westmarch&order=newest")
    assert summed(answer) == (True, "5", "")
    assert [len(parsed(answer).css(css)) for css in (".app-found li", ".app-seek__kinds b")] == [5, 0]
    assert summed(read(client, "q=bell+3&force=westmarch")) == (False, "1", "in 1 recommendation")


def summed(answer) -> tuple[bool, str, str]:
    """Whether more was found than is shown, how much is, and in what."""
    return answer.context["is_cut"], answer.context["number"], answer.context["places"]


def test_what_other_sources_made_is_filtered_and_named_by_its_source(westmarch, sign_in, officer):
    """An office with recommendations of HMICFRS alone has no such filter, and no other words."""
    first = make_tracked(make_inspection(westmarch), text="Test every bell daily.")
    voices.record_inspectorate_status(tracked=first, status="complete", effective_on=TODAY, by=officer, at=AT)
    client = sign_in(officer)
    assert read_words(client, "q=bell") == ([], False)
    follow("iopc")
    second = make_tracked(from_iopc(westmarch), text="Test the bell of each cell.")
    voices.record_inspectorate_status(tracked=second, status="complete", effective_on=TODAY, by=officer, at=AT)
    assert read_words(client, "q=bell") == (["hmicfrs", "iopc"], True)
    found = [links(read(client, f"q=bell&source={each}"), ".app-found__what") for each in ("hmicfrs", "iopc")]
    assert [{each.split("#")[0] for each in of_one} for of_one in found] == [
        {first.get_absolute_url()},
        {second.get_absolute_url()},
    ]
    assert len(links(read(client, "q=bell&source=nobody"), ".app-found__what")) == 2


def read_words(client, asked: str) -> tuple[list[str], bool]:
    """The sources that can be filtered by, and whether what is said is called a source's."""
    page = parsed(read(client, asked))
    boxes = [each.attributes["value"] for each in page.css("input[name=source]")]
    return boxes, page.css_first("label[for=filter-who-hmi]").text(strip=True).endswith("Source")
