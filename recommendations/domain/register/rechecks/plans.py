"""The plan of a recheck: when a closure is looked at again, and what shows that it held. Set in advance."""

import datetime
from dataclasses import dataclass

from django.conf import settings

from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.register import RecheckAnswer
from recommendations.enums.risk import Risk
from recommendations.models import Closure, Recheck, TrackedRecommendation
from recommendations.periods import london_day, say
from recommendations.sections import Section
from recommendations.trail import VerbContext

LONGEST = datetime.timedelta(days=3660)  # ahead
AFTER_HIGH_RISK = 6  # months


@dataclass(frozen=True)
class LookPlan:
    """The day to look again, and what will show that it held. Without a day there is no recheck."""

    look_on: datetime.date | None = None
    held_if: str = ""


def usual_months(tracked: TrackedRecommendation) -> int:
    """After how many months the office usually rechecks a closure; 0: not at all.

    The setting LOOK_AGAIN_MONTHS, if set; else six months if its risk was high.
    """
    is_high = Section.RISK.is_on and tracked.standing.risk == Risk.HIGH
    return settings.LOOK_AGAIN_MONTHS or (AFTER_HIGH_RISK if is_high else 0)


def plan_of(closure: Closure) -> LookPlan:
    """The latest plan for a closure's recheck, or an empty one."""
    row = closure.rechecks.standing().latest_first().first()
    return LookPlan(row.look_on, row.held_if) if row and row.look_on else LookPlan()


def check_plan(plan: LookPlan, at: datetime.datetime) -> None:
    """Raise Refusal if the day is missing, not in the future or over ten years away, or the measure is missing."""
    today = london_day(at)
    if plan.look_on is None:
        raise Refusal("Enter the day on which to look again.", "look_on")
    if plan.look_on <= today:
        raise Refusal(f"{say(plan.look_on)} is not ahead. Enter a day after today.", "look_on")
    if plan.look_on > today + LONGEST:
        raise Refusal("Enter a day within the next ten years.", "look_on")
    if not plan.held_if.strip():
        raise Refusal("Say how you will know that it lasted.", "held_if")


def save_plan(act: VerbContext, closure: Closure, plan: LookPlan, *, on: datetime.date, saw: str = "") -> Recheck:
    """The part of a verb that saves a plan, or that there is no recheck. Raises Refusal as check_plan does."""
    if plan.look_on:
        check_plan(plan, act.at)
    return act.save(
        Recheck(
            tracked=closure.tracked,
            closure=closure,
            answer=RecheckAnswer.AGAIN if plan.look_on else RecheckAnswer.NOT_AGAIN,
            look_on=plan.look_on,
            held_if=plan.held_if.strip() if plan.look_on else "",
            saw=saw.strip(),
            effective_on=on,
            recorded_at=act.at,
            recorded_by=act.by,
        )
    )
