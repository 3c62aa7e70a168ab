"""`invite_administrator`: the office and its body get names of their own, and a second administrator is invited."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from recommendations.models import AccountInvitation, PolicingBody

OFFICE = {"office_name": "Marches OPCC", "body": "Mayor of the Marches", "kind": "mayor"}


def invite(name: str, **options) -> str:
    out = StringIO()
    facts = {"name": name, "email": f"{name.lower()}@example.org", "print_link": True} | options
    call_command("invite_administrator", stdout=out, **facts)
    return out.getvalue()


def test_the_body_has_a_name_and_kind_of_its_own(db):
    invite("Ada", **OFFICE)
    invite("Ben", **OFFICE | {"body": "Another"})
    body = PolicingBody.objects.get()
    assert (body.name, body.slug, body.kind, body.office_name) == (
        "Mayor of the Marches",
        "mayor-of-the-marches",
        "mayor",
        "Marches OPCC",
    )


def test_two_administrators_are_invited_and_no_one_confirms_them(db):
    links = re.findall(r"/invitation/([\w-]{43})/", invite("Ada", **OFFICE) + invite("Ben"))
    assert len(set(links)) == 2
    found = AccountInvitation.objects.order_by("pk")
    assert [(each.name, each.role, each.needs_second) for each in found] == [
        ("Ada", "administrator", False),
        ("Ben", "administrator", False),
    ]


def test_part_of_the_names_is_not_enough(db):
    with pytest.raises(CommandError, match="Give --office-name, --body and --kind together"):
        invite("Ada", office_name="Marches OPCC")
    assert AccountInvitation.objects.count() == PolicingBody.objects.count() == 0


def test_an_address_that_no_mail_reaches_is_refused(db):
    with pytest.raises(CommandError, match=r"No mail reaches an address that ends in “\.example”"):
        invite("Ada", email="ada@office.example")
    assert AccountInvitation.objects.count() == 0
