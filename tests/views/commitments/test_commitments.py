"""The list of commitments, the page of one with its checks, and marking a sentence from the response's page."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.audit import verification
from recommendations.domain.commitments import commitments
from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.models import Commitment, CommitmentCheck, TrackedRecommendation
from recommendations.periods import london_day
from tests.conftest import AT
from tests.makers.commitments import ASKED, WATCH, check, make_commitment, make_version
from tests.makers.responses import comment_of_chief_officer, publish, write
from tests.per_module import per_module
from tests.views.hooks import number_of, wrong

LIST = reverse("commitments")


def today():
    return london_day(timezone.now())


def ago(days: int):
    return today() - datetime.timedelta(days=days)


@per_module
def version(body, westmarch):
    return make_version(body, westmarch)


@per_module
def watched(version, officer):
    return make_commitment(version, by=officer)


@pytest.fixture
def client_of(sign_in, officer):
    return sign_in(officer)


def page(answer):
    return LexborHTMLParser(answer.content.decode())


def text_of(answer) -> str:
    return " ".join(page(answer).css_first("main").text(separator=" ").split())


def post(client, name, args, **typed):
    return client.post(reverse(name, args=args), typed)


# The list


def due_in(version, *days: int, **facts):
    """A commitment for each of these numbers of days from today, each of a sentence of its own."""
    quotes = [WATCH, ASKED, "I will publish the answer.", "I will ask about the twelve posts in March."]
    made = [make_commitment(version, quote=quote, **facts) for quote, _ in zip(quotes, days, strict=False)]
    for each, number in zip(made, days, strict=True):
        terms = {"keeper": each.keeper, "every": "quarter", "next_on": ago(-number), "reason": "Moved."}
        past = number < 0
        at = timezone.now() - datetime.timedelta(days=200) if past else timezone.now()
        commitments.edit_commitment(commitment=each, version=1, by=None, at=at, **terms)
    return made


def test_overdue_checks_come_first_and_the_counts_lead_to_their_rows(client_of, version):
    late, later, soon, done = due_in(version, -12, 60, 5, 20)
    check(done, outcome="dropped", at=timezone.now())
    rows = page(client_of.get(LIST)).css("tbody tr")
    assert [row.css_first("a").attributes["href"] for row in rows] == [
        each.get_absolute_url() for each in (late, soon, later, done)
    ]
    assert "12 days overdue" in rows[0].text()
    states = {}
    for link in page(client_of.get(LIST)).css(".app-counts a"):
        shown = page(client_of.get(LIST + link.attributes["href"])).css("tbody tr")
        states[link.text().strip()] = len(shown)
    assert states == {
        "4 in all": 4,
        "1 overdue": 1,
        "1 due in 28 days": 1,
        "1 due later": 1,
        "0 kept and done": 0,
        "1 dropped": 1,
    }


def test_a_keeper_and_a_day_narrow_the_list(client_of, version):
    first, second = due_in(version, 5, 60)
    commitments.edit_commitment(
        commitment=second, version=2, keeper="Joe Brandreth", next_on=ago(-60), every="once", by=None, at=AT
    )
    own = client_of.get(LIST, {"keeper": "Joe Brandreth", "state": "later"})
    assert [row.css_first("a").attributes["href"] for row in page(own).css("tbody tr")] == [second.get_absolute_url()]
    on = client_of.get(LIST, {"due": ago(-5).isoformat()})
    assert [row.css_first("a").attributes["href"] for row in page(on).css("tbody tr")] == [first.get_absolute_url()]
    assert "None of this kind" in text_of(client_of.get(LIST, {"keeper": "Joe Brandreth", "state": "kept"}))
    for nonsense in ({"state": "x"}, {"keeper": "Nobody"}, {"due": "31 February"}, {"page": "x"}):
        assert len(page(client_of.get(LIST, nonsense)).css("tbody tr")) == 2


def test_an_empty_list_says_what_to_do(client_of):
    text = text_of(client_of.get(LIST))
    assert "There are no commitments yet" in text
    assert "Choose a response" in text


# One commitment


def test_the_page_shows_the_sentence_where_it_was_published_and_what_was_found(client_of, watched, officer):
    june = datetime.date(2026, 6, 20)
    wrong = check(watched, outcome="partly", said="Half.", effective_on=june, by=officer)
    commitments.withdraw_check(check=wrong, reason="Wrong line.", by=officer, at=AT)
    check(watched, said="The log was read.", evidence="Log of June.", effective_on=june, by=officer)
    answer = client_of.get(watched.get_absolute_url())
    assert page(answer).css_first("blockquote mark").text() == WATCH
    text = text_of(answer)
    for words in (
        "I agree. We will watch the bells each quarter. Thank you.",
        "kept by Hannah Whitlock · checked every quarter",
        "The log was read. Evidence: Log of June. Next check on 30 June 2026.",
        "Withdrawn on 7 November 2026 by Hannah Whitlock: Wrong line.",
        "Followed as a commitment by Hannah Whitlock",
        "It answers rec 1 ( WM-0001 )",
    ):
        assert words in text
    assert f"{watched.of.response.get_absolute_url()}#recommendation-" in answer.content.decode()


def test_a_check_is_recorded_and_the_next_one_follows(client_of, watched):
    done = post(client_of, "check_commitment", [watched.pk], outcome="kept", said="Read.", effective_on="1/4/2026")
    assert (done.status_code, done.url) == (302, watched.get_absolute_url())
    row = CommitmentCheck.objects.get()
    assert (row.outcome, row.next_on, row.recorded_by.name) == ("kept", datetime.date(2026, 6, 30), "Hannah Whitlock")
    assert verification.verify() == []


def test_what_is_wrong_comes_back_beside_what_was_typed(client_of, watched):
    answer = post(client_of, "check_commitment", [watched.pk], outcome="dropped", said="No.", next_on="1/1/2099")
    assert answer.status_code == 422
    assert wrong(answer) == ["next_on"]
    assert page(answer).css_first("textarea[name=said]").text().strip() == "No."
    assert CommitmentCheck.objects.count() == 0
    assert wrong(post(client_of, "check_commitment", [watched.pk], outcome="kept")) == ["said"]


def test_who_changes_it_meanwhile_is_shown_both(client_of, watched):
    form = client_of.get(watched.get_absolute_url(), {"form": "edit"})
    seen = page(form).css_first("input[name=version]").attributes["value"]
    terms = {"keeper": "Joe Brandreth", "next_on": watched.next_on, "every": "year"}
    commitments.edit_commitment(commitment=watched, version=1, by=None, at=AT, **terms)
    typed = {"keeper": "Bo", "next_on": "31/3/2026", "every": "quarter", "version": seen}
    answer = post(client_of, "edit_commitment", [watched.pk], **typed)
    assert answer.status_code == 422
    rows = [[cell.text().strip() for cell in row.css("th, td")] for row in page(answer).css(".app-diff tbody tr")]
    assert rows == [["Kept by", "Joe Brandreth", "Bo"], ["Checked", "Every year", "Every quarter"]]
    again = page(answer).css_first("input[name=version]").attributes["value"]
    assert post(client_of, "edit_commitment", [watched.pk], **typed | {"version": again}).status_code == 302
    assert Commitment.objects.get().keeper == "Bo"


def test_a_check_is_withdrawn_with_a_reason_in_its_own_commitment_only(client_of, watched, version):
    row, other = check(watched), make_commitment(version, quote=ASKED)
    address = reverse("withdraw_check", args=[watched.pk, row.pk])
    assert number_of(client_of.get(address), "main form:not(.app-office-notes__form)") == 1
    assert client_of.post(address, {"reason": " "}).status_code == 422
    assert client_of.post(address, {"reason": "Wrong."}).status_code == 302
    assert number_of(client_of.get(address), "main form [name=reason]") == 0
    assert client_of.get(reverse("withdraw_check", args=[other.pk, row.pk])).status_code == 404


def test_what_ended_has_no_form(client_of, watched):
    check(watched, outcome="dropped")
    answer = client_of.get(watched.get_absolute_url())
    assert page(answer).css("main form:not(.app-office-notes__form)") == []


# Marking


def beside(answer) -> list[str]:
    return [" ".join(each.text(separator=" ").split()) for each in page(answer).css(".app-promised")]


def test_the_response_shows_what_is_followed_and_what_reads_like_a_commitment(client_of, watched):
    answer = client_of.get(watched.of.response.get_absolute_url())
    found = beside(answer)
    assert len(found) == 3
    assert "“I will publish the answer.” Mark as commitment" in found[0]
    assert "“I will ask about the twelve posts in March.” Mark as commitment" in found[0]
    assert found[1].startswith("We will watch the bells each quarter. Not checked yet. Kept by Hannah Whitlock.")
    assert "Reads like" not in found[1]
    assert "“I have asked for a report by early 2027.” Mark as commitment" in found[2]


def test_a_suggested_sentence_brings_its_day_and_is_marked(client_of, version, officer):
    answer = client_of.get(version.response.get_absolute_url())
    link = next(a for a in page(answer).css(".app-promised a") if "early 2027" in a.text())
    form = page(client_of.get(link.attributes["href"]))
    values = {each: form.css_first(f"[name={each}]") for each in ("quote", "keeper", "check_on")}
    assert values["quote"].text().strip() == ASKED
    assert values["keeper"].attributes["value"] == officer.name
    assert values["check_on"].attributes["value"] == "31 Mar 2027"
    typed = {"quote": ASKED, "keeper": "Joe Brandreth", "check_on": "31/3/2027", "every": "once"}
    done = client_of.post(link.attributes["href"], typed)
    made = Commitment.objects.get()
    assert (done.status_code, done.url, made.comment.text) == (302, made.get_absolute_url(), f"{ASKED} It is late.")


def test_any_other_sentence_is_marked_where_it_stands_word_for_word(client_of, version):
    first = version.comments.first()
    address = f"{reverse('mark_commitment', args=[version.response_id])}?comment={first.pk}"
    typed = {"quote": "I agree.", "keeper": "Bo", "check_on": "31/3/2027", "every": "once"}
    answer = client_of.post(address, typed | {"quote": "I do not agree."})
    assert answer.status_code == 422
    assert wrong(answer) == ["quote"]
    assert client_of.post(address, typed).status_code == 302
    assert "Followed already" in text_of(client_of.get(address))
    for nonsense in ("comment=999999", "comment=x"):
        assert client_of.get(f"{address.partition('?')[0]}?{nonsense}").status_code == 404


@pytest.mark.soak
def test_a_correction_shows_the_commitment_of_the_version_before(client_of, watched, body, officer, approver):
    response = watched.of.response
    publishing.correct(response=response, by=officer, at=AT)
    write(response, "correction", text="A word.")
    for part in approval_workflow.parts_of(response):
        if part.recommendation:
            write(response, part.key, action="proposed")
    comment_of_chief_officer(response, watched.of.response.answers.get().inspection.covers.get().force)
    approval_workflow.submit(response=response, by=officer, at=AT)
    approval_workflow.approve(response=response, by=approver, at=AT)
    publish(response, by=officer, at=AT)
    found = beside(client_of.get(response.get_absolute_url()))
    assert [WATCH in each for each in found] == [True, False, False]
    assert Commitment.objects.count() == 1


# Elsewhere


def test_the_recommendations_page_shows_the_commitments_of_its_comments_to_the_office(sign_in, officer, watched):
    check(watched, outcome="partly")
    record = TrackedRecommendation.objects.get(recommendation__number="1")
    text = text_of(sign_in(officer).get(f"{record.get_absolute_url()}?tab=commitments"))
    assert "Commitments We will watch the bells each quarter. Partly kept, 7 November 2026. Kept by Hannah" in text
    other = TrackedRecommendation.objects.get(recommendation__number="2")
    assert "Commitments" not in text_of(sign_in(officer).get(other.get_absolute_url()))


def test_a_force_reads_nothing_of_it(sign_in, force_lead, watched):
    check(watched, said="Zqinternal.")
    client = sign_in(force_lead)
    record = TrackedRecommendation.objects.get(recommendation__number="1")
    for address in (record.get_absolute_url(), reverse("home"), reverse("history", args=["tracked", record.pk])):
        body = client.get(address).content.decode()
        assert [word for word in ("Zqinternal", "/commitments/", "commitment") if word in body] == []
    assert client.get(LIST).status_code == 403
    assert client.get(watched.get_absolute_url()).status_code == 403


def test_the_first_page_says_what_is_overdue_and_what_is_ahead(sign_in, officer, version):
    due_in(version, -12, -3, 5, 5)
    text = text_of(sign_in(officer).get("/?whose=everyone"))
    words = ("Check 2 commitments 12 days late", "2 commitments to check")
    assert [each in text for each in words] == [True] * 2


def test_the_history_of_a_commitment_says_each_change(client_of, watched, officer):
    check(watched, outcome="partly", said="Half of them.", by=officer)
    text = text_of(client_of.get(reverse("history", args=["commitment", watched.pk])))
    assert "Check recorded by Hannah Whitlock" in text
    assert "What was found Half of them." in text


# What it costs


def cost_of(client, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


LISTED, ONE, MARKED = 9, 15, 9


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_pages_cost_the_same_for_one_as_for_three(client_of, version, officer, number):
    made = due_in(version, *range(1, number + 1))
    for each in made:
        for _ in range(number):
            check(each, by=officer, at=timezone.now())
    marking = reverse("mark_commitment", args=[version.response_id])
    found = [cost_of(client_of, address) for address in (LIST, made[0].get_absolute_url(), marking)]
    assert found == [LISTED, ONE, MARKED]
