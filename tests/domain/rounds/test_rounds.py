"""An update round: asked, answered all or none, each answer accepted or returned by somebody else, closed."""

import datetime

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.register import closures, voices
from recommendations.domain.rounds import rounds
from recommendations.domain.rounds.answers import LinesRefused, NewAnswer
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.enums import LineState, Role
from recommendations.models import Closure, ForceUpdate, RoundAnswer, RoundDraft, TrailEntry, UpdateRound
from tests.conftest import AT, PUBLISHED, make_inspection, make_person, make_tracked
from tests.makers.rounds import DUE, answered, make_round
from tests.per_module import per_module
from tests.refusals import refusal

DAY = datetime.timedelta(days=1)
LATER = AT + datetime.timedelta(hours=2)
MARCH = datetime.date(2027, 3, 31)
MAY = datetime.date(2027, 5, 31)


@per_module
def asked(body, westmarch, officer):
    return make_round(westmarch, by=officer)


@per_module
def first(asked):
    return asked.lines.first()


@per_module
def second_officer():
    return make_person("Sam Oakes", Role.OPCC_OFFICER)


def ask(force, tracked, by, **facts):
    facts = {"due_on": DUE, "name": "December", "at": AT} | facts
    return rounds.ask_for_updates(force=force, tracked=tracked, by=by, **facts)


def states(asked) -> list[str]:
    return list(asked.lines.values_list("state", flat=True))


def bring_in(asked, answers, by, source="from Westmarch.xlsx", at=AT, **more):
    return rounds.release_answers(round=asked, answers=answers, by=by, at=at, source=source, **more)


def give(asked, by, *answers, at=AT, **more):
    return rounds.release_answers(round=asked, answers=list(answers), by=by, at=at, **more)


# Asking


def test_lines_stand_in_the_order_in_which_they_were_chosen(westmarch, inspection, officer):
    one, two = make_tracked(inspection), make_tracked(inspection, number="2")
    made = ask(westmarch, [two, one], officer, note=" In short. ")
    assert list(made.lines.values_list("tracked", "position", "state")) == [
        (two.pk, 1, "asked"),
        (one.pk, 2, "asked"),
    ]
    assert (made.asked_on, made.asked_by, made.note, made.is_open) == (AT.date(), officer, "In short.", True)
    entry = TrailEntry.objects.get(verb="ask_for_updates")
    assert (entry.by_name, entry.about) == ("Hannah Whitlock", "Westmarch Police, December")


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"due_on": AT.date() - DAY}, "due_on", "in-the-past"),
        ({"name": " "}, "name", "required"),
        ({"name": "x" * 81}, "name", "too-long"),
    ],
)
def test_a_round_needs_a_day_ahead_and_a_name(westmarch, tracked, officer, facts, field, code):
    with pytest.raises(Refusal) as refused:
        ask(westmarch, [tracked], officer, **facts)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert UpdateRound.objects.count() == 0


def test_the_last_day_may_be_today(westmarch, tracked, officer):
    assert ask(westmarch, [tracked], officer, due_on=AT.date()).due_on == AT.date()


def test_what_cannot_be_asked_about_is_named_and_nothing_is_asked(asked, westmarch, eastvale, officer, approver):
    inspection = make_inspection(westmarch, title="Vetting")
    closed, fine = make_tracked(inspection), make_tracked(inspection, number="2")
    closures.request_closure(tracked=closed, outcome="implemented", reason="Done.", by=officer, at=AT)
    closures.approve_closure(tracked=closed, by=approver, at=AT)
    closed.refresh_from_db()
    foreign = make_tracked(make_inspection(eastvale, title="Fraud"))
    taken = asked.lines.first().tracked
    with pytest.raises(Refusal) as refused:
        ask(westmarch, [fine, closed, foreign, taken], officer)
    assert refused.value.message == (
        f"{closed} is closed. {foreign} is not tracked for Westmarch Police. {taken} is in November already."
    )
    for chosen, code in (([], "required"), ([fine, fine], "twice")):
        with refusal(code):
            ask(westmarch, chosen, officer)
    assert UpdateRound.objects.count() == 1


def test_more_is_asked_after_what_is_in_the_round_and_never_in_a_closed_one(asked, westmarch, officer):
    more = make_tracked(make_inspection(westmarch, title="Vetting"))
    (line,) = rounds.add_lines(round=asked, tracked=[more], by=officer, at=LATER)
    assert (line.position, line.state) == (4, "asked")
    rounds.close_round(round=asked, by=officer, at=LATER)
    again = make_tracked(make_inspection(westmarch, title="Fraud"))
    with refusal("round-closed", naming="7 November 2026"):
        rounds.add_lines(round=asked, tracked=[again], by=officer, at=LATER)


def test_what_was_asked_in_a_closed_round_can_be_asked_again(asked, westmarch, officer):
    rounds.close_round(round=asked, by=officer, at=LATER)
    again = ask(westmarch, [line.tracked for line in asked.lines.all()], officer)
    assert again.lines.count() == 3


# Answering


def test_answers_are_of_their_day_and_of_whoever_said_them(asked, force_lead):
    one, two, _ = asked.lines.all()
    given = give(
        asked, force_lead, NewAnswer(one, done=" Seen to. "), NewAnswer(two, no_change=True, said_by="DCC Nair")
    )
    assert [(each.done, each.no_change, each.said_by, each.effective_on) for each in given] == [
        ("Seen to.", False, "Callum Tranter", AT.date()),
        ("", True, "DCC Nair", AT.date()),
    ]
    assert states(asked) == ["released", "released", "asked"]
    assert TrailEntry.objects.filter(verb="release_answers").count() == 1


WRONG = [
    ({}, "required"),
    ({"done": "x", "no_change": True}, "contradiction"),
    ({"done": "x", "forecast_on": AT.date() - DAY}, "in-the-past"),
    ({"done": "x", "position": "maybe"}, "invalid-choice"),
    ({"done": "x", "closure_outcome": "perhaps"}, "invalid-choice"),
    ({"done": "x", "closure_outcome": "implemented"}, "no-reason"),
    ({"done": "x", "version": 7}, "changed-meanwhile"),
]


@pytest.mark.parametrize(("said", "code"), WRONG)
def test_one_line_that_cannot_go_keeps_all_inside(asked, force_lead, said, code):
    one, two, _ = asked.lines.all()
    with pytest.raises(LinesRefused) as refused:
        give(asked, force_lead, NewAnswer(one, done="Fine."), NewAnswer(two, **said))
    assert {pk: each.code for pk, each in refused.value.lines.items()} == {two.pk: code}
    assert refused.value.message == f"{two.tracked}: {refused.value.lines[two.pk].message}"
    assert (RoundAnswer.objects.count(), states(asked)) == (0, ["asked"] * 3)


def test_a_day_before_the_report_or_after_today_is_refused(asked, first, officer):
    answer = NewAnswer(first, done="Seen to.")
    with refusal("before-publication", LinesRefused):
        bring_in(asked, [answer], officer, effective_on=PUBLISHED - DAY)
    with pytest.raises(Refusal):
        bring_in(asked, [answer], officer, effective_on=AT.date() + DAY)
    assert RoundAnswer.objects.count() == 0


def test_a_line_is_answered_once_and_in_its_own_round(asked, first, force_lead, eastvale):
    foreign = make_round(eastvale, lines=1, title="Vetting").lines.get()
    answered(first, force_lead)
    for line, code in ((first, LineState.RELEASED), (foreign, "not-in-round")):
        with refusal(code, LinesRefused):
            give(asked, force_lead, NewAnswer(line, done="Seen to."))
    with refusal("none-ready"):
        give(asked, force_lead)


def test_what_was_closed_meanwhile_needs_no_answer(asked, first, force_lead, officer, approver):
    words = {"outcome": "implemented", "reason": "Done."}
    closures.request_closure(tracked=first.tracked, by=officer, at=AT, **words)
    closures.approve_closure(tracked=first.tracked, by=approver, at=AT)
    with refusal("closed", LinesRefused):
        give(asked, force_lead, NewAnswer(first, done="Seen to."))


def test_only_the_force_releases_and_the_office_only_brings_in_its_sheet(asked, first, other_force_lead, officer):
    answer = NewAnswer(first, done="Seen to.")
    with refusal("another-force", NotAllowed):
        give(asked, other_force_lead, answer)
    with refusal("only-the-force", NotAllowed):
        give(asked, officer, answer)
    (given,) = bring_in(asked, [answer], officer)
    assert (given.source, given.said_by, given.came_through_the_office) == (
        "from Westmarch.xlsx",
        "Westmarch Police",
        True,
    )


def test_a_round_whose_day_has_passed_takes_answers_and_a_closed_one_does_not(asked, officer, force_lead):
    one, two, _ = asked.lines.all()
    late = datetime.datetime.combine(DUE + 3 * DAY, datetime.time(9), tzinfo=datetime.UTC)
    assert answered(one, force_lead, at=late).effective_on == DUE + 3 * DAY
    rounds.close_round(round=asked, by=officer, at=late)
    with refusal("round-closed", naming="23 November 2026"):
        answered(two, force_lead, at=late)


# Accepting


def test_an_accepted_answer_is_a_force_update_of_its_day_with_the_name(first, force_lead, officer):
    voices.log_force_update(
        tracked=first.tracked,
        done="Planned.",
        position="partly_accepted",
        forecast_on=MARCH,
        by=force_lead,
        at=AT - DAY,
    )
    answer = answered(first, force_lead, said_by="T/ACC Hale", evidence="The log.")
    update = rounds.accept_answer(answer=answer, by=officer, at=LATER)
    assert (update.done, update.effective_on, update.said_by, update.evidence) == (
        "Bells are tested.",
        AT.date(),
        "T/ACC Hale",
        "The log.",
    )
    assert (update.position, update.forecast_on, update.recorded_by) == ("partly_accepted", MARCH, officer)
    first.tracked.refresh_from_db()
    assert (first.tracked.standing.last_update_on, first.tracked.standing.forecast_on) == (AT.date(), MARCH)
    answer.refresh_from_db()
    assert (answer.state, answer.update, answer.decided_by) == (LineState.ACCEPTED, update, officer)
    assert verification.verify() == []


def test_no_change_says_so_and_a_new_forecast_moves_it(first, force_lead, officer):
    answer = answered(first, force_lead, done="", no_change=True, forecast_on=MAY)
    update = rounds.accept_answer(answer=answer, by=officer, at=LATER)
    assert (update.done, update.forecast_on) == ("No change.", MAY)


def test_an_answer_whose_forecast_stood_when_it_was_released_is_accepted_after_another(first, force_lead, officer):
    said = {"tracked": first.tracked, "done": "Planned.", "by": force_lead}
    voices.log_force_update(**said, effective_on=PUBLISHED, forecast_on=PUBLISHED + DAY, at=AT - DAY)
    first.tracked.refresh_from_db()
    answer = answered(first, force_lead, forecast_on=PUBLISHED + DAY)
    voices.log_force_update(**said, forecast_on=MAY, at=AT)
    assert rounds.accept_answer(answer=answer, by=officer, at=LATER).forecast_on == PUBLISHED + DAY


def test_a_closure_is_asked_for_by_the_force_and_decided_by_another(first, force_lead, officer, approver):
    answer = answered(first, force_lead, closure_outcome="implemented", closure_reason="It holds.")
    rounds.accept_answer(answer=answer, by=officer, at=LATER)
    closure = Closure.objects.get()
    assert (closure.requested_by, closure.outcome, closure.request_reason) == (force_lead, "implemented", "It holds.")
    closures.approve_closure(tracked=first.tracked, by=approver, at=LATER)
    first.tracked.refresh_from_db()
    assert first.tracked.standing.outcome == "implemented"


def test_a_closure_in_the_offices_sheet_is_asked_for_by_whoever_accepts_it(asked, first, officer, approver):
    answer = NewAnswer(first, done="Done.", closure_outcome="implemented", closure_reason="It holds.")
    (given,) = bring_in(asked, [answer], officer)
    rounds.accept_answer(answer=given, by=approver, at=LATER)
    assert Closure.objects.get().requested_by == approver
    with pytest.raises(NotAllowed):
        closures.approve_closure(tracked=first.tracked, by=approver, at=LATER)


def test_a_closure_that_waits_already_is_not_asked_for_twice(first, force_lead, officer):
    answer = answered(first, force_lead, closure_outcome="implemented", closure_reason="It holds.")
    closures.request_closure(tracked=first.tracked, outcome="superseded", reason="A new report.", by=officer, at=AT)
    rounds.accept_answer(answer=answer, by=officer, at=LATER)
    assert Closure.objects.get().outcome == "superseded"
    assert ForceUpdate.objects.count() == 1


def test_nobody_accepts_or_returns_what_they_released(first, force_lead):
    answer = answered(first, force_lead)
    force_lead.role, force_lead.force = Role.OPCC_OFFICER, None
    for verb, more in ((rounds.accept_answer, {}), (rounds.return_answer, {"question": "How many?"})):
        with refusal("own-work", NotAllowed):
            verb(answer=answer, by=force_lead, at=LATER, **more)


def test_of_two_who_decide_the_second_is_told(first, force_lead, officer, second_officer):
    answer = answered(first, force_lead)
    as_read = RoundAnswer.objects.select_related("line__tracked").get()
    rounds.accept_answer(answer=answer, by=officer, at=LATER)
    with refusal("accepted"):
        rounds.accept_answer(answer=as_read, by=second_officer, at=LATER)
    with refusal("accepted"):
        rounds.return_answer(answer=as_read, question="How many?", by=second_officer, at=LATER)
    assert ForceUpdate.objects.count() == 1


def test_what_was_closed_after_the_answer_cannot_become_an_update(first, force_lead, officer, approver):
    answer = answered(first, force_lead)
    closures.request_closure(tracked=first.tracked, outcome="implemented", reason="Done.", by=officer, at=AT)
    closures.approve_closure(tracked=first.tracked, by=approver, at=AT)
    with refusal("closed"):
        rounds.accept_answer(answer=answer, by=officer, at=LATER)
    assert ForceUpdate.objects.count() == 0


# Returning


def test_a_returned_answer_is_a_draft_again_and_the_next_one_is_a_row_of_its_own(asked, first, force_lead, officer):
    answer = answered(first, force_lead, done="212 of 340.")
    with refusal("required"):
        rounds.return_answer(answer=answer, question=" ", by=officer, at=LATER)
    rounds.return_answer(answer=answer, question="Which ones?", by=officer, at=LATER)
    assert (states(asked)[0], RoundDraft.objects.get().done) == ("returned", "212 of 340.")
    first.refresh_from_db()
    again = answered(first, force_lead, at=LATER, done="The 128 of the north.")
    assert RoundDraft.objects.count() == 0
    rounds.accept_answer(answer=again, by=officer, at=LATER)
    assert list(RoundAnswer.objects.values_list("done", "state", "question")) == [
        ("212 of 340.", "returned", "Which ones?"),
        ("The 128 of the north.", "accepted", ""),
    ]


# Closing


def test_a_closed_round_lets_answers_be_accepted_and_not_returned(asked, first, force_lead, officer, second_officer):
    answer = answered(first, force_lead)
    rounds.close_round(round=asked, by=officer, at=LATER)
    with refusal("round-closed"):
        rounds.return_answer(answer=answer, question="How many?", by=officer, at=LATER)
    assert rounds.accept_answer(answer=answer, by=second_officer, at=LATER).done == "Bells are tested."


def test_a_round_is_closed_once_as_it_was_read(asked, officer):
    with pytest.raises(Stale):
        rounds.close_round(round=asked, version=asked.version + 1, by=officer, at=LATER)
    rounds.close_round(round=asked, version=asked.version, by=officer, at=LATER)
    with refusal("round-closed"):
        rounds.close_round(round=asked, by=officer, at=LATER)


def test_buttons_are_what_the_table_the_round_and_the_role_allow(asked, first, force_lead, officer, member):
    answered(first, force_lead)
    first.refresh_from_db()
    second = asked.lines.all()[1]
    may = {person.role: rounds.verbs_for(first, person) for person in (officer, force_lead, member)}
    assert may == {
        Role.OPCC_OFFICER: ["accept_answer", "return_answer"],
        Role.FORCE_INSPECTION_LEAD: [],
        Role.COMMITTEE_MEMBER: [],
    }
    assert (rounds.verbs_for(second, force_lead), rounds.verbs_for(second, officer)) == (
        ["release_answers"],
        ["bring_in_answers"],
    )
    first.round = rounds.close_round(round=asked, by=officer, at=LATER)
    assert rounds.verbs_for(first, officer) == ["accept_answer"]


def test_the_same_answer_again_needs_a_reason_and_another_one_keeps_none(asked, officer, force_lead):
    line = asked.lines.first()
    first = answered(line, force_lead)
    rounds.return_answer(answer=first, question="How many?", by=officer, at=AT)
    with pytest.raises(LinesRefused) as refused:
        answered(line, force_lead)
    assert [each.field for each in refused.value.lines.values()] == ["same_reason"]
    with pytest.raises(LinesRefused):
        answered(line, force_lead, same_reason=" ")
    assert answered(line, force_lead, same_reason="All of them.").same_reason == "All of them."


def test_another_day_or_text_is_another_answer(asked, officer, force_lead):
    line = asked.lines.first()
    rounds.return_answer(answer=answered(line, force_lead), question="When?", by=officer, at=AT)
    again = answered(line, force_lead, forecast_on=MAY, same_reason="Not needed.")
    assert again.same_reason == ""
    rounds.return_answer(answer=again, question="What shows it?", by=officer, at=AT)
    assert answered(line, force_lead, forecast_on=MAY, evidence="The log.").same_reason == ""
