"""Personal tokens: what makes one, what it is known by, what ends it."""

import datetime

import pytest
from django.db.models import QuerySet

from recommendations.domain.people.api_tokens import (
    MOST_TOKENS,
    make_token,
    may_use,
    note_used,
    revoke_token,
    scopes_for,
    token_of,
    why_over,
)
from recommendations.domain.people.leaving import leave
from recommendations.domain.people.records import keep
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.api import ApiScope
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import ApiToken, SecurityEvent, TrailEntry, User
from tests.conftest import AT, TODAY
from tests.refusals import refusal

DAY = datetime.timedelta(days=1)
REGISTER = (ApiScope.READ_REGISTER,)


def make(person, *, scopes=REGISTER, days=90, name="Power BI", at=AT):
    return make_token(name=name, scopes=scopes, last_day=TODAY + days * DAY, by=person, at=at)


def events() -> list[tuple]:
    return list(SecurityEvent.objects.order_by("pk").values_list("kind", "account", "by", "detail"))


def test_it_is_known_by_its_whole_text_and_the_database_has_no_part_of_the_secret(officer):
    made = make(officer)
    assert made.secret.startswith(f"{made.token.prefix}_")
    assert token_of(made.secret) == made.token
    secret = made.secret.removeprefix(f"{made.token.prefix}_")
    kept = [str(row) for model in (ApiToken, ApiToken.history.model, TrailEntry) for row in model.objects.values()]
    assert (len(kept) >= 3, [row for row in kept if secret in row]) == (True, [])
    wrong = (
        "",
        "x",
        made.token.prefix,
        made.secret[:-1],
        made.secret + "x",
        made.secret.upper(),
        "oversight_" + "0" * 56,
    )
    assert {token_of(each) for each in wrong} == {None}


def test_it_cannot_be_given_to_somebody_else_by_writing_to_the_database(officer, approver):
    made, other = make(officer), make(approver)
    QuerySet(ApiToken).filter(pk=made.token.pk).update(person=approver)
    assert (token_of(made.secret), token_of(other.secret)) == (None, other.token)


def test_making_and_revoking_are_events_with_what_it_may_do(officer):
    made = make(officer, scopes=(ApiScope.READ_PAPERS, ApiScope.READ_REGISTER))
    revoke_token(token=made.token, by=officer, at=AT + DAY)
    prefix = made.token.prefix
    assert events()[-2:] == [
        (Kind.TOKEN_MADE, officer.pk, officer.pk, f"{prefix}, read the register, read papers, to 5 February 2027"),
        (Kind.TOKEN_REVOKED, officer.pk, officer.pk, f"{prefix}, Power BI"),
    ]


def test_it_lasts_until_the_end_of_its_last_day_and_says_why_not_longer(officer):
    token = make(officer, days=1).token
    assert [why_over(token, TODAY + days * DAY) for days in (0, 1)] == ["", ""]
    assert why_over(token, TODAY + 2 * DAY).startswith("The last day of this token was 8 November 2026.")
    token = revoke_token(token=token, by=officer, at=AT + DAY)
    assert why_over(token, TODAY).startswith("This token was revoked.")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"scopes": ()}, "scopes"),
        ({"scopes": ("read_everything",)}, "scopes"),
        ({"days": -1}, "last_day"),
        ({"days": 367}, "last_day"),
    ],
)
def test_what_makes_no_token_is_said_beside_its_field(officer, facts, field):
    with pytest.raises(Refusal) as refused:
        make(officer, **facts)
    assert (refused.value.field, ApiToken.objects.count()) == (field, 0)


def test_nobody_has_more_than_so_many_that_work(officer):
    made = [make(officer) for _ in range(MOST_TOKENS)]
    with refusal("too-many"):
        make(officer)
    revoke_token(token=made[0].token, by=officer, at=AT)
    make(officer)


def test_a_scope_is_what_the_role_has_and_follows_it(officer, force_lead, member, administrator):
    every = list(ApiScope)
    assert [scopes_for(each) for each in (officer, force_lead, member, administrator)] == [every, every, every[1:2], []]
    with pytest.raises(NotAllowed):
        make(member)
    token = make(officer, scopes=every[:2]).token
    assert [may_use(token, each) for each in every] == [True, True, False, False]
    token.person.role = "committee_member"
    assert [may_use(token, each) for each in every] == [False, True, False, False]


def test_another_persons_is_revoked_by_an_administrator_alone_and_once(officer, approver, administrator):
    token = make(officer).token
    with pytest.raises(NotAllowed):
        revoke_token(token=token, by=approver, at=AT)
    ended = revoke_token(token=token, by=administrator, at=AT)
    assert (ended.revoked_at, ended.revoked_by) == (AT, administrator)
    with refusal("revoked-already"):
        revoke_token(token=token, by=officer, at=AT)


@pytest.mark.parametrize("way", ["leaves", "is deactivated"])
def test_it_ends_with_the_account(officer, administrator, way):
    made, later = make(officer), AT + DAY
    if way == "leaves":
        leave(person=officer, to=None, reason="Moved.", by=administrator, at=later)
    else:
        officer.is_active = False
        keep(record=officer, by=administrator, at=later)
    found = token_of(made.secret)
    assert (found.revoked_at, found.revoked_by) == (later, administrator)
    person = User.objects.get(pk=officer.pk)
    person.is_active = True
    keep(record=person, by=None, at=later)
    assert why_over(token_of(made.secret), TODAY).startswith("This token was revoked.")


def test_the_day_of_its_last_use_is_written_once_a_day_and_nothing_else(officer, django_assert_num_queries):
    made, entries = make(officer), TrailEntry.objects.count()
    note_used(token_of(made.secret), TODAY)
    with django_assert_num_queries(1):
        again = token_of(made.secret)
        note_used(again, TODAY)
    assert (again.last_used_on, TrailEntry.objects.count()) == (TODAY, entries)
    note_used(again, TODAY + DAY)
    assert token_of(made.secret).last_used_on == TODAY + DAY
