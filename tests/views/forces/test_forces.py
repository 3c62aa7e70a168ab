"""The page of a force: its stage, its grades by cycle, what is ahead; recording grades and stages; another day."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.audit import verification
from recommendations.models import MonitoringStage, PeelGrade, TrailEntry
from recommendations.periods import london_day, say
from tests.conftest import AT, make_inspection
from tests.makers.inspections import GIVEN, grade, make_cycle, make_plan, stage
from tests.verb_cases.handing_over import mark as mark_handed_over
from tests.views.form_of import fields_among
from tests.views.hooks import lacking

DAY = datetime.timedelta(days=1)


@pytest.fixture
def client_of(sign_in, officer):
    return sign_in(officer)


def at(name: str, *args) -> str:
    return reverse(name, args=args or ["westmarch"])


def page(answer):
    return LexborHTMLParser(answer.content.decode())


def text_of(answer) -> str:
    return " ".join(page(answer).css_first("main").text(separator=" ").split())


def errors(answer) -> dict:
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


def filled(client, address: str, **typed) -> dict:
    form = page(client.get(address)).css_first("form[method=post]")
    own = fields_among([each for each in form.css("[name]") if each.tag != "button"])
    return own | typed


# The page


def test_the_page_says_to_whom_the_register_went_and_takes_nothing_more(client_of, westmarch):
    writes = f"a[href='{at('record_grades')}']"
    before = page(client_of.get(at("force")))
    assert (before.css(".app-record__notice"), len(before.css(writes)) > 0) == ([], True)
    mark_handed_over(westmarch)
    answer = client_of.get(at("force"))
    assert lacking(answer, ".app-record__notice", "Another office", "1 October 2026") == []
    assert page(answer).css(writes) == []
    assert len(page(answer).css(f"a[href='{at('force_page')}']")) == 1


def test_an_empty_page_says_what_to_do(client_of, westmarch):
    said = text_of(client_of.get(at("force")))
    words = (
        "Inspections ahead 0 None is planned.",
        "No grade is recorded yet After an assessment, record each area with its grade, the day and where it was read.",
        "None is recorded. Record a stage",
        "Reports None is on record.",
    )
    assert [each for each in words if each not in said] == []


def test_it_says_the_stage_the_grades_and_what_is_ahead(client_of, westmarch):
    report = make_inspection(westmarch, title="PEEL 2026")
    old = make_cycle("PEEL 2018/19", since=datetime.date(2018, 4, 1), has_adequate=False)
    grade(westmarch, old, crime="inadequate", effective_on=datetime.date(2019, 5, 1))
    grade(westmarch, make_cycle(), crime="good", inspection=report)
    stage(westmarch, "scan", effective_on=GIVEN - DAY)
    stage(westmarch, "engage")
    plan = make_plan(westmarch, expected="May 2099")
    answer = client_of.get(at("force"))
    said = text_of(answer)
    words = (
        "Engage since 3 May 2026",
        "Earlier Scan 2 May 2026 to 3 May 2026",
        "HMICFRS says that grades of different cycles can’t be compared. Each cycle is shown separately.",
        "PEEL 2025–27, since 1 April 2025",
        "PEEL 2018/19: 1 grade",
        "Outstanding, good, requires improvement and inadequate are its grades.",
        "May 2099 1 May 2099 to 31 May 2099",
    )
    assert [each for each in words if each not in said] == []
    tables = [table.css_first("caption").text() for table in page(answer).css("table")]
    assert len(tables) == 3
    assert [cell.text() for cell in page(answer).css(".app-grades td strong")] == ["Good", "Inadequate"]
    links = {link.attributes["href"] for link in page(answer).css("main a")}
    assert {plan.get_absolute_url(), report.get_absolute_url()} <= links


def test_an_inspection_lead_reads_their_own_force_and_changes_nothing(sign_in, westmarch, eastvale, force_lead):
    row = grade(westmarch, make_cycle(), crime="good")[0]
    client = sign_in(force_lead)
    answer = client.get(at("force"))
    assert (answer.status_code, client.get(at("force", "eastvale")).status_code) == (200, 404)
    links = [link.attributes["href"] for link in page(answer).css("main a")]
    assert [each for each in links if "/add/" in each or "withdraw" in each] == []
    assert reverse("history", args=["grade", row.pk]) in links
    assert client.get(at("record_grades")).status_code == 403


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_it_asks_the_same_for_one_row_as_for_three(client_of, westmarch, number, django_assert_num_queries):
    cycle = make_cycle()
    for place in range(number):
        make_plan(westmarch, title=f"Plan {place}", expected="May 2099")
        grade(westmarch, cycle, inspection=make_inspection(westmarch, title=f"R {place}"), **{f"area {place}": "good"})
        stage(westmarch, ("scan", "engage")[place % 2], effective_on=GIVEN + place * DAY)
    with django_assert_num_queries(13):
        client_of.get(at("force"))


# As at another day


def test_another_day_can_be_asked_for(client_of, westmarch):
    stage(westmarch, "scan", effective_on=GIVEN - DAY)
    stage(westmarch, "engage", at=AT + DAY)
    make_plan(westmarch, expected="May 2099")
    past = client_of.get(at("force"), {"as_at": "2/5/2026"})
    assert lacking(past, ".app-asat", "2 May 2026") == []
    assert ("Scan since 2 May 2026" in text_of(past), "None is planned." in text_of(past)) == (True, True)
    known = client_of.get(at("force"), {"as_at": "4/5/2026", "known_at": "7/11/2026 12:00"})
    assert "Scan since 2 May 2026" in text_of(known)
    assert "recorded by 7 November 2026, 12:00" in page(known).css_first(".app-asat").text()
    links = [link.attributes["href"] for link in page(past).css("main a")]
    assert [each for each in links if "/add/" in each or "withdraw" in each] == []


def test_a_day_that_is_none_shows_nothing_else(client_of, westmarch):
    stage(westmarch)
    wrong = client_of.get(at("force"), {"as_at": "31/2/2026"})
    assert "31 February 2026 does not exist." in page(wrong).css_first(".app-asat__error").text()
    assert ("No day to show" in text_of(wrong), "Engage" in text_of(wrong)) == (True, False)
    asked = client_of.get(at("force"), {"as_at": ""})
    assert "Engage since 3 May 2026" in text_of(asked)


# Recording grades


def test_grades_are_recorded_area_by_area(client_of, westmarch):
    cycle = make_cycle()
    typed = {"effective_on": "3/5/2026", "source": "The report", "area-0": "Crime", "grade-0": "good"}
    sent = filled(client_of, at("record_grades"), **typed, **{"area-3": "Custody", "grade-3": "adequate"})
    answer = client_of.post(at("record_grades"), sent)
    assert (answer.status_code, answer.url) == (302, "/forces/westmarch/#grades")
    rows = PeelGrade.objects.order_by("pk").values_list("cycle", "area", "grade", "effective_on")
    assert list(rows) == [(cycle.pk, "Crime", "good", GIVEN), (cycle.pk, "Custody", "adequate", GIVEN)]
    assert TrailEntry.objects.filter(verb="record_grades").count() == 1
    assert verification.verify() == []


def test_the_areas_that_are_known_are_filled_in_and_stay_out_without_a_grade(client_of, westmarch):
    cycle = make_cycle()
    grade(westmarch, cycle, crime="good", custody="good")
    sent = filled(client_of, at("record_grades"), effective_on="4/5/2026", source="A letter")
    assert (sent["area-0"], sent["area-1"], sent["area-2"]) == (["crime"], ["custody"], [""])
    client_of.post(at("record_grades"), sent | {"grade-1": "inadequate"})
    newest = PeelGrade.objects.order_by("-pk").values_list("area", "grade").first()
    assert (newest, PeelGrade.objects.count()) == (("custody", "inadequate"), 3)


def test_what_is_wrong_is_said_at_its_row_and_nothing_is_lost(client_of, westmarch):
    make_cycle("PEEL 2018/19", since=datetime.date(2018, 4, 1), has_adequate=False)
    typed = {"effective_on": "1/5/2019", "source": "The report", "grade-0": "good", "area-1": "Crime"}
    typed |= {"area-2": "Custody", "grade-2": "adequate"}
    typed |= {"area-3": "Vetting", "grade-3": "good", "area-4": "vetting ", "grade-4": "good"}
    answer = client_of.post(at("record_grades"), filled(client_of, at("record_grades"), **typed))
    assert errors(answer).keys() == {"area-0", "grade-1", "grade-2", "area-3", "area-4"}
    facts = ("“Crime”", "PEEL 2018/19", "“adequate”", "“Vetting”", "“vetting”")
    assert lacking(answer, ".govuk-error-summary", *facts) == []
    links = [link.attributes["href"] for link in page(answer).css(".govuk-error-summary a")]
    assert sorted(links) == ["#id_area-0", "#id_area-3", "#id_area-4", "#id_grade-1", "#id_grade-2"]
    assert page(answer).css_first("#id_area-2").attributes["value"] == "Custody"
    assert PeelGrade.objects.count() == 0
    empty = filled(client_of, at("record_grades"), effective_on="1/5/2019", source="x")
    assert [*errors(client_of.post(at("record_grades"), empty))] == ["area-0"]


def test_a_refusal_of_the_verb_stands_at_its_field(client_of, westmarch):
    make_cycle()
    typed = {"effective_on": "31/3/2025", "source": "The report", "area-0": "Crime", "grade-0": "good"}
    answer = client_of.post(at("record_grades"), filled(client_of, at("record_grades"), **typed))
    assert errors(answer) == {"effective_on": ["31 March 2025 is before PEEL 2025–27 began, 1 April 2025."]}


def test_more_rows_come_without_a_script(client_of, westmarch):
    make_cycle()
    sent = filled(client_of, at("record_grades"), **{"area-4": "Crime", "grade-4": "good", "source": "A letter"})
    answer = client_of.post(at("record_grades"), sent | {"then": "more"})
    shown = page(answer)
    assert (answer.status_code, len(shown.css(".app-grades-form tbody tr"))) == (200, 10)
    assert shown.css_first("#id_area-4").attributes["value"] == "Crime"
    assert shown.css_first("#id_grade-4 option[selected]").attributes["value"] == "good"
    assert (shown.css(".govuk-error-message"), PeelGrade.objects.count()) == ([], 0)
    for rows in ("", "x", "-1", "99999999", "0", "²"):
        again = client_of.post(at("record_grades"), sent | {"rows": rows})
        assert again.status_code == 200, rows


def test_without_a_cycle_it_says_who_adds_one(client_of, westmarch):
    assert "There is no PEEL cycle yet" in text_of(client_of.get(at("record_grades")))
    assert client_of.post(at("record_grades"), {"source": "x"}).status_code == 200


def test_the_cycle_that_is_asked_for_is_chosen(client_of, westmarch):
    new, old = make_cycle(), make_cycle("PEEL 2023–25", since=datetime.date(2023, 4, 1))
    make_cycle("PEEL to come", since=datetime.date(2098, 4, 1))
    for query, chosen in (("", new), (f"?cycle={old.pk}", old), ("?cycle=x", new), ("?cycle=99999", new)):
        form = page(client_of.get(at("record_grades") + query))
        assert form.css_first("#id_cycle option[selected]").text() == chosen.name


# Stages, and withdrawing


def test_a_stage_is_recorded(client_of, westmarch):
    today = london_day(timezone.now())
    sent = filled(client_of, at("record_monitoring_stage"), stage="engage", source="A letter")
    answer = client_of.post(at("record_monitoring_stage"), sent)
    assert (answer.status_code, answer.url) == (302, "/forces/westmarch/#monitoring")
    row = MonitoringStage.objects.get()
    assert (row.stage, row.effective_on, row.source) == ("engage", today, "A letter")
    again = client_of.post(
        at("record_monitoring_stage"), filled(client_of, at("record_monitoring_stage"), stage="engage", source="x")
    )
    assert list(errors(again)) == ["stage"]
    empty = client_of.post(at("record_monitoring_stage"), {"effective_on": ""})
    assert errors(empty).keys() == {"stage", "effective_on", "source"}


def test_what_was_wrong_is_withdrawn_with_a_reason(client_of, westmarch):
    (row,), now = grade(westmarch, make_cycle(), crime="good"), stage(westmarch)
    for name, record in (("withdraw_grade", row), ("withdraw_monitoring_stage", now)):
        address = at(name, "westmarch", record.pk)
        assert [*errors(client_of.post(address, {"reason": ""}))] == ["reason"]
        answer = client_of.post(address, filled(client_of, address, reason="Not so."))
        assert (answer.status_code, answer.url) == (302, "/forces/westmarch/")
        record.refresh_from_db()
        assert record.withdrawn_why == "Not so."
        assert client_of.get(address).status_code == 404
        assert list(errors(client_of.post(address, {"reason": "Again."}))) == ["__all__"]
    said = text_of(client_of.get(at("force")))
    why = f"Withdrawn on {say(london_day(timezone.now()))} by Hannah Whitlock: Not so."
    assert f"2 entries withdrawn Monitoring stage: Engage, 3 May 2026 {why} History" in said
    assert f"crime: Good, 3 May 2026 {why} History" in said
    assert "withdrawn" not in text_of(client_of.get(at("force"), {"as_at": "7/11/2026"}))
    assert verification.verify() == []


def test_the_histories_say_what_was_done_and_why(client_of, westmarch, officer):
    (row,) = grade(westmarch, make_cycle(), by=officer, crime="good")
    address = at("withdraw_grade", "westmarch", row.pk)
    client_of.post(address, filled(client_of, address, reason="Not so."))
    answer = client_of.get(reverse("history", args=["grade", row.pk]))
    lines = [(line.verb, line.actor, line.reason) for line in answer.context["lines"]]
    assert lines == [
        ("PEEL grade withdrawn", "Hannah Whitlock", "Not so."),
        ("PEEL grades recorded", "Hannah Whitlock", ""),
    ]
    assert page(answer).css_first("h1 a, .app-crumbs a").attributes["href"] == "/forces/westmarch/#grades"
