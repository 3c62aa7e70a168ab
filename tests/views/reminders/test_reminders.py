"""The pages of reminders: one's own switches, the office's rules, and what they would have sent."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.reminders import switches
from recommendations.models import ReminderPlan, ReminderRule, TrailEntry
from tests.makers.reminders import one_of_each
from tests.views.hooks import flashes

MINE, RULES = reverse("reminders"), reverse("reminder_rules")
TARGET, PREVIEW = reverse("reminder_rule", args=["target"]), reverse("reminder_preview", args=["target"])
MORE = " Change something, or choose Cancel."
TYPED = {"is_on": "on", "days_before": "3, 21", "to": "office", "late_days": "2"}


@pytest.fixture(autouse=True)
def _january(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime(2027, 1, 20, 9, tzinfo=datetime.UTC))


def ticked(answer) -> list[str]:
    boxes = LexborHTMLParser(answer.content.decode()).css("input[name=topics][checked]")
    return [box.attributes["value"] for box in boxes]


def test_what_is_not_ticked_is_switched_off_and_stays_so(sign_in, officer):
    client = sign_in(officer)
    assert ticked(client.get(MINE)) == [str(topic) for topic in switches.topics_for(officer)]
    answer = client.post(MINE, {"topics": ["target", "round"]}, follow=True)
    assert (ticked(answer), flashes(answer)) == (["target", "round"], ["success"])
    assert TrailEntry.objects.filter(by_name=officer.name).count() == 0


def test_a_lead_chooses_of_what_there_is_for_a_force(sign_in, force_lead):
    client = sign_in(force_lead)
    assert ticked(client.get(MINE)) == ["returned", "target", "action", "round"]
    assert client.post(MINE, {"topics": ["closure"]}).status_code == 422
    assert switches.switched_off_topics(force_lead) == set()


def test_an_administrator_changes_a_rule_from_today_on(sign_in, administrator):
    client = sign_in(administrator)
    assert client.post(TARGET, TYPED)["Location"] == RULES
    rule = ReminderRule.objects.get()
    assert (rule.since, rule.plan) == (
        datetime.date(2027, 1, 20),
        ReminderPlan(days_before=(21, 3), to="office", late_days=2),
    )
    assert TrailEntry.objects.get(verb="set_reminder_rule").by_name == administrator.name
    client.post(TARGET, TYPED | {"days_before": "5"})
    assert ReminderRule.objects.get().days_before == "5"


@pytest.mark.suite(0, 3, 6)
@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"days_before": "soon"}, "“soon” is not a number of days. Enter numbers such as 28, 14, 7, 1."),
        ({"days_before": "400"}, "Enter days from 0 to 365."),
        ({"days_before": "1,2,3,4,5,6,7,8,9"}, "These are more than 8 days. Leave some out."),
        ({"days_before": "", "late_days": ""}, "Enter a day, or switch these reminders off."),
        ({"late_days": "0"}, "Enter a number of days from 1 to 365, or nothing."),
        ({"to": ""}, "Choose who of the office is reminded."),
        ({"days_before": "7, 0", "to": "named", "late_days": "14"}, "This is so already."),
    ],
)
def test_what_cannot_be_is_said_beside_what_was_typed(sign_in, administrator, changed, wrong):
    # wording: each message says what is wrong with what was typed, and no page shows them empty
    client = sign_in(administrator)
    answer = client.post(TARGET, TYPED | changed)
    page = LexborHTMLParser(answer.content.decode())
    said = [message for messages in answer.context["form"].errors.values() for message in messages]
    assert (answer.status_code, [message.removesuffix(MORE) for message in said]) == (422, [wrong])
    assert page.css_first("#id_days_before").attributes.get("value", "") == (TYPED | changed)["days_before"]
    assert ReminderRule.objects.count() == 0


def test_a_typed_rule_is_tried_on_the_last_month_and_nothing_typed_is_lost(
    sign_in, administrator, body, westmarch, officer, approver, force_lead
):
    one_of_each(westmarch, body, officer=officer, asker=approver, preparer=approver, lead=force_lead)
    client = sign_in(administrator)
    to = client.post(TARGET, TYPED | {"preview": "1", "tell_force": "on"})["Location"]
    answer, people = client.get(to), ("Hannah Whitlock", "Margaret Osei", "Callum Tranter")
    assert [(each.day, each.name, each.step, each.number) for each in answer.context["page"].object_list] == [
        *((datetime.date(2026, 12, 7), name, "21", 1) for name in people),
        *((datetime.date(2026, 12, 24), name, "3", 1) for name in people),
        (datetime.date(2026, 12, 30), "Margaret Osei", "late", 1),
    ]
    back = client.get(f"{TARGET}?{to.partition('?')[2]}")
    boxes = {name: back.context["form"][name].value() for name in ("days_before", "late_days", "tell_force")}
    assert boxes == {"days_before": "3, 21", "late_days": "2", "tell_force": True}
    assert ReminderRule.objects.count() == 0
    assert client.get(f"{PREVIEW}?days_before=soon").status_code == 302


@pytest.mark.soak
def test_the_preview_of_all_is_of_every_topic(sign_in, administrator, body, westmarch, officer, approver):
    client, preview = sign_in(administrator), reverse("reminders_preview")
    assert client.get(preview).context["found"].lines == ()
    one_of_each(westmarch, body, officer=officer, asker=approver, preparer=approver, lead=officer)
    found = client.get(preview).context["found"]
    assert (found.people, {each.day.month for each in found.lines}) == (2, {12})
