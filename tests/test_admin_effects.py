"""What an administrator's form says before it is saved, what it refuses, and what can be taken back."""

import datetime

from django.utils import timezone
from django.utils.timezone import localdate, now

from recommendations.admin.site import SLUG
from recommendations.domain.people.records import keep
from recommendations.models import Force, Label, Oversight, RagRule
from recommendations.periods import say
from tests.conftest import make_inspection, make_tracked
from tests.makers.actions import make_action
from tests.makers.responses import make_response
from tests.makers.rounds import make_round
from tests.test_admin import add_page, admin, change_page, errors, facts_of
from tests.views.conftest import sign_in

__all__ = ["admin", "sign_in"]


def confirmed(admin, address: str, sent: dict):
    """Save, look at what it changes, save again: the effects that were shown, and the second answer."""
    first = admin.post(address, sent)
    form = first.context["adminform"].form
    assert errors(first) == {"__all__": ["Check what this changes, then choose “Confirm and save”."]}
    return form.effects, admin.post(address, sent | {"shown": form.data["shown"]})


def test_a_labels_key_stays_once_a_record_says_it(admin, at, westmarch):
    label = keep(record=Label(vocabulary="stage", key="awaiting_allocation", words="To do"), by=None, at=at)
    make_tracked(make_inspection(westmarch))
    sent = facts_of(label, key="other", vocabulary="inspectorate_status", words="Waiting")
    effects, _ = confirmed(admin, change_page(label), sent)
    label.refresh_from_db()
    assert (label.vocabulary, label.key, label.words) == ("stage", "awaiting_allocation", "Waiting")
    assert effects == ["“To do” is called “Waiting” everywhere."]


def test_a_mistyped_key_is_shown_as_a_new_stage_and_can_be_corrected_or_ended(admin, at):
    typed = {"vocabulary": "stage", "key": "in_progres", "words": "Under way", "position": 0, "once": "a"}
    effects, answer = confirmed(admin, add_page("label"), typed)
    assert effects[0] == (
        "“in_progres” is no built-in key: “Under way” becomes one more stage in lists, filters and papers."
    )
    assert (answer.status_code, list(Label.objects.words()["stage"].values())[-1]) == (302, "Under way")
    label = Label.objects.get()
    ended = facts_of(label, ended="on", reason="Mistyped.", once="b")
    effects, answer = confirmed(admin, change_page(label), ended)
    assert effects == ["It is no longer offered in every list, filter and paper from now on."]
    assert "Under way" not in Label.objects.words()["stage"].values()
    label = Label.objects.get()
    again = facts_of(label, key="in_progress", reason="Corrected.", once="c")
    again.pop("ended", None)
    effects, answer = confirmed(admin, change_page(label), again)
    assert effects == ["“In progress” is called “Under way” everywhere."]
    assert Label.objects.words()["stage"]["in_progress"] == "Under way"


def test_the_built_in_keys_are_listed_and_a_bad_one_is_said_in_words(admin):
    page = admin.get(add_page("label")).text
    assert "awaiting_allocation (Awaiting allocation)" in page
    sent = admin.post(add_page("label"), {"vocabulary": "stage", "key": "in progress", "words": "x", "position": 0})
    assert errors(sent)["key"] == [SLUG]


def rule_facts(**changes) -> dict:
    return facts_of(RagRule(since=localdate())) | {"seen": ""} | changes


def test_a_rule_says_how_many_change_colour_before_it_is_saved(admin, westmarch):
    published = localdate() - datetime.timedelta(days=30)
    report = make_inspection(westmarch, published_on=published, at=now())
    make_tracked(report, deadline_kind="immediate", deadline_on=published, at=now())
    address, sent = add_page("ragrule"), rule_facts(immediate_days=20, red="Late", once="a")
    assert RagRule.objects.count() == 0
    effects, answer = confirmed(admin, address, sent)
    day = say(localdate())
    assert effects == [
        f"1 of 1 open recommendations changes colour on {day}: 1 from green to red.",
        "Red is called “Late”, not “Red”.",
    ]
    assert (answer.status_code, RagRule.objects.get().red) == (302, "Late")


def test_two_colours_of_one_word_are_refused(admin):
    sent = admin.post(add_page("ragrule"), rule_facts(red="green "))
    assert errors(sent) == {"green": ["Red has this word already. Each colour has a word of its own."]}
    assert RagRule.objects.count() == 0


def test_a_force_with_something_open_does_not_end_on_a_past_day(admin, westmarch, officer, force_lead):
    make_round(westmarch, by=officer, due_on=localdate(), at=timezone.now())
    make_action(words="Hire a planner.", force=westmarch, at=timezone.now())
    past = admin.post(change_page(westmarch), facts_of(westmarch, until="1/1/2026"))
    assert list(errors(past)) == ["until"]
    assert (
        "3 open recommendations, 1 open action, 1 running update round, 1 account of an inspection lead"
        in errors(past)["until"][0]
    )
    effects, answer = confirmed(admin, change_page(westmarch), facts_of(westmarch, until="1/1/2099", once="a"))
    assert effects == [
        "Westmarch Police ends on 1 January 2099. Still with it: 3 open recommendations, 1 open action, "
        "1 running update round, 1 account of an inspection lead.",
        "Move what is open to the force that follows with the command succeed_force.",
    ]
    assert (answer.status_code, Force.objects.get().until) == (302, datetime.date(2099, 1, 1))


def test_a_gap_in_an_oversight_is_shown_and_refused_where_something_is_of_these_days(admin, westmarch, body):
    (link,) = Oversight.objects.filter(force=westmarch)
    make_response(make_inspection(westmarch, published_on=datetime.date(2019, 5, 1)), body)
    effects, _ = confirmed(admin, change_page(link), facts_of(link, until="1/1/2020", once="a"))
    assert effects == [
        "From 2 January 2020 no one oversees Westmarch Police, until another oversight is added.",
        "Left without a body: 1 response in draft.",
    ]
    new = {"body": body.pk, "force": westmarch.pk, "since": "1/1/2026", "once": "b"}
    first = admin.post(add_page("oversight"), new)
    gap = "From 2 January 2020 to 31 December 2025 no one oversees Westmarch Police."
    assert first.context["adminform"].form.effects == [gap]
    make_inspection(westmarch, published_on=datetime.date(2023, 5, 1))
    refused = admin.post(add_page("oversight"), new)
    assert list(errors(refused)) == ["since"]
    assert "1 report" in errors(refused)["since"][0]
    assert Oversight.objects.filter(force=westmarch).count() == 1


def test_one_oversight_is_an_oversight(admin, body):
    assert "Add an oversight" in admin.get(add_page("oversight")).text
    assert "Add an oversight" in admin.get("/admin/oversight/").text
    assert "Add a force" in admin.get(add_page("force")).text
