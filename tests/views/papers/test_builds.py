"""The pages of what is made of a paper outside requests: how far it is, why it was not made, once more."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.audit import verification
from recommendations.domain.builds.builds import WAITS
from recommendations.domain.papers import builds
from recommendations.domain.papers.sections import author_text
from recommendations.domain.people import records
from recommendations.enums import BuildKind, BuildState, Role
from recommendations.models import IssuedFile, PaperBuild, ScrutinyReport, TrailEntry
from tests.conftest import make_inspection, make_person, make_tracked
from tests.makers.builds import run_builds
from tests.makers.quarters import PASSED
from tests.views.hooks import flashes, lacking, links, number_of


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


def finalise(client, paper):
    return client.post(reverse("finalise_paper", args=[paper.pk]))


def demote(person) -> None:
    person.role = Role.OPCC_OFFICER
    records.keep(record=person, by=None, at=timezone.now())


def test_the_page_says_how_far_it_is_and_then_leads_to_the_paper(client, draft, approver):
    client.force_login(approver)
    page = finalise(client, draft).url
    waiting = client.get(page).text
    assert number_of(waiting, f"[data-build='{page}progress/'] progress[value='0'][max='3']") == 1
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting
    how_far = client.get(f"{page}progress/").json()
    assert how_far.pop("words") in waiting
    assert how_far == {"done": 0, "total": 3, "over": False}
    on_the_paper = client.get(draft.get_absolute_url()).text
    assert links(on_the_paper, ".app-panel--next a") == [page]
    assert reverse("finalise_paper", args=[draft.pk]) not in on_the_paper
    run_builds()
    assert client.get(f"{page}progress/").json()["over"] is True
    over = client.get(page, follow=True)
    assert over.redirect_chain == [(draft.get_absolute_url(), 302)]
    assert flashes(over) == ["success"]
    paper = ScrutinyReport.objects.get()
    assert (paper.is_draft, paper.finalised_by, verification.verify()) == (False, approver, [])


def test_a_second_person_is_told_who_asked_first(client, draft, approver):
    client.force_login(approver)
    finalise(client, draft)
    client.force_login(make_person("Sam Second", Role.APPROVING_OFFICER))
    answer = client.post(reverse("finalise_paper", args=[draft.pk]), follow=True)
    assert (flashes(answer), lacking(answer, ".app-flash", "Margaret Osei")) == (["error"], [])
    assert PaperBuild.objects.count() == 1


def test_who_may_not_finalise_any_more_when_it_is_kept_does_not(client, draft, approver):
    client.force_login(approver)
    page = finalise(client, draft).url
    demote(approver)
    run_builds()
    answer = client.get(page)
    assert (number_of(answer, "progress"), lacking(answer, ".app-accent", "Margaret Osei")) == (0, [])
    assert number_of(answer, "main form") == 0
    refused = TrailEntry.objects.get(verb="refused")
    assert (refused.by, refused.about) == (approver, f"Finalise the paper {draft.pk}")
    assert (ScrutinyReport.objects.get().is_draft, IssuedFile.objects.count()) == (True, 0)


def test_what_is_refused_while_the_file_is_made_is_the_reason_and_can_be_tried_again(client, draft, approver, officer):
    """Words that are written after somebody asked are in the file. Written by the one who asked, they stop it."""
    client.force_login(approver)
    page = finalise(client, draft).url
    said = {"view": "assured", "view_words": "It did."}
    author_text.write_words(paper=draft, version=0, **said, by=approver, at=timezone.now())
    run_builds()
    answer = client.get(page)
    assert [number_of(answer, css) for css in ("progress", ".app-accent")] == [0, 1]
    author_text.write_words(paper=draft, version=1, **said, by=officer, at=timezone.now())
    again = f"form[action='{reverse('finalise_paper', args=[draft.pk])}']"
    assert number_of(answer, again) == 1
    on_the_paper = client.get(draft.get_absolute_url())
    to_finalise = f".app-panel--next a[href='{reverse('finalise_paper', args=[draft.pk])}']"
    assert [number_of(on_the_paper, css) for css in (to_finalise, ".app-panel--next .app-accent")] == [1, 1]
    second = finalise(client, draft).url
    assert second != page
    run_builds()
    assert client.get(second, follow=True).redirect_chain == [(draft.get_absolute_url(), 302)]


def test_what_nothing_takes_up_is_shown_as_failed(client, draft, approver):
    client.force_login(approver)
    page = finalise(client, draft).url
    PaperBuild.objects.update(asked_at=timezone.now() - WAITS - datetime.timedelta(seconds=1))
    answer = client.get(page)
    assert (number_of(answer, "progress"), lacking(answer, ".app-accent", "30 minutes")) == (0, [])
    assert "http-equiv" not in answer.text
    again = finalise(client, draft).url
    assert again != page
    run_builds()
    states = list(PaperBuild.objects.order_by("pk").values_list("state", flat=True))
    assert states == [BuildState.FAILED, BuildState.DONE]


@pytest.mark.soak
def test_the_pdf_of_a_large_draft_is_made_outside_the_request(client, draft, westmarch, officer, monkeypatch):
    make_tracked(make_inspection(westmarch))
    monkeypatch.setattr(builds, "LARGE", 0)
    client.force_login(officer)
    led = client.get(reverse("paper_file", args=[draft.pk]), follow=True)
    assert led.redirect_chain == [(draft.get_absolute_url(), 302)]
    build = f"form[action='{reverse('build_draft', args=[draft.pk])}']"
    assert (flashes(led), number_of(led, build)) == (["info"], 1)
    page = client.post(reverse("build_draft", args=[draft.pk])).url
    assert client.post(reverse("build_draft", args=[draft.pk])).url == page
    run_builds()
    assert f"{page}file/" in links(client.get(page), "main a")
    answer = client.get(f"{page}file/")
    assert answer.content[:5] == b"%PDF-"
    name = f"draft-scrutiny-report-westmarch-{PASSED.start}-to-{PASSED.end}-issue-1.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    shown = client.get(draft.get_absolute_url()).text
    assert f'href="{page}file/"' in shown
    assert number_of(shown, build) == 1
    assert PaperBuild.objects.get().kind == BuildKind.PREVIEW


def test_the_page_asks_little_however_many_there_are(client, draft, approver, django_assert_num_queries):
    client.force_login(approver)
    page = finalise(client, draft).url
    for _ in range(2):
        with django_assert_num_queries(5):
            client.get(page)
        client.post(reverse("build_draft", args=[draft.pk]))
