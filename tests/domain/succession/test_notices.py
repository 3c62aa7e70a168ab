"""Who is told of a change on its day: one email each, what it says, and whether it went."""

import pytest

from recommendations.domain.audit.verification import verify
from recommendations.domain.succession.carrying_out import carry_out_due_changes
from recommendations.domain.succession.notices import NOT_YET, notices_of
from recommendations.emails.daily import due_now, send_reminders
from recommendations.enums.succession import SuccessionKind
from recommendations.models import Force, PolicingBody, Succession, SuccessionNotice
from tests.conftest import make_inspection, make_tracked
from tests.domain.succession.plans import MARCHES, MAY, MAYOR, enter_confirmed, moment

MIDNIGHT, MORNING = moment(MAY, 0, 5), moment(MAY, 9)
STAYS = "Your account and your role stay as they are."


def said_to() -> dict[str, str]:
    return {each.person.name: each.text for each in SuccessionNotice.objects.select_related("person")}


@pytest.fixture
def merged(body, westmarch, eastvale, administrators, officer, force_lead, other_force_lead, member) -> Succession:
    """Westmarch Police merges into a new force; its lead leaves."""
    make_tracked(make_inspection(westmarch, needs_response=False, no_response_reason="None is asked for."))
    plan = enter_confirmed(
        SuccessionKind.MERGER, [westmarch], successor=eastvale, administrators=administrators, leads_stay=False
    )
    carry_out_due_changes(at=MIDNIGHT)
    return plan


def test_the_lead_and_the_office_are_told_and_no_one_else(merged):
    # wording: what a person is sent is the promise
    title = "Westmarch Police joins Eastvale Police on 5 May 2028."
    assert said_to() == {
        "Callum Tranter": f"{title}\n\nYour account is closed, because Westmarch Police ended.",
        "Hannah Whitlock": f"{title}\n\nFrom Westmarch Police: 1 recommendation.\n\n{STAYS}",
    }


def test_a_lead_who_stays_is_told_of_the_new_force(body, westmarch, eastvale, administrators, force_lead):
    # wording: what a person is sent is the promise
    enter_confirmed(
        SuccessionKind.MERGER, [westmarch, eastvale], administrators=administrators, leads_stay=True, **MARCHES
    )
    carry_out_due_changes(at=MIDNIGHT)
    assert said_to() == {
        "Callum Tranter": "Eastvale Police and Westmarch Police become Marches Police on 5 May 2028.\n\n"
        "You are an inspection lead of Marches Police now. Sign in again to go on."
    }
    assert Force.objects.get(name="Marches Police").people.get() == force_lead


def test_staff_of_a_body_that_is_followed_are_told_that_their_role_ended(
    body, westmarch, eastvale, administrators, officer, approver
):
    # wording: what a person is sent is the promise
    plan = enter_confirmed(
        SuccessionKind.NEW_BODY, [westmarch, eastvale], administrators=administrators, staff_changes=True, **MAYOR
    )
    carry_out_due_changes(at=MIDNIGHT)
    assert PolicingBody.objects.filter(name=MAYOR["body_name"]).exists()
    for text in said_to().values():
        assert text.split("\n\n")[-1].startswith("Your role ended with it.")
    assert [row.notice.person for row in notices_of(plan)] == [officer, approver]


def test_of_new_details_no_one_is_told(body, westmarch, administrators, officer, force_lead):
    enter_confirmed(SuccessionKind.FORCE_DETAILS, [westmarch], administrators=administrators, chief_officer="Ann Lowe")
    carry_out_due_changes(at=MIDNIGHT)
    assert said_to() == {}


def test_each_gets_one_email_and_the_page_says_so(merged, mailoutbox, settings):
    # wording: what a person is sent is the promise
    settings.ORIGIN = "https://oversight.example.org"
    assert {row.state for row in notices_of(merged)} == {NOT_YET}
    assert len(due_now(on=MAY, at=MORNING)) == 2
    for _ in range(2):
        list(send_reminders(on=MAY, clock=lambda: MORNING))
    sent = {mail.to[0]: mail for mail in mailoutbox}
    assert len(mailoutbox) == len(sent) == 2
    lead, officer = sent["callum.tranter@example.org"], sent["hannah.whitlock@example.org"]
    page = f"https://oversight.example.org{merged.get_absolute_url()}"
    assert (page in officer.body, page in lead.body) == (True, False)
    assert lead.subject == "Oversight: A change of forces or policing bodies"
    assert {row.state for row in notices_of(merged)} == {"Sent on 5 May 2028"}
    assert verify() == []


def test_a_notice_never_changes(merged):
    notice = SuccessionNotice.objects.first()
    with pytest.raises(ValueError, match="never changes"):
        notice.save()


def test_it_is_in_the_trail_whom_it_told(merged, django_assert_num_queries):
    assert verify() == []
    with django_assert_num_queries(1):
        assert len(notices_of(merged)) == 2
