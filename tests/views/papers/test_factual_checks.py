"""The pages of a factual check: sent by the office, the draft in the force's hands, its reply, the office's answers."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.home.factual_checks import (
    checks_for_office,
    late,
    received_replies,
    to_answer,
    to_reply,
)
from recommendations.domain.home.first_page import HomeContext
from recommendations.domain.home.lines import HomeItem
from recommendations.domain.papers import builds, factual_checks
from recommendations.models import FactualCheck, FactualCorrection, ScrutinyReport
from recommendations.periods import london_day, say
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.builds import finalise, kept_alone, run_builds
from tests.makers.factual_checks import DUE, WRONG, make_check, make_draft, reply
from tests.per_module import per_module
from tests.views.hooks import flashes, lacking, links, number_of, wrong

DAY = datetime.timedelta(days=1)
PERIOD = "Q1 2026/27, April to June 2026"


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@per_module
def paper(westmarch, body, officer):
    return make_draft(westmarch, by=officer)


def soon() -> datetime.date:
    return london_day(timezone.now()) + 5 * DAY


@per_module
def check(paper, officer):
    return make_check(paper, due_on=soon(), by=officer)


def page(client, person, url: str):
    client.force_login(person)
    return client.get(url)


def test_an_officer_sends_a_draft_and_sends_it_once(client, paper, officer):
    client.force_login(officer)
    url = reverse("send_to_check", args=[paper.pk])
    assert wrong(client.post(url, {"due_on": ""})) == ["due_on"]
    for _ in range(2):
        sent = client.post(url, {"due_on": say(soon()), "once": "a"})
        assert sent.url == FactualCheck.objects.get().get_absolute_url()
    check = FactualCheck.objects.get()
    assert (check.due_on, check.sent_by, check.force) == (soon(), officer, paper.force)
    shown = client.get(paper.get_absolute_url())
    assert lacking(shown, "#check", say(soon())) == []
    assert links(shown, "#check a") == [check.get_absolute_url(), reverse("end_check", args=[check.pk])]
    assert number_of(shown, ".app-panel--next p") == 1


def test_the_force_reads_the_draft_while_the_check_runs_and_not_afterwards(client, paper, check, force_lead, westmarch):
    tracked = make_tracked(make_inspection(westmarch), due_on=datetime.date(2026, 2, 1))
    text = page(client, force_lead, check.get_absolute_url()).text
    assert tracked.reference in text
    assert reverse("factual_check_file", args=[check.pk]) in text
    assert client.get(paper.get_absolute_url()).status_code == 404
    assert reverse("factual_check", args=[check.pk]) in client.get(reverse("papers")).text
    reply(check, WRONG, by=force_lead)
    text = client.get(check.get_absolute_url()).text
    assert tracked.reference not in text
    assert "It says 3 overdue." in text
    assert client.get(reverse("factual_check_file", args=[check.pk])).status_code == 404
    assert reverse("factual_check", args=[check.pk]) not in client.get(reverse("papers")).text


def test_the_force_downloads_the_draft_marked_as_one(client, check, force_lead):
    answer = page(client, force_lead, reverse("factual_check_file", args=[check.pk]))
    name = "draft-scrutiny-report-westmarch-2026-04-01-to-2026-06-30-issue-1.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.content.startswith(b"%PDF")


@pytest.mark.soak
def test_a_large_drafts_file_is_made_when_it_is_sent(client, paper, officer, force_lead, westmarch, monkeypatch):
    make_tracked(make_inspection(westmarch), due_on=datetime.date(2026, 2, 1))
    monkeypatch.setattr(builds, "LARGE", 0)
    client.force_login(officer)
    client.post(reverse("send_to_check", args=[paper.pk]), {"due_on": say(soon()), "once": "a"})
    file = reverse("factual_check_file", args=[FactualCheck.objects.get().pk])
    client.force_login(force_lead)
    waiting = client.get(file, follow=True)
    assert (flashes(waiting), waiting["Content-Type"].split(";")[0]) == (["success", "error"], "text/html")
    run_builds()
    assert client.get(file).content.startswith(b"%PDF")


def test_one_file_of_a_check_is_made_at_a_time(client, check, force_lead, monkeypatch):
    address, answers = reverse("factual_check_file", args=[check.pk]), []

    def meanwhile(**asked):
        answers.append(client.get(address))
        return b"%PDF-1.7"

    monkeypatch.setattr("recommendations.views.papers.factual_checks.preview_paper", meanwhile)
    client.force_login(force_lead)
    answers.append(client.get(address))
    assert [(each.status_code, each["Content-Type"].split(";")[0]) for each in answers] == [
        (302, "text/html"),
        (200, "application/pdf"),
    ]
    assert len(answers) == 2


def test_nobody_else_finds_it(client, check, other_force_lead, member):
    for person in (other_force_lead, member):
        assert page(client, person, check.get_absolute_url()).status_code == 404
    assert page(client, other_force_lead, reverse("reply_to_check", args=[check.pk])).status_code == 404


def test_a_reply_loses_nothing_that_was_typed_and_is_sent_once(client, check, force_lead):
    client.force_login(force_lead)
    url = reverse("reply_to_check", args=[check.pk])
    typed = {"reply": "corrections", "line_2": "Page 1", "wrong_2": "Too many.", "rows": "3", "once": "a"}
    more = client.post(url, typed | {"more": "1"})
    assert (more.status_code, "Correction 6" in more.text, "Too many." in more.text) == (200, True, True)
    half = client.post(url, typed)
    assert half.status_code == 422
    assert wrong(half) == ["should_say_2"]
    assert "Too many." in half.text
    assert FactualCorrection.objects.count() == 0
    for _ in range(2):
        sent = client.post(url, typed | {"should_say_2": "Two."})
        assert sent.url == check.get_absolute_url()
    said = FactualCorrection.objects.get()
    assert (said.number, said.line, said.wrong, said.should_say) == (1, "Page 1", "Too many.", "Two.")
    assert client.get(url).url == check.get_absolute_url()


def test_the_office_answers_and_then_finalises(client, check, paper, force_lead, officer, approver):
    reply(check, WRONG, by=force_lead)
    text = page(client, officer, paper.get_absolute_url()).text
    assert "1 correction to answer" in text
    assert lacking(text, ".app-panel--next p", "1 correction") == []
    url = reverse("answer_correction", args=[check.pk, 1])
    assert wrong(client.post(url, {"answer": "not_accepted", "version": 1})) == ["answer_why"]
    client.post(url, {"answer": "not_accepted", "answer_why": "3 is right.", "version": 1})
    assert "3 is right." in page(client, force_lead, check.get_absolute_url()).text
    assert reverse("finalise_paper", args=[paper.pk]) in page(client, approver, paper.get_absolute_url()).text
    finalise(paper, by=approver, at=timezone.now(), render=kept_alone)
    facts = "7 November 2026: 1 correction, 1 not accepted."
    assert lacking(client.get(paper.get_absolute_url()), ".app-paper > p", facts) == []
    assert client.get(url).status_code == 302


def test_the_office_goes_on_without_the_reply(client, check, paper, officer, force_lead):
    client.force_login(officer)
    url = reverse("end_check", args=[check.pk])
    assert wrong(client.post(url, {"reason": ""})) == ["reason"]
    client.post(url, {"reason": "The papers go out."})
    assert url not in client.get(paper.get_absolute_url()).text
    assert "The papers go out." in page(client, force_lead, check.get_absolute_url()).text


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_a_check_costs_the_same_for_one_correction_as_for_three(
    client, check, force_lead, django_assert_num_queries, number
):
    reply(check, *[WRONG] * number, by=force_lead)
    client.force_login(force_lead)
    with django_assert_num_queries(6):
        client.get(check.get_absolute_url())


def test_the_first_page_says_what_waits_for_the_force(paper, officer, force_lead, other_force_lead):
    check = make_check(paper, by=officer)
    url = check.get_absolute_url()
    assert list(to_reply(HomeContext(force_lead, TODAY))) == [
        HomeItem("Check the facts of a draft paper", url, PERIOD, DUE)
    ]
    assert list(to_reply(HomeContext(other_force_lead, TODAY))) == []
    reply(check, by=force_lead)
    assert list(to_reply(HomeContext(force_lead, TODAY))) == []


def test_the_first_page_says_what_came_and_what_is_late_for_the_office(paper, officer, force_lead, member):
    check = make_check(paper, by=officer)
    url = check.get_absolute_url()
    assert list(late(HomeContext(officer, DUE))) == []
    item = HomeItem("Ask Westmarch Police for its factual check", url, PERIOD, DUE)
    assert list(late(HomeContext(officer, DUE + DAY))) == [item]
    reply(check, WRONG, WRONG, by=force_lead)
    assert list(late(HomeContext(officer, DUE + DAY))) == []
    words = "Factual check by Westmarch Police came on 7 November 2026, with corrections"
    assert list(received_replies(HomeContext(officer, TODAY, AT - DAY))) == [HomeItem(words, url, PERIOD)]
    assert list(received_replies(HomeContext(officer, TODAY, AT))) == []
    assert list(to_answer(HomeContext(officer, TODAY))) == [
        HomeItem("Answer 2 corrections of Westmarch Police", url, PERIOD, number=2)
    ]
    for line in check.corrections.all():
        factual_checks.answer_correction(correction=line, version=1, answer="accepted", by=officer, at=AT)
    assert list(to_answer(HomeContext(officer, TODAY))) == []
    assert checks_for_office(member, mine=False) == []
    assert ScrutinyReport.objects.get().is_draft
