"""Many at once on screen: chosen on the register, looked at, done once; whatever else is sent, nothing half-done."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.audit import verification
from recommendations.domain.inspections import inspections
from recommendations.domain.register import closures, voices
from recommendations.models import Closure, Delay, Standing, TargetDate, TrackedRecommendation, TrailEntry
from tests.conftest import make_inspection, make_many_tracked, make_tracked
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.hooks import lacking, number_of, wrong
from tests.views.register.page import REGISTER, address, ago, now, recent_inspection, text_of, three_overdue

MANY = reverse("change_many")
CANARY = "CANARY-OF-EASTVALE"
TARGET = {"target_on": "31/8/2027", "reason": "Two posts are empty."}
FOUR = ("Add an update", "Change the stage", "Set a target", "Request closure")
AUGUST = datetime.date(2027, 8, 31)


@per_module
def recent(westmarch):
    return recent_inspection(westmarch)


@per_module
def three(recent):
    return three_overdue(recent)


@pytest.fixture
def office(sign_in, officer, three):
    return sign_in(officer)


def form_in(page, button: str = "") -> dict:
    """What the form of a page to here sends, with one of its buttons."""
    html = LexborHTMLParser(page.content.decode())
    (form,) = [each for each in html.css("form[method=post]") if each.attributes["action"].startswith(MANY)]
    return fields_among(form.css("[name]")) | ({"step": button} if button else {})


def start(client, rows, act="target", to=MANY, **more):
    return client.post(to, {"act": act, "pick": [row.pk for row in rows]} | more)


def confirmed(client, rows, act="target", typed=TARGET):
    """The page that shows what will happen."""
    page = start(client, rows, act)
    return client.post(MANY, form_in(page, "show") | typed)


def done(client, rows, act="target", typed=TARGET):
    return client.post(MANY, form_in(confirmed(client, rows, act, typed), "change"), follow=True)


def lines(page) -> list[tuple[str, str, str]]:
    plan = page.context["plan"]
    return [(line.reference, line.now, line.then or line.why_not) for line in plan.lines]


# Choosing


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize(
    ("who", "labels"),
    [
        ("officer", (["Ask for updates", "Change leads", "Record an assurance"], [*FOUR, "Record HMICFRS status"])),
        ("approver", (["Ask for updates", "Change leads", "Record an assurance"], [*FOUR, "Record HMICFRS status"])),
        ("force_lead", ([*FOUR], [])),
    ],
)
def test_the_register_offers_what_the_person_may_do(request, sign_in, three, who, labels):
    page = sign_in(request.getfixturevalue(who)).get(REGISTER)
    html = LexborHTMLParser(page.content.decode())
    buttons = [each.text() for each in html.css("button[form=many][name=act]")]
    assert (buttons, [option.text() for option in html.css("#many-act option")][1:]) == labels
    form = html.css_first("#many")
    ticks = form.css("input[name=pick]")
    assert [tick.attributes["value"] for tick in ticks] == [str(each.pk) for each in three]
    assert [tick.parent.text().strip() for tick in ticks] == ["Select WM-0001", "Select WM-0002", "Select WM-0003"]
    assert "Choose all 3" in text_of(page)


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize("asked", [{"as_at": "2026-01-01"}, {"add": "first"}, {"q": "zebra"}])
def test_nothing_can_be_ticked_in_the_past_beside_a_form_or_where_nothing_is(office, three, asked):
    asked = {name: three[0].pk if value == "first" else value for name, value in asked.items()}
    page = office.get(address(**asked))
    assert 'name="pick"' not in page.content.decode()
    assert "Choose all" not in text_of(page)


def test_a_button_counts_before_what_the_list_has_chosen(office, three):
    page = start(office, [three[0]], act=["leads", "target"])
    assert page.context["action"].key == "leads"
    assert start(office, [three[0]], act=["", "target"]).context["action"].key == "target"


def test_ticked_rows_come_in_the_order_of_the_list(office, three):
    page = start(office, [three[2], three[0]])
    assert [line.reference for line in page.context["plan"].lines] == ["WM-0001", "WM-0003"]
    assert "Set a target: 2 recommendations" in text_of(page)


def test_all_that_match_are_worked_out_from_the_question(office, recent, three):
    make_many_tracked(recent, range(900, 960), text="Zebra crossings.", at=now())
    page = start(office, [three[0]], to=f"{MANY}?q=zebra", all="60")
    assert len(page.context["plan"].lines) == 60
    assert page.context["to"] == f"{MANY}?q=zebra"
    assert page.context["back"] == "/register/?q=zebra"
    answer = office.post(f"{MANY}?q=zebra", form_in(page, "show") | TARGET)
    answer = office.post(f"{MANY}?q=zebra", form_in(answer, "change"))
    assert (answer.status_code, answer.url) == (302, "/register/?q=zebra")
    assert Standing.objects.now().filter(target_on=AUGUST).count() == 60


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, ("Tick", "Choose")),
        ({"act": "target"}, ("Tick",)),
        ({"act": "target", "pick": ["x", "-1", "999999", "9" * 40]}, ("Tick",)),
        ({"pick": ["first"]}, ("Choose",)),
        ({"pick": ["first"], "act": "delete"}, ("Choose",)),
    ],
)
def test_what_is_missing_is_said_on_the_register_and_the_ticks_stay(office, three, sent, says):
    sent = sent | {"pick": [three[0].pk if each == "first" else each for each in sent.get("pick", [])]}
    page = office.post(f"{MANY}?sort=reference", sent)
    told = page.context["selection"].wrong
    assert (tuple(each.split()[0] for each in told), lacking(page, ".govuk-error-summary", *told)) == (says, [])
    ticked = LexborHTMLParser(page.content.decode()).css("input[name=pick][checked]")
    assert [each.attributes["value"] for each in ticked] == ([str(three[0].pk)] if three[0].pk in sent["pick"] else [])
    assert page.content.decode().count("<title>Error: Register") == 1
    assert TrailEntry.objects.filter(verb__endswith="_many").count() == 0


def test_too_many_are_refused_before_anything_is_read(office, three):
    page = office.post(MANY, {"act": "target", "selected": " ".join(str(each) for each in range(1, 2_002))})
    assert lacking(page, ".govuk-error-summary, .app-flash", "2,001", "2,000") == []


@pytest.mark.parametrize("method", ["get", "head"])
def test_without_a_form_it_leads_to_the_register(office, method):
    answer = getattr(office, method)(f"{MANY}?q=bells&nonsense=1")
    assert (answer.status_code, answer.url) == (302, "/register/?q=bells")
    assert office.post(f"{MANY}?as_at=2026-01-01", {"act": "target"}).url == "/register/?as_at=2026-01-01"


# What will happen


def test_the_page_shows_what_will_happen_and_what_is_left_out(office, officer, approver, three):
    first, second, third = three
    voices.set_target(tracked=first, target_on=datetime.date(2027, 5, 1), by=officer, at=now())
    closures.request_closure(tracked=second, outcome="implemented", reason="Done.", by=officer, at=now())
    closures.approve_closure(tracked=second, by=approver, at=now())
    page = start(office, three)
    assert lines(page) == [
        ("WM-0001", "1 May 2027", ""),
        ("WM-0003", "None set", ""),
        ("WM-0002", "None set", page.context["plan"].left_out[0].why_not),
    ]
    refused = office.post(MANY, form_in(page, "show") | TARGET | {"mitigation": "A sergeant reads each."})
    assert (wrong(refused), number_of(refused, ".govuk-error-summary a[href$=cause]")) == (["cause"], 1)
    page = office.post(MANY, form_in(refused, "show") | {"cause": "resources"})
    late = "31 Aug 2027, moved once, after the HMICFRS deadline"
    assert [then for _, _, then in lines(page)][:2] == [late, "31 Aug 2027, first target"]
    assert [line.reference for line in page.context["plan"].left_out] == ["WM-0002"]
    assert "Change 2 recommendations" in text_of(page)
    answer = office.post(MANY, form_in(page, "change"), follow=True)
    assert "Target of 2 recommendations set. Left out: WM-0002." in text_of(answer)
    assert list(TargetDate.objects.filter(target_on=AUGUST).order_by("tracked").values_list("tracked", "reason")) == [
        (first.pk, "Two posts are empty."),
        (third.pk, "Two posts are empty."),
    ]
    assert list(Delay.objects.values_list("tracked", "cause", "mitigation")) == [
        (first.pk, "resources", "A sergeant reads each.")
    ]
    assert verification.verify() == []


@pytest.mark.suite(1, 5, 8)
@pytest.mark.parametrize(
    ("act", "typed", "fields"),
    [
        ("target", {"target_on": ""}, ["target_on"]),
        ("target", {"target_on": "31/6/2027"}, ["target_on"]),
        ("target", {"target_on": "1/9/2027", "reason": " "}, ["reason"]),
        ("target", {"target_on": "1/9/2020", "reason": "Delay."}, [""]),
        ("leads", {}, ["chief_officer_lead"]),
        ("leads", {"opcc_lead": "Bo", "no_opcc_lead": "on"}, ["opcc_lead"]),
        ("closure", {"reason": "Done."}, ["outcome"]),
        ("closure", {"outcome": "gone", "reason": "Done."}, ["outcome"]),
        ("closure", {"outcome": "implemented", "reason": ""}, ["reason"]),
    ],
)
def test_a_mistake_is_told_beside_what_was_typed(office, officer, three, act, typed, fields):
    voices.set_target(tracked=three[0], target_on=datetime.date(2027, 5, 1), by=officer, at=now())
    page = start(office, three, act)
    again = office.post(MANY, form_in(page, "show") | typed)
    assert wrong(again) == fields
    assert again.templates[0].name == "register/bulk/fill.html"
    sent = form_in(again) if again.context["plan"].changing else None
    assert sent is None or {name: sent.get(name, [""])[0] for name in typed if not name.startswith("no_")} == {
        name: "" if value == "gone" else value for name, value in typed.items() if not name.startswith("no_")
    }
    assert again.context["plan"].selected == " ".join(str(each.pk) for each in three)


def test_going_back_keeps_what_was_typed(office, three):
    page = office.post(MANY, form_in(confirmed(office, three), "fill"))
    sent = form_in(page, "show")
    assert (sent["target_on"], sent["reason"]) == (["31/8/2027"], ["Two posts are empty."])
    assert "Nothing is changed" not in text_of(page)
    assert "Change 3 recommendations" in text_of(office.post(MANY, sent))


def test_leads_are_given_and_taken_away(office, officer, three):
    was = {"business_lead": "Supt Ames", "opcc_lead": "Joe Brandreth"}
    for tracked in three[:2]:
        inspections.edit_tracked(tracked=tracked, version=1, by=officer, at=now(), **was)
    typed = {"chief_officer_lead": "DCC Nair", "no_business_lead": "on", "reason": "New posts."}
    answer = done(office, three[:2], "leads", typed)
    assert "Leads of 2 recommendations changed." in text_of(answer)
    said = TrackedRecommendation.objects.values_list("chief_officer_lead", "business_lead", "opcc_lead")
    assert list(said) == [("DCC Nair", "", "Joe Brandreth")] * 2 + [("", "", "")]
    assert TrailEntry.objects.get(verb="give_leads_to_many").reason == "New posts."


def test_closures_are_requested(sign_in, force_lead, three):
    typed = {"outcome": "superseded", "reason": "A new report.", "evidence": "Page 4."}
    answer = done(sign_in(force_lead), three, "closure", typed)
    assert "Closure of 3 recommendations requested." in text_of(answer)
    facts = ("superseded", "A new report.", "Page 4.", force_lead.pk)
    asked = Closure.objects.values_list("outcome", "request_reason", "evidence", "requested_by")
    assert list(asked) == [facts] * 3


def test_a_history_page_tells_of_it(office, three):
    done(office, three)
    page = text_of(office.get(reverse("history", args=["tracked", three[1].pk])))
    assert "Two posts are empty." in page
    assert "Target set: 31 August 2027" in text_of(office.get(three[1].get_absolute_url()))


# Asking for updates


def test_updates_are_asked_for_one_force_at_a_time(office, officer, approver, three, eastvale, westmarch):
    theirs = make_tracked(make_inspection(eastvale, title="Theirs", published_on=ago(300), at=now()), at=now())
    for_others = make_tracked(make_inspection(westmarch, title="Others", at=now()), directed_to_force=False, at=now())
    closures.request_closure(tracked=three[1], outcome="implemented", reason="Done.", by=officer, at=now())
    closures.approve_closure(tracked=three[1], by=approver, at=now())
    page = start(office, [*three, theirs, for_others], "ask")
    sent = [
        fields_among(form.css("[name]"))
        for form in LexborHTMLParser(page.content.decode()).css(f'form[action="{reverse("add_round")}"]')
    ]
    assert [(each["force"], each["ids"]) for each in sent] == [
        (["westmarch"], [f"{three[0].pk},{three[2].pk}"]),
        (["eastvale"], [str(theirs.pk)]),
    ]
    left_out = {line.reference: line.why_not for line in page.context["plan"].left_out}
    assert {of: "closed" in why for of, why in left_out.items()} == {"WM-0002": True, for_others.reference: False}


# What changed meanwhile


def test_where_a_row_changed_meanwhile_it_is_shown_again_and_nothing_is_done(office, officer, approver, three):
    page = confirmed(office, three)
    closures.request_closure(tracked=three[1], outcome="implemented", reason="Done.", by=officer, at=now())
    closures.approve_closure(tracked=three[1], by=approver, at=now())
    again = office.post(MANY, form_in(page, "change"))
    assert number_of(again, ".govuk-error-summary, .app-flash") == 1
    assert TargetDate.objects.count() == 0
    (changed,) = again.context["meanwhile"]
    assert (changed.reference, changed.who) == ("WM-0002", "Margaret Osei")
    assert ("Closed on", "") in [(each.field, each.before) for each in changed.changes]
    assert [line.reference for line in again.context["plan"].left_out] == ["WM-0002"]
    answer = office.post(MANY, form_in(again, "change"), follow=True)
    assert "Target of 2 recommendations set. Left out: WM-0002." in text_of(answer)
    assert list(TargetDate.objects.order_by("tracked").values_list("tracked", flat=True)) == [three[0].pk, three[2].pk]


def test_where_none_is_left_the_page_says_so(office, officer, three):
    page = confirmed(office, three[:1], "closure", {"outcome": "implemented", "reason": "Done."})
    closures.request_closure(tracked=three[0], outcome="withdrawn", reason="Gone.", by=officer, at=now())
    again = office.post(MANY, form_in(page, "change"))
    assert again.templates[0].name == "register/bulk/fill.html"
    assert again.context["plan"].changing == []
    assert Closure.objects.get().outcome == "withdrawn"


def test_a_double_click_has_one_effect(office, three):
    sent = form_in(confirmed(office, three), "change")
    answers = [office.post(MANY, sent) for _ in range(2)]
    assert [(each.status_code, each.url) for each in answers] == [(302, REGISTER)] * 2
    assert (TargetDate.objects.count(), TrailEntry.objects.filter(verb="set_target_of_many").count()) == (3, 1)


def test_what_was_not_shown_is_not_changed(office, three):
    """A form that was tampered with: a row in the selection without the version that was shown is left alone."""
    sent = form_in(confirmed(office, three), "change")
    office.post(MANY, sent | {"shown": f"{three[0].pk}.1 x.y 7 {three[1].pk}. .1"})
    assert list(TargetDate.objects.values_list("tracked", flat=True)) == [three[0].pk]


# Who


@pytest.mark.parametrize(("who", "status"), [("force_lead", 403), ("member", 403), ("administrator", 403)])
@pytest.mark.parametrize("act", ["leads", "ask"])
def test_what_a_person_may_not_do_is_refused(request, sign_in, three, who, status, act):
    client = sign_in(request.getfixturevalue(who))
    assert start(client, three, act).status_code == status
    assert client.post(MANY, {"act": act, "step": "change", "selected": three[0].pk}).status_code == status


@pytest.mark.suite(0)
@pytest.mark.parametrize(("act", "typed"), [("target", TARGET), ("closure", {"outcome": "withdrawn", "reason": "x"})])
def test_another_forces_ids_are_dropped_unseen(sign_in, force_lead, three, eastvale, act, typed):
    theirs = make_inspection(eastvale, title=CANARY, short_name=CANARY, published_on=ago(300), at=now())
    hidden = make_tracked(theirs, text=CANARY, leads={"opcc_lead": CANARY}, at=now())
    client, own = sign_in(force_lead), three[0]
    ids, versions = f"{own.pk} {hidden.pk}", f"{own.pk}.1 {hidden.pk}.1"
    alone = [start(client, [hidden], act), client.post(MANY, {"act": act, "selected": hidden.pk, "step": "show"})]
    assert [len(page.context["selection"].wrong) for page in alone] == [1, 1]
    pages = [
        *alone,
        start(client, [hidden, own], act, to=f"{MANY}?q={own.reference}&force=eastvale"),
        start(client, [], act, all="9"),
        client.post(MANY, typed | {"act": act, "selected": ids, "step": "show"}),
        client.post(MANY, typed | {"act": act, "selected": ids, "shown": versions, "step": "change"}, follow=True),
        client.post(MANY, typed | {"act": act, "selected": ids, "shown": versions, "step": "change"}, follow=True),
    ]
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [each for page in pages for each in (CANARY, hidden.reference, "Eastvale") if each in text_of(page)] == []
    assert "Left out" not in text_of(pages[5])
    hidden.refresh_from_db()
    assert (hidden.version, hidden.standing.target_on, hidden.standing.closure_requested_on) == (1, None, None)
    own.refresh_from_db()
    assert own.version == 2


# What it costs


def cost(client, sent: dict) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.post(MANY, sent).status_code in (200, 302)
    return len(captured)


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1, 60])
def test_each_step_costs_the_same_for_one_row_as_for_sixty(sign_in, officer, recent, number):
    rows = make_many_tracked(recent, range(number), text="Text {}.", at=now())
    client = sign_in(officer)
    first = {"act": "target", "all": "on"}
    shown = form_in(client.post(MANY, first), "show") | TARGET
    change = form_in(client.post(MANY, shown), "change")
    ask = {"act": "ask", "all": "on"}
    assert [cost(client, sent) for sent in (first, shown, ask, change)] == [11, 9, 12, 27]
    assert TargetDate.objects.count() == len(rows)
