"""The progress of update rounds: how much is answered, who has what, the days left, and the reminder days."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from recommendations.enums import LineState, Role
from recommendations.models import Force, RoundAnswer, RoundLine, UpdateRound, User
from recommendations.periods import say_days
from recommendations.working_days import Proclaimed, working_day

NO_LEAD = "No lead named"
DEFAULT_DAYS = 14
REMIND_BEFORE = 3


@dataclass(frozen=True)
class RoundFigures:
    """How many lines of a round are in each state. `unneeded` lines were closed before an answer, and are not counted.

    Every line asked is either answered or with the force: asked = answered + with_the_force.
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
        """Lines with an answer that is accepted or waiting for the office. A returned one does not count."""
        return self.accepted + self.to_look_at

    @property
    def with_the_force(self) -> int:
        """Lines that the force still has to answer: not answered yet, or returned with a question."""
        return self.not_answered + self.returned


@dataclass(frozen=True)
class LeadFigures:
    """One chief officer lead's lines: asked, answered (as RoundFigures.answered) and returned."""

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
    """The days on which the force is reminded. `before` is None if the round is too short for it."""

    before: datetime.date | None
    last: datetime.date
    after: datetime.date


def figures_of(rounds: Iterable[UpdateRound]) -> dict[int, RoundFigures]:
    """Return each round's figures, by round id. One query."""
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
    """Return the figures of each chief officer lead, by name, with "no lead" last. One query."""
    rows = round.lines.needed().order_by("tracked__chief_officer_lead").values_list("tracked__chief_officer_lead")
    counted = rows.annotate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(state__in=(LineState.ACCEPTED, LineState.RELEASED))),
        returned=Count("pk", filter=Q(state=LineState.RETURNED)),
    )
    return sorted((LeadFigures(*row) for row in counted), key=lambda each: (not each.lead, each.lead))


def days_left(round: UpdateRound, today: datetime.date) -> int:
    """Return the days from `today` (London) to the last day: 0 on that day, negative after it."""
    return (round.due_on - today).days


def say_days_left(round: UpdateRound, today: datetime.date) -> tuple[str, str]:
    """Return the time left as a figure and a word: ("6 days", "left"), ("Last day", "today"), ("2 days", "late")."""
    left = days_left(round, today)
    if left == 0:
        return "Last day", "today"
    return say_days(abs(left)), "left" if left > 0 else "late"


def reminder_days(round: UpdateRound, proclaimed: Proclaimed) -> ReminderDays:
    """Return the working days on which the force is reminded: three days before the last day, and after it.

    `proclaimed` are the bank holidays that administrators added (BankHoliday.objects.by_day()).
    """
    before = working_day(round.due_on - datetime.timedelta(days=REMIND_BEFORE), proclaimed, back=True)
    after = working_day(round.due_on + datetime.timedelta(days=1), proclaimed)
    return ReminderDays(before if before > round.asked_on else None, round.due_on, after)


def default_due_on(today: datetime.date, proclaimed: Proclaimed) -> datetime.date:
    """Return the suggested last day: two weeks ahead, on a working day. `proclaimed` as for reminder_days."""
    return working_day(today + datetime.timedelta(days=DEFAULT_DAYS), proclaimed)


def who_can_answer(force: Force) -> list[User]:
    """Return the users of a force who can answer a round: its inspection leads with an active account."""
    return list(User.objects.filter(force=force, role=Role.FORCE_INSPECTION_LEAD, is_active=True).order_by("name"))


def is_late(answer: RoundAnswer, round: UpdateRound) -> bool:
    """Whether an answer's day is after the round's last day."""
    return answer.effective_on > round.due_on
