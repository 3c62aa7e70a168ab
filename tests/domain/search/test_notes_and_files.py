"""Colleagues' notes and files on records: by whom they are found, and that search follows what they rest on."""

import datetime

from recommendations.domain.attachments.attachments import withdraw_attachment
from recommendations.domain.notes.notes import add_note, withdraw_note
from recommendations.domain.register import transfers, voices
from recommendations.domain.retention.redactions import confirm_redaction, look_for, propose_redaction
from recommendations.domain.search import following
from recommendations.domain.search.find import SearchAnswer, SearchQuery
from recommendations.domain.search.lines import lines_of
from recommendations.models import Attachment, SearchEntry
from recommendations.search_words import read_words
from tests.conftest import AT, TODAY
from tests.makers.actions import make_action
from tests.makers.attachments import PDF, make_file, make_stored
from tests.makers.commitments import check, make_commitment, make_version
from tests.makers.committees import make_panel, make_request
from tests.makers.rounds import answered, make_round
from tests.per_module import per_module

LATER = AT + datetime.timedelta(hours=1)


@per_module
def update(tracked, force_lead):
    return voices.log_force_update(tracked=tracked, done="Bells are tested.", by=force_lead, at=AT)


def titles(user, typed: str) -> list[str]:
    return sorted(entry.title for entry in SearchAnswer(SearchQuery(words=read_words(typed), day=TODAY), user)[0:20])


def marked(user, typed: str) -> list[tuple[str, str, list[str], datetime.date | None]]:
    words = read_words(typed)
    lines = lines_of(SearchAnswer(SearchQuery(words=words, day=TODAY), user)[0:20], words)
    return [(each.title, each.about, [text for text, it in each.pieces if it], each.withdrawn_on) for each in lines]


def test_a_note_is_found_by_the_office_alone(tracked, officer, approver, force_lead, member):
    note = add_note(record=tracked, text="Ask the gaoler.", by=officer, at=AT)
    add_note(record=make_request(make_panel()), text="The gaoler knows.", by=officer, at=AT)
    assert marked(approver, "gaoler wm1") == [("Note on WM-0001", "Recommendation", ["gaoler"], None)]
    withdraw_note(note=note, reason="No.", by=officer, at=LATER)
    assert marked(officer, "ask gaoler") == [("Note on WM-0001", "Recommendation", ["Ask", "gaoler"], TODAY)]
    assert titles(officer, "gaolers") == ["Note on WM-0001", "Note on request 26/14"]
    assert [titles(user, "gaoler") for user in (force_lead, member)] == [[], []]
    assert list(following.wrong()) == []


def test_both_follow_the_record_that_they_are_on(
    tracked, update, inspection, officer, force_lead, other_force_lead, eastvale
):
    add_note(record=tracked, text="Ask the gaoler.", by=officer, at=AT)
    add_note(record=inspection, text="The gaoler was asked.", by=officer, at=AT)
    make_file(update, "gaoler.pdf", by=force_lead)
    transfers.transfer(tracked=tracked, to_force=eastvale, reason="Moved.", by=officer, at=LATER)
    tracked.refresh_from_db()
    of_record = [f"{tracked.reference}, gaoler.pdf", f"Note on {inspection.short_name}", f"Note on {tracked.reference}"]
    assert titles(officer, "gaoler") == sorted(of_record)
    assert [titles(user, "gaoler") for user in (force_lead, other_force_lead)] == [[], of_record[:1]]
    assert [each.force for each in SearchEntry.objects.filter(tracked=tracked, kind="note")] == [eastvale]
    assert list(following.wrong()) == []


def test_a_file_is_found_by_its_name_and_its_text_by_whoever_sees_what_it_hangs_on(
    body, update, tracked, officer, force_lead, other_force_lead, member, westmarch, eastvale
):
    version = make_version(body, eastvale, title="Bells in Eastvale", short_name="Bells 26")
    answer = answered(make_round(westmarch, lines=1, by=officer).lines.get(), by=force_lead)
    shown = {update: "a.pdf", answer: "b.pdf", tracked: "c.pdf"}
    inside = {check(make_commitment(version)): "d.pdf", make_request(make_panel(), force=westmarch): "e.pdf"}
    for subject, name in (shown | inside).items():
        make_file(subject, name, text="Two examiners.")
    own = ["WM-0001, a.pdf", "WM-0001, c.pdf", "WM-0002, b.pdf"]
    assert titles(officer, "examiner") == ["Commitment, d.pdf", "Request 26/14, e.pdf", *own]
    assert [titles(user, "examiner") for user in (force_lead, other_force_lead, member)] == [own, [], []]
    assert marked(force_lead, "b.pdf") == [("WM-0002, b.pdf", "file on an answer in an update round", [], None)]
    assert list(following.wrong()) == []


def test_a_file_on_what_has_no_page_while_its_section_is_off_is_not_found(
    body, tracked, westmarch, eastvale, officer, settings
):
    promised = check(make_commitment(make_version(body, eastvale, title="Bells in Eastvale", short_name="Bells 26")))
    shown = {tracked: "a.pdf", make_action(tracked, words="Train."): "b.pdf", promised: "c.pdf"}
    shown[make_request(make_panel(), force=westmarch)] = "d.pdf"
    for subject, name in shown.items():
        make_file(subject, name, text="Two examiners.")
    everything = ["Action: Train., b.pdf", "Commitment, c.pdf", "Request 26/14, d.pdf", "WM-0001, a.pdf"]
    for place, section in enumerate(("actions", "commitments", "panels"), start=1):
        assert titles(officer, "examiner") == everything[place - 1 :]
        settings.SECTIONS_OFF += (section,)
    assert titles(officer, "examiner") == everything[3:]


def test_what_is_withdrawn_is_the_offices_a_file_with_what_it_hangs_on(tracked, update, officer, force_lead):
    file = make_file(tracked, "visit.txt", b"visit", text="Two examiners.", by=officer)
    make_file(update, "log.txt", b"log", text="Two examiners.", by=force_lead)
    assert titles(force_lead, "examiner") == ["WM-0001, log.txt", "WM-0001, visit.txt"]
    withdraw_attachment(attachment=file, reason="Wrong.", by=officer, at=LATER)
    voices.withdraw(row=update, reason="Wrong.", by=force_lead, at=LATER)
    assert titles(force_lead, "examiner") == []
    assert {found[3] for found in marked(officer, "examiner")} == {TODAY}
    assert list(following.wrong()) == []


def test_search_follows_the_text_of_a_file_until_its_bytes_are_removed(update, force_lead, officer, approver):
    make_file(update, "scan.pdf", by=force_lead)
    assert marked(force_lead, "scan") == [("WM-0001, scan.pdf", "file on a force update", ["scan"], None)]
    make_stored(PDF, "Daniel Farrow asked.")
    assert marked(force_lead, "farrow")[0][2] == ["Farrow"]
    proposed = propose_redaction(words="Daniel Farrow", reason="Named.", by=officer, at=LATER)
    mark = look_for("Daniel Farrow").mark
    confirm_redaction(redaction=proposed, seen=mark, by=approver, at=LATER)
    make_stored(PDF, "Daniel Farrow asked.")
    assert Attachment.objects.get().removed_at == LATER
    assert (titles(officer, "farrow"), titles(officer, "scan")) == ([], ["WM-0001, scan.pdf"])
    assert list(following.wrong()) == []
