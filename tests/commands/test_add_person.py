"""`add_person` from the command line: an account without a password, and how one is set."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from recommendations.models import TrailEntry, User


def add(**options) -> str:
    out = StringIO()
    facts = {"email": "gwen@example.org", "name": "Gwen Ashdown", "role": "administrator"} | options
    call_command("add_person", stdout=out, **facts)
    return out.getvalue()


def test_the_first_administrator(db, settings):
    settings.ORIGIN = "https://oversight.example.org"
    said = add()
    person = User.objects.get()
    assert (person.email, person.role, person.has_usable_password()) == ("gwen@example.org", "administrator", False)
    assert said.splitlines() == [
        "Gwen Ashdown is added as administrator, without a password.",
        "To set one, they enter gwen@example.org at https://oversight.example.org/account/password/reset/ "
        "and follow the link in the email.",
    ]
    assert list(TrailEntry.objects.values_list("verb", "by_name", "about")) == [
        ("add_user", "the command line", "Gwen Ashdown")
    ]


def test_a_lead_has_a_force(westmarch):
    add(role="force_inspection_lead", force="westmarch")
    assert User.objects.get(email="gwen@example.org").force == westmarch


def test_an_administrator_alone_adds_a_member_and_nobody_who_writes(administrator):
    with pytest.raises(CommandError, match="Another administrator confirms"):
        add(role="opcc_officer", by=administrator.email)
    add(role="committee_member", by=administrator.email)
    assert TrailEntry.objects.order_by("sequence").last().by == administrator


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"role": "force_inspection_lead"}, "A force inspection lead has a force"),
        ({"force": "westmarch"}, "A force inspection lead has a force"),
        ({"force": "nowhere"}, "There is no force nowhere."),
        ({"by": "nobody@example.org"}, "No one has the address nobody@example.org."),
        ({"email": "HANNAH.WHITLOCK@example.org"}, "Someone has an account"),
        ({"email": "no address"}, "Enter a valid email address."),
        ({"email": "gwen@office.invalid"}, "No mail reaches an address that ends in “.invalid”"),
        ({"role": "king"}, "invalid choice"),
    ],
)
def test_what_cannot_be_is_said(westmarch, officer, options, message):
    before = User.objects.count()
    with pytest.raises(CommandError, match=message):
        add(**options)
    assert User.objects.count() == before
