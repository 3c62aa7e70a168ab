"""The rounds of a force whose register was handed over: read as they were, and nothing is offered that is refused."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.domain.rounds import drafts
from recommendations.models import RoundDraft
from tests.conftest import AT
from tests.makers.rounds import answered, make_round, typed
from tests.per_module import per_module
from tests.verb_cases.handing_over import mark
from tests.views.hooks import flashes, lacking, number_of, values
from tests.views.rounds.test_force_page import sent
from tests.views.rounds.test_office_page import page_of

DAY = datetime.timedelta(days=1)
GONE = ("Another office", "1 October 2026")


@per_module
def asked(body, westmarch, officer, force_lead):
    """One line answered, one drafted, one untouched."""
    found = make_round(westmarch, by=officer, due_on=localdate() + 6 * DAY)
    first, second, _ = found.lines.all()
    answered(first, force_lead)
    drafts.save_drafts(round=found, typed=[typed(second, done="Half said.", ready=True)], by=force_lead, at=AT)
    return found


@pytest.fixture
def gone(asked, westmarch):
    mark(westmarch)
    return asked


def test_the_office_reads_its_answers_and_decides_none(sign_in, officer, gone):
    client = sign_in(officer)
    page = page_of(client, gone)
    assert lacking(page, ".app-record__notice", *GONE) == []
    assert (len(page.css(".app-answer")), len(page.css(".app-answer form"))) == (1, 0)
    for name in ("close_round", "bring_in_round_sheet", "give_round"):
        assert page.css(f"a[href='{reverse(name, args=[gone.pk])}']") == []
    assert page.css(f"a[href^='{reverse('add_round')}']") == []
    row = client.get(reverse("rounds"))
    assert (lacking(row, "tbody", "handed over", "1 of 3"), lacking(row, "tbody td:last-child", "none")) == ([], [])


def test_the_force_reads_its_lines_and_types_nothing(sign_in, force_lead, asked, westmarch):
    client = sign_in(force_lead)
    typed_before = sent(client, asked, asked.lines.last(), done="Still typing.")
    mark(westmarch)
    page = page_of(client, asked)
    assert lacking(page, ".app-inside", *GONE) == []
    assert page.css("textarea, main button") == []
    refused = client.post(reverse("save_drafts", args=[asked.pk]), typed_before)
    assert lacking(refused, ".govuk-error-summary", *GONE) == []
    release = client.get(reverse("release_answers", args=[asked.pk]))
    assert (lacking(release, ".app-inside", *GONE), number_of(release, "main button")) == ([], 0)
    assert flashes(client.get(reverse("bring_in_round_sheet", args=[asked.pk]), follow=True)) == ["warning"]
    assert RoundDraft.objects.get().done == "Half said."


def test_it_is_not_asked_again(sign_in, officer, gone, westmarch, eastvale):
    client, ask = sign_in(officer), reverse("add_round")
    assert values(client.get(ask), "force") == []
    assert lacking(client.get(ask), "h1", eastvale.name) == []
    chosen = client.get(ask, {"ids": gone.lines.first().tracked_id})
    assert lacking(chosen, "h1", westmarch.name) == []
    assert (values(chosen, "tracked"), lacking(chosen, ".app-round__left li", "Another office")) == ([], [])
