"""The trail: a change and its entry commit together on every path, each write is one entry, and nothing escapes it."""

import hashlib
import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse

from recommendations import trail
from recommendations.domain.audit import verification
from recommendations.domain.handing_over.marking import HandedOverGuard
from recommendations.domain.ownership import mine
from recommendations.domain.people import records
from recommendations.domain.register import closures, voices
from recommendations.domain.search import following
from recommendations.domain.webhooks.events import WebhookEvents
from recommendations.middleware.guarded_writes import guard_writes
from recommendations.models import (
    Force,
    ForceUpdate,
    Label,
    Submission,
    TrackedRecommendation,
    TrailEntry,
)
from recommendations.models.audit.retention import EntrySealer
from recommendations.models.base import Guarded, Record, is_unrecorded
from recommendations.models.people.seals import SealFollower
from recommendations.models.register import standing
from recommendations.models.reminders import notices
from tests.snapshots import changed, contents, undone


def test_an_entry_says_who_when_what_why_and_which_fields(tracked, officer, at):
    closures.request_closure(tracked=tracked, outcome="implemented", reason="It is done.", by=officer, at=at)
    entry, before = TrailEntry.objects.order_by("-sequence")[:2]
    assert (entry.by, entry.by_name, entry.at, entry.verb) == (officer, "Hannah Whitlock", at, "request_closure")
    assert (entry.subject_model, entry.subject_id) == ("recommendations.trackedrecommendation", tracked.pk)
    assert (entry.about, entry.reason, entry.previous) == (tracked.reference, "It is done.", before.hash)
    assert entry.hash == trail.entry_hash(entry)
    (closure,) = json.loads(entry.changes)
    assert closure["model"] == "recommendations.closure"
    assert closure["fields"]["outcome"] == hashlib.sha256(b'"implemented"').hexdigest()[:32]


def test_a_persons_name_of_the_day_stays_on_the_trail_and_in_the_history(tracked, officer, administrator, at):
    voices.log_force_update(tracked=tracked, done="Seen to.", by=officer, at=at)
    officer.name = "Hannah Married"
    records.keep(record=officer, by=administrator, at=at)
    assert TrailEntry.objects.filter(verb="log_force_update").get().by_name == "Hannah Whitlock"
    assert ForceUpdate.history.get().history_actor == "Hannah Whitlock"


def test_verbs_do_not_nest_and_know_their_moment(db, at):
    with trail.verb("outer", by=None, at=at), pytest.raises(RuntimeError), trail.verb("inner", by=None, at=at):
        pass
    with pytest.raises(ValueError, match="time zone"), trail.verb("naive", by=None, at=at.replace(tzinfo=None)):
        pass
    assert list(TrailEntry.objects.values_list("verb", flat=True)) == ["outer"]


class Counted:
    """Follows a verb and keeps what it was told, in an order."""

    def __init__(self):
        self.told = []

    def note(self, row, changed):
        self.told.append((type(row).__name__, sorted(changed)))

    def finish(self):
        self.told.append(("entries", TrailEntry.objects.count()))


def test_what_follows_a_verb_registers_itself_and_is_told_of_each_row_and_of_the_end(westmarch, at, monkeypatch):
    made = []
    monkeypatch.setattr(trail, "_followers", [])
    trail.follow(lambda: made.append(Counted()) or made[-1])
    for name in ("W", "Westmarch"):
        westmarch.short_name = name
        records.keep(record=westmarch, by=None, at=at)
    changed = ("Force", ["short_name"])
    assert [each.told for each in made] == [[changed, ("entries", 2)], [changed, ("entries", 3)]]


def test_how_everything_stands_and_what_search_reads_follow_every_verb():
    expected = {notices.GivenTo, EntrySealer, SealFollower, standing.Touched, following.SearchFollower, WebhookEvents}
    assert {*trail._followers} == {*expected, HandedOverGuard}


def guarded():
    return sorted(verification.guarded_models(), key=lambda model: model.__name__)


@pytest.mark.parametrize("model", guarded(), ids=lambda model: model.__name__)
def test_no_model_can_be_written_outside_a_verb(db, model):
    rows = model.objects
    for write in (
        lambda: model().save(),
        lambda: model(pk=1).delete(),
        lambda: rows.create(),
        lambda: rows.update(pk=2),
        lambda: rows.all().delete(),
        lambda: rows.bulk_create([model()]),
        lambda: rows.bulk_update([model(pk=1)], ["pk"]),
        lambda: rows.filter(pk=1).update(pk=2),
    ):
        with pytest.raises(trail.WriteOutsideVerb):
            write()


def test_not_even_a_verb_deletes_or_writes_many_at_once(westmarch, at):
    with trail.verb("hard", by=None, at=at):
        for write in (
            westmarch.delete,
            lambda: Force.objects.update(name="x"),
            lambda: Force.objects.all().delete(),
            lambda: Force.objects.bulk_create([Force()]),
            lambda: Force.objects.bulk_update([westmarch], ["name"]),
        ):
            with pytest.raises(trail.WriteOutsideVerb):
                write()


def test_the_trail_itself_is_only_added_to(westmarch):
    entry = TrailEntry.objects.get()
    for write in (
        entry.save,
        entry.delete,
        lambda: TrailEntry.objects.update(reason="x"),
        lambda: TrailEntry.objects.all().delete(),
        lambda: TrailEntry.objects.bulk_update([entry], ["reason"]),
        lambda: TrailEntry.objects.bulk_create([TrailEntry()]),
    ):
        with pytest.raises(TypeError):
            write()


GUARDED_ALONE = [
    "AccessCount",
    "ActionPlanFacts",
    "ForceFacts",
    "IssuedFile",
    "ItemFacts",
    "OfficeUse",
    "PublicMeetingFacts",
    "PublishedText",
    "ReceivedEntry",
    "ReceivedRecord",
    "SecurityEvent",
    "SheetRow",
    "SuccessionNotice",
]


def test_every_model_is_guarded_and_has_a_history_or_is_named_here():
    ours = [model for model in guarded() if not issubclass(model, Record)]
    assert {model.__name__ for model in ours} == {*GUARDED_ALONE, "FormerPerson", "Redaction", "User"}
    bare = [model.__name__ for model in guarded() if not hasattr(model, "history")]
    assert bare == GUARDED_ALONE
    rest = {
        model.__name__
        for model in Force._meta.apps.get_app_config("recommendations").get_models()
        if not issubclass(model, Guarded) and not model.__name__.startswith("Historical")
    }
    # What somebody is still writing.
    drafts = {"SheetDraft", "RoundDraft", "DraftPart", "DraftCommitment", "CommentsDraft", "FileDraft", "TypedDraft"}
    drafts |= {"DocumentDraft"}
    ledgers = {"ReminderMail", "ReminderItem", "PaperMail", "InvitationMail", "NoticeMail"}  # what was sent
    ledgers |= {"PersonalNotice", "LastLook"}  # what was seen
    ledgers |= {"ReminderSwitch"}  # what a person wants to be sent
    work = {"PaperBuild", "RegisterExport"}  # what is being made
    ledgers |= {"SavedView", "SavedViewUse"}  # what a person prefers
    derived = {"Standing"}  # what follows from records, to be counted
    derived |= {"AccountSeal"}  # what follows from a password and a second factor, which are in no history
    derived |= {"SearchEntry", "SearchWord"}  # what follows from records and drafts, to be found
    derived |= {"EntrySeal"}  # what follows from an entry of the trail
    derived |= {"StoredFile"}  # what follows from the bytes of a file: its text
    ledgers |= {"WebhookDelivery", "WebhookSecret", "ApiTokenUse"}  # what was sent to other systems, and used when
    ledgers |= {"SuccessionMail"}  # what was sent to whom a change of forces or bodies concerns
    ledgers |= {"ForceMail", "ForceSubscriber"}  # who of the public wants emails, and what was sent to them
    work |= {"ShortLivedValue", "FoldedRefusal"}  # what sign-in counts for some minutes, and refusals
    assert rest == {"TrailEntry", "TrailHead", "Submission"} | drafts | ledgers | work | derived


def test_each_history_writes_its_own_reasons():
    """A field that histories share writes to the table of the last one."""
    histories = [model.history.model for model in guarded() if hasattr(model, "history")]
    owners = [each._meta.get_field("history_change_reason").model for each in histories]
    assert owners == histories


def past_the_models(record):
    """Writes that neither model nor queryset sees."""
    table, plain = record._meta.db_table, models.QuerySet(type(record))
    label = Label(vocabulary="stage", key="raw", words="Raw")

    def raw(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return {
        "queryset": lambda: plain.update(name="x"),
        "many": lambda: models.QuerySet(Label).bulk_create([label]),
        "many, once": lambda: models.QuerySet(Label).bulk_create([label], ignore_conflicts=True),
        "save": lambda: models.Model.save(record),
        "save_base": record.save_base,
        "sql": lambda: raw(f"update {table} set name = 'x'"),
        "sql in a with": lambda: raw(f"WITH x AS (SELECT 1) UPDATE {table} SET name = 'x'"),
        "delete": lambda: raw(f"DELETE  FROM {table}"),
        "history": lambda: models.QuerySet(type(record.history.first())).update(name="x"),
    }


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_while_a_request_is_answered_only_verbs_write(westmarch, rf, method):
    request = getattr(rf, method)("/")
    request.user = AnonymousUser()
    before = contents()
    for name, write in past_the_models(westmarch).items():
        with undone(), pytest.raises(trail.WriteOutsideVerb):
            guard_writes(lambda request, write=write: write())(request)
        assert (name, changed(before, contents())) == (name, [])


def test_a_get_writes_nothing_even_with_a_verb(westmarch, rf, at):
    westmarch.short_name = "W"

    def answer(request):
        return records.keep(record=westmarch, by=None, at=at)

    with pytest.raises(trail.WriteOutsideVerb), transaction.atomic():
        guard_writes(answer)(rf.get("/"))
    assert guard_writes(answer)(rf.post("/")).short_name == "W"
    assert guard_writes(lambda request: trail.record(by=None, at=at, verb="seen"))(rf.get("/")).verb == "seen"


def refusals() -> list[tuple]:
    entries = TrailEntry.objects.filter(verb="refused").order_by("sequence")
    return list(entries.values_list("by_name", "about", "reason"))


def test_a_refusal_is_an_entry_though_what_was_refused_left_nothing(client, tracked, approver, settings, at):
    settings.DEMO = True
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=approver, at=at)
    before = contents(leave_out=("trailentry", "trailhead", "folded_refusal"))
    client.force_login(approver)
    url = reverse("approve_closure", args=[tracked.pk])
    version = TrackedRecommendation.objects.get().version
    client.post(url, {"version": version, "once": "a"})
    says = "You asked for this closure, so another approving officer decides it."
    assert refusals() == [("Margaret Osei", f"POST {url}", says)]
    assert changed(before, contents(leave_out=("trailentry", "trailhead", "folded_refusal"))) == []
    assert verification.verify() == []


def test_what_a_role_may_not_do_is_an_entry_and_what_is_not_there_is_none(client, tracked, force_lead, settings):
    settings.DEMO = True
    client.force_login(force_lead)
    url = reverse("record_assurance", args=[tracked.pk])
    assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)
    assert client.get(reverse("tracked", args=[999])).status_code == 404
    assert refusals() == [
        ("Callum Tranter", f"GET {url}", "no permission"),
        ("Callum Tranter", f"POST {url}", "no permission"),
    ]


def test_a_forged_form_is_refused_and_is_an_entry(tracked, officer, settings):
    settings.DEMO = True
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    url = reverse("log_force_update", args=[tracked.pk])
    assert strict.post(url, {"done": "Forged."}).status_code == 403
    assert refusals() == [("Hannah Whitlock", f"POST {url}", "no permission")]
    assert (ForceUpdate.objects.count(), Submission.objects.count()) == (0, 0)


def test_what_is_said_to_be_no_record_is_written_by_a_post_and_by_no_get(officer, rf):
    def prefer(request):
        mine.mail_notices(person=officer, wanted=True)

    with pytest.raises(trail.WriteOutsideVerb), transaction.atomic():
        guard_writes(prefer)(rf.get("/"))
    guard_writes(prefer)(rf.post("/"))
    officer.refresh_from_db()
    assert (officer.mails_notices, is_unrecorded()) == (True, False)
