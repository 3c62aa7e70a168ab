"""The papers' pages: who sees what, drafts that live, papers that stay."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.papers import papers
from recommendations.domain.papers.sections import author_text
from recommendations.domain.register import voices
from recommendations.models import ScrutinyReport, TrailEntry
from tests.conftest import make_inspection, make_tracked
from tests.makers.builds import finalise, kept_alone, run_builds
from tests.makers.quarters import PASSED
from tests.per_module import per_module
from tests.views.hooks import flashes, lacking, links, number_of


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@per_module
def filed(draft, approver):
    return finalise(draft, by=approver, at=timezone.now(), render=kept_alone)


def test_an_officer_prepares_a_paper_for_a_quarter(client, westmarch, body, officer):
    client.force_login(officer)
    asked = {"force": westmarch.pk, "period": f"{PASSED.start}/{PASSED.end}", "once": "a"}
    first = client.post(reverse("add_paper"), asked)
    again = client.post(reverse("add_paper"), asked)
    paper = ScrutinyReport.objects.get()
    assert (paper.start, paper.end, paper.prepared_by) == (PASSED.start, PASSED.end, officer)
    assert first.url == again.url == paper.get_absolute_url()
    assert TrailEntry.objects.filter(verb="prepare_paper").count() == 1


def test_a_quarter_that_has_a_paper_says_so_and_leads_to_it(client, westmarch, eastvale, filed, officer):
    # wording: a label says it before anything is sent
    client.force_login(officer)
    page = client.get(reverse("add_paper"))
    form = page.context["form"]
    labels = dict(form.fields["period"].choices)
    this = f"{PASSED.start}/{PASSED.end}"
    assert labels[this] == f"{PASSED.label}; there is a paper on {westmarch}"
    assert [words for words in labels.values() if "there is a paper" in words] == [labels[this]]
    assert links(page.text, "form a")[:1] == [filed.get_absolute_url()]
    newest = form.fields["period"].choices[0][0]
    assert form.fields["period"].initial == newest
    papers.prepare(force=eastvale, start=PASSED.start, end=PASSED.end, by=officer, at=timezone.now())
    form = client.get(reverse("add_paper")).context["form"]
    assert form.fields["period"].initial == (None if newest == this else newest)
    assert [[paper.force for paper in there] for _, there in form.existing] == [[eastvale, westmarch]]


@pytest.mark.suite(0, 3)
@pytest.mark.parametrize(
    ("days", "message"),
    [
        ({"start": "30/9/2026", "end": "1/7/2026"}, "The period ends on 1 July 2026, before it begins"),
        ({"start": "31/2/2026", "end": "1/7/2026"}, "31 February 2026 does not exist"),
        ({"start": "", "end": "1/7/2026"}, "Enter the first day of the period."),
        ({"start": "1/1/2150", "end": "1/7/2150"}, "in the future"),
    ],
)
def test_an_impossible_period_is_said_beside_what_was_typed(client, westmarch, body, officer, days, message):
    client.force_login(officer)
    response = client.post(reverse("add_paper"), {"force": westmarch.pk, "period": "other", **days})
    assert response.status_code == 422
    assert message in response.text
    assert f'value="{days["end"]}"' in response.text
    assert ScrutinyReport.objects.count() == 0


def test_a_drafts_figures_are_live(client, draft, westmarch, officer):
    client.force_login(officer)
    assert "Nothing is tracked" in client.get(draft.get_absolute_url()).text
    tracked = make_tracked(make_inspection(westmarch), due_on=datetime.date(2026, 2, 1))
    page = client.get(draft.get_absolute_url()).text
    assert tracked.reference in page
    assert reverse("finalise_paper", args=[draft.pk]) not in page


def test_a_pages_queries_do_not_grow(client, draft, westmarch, approver, django_assert_num_queries):
    client.force_login(approver)
    inspection = make_inspection(westmarch)
    for number in "123":
        tracked = make_tracked(inspection, number=number, due_on=datetime.date(2026, 2, 1))
        voices.log_force_update(
            tracked=tracked, done="x", effective_on=datetime.date(2026, 3, 1), by=approver, at=timezone.now()
        )
        if number != "2":
            with django_assert_num_queries(56):
                client.get(draft.get_absolute_url())


def test_an_approving_officer_finalises_and_everybody_downloads_the_same_bytes(client, draft, approver, member):
    client.force_login(approver)
    assert "Finalise the paper" in client.get(draft.get_absolute_url()).text
    first = client.post(reverse("finalise_paper", args=[draft.pk]))
    again = client.post(reverse("finalise_paper", args=[draft.pk]))
    assert first.url == again.url
    run_builds()
    client.post(reverse("finalise_paper", args=[draft.pk]))
    paper = ScrutinyReport.objects.get()
    assert paper.finalised_by == approver
    assert TrailEntry.objects.filter(verb="finalise_paper").count() == 1
    client.force_login(member)
    response = client.get(reverse("paper_file", args=[paper.pk]))
    assert response.content == bytes(paper.file.content)
    assert response["Content-Disposition"] == f'attachment; filename="{paper.file.name}"'


def test_nobody_finalises_their_own_paper(client, westmarch, body, approver):
    paper = papers.prepare(force=westmarch, start=PASSED.start, end=PASSED.end, by=approver, at=timezone.now())
    client.force_login(approver)
    shown = client.get(paper.get_absolute_url())
    assert number_of(shown, ".app-panel--next p") == 1
    assert reverse("finalise_paper", args=[paper.pk]) not in shown.text
    client.post(reverse("finalise_paper", args=[paper.pk]))
    assert ScrutinyReport.objects.get().is_draft
    assert TrailEntry.objects.filter(verb="refused").count() == 1


def test_drafts_and_other_forces_papers_are_not_there(client, draft, member, force_lead, other_force_lead, approver):
    for person in (member, force_lead, other_force_lead):
        client.force_login(person)
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert client.get(reverse("paper_file", args=[draft.pk])).status_code == 404
    finalise(draft, by=approver, at=timezone.now(), render=kept_alone)
    seen = {}
    for person in (member, force_lead, other_force_lead):
        client.force_login(person)
        seen[person.name] = client.get(draft.get_absolute_url()).status_code
    assert seen == {member.name: 200, force_lead.name: 200, other_force_lead.name: 404}


def test_a_corrected_issue_names_the_old_one(client, filed, officer, approver):
    client.force_login(officer)
    response = client.post(reverse("correct_paper", args=[filed.pk]), follow=True)
    assert (flashes(response), lacking(response, ".app-flash", "Issue 2", "Issue 1")) == (["success"], [])
    assert "Replaced" in client.get(filed.get_absolute_url()).text


def test_the_command_does_the_same(tmp_path, westmarch, body):
    out, first, second = io.StringIO(), tmp_path / "one.pdf", tmp_path / "two.pdf"
    for path in (first, second):
        call_command(
            "scrutiny_report",
            "--force=westmarch",
            f"--from={PASSED.start}",
            f"--to={PASSED.end}",
            f"--output={path}",
            stdout=out,
        )
    assert first.read_bytes() == second.read_bytes() == bytes(ScrutinyReport.objects.get().file.content)
    with pytest.raises(CommandError, match=r"There is no force “nowhere”\. Known: eastvale, westmarch"):
        call_command("scrutiny_report", "--force=nowhere", "--from=1/1/2026", "--to=2/1/2026")
    with pytest.raises(CommandError, match="before it begins"):
        call_command("scrutiny_report", "--force=westmarch", "--from=2/1/2026", "--to=1/1/2026")


def test_the_command_files_contradicted_words_only_where_it_is_told_to(tmp_path, westmarch, body, draft, officer):
    # wording: the operator reads the figure
    said = {"view": "partly_assured", "view_words": "Targets are moved after their day has passed."}
    author_text.write_words(paper=draft, version=0, **said, by=officer, at=timezone.now())
    asked = ["--force=westmarch", f"--from={PASSED.start}", f"--to={PASSED.end}", f"--output={tmp_path / 'one.pdf'}"]
    with pytest.raises(CommandError, match="0 of 0 moves of a target in the period came after its day"):
        call_command("scrutiny_report", *asked)
    call_command("scrutiny_report", *asked, "--despite-figures", stdout=io.StringIO())
    assert ScrutinyReport.objects.get().state == "finalised"
    assert TrailEntry.objects.filter(verb="file_paper_despite_figures").count() == 1


def test_an_empty_list_says_to_a_lead_of_which_force_it_is(client, filed, force_lead, other_force_lead):
    empty = ".app-empty"
    for person, number in ((force_lead, 0), (other_force_lead, 1)):
        client.force_login(person)
        assert number_of(client.get(reverse("papers")), empty) == number
    assert lacking(client.get(reverse("papers")), empty, "your force") == []


def test_only_the_office_is_led_to_a_papers_history(client, filed, officer, member, force_lead):
    address = reverse("history", args=["paper", filed.pk])
    led = {}
    for person in (officer, member, force_lead):
        client.force_login(person)
        led[person.name] = (address in client.get(filed.get_absolute_url()).text, client.get(address).status_code)
    assert led == {officer.name: (True, 200), member.name: (False, 403), force_lead.name: (False, 403)}
