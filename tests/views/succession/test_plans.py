"""The pages of changes ahead: a list, a form for each kind, the rehearsal, confirming, changing, withdrawing."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.calendar.calendar import ahead_and_late
from recommendations.domain.home.other_roles import administrator_page
from recommendations.domain.succession.carrying_out import carry_out_due_changes, note_problem
from recommendations.domain.succession.wording import title_of
from recommendations.enums import Role
from recommendations.enums.succession import SuccessionKind, SuccessionState
from recommendations.forms.succession.plans import READ_AGAIN
from recommendations.models import PolicingBody, Succession
from recommendations.periods import london_day
from tests.conftest import AT, make_inspection, make_person, make_tracked
from tests.domain.succession.plans import MARCHES, MAY, MAYOR, enter, enter_confirmed
from tests.per_module import per_module

LIST, CHOOSE = reverse("successions"), reverse("choose_succession")
REASON = {"day": "5 May 2028", "reason": "The Marches Order 2027"}


def address(kind: SuccessionKind) -> str:
    return reverse("add_succession", args=[kind])


@per_module
def other():
    return make_person("Nadia Ferris", Role.ADMINISTRATOR)


@pytest.fixture
def admin(sign_in, administrator):
    return sign_in(administrator)


def test_an_empty_list_says_what_it_is_for(admin):
    page = admin.get(LIST)
    assert (page.context["ahead"], page.context["over"]) == ([], [])
    assert CHOOSE in page.text


def test_the_kind_is_chosen_first(admin):
    assert admin.get(CHOOSE).status_code == 200
    assert admin.get(CHOOSE, {"kind": "merger"}).url == address(SuccessionKind.MERGER)
    refused = admin.get(CHOOSE, {"then": "enter"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["kind"])
    assert admin.get("/changes-ahead/add/no-such-kind/").status_code == 404


@pytest.mark.parametrize("kind", SuccessionKind)
def test_an_empty_form_says_what_is_needed(admin, body, westmarch, eastvale, kind):
    refused = admin.post(address(kind), {})
    needed = {
        SuccessionKind.NEW_BODY: ["day", "forces", "body_name", "body_kind", "office_name", "reason"],
        SuccessionKind.OTHER_BODY: ["day", "forces", "body", "reason"],
        SuccessionKind.MERGER: ["day", "forces", "reason"],
        SuccessionKind.SPLIT: ["day", "forces", "references", "force_name", "reason"],
        SuccessionKind.FORCE_DETAILS: ["day", "forces", "reason"],
        SuccessionKind.BODY_DETAILS: ["day", "body", "reason"],
    }
    assert (refused.status_code, sorted(refused.context["form"].errors)) == (422, sorted(needed[kind]))


def test_what_would_refuse_it_is_said_at_the_fields(admin, body, westmarch, eastvale):
    facts = REASON | {"forces": [westmarch.pk], "force_name": "eastvale police"}
    refused = admin.post(address(SuccessionKind.MERGER), facts)
    assert sorted(refused.context["form"].errors) == ["force_name", "forces"]
    assert Succession.objects.count() == 0


def test_a_merger_without_a_force_that_takes_over_is_refused_at_its_field(admin, body, westmarch, eastvale):
    refused = admin.post(address(SuccessionKind.MERGER), REASON | {"forces": [westmarch.pk, eastvale.pk]})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["force_name"])


def test_one_is_entered_rehearsed_and_confirmed_by_another(
    admin, sign_in, other, body, westmarch, eastvale, force_lead, other_force_lead
):
    make_tracked(make_inspection(westmarch))
    entered = admin.post(
        address(SuccessionKind.MERGER),
        REASON | {"forces": [westmarch.pk, eastvale.pk], "force_name": "Marches Police", "once": "a"},
    )
    plan = Succession.objects.get()
    assert (entered.url, plan.forces) == (plan.get_absolute_url(), [eastvale, westmarch])
    page = admin.get(entered.url)
    rehearsal = page.context["rehearsal"]
    assert (rehearsal.problems, rehearsal.losing) == ([], [force_lead, other_force_lead])
    assert rehearsal.losing_words == "2 people lose the register"
    (group,) = page.context["groups"]
    assert group[0] == "From Westmarch Police"
    assert group[1][0] == ("1 recommendation", "")
    assert (page.context["may_confirm"], page.context["may_change"]) == (False, True)
    second = sign_in(other)
    assert second.get(entered.url).context["may_confirm"]
    assert second.post(entered.url, {"version": plan.version}).url == entered.url
    plan.refresh_from_db()
    assert (plan.state, plan.confirmed_by) == (SuccessionState.CONFIRMED, other)


def test_who_entered_it_cannot_confirm_it(admin, administrator, body, westmarch):
    plan = enter(SuccessionKind.NEW_BODY, [westmarch], by=administrator, at=timezone.now(), **MAYOR)
    refused = admin.post(plan.get_absolute_url(), {"version": plan.version})
    assert refused.status_code == 422
    plan.refresh_from_db()
    assert plan.state == SuccessionState.ENTERED


def test_what_someone_else_changed_is_read_again_first(admin, sign_in, other, administrator, body, westmarch):
    plan = enter(SuccessionKind.NEW_BODY, [westmarch], by=administrator, at=timezone.now(), **MAYOR)
    old, client = plan.version - 1, sign_in(other)
    facts = REASON | MAYOR | {"forces": [westmarch.pk], "version": old, "why": "x"}
    for page in ("succession", "change_succession", "withdraw_succession"):
        refused = client.post(reverse(page, args=[plan.pk]), facts)
        assert refused.context["form"].non_field_errors() == [READ_AGAIN]
    plan.refresh_from_db()
    assert plan.state == SuccessionState.ENTERED


def test_where_no_one_can_confirm_it_its_page_names_the_command(admin, administrator, body, westmarch):
    plan = enter(SuccessionKind.NEW_BODY, [westmarch], by=administrator, at=timezone.now(), **MAYOR)
    assert f"oversight carry_out_changes --confirm {plan.pk} --reason" in admin.get(plan.get_absolute_url()).text


def test_it_is_changed_and_withdrawn_with_a_reason(admin, other, administrator, body, westmarch):
    both = (other, administrator)
    plan = enter_confirmed(SuccessionKind.NEW_BODY, [westmarch], administrators=both, at=timezone.now(), **MAYOR)
    change, withdraw = (reverse(name, args=[plan.pk]) for name in ("change_succession", "withdraw_succession"))
    facts = REASON | MAYOR | {"forces": [westmarch.pk], "version": plan.version, "holder": "Owen Marlowe"}
    assert admin.get(change).context["form"].initial["holder"] == "Edith Marlowe"
    assert list(admin.post(change, facts).context["form"].errors) == ["why"]
    assert admin.post(change, facts | {"why": "He was elected."}).url == plan.get_absolute_url()
    plan.refresh_from_db()
    assert (plan.holder, plan.state) == ("Owen Marlowe", SuccessionState.ENTERED)
    assert list(admin.post(withdraw, {"version": plan.version}).context["form"].errors) == ["why"]
    assert admin.post(withdraw, {"version": plan.version, "why": "Not yet."}).url == LIST
    assert [row.state for row in admin.get(LIST).context["over"]] == [f"Withdrawn on {_today()}"]
    assert admin.get(change).status_code == 404


def _today() -> str:
    return f"{timezone.localdate():%-d %B %Y}"


def test_an_officer_reads_a_confirmed_one_with_links_and_no_buttons(
    sign_in, other, administrator, officer, body, westmarch
):
    make_tracked(make_inspection(westmarch))
    entered = enter(SuccessionKind.BODY_DETAILS, [], body=body, holder="Canary Cole", by=other)
    plan = enter_confirmed(SuccessionKind.NEW_BODY, [westmarch], administrators=(other, administrator), **MAYOR)
    client = sign_in(officer)
    page = client.get(plan.get_absolute_url())
    assert [url.split("?")[0] for words, url in page.context["groups"][0][1] if "recommendation" in words] == [
        reverse("register")
    ]
    assert [page.context[name] for name in ("may_confirm", "may_change", "others")] == [False, False, []]
    assert "Canary" not in page.text
    assert client.get(entered.get_absolute_url()).status_code == 404
    assert client.get(LIST).status_code == 403


def test_nothing_shows_it_before_its_day_but_the_calendar_and_where_it_is_kept(
    sign_in, other, administrator, officer, body, westmarch, admin
):
    both = (other, administrator)
    plan = enter_confirmed(SuccessionKind.NEW_BODY, [westmarch], administrators=both, day=MAY, **MAYOR)
    kept = admin.get(reverse("admin:recommendations_policingbody_change", args=[body.pk]))
    assert [url for _, url in kept.context["ahead"]] == [plan.get_absolute_url()]
    assert MAYOR["body_name"] not in admin.get(reverse("admin:recommendations_policingbody_changelist")).text
    colleague = sign_in(officer)
    for page in ("home", "register", "inspections", "responses", "add_inspection"):
        assert MAYOR["body_name"] not in colleague.get(reverse(page)).text
    for page in ("public_forces", "public_responses"):
        assert MAYOR["body_name"] not in Client().get(reverse(page)).text
    near = ahead_and_late(officer, MAY.replace(day=1), 30)
    assert [(each.url, each.words) for each in near] == [(plan.get_absolute_url(), title_of(plan))]
    assert MAYOR["body_name"] not in near[0].outside


def test_an_administrators_first_page_says_what_waits_and_what_was_refused(other, administrator, body, westmarch):
    def numbers() -> list[int]:
        page = administrator_page(administrator, london_day(AT), AT)
        return [item.number for each in page.lists for item in each.items if item.url == LIST]

    assert numbers() == []
    enter(SuccessionKind.BODY_DETAILS, [], body=body, holder="Owen Marlowe", by=other)
    plan = enter_confirmed(SuccessionKind.NEW_BODY, [westmarch], administrators=(other, administrator), **MAYOR)
    note_problem(plan=plan, problem="It is not possible.", at=AT)
    assert numbers() == [1, 1]


def test_a_done_one_stays_readable(admin, other, administrator, body, westmarch):
    plan = enter_confirmed(
        SuccessionKind.NEW_BODY, [westmarch], administrators=(other, administrator), day=london_day(AT), **MAYOR
    )
    assert carry_out_due_changes(at=AT) == []
    page = admin.get(plan.get_absolute_url())
    assert ("rehearsal" in page.context, page.context["may_change"]) == (False, False)
    assert PolicingBody.objects.count() == 2
    assert [row.plan for row in admin.get(LIST).context["over"]] == [plan]


def test_the_list_costs_the_same_for_three_as_for_two(
    admin, administrator, body, westmarch, eastvale, django_assert_num_queries
):
    enter(SuccessionKind.NEW_BODY, [westmarch, eastvale], by=administrator, **MAYOR)
    enter(SuccessionKind.BODY_DETAILS, [], body=body, holder="A", by=administrator)
    counts = []
    for _ in range(2):
        with django_assert_num_queries(LIST_QUERIES):
            counts.append(len(admin.get(LIST).context["ahead"]))
        if len(counts) == 1:
            enter(SuccessionKind.MERGER, [westmarch, eastvale], by=administrator, **MARCHES)
    assert counts == [2, 3]


LIST_QUERIES = 10
