"""A published response after words were redacted: its page, data and search lose them, and its files are withheld."""

from django.urls import reverse

from recommendations.domain.audit import verification
from recommendations.domain.retention import redactions
from recommendations.domain.retention.filings import filings_of
from recommendations.models import Redaction
from tests.domain.retention.planting import has
from tests.views.public.makers import DAY, file_of, page_of, publish_correction

WHY = "It names a person who was in custody."


def redact(words, officer, approver, at):
    redaction = redactions.propose_redaction(words=words, reason=WHY, by=officer, at=at)
    seen = redactions.look_for(words).mark
    return redactions.confirm_redaction(redaction=redaction, seen=seen, by=approver, at=at)


def test_the_page_loses_the_words_and_the_files_wait_for_a_correction(client, written, officer, approver, at):
    words, page = "bell 7.1", page_of(written)
    assert has(client.get(page).content, words)
    files = [file_of(written, 1, form) for form in ("pdf", "txt")]
    assert [client.get(each).status_code for each in files] == [200, 200]
    redact(words, officer, approver, at)
    for address in (page, reverse("public_json"), reverse("public_feed")):
        assert not has(client.get(address).content, words)
    assert [client.get(each).status_code for each in files] == [410, 410]
    publish_correction(written, by=officer, approver=approver, at=at + DAY)
    assert [client.get(file_of(written, 2, form)).status_code for form in ("pdf", "txt")] == [200, 200]
    assert [line.corrected for line in filings_of(Redaction.objects.get())] == ["Version 2 is published."]
    assert verification.verify() == []
