"""Committee members read their committees' papers and no others, and have a second factor unless it is switched off."""

import datetime

import pytest

from recommendations.domain.people.committees import (
    members_need_factor,
    members_without_committee,
    set_committees,
    set_member_factor,
)
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import CommitteeSeat, ScrutinyReport, SecurityEvent
from tests.conftest import AT, TODAY
from tests.makers.committees import make_panel
from tests.makers.factual_checks import issue_to, make_filed
from tests.per_module import per_module
from tests.refusals import refusal

AUTUMN = {"start": datetime.date(2025, 10, 1), "end": datetime.date(2025, 12, 31)}
WINTER = {"start": datetime.date(2026, 1, 1), "end": datetime.date(2026, 3, 31)}


@per_module
def audit():
    return make_panel("Joint audit committee")


@per_module
def crime():
    return make_panel("Crime panel")


@per_module
def papers(westmarch, body, approver, audit, crime):
    """One for each committee, and one that names none."""
    found = [make_filed(westmarch, approver), make_filed(westmarch, approver, **AUTUMN, panel=audit)]
    return [*found, make_filed(westmarch, approver, **WINTER, panel=crime)]


def seen(member) -> set[int]:
    return set(ScrutinyReport.objects.visible_to(member).values_list("pk", flat=True))


def test_a_member_reads_the_papers_of_their_committees_alone(papers, member, audit, crime):
    unnamed, of_audit, of_crime = (paper.pk for paper in papers)
    assert seen(member) == set()
    for panels, read in (
        ([audit], {of_audit}),
        ([crime], {of_crime}),
        ([audit, crime], {unnamed, of_audit, of_crime}),
    ):
        set_committees(person=member, panels=panels, by=None, at=AT)
        assert seen(member) == read


def test_a_paper_that_is_issued_to_their_meeting_is_read_too(papers, member, audit, crime):
    set_committees(person=member, panels=[audit], by=None, at=AT)
    issue_to(papers[2], panel=audit)
    assert seen(member) == {papers[1].pk, papers[2].pk}


def test_in_an_office_with_one_committee_its_members_read_what_names_none(papers, member, audit, crime):
    from recommendations.domain.people import records

    set_committees(person=member, panels=[audit], by=None, at=AT)
    crime.until = TODAY
    records.keep(record=crime, by=None, at=AT)
    assert seen(member) == {papers[0].pk, papers[1].pk}


def test_committees_are_set_on_record(member, officer, administrator, audit, crime):
    assert list(members_without_committee()) == [member]
    set_committees(person=member, panels=[audit], by=administrator, at=AT)
    set_committees(person=member, panels=[crime], by=administrator, at=AT)
    seats = CommitteeSeat.objects.order_by("pk").values_list("panel", "ended_at")
    assert list(seats) == [(audit.pk, AT), (crime.pk, None)]
    events = SecurityEvent.objects.filter(kind=Kind.COMMITTEES_SET).order_by("pk")
    assert list(events.values_list("account", "detail")) == [(member.pk, str(audit)), (member.pk, str(crime))]
    assert list(members_without_committee()) == []
    with pytest.raises(Refusal):
        set_committees(person=officer, panels=[audit], by=administrator, at=AT)
    with pytest.raises(Refusal):
        set_committees(person=member, panels=[], by=administrator, at=AT)
    with pytest.raises(NotAllowed):
        set_committees(person=member, panels=[audit], by=officer, at=AT)


def test_the_second_factor_of_members_is_switched_off_and_on_with_a_reason(administrator, officer):
    assert members_need_factor() is True
    for needed in (False, True):
        set_member_factor(needed=needed, reason="They only read.", by=administrator, at=AT)
        assert members_need_factor() is needed
        with refusal("unchanged"):
            set_member_factor(needed=needed, reason="Again.", by=administrator, at=AT)
    with refusal("no-reason"):
        set_member_factor(needed=False, reason=" ", by=administrator, at=AT)
    with pytest.raises(NotAllowed):
        set_member_factor(needed=False, reason="Easier.", by=officer, at=AT)
    said = SecurityEvent.objects.filter(kind=Kind.MEMBER_FACTOR_SET).order_by("pk").values_list("detail", flat=True)
    assert list(said) == ["switched off", "switched on"]
