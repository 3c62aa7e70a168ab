"""What administrators keep: links do not overlap, rules begin later, and nobody locks themselves out."""

import datetime

import pytest
from django.db import connection

from recommendations.domain.people import records
from recommendations.domain.register import voices
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.enums import Role, Vocabulary
from recommendations.models import BankHoliday, Force, Label, Oversight, PolicingBody, RagRule, TrailEntry, User
from tests.conftest import AT, make_inspection, make_person, make_tracked
from tests.domain.constraints import written


def refused(record, at, by=None) -> tuple[str | None, str]:
    with pytest.raises(Refusal) as caught:
        records.keep(record=record, by=by, at=at)
    return caught.value.field, caught.value.code


def last_entry() -> tuple:
    entry = TrailEntry.objects.order_by("sequence").last()
    return entry.verb, entry.by_name, entry.subject_model, entry.about, entry.reason


def test_each_save_is_one_entry_and_one_row_of_history(westmarch, administrator, at):
    westmarch.name = "Westmarch Constabulary"
    records.keep(record=westmarch, by=administrator, at=at, reason="Its new name.")
    name = "recommendations.force"
    assert last_entry() == ("edit_force", "Joe Brandreth", name, "Westmarch Constabulary", "Its new name.")
    rows = westmarch.history.order_by("history_id").values_list("name", "history_actor", "history_change_reason")
    assert list(rows) == [
        ("Westmarch Police", "the command line", None),
        ("Westmarch Constabulary", "Joe Brandreth", "Its new name."),
    ]


def test_what_a_record_forbids_is_a_refusal_and_saves_nothing(westmarch, at):
    same = Force(name="Westmarch Police", short_name="W", slug="other", reference_prefix="W")
    assert refused(same, at) == ("name", "unique")
    late = datetime.date(2026, 1, 1)
    ended = Force(
        name="Other", short_name="O", slug="o", reference_prefix="O", since=late, until=late.replace(year=2025)
    )
    assert refused(ended, at)[0] is None
    assert TrailEntry.objects.count() == 1


def test_two_administrators_and_one_record(westmarch, administrator, at):
    seen = records.mark_of(westmarch)
    theirs = Force.objects.get()
    theirs.short_name = "West"
    records.keep(record=theirs, by=administrator, at=at, seen=seen)
    westmarch.short_name = "W'march"
    with pytest.raises(Stale) as stale:
        records.keep(record=westmarch, by=administrator, at=at, seen=seen)
    assert stale.value.theirs.short_name == "West"
    records.keep(record=westmarch, by=administrator, at=at, seen=records.mark_of(westmarch))
    assert Force.objects.get().short_name == "W'march"


def test_one_body_oversees_a_force_at_a_time(westmarch, eastvale, body, at):
    mayor = PolicingBody(name="Mayor", slug="mayor", kind="mayor", office_name="Mayor's office")
    records.keep(record=mayor, by=None, at=at)
    may = datetime.date(2028, 5, 8)
    assert refused(Oversight(body=mayor, force=westmarch, since=may), at)[0] == "since"
    old = Oversight.objects.get(force=westmarch)
    old.until = may - datetime.timedelta(days=1)
    records.keep(record=old, by=None, at=at)
    records.keep(record=Oversight(body=mayor, force=westmarch, since=may), by=None, at=at)
    assert list(Oversight.objects.filter(force=westmarch).values_list("body", flat=True)) == [mayor.pk, body.pk]


def test_nobody_locks_themselves_out(administrator, at):
    administrator.is_active = False
    with pytest.raises(NotAllowed):
        records.keep(record=administrator, by=User.objects.get(pk=administrator.pk), at=at)
    other = make_person("Ada Lovell", Role.ADMINISTRATOR)
    records.keep(record=administrator, by=other, at=at)
    assert not User.objects.get(pk=administrator.pk).is_active


def test_a_rule_begins_today_or_later_and_then_stays(db, at, today):
    day = datetime.timedelta(days=1)
    assert refused(RagRule(since=today - day), at)[0] == "since"
    rule = records.keep(record=RagRule(since=today, due_soon_days=14), by=None, at=at)
    rule.due_soon_days = 21
    records.keep(record=rule, by=None, at=at)
    assert refused(rule, at + day)[1] == "in-force"
    assert RagRule.objects.on(today).due_soon_days == 21


def test_a_bank_holiday_is_proclaimed_for_a_working_day_once_and_can_end(db, at):
    facts = {"name": "Coronation", "source": "The London Gazette, 1 May 2027"}
    for day, why in (("2027-05-01", "a Saturday"), ("2027-03-26", "Good Friday")):
        with pytest.raises(Refusal, match=why) as caught:
            records.keep(record=BankHoliday(on=datetime.date.fromisoformat(day), **facts), by=None, at=at)
        assert caught.value.field == "on"
    monday = datetime.date(2027, 5, 10)
    holiday = records.keep(record=BankHoliday(on=monday, **facts), by=None, at=at)
    assert BankHoliday.objects.by_day() == {monday: "Coronation"}
    assert refused(BankHoliday(on=monday, **facts), at)[0] == "on"
    assert refused(BankHoliday(on=monday + datetime.timedelta(days=1), name="Coronation", source=""), at)[0] == "source"
    holiday.ended = True
    records.keep(record=holiday, by=None, at=at, reason="It was cancelled.")
    assert BankHoliday.objects.by_day() == {}
    entries = TrailEntry.objects.filter(verb__endswith="bankholiday").order_by("sequence")
    assert [(each.verb, each.reason) for each in entries] == [
        ("add_bankholiday", ""),
        ("edit_bankholiday", "It was cancelled."),
    ]


def test_a_label_keeps_its_key_and_stays_once_a_record_says_it(westmarch, at):
    label = Label(vocabulary=Vocabulary.STAGE, key="paused", words="Paused")
    records.keep(record=label, by=None, at=at)
    label.key = "on_hold"
    records.keep(record=label, by=None, at=at)
    tracked = make_tracked(make_inspection(westmarch))
    voices.log_force_update(tracked=tracked, done="Waits.", stage="on_hold", by=None, at=at)
    label.key = "paused"
    assert refused(label, at)[0] == "key"
    label.key, label.ended = "on_hold", True
    assert refused(label, at)[0] == "ended"
    assert Label.objects.words()["stage"]["on_hold"] == "Paused"


def test_a_built_in_label_that_is_ended_has_its_own_words_again(westmarch, at):
    make_tracked(make_inspection(westmarch))
    label = Label(vocabulary=Vocabulary.STAGE, key="awaiting_allocation", words="To do")
    records.keep(record=label, by=None, at=at)
    assert Label.objects.words()["stage"]["awaiting_allocation"] == "To do"
    label.ended = True
    records.keep(record=label, by=None, at=at)
    assert Label.objects.words()["stage"]["awaiting_allocation"] == "Awaiting allocation"


def test_a_new_person_has_no_password(westmarch, at):
    facts = {"name": "Callum Tranter", "role": Role.FORCE_INSPECTION_LEAD, "by": None, "at": at}
    person = records.add_person(email="c@example.org", force=westmarch, **facts)
    assert (person.has_usable_password(), person.is_active) == (False, True)
    assert last_entry() == ("add_user", "the command line", "recommendations.user", "Callum Tranter", "")
    with pytest.raises(Refusal, match="Someone has an account"):
        records.add_person(email="C@example.org", force=westmarch, **facts)
    with pytest.raises(Refusal, match="A force inspection lead has a force"):
        records.add_person(email="d@example.org", **facts)


def test_a_new_password_is_on_the_trail_and_its_hash_is_not(administrator, at):
    records.set_password(person=administrator, password="another long password", by=administrator, at=at)
    entry = TrailEntry.objects.order_by("sequence").last()
    assert (entry.verb, entry.changes) == ("set_password", "[]")


@pytest.mark.on_postgresql
def test_what_the_database_says_to_two_bodies_at_a_time(westmarch, body):
    first = Oversight.objects.get(force=westmarch)
    first.until = datetime.date(2026, 5, 6)
    records.keep(record=first, by=None, at=AT)
    later = Oversight(body=body, force=westmarch, since=datetime.date(2026, 5, 7))
    records.keep(record=later, by=None, at=AT)
    answer = written(Oversight, {"until": None})  # SQLite has no such constraint
    assert "oversight_terms_apart" in answer if connection.vendor == "postgresql" else answer == ""
