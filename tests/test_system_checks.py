"""The contact for weaknesses: what does not start, and what `manage.py check` warns of."""

import datetime
import runpy

import pytest
from django.core.checks import WARNING, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.utils.timezone import localdate

from tests.test_setup import ROOT

DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(("days", "said"), [(-1, "ran out on"), (0, "runs out on"), (30, "runs out on"), (31, None)])
def test_a_contact_that_runs_out_is_warned_of(settings, days, said):
    last = localdate() + days * DAY
    settings.SECURITY_CONTACT_EXPIRES = last
    told = [each.msg for each in run_checks(tags=["security"]) if each.id == "oversight.W001"]
    assert told == ([f"SECURITY_CONTACT_EXPIRES {said} {last:%-d %B %Y}."] if said else [])


def test_what_the_settings_switch_off_is_mentioned_and_is_no_fault(settings):
    def noted() -> list[tuple[int, str]]:
        checks = run_checks(tags=["security"], include_deployment_checks=True)
        return [(each.level, each.msg) for each in checks if each.id == "oversight.I016"]

    assert noted() == []
    settings.SECTIONS_OFF = ("panels", "custody")
    ((level, words),) = noted()
    assert level < WARNING
    assert "panels, custody" in words


@pytest.mark.parametrize(
    ("contact", "last", "said"),
    [
        ("security@marches.example", "2027-06-30", "Let each SECURITY_CONTACT begin with mailto:"),
        ("http://marches.example/report", "2027-06-30", "Let each SECURITY_CONTACT begin with mailto:"),
        ("mailto:security@marches.example", "", "Set SECURITY_CONTACT_EXPIRES"),
        ("mailto:security@marches.example", "30/06/2027", "Set SECURITY_CONTACT_EXPIRES"),
    ],
)
def test_it_does_not_start_with_a_contact_that_will_not_do(monkeypatch, contact, last, said):
    monkeypatch.setenv("SECURITY_CONTACT", contact)
    monkeypatch.setenv("SECURITY_CONTACT_EXPIRES", last)
    with pytest.raises(ImproperlyConfigured, match=said):
        runpy.run_path(str(ROOT / "oversight/settings.py"))
