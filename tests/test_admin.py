"""The administration: one door, verbs behind every save, refusals beside the field, nothing deleted."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate

from recommendations.admin import site
from recommendations.domain.people.records import keep, mark_of
from recommendations.models import (
    BankHoliday,
    CustodySuite,
    Force,
    FormerBodyDetails,
    FormerForceDetails,
    Label,
    Oversight,
    Panel,
    PanelMember,
    PeelCycle,
    PolicingBody,
    RagRule,
    Recipient,
    TrailEntry,
    User,
)
from recommendations.views.audit.history import kind_of
from tests.makers.panels import make_channel, make_member
from tests.views.conftest import sign_in

__all__ = ["sign_in"]
INDEX = "/admin/"
KINDS = {"user": User, "force": Force, "policingbody": PolicingBody, "oversight": Oversight, "panel": Panel}
KINDS |= {"peelcycle": PeelCycle, "panelmember": PanelMember, "custodysuite": CustodySuite}
FORMER = {"formerforcedetails": FormerForceDetails, "formerbodydetails": FormerBodyDetails}
KINDS |= {"label": Label, "ragrule": RagRule, "recipient": Recipient, "bankholiday": BankHoliday}


@pytest.fixture
def admin(sign_in, administrator):
    return sign_in(administrator)


def add_page(kind: str) -> str:
    return reverse(f"admin:recommendations_{kind}_add")


def change_page(record) -> str:
    return reverse(f"admin:recommendations_{record._meta.model_name}_change", args=[record.pk])


def force_facts(**changes) -> dict:
    facts = {"name": "Northmoor Police", "short_name": "Northmoor", "slug": "northmoor", "reference_prefix": "NM"}
    return facts | {"chief_officer_title": "Chief constable"} | changes


def facts_of(record, **changes) -> dict:
    fields = [field for field in record._meta.concrete_fields if field.editable and not field.primary_key]
    values = {field.name: field.value_from_object(record) for field in fields}
    return {name: value for name, value in values.items() if value is not None} | {"seen": mark_of(record)} | changes


def errors(response) -> dict:
    assert response.status_code == 200
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def last_entry() -> tuple:
    entry = TrailEntry.objects.order_by("sequence").last()
    return entry.verb, entry.by_name, entry.about, entry.reason


# The door


def test_only_what_administrators_keep_is_here():
    assert set(site._registry) == {*KINDS.values(), *FORMER.values()}


def test_there_is_one_door(client, db):
    for page in (INDEX, "/admin/user/", "/admin/force/add/"):
        answer = client.get(page)
        assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={page}")
    door = client.get("/admin/login/")
    assert (door.status_code, door.url) == (302, f"{reverse('account_login')}?next=%2Fadmin%2F")
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302


@pytest.mark.parametrize("who", ["officer", "approver", "force_lead", "member"])
def test_only_administrators_come_in(request, sign_in, westmarch, who):
    client = sign_in(request.getfixturevalue(who))
    pages = [
        INDEX,
        *(add_page(kind) for kind in KINDS if kind != "user"),
        *(f"/admin/{kind}/" for kind in KINDS),
        change_page(westmarch),
    ]
    assert [client.get(page).status_code for page in pages] == [403] * len(pages)
    assert client.post(change_page(westmarch), facts_of(westmarch, name="Other")).status_code == 403
    assert Force.objects.get().name == "Westmarch Police"


def test_only_a_bank_holiday_on_record_can_be_ended(admin, at):
    made = keep(record=BankHoliday(on=datetime.date(2030, 6, 3), name="A jubilee", source="Gazette"), by=None, at=at)
    pages = (add_page("bankholiday"), change_page(made))
    assert ["ended" in admin.get(page).context["form"].fields for page in pages] == [False, True]


def test_nothing_can_be_deleted(admin, westmarch):
    with pytest.raises(NoReverseMatch):
        reverse("admin:recommendations_force_delete", args=[westmarch.pk])
    assert admin.post(f"/admin/force/{westmarch.pk}/delete/", {"post": "yes"}).status_code == 404
    admin.post("/admin/force/", {"action": "delete_selected", "_selected_action": westmarch.pk, "post": "yes"})
    assert Force.objects.count() == 1


def test_every_page_shows(admin, westmarch, body, officer, at, today):
    panel = keep(record=Panel(name="Joint audit committee", kind="audit"), by=None, at=at)
    keep(record=PanelMember(panel=panel, name="Ada Lovell", body="A council", since=today), by=None, at=at)
    keep(record=Label(vocabulary="stage", key="in_progress", words="Under way"), by=None, at=at)
    keep(record=RagRule(since=today), by=None, at=at)
    keep(record=PeelCycle(name="PEEL 2025–27", since=today), by=None, at=at)
    keep(record=Recipient(kind="inspectorate", name="The inspectorate"), by=None, at=at)
    keep(record=BankHoliday(on=datetime.date(2030, 6, 3), name="A jubilee", source="Gazette"), by=None, at=at)
    keep(record=CustodySuite(force=westmarch, name="Aldford custody"), by=None, at=at)
    assert admin.get(INDEX).status_code == 200
    for kind, model in KINDS.items():
        record = model.objects.first()
        history = reverse("history", args=[kind_of(model), record.pk])
        pages = [change_page(record), history]
        pages += [f"/admin/{kind}/", add_page(kind)] if kind != "user" else []
        assert {admin.get(page).status_code for page in pages} == {200}
        assert f'href="{history}"' in admin.get(change_page(record)).content.decode()
    assert admin.get("/admin/force/99/").status_code == 404


@pytest.mark.parametrize("query", ["e=1", "o=99.x", "p=-7", "q=%00x", "nonsense=1", "all=", "_popup=1", "_to_field=id"])
def test_a_strange_address_is_no_error(admin, westmarch, query):
    assert admin.get(f"/admin/force/?{query}").status_code in (200, 302, 400)


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_ask_the_same_for_one_row_as_for_three(admin, westmarch, at, number, django_assert_num_queries):
    for place in range(number):
        keep(record=CustodySuite(force=westmarch, name=f"Suite {place}"), by=None, at=at)
    with django_assert_num_queries(8):
        admin.get("/admin/custodysuite/")


def test_former_details_are_listed_under_their_force_and_corrected_with_a_reason(admin, westmarch, administrator, at):
    day = datetime.date(2026, 3, 1)
    keep(record=Force.objects.get(), by=administrator, at=at)
    sent = facts_of(westmarch, name="West Police", from_day="1/3/2026", reason="The order", once="a")
    assert admin.post(change_page(westmarch), sent).status_code == 302
    westmarch.refresh_from_db()
    former = FormerForceDetails.objects.get()
    assert [westmarch.details_on(each).name for each in (former.until, day)] == ["Westmarch Police", "West Police"]
    page = admin.get(change_page(westmarch))
    assert page.context["former"] == [(datetime.date(2026, 2, 28), "Name: Westmarch Police.", change_page(former))]
    assert admin.get(reverse("history", args=["former-force", former.pk])).status_code == 200
    typed = facts_of(former, name="Westmarch Constabulary", once="b")
    assert errors(admin.post(change_page(former), typed)) == {"reason": ["Say why this is corrected."]}
    answer = admin.post(change_page(former), typed | {"reason": "It was a constabulary"})
    assert (answer.status_code, answer.url) == (302, "/admin/force/")
    former.refresh_from_db()
    assert former.name == "Westmarch Constabulary"
    assert last_entry() == (
        *("edit_formerforcedetails", "Joe Brandreth", "Westmarch Constabulary", "It was a constabulary"),
    )
    pages = ("/admin/formerforcedetails/", "/admin/formerforcedetails/add/")
    assert [admin.get(each).status_code for each in pages] == [404, 404]


def test_a_day_that_cannot_be_is_refused_beside_its_field(admin, westmarch):
    page = admin.post(change_page(westmarch), facts_of(westmarch, from_day="1/3/2026", reason="x"))
    assert list(errors(page)) == ["from_day"]
    assert "from_day" not in admin.get(add_page("force")).context["form"].fields


def test_a_body_ends_after_its_oversights(admin, westmarch, eastvale, body, at):
    page = admin.post(change_page(body), facts_of(body, until="4/5/2028", reason="The law"))
    words = (
        "It oversees Eastvale Police with no last day and Westmarch Police with no last day. End that first, on "
        "4 May 2028 or earlier, under “Who oversees whom”."
    )
    assert errors(page) == {"until": [words]}
    for link in body.oversights.all():
        link.until = datetime.date(2028, 5, 4)
        keep(record=link, by=None, at=at)
    assert admin.post(change_page(body), facts_of(body, until="4/5/2028", reason="The law")).status_code == 302


# Saving


def test_the_web_address_and_prefix_of_a_force_are_made_from_its_name(admin):
    unnamed = {"slug": "", "reference_prefix": ""}
    for place, (name, short) in enumerate(
        (("Northmoor Police", "Northmoor"), ("North Moor Police", "Northmoor"), ("Marches Fire", "Marches Fire"))
    ):
        sent = force_facts(name=name, short_name=short, once=str(place), **unnamed)
        assert admin.post(add_page("force"), sent).status_code == 302
    made = Force.objects.order_by("pk").values_list("slug", "reference_prefix")
    assert list(made) == [("northmoor", "NO"), ("northmoor-2", "NOR"), ("marches-fire", "MF")]
    assert errors(admin.post(add_page("force"), force_facts(name="Other", short_name="Other", slug="northmoor"))) == {
        "slug": ["Force with this Slug already exists."],
    }


def test_the_web_address_of_a_body_is_made_from_its_name(admin):
    sent = {"name": "Mayor of the Marches", "slug": "", "kind": "mayor", "office_name": "Marches office"}
    assert admin.post(add_page("policingbody"), sent | {"comment_label": "Comment"}).status_code == 302
    assert PolicingBody.objects.get().slug == "mayor-of-the-marches"


def test_an_address_that_no_mail_reaches_is_refused_beside_the_field(admin, officer):
    facts = {name: value for name, value in facts_of(officer).items() if name != "password"}
    said = errors(admin.post(change_page(officer), facts | {"email": "hannah@office.example"}))
    assert said == {"email": ["No mail reaches an address that ends in “.example”. Enter the person’s own."]}


def test_a_label_that_has_ended_is_listed_last_and_as_ended(admin, at):
    for key, ended in (("in_progress", True), ("pending_sign_off", False)):
        keep(record=Label(vocabulary="stage", key=key, words=key, ended=ended), by=None, at=at)
    page = admin.get("/admin/label/")
    assert [each.ended for each in page.context["cl"].result_list] == [False, True]
    assert "No longer" in page.text


def test_a_save_is_a_verb(admin, administrator):
    sent = force_facts(once="a")
    answer = admin.post(add_page("force"), sent)
    force = Force.objects.get()
    assert (answer.status_code, answer.url) == (302, "/admin/force/")
    assert last_entry() == ("add_force", "Joe Brandreth", "Northmoor Police", "")
    again = admin.post(add_page("force"), sent)
    assert (again.status_code, again.url) == (302, "/admin/force/")
    entries = TrailEntry.objects.count()
    admin.post(change_page(force), facts_of(force, short_name="N'moor", reason="Shorter.", since="1/4/1974", once="b"))
    force.refresh_from_db()
    assert (force.short_name, force.since) == ("N'moor", datetime.date(1974, 4, 1))
    assert last_entry() == ("edit_force", "Joe Brandreth", "Northmoor Police", "Shorter.")
    assert TrailEntry.objects.count() == entries + 1
    rows = force.history.order_by("history_id").values_list("short_name", "history_actor", "history_change_reason")
    assert list(rows) == [("Northmoor", "Joe Brandreth", None), ("N'moor", "Joe Brandreth", "Shorter.")]
    assert LogEntry.objects.count() == 0


def test_bad_input_is_answered_beside_the_field(admin, westmarch):
    page = admin.post(add_page("force"), force_facts(reference_prefix="WM", since="31/2/1974", short_name=""))
    said = errors(page)
    assert sorted(said) == ["reference_prefix", "short_name", "since"]
    assert 'value="Northmoor Police"' in page.content.decode()
    assert errors(admin.post(add_page("force"), force_facts(since="2/1/2000", until="1/1/2000"))) == {
        "__all__": ["The end is before the start."]
    }
    assert Force.objects.count() == 1


def test_a_verbs_refusal_is_a_form_error(admin, westmarch, body):
    facts = {"body": body.pk, "force": westmarch.pk, "since": "1/5/2028"}
    page = admin.post(add_page("oversight"), facts)
    words = (
        "Police and Crime Commissioner for the Marches oversees Westmarch Police from 22 November 2012 with no last "
        "day. End that first, on 30 April 2028, if this one begins on 1 May 2028."
    )
    assert errors(page) == {"since": [words]}
    assert Oversight.objects.count() == 2


def test_two_administrators_on_one_record(admin, westmarch, administrator, at):
    mine = facts_of(westmarch, short_name="Mine", reason="x")
    westmarch.short_name = "Theirs"
    keep(record=westmarch, by=administrator, at=at)
    page = admin.post(change_page(westmarch), mine)
    assert errors(page)["short_name"] == ["Someone else saved this: Theirs"]
    assert 'value="Mine"' in page.content.decode()
    seen = page.context["form"]["seen"].value()
    assert admin.post(change_page(westmarch), mine | {"seen": seen}).status_code == 302
    assert Force.objects.get().short_name == "Mine"


def test_a_form_that_lost_its_mark_is_stale(admin, westmarch):
    sent = facts_of(westmarch, short_name="Mine")
    del sent["seen"]
    assert "__all__" in errors(admin.post(change_page(westmarch), sent))
    assert Force.objects.get().short_name == "Westmarch"


def test_a_rule_that_is_in_force_is_only_read(admin, at):
    day = localdate() - datetime.timedelta(days=3)
    rule = keep(
        record=RagRule(since=day), by=None, at=datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.UTC)
    )
    page = admin.get(change_page(rule)).content.decode()
    assert ("it stays as it is" in page, 'class="govuk-button">Save' in page) == (True, False)
    assert admin.post(change_page(rule), facts_of(rule, due_soon_days=1)).status_code == 403
    assert RagRule.objects.get().due_soon_days == 28


def test_a_member_is_withdrawn_with_a_reason_and_can_be_read(admin, westmarch):
    member = make_member(make_channel(westmarch), "Ruth D’Arcy")
    address = reverse("withdraw_member", args=[member.pk])
    assert f'href="{address}"' in admin.get(change_page(member)).text
    assert "is recorded at" not in admin.get(address).text
    assert admin.post(address, {"reason": ""}).status_code == 422
    answer = admin.post(address, {"reason": "Added twice."})
    assert (answer.status_code, answer.url) == (302, "/admin/panelmember/")
    assert last_entry() == ("withdraw_member", "Joe Brandreth", "Ruth D’Arcy, Aldford Council", "Added twice.")
    page = admin.get(change_page(member)).text
    told = ["This member is withdrawn: Added twice.", "Aldford Channel panel", 'class="govuk-button">Save', address]
    assert [each in page for each in told] == [True, True, False, False]
    assert admin.post(change_page(member), facts_of(member, name="Other")).status_code == 403
    assert "This member is withdrawn already." in admin.post(address, {"reason": "Twice."}).text
    assert f">{date_format(localdate())}<" in admin.get("/admin/panelmember/").text
    assert "Member of a panel withdrawn" in admin.get(reverse("history", args=["member", member.pk])).text


# People


@pytest.mark.django_db(transaction=True)
def test_nobody_is_added_here(admin):
    assert admin.get("/admin/user/add/").status_code == 404
    assert admin.get("/admin/user/").url == reverse("people_access")
    assert reverse("invite_person") in admin.get(reverse("people_access")).text


def test_a_role_and_a_force_go_together(admin, officer, westmarch):
    message = "A force inspection lead has a force, and no one else has one."
    facts = {name: value for name, value in facts_of(officer).items() if name != "password"}
    lead = facts | {"role": "force_inspection_lead"}
    assert errors(admin.post(change_page(officer), lead)) == {"force": [message]}
    assert errors(admin.post(change_page(officer), facts | {"force": westmarch.pk})) == {"force": [message]}
    assert admin.post(change_page(officer), lead | {"force": westmarch.pk}).status_code == 302


def test_a_deactivated_person_is_out_at_once(client, administrator, officer, sign_in):
    sign_in(officer)
    assert client.get(reverse("account")).status_code == 200
    other = type(client)()
    administrator_client = _signed_in(other, administrator)
    address = reverse("leave_account", args=[officer.pk])
    assert administrator_client.post(address, {"reason": "Left the office."}).status_code == 302
    answer = client.get(reverse("account"))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))
    assert last_entry()[0] == "leave"


def _signed_in(client, person):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client.force_login(person)
    return client


def test_a_changed_role_bites_at_once(client, administrator, officer, sign_in):
    sign_in(officer)
    assert client.get(reverse("inspections")).status_code == 200
    facts = facts_of(User.objects.get(pk=officer.pk), role="committee_member")
    _signed_in(type(client)(), administrator).post(change_page(officer), facts)
    assert client.get(reverse("inspections")).status_code == 403


def test_nobody_locks_themselves_out(admin, administrator):
    facts = facts_of(administrator, role="opcc_officer")
    said = errors(admin.post(change_page(administrator), facts))
    assert said == {"__all__": ["You cannot change your own role or deactivate yourself: ask another administrator."]}
    assert User.objects.get(pk=administrator.pk).role == "administrator"
    assert last_entry()[0] == "refused"
