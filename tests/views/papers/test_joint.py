"""The pages of a joint paper: who sees the whole, who sees a part, and that a part goes nowhere alone."""

import datetime
import io

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.papers import issuing, papers
from recommendations.models import PaperWords, ScrutinyReport
from recommendations.periods import london_day
from tests.conftest import make_inspection, make_tracked
from tests.makers.builds import run_builds
from tests.makers.committees import make_panel
from tests.makers.joint_papers import finalised, joint_draft, make_force
from tests.makers.quarters import PASSED
from tests.per_module import per_module
from tests.views.hooks import flashes, lacking, links, number_of, wrong

PERIOD = {"start": PASSED.start, "end": PASSED.end}


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@per_module
def registered(westmarch, eastvale, body):
    for force in (westmarch, eastvale):
        make_tracked(make_inspection(force, title=f"Custody in {force.short_name}"), text=f"Words on {force.slug}.")


@per_module
def drafted(registered, westmarch, eastvale, officer):
    """The joint draft, as an officer prepares it."""
    sent = {"force": [westmarch.pk, eastvale.pk], "period": f"{PASSED.start}/{PASSED.end}", "once": "a"}
    response = posted(officer, reverse("add_paper"), sent)
    paper = ScrutinyReport.objects.get(force=None)
    assert response.url == paper.get_absolute_url()
    return paper


@per_module
def finalised_once(drafted, approver):
    """The same, finalised as an approving officer does it."""
    posted(approver, reverse("finalise_paper", args=[drafted.pk]))
    run_builds()
    paper = ScrutinyReport.objects.get(pk=drafted.pk)
    assert not paper.is_draft
    return paper


@override_settings(DEMO=True)
def posted(person, url: str, data=None):
    client = Client()
    client.force_login(person)
    return client.post(url, data)


@pytest.fixture
def whole(client, drafted, officer):
    """The joint draft, and the officer signed in."""
    client.force_login(officer)
    return drafted


@pytest.fixture
def filed(client, finalised_once, approver):
    """The finalised paper, and the approving officer signed in."""
    client.force_login(approver)
    return finalised_once


def part(whole, force) -> ScrutinyReport:
    return ScrutinyReport.objects.get(part_of=whole, force=force)


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(content))


def test_the_page_shows_each_part_and_leads_to_it(client, whole, westmarch, eastvale):
    shown = client.get(whole.get_absolute_url())
    page = shown.text
    assert lacking(shown, "h1", "Eastvale Police and Westmarch Police") == []
    for force in (westmarch, eastvale):
        assert f'href="{part(whole, force).get_absolute_url()}"' in page
    assert [(row.state != "", len(row.gaps), row.problems) for row in shown.context["rows"]] == [(True, 2, [])] * 2
    writes = [reverse("paper_words", args=[part(whole, force).pk]) for force in (eastvale, westmarch)]
    assert links(shown, ".app-joint tbody a[href$='/words/']") == writes
    assert reverse("send_to_check", args=[whole.pk]) not in page


def test_the_words_of_the_whole_have_its_figures_beside_their_box(client, whole):
    shown = client.get(reverse("paper_words", args=[whole.pk]))
    beside = LexborHTMLParser(shown.content).css_first(".app-words__beside")
    assert beside.attributes["aria-label"] == "For “The view in a sentence”"
    # wording: it names the box that it stands beside
    named = [line.text().partition(":")[0] for line in beside.css("li")]
    leaned_on = ["0 of 0 moves of a target in the period came after its day."]
    leaned_on += [line for line in named if line.endswith("are from reports two years old or older.")]
    assert named == ["Open", "Overdue", "Closed", *leaned_on, "Eastvale Police", "Westmarch Police"]


def test_the_pages_queries_do_not_grow_with_the_registers(
    client, whole, westmarch, eastvale, officer, django_assert_num_queries
):
    client.force_login(officer)
    for number in ("2", "3"):
        with django_assert_num_queries(97):
            client.get(whole.get_absolute_url())
        for force in (westmarch, eastvale):
            make_tracked(make_inspection(force, title=f"Report {number} on {force.slug}"), number=number)


def test_it_is_listed_once_and_a_list_costs_the_same(client, whole, officer, django_assert_num_queries):
    client.force_login(officer)
    with django_assert_num_queries(9):
        page = client.get(reverse("papers")).text
    assert page.count("Eastvale Police and Westmarch Police</td>") == 1
    assert f'href="{whole.get_absolute_url()}"' in page
    papers_of_two = [[make_force(f"{name}{n}", f"{name[0]}{n}") for name in ("Northshire", "Southshire")] for n in "12"]
    for forces in papers_of_two:
        client.post(
            reverse("add_paper"),
            {"force": [force.pk for force in forces], "period": f"{PASSED.start}/{PASSED.end}", "once": forces[0].slug},
        )
    assert ScrutinyReport.objects.filter(force=None).count() == 3
    with django_assert_num_queries(9):
        client.get(reverse("papers"))


def test_a_force_that_has_a_paper_is_refused_with_a_link(client, whole, westmarch, officer):
    northshire = make_force("Northshire", "NS")
    client.force_login(officer)
    sent = {"force": [westmarch.pk, northshire.pk], "period": f"{PASSED.start}/{PASSED.end}"}
    response = client.post(reverse("add_paper"), sent)
    assert response.status_code == 422
    assert (wrong(response), lacking(response, ".govuk-error-summary", "Westmarch Police")) == (["end"], [])
    assert f'href="{whole.get_absolute_url()}"' in response.text
    assert response.text.count("checked") >= 2
    nothing = client.post(reverse("add_paper"), {"period": f"{PASSED.start}/{PASSED.end}"})
    assert wrong(nothing) == ["force"]
    assert ScrutinyReport.objects.count() == 3


def test_a_force_sees_its_own_part_and_nothing_of_the_others(client, filed, westmarch, eastvale, force_lead, member):
    own, others = part(filed, westmarch), part(filed, eastvale)
    client.force_login(force_lead)
    seen = {paper.pk: client.get(paper.get_absolute_url()).status_code for paper in (filed, own, others)}
    assert seen == {filed.pk: 404, own.pk: 200, others.pk: 404}
    for paper in (filed, others):
        assert client.get(reverse("paper_file", args=[paper.pk])).status_code == 404
    listed = client.get(reverse("papers")).text
    page = client.get(own.get_absolute_url()).text
    content = client.get(reverse("paper_file", args=[own.pk])).content
    assert content == bytes(own.file.content)
    for words in (listed, page, text_of(content)):
        assert "Westmarch" in words
        assert "Eastvale" not in words
        assert "eastvale" not in words
    client.force_login(member)
    joint = client.get(reverse("paper_file", args=[filed.pk]))
    assert joint.content == bytes(filed.file.content)
    assert joint["Content-Disposition"] == f'attachment; filename="{papers.file_name(filed)}"'
    assert "Words on westmarch." in text_of(joint.content)
    assert "Words on eastvale." in text_of(joint.content)
    assert f'href="{own.get_absolute_url()}"' in client.get(filed.get_absolute_url()).text


def test_a_draft_is_there_for_the_office_alone(client, whole, westmarch, force_lead, member):
    for person in (force_lead, member):
        client.force_login(person)
        for paper in (whole, part(whole, westmarch)):
            assert client.get(paper.get_absolute_url()).status_code == 404
            assert client.get(reverse("paper_file", args=[paper.pk])).status_code == 404


def test_a_part_goes_nowhere_alone(client, whole, westmarch, approver):
    own = part(whole, westmarch)
    client.force_login(approver)
    page = client.get(own.get_absolute_url())
    assert links(page, ".app-record__line a") == [whole.get_absolute_url()]
    assert number_of(page, ".app-panel--next p") == 1
    assert reverse("finalise_paper", args=[own.pk]) not in page.text
    response = client.post(reverse("finalise_paper", args=[own.pk]), follow=True)
    assert flashes(response) == ["error"]
    assert ScrutinyReport.objects.filter(state="finalised").count() == 0
    sent = client.get(reverse("send_to_check", args=[whole.pk]), follow=True)
    assert (sent.redirect_chain, flashes(sent)) == ([(whole.get_absolute_url(), 302)], ["error"])


def test_what_a_force_checks_is_its_part(client, whole, westmarch, officer, force_lead):
    own = part(whole, westmarch)
    client.force_login(officer)
    due = london_day(timezone.now()) + datetime.timedelta(days=7)
    sent = client.post(
        reverse("send_to_check", args=[own.pk]), {"due_on_0": due.day, "due_on": f"{due:%d/%m/%Y}"}, follow=True
    )
    assert sent.status_code == 200
    assert lacking(client.get(whole.get_absolute_url()), ".app-panel--next p", "Westmarch Police: ") == []
    check = own.factual_checks.get()
    client.force_login(force_lead)
    page = client.get(check.get_absolute_url()).text
    draft = client.get(reverse("factual_check_file", args=[check.pk])).content
    for words in (page, text_of(draft)):
        assert "Westmarch" in words
        assert "Eastvale" not in words


def test_words_are_written_for_the_whole_and_for_each_part(client, whole, westmarch, officer):
    own = part(whole, westmarch)
    client.force_login(officer)
    page = client.get(reverse("paper_words", args=[whole.pk])).text
    assert 'name="meets_on"' in page
    assert 'name="questions"' not in page
    sent = {"item": "9", "purpose": "For assurance", "meets_on": "1/12/2099", "asked": "note it", "view": ""}
    client.post(reverse("paper_words", args=[whole.pk]), sent)
    of_part = client.get(reverse("paper_words", args=[own.pk])).text
    assert 'name="meets_on"' not in of_part
    view = {"view": "assured", "view_words": "It did what it said.", "asked": "note it", "questions": "When?"}
    client.post(reverse("paper_words", args=[own.pk]), view)
    said = {words.paper_id: (words.item, words.view) for words in PaperWords.objects.all()}
    assert said == {whole.pk: ("9", ""), own.pk: ("", "assured")}
    assert "It did what it said." in client.get(own.get_absolute_url()).text


def test_it_is_issued_whole_and_corrected_whole(client, filed, westmarch, officer, member):
    client.force_login(officer)
    panel = make_panel("Joint Audit Committee")
    meeting_on = london_day(timezone.now()) + datetime.timedelta(days=10)
    facts = {"panel": panel, "meeting_on": meeting_on, "item": "7", "sent_how": "By email"}
    issuing.issue_paper(paper=filed, **facts, by=officer, at=timezone.now())
    response = client.get(reverse("paper_file", args=[filed.pk]))
    assert f"{meeting_on}-hmicfrs-joint-eastvale-westmarch-" in response["Content-Disposition"]
    own = part(filed, westmarch)
    refused = client.get(reverse("issue_paper", args=[own.pk]), follow=True)
    assert (refused.redirect_chain, flashes(refused)) == ([(own.get_absolute_url(), 302)], ["error"])
    refused = client.post(reverse("correct_paper", args=[own.pk]), follow=True)
    assert (flashes(refused), ScrutinyReport.objects.filter(issue=2).count()) == (["error"], 0)
    corrected = client.post(reverse("correct_paper", args=[filed.pk]), follow=True)
    assert (flashes(corrected), lacking(corrected, ".app-flash", "Issue 2", "Issue 1")) == (["success"], [])
    assert ScrutinyReport.objects.filter(issue=2).count() == 3
    client.force_login(member)
    assert "Replaced" not in client.get(filed.get_absolute_url()).text


@pytest.mark.soak
def test_two_joint_papers_are_compared_force_by_force(
    client, filed, westmarch, eastvale, officer, approver, django_assert_num_queries
):
    northshire = make_force("Northshire", "NS")
    end = PASSED.start - datetime.timedelta(days=1)
    draft = joint_draft(westmarch, northshire, by=officer, start=end.replace(day=1), end=end, at=timezone.now())
    earlier = finalised(draft, by=approver, at=timezone.now())
    client.force_login(officer)
    page = client.get(filed.get_absolute_url()).text
    pair = f"from={earlier.pk}&amp;to={filed.pk}"
    assert f"{reverse('compare_papers')}?{pair}" in page
    with django_assert_num_queries(12):
        compared = client.get(reverse("compare_papers"), {"from": earlier.pk, "to": filed.pk})
    parts = f"from={part(earlier, westmarch).pk}&amp;to={part(filed, westmarch).pk}"
    assert compared.text.count(parts) == 1
    assert compared.text.count("not in it") == 4
    assert client.get(reverse("compare_papers") + "?" + parts.replace("&amp;", "&")).status_code == 200
    assert client.get(reverse("history", args=["paper", filed.pk])).status_code == 200


def test_a_joint_paper_is_not_compared_with_one_of_one_force(client, filed, westmarch, officer):
    client.force_login(officer)
    response = client.get(reverse("compare_papers"), {"from": filed.pk, "to": part(filed, westmarch).pk})
    assert response.status_code == 422
    assert flashes(response)[-1] == "error"


@pytest.mark.soak
def test_the_command_makes_one_paper_of_several_forces(tmp_path, registered, westmarch, eastvale):
    first, second, days = tmp_path / "one.pdf", tmp_path / "two.pdf", [f"--from={PASSED.start}", f"--to={PASSED.end}"]
    for path in (first, second):
        asked = ["--force=westmarch", "--force=eastvale", *days, f"--output={path}"]
        call_command("scrutiny_report", *asked, stdout=io.StringIO())
    kept = ScrutinyReport.objects.get(force=None)
    assert first.read_bytes() == second.read_bytes() == bytes(kept.file.content)
    make_force("Northshire", "NS")
    with pytest.raises(CommandError, match="Eastvale Police has a paper for this period already"):
        call_command("scrutiny_report", "--force=northshire", "--force=eastvale", *days)
