"""Saved views: what may be done with one by whom, and its numbers, which are those of the register."""

import datetime
import re
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.register import closures, voices
from recommendations.domain.register.counts import numbers
from recommendations.domain.register.filters import ChangedFilter, ClosureFilter, DeadlineFilter, period_until
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import CountedRows, RegisterQuery
from recommendations.domain.saved_views import saved_views as verbs
from recommendations.domain.saved_views.changes import LatestChange, latest_changes
from recommendations.domain.saved_views.saved_views import MOST_VIEWS, ViewContent
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.enums import Flag, Rag
from recommendations.models import RagRule, SavedView, SavedViewUse
from recommendations.search_words import read_words
from tests.conftest import AT, TODAY, make_inspection, make_tracked

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
CONTENT = ViewContent("Board", False, [("rag", "red", "RAG: Red")], [("lead", "normal", "Lead")])


def of(model) -> list[tuple]:
    return list(model.objects.order_by("pk").values_list())


@pytest.mark.sqlite_alone
def test_who_may_share_change_and_delete(officer, approver, force_lead, administrator):
    own = verbs.save_view(content=CONTENT, by=force_lead, at=AT)
    view = verbs.save_view(content=CONTENT, by=officer, at=AT)
    shared = CONTENT._replace(shared=True)
    refused = [
        lambda: verbs.save_view(content=shared._replace(name="B"), by=force_lead, at=AT),
        lambda: verbs.change_view(view=own, content=shared, version=1, by=force_lead, at=AT),
        *(
            lambda by=by: verbs.change_view(view=view, content=CONTENT, version=1, by=by, at=AT)
            for by in (approver, administrator, force_lead)
        ),
        lambda: verbs.delete_view(view=view, by=administrator),
    ]
    before = of(SavedView)
    for act in refused:
        with pytest.raises(NotAllowed):
            act()
    assert of(SavedView) == before
    view = verbs.change_view(view=view, content=shared, version=1, by=officer, at=AT)
    with pytest.raises(NotAllowed):
        verbs.change_view(view=view, content=CONTENT, version=2, by=approver, at=AT)
    verbs.delete_view(view=view, by=administrator)
    assert [each.pk for each in SavedView.objects.all()] == [own.pk]


def test_a_name_is_a_persons_once_and_a_view_is_changed_from_what_was_read(officer, approver):
    view = verbs.save_view(content=CONTENT, by=officer, at=AT)
    verbs.save_view(content=CONTENT, by=approver, at=AT)
    other = verbs.save_view(content=CONTENT._replace(name="Other"), by=officer, at=AT)
    with pytest.raises(Refusal, match=re.escape(verbs.NAME_TAKEN)):
        verbs.save_view(content=CONTENT._replace(name="BOARD"), by=officer, at=AT)
    with pytest.raises(Refusal, match=re.escape(verbs.NAME_TAKEN)):
        verbs.change_view(view=other, content=CONTENT, version=1, by=officer, at=AT)
    assert verbs.change_view(view=view, content=CONTENT._replace(name="New"), version=1, by=officer, at=AT).version == 2
    with pytest.raises(Stale) as stale:
        verbs.change_view(view=view, content=CONTENT, version=1, by=officer, at=AT)
    assert (stale.value.theirs.name, SavedView.objects.get(pk=view.pk).name) == ("New", "New")


@pytest.mark.sqlite_alone
def test_a_person_has_so_many_views(officer):
    for place in range(MOST_VIEWS):
        verbs.save_view(content=CONTENT._replace(name=f"View {place}"), by=officer, at=AT)
    with pytest.raises(Refusal, match=r"You have 40 views"):
        verbs.save_view(content=CONTENT, by=officer, at=AT)


def test_one_view_opens_the_register_of_a_person(officer):
    one, two = (verbs.save_view(content=CONTENT._replace(name=name), by=officer, at=AT) for name in ("One", "Two"))

    def opening() -> list[str]:
        return [each.view.name for each in SavedViewUse.objects.filter(person=officer, opens_register=True)]

    found = []
    for view in (one, two, two, None):
        verbs.open_register_with(view=view, by=officer)
        found.append(opening())
    assert found == [["One"], ["Two"], ["Two"], []]
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedViewUse.objects.update(opens_register=True)


@pytest.mark.sqlite_alone
def test_what_was_seen_never_goes_back_or_into_the_future(officer):
    view = verbs.save_view(content=CONTENT, by=officer, at=AT)
    found = []
    for until_when in (AT + HOUR, AT - HOUR, AT + 9 * HOUR):
        verbs.mark_seen(view=view, until=until_when, by=officer, at=AT + 2 * HOUR)
        found.append(SavedViewUse.objects.get().looked_at)
    assert found == [AT + HOUR, AT + HOUR, AT + 2 * HOUR]


def test_the_numbers_are_those_of_the_register_in_one_query(
    inspection, eastvale, officer, force_lead, django_assert_num_queries
):
    rows = [
        make_tracked(inspection, number="1", due_on=TODAY - 5 * DAY, leads={"opcc_lead": "Bo"}),
        make_tracked(inspection, number="2", text="Vetting of staff."),
        make_tracked(make_inspection(eastvale, title="Other"), due_on=TODAY + 9 * DAY),
    ]
    closures.request_closure(tracked=rows[0], outcome="implemented", reason="Done.", by=officer, at=AT)
    day = RegisterQuery(day=TODAY)
    questions = [
        day,
        replace(day, words=read_words("vetting staff")),
        replace(day, show=CountedRows.OVERDUE),
        replace(day, show=CountedRows.ALL, inspection=inspection.pk),
        replace(day, opcc_lead="Bo", colours=(str(Rag.RED),)),
        replace(day, forces=(eastvale.pk,), flags=(str(Flag.DUE_SOON),)),
        replace(day, deadline=DeadlineFilter.DATED, due=period_until(TODAY + 10 * DAY)),
        replace(day, closure=ClosureFilter.OWN, show=CountedRows.PENDING),
        replace(day, colours=(str(Rag.BLUE),)),
    ]
    rule = RagRule.objects.on(TODAY)
    for who in (officer, force_lead):
        with django_assert_num_queries(1):
            found = numbers(dict(enumerate(questions)), who, rule)
        own = {place: Listing(each, who, rule) for place, each in enumerate(questions)}
        assert {place: number.total() for place, number in found.items()} == {
            place: each.count() for place, each in own.items()
        }
    found = numbers(dict(enumerate(questions)), officer, rule)
    assert [number.total() for number in found.values()] == [3, 1, 1, 2, 1, 1, 2, 1, 0]
    assert numbers({}, officer, rule) == {}


def test_any_change_is_each_of_them_and_the_last_is_named_in_one_query(
    inspection, officer, approver, django_assert_num_queries
):
    rows = [make_tracked(inspection, number=str(each), at=AT) for each in range(6)]
    closing = closures.request_closure(tracked=rows[2], outcome="implemented", reason="Done.", by=officer, at=AT)
    later = AT + HOUR
    voices.log_force_update(tracked=rows[0], done="Tested.", by=officer, at=later)
    voices.record_assurance(tracked=rows[0], view="assured", rationale="Seen.", by=officer, at=later + HOUR)
    voices.set_target(tracked=rows[1], target_on=TODAY + 9 * DAY, reason="First.", by=officer, at=later)
    closures.approve_closure(tracked=closing.tracked, by=approver, at=later)
    closures.reopen(tracked=rows[2], reason="It failed.", by=officer, at=later + HOUR)
    wrong = voices.log_force_update(tracked=rows[3], done="Wrong.", by=officer, at=later)
    voices.withdraw(row=wrong, reason="Of another.", by=officer, at=later)
    new = make_tracked(inspection, number="7", at=later)
    query = RegisterQuery(day=TODAY, show=CountedRows.ALL, changed=ChangedFilter.ANY, since=AT)
    rule = RagRule.objects.on(TODAY)
    ids = [each.pk for each in (*rows, new)]
    with django_assert_num_queries(1):
        found = latest_changes(ids, query)
    assert found == {
        rows[0].pk: LatestChange(ChangedFilter.ASSURANCE, later + HOUR),
        rows[1].pk: LatestChange(ChangedFilter.TARGETS, later),
        rows[2].pk: LatestChange(ChangedFilter.REOPENED, later + HOUR),
        new.pk: LatestChange(ChangedFilter.NEW, later),
    }
    assert set(Listing(query, officer, rule).ids) == set(found)
    assert latest_changes([rows[5].pk], query) == {}
