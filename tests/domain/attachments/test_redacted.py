"""Redacting words that stand in a file: its text and bytes go, and the record says so and still verifies."""

import datetime
from io import StringIO

from django.core.management import call_command

from recommendations.domain.attachments import storage
from recommendations.domain.attachments.attachments import withdraw_attachment
from recommendations.domain.attachments.queries import files_not_read_whole
from recommendations.domain.attachments.verification import check_files
from recommendations.domain.audit.verification import verify
from recommendations.domain.retention.redactions import confirm_redaction, look_for, propose_redaction
from recommendations.models import Attachment, StoredFile
from tests.conftest import AT
from tests.makers.attachments import make_file
from tests.makers.word_file import with_properties_and_comments

HOUR = datetime.timedelta(hours=1)
NAME, WHY = "Daniel Farrow", "A detainee is named."


def test_the_bytes_go_and_the_file_stays_on_record(tracked, officer, approver, django_capture_on_commit_callbacks):
    named = make_file(tracked, "visit.txt", b"Daniel Farrow asked.", text=f"{NAME} asked.", by=officer)
    again = make_file(tracked, "copy.pdf", b"other", text="Nobody is named.", by=officer)
    withdraw_attachment(attachment=named, reason="Wrong record.", by=officer, at=AT + HOUR)
    proposed = propose_redaction(words=NAME, reason=WHY, by=officer, at=AT + HOUR)
    found = look_for(NAME)
    assert [(each.model, each.column) for each in found.places.places] == [(StoredFile, "text")]
    with django_capture_on_commit_callbacks(execute=True):
        confirm_redaction(redaction=proposed, seen=found.mark, by=approver, at=AT + 2 * HOUR)
    rows = Attachment.on_file.order_by("pk").values_list("name", "removed_at", "sha256")
    assert list(rows) == [("visit.txt", AT + 2 * HOUR, named.sha256), ("copy.pdf", None, again.sha256)]
    there = [storage.the_store().exists(storage.path_of(each.sha256)) for each in (named, again)]
    assert (there, list(check_files()), verify()) == ([False, True], [], [])
    assert StoredFile.objects.get(pk=named.sha256).text == ""


def read_again() -> str:
    said = StringIO()
    call_command("read_files", stdout=said)
    return said.getvalue()


def test_files_that_were_not_read_whole_are_read_again_or_stay_named(tracked, officer):
    """As after an update: what an earlier version read has neither properties nor comments."""
    document = with_properties_and_comments()
    word = make_file(tracked, "visit.docx", document, text="Daniel Farrow", by=officer)
    picture = make_file(tracked, "cell.png", b"\x89PNG\r\n\x1a\n", by=officer)
    StoredFile.objects.update(is_read_whole=False)
    assert list(files_not_read_whole(Attachment.on_file.all())) == [picture, word]
    assert read_again() == "1 of 2 files are read whole now.\n"
    assert list(files_not_read_whole(Attachment.on_file.all())) == [picture]
    assert [each.pk for each in look_for("Ann Author").places.places] == [word.sha256]
    assert read_again() == "0 of 1 files are read whole now.\n"
