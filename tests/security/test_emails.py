"""No text of a record leaves in an email: the mail server and the mailboxes are not ours."""

import datetime

from recommendations.emails.daily import send_reminders
from recommendations.models import User
from tests.conftest import AT
from tests.security.world import CANARY


def test_no_text_of_a_record_leaves_in_an_e_mail(world, mailoutbox):
    """Every text of the second force has a canary: recommendation, note, question, the names of round, force, panel."""
    for days in (1, 11, 20):
        on = AT.date() + datetime.timedelta(days=days)
        assert [each.problem for each in send_reminders(on=on, clock=lambda: AT)] != []
    received = {address for mail in mailoutbox for address in mail.to}
    told = ("lead_a", "lead_b", "lead_no_factor", "officer", "approver", "no_factor", "member")
    assert received == {world.people[who].email for who in told}
    for mail in mailoutbox:
        text = mail.message().as_string().lower()
        told = text.replace(mail.to[0].lower(), "")
        assert CANARY not in told
        assert [each.name for each in User.objects.all() if each.name.lower() in told] == []
        assert [word for word in ("westmarch", "eastvale", "november round", "r asked", "-0001") if word in told] == []
