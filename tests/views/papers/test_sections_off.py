"""An office without panels: what its papers, its calendar, its first page and its evidence say of them."""

import datetime

import pytest
from django.urls import reverse

from recommendations.domain.calendar.calendar import feed_entries, kinds_for
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.verification import check_papers
from recommendations.forms.evidence.evidence import PointForm
from recommendations.models import ScrutinyReport, TrackedRecommendation
from tests.conftest import AT, TODAY
from tests.makers.actions import make_action
from tests.makers.calendar import of_committees, of_meetings
from tests.makers.commitments import make_commitment, make_version
from tests.makers.committees import make_panel
from tests.makers.evidence import point, watched_panel
from tests.makers.panels import make_channel
from tests.per_module import per_module

HEADING = "Attendance at Channel panels"
OFF = pytest.mark.parametrize("off", [(), ("panels",)])


@per_module
def panel(westmarch):
    return watched_panel(westmarch)


@per_module
def measured(body, westmarch, panel):
    made = make_commitment(make_version(body, westmarch), check_on=datetime.date(2027, 3, 31))
    point(made, westmarch, measure=True)
    return made


@per_module
def draft(measured, westmarch, officer):
    days = {"start": datetime.date(2026, 7, 1), "end": datetime.date(2026, 9, 30)}
    return papers.prepare(force=westmarch, by=officer, at=AT, **days)


def test_a_paper_says_nothing_of_panels(sign_in, officer, draft, settings):
    address = reverse("read_paper", args=[draft.pk])
    assert HEADING in sign_in(officer).get(address).text
    settings.SECTIONS_OFF = ("panels",)
    page = sign_in(officer).get(address).text
    assert [word in page for word in (HEADING, "Aldford", "measured", "Force present")] == [False] * 4
    figures = compile_figures(paper=draft, known_at=AT)
    assert (figures.attendance, figures.commitments, figures.sections_off) == (None, (), ("panels",))


def test_a_paper_has_no_table_of_actions_while_they_are_off(sign_in, officer, draft, settings):
    tracked = TrackedRecommendation.objects.filter(force=draft.own_force).first()
    make_action(tracked, words="Train <staff>.", effective_on=draft.end)
    address = reverse("read_paper", args=[draft.pk])
    page = sign_in(officer).get(address).text
    assert page.count("Train &lt;staff&gt;.") == 1
    settings.SECTIONS_OFF = ("actions",)
    assert "Train &lt;staff&gt;." not in sign_in(officer).get(address).text


@pytest.mark.suite(1)
@OFF
def test_what_was_filed_stays_and_verifies_however_it_is_switched_later(draft, approver, settings, off):
    settings.SECTIONS_OFF = off
    figures = compile_figures(paper=draft, known_at=AT)
    papers.finalise(paper=draft, figures=figures, content=b"%PDF", by=approver, at=AT)
    kept = ScrutinyReport.objects.get().figures
    for later in ((), ("panels",), ("panels", "custody", "public-papers")):
        settings.SECTIONS_OFF = later
        assert [check.problems for check in check_papers()] == [[]]
    assert ScrutinyReport.objects.get().figures == kept
    assert [len(kept["attendance"] or ()), len(kept["commitments"])] == ([0, 0] if off else [1, 1])


@pytest.mark.soak
def test_a_paper_of_before_sections_could_be_off_verifies(draft, approver, settings):
    figures = compile_figures(paper=draft, known_at=AT)
    del (before := figures.to_json())["sections_off"]
    assert type(figures).from_json(before) == figures
    papers.finalise(paper=draft, figures=figures, content=b"%PDF", by=approver, at=AT)
    settings.SECTIONS_OFF = ("panels",)
    assert [check.problems for check in check_papers()] == [[]]


def test_the_calendar_and_its_feed_have_no_meeting_and_no_term(officer, approver, westmarch, settings):
    of_meetings(westmarch)
    of_committees(westmarch, approver)
    shown = {str(entry.kind) for entry in feed_entries(officer, TODAY)}
    settings.SECTIONS_OFF = ("panels",)
    assert shown - {str(entry.kind) for entry in feed_entries(officer, TODAY)} == {"meeting", "term"}
    assert {"meeting", "term"} & {str(kind) for kind in kinds_for(officer)} == set()


def offered(subject) -> tuple[list[str], bool]:
    form = PointForm(subject=subject)
    return [title for title, _ in form.fields["source"].choices[1:]], "measure" in form.fields


@pytest.mark.soak
def test_panels_are_no_evidence_and_measure_nothing(sign_in, officer, measured, settings):
    tracked = TrackedRecommendation.objects.get(recommendation__answers__comment=measured.comment)
    address = measured.get_absolute_url()
    assert offered(measured) == (["Attendance at", "Meetings"], True)
    assert "Aldford" in sign_in(officer).get(reverse("point_from_commitment", args=[measured.pk])).text
    assert "Force present" in sign_in(officer).get(address).text
    settings.SECTIONS_OFF = ("panels",)
    assert offered(measured) == offered(tracked) == ([], False)
    page = sign_in(officer).get(address).text
    assert ["Force present" in page, "measures it" in page, "Link evidence" in page] == [False, False, True]
    settings.SECTIONS_OFF = ("panels", "custody", "indicators")
    assert "Link evidence" not in sign_in(officer).get(address).text


def test_committees_stay_without_channel_panels(sign_in, officer, westmarch, settings):
    audit, channel = make_panel("Joint Audit Committee"), make_channel(westmarch)
    client = sign_in(officer)

    def choices(name: str) -> set:
        return {each.pk for each in client.get(reverse(name)).context["form"].fields["panel"].queryset}

    assert (choices("add_paper"), choices("record_request")) == ({audit.pk, channel.pk}, {audit.pk, channel.pk})
    settings.SECTIONS_OFF = ("panels",)
    assert (choices("add_paper"), choices("record_request")) == ({audit.pk}, {audit.pk})
