"""Planned inspections: planning one, its page, what was said since, its report, withdrawing; where they are listed."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.audit import verification
from recommendations.domain.inspections import plans
from recommendations.domain.inspections.plan_queries import latest_of
from recommendations.models import PlanAnnouncement, PlannedInspection
from recommendations.periods import london_day, say
from tests.conftest import AT, TODAY, make_inspection
from tests.makers.inspections import LETTER, change, link, make_plan
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.hooks import lacking, links, number_of

DAY = datetime.timedelta(days=1)
ADD = "/inspections/ahead/add/"


def today():
    return london_day(timezone.now())


@pytest.fixture
def client_of(sign_in, officer):
    return sign_in(officer)


@per_module
def plan(westmarch):
    return make_plan(westmarch, expected="May 2099")


def page(answer):
    return LexborHTMLParser(answer.content.decode())


def text_of(answer) -> str:
    return " ".join(page(answer).css_first("main").text(separator=" ").split())


def errors(answer) -> dict:
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


def filled(client, address: str, **typed) -> dict:
    form = page(client.get(address)).css_first("form[method=post]")
    return fields_among([each for each in form.css("[name]") if each.tag != "button"]) | typed


def at(name: str, *args) -> str:
    return reverse(name, args=args)


# Planning


def test_an_inspection_is_planned(client_of, westmarch, eastvale):
    typed = {
        "title": "PEEL 2025–27",
        "kind": "peel",
        "expected": "Autumn 2098",
        "source": LETTER,
        "said_on": "1/9/2026",
    }
    sent = filled(client_of, f"{ADD}?force=westmarch", **typed)
    assert sent["force"] == [str(westmarch.pk)]
    answer = client_of.post(ADD, sent)
    made = PlannedInspection.objects.get()
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    row = latest_of(made)
    assert (made.force, row.expected, str(row.from_on), str(row.until_on)) == (
        westmarch,
        "Autumn 2098",
        "2098-09-01",
        "2098-11-30",
    )
    said = text_of(client_of.get(made.get_absolute_url()))
    assert "Expected Autumn 2098 , 1 September 2098 to 30 November 2098" in said


def test_what_is_missing_is_said_beside_what_was_typed(client_of, westmarch):
    answer = client_of.post(ADD, {"kind": "peel", "expected": "May 2099", "force": westmarch.pk})
    assert [*errors(answer)] == ["title", "said_on", "source"]
    assert page(answer).css_first("#id_expected").attributes["value"] == "May 2099"
    typed = {"title": "x", "kind": "peel", "expected": "May 2020", "source": "x", "said_on": "1/9/2026"}
    answer = client_of.post(ADD, typed | {"force": westmarch.pk})
    assert [*errors(answer)] == ["expected"]
    assert lacking(answer, ".govuk-error-summary", "31 May 2020", "1 September 2026") == []


# The page of one


def test_the_page_says_all_that_was_said(client_of, plan):
    change(plan, expected="soon", source="A call", at=AT)
    wrong = latest_of(plan)
    plans.withdraw_announcement(announcement=wrong, reason="A rumour.", by=None, at=AT + DAY)
    said = text_of(client_of.get(plan.get_absolute_url()))
    words = (
        "Expected May 2099 , 1 May 2099 to 31 May 2099 · PEEL force assessment · Westmarch Police",
        f"Source: {LETTER}",
        "Expected soon withdrawn",
        "No day is named.",
        "Withdrawn on 8 November 2026 by the command line: A rumour.",
    )
    assert [each for each in words if each not in said] == []


def test_what_was_said_since_is_added(client_of, plan):
    address = at("change_plan", plan.pk)
    sent = filled(client_of, plan.get_absolute_url(), expected="June 2099", source="A call", reason="No inspectors.")
    assert sent["from_on"] == [""]  # the days are the words' own, so they follow them
    answer = client_of.post(address, sent)
    assert (answer.status_code, answer.url) == (302, plan.get_absolute_url())
    row = latest_of(plan)
    assert (row.expected, str(row.from_on), row.effective_on) == ("June 2099", "2099-06-01", today())
    no_source = client_of.post(address, filled(client_of, plan.get_absolute_url(), expected="July 2099"))
    assert (no_source.status_code, [*errors(no_source)]) == (422, ["source"])
    assert page(no_source).css_first("#id_expected").attributes["value"] == "July 2099"
    assert verification.verify() == []


def test_two_people_see_both_texts(client_of, plan):
    mine = filled(client_of, plan.get_absolute_url(), expected="June 2099", source="Mine")
    change(plan, expected="July 2099", source="Theirs")
    answer = client_of.post(at("change_plan", plan.pk), mine)
    assert answer.status_code == 422
    cells = [cell.text(strip=True) for cell in page(answer).css(".app-diff tbody tr > *")]
    assert cells == ["Expected", "July 2099", "June 2099"]
    assert latest_of(plan).expected == "July 2099"


def test_what_is_called_off_says_so_and_offers_no_form(client_of, plan):
    sent = filled(client_of, plan.get_absolute_url(), called_off="on", source="A letter")
    client_of.post(at("change_plan", plan.pk), sent)
    answer = client_of.get(plan.get_absolute_url())
    assert "Called off · PEEL" in text_of(answer)
    assert number_of(answer, "main form[method=post]") == 0
    assert f"{plan.get_absolute_url()}?form=link" not in links(answer, "main a")


def test_its_report_ends_it(client_of, plan, westmarch, eastvale):
    came = make_inspection(westmarch, title="PEEL at last", published_on=TODAY)
    make_inspection(eastvale, title="Not theirs", published_on=TODAY)
    address = f"{plan.get_absolute_url()}?form=link"
    options = [option.text() for option in page(client_of.get(address)).css("#id_inspection option")]
    assert options == ["Choose the report", "PEEL at last (7 November 2026)"]
    assert client_of.get(at("link_plan", plan.pk)).url == f"{address}#form"
    nothing = client_of.post(at("link_plan", plan.pk), filled(client_of, address))
    assert errors(nothing) == {"inspection": ["Choose the report."]}
    answer = client_of.post(at("link_plan", plan.pk), filled(client_of, address, inspection=came.pk))
    assert answer.status_code == 302
    said = client_of.get(plan.get_absolute_url())
    assert "was published · PEEL force assessment" in text_of(said)
    assert came.get_absolute_url() in [link.attributes["href"] for link in page(said).css("main a")]


def test_a_withdrawn_plan_says_so_and_is_in_no_list(client_of, plan):
    address = f"{plan.get_absolute_url()}?form=withdraw"
    answer = client_of.post(at("withdraw_plan", plan.pk), filled(client_of, address, reason="Of another force."))
    assert (answer.status_code, answer.url) == (302, plan.get_absolute_url())
    said = text_of(client_of.get(plan.get_absolute_url()))
    assert f"Withdrawn on {say(today())} by Hannah Whitlock: Of another force." in said
    assert number_of(client_of.get(plan.get_absolute_url()), "main form") == 0
    assert plan.title not in text_of(client_of.get(reverse("inspections")))


def test_an_entry_is_withdrawn_with_a_reason(client_of, plan):
    change(plan, expected="June 2099")
    row = latest_of(plan)
    address = at("withdraw_announcement", plan.pk, row.pk)
    assert "A call." in text_of(client_of.get(address))
    answer = client_of.post(address, filled(client_of, address, reason="A rumour."))
    assert (answer.status_code, latest_of(plan).expected) == (302, "May 2099")
    assert number_of(client_of.get(address), "main textarea") == 0
    only = at("withdraw_announcement", plan.pk, latest_of(plan).pk)
    refused = client_of.post(only, filled(client_of, only, reason="Wrong."))
    assert [*errors(refused)] == ["__all__"]


def test_an_inspection_lead_reads_their_own_and_changes_nothing(sign_in, plan, force_lead, eastvale):
    theirs = make_plan(eastvale)
    client = sign_in(force_lead)
    answer = client.get(plan.get_absolute_url())
    assert (answer.status_code, page(answer).css("main form")) == (200, [])
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert client.get(f"{plan.get_absolute_url()}?form=withdraw").status_code == 403


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_page_asks_the_same_for_one_entry_as_for_three(client_of, plan, number, django_assert_num_queries):
    for place in range(number - 1):
        change(plan, expected=f"June 209{place}")
    with django_assert_num_queries(9):
        client_of.get(plan.get_absolute_url())


# Where they are listed


def test_the_next_ones_stand_above_the_inspections(client_of, westmarch, eastvale):
    for place in range(6):
        make_plan(westmarch, title=f"Plan {place}", expected=f"1/{place + 1}/2098")
    make_plan(eastvale, title="Theirs", expected="5 January 2098")
    answer = client_of.get(reverse("inspections"))
    rows = [row.css_first("a").text() for row in page(answer).css(".app-plans tbody tr")]
    assert rows == ["Plan 0", "Theirs", "Plan 1", "Plan 2", "Plan 3"]
    leads = {link.attributes["href"]: link.text() for link in page(answer).css(".app-ahead .app-head__end a")}
    assert list(leads) == ["/forces/eastvale/", "/forces/westmarch/", ADD]
    assert [words.split()[:2] for words in list(leads.values())[:2]] == [["Eastvale:", "1"], ["Westmarch:", "6"]]
    own = client_of.get(reverse("inspections"), {"force": "eastvale"})
    assert [row.css_first("a").text() for row in page(own).css(".app-plans tbody tr")] == ["Theirs"]


def test_one_that_is_past_and_one_without_a_day_say_so(client_of, westmarch):
    make_plan(westmarch, title="Past", expected="May 2020", said_on=datetime.date(2020, 1, 1))
    make_plan(westmarch, title="Vague", expected="to be confirmed")
    rows = [
        row.text(separator=" ", strip=True)
        for row in page(client_of.get(reverse("inspections"))).css(".app-plans tbody tr")
    ]
    assert ["has passed" in rows[0], "No day named" in rows[1]] == [True, True]


@pytest.mark.parametrize("who", ["officer", "force_lead"])
def test_the_first_page_says_what_is_expected_soon(request, sign_in, westmarch, eastvale, who):
    soon, past, far = today() + 5 * DAY, today() - 3 * DAY, today() + 60 * DAY
    facts = {"said_on": today() - 90 * DAY, "at": timezone.now()}
    make_plan(westmarch, title="Soon", expected=say(soon), **facts)
    make_plan(westmarch, title="Begun", expected="these weeks", from_on=past, until_on=soon, **facts)
    make_plan(westmarch, title="Far", expected=say(far), **facts)
    make_plan(westmarch, title="Vague", expected="to be confirmed", **facts)
    over = make_plan(westmarch, title="Came", expected=say(soon), **facts)
    link(over, make_inspection(westmarch, published_on=today(), at=timezone.now()), at=timezone.now())
    client = sign_in(request.getfixturevalue(who))
    items = [item for item in client.get("/").context["page"].ahead if "expected" in item.what]
    assert [(item.day, item.what, item.detail) for item in items] == [
        (today(), "Inspection expected: Begun, Westmarch", "these weeks"),
        (soon, "Inspection expected: Soon, Westmarch", ""),
    ]
    assert PlanAnnouncement.objects.count() == 6


def test_the_history_says_what_was_said_and_why(client_of, plan, officer):
    change(plan, expected="June 2099", by=officer, reason="No inspectors.")
    lines = client_of.get(reverse("history", args=["plan", plan.pk])).context["lines"]
    assert [line.reason for line in lines] == ["No inspectors.", ""]
    changes = {change.field: change.after for row in lines[0].rows for change in row.changes}
    assert (changes["Expected"], "A call." in changes.values()) == ("June 2099", True)
    assert [row.title for row in lines[0].rows] == ["Announcement of 7 November 2026"]
