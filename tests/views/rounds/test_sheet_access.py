"""Who takes a round’s sheet out and brings it back, and what each sees of the other’s work."""

import datetime

import pytest
from django.urls import reverse

from recommendations.domain.people import records
from recommendations.domain.rounds.drafts import save_drafts
from recommendations.enums import Role
from recommendations.models import RoundAnswer, RoundDraft, SheetDraft, TrailEntry
from tests.conftest import AT, make_person
from tests.makers.rounds import make_round, typed
from tests.per_module import per_module
from tests.views.hooks import lacking, number_of
from tests.views.rounds.sheets import bring_in, downloaded, downloaded_as, fill, outcomes, page_of, upload, words


@per_module
def asked(body, westmarch, officer):
    return make_round(westmarch, by=officer, due_on=datetime.date(2099, 1, 5))


@pytest.fixture
def lead(sign_in, force_lead):
    return sign_in(force_lead)


def test_the_office_is_told_nothing_of_a_draft(sign_in, asked, force_lead, officer):
    save_drafts(round=asked, typed=[typed(asked.lines.first(), done="zqinside")], by=force_lead, at=AT)
    office = sign_in(officer)
    book = fill(downloaded(office, asked), 1, done="From the sheet.")
    answer = upload(office, asked, book)
    assert outcomes(page_of(answer))[0][1] == "New"
    assert "zqinside" not in answer.content.decode()
    assert "zqinside" not in str(list(book.active.values))


def test_what_the_force_was_writing_stays_its_draft_when_the_office_brings_in_a_sheet(
    sign_in, asked, force_lead, officer
):
    line = asked.lines.first()
    save_drafts(round=asked, typed=[typed(line, done="Half a thought.")], by=force_lead, at=AT)
    office = sign_in(officer)
    bring_in(office, upload(office, asked, fill(downloaded(office, asked), 1, done="From the sheet.")))
    assert (RoundAnswer.objects.get().done, RoundDraft.objects.get().done) == ("From the sheet.", "Half a thought.")
    assert "Half a thought." not in office.get(f"{asked.get_absolute_url()}?show=to_look").content.decode()
    page = page_of(sign_in(force_lead).get(f"{asked.get_absolute_url()}?show=all"))
    said = words(page, f"#line-{line.pk} .app-line__new p")
    assert (said[1], said[-1]) == ("From the sheet.", "Half a thought.")


def test_another_rounds_sheet_is_refused_and_named_only_to_whoever_may_see_it(
    lead, sign_in, asked, eastvale, westmarch, officer
):
    foreign = make_round(eastvale, lines=1, title="Vetting", name="zqforeign")
    earlier = make_round(westmarch, lines=1, title="Fraud", name="October")
    office = sign_in(officer)
    theirs, ours = downloaded_as(office, foreign), downloaded_as(office, earlier)
    named = ("Eastvale Police", "zqforeign", "Westmarch Police, October")
    errors, told = ".govuk-error-message", upload(office, asked, theirs)
    assert (number_of(told, errors), lacking(told, errors, *named)) == (1, [*named[2:]])
    client = sign_in(make_person("Dana Fox", Role.FORCE_INSPECTION_LEAD, westmarch))
    told = upload(client, asked, theirs)
    assert (number_of(told, errors), lacking(told, errors, *named)) == (1, [*named])
    told = upload(client, asked, ours)
    assert (number_of(told, errors), lacking(told, errors, *named)) == (1, [*named[:2]])
    assert SheetDraft.objects.count() == 0


def test_a_lead_who_left_brings_in_nothing(lead, asked, force_lead):
    answer = upload(lead, asked, fill(downloaded(lead, asked), 1, done="Seen to."))
    force_lead.is_active = False
    records.keep(record=force_lead, by=None, at=AT)
    assert bring_in(lead, answer).redirect_chain[0][0].startswith("/account/login/")
    assert RoundDraft.objects.count() == 0


def test_a_sheet_is_seen_by_whoever_brought_it_and_in_its_round_alone(
    lead, sign_in, asked, westmarch, eastvale, officer
):
    answer = upload(lead, asked, fill(downloaded(lead, asked), 1, done="Seen to."))
    url = answer.redirect_chain[-1][0]
    other = make_round(westmarch, lines=1, title="Fraud")
    elsewhere = url.replace(f"/rounds/{asked.pk}/", f"/rounds/{other.pk}/")
    assert [lead.get(each).status_code for each in (url, elsewhere)] == [200, 404]
    colleague = make_person("Dana Fox", Role.FORCE_INSPECTION_LEAD, westmarch)
    for person in (colleague, officer):
        assert sign_in(person).get(url).status_code == 404


def test_another_force_has_no_such_address(sign_in, asked, other_force_lead, member):
    for person, status in ((other_force_lead, 404), (member, 403)):
        client = sign_in(person)
        names = ("round_sheet", "bring_in_round_sheet")
        assert [client.get(reverse(name, args=[asked.pk])).status_code for name in names] == [status] * 2


def test_each_download_is_an_entry_of_the_trail(lead, asked):
    downloaded(lead, asked)
    entry = TrailEntry.objects.get(verb="export_round")
    assert (entry.by_name, entry.about) == ("Callum Tranter", "Westmarch Police, November")
    lead.head(reverse("round_sheet", args=[asked.pk]))
    assert TrailEntry.objects.filter(verb="export_round").count() == 1
