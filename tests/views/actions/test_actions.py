"""Actions on their pages: added in a line, ticked, brought up to date, filtered, planned, and from a sheet."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.actions.actions import latest_row, update_action
from recommendations.domain.inspections.inspections import edit_tracked
from recommendations.domain.register.transfers import transfer
from recommendations.domain.register.voices import set_target
from recommendations.domain.writing.records import WITHDRAWN
from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.models import Action, ActionRow
from tests.conftest import AT, make_inspection, make_many_tracked, make_tracked
from tests.makers.accountability import agreed, minuted
from tests.makers.actions import make_action
from tests.per_module import per_module
from tests.views.hooks import number_of

LIST, SHEET, PLAN, TICK = map(reverse, ("actions", "action_sheet", "plan_of_actions", "tick_actions"))
LATE, AHEAD = datetime.date(2026, 2, 1), datetime.date(2099, 2, 1)


@pytest.fixture
def office(sign_in, officer, body):
    return sign_in(officer)


@pytest.fixture
def lead(sign_in, force_lead, body):
    return sign_in(force_lead)


@per_module
def rows(westmarch):
    return make_many_tracked(make_inspection(westmarch), ["1", "2", "3"])


@per_module
def theirs(eastvale):
    return make_action(
        make_tracked(make_inspection(eastvale, title="Custody in Eastvale")), words="zqeastvale", due_on=LATE
    )


def words_of(lines) -> list[str]:
    return [line.words for line in lines]


def test_the_next_action_is_added_in_one_line(office, rows):
    tab = f"{rows[0].get_absolute_url()}?tab=actions"
    assert office.get(tab).context["tab"].content.lines == []
    typed = {"words": "Train staff.", "owner": "Head of custody", "due_on": "1/2/2099", "voice": "office"}
    answer = office.post(reverse("add_actions", args=[rows[0].pk]), typed)
    assert (answer.status_code, answer.url) == (302, f"{tab}#action-words")
    (action,) = Action.objects.all()
    assert (action.voice, latest_row(action).due_on) == (ActionVoice.OFFICE, AHEAD)
    assert words_of(office.get(tab).context["tab"].content.lines) == ["Train staff."]


def test_nothing_typed_is_lost_where_something_is_missing(lead, rows):
    answer = lead.post(reverse("add_actions", args=[rows[0].pk]), {"words": "Train staff.", "due_on": "soon"})
    form = answer.context["form"]
    assert (answer.status_code, sorted(form.errors), form["words"].value()) == (
        422,
        ["due_on", "owner"],
        "Train staff.",
    )
    assert "voice" not in form.fields


def test_the_record_costs_one_query_more_with_actions(office, rows, django_assert_num_queries, settings):
    page = rows[0].get_absolute_url()
    settings.SECTIONS_OFF = ("actions",)
    office.get(page)
    with django_assert_num_queries(22):
        assert "Actions" not in [tab.label for tab in office.get(page).context["tabs"]]
    settings.SECTIONS_OFF = ()
    for words in ("One", "Two", "Three"):
        make_action(rows[0], words=words)
    with django_assert_num_queries(22 + 1):
        assert [tab.number for tab in office.get(page).context["tabs"] if tab.key == "actions"] == [3]
    with django_assert_num_queries(22 + 4):
        assert len(office.get(f"{page}?tab=actions").context["tab"].content.lines) == 3


def test_the_list_is_filtered_and_counted(office, rows, theirs, django_assert_num_queries):
    late = make_action(rows[0], rows[1], words="Late", due_on=LATE, owner="Head of HR")
    make_action(rows[0], words="Later", due_on=AHEAD, waits_for=late)
    page = office.get(LIST).context["list"]
    assert [number for number, *_ in page.counts] == [3, 2, 0, 0, 0]
    assert words_of(page.lines) == ["zqeastvale", "Late", "Later"]
    assert words_of(office.get(LIST, {"owner": "Head of HR"}).context["list"].lines) == ["Late"]
    assert words_of(office.get(LIST, {"force": "westmarch", "state": "late"}).context["list"].lines) == ["Late"]
    with django_assert_num_queries(13):
        office.get(LIST)


def test_a_lead_sees_the_forces_own_and_ticks_no_action_of_the_office(lead, rows, theirs):
    make_action(rows[0], words="Ours")
    office_action = make_action(rows[0], words="For the office", voice=ActionVoice.OFFICE)
    answer = lead.get(LIST)
    assert (words_of(answer.context["list"].lines), "zqeastvale" in answer.text) == (["Ours", "For the office"], False)
    assert number_of(answer, "input[name=ticked]") == 1
    assert [lead.get(each.get_absolute_url()).status_code for each in (office_action, theirs)] == [200, 404]
    assert lead.get(office_action.get_absolute_url()).context["form"] is None


def test_ticked_actions_are_done(lead, rows, theirs):
    one, two = make_action(rows[0], words="One"), make_action(rows[0], words="Two")
    answer = lead.post(TICK, {"ticked": [one.pk], "back": f"{LIST}?state=late"})
    assert (answer.url, latest_row(one).state, latest_row(two).state) == (f"{LIST}?state=late", "done", "to_do")
    for sent in ({}, {"ticked": [theirs.pk]}, {"ticked": [one.pk]}):
        assert lead.post(TICK, sent, follow=True).context["messages"]
    assert ActionRow.objects.filter(state="done").count() == 1
    assert lead.post(TICK, {"ticked": [two.pk], "back": "https://example.org/"}).url == LIST


def test_an_action_is_brought_up_to_date_and_what_happened_is_told(office, rows):
    first, action = make_action(rows[0], words="First"), make_action(rows[0], words="Second")
    form = office.get(action.get_absolute_url()).context["form"]
    typed = {"version": form["version"].value(), "state": "under_way", "owner": "Head of HR", "due_on": "1/2/2099"}
    address = reverse("update_action", args=[action.pk])
    assert "note" in office.post(address, typed).context["form"].errors
    assert office.post(address, typed | {"note": "The trainer is ill.", "waits_for": first.pk}).status_code == 302
    page = office.get(action.get_absolute_url())
    assert [event.title for event in page.context["events"]] == ["Under way", "To do"]
    # wording: what has changed in an action is told in these words alone
    assert page.context["events"][0].lines == (
        "The trainer is ill.",
        "To be done by 1 February 2099, not 1 December 2026.",
        "Owner: Head of HR.",
        "Waits for “First”.",
    )
    assert words_of(office.get(first.get_absolute_url()).context["held_up"]) == ["Second"]


def test_what_another_force_does_has_no_words_on_the_page_of_one_that_moved(
    sign_in, rows, eastvale, body, officer, other_force_lead
):
    stays, goes = make_action(rows[1], words="zqcontract"), make_action(rows[0], words="Train staff.")
    update_action(action=goes, version=1, waits_for=stays, by=officer, at=AT)
    transfer(tracked=rows[0], to_force=eastvale, reason="Theirs.", by=officer, at=timezone.now())
    for user in (officer, other_force_lead):
        page = sign_in(user).get(goes.get_absolute_url())
        assert "zqcontract" not in page.text
        assert [each.startswith("Waits for") for each in page.context["events"][1].lines] == [True]


def test_what_was_agreed_at_a_meeting_is_done_with_evidence_alone(sign_in, westmarch, officer, force_lead):
    minuted(westmarch, by=officer, actions=(agreed(),))
    action = Action.objects.get()
    for user, links in ((officer, 1), (force_lead, 0)):
        client = sign_in(user)
        page = client.get(action.get_absolute_url())
        states = [value for value, _ in page.context["form"].fields["state"].choices]
        assert states == ["to_do", "under_way", "dropped"]
        assert number_of(page, f"a[href='{reverse('close_meeting_action', args=[action.pk])}']") == links
        assert number_of(client.get(LIST), "input[name=ticked]") == 0
        refused = client.post(TICK, {"ticked": [action.pk]}, follow=True)
        assert action.words in str(*refused.context["messages"])


def test_what_it_waited_for_stays_when_that_is_done(office, rows, officer):
    first, action = make_action(rows[0], words="First"), make_action(rows[0], words="Second")
    update_action(action=action, version=1, waits_for=first, by=officer, at=timezone.now())
    update_action(action=first, version=1, state=ActionState.DONE, by=officer, at=timezone.now())
    form = office.get(action.get_absolute_url()).context["form"]
    typed = {each.name: each.value() or "" for each in form if each.name not in ("effective_on", "state")}
    assert office.post(reverse("update_action", args=[action.pk]), typed | {"state": "done"}).status_code == 302
    assert (latest_row(action).state, latest_row(action).waits_for) == ("done", first)


def test_what_someone_else_saved_meanwhile_is_shown(office, rows, officer):
    action = make_action(rows[0])
    typed = {"version": 1, "state": "done", "owner": "Head of HR", "due_on": "1/12/2026"}
    update_action(action=action, version=1, state=ActionState.UNDER_WAY, by=officer, at=timezone.now())
    answer = office.post(reverse("update_action", args=[action.pk]), typed)
    conflicts = answer.context["form"].conflicts()
    assert (answer.status_code, conflicts[0]) == (422, ("How it stands", "Under way", "Done"))


def test_a_wrong_entry_and_an_action_are_withdrawn_with_a_reason(office, rows, officer):
    action = make_action(rows[0])
    row = update_action(action=action, version=1, state=ActionState.DONE, by=officer, at=timezone.now())
    address = reverse("withdraw_action_row", args=[action.pk, row.pk])
    assert office.get(address).status_code == 200
    assert office.post(address, {"reason": ""}).status_code == 422
    office.post(address, {"reason": "Not yet."})
    assert latest_row(action).state == "to_do"
    office.post(reverse("withdraw_action", args=[action.pk]), {"reason": "Twice."})
    assert (office.get(action.get_absolute_url()).status_code, Action.on_file.count()) == (404, 1)


def test_whoever_presses_withdraw_twice_or_second_is_answered_in_words(office, rows):
    action = make_action(rows[0])
    address = reverse("withdraw_action", args=[action.pk])
    sent = {"reason": "Twice.", "once": office.get(address).context["form"]["once"].value()}
    assert [office.post(address, sent).url for _ in range(2)] == [reverse("actions")] * 2
    late = office.post(address, {"reason": "Wrong."}, follow=True)
    assert late.redirect_chain == [(reverse("actions"), 302)]
    assert [str(each) for each in late.context["messages"]][-1] == WITHDRAWN


def test_the_plan_has_owners_and_months(lead, rows):
    today = timezone.localdate()
    make_action(rows[0], words="Late", due_on=LATE, owner="Head of HR")
    make_action(rows[0], words="Now", due_on=today, owner="Head of HR")
    make_action(rows[1], words="Far", due_on=AHEAD, owner="ACC")
    table = lead.get(PLAN).context["table"]
    assert table.columns == ("Late", f"{today:%B %Y}", "Later")
    assert [(owner, [words_of(lines) for _, lines in cells]) for owner, cells in table.owners] == [
        ("ACC", [[], [], ["Far"]]),
        ("Head of HR", [["Late"], ["Now"], []]),
    ]


def test_the_plan_of_a_force_without_actions_says_so(sign_in, force_lead, officer, rows):
    assert sign_in(force_lead).get(PLAN).context["table"].owners == ()
    assert sign_in(officer).get(PLAN).status_code == 404


CELLS = """Ref\tAction\tWho\tBy\tWaits for
WM-0001, WM-0002\tBuy the system\tHead of IT\t1/2/2099\tThe budget
\tTrain staff\tHead of HR\t1/3/2099\tBuy the system
WM-0003\tCheck it\tInspector\t1/4/2099\tTrain staff
"""


def test_a_sheet_is_read_looked_at_added_and_taken_back(lead, rows, westmarch):
    sent = {"cells": CELLS}
    read = lead.post(SHEET, sent)
    assert ([each.is_new for each in read.context["planned"]], Action.objects.count()) == ([True] * 3, 0)
    added = lead.post(SHEET, sent | {"add": "1"})
    buy, train, check = Action.objects.order_by("pk")
    assert [latest_row(each).waits_for for each in (buy, train, check)] == [None, buy, train]
    assert (latest_row(buy).waits_words, buy.voice) == ("The budget", ActionVoice.FORCE)
    assert [link.tracked for link in train.links.all()] == rows[:2]
    again = lead.post(SHEET, sent)
    assert [each.is_here for each in again.context["planned"]] == [True] * 3
    assert lead.post(added.url, {}).url == SHEET
    assert (Action.objects.count(), Action.on_file.count()) == (0, 3)


def test_nothing_of_a_sheet_is_added_while_a_row_is_wrong(lead, rows, theirs, westmarch):
    wrong = CELLS.replace("WM-0003", "EV-0001 WM-9999").replace("1/3/2099", "in spring")
    answer = lead.post(SHEET, {"cells": wrong, "add": "1"})
    problems = [each.problems for each in answer.context["planned"]]
    assert (answer.status_code, [len(each) for each in problems]) == (422, [0, 1, 1])
    assert (answer.context["form"]["cells"].value(), Action.objects.filter(force=westmarch).count()) == (wrong, 0)
    assert "EV-0001, WM-9999" in problems[2][0]


def test_a_file_becomes_cells_to_be_looked_at(lead, rows, westmarch):
    file = SimpleUploadedFile("actions.csv", CELLS.replace(", ", "; ").replace("\t", ",").encode())
    answer = lead.post(SHEET, {"document": file})
    assert [each.is_new for each in answer.context["planned"]] == [True] * 3
    assert answer.context["form"]["cells"].value().startswith("Ref\tAction\tWho\tBy\tWaits for\n")


def test_a_sheet_that_has_changed_since_is_not_taken_back_whole(lead, rows, westmarch, force_lead):
    added = lead.post(SHEET, {"cells": CELLS, "add": "1"})
    action = Action.objects.first()
    update_action(action=action, version=1, state=ActionState.DONE, by=force_lead, at=timezone.now())
    assert lead.get(added.url).context["changed"] == [action]
    lead.post(added.url, {})
    assert Action.objects.count() == 3


def test_a_sheet_has_the_actions_of_one_force(office, rows, theirs):
    answer = office.post(SHEET, {"cells": CELLS.replace("WM-0003", "EV-0001"), "voice": "force"})
    (problem,) = answer.context["planned"][2].problems
    assert problem.startswith("EV-0001 is not of Westmarch Police")


def test_agreed_actions_of_an_audit_are_the_cells_to_begin_with(office, officer, rows):
    facts = {"planned_action": "Drill each crew\nby June.", "business_lead": "Head of training"}
    edit_tracked(tracked=rows[0], version=rows[0].version, by=officer, at=AT, **facts)
    set_target(tracked=rows[0], target_on=AHEAD, by=officer, at=AT)
    cells = office.get(SHEET, {"from": "agreed"}).context["form"]["cells"].value()
    assert cells.splitlines()[1:] == ["WM-0001\tDrill each crew by June.\tHead of training\t1 February 2099"]
    make_action(rows[0])
    assert not office.get(SHEET, {"from": "agreed"}).context["form"]["cells"].value()
