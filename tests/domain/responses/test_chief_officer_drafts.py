"""A force's draft of its chief officer's comments: shared inside the force, both texts, submitted whole, then gone."""

import datetime

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.responses import publishing
from recommendations.domain.responses.chief_officers import comments
from recommendations.domain.responses.chief_officers.drafts import begins_with, content, draft_of, mark, save_draft
from recommendations.domain.responses.chief_officers.submission import EMPTY, preview_submission, submit_draft
from recommendations.domain.writing.refusals import NotAllowed, Stale
from recommendations.enums import Role
from recommendations.models import ChiefOfficerComments, CommentsDraft, Response, TrailEntry
from tests.conftest import AT, TODAY, make_inspection, make_person, make_tracked
from tests.makers.chief_officers import TEXT, WORDS, make_draft_of_comments, make_invitation, record_by_the_office
from tests.makers.responses import make_response
from tests.per_module import per_module
from tests.refusals import refusal_of

DAY = datetime.timedelta(days=1)
NO_LONGER = ("no-longer", None)
LATE, HERE = "asked for by 21 November 2026", "are here already"


@per_module
def response(westmarch, body):
    report = make_inspection(westmarch)
    make_tracked(report)
    return make_response(report, body)


@per_module
def invitation(response, westmarch, officer):
    return make_invitation(response, westmarch, by=officer)


@per_module
def colleague(westmarch):
    return make_person("Dana Fox", Role.FORCE_INSPECTION_LEAD, westmarch)


def shown(invitation) -> str:
    return mark(begins_with(invitation, draft_of(invitation)))


def submit(invitation, by, **given):
    return submit_draft(**{"invitation": invitation, "shown": shown(invitation), "by": by, "at": AT} | given)


def test_a_draft_is_kept_as_it_was_typed_with_its_day_and_is_no_record(invitation, force_lead):
    before = TrailEntry.objects.count()
    saved = make_draft_of_comments(invitation, force_lead, text="  One.\r\n\r\nTwo.\x00 ", dated="6th of Nov")
    assert content(draft_of(invitation)) == {
        "text": "One.\n\nTwo.",
        "signed_by": "A. Rowe",
        "signed_as": "Chief constable",
        "dated": "6 November 2026",
    }
    assert (saved.saved_by, saved.saved_at, saved.version) == (force_lead, AT, 1)
    assert TrailEntry.objects.count() == before


def test_the_same_words_are_saved_once_and_none_are_not_saved(invitation, force_lead, colleague):
    assert save_draft(invitation=invitation, values={}, shown="", by=force_lead, at=AT) is None
    make_draft_of_comments(invitation, force_lead)
    again = save_draft(invitation=invitation, values=WORDS, shown="", by=colleague, at=AT + DAY)
    assert (again.saved_by, again.version) == (force_lead, 1)


def test_of_two_writers_the_second_is_shown_both_and_then_decides(invitation, force_lead, colleague):
    empty = shown(invitation)
    make_draft_of_comments(invitation, force_lead)
    mine = WORDS | {"text": "We disagree."}
    with pytest.raises(Stale) as says:
        save_draft(invitation=invitation, values=mine, shown=empty, by=colleague, at=AT)
    assert (says.value.theirs.text, says.value.theirs.saved_by) == (TEXT, force_lead)
    saved = save_draft(invitation=invitation, values=mine, shown=mark(content(says.value.theirs)), by=colleague, at=AT)
    assert (saved.text, saved.saved_by, saved.version) == ("We disagree.", colleague, 2)


def test_only_people_of_the_force_write_and_submit(invitation, force_lead, officer, other_force_lead, member):
    make_draft_of_comments(invitation, force_lead)
    for person in (officer, other_force_lead, member):
        with pytest.raises(NotAllowed):
            save_draft(invitation=invitation, values=WORDS | {"text": "No."}, shown="", by=person, at=AT)
        with pytest.raises(NotAllowed):
            submit(invitation, person)
    assert draft_of(invitation).text == TEXT


def test_submitting_records_the_draft_in_one_entry_and_takes_it_away(invitation, force_lead, westmarch):
    make_draft_of_comments(invitation, force_lead)
    before = TrailEntry.objects.count()
    made = submit(invitation, force_lead, at=AT + DAY)
    found = ChiefOfficerComments.objects.get()
    assert (found, found.force, found.text, found.recorded_by) == (made, westmarch, TEXT, force_lead)
    assert (found.signed_by, found.signed_as, found.dated_on) == ("A. Rowe", "Chief constable", TODAY - DAY)
    assert CommentsDraft.objects.count() == 0
    assert list(TrailEntry.objects.values_list("verb", flat=True))[-1:] == ["record_comments"]
    assert TrailEntry.objects.count() == before + 1
    assert verification.verify() == []


def test_what_submitting_refuses_keeps_the_draft(invitation, force_lead, colleague):
    assert refusal_of(submit, invitation, force_lead) == ("incomplete", "text")
    make_draft_of_comments(invitation, force_lead, signed_by="", dated="soon")
    assert refusal_of(submit, invitation, force_lead) == ("incomplete", "signed_by")
    looked = shown(invitation)
    make_draft_of_comments(invitation, colleague, text="Changed.")
    assert refusal_of(submit, invitation, force_lead, shown=looked) == ("changed-meanwhile", None)
    assert refusal_of(submit, invitation, force_lead, naming=LATE, at=AT + 15 * DAY) == NO_LONGER
    assert draft_of(invitation).text == "Changed."
    assert ChiefOfficerComments.objects.count() == 0


def test_a_draft_is_read_as_it_would_be_submitted(invitation):
    def problems(**values):
        return preview_submission(invitation, WORDS | values, AT).problems

    assert problems() == {}
    assert problems(text="", signed_by=" ", signed_as="", dated="") == EMPTY
    assert problems(dated="soon") == {"dated": "“soon” is not a day. Enter one like 7 November 2026."}
    assert problems(dated="8/11/2026")["dated"].startswith("8 November 2026 ")
    assert problems(dated="14 Jan 2026")["dated"].endswith(" 15 January 2026.")


def test_after_the_day_nothing_is_saved_and_the_draft_stays(invitation, force_lead):
    make_draft_of_comments(invitation, force_lead)
    make_draft_of_comments(invitation, force_lead, text="In time.", at=AT + 14 * DAY)
    late = {"text": "Late.", "at": AT + 15 * DAY}
    assert refusal_of(make_draft_of_comments, invitation, force_lead, naming=LATE, **late) == NO_LONGER
    assert draft_of(invitation).text == "In time."


def test_what_the_office_records_leaves_the_draft_and_ends_the_writing(
    invitation, response, westmarch, force_lead, officer
):
    make_draft_of_comments(invitation, force_lead)
    stands = record_by_the_office(response, westmarch, by=officer)
    assert refusal_of(make_draft_of_comments, invitation, force_lead, naming=HERE, text="More.") == NO_LONGER
    assert refusal_of(submit, invitation, force_lead, naming=HERE) == NO_LONGER
    comments.withdraw_comments(comments=stands, reason="A wrong file.", by=officer, at=AT)
    assert submit(invitation, force_lead).text == TEXT


def test_what_the_force_submitted_and_the_office_withdrew_is_where_the_next_begins(
    invitation, response, westmarch, force_lead, officer
):
    make_draft_of_comments(invitation, force_lead)
    said = submit(invitation, force_lead)
    comments.withdraw_comments(comments=said, reason="Unsigned.", by=officer, at=AT)
    assert begins_with(invitation, None) == WORDS
    saved = save_draft(invitation=invitation, values=WORDS, shown=mark(WORDS), by=force_lead, at=AT)
    assert saved.version == 1
    assert submit(invitation, force_lead).text == TEXT


def test_what_the_office_recorded_wrongly_is_not_repeated_to_the_force(
    invitation, response, westmarch, officer, force_lead
):
    wrong = record_by_the_office(response, westmarch, text="Another force's words.", by=officer)
    comments.withdraw_comments(comments=wrong, reason="Eastvale's file.", by=officer, at=AT)
    assert begins_with(invitation, None) == content(None)


def test_a_withdrawn_response_takes_no_comments(invitation, response, officer, force_lead):
    publishing.withdraw_response(response=Response.objects.get(pk=response.pk), reason="Moot.", by=officer, at=AT)
    assert refusal_of(make_draft_of_comments, invitation, force_lead, naming="was withdrawn") == NO_LONGER


def test_two_hundred_pages_are_submitted_word_for_word(invitation, force_lead):
    long = "\n\n".join(f"{number}. We have read this with care, and say so at length." * 40 for number in range(300))
    make_draft_of_comments(invitation, force_lead, text=long)
    assert submit(invitation, force_lead).text == long
