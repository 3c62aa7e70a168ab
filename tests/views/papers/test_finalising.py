"""The page before a paper is filed for ever: page 1, what is missing, and one button."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.papers import factual_checks, papers
from recommendations.domain.papers.joint.papers import prepare_joint
from recommendations.domain.papers.missing import NOT_ASKED
from recommendations.domain.papers.sections import author_text
from recommendations.models import PaperBuild, TrailEntry
from recommendations.periods import london_day
from tests.conftest import make_inspection, make_tracked
from tests.makers.builds import finalise as make_final
from tests.makers.builds import kept_alone, run_builds
from tests.makers.committees import make_panel
from tests.makers.quarters import PASSED
from tests.per_module import per_module
from tests.views.hooks import flashes, links, number_of, parsed, wrong

UNWRITTEN = ["Committee: not named", "Date of the meeting: not set", "Item: not set", "The office’s view: not written"]


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


def confirm(client, paper):
    return client.get(reverse("finalise_paper", args=[paper.pk]))


def missing(page) -> list[str]:
    return [line.text().strip() for line in parsed(page).css("#missing li")]


def test_page_one_and_what_is_missing_are_shown_and_nothing_is_filed(client, draft, westmarch, approver):
    make_tracked(make_inspection(westmarch), due_on=datetime.date(2026, 2, 1))
    client.force_login(approver)
    entries = TrailEntry.objects.count()
    page = confirm(client, draft)
    # wording: the list of what is missing is the promise
    late = "Delay: 1 overdue without a cause or mitigation: WM-0001"
    assert missing(page) == [*UNWRITTEN, NOT_ASKED, "Register: 1 overdue without a recovery plan", late]
    assert number_of(page, ".app-first-page .front") == 1
    assert number_of(page, "main form") == 1
    assert (PaperBuild.objects.count(), TrailEntry.objects.count()) == (0, entries)


def test_the_paper_leads_there_and_the_button_files_it_once(client, draft, approver):
    client.force_login(approver)
    address = reverse("finalise_paper", args=[draft.pk])
    paper = client.get(draft.get_absolute_url())
    assert links(paper.text, ".app-panel--next a.govuk-button") == [address]
    assert number_of(paper, f"form[action='{address}']") == 0
    first, again = client.post(address), client.post(address)
    assert (first.url, PaperBuild.objects.count()) == (again.url, 1)


@pytest.mark.soak
def test_what_is_written_and_checked_is_not_missing(client, westmarch, body, officer, approver):
    day, at = london_day(timezone.now()), timezone.now()
    days = {"start": PASSED.start, "end": PASSED.end}
    draft = papers.prepare(force=westmarch, **days, panel=make_panel(), by=officer, at=at)
    said = {"meets_on": day, "item": "7", "view": "assured", "view_words": "It did."}
    author_text.write_words(paper=draft, version=0, **said, by=officer, at=at)
    client.force_login(approver)
    assert missing(confirm(client, draft)) == [NOT_ASKED]
    check = factual_checks.send_to_check(paper=draft, due_on=day, by=officer, at=at)
    factual_checks.end_check(check=check, reason="No time", by=officer, at=at)
    page = confirm(client, draft)
    assert missing(page) == [f"Factual check: Ended on {day.day} {day:%B %Y} without a reply"]


def test_a_joint_paper_says_which_force_lacks_what(client, westmarch, eastvale, body, officer, approver):
    at = timezone.now()
    forces = [westmarch, eastvale]
    joint = prepare_joint(forces=forces, start=PASSED.start, end=PASSED.end, by=officer, at=at)
    client.force_login(approver)
    # wording: the list of what is missing is the promise
    of_parts = [f"{force}: {lack}" for force in forces for lack in (NOT_ASKED, "The office’s view not written")]
    page = confirm(client, joint)
    assert sorted(missing(page)) == sorted([*UNWRITTEN, *of_parts])
    assert number_of(page, ".app-first-page .forces") == 1


@per_module
def contradicted(draft, officer):
    """A draft that says that targets move after their day. None did."""
    said = {"view": "not_assured", "view_words": "Targets are moved after their day has passed. We ask why."}
    author_text.write_words(paper=draft, version=0, **said, by=officer, at=timezone.now())
    return draft


def test_a_sentence_that_a_figure_contradicts_is_named_with_the_figure_and_its_part(client, contradicted, approver):
    # wording: the sentence, its place and the figure are the promise
    client.force_login(approver)
    page = confirm(client, contradicted)
    (line,) = parsed(page).css("#contradictions li")
    assert " ".join(line.text().split()) == (
        "Page 1, the office’s view: “Targets are moved after their day has passed.” "
        "0 of 0 moves of a target in the period came after its day. Targets moved in the period"
    )
    assert links(page.text, "#contradictions a") == [reverse("read_paper", args=[contradicted.pk]) + "#moved"]
    assert number_of(page, "input[name=despite_figures]") == 1


def test_it_is_filed_with_one_more_yes_which_the_trail_keeps_once(client, contradicted, approver):
    client.force_login(approver)
    address, entries = reverse("finalise_paper", args=[contradicted.pk]), TrailEntry.objects.count()
    refused = client.post(address)
    assert (refused.status_code, wrong(refused)) == (422, ["despite_figures"])
    assert (PaperBuild.objects.count(), TrailEntry.objects.count()) == (0, entries)
    first, again = (client.post(address, {"despite_figures": "on"}) for _ in range(2))
    assert (first.url, PaperBuild.objects.count()) == (again.url, 1)
    entry = TrailEntry.objects.get(verb="file_paper_despite_figures")
    assert (entry.subject_id, entry.by) == (contradicted.pk, approver)
    assert "“Targets are moved after their day has passed.”" in entry.reason
    run_builds()
    contradicted.refresh_from_db()
    assert contradicted.state == "finalised"


def test_words_that_change_after_the_yes_are_not_filed(client, contradicted, officer, approver):
    # wording: the reason is all that a build keeps
    client.force_login(approver)
    client.post(reverse("finalise_paper", args=[contradicted.pk]), {"despite_figures": "on"})
    said = {"view": "assured", "view_words": "All is well."}
    author_text.write_words(paper=contradicted, version=1, **said, by=officer, at=timezone.now())
    (build,) = run_builds()
    contradicted.refresh_from_db()
    assert (contradicted.state, build.state) == ("draft", "failed")
    assert build.problem.startswith("Its words were changed after this was asked for.")


def test_the_parts_of_a_joint_paper_are_held_against_their_own_figures(
    client, westmarch, eastvale, body, officer, approver
):
    at, days = timezone.now(), {"start": PASSED.start, "end": PASSED.end}
    joint = prepare_joint(forces=[westmarch, eastvale], **days, by=officer, at=at)
    part, said = joint.parts.get(force=eastvale), "Why are targets moved after their day?"
    author_text.write_words(paper=part, version=0, questions=(said,), by=officer, at=at)
    client.force_login(approver)
    (line,) = parsed(confirm(client, joint)).css("#contradictions li")
    assert line.text().startswith(f"Eastvale Police: Page 2, questions: “{said}”")


def test_what_cannot_be_finalised_leads_back_and_says_why(client, draft, approver, westmarch, body):
    client.force_login(approver)
    days = {"start": datetime.date(2026, 1, 1), "end": PASSED.start}
    own = papers.prepare(force=westmarch, **days, by=approver, at=timezone.now())
    filed = make_final(draft, by=approver, at=timezone.now(), render=kept_alone)
    for paper in (own, filed):
        page = client.get(reverse("finalise_paper", args=[paper.pk]), follow=True)
        assert (page.redirect_chain, flashes(page)) == ([(paper.get_absolute_url(), 302)], ["error"])


def test_an_officer_who_does_not_approve_is_refused(client, draft, officer):
    client.force_login(officer)
    assert confirm(client, draft).status_code == 403
