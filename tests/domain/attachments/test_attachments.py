"""Files on records: attached once, marked, withdrawn; who may, who sees; the bytes proven; what is left over tidied."""

import datetime
import io
from pathlib import Path

import pytest

from recommendations.domain.attachments import attachments, storage
from recommendations.domain.attachments.attachments import attach, mark_attachment, plain_name, withdraw_attachment
from recommendations.domain.attachments.queries import files_by_entry, files_of
from recommendations.domain.attachments.tidying import remove_abandoned
from recommendations.domain.attachments.verification import check_files
from recommendations.domain.audit.chain import KnownHead
from recommendations.domain.audit.verification import judge, verify
from recommendations.domain.register import closures, voices
from recommendations.domain.rounds.rounds import accept_answer
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import Attachment, StoredFile, TrailEntry
from tests.conftest import AT, make_inspection, make_tracked
from tests.makers.attachments import PDF, make_file, make_stored
from tests.makers.commitments import check, make_commitment, make_version
from tests.makers.committees import make_panel, make_request
from tests.makers.rounds import answered, make_round
from tests.per_module import per_module

LATER = AT + datetime.timedelta(days=2)


@per_module
def update(tracked, force_lead):
    return voices.log_force_update(tracked=tracked, done="Bells are tested.", by=force_lead, at=AT)


@per_module
def assured(tracked, officer):
    return voices.record_assurance(tracked=tracked, view="assured", rationale="Seen.", by=officer, at=AT)


@per_module
def closure(tracked, force_lead):
    facts = {"outcome": "implemented", "reason": "Done.", "by": force_lead, "at": AT}
    return closures.request_closure(tracked=tracked, **facts)


def refused(act) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


def test_a_file_is_attached_once_under_its_digest_and_the_trail_names_it(update, force_lead, tracked):
    made = make_file(update, "Audit.pdf", by=force_lead, marking="sensitive")
    entry = TrailEntry.objects.order_by("-sequence").first()
    assert (entry.verb, entry.subject_id, entry.by) == ("attach", tracked.pk, force_lead)
    assert (made.subject, made.size, made.sha256) == (update, len(PDF), made.sha256)
    with storage.open_stored(made.sha256) as content:
        assert content.read() == PDF
    path = Path(storage.folder(), storage.path_of(made.sha256))
    assert [oct(each.stat().st_mode & 0o777) for each in (path, path.parent)] == ["0o600", "0o700"]
    assert refused(lambda: make_file(update, "Again.pdf", by=force_lead)) == "attached-already"
    assert StoredFile.objects.count() == 1


def test_each_side_attaches_to_what_its_own_people_recorded(update, assured, closure, tracked, officer, force_lead):
    for subject in (update, closure):
        make_file(subject, by=force_lead)
    for subject, content in ((assured, PDF), (closure, PDF + b" "), (tracked, PDF)):
        make_file(subject, content=content, by=officer)
    for subject, by in ((update, officer), (assured, force_lead), (tracked, force_lead)):
        with pytest.raises(NotAllowed):
            make_file(subject, "other.pdf", PDF + b"  ", by=by)
    [theirs] = Attachment.objects.filter(update=update)
    with pytest.raises(NotAllowed):
        withdraw_attachment(attachment=theirs, reason="Wrong.", by=officer, at=LATER)


def test_what_does_not_fit_is_refused_in_words(update, force_lead, monkeypatch):
    stored = make_stored()
    monkeypatch.setattr(attachments, "MOST_BYTES", 40)
    monkeypatch.setattr(attachments, "MOST_OF_RECORD", 60)

    def attaching(content, **facts):
        return lambda: make_file(update, "a.pdf", content, by=force_lead, **facts)

    assert refused(attaching(b"")) == "empty-file"
    assert refused(attaching(PDF * 2)) == "too-large"
    make_file(update, "a.pdf", PDF[:39], by=force_lead)
    assert refused(attaching(PDF[:38])) == "record-full"
    monkeypatch.undo()
    monkeypatch.setattr(attachments, "LEFT_FREE", 10**18)
    assert refused(attaching(PDF + b" ")) == "no-room"
    monkeypatch.undo()
    assert refused(attaching(PDF + b" ", marking="secret")) == "invalid-choice"
    StoredFile.objects.filter(pk=stored.pk).delete()
    act = {"subject": update, "name": "a.pdf", "stored": stored, "by": force_lead, "at": AT}
    assert refused(lambda: attach(**act)) == "not-stored"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("C:\\temp\\audit.pdf", "audit.pdf"),
        ("../../etc/notes.txt", "notes.txt"),
        ("gpj\u202efdp.pdf", "gpjfdp.pdf"),
        (f"{'a' * 300}.docx", f"{'a' * 195}.docx"),
    ],
)
def test_a_name_is_plain_and_fits(given, name):
    assert plain_name(given) == name


def test_a_marking_is_changed_and_a_file_withdrawn_with_a_reason(update, force_lead):
    made = make_file(update, by=force_lead)
    assert mark_attachment(attachment=made, marking="official", by=force_lead, at=LATER).marking == "official"
    withdrawing = {"attachment": made, "by": force_lead, "at": LATER}
    assert refused(lambda: withdraw_attachment(reason=" ", **withdrawing)) == "no-reason"
    withdraw_attachment(reason="Of another force.", **withdrawing)
    assert (Attachment.objects.count(), Attachment.on_file.get().withdrawn_why) == (0, "Of another force.")
    marking = {"attachment": made, "marking": "", "by": force_lead, "at": LATER}
    assert refused(lambda: mark_attachment(**marking)) == "withdrawn"
    make_file(update, by=force_lead, at=LATER)
    assert verify() == []


def test_what_is_withdrawn_takes_no_more_files(update, force_lead):
    voices.withdraw(row=update, reason="Wrong.", by=force_lead, at=LATER)
    update.refresh_from_db()
    assert refused(lambda: make_file(update, by=force_lead)) == "withdrawn"


def test_everyone_sees_the_files_of_what_they_see(
    body, update, assured, closure, tracked, officer, force_lead, other_force_lead, member, westmarch, eastvale
):
    theirs = make_round(westmarch, lines=1, by=officer).lines.get()
    answer = answered(theirs, by=force_lead)
    commitment = make_commitment(make_version(body, eastvale, title="Bells in Eastvale", short_name="Bells 26"))
    looked = check(commitment)
    shown = [update, assured, closure, answer, tracked]
    for subject in [*shown, looked, make_request(make_panel(), by=officer)]:
        make_file(subject)
    other = make_tracked(make_inspection(eastvale, title="Cells in Eastvale"))
    canary = make_file(other, "canary.pdf")

    def seen(user):
        return [each.subject for each in Attachment.objects.visible_to(user).order_by("pk")]

    assert (seen(force_lead), seen(other_force_lead), seen(member)) == (shown, [canary.subject], [])
    assert len(seen(officer)) == 8
    assert [each.name for each in files_of(tracked, force_lead)] == ["audit.pdf"] * 4
    assert files_of(tracked, other_force_lead) == []


def test_the_file_of_an_answer_is_shown_with_the_update_that_it_became(westmarch, officer, force_lead):
    answer = answered(make_round(westmarch, lines=1, by=officer).lines.get(), by=force_lead)
    made = make_file(answer, by=force_lead)
    accepted = accept_answer(answer=answer, by=officer, at=LATER)
    [(kind, pk), _] = sorted(files_by_entry(files_of(answer.line.tracked, force_lead)), reverse=True)
    assert (kind, pk) == ("update", accepted.update.pk if hasattr(accepted, "update") else accepted.pk)
    assert made.subject == answer


def test_verify_audit_reads_the_bytes(update, force_lead):
    made = make_file(update, content=b"verified" * 9, by=force_lead)
    make_file(update, "second.pdf", by=force_lead)
    assert verify() == []
    path = Path(storage.folder(), storage.path_of(made.sha256))
    path.write_bytes(b"verified" * 8 + b"verifieD")
    assert verify() == [f"The attached file {made.pk}: its bytes were changed."]
    path.unlink()
    assert list(check_files()) == [f"The attached file {made.pk}: its bytes are missing."]
    head = TrailEntry.objects.order_by("-sequence").first()
    assert judge(since=KnownHead(head.sequence, head.hash)).problems == []


def test_uploads_that_nobody_went_on_with_are_removed_after_a_day(update, force_lead):
    left, used = make_stored(b"left"), make_file(update, content=b"used", by=force_lead)
    assert remove_abandoned(at=AT + datetime.timedelta(hours=23)) == 0
    assert (remove_abandoned(at=LATER, dry_run=True), remove_abandoned(at=LATER)) == (1, 1)
    assert [storage.the_store().exists(storage.path_of(each.sha256)) for each in (left, used)] == [False, True]
    assert [each.pk for each in StoredFile.objects.all()] == [used.sha256]


def test_a_file_is_there_whole_or_not_at_all(monkeypatch):
    class Broken:
        def __init__(self, content):
            self.content = content

        def seek(self, *where):
            return self.content.seek(*where)

        def read(self, size):
            raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space left"):
        storage.store_content("ab" * 32, Broken(io.BytesIO(b"x" * 10)))
    assert (storage.the_store().exists(storage.path_of("ab" * 32)), storage.unfinished_files()) == (False, [])
