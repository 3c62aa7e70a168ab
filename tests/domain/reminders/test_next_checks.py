"""The next checks of many commitments as they stood on a day are those of one by one (domain/commitments/status.py)."""

import datetime

from recommendations.domain.commitments import commitments
from recommendations.domain.commitments.status import next_check
from recommendations.domain.reminders.next_checks import next_checks
from recommendations.models import Commitment
from tests.conftest import AT
from tests.makers.commitments import ASKED, check, make_commitment, make_version

DAY = datetime.timedelta(days=1)
DAYS = [AT.date() + number * DAY for number in range(-2, 12)]


def edit(commitment, next_on, at):
    fresh = Commitment.objects.get(pk=commitment.pk)
    kept = {"keeper": fresh.keeper, "every": fresh.every, "version": fresh.version}
    commitments.edit_commitment(commitment=fresh, next_on=next_on, reason="Later.", by=None, at=at, **kept)


def test_checks_moves_and_what_was_withdrawn_speak_as_for_one(body, westmarch):
    version = make_version(body, westmarch)
    moved, dropped = make_commitment(version), make_commitment(version, quote=ASKED)
    check(moved, at=AT + DAY)
    edit(moved, datetime.date(2027, 5, 1), AT + 2 * DAY)
    again = check(moved, at=AT + 4 * DAY)
    commitments.withdraw_check(check=again, reason="Of another one.", by=None, at=AT + 6 * DAY)
    check(moved, effective_on=AT.date() + 3 * DAY, at=AT + 8 * DAY)
    check(dropped, "dropped", at=AT + 5 * DAY)
    for day in DAYS:
        one_by_one = {each.pk: next_check(each, as_at=day) for each in Commitment.objects.all()}
        expected = {pk: on for pk, on in one_by_one.items() if on} if day >= AT.date() else {}
        assert {pk: on for pk, on, _ in next_checks(day)} == expected
    assert [pk for pk, _, _ in next_checks(DAYS[-1])] == [moved.pk]
