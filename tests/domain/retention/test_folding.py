"""Old records of access become counts, and the chain tells that from a cut."""

import datetime

import pytest
from django.core.management import call_command

from recommendations import trail
from recommendations.domain.audit import verification
from recommendations.domain.audit.event_queries import security_entries
from recommendations.domain.audit.events import EventOrigin, note_event
from recommendations.domain.retention.folding import Folding, counts_by_month, fold_access_records
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import SecurityEvent, TrailEntry, TrailHead
from recommendations.periods import london_day
from tests.domain.audit.tampering import past

FROM = EventOrigin("192.0.2.44", "Firefox, Linux")


@pytest.fixture
def happened(officer, approver, tracked, at):
    """Two years ago and lately: sign-ins, a failure, an export, a refusal."""
    old = at - datetime.timedelta(days=900)
    for kind in (Kind.SIGNED_IN, Kind.SIGNED_OUT, Kind.SIGNED_IN):
        note_event(kind=kind, by=officer, at=old, account=officer, origin=FROM)
        old += datetime.timedelta(days=40)
    note_event(kind=Kind.FAILED, by=None, at=old, origin=FROM)
    trail.record(by=approver, at=old, verb="export_register", about="csv")
    note_event(kind=Kind.SIGNED_IN, by=approver, at=at, account=approver, origin=FROM)
    trail.record(by=approver, at=at, verb="refused", about="GET /", reason="no permission")


def folded(at) -> Folding:
    return fold_access_records(days=730, by=None, at=at)


def test_what_is_old_is_counted_and_says_no_more_who_and_from_where(happened, officer, at):
    count, head = trail.head()
    assert folded(at).number == 4
    counted = [rows for _, rows in counts_by_month()]
    assert counted == [[("export_register", 1), ("fail_sign_in", 1)], [("sign_out", 1)], [("sign_in", 1)]]
    stubs = TrailEntry.objects.filter(by_name="")
    said = {(each.by, each.about, each.reason, each.changes, london_day(each.at).day) for each in stubs}
    assert said == {(None, "", "", "[]", 1)}
    # The last sign-in of the officer says when they were last seen; two of the approver are of now.
    assert SecurityEvent.objects.filter(address=FROM.address).count() == 2
    assert verification.verify(head, count) == []
    assert verification.judge().passed == {"folding": 1}


def test_it_is_an_event_of_its_own_and_the_rest_is_listed(happened, at):
    folded(at)
    said = [entry.verb for entry in security_entries()]
    assert said[:3] == ["fold_access_records", "refused", "sign_in"]
    assert folded(at).number == 0
    assert TrailEntry.objects.filter(verb="fold_access_records").count() == 1


def stub() -> TrailEntry:
    return TrailEntry.objects.filter(by_name="").order_by("sequence")[1]


def test_a_folded_entry_that_is_changed_or_cut_is_found(happened, at):
    folded(at)
    number = stub().sequence
    past(TrailEntry).filter(sequence=number).update(verb="approve_closure")
    assert verification.verify() == [f"Entry {number} (approve_closure, ) was changed."]
    past(TrailEntry).filter(sequence=number)._raw_delete("default")
    assert verification.verify()[0] == f"Entry {number} is missing: the next is {number + 1}."


def test_an_entry_that_somebody_emptied_is_no_folding(happened, at):
    folded(at)
    last = TrailEntry.objects.filter(verb="refused").get()
    empty = {"by": None, "by_name": "", "about": "", "reason": ""}
    past(TrailEntry).filter(pk=last.pk).update(**empty)
    assert verification.verify() == [f"Entry {last.sequence} (refused, ) was changed."]
    # Nor where a chained entry says so without the seal.
    count, head = trail.head()
    emptied = TrailEntry.objects.get(pk=last.pk)
    said = {"model": "recommendations.trailentry", "id": last.pk, "fields": {}, "reads": trail.entry_hash(emptied)}
    forged = TrailEntry(sequence=count + 1, at=at, by_name="x", verb="fold_access_records", previous=head)
    forged.changes = trail.canonical([said])
    forged.hash = trail.entry_hash(forged)
    past(TrailEntry).bulk_create([forged])
    past(TrailHead).update(count=forged.sequence, hash=forged.hash)
    assert verification.verify() == [
        f"Entry {last.sequence} (refused, ) was changed.",
        f"Entry {forged.sequence} (fold_access_records, ) has no seal of this system.",
    ]


def test_the_command_says_what_it_does(happened, capsys, officer):
    call_command("fold_access_records", dry_run=True)
    assert capsys.readouterr().out.startswith("4 access records from before ")
    assert SecurityEvent.objects.filter(address=FROM.address).count() == 5
    call_command("fold_access_records")
    assert capsys.readouterr().out.endswith(" folded into counts.\n")
    assert SecurityEvent.objects.filter(address=FROM.address).count() == 2
