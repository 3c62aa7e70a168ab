"""Actions in a round: shown on their lines, answered by ticking, and written into an answer."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.actions.actions import latest_row, tick_actions
from recommendations.enums.actions import ActionVoice
from recommendations.models import Action, ActionRow, RoundDraft
from recommendations.periods import say
from tests.makers.actions import make_action
from tests.makers.rounds import make_round
from tests.per_module import per_module
from tests.views.hooks import number_of


@per_module
def asked(body, westmarch, officer):
    return make_round(westmarch, by=officer, due_on=datetime.date(2099, 1, 5))


@pytest.fixture
def lead(sign_in, force_lead):
    return sign_in(force_lead)


def save(client, asked, line, **sent):
    return client.post(reverse("save_drafts", args=[asked.pk]), {"line": line.pk} | sent)


def done_words(words: str) -> str:
    return f"{words}: done on {say(timezone.localdate())}."


def test_a_line_is_answered_by_ticking(lead, asked):
    first, second, _ = asked.lines.all()
    train, test = make_action(first.tracked, words="Train."), make_action(first.tracked, words="Test.")
    make_action(second.tracked, words="The office looks.", voice=ActionVoice.OFFICE)
    page = lead.get(asked.get_absolute_url())
    assert number_of(page, "input[name=tick]") == 2
    shown = {f"l{first.pk}-{name}": page.context["page"].rows[0].form[name].value() for name in ("shown", "forecast")}
    save(lead, asked, first, tick=[train.pk], **shown, **{f"l{first.pk}-done": "All trained."})
    assert (latest_row(train).state, latest_row(test).state) == ("done", "to_do")
    assert RoundDraft.objects.get().done == f"All trained.\n{done_words('Train')}"
    again = lead.get(asked.get_absolute_url()).context["page"].rows[0].actions
    assert ([each.words for each in again.open], [each.words for each in again.done]) == (["Test."], ["Train."])


def test_what_was_done_since_is_written_into_the_answer_when_asked(lead, asked, force_lead):
    line = asked.lines.first()
    tick_actions(actions=[make_action(line.tracked, words="Train.")], by=force_lead, at=timezone.now())
    shown = lead.get(asked.get_absolute_url()).context["page"].rows[0].form["shown"].value()
    save(lead, asked, line, then=f"draw-{line.pk}", **{f"l{line.pk}-shown": shown})
    assert RoundDraft.objects.get().done == done_words("Train")


def test_the_script_that_saves_drafts_ticks_nothing(lead, asked):
    line = asked.lines.first()
    action = make_action(line.tracked)
    sent = {"line": line.pk, "tick": action.pk, f"l{line.pk}-done": "Seen to."}
    lead.post(reverse("save_drafts", args=[asked.pk]), sent, headers={"Accept": "application/json"})
    assert latest_row(action).state == "to_do"


def test_an_action_of_another_force_is_not_ticked_and_nothing_typed_is_lost(lead, asked, eastvale, force_lead):
    line = asked.lines.first()
    theirs, done = make_action(force=eastvale), make_action(line.tracked)
    save(lead, asked, line, tick=[theirs.pk, "x"])
    assert latest_row(theirs).state == "to_do"
    tick_actions(actions=[done], by=force_lead, at=timezone.now())
    answer = save(lead, asked, line, tick=[done.pk], **{f"l{line.pk}-done": "Kept."})
    assert (answer.context["refusal"] != "", answer.context["page"].rows[0].form["done"].value()) == (True, "Kept.")
    assert ActionRow.objects.filter(action=done, state="done").count() == 1


def test_a_round_costs_four_queries_more_with_actions(lead, asked, django_assert_num_queries, settings):
    lines = list(asked.lines.all())
    settings.SECTIONS_OFF = ("actions",)
    with django_assert_num_queries(15):
        lead.get(asked.get_absolute_url())
    settings.SECTIONS_OFF = ()
    for line in lines:
        make_action(line.tracked)
    with django_assert_num_queries(15 + 4):
        lead.get(asked.get_absolute_url())


def test_an_update_begins_with_what_was_done_since_the_last(sign_in, officer, asked, force_lead):
    record = asked.lines.first().tracked
    tick_actions(actions=[make_action(record, words="Train.")], by=force_lead, at=timezone.now())
    office = sign_in(officer)
    tab = office.get(f"{record.get_absolute_url()}?tab=actions").context["tab"].content
    assert tab.done_since == 1
    form = office.get(f"{record.get_absolute_url()}?tab=actions&draw=1").context["form"]
    assert form["done"].value() == done_words("Train")


def test_the_force_adds_an_action_while_it_answers(lead, asked, force_lead):
    """In one line, once however often it is sent, and with the answer kept. The script that saves drafts adds none."""
    line = asked.lines.first()
    form = lead.get(asked.get_absolute_url()).context["page"].rows[0].new_action
    shown = lead.get(asked.get_absolute_url()).context["page"].rows[0].form["shown"].value()
    typed = {f"a{line.pk}-{name}": said for name, said in (("words", "Train."), ("owner", "Ch Insp Vale"))}
    typed |= {f"a{line.pk}-once": form["once"].value(), f"l{line.pk}-done": "Begun.", f"l{line.pk}-shown": shown}
    address = reverse("save_drafts", args=[asked.pk])
    lead.post(address, {"line": line.pk} | typed, headers={"Accept": "application/json"})
    wrong = save(lead, asked, line, then="add", **typed)
    (row,) = wrong.context["page"].rows
    assert (list(row.new_action.errors), row.new_action["words"].value()) == (["due_on"], "Train.")
    assert (row.form["done"].value(), Action.objects.count()) == ("Begun.", 0)
    assert [field for _, field in wrong.context["page"].wrong] == [row.new_action["due_on"].id_for_label]
    sent = typed | {f"a{line.pk}-due_on": "5/1/2099"}
    for _ in range(2):
        assert save(lead, asked, line, then="add", **sent).url.endswith(f"#line-{line.pk}")
    action = Action.objects.get()
    found = latest_row(action)
    assert (action.words, action.voice, found.owner, found.recorded_by) == (
        "Train.",
        "force",
        "Ch Insp Vale",
        force_lead,
    )
    assert list(action.links.values_list("tracked", flat=True)) == [line.tracked_id]
    assert [each.words for each in lead.get(asked.get_absolute_url()).context["page"].rows[0].actions.open] == [
        "Train."
    ]


def test_a_round_offers_no_new_action_while_actions_are_off(lead, asked, settings):
    settings.SECTIONS_OFF = ("actions",)
    line = asked.lines.first()
    assert number_of(lead.get(asked.get_absolute_url()), f"#id_a{line.pk}-words") == 0
    typed = {"words": "Train.", "owner": "Ch Insp Vale", "due_on": "5/1/2099"}
    save(lead, asked, line, then="add", **{f"a{line.pk}-{name}": said for name, said in typed.items()})
    assert Action.objects.count() == 0
