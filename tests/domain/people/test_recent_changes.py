"""What an administrator is shown of an account before confirming another change of it."""

import datetime

from recommendations.domain.audit.events import note_event
from recommendations.domain.people import records
from recommendations.domain.people.recent_changes import recent_changes
from recommendations.domain.people.second_factors import reset_second_factor
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import User
from tests.conftest import AT
from tests.security.door import give_factor

DAY = datetime.timedelta(days=1)
NOW = AT + 100 * DAY


def test_the_changes_of_30_days_and_of_the_means_of_signing_in_are_told(officer, administrator):
    for days, name in ((31, "Hannah Long Ago"), (29, "Hannah Lately")):
        person = User.objects.get(pk=officer.pk)
        person.name = name
        records.keep(record=person, by=administrator, at=NOW - days * DAY, reason="She married.")
    give_factor(officer)
    reset_second_factor(person=officer, reason="Lost.", by=None, at=NOW - 2 * DAY)
    records.set_password(person=officer, password="another long password", by=officer, at=NOW - DAY)
    note_event(kind=Kind.SIGNED_IN, by=officer, at=NOW, account=officer)
    recent = recent_changes(officer, user=administrator, at=NOW)
    assert [(line.verb, line.reason) for line in recent] == [
        ("Password set", ""),
        ("Second factor reset by an administrator", "Lost."),
        ("Person changed", "She married."),
    ]
    assert [[change.after for change in row.changes] for row in recent[2].rows] == [["Hannah Lately"]]


def test_another_address_and_object_id_are_told_from_what_to_what(officer, administrator):
    officer.email, officer.entra_id = "new@example.org", "1f3e0c52-9a1b-4c7d-8e2f-0123456789ab"
    records.keep(record=officer, by=None, at=NOW)
    (line,) = recent_changes(officer, user=administrator, at=NOW)
    assert [(change.before, change.after) for change in line.rows[0].changes] == [
        ("hannah.whitlock@example.org", "new@example.org"),
        ("", "1f3e0c52-9a1b-4c7d-8e2f-0123456789ab"),
    ]
