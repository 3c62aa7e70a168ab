"""Drafts of a round: saved as they are typed, never overwritten unseen, shared, released as they were shown."""

import datetime

import pytest

from recommendations.domain.rounds import drafts, rounds
from recommendations.domain.rounds.answers import LinesRefused, NewAnswer
from recommendations.domain.rounds.drafts import BLANK, SaveOutcome, Shared, Typed, content, mark
from recommendations.domain.writing.refusals import NotAllowed
from recommendations.enums import LineState, Role
from recommendations.models import RoundAnswer, RoundDraft, TrailEntry
from tests.conftest import AT, make_person
from tests.makers.rounds import answered, make_round, typed
from tests.per_module import per_module
from tests.refusals import refusal

LATER = AT + datetime.timedelta(minutes=5)


@per_module
def asked(body, westmarch, officer):
    return make_round(westmarch, by=officer)


@per_module
def colleague(westmarch):
    return make_person("Dana Fox", Role.FORCE_INSPECTION_LEAD, westmarch)


def save(asked, *texts, by, at=AT):
    saved = drafts.save_drafts(round=asked, typed=list(texts), by=by, at=at)
    return [each.kept for each in saved.values()]


def said(line) -> dict:
    return content(RoundDraft.objects.filter(line=line).first())


def test_what_was_typed_is_kept_as_it_was_and_by_whom(asked, force_lead):
    first, *_ = asked.lines.all()
    before = TrailEntry.objects.count()
    assert save(asked, typed(first, done=" Seen to.\r\n", forecast="next spring", ready=True), by=force_lead) == [
        "saved"
    ]
    draft = RoundDraft.objects.get()
    assert (draft.line, draft.done, draft.forecast, draft.ready) == (first, "Seen to.", "next spring", True)
    assert (draft.saved_by, draft.saved_at, draft.version) == (force_lead, AT, 1)
    assert TrailEntry.objects.count() == before


def test_what_was_left_as_it_was_shown_makes_no_draft(asked, force_lead):
    texts = [typed(line) for line in asked.lines.all()]
    assert save(asked, *texts, by=force_lead) == [SaveOutcome.SAME] * 3
    assert RoundDraft.objects.count() == 0


def test_two_people_on_one_line_overwrite_nothing(asked, force_lead, colleague):
    line = asked.lines.first()
    mine, theirs = typed(line, done="Mine."), typed(line, done="Theirs.")
    assert save(asked, theirs, by=colleague) == [SaveOutcome.SAVED]
    assert save(asked, mine, by=force_lead, at=LATER) == [SaveOutcome.THEIRS]
    assert said(line)["done"] == "Theirs."
    decided = Typed(line.pk, mine.values, mark(said(line)))
    assert save(asked, decided, by=force_lead, at=LATER) == [SaveOutcome.SAVED]
    assert said(line)["done"] == "Mine."
    assert RoundDraft.objects.get().version == 2


def test_a_line_that_was_not_touched_leaves_what_another_person_saved(asked, force_lead, colleague):
    first, second, _ = asked.lines.all()
    page = [typed(first), typed(second, done="Second.")]
    save(asked, typed(first, done="First."), by=colleague)
    assert save(asked, *page, by=force_lead, at=LATER) == [SaveOutcome.SAME, SaveOutcome.SAVED]
    assert (said(first)["done"], said(second)["done"]) == ("First.", "Second.")


def test_the_same_words_twice_are_no_conflict(asked, force_lead, colleague):
    line = asked.lines.first()
    one, other = typed(line, done="Same."), typed(line, done="Same.")
    assert save(asked, one, by=colleague) + save(asked, other, by=force_lead) == [SaveOutcome.SAVED, SaveOutcome.SAME]
    assert RoundDraft.objects.get().saved_by == colleague


def test_a_line_of_another_round_or_force_never_changes(asked, eastvale, force_lead, other_force_lead):
    foreign = make_round(eastvale, lines=1)
    line = foreign.lines.get()
    assert save(asked, typed(line, done="Forged."), by=force_lead) == []
    with pytest.raises(NotAllowed):
        save(foreign, typed(line, done="Forged."), by=force_lead)
    with pytest.raises(NotAllowed):
        save(asked, typed(asked.lines.first(), done="Forged."), by=other_force_lead)
    assert RoundDraft.objects.count() == 0


def test_the_office_writes_no_draft(asked, officer):
    with pytest.raises(NotAllowed):
        save(asked, typed(asked.lines.first(), done="Forged."), by=officer)


def test_a_closed_round_takes_no_draft(asked, force_lead, officer):
    text = typed(asked.lines.first(), done="Late.")
    rounds.close_round(round=asked, by=officer, at=LATER)
    with refusal("round-closed", naming="7 November 2026"):
        save(asked, text, by=force_lead, at=LATER)
    assert RoundDraft.objects.count() == 0


def test_what_comes_after_the_release_is_not_saved(asked, force_lead):
    line = asked.lines.first()
    text, untouched = typed(line, done="Too late."), typed(line)
    answered(line, force_lead)
    assert save(asked, text, by=force_lead, at=LATER) == [SaveOutcome.SETTLED]
    assert save(asked, untouched, by=force_lead, at=LATER) == [SaveOutcome.SAME]
    assert RoundDraft.objects.count() == 0


def test_one_answer_serves_several_lines(asked, force_lead, colleague):
    first, second, third = asked.lines.all()
    names = f"{second.tracked}, {str(third.tracked).lower()}; {second.tracked}"
    values = {"done": "One plan for all.", "forecast": "1/5/2027", "closure_outcome": "implemented", "also": names}
    save(asked, typed(first, **values), typed(third, forecast="1/6/2027"), by=force_lead)
    shared = drafts.share_drafts(round=asked, lines=[first.pk, second.pk], by=colleague, at=LATER)
    assert shared == {first.pk: Shared((str(second.tracked), str(third.tracked)), ())}
    copied = BLANK | {"done": "One plan for all.", "forecast": "1/5/2027"}
    assert (said(second), said(third)) == (copied, copied)
    assert said(first)["also"] == ""
    assert RoundDraft.objects.get(line=second).saved_by == colleague


def test_an_answer_is_not_copied_over_other_words_or_out_of_the_round(asked, eastvale, force_lead):
    first, second, third = asked.lines.all()
    foreign = make_round(eastvale, lines=1).lines.get()
    answered(third, force_lead)
    names = f"{second.tracked}, {third.tracked}, {foreign.tracked}, {first.tracked}"
    save(asked, typed(first, done="All.", also=names), typed(second, done="Its own."), by=force_lead)
    shared = drafts.share_drafts(round=asked, lines=[first.pk], by=force_lead, at=LATER)
    refused = (
        f"{second.tracked} has a draft of its own. Empty it first.",
        f"{third.tracked} is answered already.",
        f"{foreign.tracked} is not in this round.",
        f"{first.tracked} is this line itself.",
    )
    assert shared == {first.pk: Shared((), refused)}
    assert (said(second)["done"], said(first)["also"]) == ("Its own.", names)
    assert not RoundDraft.objects.filter(line=foreign).exists()


def read(line, values) -> NewAnswer:
    return NewAnswer(line=line, done=values["done"], no_change=values["no_change"])


def release(asked, by, *lines):
    shown = {line.pk: mark(said(line)) for line in lines}
    return drafts.release_ready(round=asked, shown=shown, read=read, by=by, at=LATER)


def test_drafts_are_released_as_they_were_shown_by_anybody_of_the_force(asked, force_lead, colleague):
    first, second, third = asked.lines.all()
    texts = [typed(line, done=f"Done {line.position}.", ready=True) for line in (first, second, third)]
    save(asked, *texts, by=force_lead)
    assert [answer.done for answer in release(asked, colleague, first, third)] == ["Done 1.", "Done 3."]
    states = list(asked.lines.values_list("state", flat=True))
    assert states == [LineState.RELEASED, LineState.ASKED, LineState.RELEASED]
    assert list(RoundDraft.objects.values_list("line", flat=True)) == [second.pk]
    assert set(RoundAnswer.objects.values_list("released_by", flat=True)) == {colleague.pk}


def test_a_draft_that_changed_after_it_was_shown_is_not_released(asked, force_lead, colleague):
    first, second, _ = asked.lines.all()
    save(asked, typed(first, done="One."), typed(second, done="Two."), by=force_lead)
    shown = {line.pk: mark(said(line)) for line in (first, second)}
    save(asked, typed(second, done="Two, changed."), by=colleague)
    with refusal("changed-meanwhile", naming=str(second.tracked)):
        drafts.release_ready(round=asked, shown=shown, read=read, by=force_lead, at=LATER)
    assert RoundAnswer.objects.count() == 0


def test_a_release_is_all_or_nothing(asked, force_lead):
    first, second, _ = asked.lines.all()
    save(asked, typed(first, done="One."), typed(second, evidence="A log."), by=force_lead)
    with pytest.raises(LinesRefused) as refused:
        release(asked, force_lead, first, second)
    assert list(refused.value.lines) == [second.pk]
    assert (RoundAnswer.objects.count(), RoundDraft.objects.count()) == (0, 2)


def test_nothing_of_another_force_is_released(asked, eastvale, force_lead, other_force_lead):
    foreign = make_round(eastvale, lines=1)
    line = foreign.lines.get()
    save(foreign, typed(line, done="Ours."), by=other_force_lead)
    with refusal("changed-meanwhile"):
        release(asked, force_lead, line)
    with pytest.raises(NotAllowed):
        release(foreign, force_lead, line)
    assert said(line)["done"] == "Ours."


def test_what_is_returned_is_a_draft_again(asked, force_lead, officer):
    line = asked.lines.first()
    answer = answered(line, force_lead, done="212 of 340.", forecast_on=datetime.date(2027, 1, 31))
    rounds.return_answer(answer=answer, question="Which ones?", by=officer, at=LATER)
    assert said(line) == BLANK | {"done": "212 of 340.", "forecast": "31 January 2027"}


def test_whoever_was_named_in_what_is_returned_stays_named(asked, force_lead, officer):
    line = asked.lines.first()
    rounds.return_answer(
        answer=answered(line, force_lead, said_by="T/ACC Hale"), question="Which?", by=officer, at=LATER
    )
    assert said(line)["said_by"] == "T/ACC Hale"


def test_a_forecast_in_words_is_saved_as_the_day_that_was_meant(asked, force_lead):
    first, *_ = asked.lines.all()
    save(asked, typed(first, done="Seen to.", forecast="in 3 months"), by=force_lead)
    assert said(first)["forecast"] == "7 February 2027"
