"""The demonstration: complete, dated from today whatever today is, true to its trail, and loaded once."""

import datetime
import hashlib
import itertools
import re
from contextlib import nullcontext
from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, F, Max
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oversight.settings import DEMO_KEY
from recommendations.demo import load
from recommendations.demo.data import reports
from recommendations.demo.office import PEOPLE
from recommendations.domain.audit import verification
from recommendations.domain.commitments.queries import CommitmentFilter, counts, with_latest
from recommendations.domain.commitments.status import next_check
from recommendations.domain.evidence.queries import rows_of
from recommendations.domain.home.lines import AHEAD
from recommendations.domain.inspections.grade_queries import grades_of
from recommendations.domain.inspections.monitoring import stages_of
from recommendations.domain.inspections.plan_queries import ahead
from recommendations.domain.inspections.statutory_clock import unanswered_inspections
from recommendations.domain.panels.queries import panel_rows
from recommendations.domain.register import rag
from recommendations.domain.responses.draft.completeness import missing
from recommendations.domain.responses.published_text import text_of_version
from recommendations.enums import (
    CheckOutcome,
    DeadlineKind,
    Decision,
    Flag,
    Grade,
    MailState,
    MeetingState,
    PanelKind,
    PaperState,
    RecommendationKind,
    ReminderKind,
    ResponseState,
    Role,
)
from recommendations.models import (
    ApiToken,
    CalendarAddress,
    Closure,
    CommentAnswer,
    Commitment,
    CommitmentCheck,
    CommitmentMove,
    DraftCommitment,
    Evidence,
    FactualCheck,
    Force,
    ForceUpdate,
    Inspection,
    Meeting,
    MonitoringStage,
    Panel,
    PaperIssue,
    PaperMail,
    PeelGrade,
    PlanAnnouncement,
    PolicingBody,
    PublicPaper,
    RagRule,
    Recipient,
    Recommendation,
    ReminderItem,
    ReminderMail,
    ReminderRule,
    Response,
    ResponseVersion,
    Restriction,
    ScrutinyReport,
    SubRecommendation,
    TargetDate,
    TrackedRecommendation,
    TrailEntry,
    UpdateRound,
    User,
)
from recommendations.periods import LONDON, london_day
from tests.database import files_of, fill_from, sqlite_demonstration
from tests.demo.actions import check_actions
from tests.demo.public import check_public
from tests.demo.search import check_search
from tests.demo.sources import check_sources
from tests.demo.states import STATES
from tests.demo.texts import check_texts
from tests.environment import SOAK
from tests.makers.demonstration import LOADED_AT, load_demonstration
from tests.standings import latest, on_day, stored

# The first minutes of a summer's day in London, still the day before in UTC, besides the moment of the suite's file.
MOMENTS = [
    LOADED_AT,
    pytest.param(datetime.datetime(2028, 7, 31, 23, 20, tzinfo=datetime.UTC), marks=pytest.mark.soak),
]


@pytest.fixture
def demo(settings):
    settings.DEMO, settings.SECRET_KEY = True, DEMO_KEY


def run() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


@pytest.fixture(params=MOMENTS, ids=lambda at: at.date().isoformat())
def loaded_at(request, transactional_db, demo, settings):
    """The moment at which the command loaded the demonstration. A second run changes nothing.

    In the soak each paper has its own PDF, and what is searched follows each step, as in an office. The suite reads the
    file that the journeys read too.
    """
    if SOAK or connection.vendor != "sqlite":
        _load(request.param)
    else:
        settings.FILES_TO = str(files_of(sqlite_demonstration()))
        fill_from(sqlite_demonstration())
    printed, entries = run(), TrailEntry.objects.count()
    with CaptureQueriesContext(connection) as asked:
        assert run() == printed
    assert (len(asked), TrailEntry.objects.count()) == (1, entries)
    for person in PEOPLE:
        assert re.search(rf"{person.role.label} +{person.email} +password {person.password}\n", printed)
    return request.param


def _load(at) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if SOAK:
            patch.setattr(timezone, "now", lambda: at)
            patch.setattr(load, "rebuild_at_end", nullcontext)
            run()
        else:
            load_demonstration(at)


def register(at) -> object:
    today = london_day(at)
    return on_day(today, RagRule.objects.on(today))


@pytest.mark.sqlite_alone
def test_every_state_is_there_whatever_today_is(loaded_at):
    today, rows = london_day(loaded_at), register(loaded_at)
    missing = [name for name, condition in STATES.items() if not rows.filter(condition).exists()]
    missing += [flag for flag in Flag if not rows.filter(rag.flag_q(flag, today, RagRule.objects.on(today))).exists()]
    assert missing == []
    assert rows.filter(tracked_on__lt=today - datetime.timedelta(days=1000), closed_on=None).exists(), "years old"
    assert 60 <= rows.count() <= 105
    assert {row["force__slug"] for row in rows.values("force__slug")} == {"westmarch", "eastvale", "marches-fire"}
    _check_people()
    _check_panels(today)
    _check_inspections(today)
    check_sources(today)
    check_public()
    _check_rows(loaded_at)
    _check_commitments(today)
    _check_drafts()
    check_actions(today)
    _check_ahead(today)
    _check_papers()
    check_texts()
    _check_reminders(today)
    check_search(today)
    _check_trail(loaded_at)


def _check_reminders(today):
    """Whoever can answer was told of each round, and nobody is said to have been told what is still to come."""
    asked = ReminderItem.objects.filter(kind=ReminderKind.ASKED).values_list("round__name", "person__force")
    assert sorted(asked) == sorted(UpdateRound.objects.values_list("name", "force"))
    assert {mail.state for mail in ReminderMail.objects.filter(day__lte=today)} == {MailState.SENT}
    assert ReminderMail.objects.filter(day__gt=today).count() == 0
    assert {item.topic for item in ReminderItem.objects.filter(round=None)} > {"response", "target"}
    assert ReminderRule.objects.get().plan.tell_force


def _check_people():
    """People of every role can sign in: their passwords are theirs, and long enough."""
    people = list(User.objects.select_related("force"))
    assert {person.role for person in people} == set(Role)
    leads = {person.force.slug for person in people if person.role == Role.FORCE_INSPECTION_LEAD}
    assert leads == {"westmarch", "eastvale"}
    passwords = {person.email: person.password for person in PEOPLE}
    for person in people:
        validate_password(passwords[person.email], person)
        assert len(passwords[person.email]) >= (15 if person.role == Role.ADMINISTRATOR else 12)
        assert check_password(passwords[person.email], person.password)
    body = PolicingBody.objects.get()
    assert body.oversights.count() == 3
    assert {PanelKind.AUDIT, PanelKind.ACCOUNTABILITY, PanelKind.CHANNEL} == {
        panel.kind for panel in Panel.objects.all()
    }


def _check_panels(today):
    """Two quarters of two Channel panels, one of which the force missed twice running."""
    panels = Panel.objects.channel().order_by("name")
    counts = [panel.meetings.exclude(state=MeetingState.PLANNED).count() for panel in panels]
    assert (counts, [panel.members.count() for panel in panels]) == ([7, 7], [4, 4])
    assert [row.concern for row in panel_rows(list(panels), today)] == ["", "Force not at the last 2 meetings"]
    meetings = Meeting.objects.filter(panel__in=panels)
    kinds = (meetings.filter(state=MeetingState.CANCELLED), meetings.filter(moved_from__isnull=False, on__gt=today))
    assert [each.count() for each in kinds] == [1, 1]
    assert (CalendarAddress.objects.standing().count(), ApiToken.objects.standing(today).count()) == (1, 1)
    (row,) = rows_of(Evidence.objects.filter(measure=True), today)
    assert row.figure.startswith(
        "Force present at 11 of 13 meetings, a decision maker at 9, missing from the last 2, to"
    )


def _check_inspections(today):
    by_clock = [(i.last_day - today).days for i in _unanswered()]
    assert [days for days in by_clock if 0 < days < 15], "a response is due in some days"
    assert [days for days in by_clock if days < 0], "a response is late"
    assert Inspection.objects.filter(needs_response=False, source="hmicfrs").count() == 1
    answers = ResponseVersion.objects.select_related("response")
    late = [v.published_on > v.response.answers.get().inspection.last_day for v in answers]
    assert {True, False} == set(late)
    texts = [text_of_version(each) for each in answers]
    assert not [note for each in texts for note in each.footnotes if "{" in note.text]
    assert [each for each in texts if each.footnotes and each.chief_officers and each.reply]
    assert CommentAnswer.objects.values("comment").annotate(many=Count("pk")).filter(many__gt=2).exists()
    assert set(RecommendationKind) - {RecommendationKind.ACCELERATED_CAUSE_OF_CONCERN} == set(
        Recommendation.objects.values_list("kind", flat=True).distinct()
    )
    assert set(DeadlineKind) == set(Recommendation.objects.values_list("deadline_kind", flat=True).distinct())
    assert SubRecommendation.objects.exists()
    assert Inspection.objects.values("kind").distinct().count() >= 6


def _check_commitments(today):
    """Overdue ones and ones ahead, one kept, one dropped; checks of every outcome, one withdrawn; one move."""
    found = with_latest(Commitment.objects.all())
    shown = counts(found, today)
    assert (shown[CommitmentFilter.ALL], shown[CommitmentFilter.KEPT], shown[CommitmentFilter.DROPPED]) == (9, 1, 1)
    assert min(shown[CommitmentFilter.OVERDUE], shown[CommitmentFilter.COMING], shown[CommitmentFilter.LATER]) >= 1
    assert set(CommitmentCheck.objects.standing().values_list("outcome", flat=True)) == set(CheckOutcome)
    assert CommitmentCheck.objects.filter(withdrawn_at__isnull=False).count() == CommitmentMove.objects.count() == 1
    assert [each for each in found if each.next_on != next_check(each)] == []
    assert found.filter(comment=None).exists()


def _check_ahead(today):
    """A plan of each force, one of them soon and moved; two cycles of grades; one force that is watched closely."""
    rows = list(ahead(PlanAnnouncement.objects.all(), today))
    assert [row.plan.force.slug for row in rows] == ["westmarch", "eastvale"]
    assert rows[0].plan.announcements.count() == 2
    assert (rows[0].from_on - today).days <= AHEAD
    found = grades_of(PeelGrade.objects.all(), today)
    cycles = {(each.force.slug, each.cycle_id) for each in found}
    assert (len(cycles), len({cycle for _, cycle in cycles})) == (4, 2)
    assert {each.grade for each in found} == set(Grade) - {Grade.OUTSTANDING}
    stages = stages_of(MonitoringStage.objects.all(), today).filter(until=None)
    assert {each.force.slug: each.stage for each in stages} == {"westmarch": "scan", "eastvale": "engage"}


def _unanswered():
    return unanswered_inspections(Inspection.objects.all())


def _check_drafts():
    """One response is half done, by two people; another waits for approval after it was sent back with remarks."""
    half, waiting = Response.objects.exclude(state=ResponseState.PUBLISHED).order_by("state")
    assert (half.state, waiting.state) == (ResponseState.DRAFTING, ResponseState.SUBMITTED)
    assert len({part.saved_by_id for part in half.parts.exclude(saved_by=None)}) == 2
    assert [each.stock for each in missing(half) if each.anchor.startswith("recommendation")] == [False]
    assert missing(waiting) == []
    decisions = list(waiting.submissions.order_by("submitted_at").values_list("decision", flat=True))
    assert decisions == [Decision.SENT_BACK, Decision.WAITING]
    assert DraftCommitment.objects.count() == 2
    _check_correction()


def _check_correction():
    """One response was corrected here: its second version has its files, and copies of it went to everybody."""
    version = ResponseVersion.objects.exclude(submission=None).get()
    assert (version.number, version.text is None, version.pdf is None) == (2, False, False)
    assert version.copies.count() == Recipient.objects.count() == 2
    assert [each.text[:29] for each in text_of_version(version).chief_officers] == ["Westmarch Police: accepted in"]


def _check_rows(at):
    """The latest dated rows are recent, some were recorded late, one is withdrawn; how it stands agrees with them."""
    today = london_day(at)
    newest = ForceUpdate.objects.aggregate(day=Max("effective_on"))["day"]
    assert today - datetime.timedelta(days=15) <= newest < today
    assert ForceUpdate.objects.filter(withdrawn_at__isnull=False).exists()
    late = [row for row in TargetDate.objects.all() if (london_day(row.recorded_at) - row.effective_on).days > 7]
    assert late
    assert Recommendation.history.filter(history_type="~").exclude(history_change_reason=None).exists()
    assert not Closure.objects.filter(decided_by=F("requested_by")).exists()
    for tracked in TrackedRecommendation.objects.with_record():
        assert stored(tracked) == latest(tracked)


def _check_papers():
    """Four quarters are filed for Westmarch, each from where the one before ended; Eastvale's newest is a draft.

    A joint draft is on both of them. What of Westmarch's is restricted has the draft of a closed paper.
    """
    alone = ScrutinyReport.objects.filter(part_of=None, closed=False)
    four = alone.filter(force__slug="westmarch").order_by("end")
    for older, newer in itertools.pairwise(four):
        assert older.figures["sum"]["closing"] == newer.figures["sum"]["opening"] > 0
        assert newer.figures["opening_agrees_with"]
    assert len(four) == 4
    of_sources = {each["source"] for each in newer.figures["sums_by_source"] if each["sum"]["closing"]}
    came = Inspection.objects.get(kind="super_complaint").published_on <= newer.end
    late = {"Super-complaint"} if came else set()
    assert of_sources == {"HMICFRS", "IOPC", "Coroner", "Audit", "ICO"} | late
    assert [bool(four[place].public_file) for place in (0, 3)] == [True, False]
    measures = [line["measure"]["source"] for line in newer.figures["commitments"] if line["measure"]]
    assert measures == ["Attendance at Channel panels, Westmarch Police"]
    asked = [(line["number"], bool(line["answer"])) for line in newer.figures["requests"]]
    assert asked == [("26/16", True), ("26/07", True), ("26/15", False)]
    assert hashlib.sha256(newer.file.content).hexdigest() == newer.file.sha256
    states = [paper.state for paper in alone.filter(force__slug="eastvale").order_by("end")]
    assert states == [PaperState.FINALISED, PaperState.DRAFT]
    assert [paper.about for paper in alone.filter(force=None)] == ["Eastvale Police and Westmarch Police"]
    closed = ScrutinyReport.objects.get(closed=True)
    assert (closed.force.slug, closed.state, closed.end) == ("westmarch", PaperState.DRAFT, newer.end)
    assert [row.tracked.force.slug for row in Restriction.objects.all()] == ["westmarch"]
    checks = FactualCheck.objects.order_by("sent_at").values_list("force__slug", "reply", "paper__state")
    assert list(checks) == [("westmarch", "corrections", "finalised"), ("eastvale", "", "draft")]
    assert FactualCheck.objects.running().count() == PaperIssue.objects.count() == 1
    assert PaperMail.objects.get().state == MailState.SENT
    assert [public.paper.force.slug for public in PublicPaper.objects.all()] == ["westmarch"] * 3
    assert TrailEntry.objects.filter(verb="download_paper").count() == 2


def _check_trail(at):
    """The trail holds, its moments rise, and all of it was done in working hours before today."""
    assert verification.verify() == []
    moments = list(TrailEntry.objects.order_by("sequence").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments.pop() == at
    local = [moment.astimezone(LONDON) for moment in moments]
    assert all(moment.weekday() < 5 and 9 <= moment.hour < 18 for moment in local)
    assert local[-1].date() < london_day(at)
    assert len(set(TrackedRecommendation.history.values_list("id", "history_date"))) == (
        TrackedRecommendation.history.count()
    )


@pytest.mark.django_db
def test_it_needs_the_demo_setting(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="OVERSIGHT_DEMO=1"):
        run()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_it_leaves_another_office_alone(demo, westmarch):
    with pytest.raises(CommandError, match="holds records"):
        run()
    assert Force.objects.get() == westmarch


def test_the_script_is_well_written():
    """Headings fit a row of the register, deadline words stand in the text, and each force is one of the report's."""
    for report in reports():
        assert len(report.short_name) <= 24
        for asked in report.asked:
            assert 0 < len(asked.heading) <= 60, asked.heading
            assert asked.by in asked.text, asked.heading
            assert {line.force for line in asked.lines} in (set(report.forces), set()), asked.heading
        answers = [key for comment in report.answer.comments for key in comment["answers"]] if report.answer else []
        assert set(answers) <= {f"{asked.kind} {asked.number}" for asked in report.asked}
