"""Recommendations that say much the same: suggested to who may see them, linked, declined, ended, answered together."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.domain.audit import verification
from recommendations.domain.register.closures import approve_closure, request_closure
from recommendations.domain.register.transfers import transfer
from recommendations.domain.register.voices import log_force_update
from recommendations.domain.risk.delays import DelayReason
from recommendations.domain.similar.pairs import MOST, decline_similar, end_links, link_similar
from recommendations.domain.similar.queries import similar_to
from recommendations.domain.similar.updates import log_linked_update
from recommendations.enums import InspectionKind, Outcome
from recommendations.models import Delay, ForceUpdate, SimilarPair, TrackedRecommendation, TrailEntry
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.domain.similar.pairs import themes
from tests.makers.rechecks import make_closed
from tests.per_module import per_module
from tests.refusals import refusal

BACKLOG, KIOSKS = themes()[6]["1a"], themes()[6]["4a"]
AGAIN = (
    "Within six months, the force should reduce the backlog of digital devices that await forensic examination, "
    "and tell victims how long their phones are away."
)


def later(hours: int) -> datetime.datetime:
    return AT + datetime.timedelta(hours=hours)


@per_module
def old(westmarch, eastvale):
    """A report of 2019 over two forces, of which Westmarch has closed what it asked."""
    facts = {"kind": InspectionKind.THEMATIC, "published_on": datetime.date(2019, 3, 1), "short_name": "Digital 2019"}
    inspection = make_inspection([westmarch, eastvale], title="Digital evidence", **facts)
    return make_tracked(inspection, number="4", text=BACKLOG)


@per_module
def new(westmarch, old):
    inspection = make_inspection(westmarch, title="PEEL 2026", short_name="PEEL 2026")
    make_tracked(inspection, number="2", text=KIOSKS)
    return make_tracked(inspection, number="1", text=AGAIN)


@per_module
def third(westmarch, new):
    return make_tracked(new.recommendation.inspection, number="3", text=themes()[6]["1b"])


def names(tracked, user) -> tuple[list[str], list[str]]:
    """What is linked with it, and what is suggested."""
    found = similar_to({tracked.pk: tracked.recommendation.text}, user)[tracked.pk]
    return [one.name for one in found.linked], [one.name for one in found.suggested]


def test_what_says_much_the_same_is_suggested_with_what_both_say_and_when_it_was_closed(old, new, officer, approver):
    day = {"outcome": Outcome.IMPLEMENTED, "reason": "Done.", "by": officer, "at": AT}
    request_closure(tracked=old, requested_on=datetime.date(2021, 5, 3), **day)
    approve_closure(tracked=old, closed_on=datetime.date(2021, 5, 12), by=approver, at=AT)
    (one,) = similar_to({new.pk: AGAIN}, officer)[new.pk].suggested
    assert (one.name, one.closed_on) == (f"{old.reference}, rec 4 of Digital 2019", datetime.date(2021, 5, 12))
    assert " ".join(one.shared) == "reduce backlog digital devices await forensic examination tell victims long phones"


def test_several_are_asked_for_in_one_query_and_in_another_what_of_them_a_person_may_see(
    old, new, third, officer, other_force_lead
):
    """The other force has the old one, and nothing that is much like it: then there is nothing more to ask."""
    theirs = TrackedRecommendation.objects.get(recommendation=old.recommendation, force=other_force_lead.force)
    texts = {each.pk: each.recommendation.text for each in (old, new, third, theirs)}
    with CaptureQueriesContext(connection) as queries:
        found = similar_to(texts, officer)
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        similar_to({theirs.pk: theirs.recommendation.text}, officer)
    assert len(queries) == 1
    assert {pk: [one.pk for one in ones.suggested] for pk, ones in found.items()} == {
        old.pk: [new.pk], new.pk: [old.pk], third.pk: [], theirs.pk: []
    }  # fmt: skip
    assert similar_to({}, officer) == {}
    assert not any(similar_to(texts, other_force_lead).values())


@pytest.mark.sqlite_alone
def test_what_is_declined_is_never_suggested_again_until_it_is_linked_after_all(old, new, officer):
    pair = decline_similar(tracked=new, other=old, reason="Of phones alone.", by=officer, at=AT)
    assert (pair.one_id, pair.other_id, pair.verdict, pair.reason) == (old.pk, new.pk, "declined", "Of phones alone.")
    assert (names(new, officer), names(old, officer)) == (([], []), ([], []))
    with refusal("declined-already"):
        decline_similar(tracked=old, other=new, by=officer, at=AT)
    link_similar(tracked=old, other=new, by=officer, at=later(1))
    pair.refresh_from_db()
    assert (pair.ended_on, pair.ended_why) == (TODAY, "Linked after all.")
    assert names(new, officer) == ([f"{old.reference}, rec 4 of Digital 2019"], [])


def test_a_link_takes_in_both_groups_and_ends_with_a_reason(old, new, third, officer):
    link_similar(tracked=new, other=old, by=officer, at=AT)
    assert len(link_similar(tracked=third, other=old, by=officer, at=later(1))) == 2
    assert [names(each, officer)[0] for each in (old, new, third)] == [
        [f"{new.reference}, rec 1 of PEEL 2026", f"{third.reference}, rec 3 of PEEL 2026"],
        [f"{old.reference}, rec 4 of Digital 2019", f"{third.reference}, rec 3 of PEEL 2026"],
        [f"{old.reference}, rec 4 of Digital 2019", f"{new.reference}, rec 1 of PEEL 2026"],
    ]
    with refusal("no-reason"):
        end_links(tracked=new, reason=" ", by=officer, at=later(2))
    ended = end_links(tracked=new, reason="Its phones are done.", by=officer, at=later(48))
    assert [(each.ended_on, each.ended_why) for each in ended] == [
        (datetime.date(2026, 11, 9), "Its phones are done.")
    ] * 2
    assert names(new, officer) == ([], [])
    assert names(old, officer) == ([f"{third.reference}, rec 3 of PEEL 2026"], [])
    assert [entry.verb for entry in TrailEntry.objects.order_by("-sequence")[:3]] == [
        "end_links",
        *["link_similar"] * 2,
    ]
    assert verification.verify() == []


@pytest.mark.sqlite_alone
def test_links_stand_as_at_a_day_and_as_known_at_a_moment(old, new, officer):
    link_similar(tracked=new, other=old, by=officer, at=later(24))
    end_links(tracked=old, reason="Over.", by=officer, at=later(72))
    days = [TODAY + datetime.timedelta(days=day) for day in range(4)]
    assert [SimilarPair.objects.linked(day).count() for day in days] == [0, 1, 1, 0]
    assert [SimilarPair.objects.linked(days[3], later(hours)).count() for hours in (23, 71, 73)] == [0, 1, 0]
    assert SimilarPair.objects.linked().count() == 0


@pytest.mark.sqlite_alone
def test_what_cannot_be_linked_is_refused(old, new, officer, eastvale):
    theirs = TrackedRecommendation.objects.get(recommendation=old.recommendation, force=eastvale)
    link_similar(tracked=new, other=old, by=officer, at=AT)
    for verb, other, code, named in (
        (link_similar, new, "required", ""),
        (link_similar, old, "linked-already", f"{old} is linked with {new}"),
        (link_similar, theirs, "another-force", str(theirs)),
        (decline_similar, old, "linked-already", f"{old} is linked with {new}"),
    ):
        with refusal(code, naming=named):
            verb(tracked=new, other=other, by=officer, at=later(1))
    with refusal("not-linked"):
        end_links(tracked=theirs, reason="Wrong.", by=officer, at=later(1))


@pytest.mark.sqlite_alone
def test_a_group_has_no_more_members_than_one_form_can_answer(new, officer):
    report = new.recommendation.inspection
    for number in range(MOST - 1):
        link_similar(tracked=new, other=make_tracked(report, number=f"{number + 9}"), by=officer, at=later(1))
    with refusal("too-many", naming=str(MOST)):
        link_similar(tracked=make_tracked(report, number="8"), other=new, by=officer, at=later(1))


def test_one_update_answers_several_each_with_a_dated_update_of_its_own(old, new, third, officer):
    link_similar(tracked=new, other=old, by=officer, at=AT)
    link_similar(tracked=new, other=third, by=officer, at=AT)
    log_force_update(tracked=old, done="Begun.", position="accepted", by=officer, at=AT)
    day = TODAY - datetime.timedelta(days=3)
    late = DelayReason("resources")
    own = log_linked_update(
        tracked=new, also=[old.pk], done="Cleared.", effective_on=day, delay=late, by=officer, at=later(1)
    )
    said = ForceUpdate.objects.filter(done="Cleared.").order_by("tracked")
    assert [(each.tracked, each.effective_on) for each in said] == [(old, day), (new, day)]
    assert own == said[1]
    assert list(Delay.objects.values_list("tracked", "cause")) == [(new.pk, "resources")]
    entry = TrailEntry.objects.latest("sequence")
    assert (entry.verb, entry.about) == ("log_linked_update", str(new))
    assert verification.verify() == []


@pytest.mark.sqlite_alone
def test_an_update_for_several_is_saved_for_all_or_for_none(old, new, officer, approver, eastvale):
    with refusal("not-linked"):
        log_linked_update(tracked=new, also=[old.pk], done="Cleared.", by=officer, at=later(1))
    link_similar(tracked=new, other=old, by=officer, at=AT)
    with refusal("before-publication", naming=f"{new}: 1 March 2019"):
        log_linked_update(
            tracked=old, also=[new.pk], done="Cleared.", effective_on=datetime.date(2019, 3, 1), by=officer, at=later(1)
        )
    make_closed(old, by=officer, decided_by=approver, at=later(2))
    with refusal("closed", naming=str(old)):
        log_linked_update(tracked=new, also=[old.pk], done="Cleared.", by=officer, at=later(3))
    transfer(tracked=new, to_force=eastvale, reason="Merged.", by=officer, at=later(4))
    with refusal("another-force", naming=str(old)):
        log_linked_update(tracked=new, also=[old.pk], done="Cleared.", by=officer, at=later(5))
    assert ForceUpdate.objects.count() == 0


@pytest.mark.sqlite_alone
def test_a_pair_is_seen_by_who_sees_both(old, new, officer, force_lead, other_force_lead, member):
    link_similar(tracked=new, other=old, by=officer, at=AT)
    people = (officer, force_lead, other_force_lead, member)
    assert [SimilarPair.objects.visible_to(person).count() for person in people] == [1, 1, 0, 0]
    assert [names(old, person)[0] for person in people] == [[f"{new.reference}, rec 1 of PEEL 2026"]] * 2 + [[], []]
