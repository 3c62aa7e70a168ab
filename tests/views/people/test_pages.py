"""The pages of people's accounts: inviting, accepting, confirming, leaving, committees, members' second factor."""

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.people.invitations import LASTS, invite
from recommendations.domain.people.records import mark_of
from recommendations.domain.people.second_factors import reset_second_factor
from recommendations.enums import Role
from recommendations.models import AccountChange, AccountInvitation, SecurityEvent, User
from tests.conftest import make_person
from tests.makers.committees import make_panel
from tests.per_module import per_module
from tests.security import door
from tests.security.door import is_signed_in, set_factor_up

PASSWORD = "four words of nothing"
CHANGED = "Oversight: Your account was changed"
PEOPLE = reverse("people_access")
INVITE = reverse("invite_person")
ANN = {"name": "Ann Reed", "email": "ann@example.org", "role": Role.OPCC_OFFICER}


@per_module
def other():
    return make_person("Sue Marsh", Role.ADMINISTRATOR)


@pytest.fixture
def admin(sign_in, administrator):
    return sign_in(administrator)


def link() -> str:
    (found,) = re.findall(r"https?://\S+/invitation/\S+", mail.outbox[-1].body)
    return found


def page_of(invitation) -> str:
    return reverse("person_invitation", args=[invitation.pk])


def accepted(address: str, password: str = PASSWORD, again: str = PASSWORD):
    return Client().post(address, {"password1": password, "password2": again})


def test_somebody_is_invited_by_mail_sets_a_password_and_a_second_factor(admin, other, sign_in, settings):
    settings.ORIGIN = "http://localhost"
    made = admin.post(INVITE, ANN)
    invitation = AccountInvitation.objects.get()
    assert (made.status_code, made.url, mail.outbox) == (302, page_of(invitation), [])
    assert sign_in(other).post(page_of(invitation), {"act": "confirm"}).status_code == 302
    assert mail.outbox[0].to == ["ann@example.org"]
    assert link().startswith("http://localhost/invitation/")
    path = link().removeprefix("http://localhost")
    assert Client().get(path).context["invitation"] == invitation
    assert accepted(path).url == reverse("account_login")
    client = Client()
    door.sign_in("ann@example.org", PASSWORD, client)
    assert client.get(reverse("home")).url == reverse("mfa_activate_totp")
    set_factor_up(client, PASSWORD)
    assert client.get(reverse("register")).status_code == 200
    assert admin.get(page_of(invitation)).context["invitation"].account.email == "ann@example.org"


def test_where_no_one_can_confirm_an_invitation_its_page_names_the_command(admin, sign_in, administrator):
    admin.post(INVITE, ANN)
    address = page_of(AccountInvitation.objects.get())
    command = "oversight confirm_access ann@example.org --reason"
    assert command in admin.get(address).text
    make_person("Sue Marsh", Role.ADMINISTRATOR)
    assert command not in admin.get(address).text


def test_where_no_one_can_confirm_a_change_its_page_names_the_command(admin, officer, other):
    facts = {"name": other.name, "email": "sue@example.org", "role": other.role, "seen": mark_of(other)}
    admin.post(reverse("admin:recommendations_user_change", args=[other.pk]), facts)
    page = admin.get(reverse("person_change", args=[AccountChange.objects.get().pk]))
    assert "oversight confirm_access sue.marsh@example.org --reason" in page.text
    history = reverse("history", args=["person", other.pk])
    assert (history in page.text, admin.get(history).status_code) == (True, 200)


def test_a_form_without_forces_or_committees_asks_for_neither_and_says_what_to_add(admin):
    assert not {"force", "committees"} & admin.get(INVITE).context["form"].fields.keys()
    for role in (Role.FORCE_INSPECTION_LEAD, Role.COMMITTEE_MEMBER):
        refused = admin.post(INVITE, ANN | {"role": role})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["role"])
    assert AccountInvitation.objects.count() == 0


def test_an_address_that_no_mail_reaches_is_refused_where_it_is_entered(admin):
    for address in ("ann@office.example", "ann@office.test", "ann@x.localhost", "ann@office.INVALID"):
        refused = admin.post(INVITE, ANN | {"email": address})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["email"])
    assert AccountInvitation.objects.count() == 0


def test_where_no_mail_can_be_sent_the_page_shows_the_link_once(admin, settings):
    down = {"host": "127.0.0.1", "port": 1}
    settings.MAILERS = {"default": {"BACKEND": "recommendations.emails.backend.Courier", "OPTIONS": down}}
    facts = ANN | {"role": Role.COMMITTEE_MEMBER, "committees": make_panel().pk, "once": "a"}
    made = admin.post(INVITE, facts)
    assert made.status_code == 200
    shown = made.context["link"]
    assert shown in made.content.decode()
    assert admin.post(INVITE, facts).status_code == 302
    assert shown not in admin.get(page_of(AccountInvitation.objects.get())).content.decode()
    assert accepted(shown.removeprefix(settings.ORIGIN)).status_code == 302


@pytest.mark.suite(0, 3)
@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        (("short", "short"), "password1"),
        (("password1234", "password1234"), "password1"),
        ((PASSWORD, "something else at all"), "password2"),
        (("", ""), "password1"),
    ],
)
def test_a_password_that_will_not_do_says_why_and_uses_nothing_up(db, sent, wrong):
    secret = invite(by=None, at=timezone.now(), **ANN).secret
    address = reverse("accept_invitation", args=[secret])
    answer = accepted(address, *sent)
    assert (answer.status_code, wrong in answer.context["form"].errors) == (422, True)
    assert accepted(address).status_code == 302


def test_a_link_that_opens_nothing_says_why(admin):
    now = timezone.now()
    used = invite(by=None, at=now, **ANN)
    address = reverse("accept_invitation", args=[used.secret])
    accepted(address)
    old = invite(by=None, at=now - LASTS - datetime.timedelta(minutes=1), **ANN | {"email": "b@example.org"})
    gone = invite(by=None, at=now, **ANN | {"email": "c@example.org"})
    admin.post(page_of(gone.invitation), {"act": "end"})
    said = {
        address: (410, used.invitation),
        reverse("accept_invitation", args=[old.secret]): (410, old.invitation),
        reverse("accept_invitation", args=[gone.secret]): (410, gone.invitation),
        reverse("accept_invitation", args=["x" * 43]): (404, None),
    }
    for path, expected in said.items():
        for answer in (Client().get(path), accepted(path)):
            assert (answer.status_code, answer.context["invitation"]) == expected
    assert User.objects.filter(name="Ann Reed").count() == 1


def test_who_is_signed_in_does_not_use_up_somebody_elses_link(admin):
    address = reverse("accept_invitation", args=[invite(by=None, at=timezone.now(), **ANN).secret])
    assert admin.post(address, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 422
    assert AccountInvitation.objects.get().is_open


def test_an_approving_officer_is_asked_when_another_administrator_has_confirmed(admin, administrator, other, sign_in):
    admin.post(INVITE, ANN | {"role": Role.APPROVING_OFFICER})
    page = page_of(AccountInvitation.objects.get())
    assert mail.outbox == []
    assert admin.post(page, {"act": "confirm"}).status_code == 422
    assert SecurityEvent.objects.count() == 1
    assert sign_in(other).post(page, {"act": "confirm"}).status_code == 302
    assert len(mail.outbox) == 1


def test_a_role_to_confirm_is_listed_and_confirmed_by_another(admin, officer, other, sign_in):
    facts = {"name": officer.name, "email": officer.email, "role": Role.ADMINISTRATOR, "reason": "She joins us."}
    facts["seen"] = mark_of(officer)
    change_page = reverse("admin:recommendations_user_change", args=[officer.pk])
    assert admin.post(change_page, facts).url == PEOPLE
    assert User.objects.get(pk=officer.pk).role == Role.OPCC_OFFICER
    page = reverse("person_change", args=[AccountChange.objects.get().pk])
    assert page in admin.get(PEOPLE).content.decode()
    assert admin.post(page, {"act": "confirm"}).status_code == 422
    assert sign_in(other).post(page, {"act": "confirm"}).status_code == 302
    assert User.objects.get(pk=officer.pk).role == Role.ADMINISTRATOR


def change_of(admin, person, **facts):
    """Another administrator asks for a change of an account, or makes it: the answer."""
    said = {"name": person.name, "email": person.email, "role": person.role, "entra_id": person.entra_id}
    said |= {"force": person.force_id or "", "seen": mark_of(person), "reason": "He said so."} | facts
    return admin.post(reverse("admin:recommendations_user_change", args=[person.pk]), said)


def has_factor(person) -> bool:
    return Authenticator.objects.filter(user=person).exists()


def mailed() -> list[tuple]:
    return [(*message.to, message.subject) for message in mail.outbox]


def test_another_address_is_told_to_the_old_and_the_new_one(admin, officer, member, other, sign_in):
    change_of(admin, member, email="ravi@example.org")
    assert mailed() == [(member.email, CHANGED), ("ravi@example.org", CHANGED)]
    mail.outbox.clear()
    change_of(admin, officer, email="hannah@example.org")
    assert mail.outbox == []
    sign_in(other).post(reverse("person_change", args=[AccountChange.objects.get().pk]), {"act": "confirm"})
    assert mailed() == [(officer.email, CHANGED), ("hannah@example.org", CHANGED)]


def test_another_object_id_is_told_to_whose_it_is(admin, member, other, sign_in, settings):
    settings.ENTRA_URL = "https://login.microsoftonline.com/1f3e0c52/v2.0"
    change_of(admin, member, entra_id="1f3e0c52-9a1b-4c7d-8e2f-0123456789ab")
    assert (User.objects.get(pk=member.pk).entra_id, mail.outbox) == ("", [])
    page = reverse("person_change", args=[AccountChange.objects.get().pk])
    sign_in(other).post(page, {"act": "confirm"})
    assert mailed() == [(member.email, CHANGED)]


def test_a_reset_of_the_second_factor_is_told_to_whose_it_is(admin, member, officer, other, sign_in):
    door.give_factor(officer)
    for person in (member, officer):
        admin.post(reverse("reset_factor", args=[person.pk]), {"reason": "Lost; I rang."})
    assert mailed() == [(member.email, CHANGED)]
    sign_in(other).post(reverse("person_change", args=[AccountChange.objects.get().pk]), {"act": "confirm"})
    assert mailed() == [(member.email, CHANGED), (officer.email, CHANGED)]


def test_an_officers_second_factor_waits_for_another_administrator_or_the_command_line(admin, officer):
    door.give_factor(officer)
    address = reverse("reset_factor", args=[officer.pk])
    page = admin.get(address).context
    assert (page["needs_two"], page["has_second"]) == (True, False)
    assert admin.post(address, {"reason": "Lost; I rang her."}).status_code == 302
    assert (has_factor(officer), mailed()) == (True, [])
    call_command("confirm_access", officer.email, reason="Joe is the only administrator.")
    assert (has_factor(officer), mailed()) == (False, [(officer.email, CHANGED)])


def test_each_change_that_waits_says_what_it_changes(admin, officer, approver, force_lead, eastvale):
    change_of(admin, force_lead, email="callum@example.org", force=eastvale.pk)
    change_of(admin, officer, role=Role.ADMINISTRATOR)
    door.give_factor(approver)
    admin.post(reverse("reset_factor", args=[approver.pk]), {"reason": "Lost; I rang her."})
    rows = LexborHTMLParser(admin.get(PEOPLE).content.decode()).css("#waiting + table tbody tr")
    cells = {row.css_first("a").text(): row.css_first("[data-label=Role]") for row in rows}
    # wording: what a change is stands in these words alone
    assert {name: " ".join(cell.text(separator=" ").split()) for name, cell in cells.items()} == {
        str(force_lead): f"Force inspection lead {force_lead.force}, to be {eastvale} Address to be callum@example.org",
        str(officer): "OPCC officer, to be administrator",
        str(approver): "Approving officer Second factor to be reset",
    }


def test_other_changes_are_told_to_nobody(admin, officer):
    change_of(admin, officer, name="Hannah Hale")
    assert mail.outbox == []


def test_where_no_mail_can_be_sent_the_page_says_so(admin, member, settings):
    down = {"host": "127.0.0.1", "port": 1}
    settings.MAILERS = {"default": {"BACKEND": "recommendations.emails.backend.Courier", "OPTIONS": down}}
    answer = change_of(admin, member, email="ravi@example.org")
    assert [message.level_tag for message in admin.get(answer.url).context["messages"]] == ["warning", "success"]


def test_who_confirms_sees_what_happened_to_the_account_before(admin, officer, other, sign_in):
    door.give_factor(officer)
    reset_second_factor(person=officer, reason="Lost; I rang her desk.", by=None, at=timezone.now())
    change_of(admin, officer, email="hannah@example.org")
    page = sign_in(other).get(reverse("person_change", args=[AccountChange.objects.get().pk]))
    assert page.context["recent"][0].reason == "Lost; I rang her desk."
    assert "Lost; I rang her desk." in page.content.decode()


def test_an_account_is_closed_and_what_was_open_is_on_the_colleagues_page(sign_in, administrator, officer, tracked):
    from recommendations.domain.register import closures

    now = timezone.now()
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=officer, at=now)
    colleague = make_person("Sam Cole", Role.OPCC_OFFICER)
    admin, address = sign_in(administrator), reverse("leave_account", args=[officer.pk])
    assert [kind for kind, _ in admin.get(address).context["kinds"]] == ["Closures asked for"]
    assert admin.post(address, {"reason": "Moved."}).status_code == 422
    assert admin.post(address, {"reason": "Moved.", "to": colleague.pk}).url == PEOPLE
    page = sign_in(colleague).get(reverse("handed_over"))
    assert (tracked.get_absolute_url() in page.content.decode(), page.context["people"]) == (True, [officer])
    assert reverse("handed_over") in sign_in(colleague).get(reverse("home")).content.decode()


def test_the_committees_of_a_member_and_who_has_none(admin, member):
    panel = make_panel()
    assert list(admin.get(PEOPLE).context["unseated"]) == [member]
    address = reverse("member_committees", args=[member.pk])
    assert admin.post(address, {}).status_code == 422
    assert admin.post(address, {"panels": panel.pk}).url == PEOPLE
    assert list(admin.get(PEOPLE).context["unseated"]) == []
    assert admin.get(address).context["form"].initial["panels"] == [panel.pk]


def test_the_second_factor_of_members_is_asked_for_until_it_is_switched_off(admin):
    person = make_person("Ann Abbot", Role.COMMITTEE_MEMBER)
    client = Client()
    door.sign_in(person.email, client=client)
    assert (is_signed_in(client), client.get(reverse("papers")).url) == (True, reverse("mfa_activate_totp"))
    admin.post(reverse("member_factor"), {"reason": "They only read."})
    assert client.get(reverse("papers")).status_code == 200
    assert admin.get(PEOPLE).context["members_need_factor"] is False


def test_the_commands_confirm_alone_and_seat_members(administrator, officer, member):
    invite(by=administrator, at=timezone.now(), **ANN | {"role": Role.ADMINISTRATOR})
    call_command("confirm_access", "ann@example.org", reason="Joe is alone.")
    assert AccountInvitation.objects.get().expires_at is not None
    for email in ("ann@example.org", "nobody@example.org"):
        with pytest.raises(CommandError):
            call_command("confirm_access", email, reason="Again.")
    with pytest.raises(CommandError):
        call_command("seat_members")
    panel = make_panel()
    call_command("seat_members")
    assert [seat.panel for seat in member.seats.current()] == [panel]
