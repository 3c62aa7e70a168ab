"""Evidence on the pages of a commitment and of a recommendation: shown, pointed at, withdrawn; errors and empty."""

from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.register import voices
from recommendations.models import Evidence, TrackedRecommendation
from tests.makers.commitments import make_commitment, make_version
from tests.makers.evidence import point, watched_panel
from tests.makers.panels import make_channel
from tests.per_module import per_module
from tests.views.hooks import number_of, wrong


def listed(response) -> list[str]:
    found = LexborHTMLParser(response.content.decode()).css(".app-evidence > li")
    return [" ".join(each.text(separator=" ").split()) for each in found]


def summary(response) -> list[str]:
    found = LexborHTMLParser(response.content.decode()).css(".govuk-error-summary__list a")
    return [each.text() for each in found]


@per_module
def panel(westmarch):
    return watched_panel(westmarch)


@per_module
def promised(body, westmarch):
    return make_commitment(make_version(body, westmarch))


@per_module
def answered(promised):
    return TrackedRecommendation.objects.get(recommendation__answers__comment=promised.comment)


def test_a_measure_is_set_and_shows_on_both_pages(sign_in, officer, promised, answered, panel, westmarch):
    client, address = sign_in(officer), reverse("point_from_commitment", args=[promised.pk])
    assert number_of(client.get(promised.get_absolute_url()), ".app-evidence a[href*=withdraw]") == 0
    sent = {"source": f"force-{westmarch.pk}", "measure": "on", "note": "Who came."}
    assert client.post(address, sent, follow=True).redirect_chain == [(promised.get_absolute_url(), 302)]
    made = Evidence.objects.get()
    assert (made.channel_of, made.measure, made.note, made.recorded_by) == (westmarch, True, "Who came.", officer)
    (line,) = listed(client.get(promised.get_absolute_url()))
    facts = ("Channel panels, Westmarch Police", "its measure", "5 of 6", "decision maker at 3")
    assert [fact for fact in facts if fact not in line] == []
    assert "Who came. Withdraw" in line
    (there,) = listed(client.get(f"{answered.get_absolute_url()}?tab=evidence"))
    assert ["measure of" in there, "“We will watch" in there] == [True, True]


def test_evidence_stands_beside_the_assurance(sign_in, officer, force_lead, promised, answered, panel):
    at = timezone.now()
    assurance = voices.record_assurance(tracked=answered, view="assured", rationale="Seen.", by=officer, at=at)
    client, address = sign_in(officer), reverse("point_from_assurance", args=[assurance.pk])
    sent = {"source": f"panel-{panel.pk}"}
    assert client.post(address, sent).url == answered.get_absolute_url()
    card = LexborHTMLParser(client.get(answered.get_absolute_url()).content.decode()).css(".app-voices__one")[1]
    assert "Evidence: Attendance at Aldford Channel panel: Force present at 5 of 6 meetings" in card.text()
    page = sign_in(force_lead).get(f"{answered.get_absolute_url()}?tab=evidence").content.decode()
    assert ("Aldford" in page, "app-evidence" in page) == (False, False)


def test_what_is_wrong_is_said_beside_what_was_typed(sign_in, officer, promised, panel):
    client, address = sign_in(officer), reverse("point_from_commitment", args=[promised.pk])
    empty = client.post(address, {"note": "Kept."})
    assert (empty.status_code, wrong(empty)) == (422, ["source"])
    assert 'value="Kept."' in empty.content.decode()
    assert wrong(client.post(address, {"source": "panel-0"})) == ["source"]
    meeting = panel.meetings.first()
    assert wrong(client.post(address, {"source": f"meeting-{meeting.pk}", "measure": "on"})) == ["measure"]


def test_without_a_panel_there_is_nothing_to_choose_yet(sign_in, officer, promised):
    page = sign_in(officer).get(reverse("point_from_commitment", args=[promised.pk])).content.decode()
    assert "There is nothing to link yet" in page


def test_another_forces_sources_are_not_offered(sign_in, officer, promised, panel, eastvale):
    make_channel(eastvale, "Eastvale Channel panel")
    page = sign_in(officer).get(reverse("point_from_commitment", args=[promised.pk])).content.decode()
    assert ("Aldford Channel panel" in page, "Eastvale Channel panel" in page) == (True, False)


def test_it_is_withdrawn_with_a_reason(sign_in, officer, promised, panel):
    made = point(promised, panel)
    client, address = sign_in(officer), reverse("withdraw_evidence", args=[made.pk])
    assert wrong(client.post(address, {})) == ["reason"]
    assert client.post(address, {"reason": "Too narrow."}).url == promised.get_absolute_url()
    assert number_of(client.get(promised.get_absolute_url()), ".app-evidence a[href*=withdraw]") == 0
    history = client.get(reverse("history", args=["commitment", promised.pk])).content.decode()
    assert ("Evidence withdrawn" in history, "Too narrow." in history) == (True, True)


def test_offering_costs_the_same_for_one_and_for_more(sign_in, officer, promised, westmarch, django_assert_num_queries):
    client, address = sign_in(officer), reverse("point_from_commitment", args=[promised.pk])
    watched_panel(westmarch)
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)
    make_channel(westmarch, "Belford Channel panel")
    with django_assert_num_queries(12):
        client.get(address)
