"""Versions of an action plan, as tests need them."""

import datetime

from recommendations.digests import sha256_of
from recommendations.domain.action_plans import versions
from recommendations.domain.action_plans.compile import compile_plan
from recommendations.enums import InspectionKind
from recommendations.models import ActionPlan, Force, Inspection
from recommendations.periods import london_day
from recommendations.trail import verb
from tests.conftest import AT, make_inspection

HOUR = datetime.timedelta(hours=1)
PDF = b"%PDF-1.7"


def fire_inspection(force: Force, **facts):
    """A fire and rescue inspection of a service."""
    said = {"kind": InspectionKind.FIRE, "title": "Marches Fire and Rescue 2026", "short_name": "Fire 26"}
    return make_inspection(force, **said | facts)


def fire_of_before(force: Force, **facts):
    """One recorded while a response was still written for a fire and rescue inspection."""
    return recorded_before(fire_inspection(force, **facts), at=facts.get("at", AT))


def recorded_before(fire: Inspection, *, at=AT) -> Inspection:
    """The same inspection as if it had been recorded when such inspections still needed a response."""
    fire.needs_response, fire.no_response_reason = True, ""
    with verb("edit", by=None, at=at) as act:
        act.save(fire)
    return fire


def prepared(force: Force, *, by, at=AT) -> ActionPlan:
    """A version that waits, as it was looked at."""
    seen = sha256_of(compile_plan(force=force, on=london_day(at)).to_json())
    return versions.prepare_plan(force=force, seen=seen, by=by, at=at)


def published(force: Force, *, by, approver, at=AT, pdf=PDF) -> ActionPlan:
    """One that an approving officer published an hour later; its PDF is not made, but given."""
    waiting = prepared(force, by=by, at=at)
    return versions.publish_plan(plan=waiting, render=lambda *_, **__: pdf, by=approver, at=at + HOUR)
