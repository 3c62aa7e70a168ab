"""Who is told that a paper was issued: whoever was chosen, once, and only while it is true."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.mails import mail_ledger
from recommendations.domain.mails.mail_ledger import STALE_AFTER, STOPPED
from recommendations.domain.papers import issuing
from recommendations.domain.papers.notifications import (
    NO_ACCOUNT,
    NOT_YET,
    claim,
    mails_of_issues,
    people_to_tell,
    waiting,
)
from recommendations.domain.people import records
from recommendations.enums import MailState, Role
from recommendations.models import PaperMail, PaperReader
from recommendations.trail import verb
from tests.conftest import AT, make_person
from tests.makers.factual_checks import issue_to, make_filed
from tests.per_module import per_module
from tests.refusals import refusal

SECOND = datetime.timedelta(seconds=1)


@per_module
def ann():
    return make_person("Ann Abbot", Role.COMMITTEE_MEMBER)


@per_module
def paper(westmarch, body, approver):
    return make_filed(westmarch, approver)


def told(made) -> list[tuple]:
    return [(each.words, each.names, each.is_wrong) for each in mails_of_issues([made]).get(made.pk, [])]


def deactivate(person):
    person.is_active = False
    records.keep(record=person, by=None, at=AT)


def test_committee_members_with_an_account_can_be_told(ann, member, officer, approver, force_lead):
    deactivate(member)
    assert list(people_to_tell()) == [ann]


def test_whoever_was_chosen_is_told_once_and_nobody_else(paper, ann, member):
    made = issue_to(paper, member, member)
    (reader,) = waiting(AT)
    assert (reader.issue, reader.person) == (made, member)
    assert told(made) == [(NOT_YET, ("Ravi Menon",), False)]
    notice = claim(reader=reader, at=AT)
    assert (claim(reader=reader, at=AT), waiting(AT)) == (None, [])
    assert mail_ledger.hand_over(notice)
    assert told(made) == [("being emailed", ("Ravi Menon",), False)]
    mail_ledger.mark_sent(notice, at=AT)
    assert told(made) == [("emailed on 7 November 2026", ("Ravi Menon",), False)]
    assert (claim(reader=reader, at=AT + 2 * STALE_AFTER), waiting(AT + 2 * STALE_AFTER)) == (None, [])


@pytest.mark.parametrize("who", ["officer", "force_lead"])
def test_who_is_no_committee_member_is_refused(request, paper, ann, who):
    person = request.getfixturevalue(who)
    with refusal("not-a-member", naming=str(person)) as refused:
        issue_to(paper, ann, person)
    assert refused.value.field == "tell"
    assert PaperReader.objects.count() == 0


def test_nobody_is_told_of_what_was_withdrawn_or_without_an_account(paper, ann, member):
    made = issue_to(paper, ann, member)
    deactivate(member)
    assert [reader.person for reader in waiting(AT)] == [ann]
    assert told(made) == [
        (NOT_YET, ("Ann Abbot",), False),
        (NO_ACCOUNT, ("Ravi Menon",), True),
    ]
    issuing.withdraw_issue(issue=made, reason="Cancelled.", by=None, at=AT)
    assert waiting(AT) == []


def test_who_may_not_see_the_paper_any_more_is_not_told(paper, ann, westmarch):
    issue_to(paper, ann)
    ann.role, ann.force = Role.ADMINISTRATOR, None
    records.keep(record=ann, by=None, at=AT)
    assert waiting(AT) == []


def test_a_mail_that_failed_or_whose_run_was_stopped_is_taken_up_again(paper, ann):
    made = issue_to(paper, ann)
    (reader,) = waiting(AT)
    first = claim(reader=reader, at=AT)
    assert waiting(AT + STALE_AFTER - SECOND) == []
    second = claim(reader=reader, at=AT + STALE_AFTER)
    assert (second.mail.pk, second.mail.attempts) == (first.mail.pk, 2)
    assert (mail_ledger.hand_over(first), mail_ledger.hand_over(second)) == (False, True)
    mail_ledger.mark_failed(second, "It is down.", at=AT)
    assert told(made) == [("not sent. It is down.", ("Ann Abbot",), True)]
    third = claim(reader=reader, at=AT + STALE_AFTER)
    mail_ledger.hand_over(third)
    late = third.mail.claimed_at + STALE_AFTER
    assert (mail_ledger.note_stopped(late - SECOND), mail_ledger.note_stopped(late)) == (0, 1)
    assert told(made) == [(f"not known whether it arrived. {STOPPED}", ("Ann Abbot",), True)]
    assert waiting(late) == []


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_said_costs_one_query(paper, django_assert_num_queries, number):
    made = issue_to(paper, *(make_person(f"Member {n}", Role.COMMITTEE_MEMBER) for n in range(number)))
    with django_assert_num_queries(1):
        assert [len(each.names) for each in mails_of_issues([made])[made.pk]] == [number]


@pytest.mark.on_postgresql
def test_the_database_refuses_a_second_reader_and_a_second_mail(paper, ann):
    made = issue_to(paper, ann)
    with (
        pytest.raises(IntegrityError, match=r"paperreader_once_an_issue|paperreader\.issue_id"),
        transaction.atomic(),
        verb("break", by=None, at=AT) as act,
    ):
        act.save(PaperReader(issue=made, person=ann))
    (reader,) = waiting(AT)
    PaperMail.objects.create(reader=reader, claimed_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperMail.objects.create(reader=reader, claimed_at=AT)
    for values, name in (
        ({"state": "lost"}, "papermail_state_known"),
        ({"state": MailState.SENT}, "papermail_sent_at"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            PaperMail.objects.update(**values)


def test_only_the_office_sees_who_is_told(paper, ann, officer, approver, member, force_lead, administrator):
    issue_to(paper, ann)
    seen = [
        PaperReader.objects.visible_to(who).count() for who in (officer, approver, member, force_lead, administrator)
    ]
    assert seen == [1, 1, 0, 0, 0]
