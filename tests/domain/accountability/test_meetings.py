"""Accountability meetings: what the agenda keeps, what minutes do, what is carried forward, what is restricted."""

import pytest

from recommendations.domain.accountability import agenda, meetings
from recommendations.domain.accountability.agenda import NewItem
from recommendations.domain.accountability.log import log_lines, proof_words_with_place
from recommendations.domain.accountability.minutes import ItemNotes
from recommendations.domain.accountability.proofs import close_action
from recommendations.domain.accountability.queries import meeting_facts
from recommendations.domain.actions.actions import (
    latest_row,
    tick_actions,
    update_action,
    withdraw_actions,
    withdraw_row,
)
from recommendations.domain.committees.proofs import NewProof
from recommendations.domain.public.meetings import release_meeting
from recommendations.domain.register.restrictions import restrict
from recommendations.domain.register.voices import log_force_update
from recommendations.domain.writing.refusals import NotAllowed
from recommendations.models import AccountabilityMeeting, Action, ActionProof, AgendaItem, Assurance, ItemMinutes
from recommendations.periods import say
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.domain.succession.world import end, make_marches
from tests.makers.accountability import DAY, agreed, confirm, make_ready, minuted, plan, prepare_release, put_on, write
from tests.refusals import refusal, refusal_of

pytestmark = pytest.mark.django_db
NEXT = AT + DAY


@pytest.fixture
def record(westmarch):
    return make_tracked(make_inspection(westmarch), due_on=TODAY - DAY)


@pytest.fixture
def later_record(westmarch):
    inspection = make_inspection(westmarch, title="Stop and search", short_name="Stop 26")
    return make_tracked(inspection, number="2", text="The force should publish its figures.", due_on=TODAY + 90 * DAY)


def facts_of(meeting, user, *, at=AT, with_restricted=True):
    meeting = AccountabilityMeeting.on_file.get(pk=meeting.pk)
    return meeting_facts(meeting, user=user, day=at.date(), with_restricted=with_restricted)


def test_an_agenda_keeps_what_it_said_when_it_was_made_ready(westmarch, body, record, later_record, officer):
    meeting = plan(westmarch, by=officer)
    put_on(meeting, by=officer, kind="register", colours=("red",), late_only=True, question="Why so late?")
    put_on(meeting, by=officer, tracked=later_record)
    log_force_update(tracked=record, done="Bells are tested.", said_by="T/Supt Rees", by=officer, at=AT)
    before = facts_of(meeting, officer)
    assert [each.words.title for each in before.items] == [
        "Red, past their date",
        f"{later_record.reference}: The force should publish its figures.",
    ]
    (late,) = before.items[0].words.lines
    assert (late.reference, late.force_text, late.assurance) == (record.reference, "Bells are tested.", "No view yet")
    assert late.stands.startswith("Red: ")
    make_ready(meeting, by=officer)
    log_force_update(tracked=record, done="Something else.", by=officer, at=NEXT)
    assert facts_of(meeting, officer, at=NEXT).items == before.items


def test_what_is_asked_for_when_the_agenda_is_ready_is_refused(westmarch, officer, force_lead, other_force_lead):
    meeting = plan(westmarch, by=officer)
    seen = AccountabilityMeeting.objects.visible_to
    assert refusal_of(make_ready, meeting, by=officer) == ("no-items", None)
    item = put_on(meeting, by=officer)
    assert not seen(force_lead).exists()
    make_ready(meeting, by=officer)
    assert (seen(force_lead).get(), seen(other_force_lead).count()) == (meeting, 0)
    assert refusal_of(put_on, meeting, by=officer) == ("is-ready", None)
    assert refusal_of(agenda.remove_agenda_item, item=item, by=officer, at=AT) == ("is-ready", None)
    change = {"kind": "words", "heading": "Another"}
    assert refusal_of(agenda.change_agenda_item, item=item, to=NewItem(**change), by=officer, at=AT)[0] == "is-ready"


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"kind": "tracked"}, "required", "tracked"),
        ({"kind": "inspection"}, "required", "inspection"),
        ({"kind": "words", "heading": " "}, "required", "heading"),
        ({"kind": "nothing"}, "required", "kind"),
    ],
)
def test_what_an_item_lacks_is_said(westmarch, officer, facts, code, field):
    meeting = plan(westmarch, by=officer)
    assert refusal_of(agenda.add_agenda_item, meeting=meeting, item=NewItem(**facts), by=officer, at=AT) == (
        code,
        field,
    )
    assert not AgendaItem.objects.exists()


def test_an_item_is_of_the_meetings_force_and_once(westmarch, eastvale, record, officer):
    other = plan(eastvale, by=officer)
    assert refusal_of(put_on, other, by=officer, tracked=record) == ("another-force", "tracked")
    report = record.recommendation.inspection
    assert refusal_of(put_on, other, by=officer, inspection=report) == ("another-force", "inspection")
    meeting = plan(westmarch, by=officer)
    put_on(meeting, by=officer, tracked=record)
    assert refusal_of(put_on, meeting, by=officer, tracked=record) == ("on-it-already", "tracked")
    put_on(meeting, by=officer, inspection=report)
    facts = dict(facts_of(meeting, officer).items[1].words.facts)
    assert facts["Recommendations"] == "1, 1 open, 1 past their date"


def test_items_move_and_leave(westmarch, officer):
    meeting = plan(westmarch, by=officer)
    first, _, third = (put_on(meeting, by=officer, heading=each) for each in ("One", "Two", "Three"))
    agenda.move_agenda_item(item=third, where="up", by=officer, at=AT)
    agenda.remove_agenda_item(item=first, by=officer, at=AT)
    assert [str(each) for each in meeting.items.filter(withdrawn_at=None).order_by("position")] == ["Three", "Two"]
    assert refusal_of(agenda.move_agenda_item, item=third, where="up", by=officer, at=AT)[0] == "nothing-changed"
    assert refusal_of(agenda.move_agenda_item, item=first, where="up", by=officer, at=AT)[0] == "withdrawn"


def test_minutes_record_the_view_and_actions(westmarch, record, officer):
    meeting = plan(westmarch, by=officer)
    item = put_on(meeting, by=officer, tracked=record)
    make_ready(meeting, by=officer)
    assert refusal_of(confirm, meeting, by=officer) == ("nothing-written", None)
    refused = ItemNotes(item=item, view="not_assured")
    assert refusal_of(write, meeting, refused, by=officer) == ("no-reason", f"why_{item.pk}")
    said = {"asked": "When?", "answered": "In May.", "view": "partly_assured", "why": "Half is done."}
    notes = ItemNotes(item=item, actions=(agreed(tracked=(record,)),), **said)
    write(meeting, notes, by=officer, present="The commissioner")
    assert not Assurance.objects.exists()
    write(meeting, ItemNotes(item=item, **said), by=officer)
    confirm(meeting, by=officer)
    row = Assurance.objects.get()
    assert (row.tracked, row.view, row.rationale, row.effective_on) == (
        record,
        "partly_assured",
        "Half is done.",
        TODAY,
    )
    assert ItemMinutes.objects.get().assurance == row
    (shown,) = facts_of(meeting, officer).items
    assert (shown.asked, shown.view, [each.words for each in shown.actions]) == (
        "When?",
        "Partly assured",
        ["Publish the plan."],
    )
    assert refusal_of(write, meeting, notes, by=officer) == ("is-minuted", None)


def test_minutes_are_written_from_the_day_on(westmarch, officer):
    meeting = plan(westmarch, by=officer, on=TODAY + DAY)
    item = put_on(meeting, by=officer)
    make_ready(meeting, by=officer)
    assert refusal_of(write, meeting, ItemNotes(item=item, asked="How?"), by=officer) == ("ahead", None)
    write(meeting, ItemNotes(item=item, asked="How?"), by=officer, at=NEXT)


def test_open_actions_are_carried_forward_the_late_first_until_one_is_shown_to_be_done(westmarch, officer):
    actions = (
        agreed("In good time.", due_on=TODAY + 40 * DAY),
        agreed("Late at the next.", due_on=TODAY + DAY),
        agreed("Done before.", due_on=TODAY + DAY),
    )
    minuted(westmarch, by=officer, actions=actions)
    done = Action.objects.get(words="Done before.")
    letter = NewProof(kind="letter", words="Letter of the chief constable.")
    proof = close_action(action=done, version=done.version, proof=letter, by=officer, at=AT)
    assert (latest_row(done).state, proof.row) == ("done", latest_row(done))
    assert refusal_of(close_action, action=done, version=done.version + 1, proof=letter, by=officer, at=AT) == (
        "done-already",
        None,
    )

    after = AT + 20 * DAY
    meeting = plan(westmarch, by=officer, at=after, title="The next")
    make_ready(meeting, by=officer, at=after)
    facts = facts_of(meeting, officer, at=after)
    assert [(each.number, each.words.title) for each in facts.items] == [
        ("A1", "Late at the next."),
        ("A2", "In good time."),
    ]
    # wording: the facts of an item are words alone
    assert ("To be done by", f"{say(TODAY + DAY)}, 19 days late") in facts.items[0].words.facts
    item = meeting.items.get(action__words="Late at the next.")
    reply = NewProof(kind="reply", words="They wrote back.")
    write(meeting, ItemNotes(item=item, answered="Done.", proof=reply), by=officer, at=after)
    confirm(meeting, by=officer, at=after)
    shown = ActionProof.objects.get(item=item)
    assert (shown.action, facts_of(meeting, officer, at=after).items[0].done) == (
        item.action,
        proof_words_with_place(shown),
    )
    log = [(line.words, line.state) for line in log_lines(westmarch, after.date(), TODAY)]
    assert log == [("In good time.", "To do"), ("Late at the next.", "Done"), ("Done before.", "Done")]


def test_what_was_agreed_is_done_by_evidence_alone_and_confirmed_minutes_keep_it(westmarch, officer, force_lead):
    meeting = minuted(westmarch, by=officer, actions=(agreed(),))
    action = Action.objects.get()

    def change(by, **changes):
        action.refresh_from_db()
        return update_action(action=action, version=action.version, by=by, at=NEXT, **changes)

    for by in (officer, force_lead):
        assert refusal_of(change, by, state="done") == ("no-evidence", "state")
        assert refusal_of(tick_actions, actions=[action], by=by, at=NEXT) == ("no-evidence", "state")
    change(force_lead, state="under_way", note="At the printer’s.")
    proof = close_action(
        action=Action.objects.get(),
        version=Action.objects.get().version,
        proof=NewProof(kind="letter", words="Published."),
        by=officer,
        at=NEXT,
    )
    with refusal("another-voice", NotAllowed):
        withdraw_row(row=proof.row, reason="No.", by=force_lead, at=NEXT)
    for by in (officer, force_lead):
        wrong = {"actions": [action], "reason": "Wrong.", "by": by, "at": NEXT}
        assert refusal_of(withdraw_actions, **wrong) == ("is-minuted", None)
    withdraw_row(row=proof.row, reason="Another plan.", by=officer, at=NEXT)
    following = plan(westmarch, by=officer, at=NEXT)
    put_on(following, by=officer, at=NEXT)
    make_ready(following, by=officer, at=NEXT)
    item = AgendaItem.objects.get(meeting=following, action=action)
    shown = NewProof(kind="letter", words="A copy.")
    write(following, ItemNotes(item=item, asked="Out?", proof=shown), by=officer, at=NEXT)
    with refusal("another-voice", NotAllowed):
        withdraw_row(row=latest_row(action), reason="No.", by=force_lead, at=NEXT)
    confirm(following, by=officer, at=NEXT)
    kept = [facts_of(each, officer, at=NEXT).items for each in (meeting, following)]
    for by in (officer, force_lead):
        wrong = {"row": latest_row(action), "reason": "No.", "by": by, "at": NEXT}
        assert refusal_of(withdraw_row, **wrong) == ("is-minuted", None)
    change(force_lead, state="under_way", note="Gone from the website.")
    assert [facts_of(each, officer, at=NEXT).items for each in (meeting, following)] == kept
    assert kept[1][1].done.endswith("A copy.")


def test_what_a_draft_of_minutes_agreed_is_withdrawn_by_the_office(westmarch, officer, force_lead):
    meeting = plan(westmarch, by=officer)
    item = put_on(meeting, by=officer)
    make_ready(meeting, by=officer)
    write(meeting, ItemNotes(item=item, actions=(agreed(),)), by=officer)
    wrong = {"actions": Action.objects.all(), "reason": "Wrong.", "at": NEXT}
    with refusal("another-voice", NotAllowed):
        withdraw_actions(by=force_lead, **wrong)
    withdraw_actions(by=officer, **wrong)
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    ("proof", "code", "field"),
    [
        (NewProof(kind="letter"), "required", "words"),
        (NewProof(kind="wish", words="It is done."), "required", "kind"),
        (NewProof(kind="paper", words="Item 4."), "required", "paper"),
    ],
)
def test_an_action_is_not_done_without_evidence(westmarch, officer, proof, code, field):
    minuted(westmarch, by=officer, actions=(agreed(),))
    action = Action.objects.get()
    assert refusal_of(close_action, action=action, version=action.version, proof=proof, by=officer, at=AT) == (
        code,
        field,
    )
    assert latest_row(action).state == "to_do"


def test_what_is_restricted_is_left_out_and_counted(westmarch, record, later_record, officer):
    meeting = plan(westmarch, by=officer)
    part = put_on(meeting, by=officer, kind="register")
    ticked = put_on(meeting, by=officer, heading="A person", restricted=True)
    put_on(meeting, by=officer, tracked=record)
    make_ready(meeting, by=officer)
    write(
        meeting,
        ItemNotes(item=ticked, asked="Who?", actions=(agreed("Secret."),)),
        ItemNotes(item=part, asked="How?", actions=(agreed("Open."), agreed("On it.", tracked=(record,)))),
        by=officer,
    )
    confirm(meeting, by=officer)
    restrict(tracked=record, reason="It names a person.", by=officer, at=AT)
    shown = facts_of(meeting, officer, with_restricted=False)
    assert [(each.number, [line.reference for line in each.words.lines]) for each in shown.items] == [
        ("1", [later_record.reference])
    ]
    assert [line.words for line in shown.log] == ["Open."]
    # wording: what is left out is counted in one sentence
    assert shown.left_out_words == ("2 items, 1 recommendation and 2 actions are not shown: they are restricted.")
    carried = plan(westmarch, by=officer, at=AT + DAY)
    make_ready(carried, by=officer, at=AT + DAY)
    assert [each.words.title for each in facts_of(carried, officer, with_restricted=False).items] == ["Open."]


def test_what_is_restricted_before_its_release_stops_it_though_another_meeting_has_its_title(
    westmarch, record, officer, approver
):
    meeting = plan(westmarch, by=officer)
    put_on(meeting, by=officer, tracked=record)
    put_on(plan(westmarch, by=officer), by=officer)
    put_on(plan(westmarch, by=officer, on=TODAY + DAY), by=officer)
    make_ready(meeting, by=officer)
    waiting = prepare_release(meeting, by=officer)
    restrict(tracked=record, reason="A live case.", by=officer, at=AT)
    with refusal("not-public", naming="Item 1"):
        release_meeting(release=waiting, render=lambda *_, **__: b"", by=approver, at=NEXT)


def test_a_meeting_is_withdrawn_with_a_reason(westmarch, officer, force_lead):
    meeting = minuted(westmarch, by=officer)
    withdraw = meetings.withdraw_accountability
    about = {"meeting": meeting, "version": meeting.version, "by": officer, "at": AT}
    assert refusal_of(withdraw, reason=" ", **about) == ("no-reason", "reason")
    withdraw(reason="Another day.", **about)
    assert not AccountabilityMeeting.on_file.visible_to(force_lead).exists()


def test_without_actions_nothing_is_carried_and_none_is_agreed(westmarch, officer, settings):
    minuted(westmarch, by=officer, actions=(agreed(),))
    settings.SECTIONS_OFF = ("actions",)
    meeting = plan(westmarch, by=officer, on=TODAY)
    item = put_on(meeting, by=officer)
    make_ready(meeting, by=officer)
    assert [each.number for each in facts_of(meeting, officer).items] == ["1"]
    assert refusal_of(write, meeting, ItemNotes(item=item, actions=(agreed(),)), by=officer) == (
        "off",
        f"words_{item.pk}",
    )
    settings.SECTIONS_OFF = ("accountability",)
    assert not AccountabilityMeeting.objects.visible_to(officer).exists()


def test_a_coming_meeting_goes_over_with_its_force_and_what_was_minuted_stays(westmarch, body, officer):
    marches = make_marches(body)
    held = minuted(westmarch, by=officer, actions=(agreed(),))
    coming = plan(westmarch, by=officer, on=TODAY + DAY)
    end(westmarch, marches, by=officer)
    for each in (held, coming):
        each.refresh_from_db()
    assert (held.force, coming.force, coming.came_from) == (westmarch, marches, westmarch)
    make_ready(coming, by=officer, at=NEXT)
    assert [each.words.title for each in facts_of(coming, officer, at=NEXT).carried] == ["Publish the plan."]
