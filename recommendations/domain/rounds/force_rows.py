"""An update round as the force works on it: where each line is, and the information shown with it."""

import datetime
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from recommendations.domain.forces.in_force import body_of
from recommendations.domain.register.sheet_columns import further_texts
from recommendations.domain.risk.delays import delay_texts, is_cause_needed
from recommendations.domain.rounds.drafts import BLANK, TO_DO
from recommendations.enums import LineState, Outcome, Vocabulary
from recommendations.models import ForceUpdate, Label, RoundAnswer, RoundDraft, RoundLine, UpdateRound
from recommendations.models.rounds import LineQuerySet
from recommendations.periods import london_day

ALL, TODO, RETURNED, DRAFTS, READY, NEW, GIVEN = "all", "todo", "returned", "drafts", "ready", "new", "given"
# The groups that a user of the force can show, in words that follow a number.
SHOWS = {
    ALL: "all",
    TODO: "to do",
    RETURNED: "returned to you",
    DRAFTS: "drafts",
    READY: "ready to release",
    NEW: "not started",
}
RETURNED_FIRST = Case(When(state=LineState.RETURNED, then=Value(0)), default=Value(1))
NO_DRAFT = Q(draft__isnull=True) | Q(**{f"draft__{name}": value for name, value in BLANK.items()})


@dataclass(frozen=True)
class PreviousUpdate:
    """The force's last update on a line: its day and text."""

    on: datetime.date
    text: str


@dataclass(frozen=True)
class ReturnedQuestion:
    """The office's question about an answer that it returned."""

    text: str
    who: str
    on: datetime.date


@dataclass(frozen=True)
class WorkLine:
    """A line with everything that the force needs to answer it.

    `shelf` is one of SHOWS, or GIVEN; `answer` is waiting or accepted; `returned` was returned by the office and not
    answered since.
    """

    line: RoundLine
    shelf: str
    before: PreviousUpdate | None
    question: ReturnedQuestion | None
    draft: RoundDraft | None
    answer: RoundAnswer | None
    returned: RoundAnswer | None = None

    @property
    def given(self) -> list[tuple[str, str]]:
        """Headings and texts of the answer, or else of the draft, apart from what was done."""
        said = self.answer or self.draft
        return [*further_texts(said), *delay_texts(said, getattr(self.line, "causes", {}))] if said else []

    @property
    def outcome(self) -> str:
        """The closure outcome that the draft asks for, in words."""
        asked = self.draft.closure_outcome if self.draft else ""
        return dict(Outcome.choices).get(asked, "")


def shelf() -> Case:
    """Return where a line is for the force, as an expression: one of SHOWS except ALL and TODO, or GIVEN."""
    return Case(
        When(~Q(state__in=TO_DO), then=Value(GIVEN)),
        When(draft__ready=True, then=Value(READY)),
        When(state=LineState.RETURNED, then=Value(RETURNED)),
        When(NO_DRAFT, then=Value(NEW)),
        default=Value(DRAFTS),
        output_field=CharField(),
    )


def lines_with_shelf(round: UpdateRound) -> LineQuerySet:
    """Return the lines of a round that need an answer or have one, annotated with `shelf`.

    Without those that another force has now: what is said of them since is not for this one.
    """
    return round.lines.needed().filter(tracked__force=F("round__force")).annotate(shelf=shelf())


def counts(lines: QuerySet) -> dict[str, int]:
    """Return how many lines are in each of SHOWS and in GIVEN. One query."""
    found = dict(lines.order_by().values_list("shelf").annotate(Count("pk")))
    told = {shelf: found.get(shelf, 0) for shelf in (RETURNED, DRAFTS, READY, NEW, GIVEN)}
    todo = sum(told.values()) - told[GIVEN]
    return {ALL: sum(told.values()), TODO: todo} | told


def filter_by_shelf[Lines: QuerySet](lines: Lines, show: str) -> Lines:
    """Filter the lines to one of SHOWS."""
    if show == ALL:
        return lines
    return lines.exclude(shelf=GIVEN) if show == TODO else lines.filter(shelf=show)


def leads_of(round: UpdateRound) -> list[str]:
    """Return the chief officer leads of a round's lines, by name."""
    lead = "tracked__chief_officer_lead"
    named = round.lines.needed().filter(tracked__force=F("round__force")).exclude(**{lead: ""}).order_by(lead)
    return list(named.values_list(lead, flat=True).distinct())


def work_lines(lines: LineQuerySet) -> list[WorkLine]:
    """Return these lines with the previous update, the office's question and the draft. Three queries.

    Four if a line is late: the force is then asked for the cause (`causes` of the line).
    """
    found = list(lines.with_record().select_related("draft__saved_by").order_by("position"))
    latest = ForceUpdate.objects.filter(tracked__in=[line.tracked_id for line in found]).standing().latest_of_each()
    updates = {update.tracked_id: update for update in latest}
    given = RoundAnswer.objects.filter(line__in=[line.pk for line in found]).select_related("decided_by")
    answers = {answer.line_id: answer for answer in given.order_by("released_at", "pk")}
    late = [line for line in found if is_cause_needed(line.tracked, line.round.due_on)]
    causes = Label.objects.words()[Vocabulary.DELAY_CAUSE] if late else {}
    for line in late:
        line.causes = causes
    return [_work_line(line, line.shelf, updates.get(line.tracked_id), answers.get(line.pk)) for line in found]


def _work_line(line: RoundLine, shelf: str, update: ForceUpdate | None, answer: RoundAnswer | None) -> WorkLine:
    draft = getattr(line, "draft", None)
    returned = answer if answer and answer.state == LineState.RETURNED else None
    before = PreviousUpdate(update.effective_on, update.done) if update else None
    if returned:
        before = PreviousUpdate(returned.effective_on, returned.done or "No change.")
    asked = returned if line.state == LineState.RETURNED else None
    return WorkLine(
        line=line,
        shelf=shelf,
        before=before,
        question=_question(asked) if asked else None,
        draft=draft,
        answer=answer if line.state not in TO_DO else None,
        returned=asked,
    )


def _question(answer: RoundAnswer) -> ReturnedQuestion:
    who = answer.decided_by.name if answer.decided_by else ""
    assert answer.decided_at is not None  # an answer with a question is decided (roundanswer_state_has_its_stamps)
    return ReturnedQuestion(answer.question, who, london_day(answer.decided_at))


def office_of(round: UpdateRound, today: datetime.date) -> str:
    """Return the name of the office that asks: of a closed round, that of the day on which it was closed."""
    closed_on = london_day(round.closed_at) if round.closed_at else None
    body = body_of(round.force, closed_on or today)
    if body is None:
        return "the office"
    return (body.details_on(closed_on) if closed_on else body).office_name
