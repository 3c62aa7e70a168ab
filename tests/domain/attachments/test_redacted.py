"""Redacting words that stand in a file: its text and bytes go, and the record says so and still verifies."""

import datetime

from recommendations.domain.attachments import storage
from recommendations.domain.attachments.attachments import withdraw_attachment
from recommendations.domain.attachments.verification import check_files
from recommendations.domain.audit.verification import verify
from recommendations.domain.retention.redactions import confirm_redaction, look_for, propose_redaction
from recommendations.models import Attachment, StoredFile
from tests.conftest import AT
from tests.makers.attachments import make_file

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
