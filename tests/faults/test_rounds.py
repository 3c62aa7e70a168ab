"""An update round with everybody at it at one moment: each answer is decided once, no draft is lost unseen."""

from collections import Counter

import pytest
from django.db.models import Count

from recommendations.domain.audit import verification
from recommendations.domain.register.voices import log_force_update
from recommendations.domain.rounds import drafts, rounds
from recommendations.domain.rounds.answers import NewAnswer
from recommendations.domain.rounds.drafts import SaveOutcome, content, mark
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Role
from recommendations.forms.rounds.answers import answer_of
from recommendations.models import ForceUpdate, RoundAnswer, RoundDraft, RoundLine, UpdateRound
from tests.conftest import AT, make_inspection, make_person, make_tracked
from tests.makers.rounds import DUE, answered, make_round, typed

TIMES = 8


@pytest.fixture
def asked(shared_database, body, westmarch):
    return make_round(westmarch)


@pytest.fixture
def leads(asked, westmarch):
    return [make_person(f"Lead {place}", Role.FORCE_INSPECTION_LEAD, westmarch) for place in range(TIMES)]


@pytest.fixture
def officers(asked):
    return [make_person(f"Officer {place}", Role.OPCC_OFFICER) for place in range(TIMES)]


def tried(act, **kwargs) -> str:
    try:
        act(**kwargs)
    except Refusal as refusal:
        return refusal.message
    return "done"


def test_of_officers_who_accept_or_return_one_answer_one_decides(at_once, asked, leads, officers):
    answered(asked.lines.first(), leads[0])

    def decide(place):
        answer = RoundAnswer.objects.select_related("line__tracked", "line__round").get()
        if place % 2:
            return tried(rounds.return_answer, answer=answer, question="Which?", by=officers[place], at=AT)
        return tried(rounds.accept_answer, answer=answer, by=officers[place], at=AT)

    said = Counter(at_once(TIMES, decide))
    assert (said["done"], len(said)) == (1, 2)
    accepted = RoundAnswer.objects.get().state == "accepted"
    assert ForceUpdate.objects.count() == accepted
    assert verification.verify() == []


def test_of_people_who_release_one_line_one_does(at_once, asked, leads):
    line = asked.lines.first()

    def release(place):
        answers = [NewAnswer(line, done=f"Words {place}.")]
        return tried(rounds.release_answers, round=asked, answers=answers, by=leads[place], at=AT)

    said = Counter(at_once(TIMES, release))
    assert said["done"] == 1
    assert (RoundAnswer.objects.count(), RoundLine.objects.get(pk=line.pk).version) == (1, 2)
    assert verification.verify() == []


@pytest.mark.sqlite_alone
def test_of_people_who_type_into_one_line_one_is_saved_and_the_others_are_told(at_once, asked, leads):
    line = asked.lines.first()
    texts = [typed(line, done=f"Words {place}.") for place in range(TIMES)]

    def save(place):
        saved = drafts.save_drafts(round=asked, typed=[texts[place]], by=leads[place], at=AT)
        return saved[line.pk].kept

    assert Counter(at_once(TIMES, save)) == {SaveOutcome.SAVED: 1, SaveOutcome.THEIRS: TIMES - 1}
    draft = RoundDraft.objects.get()
    assert draft.done == f"Words {leads.index(draft.saved_by)}."


def test_what_is_typed_at_the_moment_of_the_release_is_late_or_keeps_the_line_inside(at_once, asked, leads):
    """Never: told that it was saved, and released without a word of it."""
    line = asked.lines.first()
    drafts.save_drafts(round=asked, typed=[typed(line, done="Looked at.", ready=True)], by=leads[0], at=AT)
    shown = {line.pk: mark(content(RoundDraft.objects.get()))}
    text = typed(line, done="Typed at the last moment.", ready=True)

    def act(place):
        if place:
            saved = drafts.save_drafts(round=asked, typed=[text], by=leads[1], at=AT)
            return str(saved[line.pk].kept)
        return tried(drafts.release_ready, round=asked, shown=shown, read=answer_of, by=leads[0], at=AT)

    results = set(at_once(2, act))
    if RoundAnswer.objects.exists():
        assert results == {"done", SaveOutcome.SETTLED}
        assert RoundAnswer.objects.get().done == "Looked at."
    else:
        assert results == {
            f"{line.tracked} changed after you opened the page. Check again, then release.",
            SaveOutcome.SAVED,
        }
        assert RoundDraft.objects.get().done == "Typed at the last moment."


@pytest.mark.soak
def test_of_officers_who_ask_about_one_recommendation_one_asks(at_once, asked, officers, westmarch):
    tracked = make_tracked(make_inspection(westmarch, title="Vetting"))

    def ask(place):
        about = {"force": westmarch, "tracked": [tracked], "due_on": DUE, "name": f"Round {place}"}
        return tried(rounds.ask_for_updates, by=officers[place], at=AT, **about)

    assert Counter(at_once(TIMES, ask))["done"] == 1
    assert UpdateRound.objects.count() == 2
    assert verification.verify() == []


def test_of_officers_who_close_a_round_one_closes_it_and_no_answer_slips_in_after(at_once, asked, leads, officers):
    line = asked.lines.first()

    def act(place):
        if place == 0:
            return tried(rounds.release_answers, round=asked, answers=[NewAnswer(line, done="x")], by=leads[0], at=AT)
        return tried(rounds.close_round, round=UpdateRound.objects.get(), by=officers[place], at=AT)

    said = Counter(at_once(TIMES, act))
    assert said["done"] == 1 + RoundAnswer.objects.count()
    assert verification.verify() == []


def test_all_that_can_happen_in_a_round_happens_at_once_and_nobody_waits_for_ever(
    at_once, shared_database, body, westmarch
):
    asked = make_round(westmarch, lines=6)
    lead, officer = make_person("A lead", Role.FORCE_INSPECTION_LEAD, westmarch), make_person("B", Role.OPCC_OFFICER)
    lines = list(asked.lines.all())
    given = [answered(line, lead) for line in lines[:4]]
    more = make_tracked(make_inspection(westmarch, title="Vetting"))
    text, of, by = typed(lines[5], done="Begun."), {"round": asked}, {"by": officer, "at": AT}
    acts = [
        lambda: tried(rounds.accept_answer, answer=given[0], **by),
        lambda: tried(rounds.accept_answer, answer=given[1], **by),
        lambda: tried(rounds.return_answer, answer=given[2], question="Which?", **by),
        lambda: tried(rounds.return_answer, answer=given[3], question="Which?", **by),
        lambda: tried(rounds.release_answers, answers=[NewAnswer(lines[4], done="x")], by=lead, at=AT, **of),
        lambda: tried(rounds.add_lines, tracked=[more], **of, **by),
        lambda: tried(log_force_update, tracked=lines[0].tracked, done="By hand.", by=lead, at=AT),
        lambda: tried(drafts.save_drafts, typed=[text], by=lead, at=AT, **of),
    ]
    assert at_once(len(acts), lambda place: acts[place]()) == ["done"] * len(acts)
    assert dict(asked.lines.order_by().values_list("state").annotate(Count("pk"))) == {
        "accepted": 2,
        "returned": 2,
        "released": 1,
        "asked": 2,
    }
    assert verification.verify() == []
