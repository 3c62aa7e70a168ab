"""manage.py carry_out_changes, and the worker, which does the same each minute."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from recommendations.enums import Role
from recommendations.enums.succession import SuccessionKind, SuccessionState
from recommendations.models import Succession
from tests.conftest import make_person
from tests.domain.succession.plans import MARCHES, MAY, MAYOR, enter, enter_confirmed, moment
from tests.per_module import per_module

MIDNIGHT = moment(MAY, 0, 5)


@pytest.fixture
def at_midnight(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: MIDNIGHT)


@per_module
def administrators(administrator):
    return administrator, make_person("Nadia Ferris", Role.ADMINISTRATOR)


def run(command: str = "carry_out_changes", *options: str) -> str:
    out = io.StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue().strip()


def test_what_is_due_is_done_once(body, westmarch, administrators, at_midnight):
    enter_confirmed(SuccessionKind.NEW_BODY, [westmarch], administrators=administrators, **MAYOR)
    assert [run(), run()] == ["Mayor of the Marches oversees Westmarch Police: done.", "No change is due."]


def test_what_could_not_be_done_is_an_error_with_the_reason(body, westmarch, eastvale, administrators, at_midnight):
    enter_confirmed(SuccessionKind.MERGER, [westmarch, eastvale], administrators=administrators, **MARCHES)
    enter_confirmed(SuccessionKind.FORCE_DETAILS, [eastvale], administrators=administrators, force_name="Vale Police")
    out = io.StringIO()
    call_command("succeed_force", force="eastvale", successor="westmarch", on="1/5/2028", reason="x", stdout=out)
    with pytest.raises(CommandError):
        call_command("carry_out_changes", stdout=out)
    assert "succeeded Eastvale Police on 1 May 2028 already." in out.getvalue()


def test_one_is_confirmed_where_there_is_one_administrator(body, westmarch, administrator, at_midnight):
    plan = enter(SuccessionKind.NEW_BODY, [westmarch], by=administrator, **MAYOR)
    with pytest.raises(CommandError, match="Say why"):
        run("carry_out_changes", "--confirm", str(plan.pk))
    with pytest.raises(CommandError, match="There is no change ahead 999"):
        run("carry_out_changes", "--confirm", "999")
    said = run("carry_out_changes", "--confirm", str(plan.pk), "--reason", "Joe is the only one.")
    assert said == "Mayor of the Marches oversees Westmarch Police: done. Its day is 5 May 2028."


def test_the_worker_does_it_too(body, westmarch, administrators, at_midnight):
    enter_confirmed(SuccessionKind.NEW_BODY, [westmarch], administrators=administrators, **MAYOR)
    assert run("build_papers") == "Nothing waits to be made."
    assert Succession.objects.get().state == SuccessionState.DONE
