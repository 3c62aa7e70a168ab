"""Where update rounds stand: how much is answered, who has what, how long is left, who is told on which day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from recommendations.enums import LineState, Role
from recommendations.models import Force, RoundAnswer, RoundLine, UpdateRound, User
from recommendations.periods import say_days

NO_LEAD = "No lead named"
DEFAULT_DAYS = 14
REMIND_BEFORE = 3


@dataclass(frozen=True)
class RoundFigures:
    """How many lines of a round are in each state. `unneeded`: closed before they were answered, and not counted.

    What was asked is either answered or with the force: asked = answered + with_the_force.
    """

    accepted: int = 0
    to_look_at: int = 0
    returned: int = 0
    not_answered: int = 0
    unneeded: int = 0

    @property
    def asked(self) -> int:
        return self.answered + self.with_the_force

    @property
    def answered(self) -> int:
        """What has an answer that stands: accepted, or for the office to look at. One that was returned does not."""
        return self.accepted + self.to_look_at

    @property
    def with_the_force(self) -> int:
        """What the force has to answer: not answered yet, and returned with a question."""
        return self.not_answered + self.returned


@dataclass(frozen=True)
class LeadFigures:
    """What one chief officer lead was asked, has answered (RoundFigures.answered), and has to answer again."""

    lead: str
    asked: int
    answered: int
    returned: int

    @property
    def words(self) -> str:
        return self.lead or NO_LEAD

    @property
    def not_answered(self) -> int:
        return self.asked - self.answered - self.returned


@dataclass(frozen=True)
class ReminderDays:
    """The days on which the force is reminded. `before` is None where the round is too short for it."""

    before: datetime.date | None
    last: datetime.date
    after: datetime.date


def figures_of(rounds: Iterable[UpdateRound]) -> dict[int, RoundFigures]:
    """Round id → its figures, for each of these rounds. One query."""
    ids = [round.pk for round in rounds]
    counted = RoundLine.objects.filter(round__in=ids).order_by().values("round")
    needed = Q(pk__in=RoundLine.objects.filter(round__in=ids).order_by().needed().values("pk"))
    figures = {
        "accepted": Count("pk", filter=Q(state=LineState.ACCEPTED)),
        "to_look_at": Count("pk", filter=needed & Q(state=LineState.RELEASED)),
        "returned": Count("pk", filter=needed & Q(state=LineState.RETURNED)),
        "not_answered": Count("pk", filter=needed & Q(state=LineState.ASKED)),
        "unneeded": Count("pk", filter=~needed),
    }
    rows = counted.annotate(**figures).values_list("round", *figures)
    found = {pk: RoundFigures(**dict(zip(figures, numbers, strict=True))) for pk, *numbers in rows}
    return {pk: found.get(pk, RoundFigures()) for pk in ids}


def figures_by_lead(round: UpdateRound) -> list[LeadFigures]:
    """What each chief officer lead was asked and has answered, by name; without a lead last. One query."""
    rows = round.lines.needed().order_by("tracked__chief_officer_lead").values_list("tracked__chief_officer_lead")
    counted = rows.annotate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(state__in=(LineState.ACCEPTED, LineState.RELEASED))),
        returned=Count("pk", filter=Q(state=LineState.RETURNED)),
    )
    return sorted((LeadFigures(*row) for row in counted), key=lambda each: (not each.lead, each.lead))


def days_left(round: UpdateRound, today: datetime.date) -> int:
    """The days from `today` (London) to the last day: 0 on it, less than 0 after it."""
    return (round.due_on - today).days


def say_days_left(round: UpdateRound, today: datetime.date) -> tuple[str, str]:
    """How long is left, the figure and the rest: ("6 days", "left"), ("Last day", "today"), ("2 days", "late")."""
    left = days_left(round, today)
    if left == 0:
        return "Last day", "today"
    return say_days(abs(left)), "left" if left > 0 else "late"


def reminder_days(round: UpdateRound) -> ReminderDays:
    """The working days on which the force is reminded: three days before the last day, and after it."""
    before = _working_day(round.due_on - datetime.timedelta(days=REMIND_BEFORE), back=True)
    after = _working_day(round.due_on + datetime.timedelta(days=1))
    return ReminderDays(before if before > round.asked_on else None, round.due_on, after)


def default_due_on(today: datetime.date) -> datetime.date:
    """The day that is offered as the last day: two weeks ahead, a working day."""
    return _working_day(today + datetime.timedelta(days=DEFAULT_DAYS))


def _working_day(day: datetime.date, *, back: bool = False) -> datetime.date:
    """That day, or the Monday after it; the Friday before it with `back`."""
    past_friday = max(0, day.weekday() - 4)
    if not past_friday:
        return day
    return day - datetime.timedelta(days=past_friday) if back else day + datetime.timedelta(days=3 - past_friday)


def who_can_answer(force: Force) -> list[User]:
    """The people of a force who can answer a round now: its inspection leads with an account that works."""
    return list(User.objects.filter(force=force, role=Role.FORCE_INSPECTION_LEAD, is_active=True).order_by("name"))


def is_late(answer: RoundAnswer, round: UpdateRound) -> bool:
    """Whether an answer is of a day after the round's last day."""
    return answer.effective_on > round.due_on
