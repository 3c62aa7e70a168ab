"""Issuing a paper on its page; what the list says of meetings and of the days to despatch; the name of the file."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.issuing import despatch_on, issue_paper
from recommendations.domain.papers.sections import author_text
from recommendations.enums import Role
from recommendations.models import PaperIssue
from recommendations.periods import london_day, say, say_days
from tests.conftest import AT, make_person
from tests.makers.committees import make_panel
from tests.makers.factual_checks import make_draft, seat_on
from tests.per_module import per_module
from tests.views.hooks import flashes, lacking, wrong

DAY = datetime.timedelta(days=1)
QUARTERS = [
    (datetime.date(2025, 7, 1), datetime.date(2025, 9, 30)),
    (datetime.date(2025, 10, 1), datetime.date(2025, 12, 31)),
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30)),
]


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@per_module
def panel():
    return make_panel("Joint Audit Committee")


def filed(force, officer, approver, days=QUARTERS[2]):
    paper = make_draft(force, by=officer, start=days[0], end=days[1])
    figures = compile_figures(paper=paper, known_at=AT)
    return papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=AT)


def meets() -> datetime.date:
    return london_day(timezone.now()) + 30 * DAY


def issue(paper, panel, **facts):
    facts = {"meeting_on": meets(), "item": "7", "sent_how": "By email."} | facts
    return issue_paper(paper=paper, panel=panel, by=None, at=timezone.now(), **facts)


def test_a_paper_is_issued_once_and_downloaded_by_the_clerks_name(
    client, westmarch, body, panel, officer, approver, member
):
    seat_on(member, panel)
    paper = filed(westmarch, officer, approver)
    client.force_login(officer)
    url = reverse("issue_paper", args=[paper.pk])
    typed = {"panel": panel.pk, "meeting_on": say(meets()), "item": "7", "sent_how": "By email.", "once": "a"}
    assert wrong(client.post(url, typed | {"item": ""})) == ["item"]
    for _ in range(2):
        assert client.post(url, typed).url == paper.get_absolute_url()
    assert PaperIssue.objects.count() == 1
    words = f"o the Joint Audit Committee on {say(meets())}, item 7"
    assert f"T{words}" in client.get(paper.get_absolute_url()).text
    client.force_login(member)
    text = client.get(paper.get_absolute_url()).text
    assert (f"T{words}" in text, "By email." in text, "Withdraw" in text) == (True, False, False)
    assert f"Joint Audit Committee, {say(meets())}, item 7" in client.get(reverse("papers")).text
    client.force_login(officer)
    assert f"t{words}" in client.get(reverse("papers")).text
    client.force_login(member)
    name = f"{meets()}-hmicfrs-westmarch-q1-2026-27.pdf"
    answer = client.get(reverse("paper_file", args=[paper.pk]))
    assert (answer["Content-Disposition"], answer.content) == (f'attachment; filename="{name}"', b"%PDF")


def test_members_are_told_unless_left_out_and_the_office_reads_whom(
    client, westmarch, body, panel, officer, approver, member, force_lead
):
    ann = make_person("Ann Abbot", Role.COMMITTEE_MEMBER)
    seat_on(ann, panel)
    seat_on(member, panel)
    paper = filed(westmarch, officer, approver)
    client.force_login(officer)
    url = reverse("issue_paper", args=[paper.pk])
    boxes = LexborHTMLParser(client.get(url).text).css('input[name="tell"]')
    assert [(box.attributes["value"], "checked" in box.attributes) for box in boxes] == [
        (str(ann.pk), True),
        (str(member.pk), True),
    ]
    typed = {"panel": panel.pk, "meeting_on": say(meets()), "item": "7", "sent_how": "By email."}
    refused = client.post(url, typed | {"tell": [force_lead.pk]})
    assert (refused.status_code, wrong(refused)) == (422, ["tell"])
    client.post(url, typed | {"tell": [member.pk]})
    assert lacking(client.get(paper.get_absolute_url()), "#meetings", "Ravi Menon", "within the hour") == []
    call_command("send_reminders", stdout=StringIO())
    shown = client.get(paper.get_absolute_url())
    assert lacking(shown, "#meetings", f"emailed on {say(london_day(timezone.now()))}") == []
    for person in (member, force_lead):
        client.force_login(person)
        told = ("Ravi Menon", "e-mail")
        assert lacking(client.get(paper.get_absolute_url()), "#meetings", *told) == [*told]


@pytest.mark.soak
def test_without_members_nobody_can_be_told(client, westmarch, body, panel, officer, approver):
    paper = filed(westmarch, officer, approver)
    client.force_login(officer)
    assert 'name="tell"' not in client.get(reverse("issue_paper", args=[paper.pk])).text
    issue(paper, panel)
    assert client.get(paper.get_absolute_url()).context["meetings"][0].told == []


def test_the_form_begins_with_what_the_words_say(client, westmarch, body, panel, officer, approver):
    paper = make_draft(westmarch, by=officer)
    author_text.write_words(paper=paper, version=0, meets_on=meets(), item="9", by=officer, at=AT)
    figures = compile_figures(paper=paper, known_at=AT)
    papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=AT)
    client.force_login(officer)
    text = client.get(reverse("issue_paper", args=[paper.pk])).text
    assert 'value="9"' in text
    assert f"{meets():%b %Y}" in text


def test_a_meeting_is_withdrawn_with_a_reason(client, westmarch, body, panel, officer, approver):
    paper = filed(westmarch, officer, approver)
    made = issue(paper, panel)
    client.force_login(officer)
    url = reverse("withdraw_issue", args=[paper.pk, made.pk])
    assert wrong(client.post(url, {"reason": ""})) == ["reason"]
    assert client.post(url, {"reason": "Cancelled."}).url == paper.get_absolute_url()
    assert list(client.get(paper.get_absolute_url()).context["meetings"]) == []
    answer = client.get(reverse("paper_file", args=[paper.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="{paper.file.name}"'
    assert client.get(url).url == paper.get_absolute_url()


def test_a_draft_says_the_days_to_despatch_where_its_meeting_is_known(client, westmarch, body, officer):
    # wording: the days are found by their words
    paper = make_draft(westmarch, by=officer)
    client.force_login(officer)
    assert "until papers go out" not in client.get(reverse("papers")).text
    author_text.write_words(paper=paper, version=0, meets_on=meets(), by=officer, at=AT)
    last = despatch_on(meets())
    words = f"{say_days((last - london_day(timezone.now())).days)} until papers go out, by {say(last)}"
    assert words in client.get(reverse("papers")).text
    assert words in client.get(paper.get_absolute_url()).text
    assert flashes(client.get(reverse("issue_paper", args=[paper.pk]), follow=True)) == ["error"]


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_list_costs_the_same_for_one_paper_as_for_three(
    client, westmarch, body, panel, officer, approver, django_assert_num_queries, number
):
    make_draft(westmarch, by=officer, start=datetime.date(2026, 1, 1), end=datetime.date(2026, 3, 31))
    for days in QUARTERS[:number]:
        issue(filed(westmarch, officer, approver, days), panel)
    client.force_login(officer)
    with django_assert_num_queries(10):
        client.get(reverse("papers"))


@pytest.mark.soak
def test_the_title_says_once_that_something_is_wrong(client, westmarch, body, panel, officer, approver):
    client.force_login(officer)
    paper = filed(westmarch, officer, approver)
    answer = client.post(reverse("issue_paper", args=[paper.pk]), {"panel": "", "meeting_on": ""})
    assert (answer.status_code, LexborHTMLParser(answer.text).css_first("title").text().count("Error:")) == (422, 1)
