"""Redactions: who may, what is refused, what is found, and what it leaves to correct."""

from types import SimpleNamespace

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.audit.history import events_of
from recommendations.domain.mails import mail_ledger
from recommendations.domain.register import voices
from recommendations.domain.retention import redactions
from recommendations.domain.retention.words import SoughtWords
from recommendations.domain.saved_views.saved_views import ViewContent, save_view
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import ForceUpdate, Redaction, ReminderMail, SavedView, TrackedRecommendation, TrailEntry
from tests.domain.audit.tampering import past

WHY = "A person who was in custody is named."


@pytest.fixture
def named(tracked, force_lead, at) -> ForceUpdate:
    """An update that names somebody, with a reason of its withdrawal that does too."""
    done = "The bell of Jane  O’Doe was fixed; jane o'doe agreed. Odoe was not asked."
    row = voices.log_force_update(tracked=tracked, done=done, by=force_lead, at=at)
    return voices.withdraw(row=row, reason="It named Jane O'Doe.", by=force_lead, at=at)


def proposed(officer, at) -> Redaction:
    return redactions.propose_redaction(words="Jane O'Doe", reason=WHY, by=officer, at=at)


def carried_out(officer, approver, at) -> Redaction:
    seen = redactions.look_for("Jane O'Doe").mark
    return redactions.confirm_redaction(redaction=proposed(officer, at), seen=seen, by=approver, at=at)


def test_every_spelling_goes_and_nothing_else(named, officer, approver, at):
    done = carried_out(officer, approver, at)
    row = ForceUpdate.objects.get()
    assert row.done == "The bell of [removed] was fixed; [removed] agreed. Odoe was not asked."
    assert row.withdrawn_why == "It named [removed]."
    assert {save.done for save in ForceUpdate.history.all()} == {row.done}
    assert TrailEntry.objects.filter(verb="withdraw_forceupdate").get().reason == "It named [removed]."
    assert (done.state, done.words, done.texts) == ("done", "", 7)
    assert verification.verify() == []


def test_what_goes_out_of_a_ledger_of_e_mails_is_no_tamper(named, officer, approver, at):
    mail = ReminderMail.objects.create(person=officer, day=at.date(), claimed_at=at)
    mail_ledger.mark_failed(SimpleNamespace(mail=mail), "No such mailbox: Jane O'Doe.", at=at)
    carried_out(officer, approver, at)
    assert ReminderMail.objects.get().problem == "No such mailbox: [removed]."
    assert verification.verify() == []
    ReminderMail.objects.update(problem="No such mailbox.")
    assert verification.verify() == [f"The reminder mail {mail.pk} was changed: problem."]


def test_words_that_were_changed_in_the_database_are_not_redacted(named, officer, approver, at):
    """Neither where they wait for a second person, nor where they wait for the command."""
    redaction = proposed(officer, at)
    past(Redaction).filter(pk=redaction.pk).update(words="The bell")
    seen = redactions.look_for("The bell").mark
    with pytest.raises(Refusal, match=redactions.OTHER_WORDS):
        redactions.confirm_redaction(redaction=redaction, seen=seen, by=approver, at=at)
    past(Redaction).update(state="confirmed", decided_at=at, decided_by=approver)
    with pytest.raises(Refusal, match=redactions.OTHER_WORDS):
        redactions.carry_out_redaction(redaction=redaction, at=at)
    assert "bell" in ForceUpdate.objects.get().done


def test_a_saved_view_without_the_words_is_as_sealed(named, officer, approver, at):
    content = ViewContent(name="Of Jane O’Doe", shared=True, filters=[("q", "Jane O'Doe", "Jane O'Doe")], columns=[])
    save_view(content=content, by=officer, at=at)
    carried_out(officer, approver, at)
    view = SavedView.objects.get()
    assert (view.name, view.filters, view.is_as_sealed) == ("Of [removed]", [["q", "[removed]", "[removed]"]], True)


@pytest.mark.sqlite_alone
def test_its_history_says_who_did_what_and_that_words_were_removed(named, officer, approver, at):
    before = [(each.verb, each.actor) for each in events_of(named.tracked, user=officer)]
    carried_out(officer, approver, at)
    now = [(each.verb, each.actor) for each in events_of(TrackedRecommendation.objects.get(), user=officer)]
    assert now == [("confirm_redaction", str(approver)), *before]


@pytest.mark.sqlite_alone
@pytest.mark.parametrize(
    ("words", "reason", "field"),
    [
        ("Jo", WHY, "words"),
        ("12345", WHY, "words"),
        ("x" * 201, WHY, "words"),
        ("Nobody Here", WHY, "words"),
        ("Jane O'Doe", " ", "reason"),
        ("Jane O'Doe", "Jane O’Doe is a victim.", "reason"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused_beside_its_field(named, officer, at, words, reason, field):
    with pytest.raises(Refusal) as refused:
        redactions.propose_redaction(words=words, reason=reason, by=officer, at=at)
    assert refused.value.field == field
    assert not Redaction.objects.exists()


@pytest.mark.sqlite_alone
def test_nobody_decides_what_they_proposed_or_may_not(named, officer, approver, force_lead, at):
    redaction = redactions.propose_redaction(words="Jane O'Doe", reason=WHY, by=approver, at=at)
    seen = redactions.look_for("Jane O'Doe").mark
    for person in (approver, officer, force_lead):
        with pytest.raises(NotAllowed):
            redactions.confirm_redaction(redaction=redaction, seen=seen, by=person, at=at)
        with pytest.raises(NotAllowed):
            redactions.decline_redaction(redaction=redaction, reason="No.", by=person, at=at)
    with pytest.raises(NotAllowed):
        redactions.propose_redaction(words="bell", reason=WHY, by=force_lead, at=at)
    assert Redaction.objects.get().waits


@pytest.mark.sqlite_alone
def test_who_confirms_has_seen_the_places_of_now(named, officer, approver, force_lead, at):
    redaction, seen = proposed(officer, at), redactions.look_for("Jane O'Doe").mark
    voices.log_force_update(tracked=named.tracked, done="Jane O'Doe again.", by=force_lead, at=at)
    with pytest.raises(Refusal, match="The places changed"):
        redactions.confirm_redaction(redaction=redaction, seen=seen, by=approver, at=at)
    assert ForceUpdate.objects.filter(done__contains="[removed]").count() == 0


@pytest.mark.sqlite_alone
def test_one_that_is_declined_changes_nothing_and_forgets_the_words(named, officer, approver, at):
    done = redactions.decline_redaction(redaction=proposed(officer, at), reason="She asked.", by=approver, at=at)
    assert (done.state, done.words, done.declined_why) == ("declined", "", "She asked.")
    assert "O’Doe" in ForceUpdate.objects.get().done
    with pytest.raises(Refusal, match="decided already"):
        redactions.decline_redaction(redaction=done, reason="Again.", by=approver, at=at)
    assert verification.verify() == []


def test_words_are_found_as_whole_words_in_any_spelling():
    words = SoughtWords("Ann-Marie D'Arcy")
    assert words.out_of("ANN–MARIE\n d’arcy, Joann-Marie D'Arcy") == "[removed], Joann-Marie D'Arcy"
    assert words.out_of({"ann-marie d'arcy": ["x Ann-Marie D'Arcy"]}) == {"ann-marie d'arcy": ["x [removed]"]}
    assert (
        SoughtWords("Ann Lee").out_of("/published/2026/by-ann-lee/", in_address=True) == "/published/2026/by-removed/"
    )
