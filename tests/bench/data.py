"""A large office, written in bulk: 10,000 tracked recommendations over 43 forces with 100,000 dated rows, or more.

Only a measurement may write like this, past verbs, trail and history. What the pages read is whole: how everything
stands follows from the dated rows (tests/bench/test_data.py holds them together).
"""

import datetime
import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched

from allauth.mfa.models import Authenticator
from django.db import connection, models

from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.search import following
from recommendations.enums import (
    AssuranceView,
    BodyKind,
    ClosureState,
    DeadlineKind,
    InspectionKind,
    InspectorateStatusKind,
    Outcome,
    PaperState,
    Position,
    RecommendationKind,
    Role,
    Stage,
)
from recommendations.models import (
    Assurance,
    Closure,
    Force,
    ForceUpdate,
    Inspection,
    InspectionForce,
    InspectorateStatus,
    IssuedFile,
    Oversight,
    PolicingBody,
    Recommendation,
    ScrutinyReport,
    Standing,
    TargetDate,
    TrackedRecommendation,
    User,
)
from recommendations.periods import Period
from tests.bench.words import FORCE_NAMES, LEADS, OFFICERS, paragraph

SINCE = datetime.date(2012, 11, 22)
NATIONAL = 0.69  # this share of the lines comes from reports that cover every force
PER_REPORT = 8
AT_ONCE = 1_000  # lines that are in memory, each with its dated rows
EDITORS = 8


@dataclass(frozen=True)
class Size:
    forces: int = 43
    tracked: int = 10_000
    dated: int = 100_000
    years: int = 4  # since the oldest report

    @property
    def dated_each(self) -> int:
        return self.dated // self.tracked


@dataclass
class Office:
    """What was written so far, and what the dice say. The same seed gives the same office."""

    size: Size
    today: datetime.date
    dice: random.Random = field(default_factory=lambda: random.Random(55))
    forces: list[Force] = field(default_factory=list)
    officer: User | None = None
    approver: User | None = None
    administrator: User | None = None
    editors: list[User] = field(default_factory=list)

    @property
    def one_force(self) -> Force:
        """The force that is filtered by, that has a paper, and of which the bench saves something before each page."""
        return self.forces[min(3, len(self.forces) - 1)]

    def published_on(self) -> datetime.date:
        """Two months to four years ago, or as many as the office has; most often about a year, of ten years any day."""
        most = 300 if self.size.years <= Size.years else None
        return self.today - datetime.timedelta(days=int(self.dice.triangular(60, self.size.years * 365, most)))


def write(rows: list) -> list:
    """Insert rows of one model, past its guard."""
    return models.QuerySet(type(rows[0])).bulk_create(rows, batch_size=1_000) if rows else rows


def moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(10), tzinfo=datetime.UTC)


def tidy() -> None:
    """Do at once what the database does by itself within minutes."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def load(size: Size, today: datetime.date) -> Office:
    """Fill an empty database. However large it is to be, a thousand lines are in memory at a time."""
    office = Office(size, today)
    _open(office)
    for lines in batched(_tracked(office), AT_ONCE):
        _tell(office, lines)
    Standing.objects.rebuild()
    following.rebuild()
    return office


def _open(office: Office) -> None:
    body = write([PolicingBody(name="The Authority", slug="authority", kind=BodyKind.AUTHORITY, office_name="Office")])[
        0
    ]
    names = FORCE_NAMES[: office.size.forces]
    office.forces = write(
        [
            Force(name=f"{name} Police", short_name=name, slug=name.lower(), reference_prefix=f"F{place:02}")
            for place, name in enumerate(names, start=1)
        ]
    )
    write([Oversight(body=body, force=force, since=SINCE) for force in office.forces])
    people = [(OFFICERS[0], Role.OPCC_OFFICER), (OFFICERS[1], Role.APPROVING_OFFICER), ("Ada", Role.ADMINISTRATOR)]
    people += [(f"Editor{number} Grey", Role.OPCC_OFFICER) for number in range(EDITORS)]
    users = [User(email=f"{name.split()[0].lower()}@bench.example.org", name=name, role=role) for name, role in people]
    office.officer, office.approver, office.administrator, *office.editors = write(users)
    write([Authenticator(user=user, type=Authenticator.Type.TOTP, data={}) for user in users])


def _asked(office: Office) -> Iterator[tuple[Recommendation, list[Force]]]:
    """Reports and what they ask, with the forces that follow each: as many as the lines that are wanted."""
    size = office.size
    national = round(size.tracked * NATIONAL / size.forces)
    for place in range(0, national, PER_REPORT):
        title = f"National inspection {place // PER_REPORT + 1}"
        yield from _report(office, title, InspectionKind.THEMATIC, office.forces, min(PER_REPORT, national - place))
    left = size.tracked - national * size.forces
    for place, force in enumerate(office.forces):
        count = left // size.forces + (place < left % size.forces)
        yield from _report(office, f"PEEL assessment: {force.name}", InspectionKind.PEEL, [force], count)


def _report(office: Office, title: str, kind: str, forces: list[Force], count: int):
    published_on = office.published_on()
    inspection = write([Inspection(title=title, short_name=title[-12:], kind=kind, published_on=published_on)])[0]
    write([InspectionForce(inspection=inspection, force=force) for force in forces])
    rows = [_recommendation(office, inspection, place) for place in range(1, count + 1)]
    return [(recommendation, forces) for recommendation in write(rows)]


def _recommendation(office: Office, inspection: Inspection, place: int) -> Recommendation:
    dice = office.dice
    kind = RecommendationKind.RECOMMENDATION if place % 3 else RecommendationKind.AREA_FOR_IMPROVEMENT
    deadline = dice.choices([DeadlineKind.NONE, DeadlineKind.RELATIVE, DeadlineKind.IMMEDIATE], [45, 47, 8])[0]
    due_on = {
        DeadlineKind.NONE: None,
        DeadlineKind.RELATIVE: inspection.published_on + datetime.timedelta(days=dice.choice([183, 365, 548, 730])),
        DeadlineKind.IMMEDIATE: inspection.published_on,
    }[deadline]
    text = paragraph(dice, 600)
    return Recommendation(
        inspection=inspection,
        kind=kind,
        number=str(place),
        position=place,
        heading=" ".join(text.split()[:8]),
        text=text,
        deadline_words=""
        if due_on is None
        else "With immediate effect"
        if due_on == inspection.published_on
        else "Within",
        deadline_kind=deadline,
        deadline_on=due_on,
    )


def _tracked(office: Office) -> Iterator[TrackedRecommendation]:
    numbers = Counter()
    for recommendation, forces in _asked(office):
        directed = office.dice.random() > 0.06
        for force in forces:
            numbers[force.pk] += 1
            yield _line(office, recommendation, force, numbers[force.pk], directed)


def _line(office: Office, recommendation: Recommendation, force: Force, number: int, directed: bool):
    day = recommendation.inspection.published_on
    return TrackedRecommendation(
        recommendation=recommendation,
        force=force,
        reference=f"{force.reference_prefix}-{number:04}",
        directed_to_force=directed,
        chief_officer_lead=office.dice.choice(LEADS),
        opcc_lead=OFFICERS[force.pk % len(OFFICERS)],
        tracked_on=day,
        recorded_at=moment(day),
        deadline_kind=recommendation.deadline_kind,
        deadline_on=recommendation.deadline_on,
    )


def _tell(office: Office, tracked: Iterable[TrackedRecommendation]) -> None:
    """Give each line its dated rows and perhaps a closure, and write all."""
    told: dict[type, list] = {ForceUpdate: [], Assurance: [], InspectorateStatus: [], TargetDate: [], Closure: []}
    for line in tracked:
        for row in _story(office, line):
            told[type(row)].append(row)
    write(list(tracked))
    for rows in told.values():
        for row in rows:
            row.tracked_id = row.tracked.pk
        write(rows)


def _story(office: Office, line: TrackedRecommendation) -> Iterable[models.Model]:
    dice = office.dice
    targets, assurances, statuses = dice.randint(0, 4), dice.randint(0, 3), dice.randint(0, 2)
    updates = office.size.dated_each - targets - assurances - statuses
    yield from _updates(office, line, updates)
    yield from _assurances(office, line, assurances)
    yield from _statuses(office, line, statuses)
    yield from _targets(office, line, targets)
    yield from _closures(office, line)


def _days(office: Office, line: TrackedRecommendation, count: int) -> list[datetime.date]:
    """So many different days between the report and today, in order."""
    span = (office.today - line.tracked_on).days
    return [line.tracked_on + datetime.timedelta(days=day) for day in sorted(office.dice.sample(range(span), count))]


def _updates(office: Office, line: TrackedRecommendation, count: int) -> list[ForceUpdate]:
    dice = office.dice
    position = dice.choices(Position.values, [90, 7, 3])[0]
    rows = []
    for day in _days(office, line, count):
        stage = dice.choices(Stage.values, [5, 80, 15])[0]
        forecast = day + datetime.timedelta(days=dice.randint(30, 400)) if dice.random() < 0.5 else None
        done = paragraph(dice, dice.randint(120, 300))
        rows.append(_row(ForceUpdate, line, day, done=done, position=position, stage=stage, forecast_on=forecast))
    return rows


def _row(model: type, line: TrackedRecommendation, day: datetime.date, **said):
    return model(tracked=line, effective_on=day, recorded_at=moment(day), **said)


def _assurances(office: Office, line: TrackedRecommendation, count: int) -> list[Assurance]:
    rows = []
    for day in _days(office, line, count):
        view = office.dice.choice(AssuranceView.values)
        rows.append(_row(Assurance, line, day, view=view, rationale=paragraph(office.dice, 160)))
    return rows


def _statuses(office: Office, line: TrackedRecommendation, count: int) -> list[InspectorateStatus]:
    rows = []
    for day in _days(office, line, count):
        status = office.dice.choice(InspectorateStatusKind.values)
        rows.append(_row(InspectorateStatus, line, day, status=status, source="Portal."))
    return rows


def _targets(office: Office, line: TrackedRecommendation, count: int) -> list[TargetDate]:
    rows = []
    for place, day in enumerate(_days(office, line, count)):
        target = line.tracked_on + datetime.timedelta(days=office.dice.randint(180, 900) + 90 * place)
        rows.append(_row(TargetDate, line, day, target_on=target, reason="More time was needed." if place else ""))
    return rows


def _closures(office: Office, line: TrackedRecommendation) -> list[Closure]:
    """The older, the likelier closed: about six in ten of all. A few are open again, or wait for a decision."""
    closed = min(90, 10 + (office.today - line.tracked_on).days * 86 // 1000)
    states = [ClosureState.CLOSED, ClosureState.REOPENED, ClosureState.REQUESTED, None]
    state = office.dice.choices(states, [closed, 3, 2, 95 - closed])[0]
    if state is None:
        return []
    asked_on, closed_on, reopened_on = _days(office, line, 3)
    outcome = office.dice.choices(Outcome.values, [85, 5, 7, 3])[0]
    closure = Closure(
        tracked=line,
        state=state,
        outcome=outcome,
        request_reason="Done.",
        requested_on=asked_on,
        requested_at=moment(asked_on),
    )
    if state == ClosureState.REQUESTED:
        return [closure]
    closure.decided_on, closure.decided_at, closure.closed_on = closed_on, moment(closed_on), closed_on
    closure.decided_by = office.approver
    if state == ClosureState.REOPENED:
        closure.reopened_on, closure.reopened_at, closure.reopened_why = (
            reopened_on,
            moment(reopened_on),
            "It came back.",
        )
        return [closure]
    return [closure]


def file_papers(
    forces: Iterable[Force],
    period: Period,
    at: datetime.datetime,
    content_of: Callable[[Figures], bytes] | None = None,
) -> list[ScrutinyReport]:
    """The paper of each force, filed with the figures that it would have kept, and a file, a few bytes or other."""
    papers = []
    for force in forces:
        paper = ScrutinyReport(force=force, start=period.start, end=period.end, prepared_at=at)
        figures = compile_figures(paper=paper, known_at=at)
        content = content_of(figures) if content_of else force.name.encode()
        facts = {"sha256": hashlib.sha256(content).hexdigest(), "content": content, "issued_at": at}
        paper.file = write([IssuedFile(name=f"{force.slug}.pdf", **facts)])[0]
        paper.state, paper.figures = PaperState.FINALISED, figures.to_json()
        paper.finalised_at = paper.known_at = at
        write([paper])
        papers.append(paper)
    return papers
