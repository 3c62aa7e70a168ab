"""The pages of legacy reviews: started, judged one by one or many alike, filtered, downloaded, finished."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.legacy_reviews.queries import read_lines
from recommendations.domain.legacy_reviews.reviews import finish_legacy_review, withdraw_legacy_review
from recommendations.models import LegacyJudgement, LegacyReview
from tests.conftest import AT, make_inspection, make_many_tracked, make_tracked
from tests.makers.legacy_reviews import judge, start_review
from tests.per_module import per_module

LIST, START = reverse("legacy_reviews"), reverse("start_legacy_review")
CANARY = "zqlegacywords"


@pytest.fixture
def office(sign_in, officer, body):
    return sign_in(officer)


@per_module
def rows(westmarch):
    """Three recommendations of Westmarch, of two leads, the second overdue."""
    report = make_inspection(westmarch)
    first = make_tracked(report, number="1", leads={"chief_officer_lead": "DCC Priya Nair"})
    late = make_tracked(report, number="2", due_on=datetime.date(2026, 2, 1))
    return [first, late, make_tracked(report, number="3")]


@per_module
def review(rows, westmarch, officer):
    return start_review(westmarch, by=officer)


def url(review, name="legacy_review", **query) -> str:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{reverse(name, args=[review.pk])}{'?' + asked if asked else ''}"


def shown(answer) -> list[str]:
    return [each.row.reference for each in answer.context["rows"]]


def send(client, review, *records, query="", **typed):
    latest = {row.tracked_id: row.pk for row in LegacyJudgement.objects.order_by("pk")}
    data = {
        "picks": " ".join(str(each.pk) for each in records),
        "shown": " ".join(f"{each.pk}.{latest.get(each.pk, 0)}" for each in records),
        "verdict": "goes_on",
        "reason": "It still matters.",
    }
    return client.post(url(review, "judge_legacy") + query, data | typed)


def test_an_office_starts_a_review_of_chosen_forces(office, rows, westmarch):
    assert office.get(LIST).context["rows"] == []
    sent = {"title": "Merger", "effective_on": "1/4/2027", "forces": [westmarch.pk]}
    assert office.post(START, {}).status_code == 422
    answer = office.post(START, sent)
    review = LegacyReview.objects.get()
    assert (answer.status_code, answer.url) == (302, review.get_absolute_url())
    assert (review.effective_on, review.lines.count()) == (datetime.date(2027, 4, 1), 3)


def test_only_forces_with_something_open_are_offered(office, rows, westmarch, eastvale):
    assert list(office.get(START).context["form"].fields["forces"].queryset) == [westmarch]


def test_the_register_has_one_link_for_those_who_review(office, rows, sign_in, force_lead):
    assert office.get(reverse("register")).content.decode().count(LIST) == 1
    assert LIST not in sign_in(force_lead).get(reverse("register")).content.decode()


def test_the_page_lists_what_is_to_judge_then_by_judgement(office, review, rows, officer):
    assert shown(office.get(url(review))) == ["WM-0001", "WM-0002", "WM-0003"]
    judge(review, rows[0], by=officer)
    answer = office.get(url(review))
    assert shown(answer) == ["WM-0002", "WM-0003"]
    assert [(each.label, each.number) for each in answer.context["shows"]] == [
        ("To judge", 2),
        ("Goes on", 1),
        ("Reframed", 0),
        ("Superseded", 0),
        ("Closed", 0),
        ("All", 3),
    ]
    assert shown(office.get(url(review, judged="goes_on"))) == ["WM-0001"]
    assert len(shown(office.get(url(review, judged="all")))) == 3


def test_the_registers_filters_narrow_it(office, review):
    assert shown(office.get(url(review, rag="red"))) == ["WM-0002"]
    assert shown(office.get(url(review, lead="DCC+Priya+Nair"))) == ["WM-0001"]
    assert shown(office.get(url(review, q="WM-0003"))) == ["WM-0003"]


def test_what_is_not_in_the_review_is_not_listed_and_not_judged(office, review, westmarch, rows):
    later = make_tracked(make_inspection(westmarch, title="Later"))
    assert later.reference not in shown(office.get(url(review, judged="all")))
    assert send(office, review, later).status_code == 302
    assert not LegacyJudgement.objects.exists()


def test_one_is_judged_and_the_next_follows(office, review, rows):
    answer = office.get(url(review, "judge_legacy", pick=rows[0].pk))
    assert answer.context["record"] == rows[0]
    answer = send(office, review, rows[0])
    assert answer.url == url(review, "judge_legacy", pick=rows[1].pk)
    send(office, review, rows[2])
    assert send(office, review, rows[1]).url == url(review)
    assert read_lines(review).numbers["goes_on"] == 3


def test_many_are_judged_alike_with_one_reason(office, review, rows):
    answer = office.post(url(review, "judge_legacy"), {"pick": [row.pk for row in rows[:2]]})
    assert [each.row.reference for each in answer.context["rows"]] == ["WM-0001", "WM-0002"]
    verdicts = [choice.data["value"] for choice, _ in answer.context["form"].verdict_help]
    assert verdicts == ["goes_on", "superseded", "closed"]
    answer = office.post(url(review, "judge_legacy", rag="red"), {"all": "1"})
    assert [each.row.reference for each in answer.context["rows"]] == ["WM-0002"]
    assert send(office, review, *rows).url == url(review)
    assert read_lines(review).numbers["goes_on"] == 3


def test_what_is_missing_is_said_and_what_was_typed_stays(office, review, rows):
    answer = send(office, review, rows[0], reason="", verdict="reframed", words="One plan.")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert answer.context["form"]["words"].value() == "One plan."
    answer = send(office, review, rows[0], verdict="superseded", superseded_by="WM-9999")
    assert list(answer.context["form"].errors) == ["superseded_by"]
    assert send(office, review, rows[0], verdict="superseded", superseded_by="wm-0002").status_code == 302


def test_all_that_a_judgement_lacks_is_said_at_once(office, review, rows):
    lacking = {"reframed": "words", "superseded": "superseded_by", "closed": "outcome"}
    for verdict, field in lacking.items():
        answer = send(office, review, rows[0], verdict=verdict, reason="")
        assert sorted(answer.context["form"].errors) == sorted([field, "reason"])


def test_of_new_words_that_are_too_long_nothing_else_is_said(office, review, rows):
    answer = send(office, review, rows[0], verdict="reframed", words="w" * 20_001)
    assert [len(said) for said in answer.context["form"].errors.values()] == [1]


def test_the_second_of_two_is_shown_the_first_ones_judgement(office, review, rows, approver):
    data = {"picks": rows[0].pk, "shown": f"{rows[0].pk}.0", "verdict": "goes_on", "reason": "Mine."}
    judge(review, rows[0], by=approver, verdict="reframed", words="New words.")
    answer = office.post(url(review, "judge_legacy"), data)
    assert answer.status_code == 422
    assert [each.judgement.words for each in answer.context["rows"]] == ["New words."]
    assert LegacyJudgement.objects.count() == 1


def test_ticking_nothing_leads_back_with_a_message(office, review):
    assert office.post(url(review, "judge_legacy"), {}).url == url(review)


def test_it_is_finished_once_all_is_judged_and_then_only_read(office, review, rows, officer):
    assert office.post(url(review, "finish_legacy_review"), {"version": review.version}).status_code == 422
    judge(review, *rows, by=officer)
    assert office.post(url(review, "finish_legacy_review"), {"version": review.version}).status_code == 302
    answer = office.get(url(review))
    assert len(shown(answer)) == 3
    assert 'name="pick"' not in answer.content.decode()
    assert office.get(url(review, "judge_legacy", pick=rows[0].pk)).url == review.get_absolute_url()


def test_closures_that_wait_are_led_to_before_it_can_be_finished(office, review, rows, officer):
    judge(review, *rows, by=officer, verdict="closed", outcome="implemented")
    answer = office.get(url(review))
    finish = LexborHTMLParser(answer.content.decode()).css(f"a[href='{url(review, 'finish_legacy_review')}']")
    assert len(answer.context["lines"].waiting) == 3
    assert ["govuk-button" in each.attributes["class"] for each in finish] == [False]


def test_a_review_is_withdrawn_with_a_reason(office, review):
    page = url(review, "withdraw_legacy_review")
    assert office.post(page, {"version": review.version}).status_code == 422
    sent = {"version": review.version, "reason": "By mistake.", "once": "x" * 22}
    assert [office.post(page, sent).url for _ in range(2)] == [LIST, LIST]
    assert "By mistake." in office.get(url(review)).content.decode()
    assert office.get(LIST).context["rows"] == []


def test_what_was_in_a_withdrawn_review_stands_once_in_the_next(office, review, rows, westmarch, officer):
    withdraw_legacy_review(review=review, reason="By mistake.", by=officer, at=AT)
    again = start_review(westmarch, by=officer)
    answer = office.post(url(again, "judge_legacy"), {"pick": [row.pk for row in rows]})
    assert [each.row.reference for each in answer.context["rows"]] == ["WM-0001", "WM-0002", "WM-0003"]


def test_the_file_has_the_rows_of_the_page(office, review, rows, officer):
    judge(review, rows[0], by=officer, verdict="reframed", words="=One plan", reason="Two become one.")
    answer = office.get(url(review, "legacy_review_csv", judged="all"))
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [line[0] for line in lines] == ["Reference", "WM-0001", "WM-0002", "WM-0003"]
    assert lines[1][5:8] == ["Reframed", "Two become one.", "'=One plan"]
    assert lines[2][5:] == [""] * 7


def test_a_list_costs_the_same_for_one_and_for_many(
    office, review, rows, westmarch, officer, django_assert_num_queries
):
    judge(review, rows[0], by=officer)
    office.get(url(review))
    with django_assert_num_queries(14):
        office.get(url(review, judged="goes_on"))
    judge(review, *rows[1:], by=officer)
    with django_assert_num_queries(14):
        office.get(url(review, judged="goes_on"))


def test_four_hundred_are_listed_by_pages_and_judged_at_once(office, westmarch, officer):
    made = make_many_tracked(make_inspection(westmarch, title="Large"), range(1, 401))
    review = start_review(westmarch, by=officer)
    answer = office.get(url(review))
    assert (len(shown(answer)), answer.context["number"]) == (50, "400")
    assert len(office.post(url(review, "judge_legacy"), {"all": "400"}).context["rows"]) == 400
    assert send(office, review, *made).status_code == 302
    assert read_lines(review).to_judge == ()


def test_new_words_stand_on_the_record_for_the_office_alone(sign_in, review, rows, officer, force_lead, body):
    judge(review, rows[0], by=officer, verdict="reframed", words=CANARY, reason=f"{CANARY} why")
    judge(review, *rows[1:], by=officer)
    finish_legacy_review(review=review, by=officer, at=AT)
    pages = (reverse("tracked", args=[rows[0].pk]), reverse("history", args=["tracked", rows[0].pk]))
    for page in pages:
        assert CANARY in sign_in(officer).get(page).content.decode()
        assert CANARY not in sign_in(force_lead).get(page).content.decode()


def test_a_force_reads_nothing_of_it(sign_in, review, rows, officer, force_lead):
    client = sign_in(force_lead)
    names = ("legacy_review", "legacy_review_csv", "judge_legacy", "finish_legacy_review", "withdraw_legacy_review")
    assert {client.get(url(review, name)).status_code for name in names} == {403}
    assert {client.get(page).status_code for page in (LIST, START)} == {403}
    assert client.get(reverse("history", args=["legacy-review", review.pk])).status_code == 403
