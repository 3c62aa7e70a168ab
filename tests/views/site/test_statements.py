"""What everybody reads of the service itself: personal data, how to report a weakness, and security.txt (RFC 9116)."""

import datetime

import pytest
from django.urls import reverse

from recommendations.domain.people import records
from tests.conftest import AT

CONTACTS = ["mailto:security@marches.example", "https://marches.example/report"]


@pytest.mark.parametrize("name", ["data_protection", "disclosure"])
def test_a_statement_is_for_everybody_sets_no_cookie_and_names_the_office(client, sign_in, body, officer, name):
    body.office_email = "office@marches.example"
    records.keep(record=body, by=None, at=AT)
    public, ours = client.get(reverse(name)), sign_in(officer).get(reverse(name))
    assert [page.templates[0].name for page in (public, ours)] == ["public/statement.html", "site/statement.html"]
    assert [page.text.count("mailto:office@marches.example") for page in (public, ours)] == [1, 1]
    assert (dict(public.cookies), public["Cache-Control"]) == ({}, "private")


def test_what_is_kept_about_people_says_the_periods_that_the_office_has_set(client, db, settings):
    settings.ACCESS_RECORDS_DAYS, settings.FORMER_AFTER_DAYS = 97, 1_234
    told = [client.get(reverse("data_protection")).text for settings.ENTRA_URL in ("", "https://login.example/office")]
    assert [(each.count("97 days"), each.count("1,234 days"), "Your object id" in each) for each in told] == [
        (2, 1, False),
        (2, 1, True),
    ]


def test_a_contact_for_weaknesses_goes_before_the_office(client, body, settings):
    settings.SECURITY_CONTACT = CONTACTS
    page = client.get(reverse("disclosure"))
    assert [page.text.count(f'href="{contact}"') for contact in CONTACTS] == [1, 1]
    assert body.office_name not in page.text.split('id="contact"')[1].split("<h2")[0]


def test_security_txt_says_whom_to_tell_until_when(client, db, settings):
    settings.ORIGIN = "https://oversight.example.org"
    settings.SECURITY_CONTACT, settings.SECURITY_CONTACT_EXPIRES = CONTACTS, datetime.date(2027, 6, 30)
    answer = client.get("/.well-known/security.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.text == (
        "Contact: mailto:security@marches.example\r\n"
        "Contact: https://marches.example/report\r\n"
        "Expires: 2027-06-30T00:00:00Z\r\n"
        "Preferred-Languages: en\r\n"
        "Canonical: https://oversight.example.org/.well-known/security.txt\r\n"
        "Policy: https://oversight.example.org/report-a-security-problem/\r\n"
    )


def test_without_a_contact_there_is_no_security_txt(client, db):
    assert client.get(reverse("security_txt")).status_code == 404
